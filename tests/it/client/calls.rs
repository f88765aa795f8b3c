//! What goes over the wire, and what comes back.

use crate::support::mock::{below, ok, server};
use crate::support::test_client::{client, companies, list, page, typed, unlink, writes};
use mspdash::domain::company::CompanyState;
use mspdash::domain::request::{Answer, GetSession, ListCompanies, Request};
use serde_json::json;
use wiremock::matchers::{body_json, header, header_exists, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer};

#[tokio::test]
async fn a_page_is_asked_for_as_the_contract_says() {
    let server = server().await;
    Mock::given(method("GET"))
        .and(path(below("companies")))
        .and(query_param("max_page_size", "50"))
        .and(query_param("filter", r#"name : "a&b""#))
        .and(query_param("order_by", "seats.filled desc, name"))
        .and(query_param("page_token", "p+2"))
        .and(header("authorization", "Bearer token-1"))
        .and(header("user-agent", concat!("mspdash/", env!("CARGO_PKG_VERSION"))))
        .and(header("accept-encoding", "gzip"))
        .and(header_exists("x-request-id"))
        .respond_with(ok(&json!({"results": [{"id": "A", "name": "One"}], "total_size": 1, "change_token": "c"})))
        .expect(1)
        .mount(&server)
        .await;
    let request = ListCompanies {
        page_size: 50,
        page_token: Some("p+2".into()),
        filter: Some(r#"name : "a&b""#.into()),
        order_by: Some("seats.filled desc, name".into()),
        read_ahead: false,
    };
    let page = page(client(&server.uri()).perform(Request::ListCompanies(request)).await);
    assert_eq!((page.companies.len(), page.total, page.change_token.as_deref()), (1, Some(1), Some("c")));
}

#[tokio::test]
async fn a_base_address_with_a_path_keeps_it() {
    let server = MockServer::start().await;
    let token = json!({"access_token": "t", "expires_in": 900});
    Mock::given(path("/msp/v1beta1/oauth2/token")).respond_with(ok(&token)).mount(&server).await;
    let session = json!({"account": {"id": "A"}, "technician": {"id": "T"}});
    Mock::given(path("/msp/v1beta1/session")).respond_with(ok(&session)).mount(&server).await;
    for base in ["/msp", "/msp/"] {
        let answer = client(&format!("{}{base}", server.uri())).perform(GetSession.into()).await;
        assert!(matches!(answer, Ok(Answer::Session(_))), "{answer:?}");
    }
}

#[tokio::test]
async fn an_unlink_is_bound_to_its_revision_and_carries_its_key() {
    let server = server().await;
    Mock::given(method("POST"))
        .and(path(below("companies/COMPANY:unlink")))
        .and(header("if-match", "\"7\""))
        .and(header("idempotency-key", "key-1"))
        .and(query_param_is_missing("validate_only"))
        .respond_with(ok(&json!({"id": "COMPANY", "state": "UNLINKED"})))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path(below("companies/COMPANY:unlink")))
        .and(query_param("validate_only", "true"))
        .respond_with(ok(&json!({"etag": "\"7\"", "company_name": "One", "checks": []})))
        .expect(1)
        .mount(&server)
        .await;
    let client = client(&server.uri());
    let Ok(Answer::Company(company)) = client.perform(unlink(false)).await else { panic!("no company") };
    assert_eq!(company.state, CompanyState::Unlinked);
    assert!(matches!(client.perform(unlink(true)).await, Ok(Answer::Preflight(_))));
}

#[tokio::test]
async fn changes_send_only_what_changes() {
    let server = server().await;
    Mock::given(method("PATCH"))
        .and(path(below("companies/COMPANY")))
        .and(body_json(json!({"note": "called"})))
        .and(header("content-type", "application/json"))
        .respond_with(ok(&json!({"id": "COMPANY", "note": "called"})))
        .mount(&server)
        .await;
    Mock::given(method("PATCH"))
        .and(path(below("companies/COMPANY/setup/PROVISIONING")))
        .and(body_json(json!({"state": "DONE"})))
        .respond_with(ok(&json!({"step": "PROVISIONING", "state": "DONE"})))
        .mount(&server)
        .await;
    let client = client(&server.uri());
    let writes = writes();
    assert!(matches!(client.perform(writes[0].clone()).await, Ok(Answer::Company(_))));
    assert!(matches!(client.perform(writes[4].clone()).await, Ok(Answer::Step(_))));
}

#[tokio::test]
async fn odd_rows_nulls_extra_fields_and_new_words_do_not_stop_the_list() {
    let (server, rows) = (
        server().await,
        json!([
            {"id": "A", "name": null, "state": "HIBERNATING", "surprise": {"deep": [1, {"x": null}]}, "seats": null},
            {"id": 7}, null, "row", {"name": "no id"},
            {"id": "B"}
        ]),
    );
    companies(&server, ok(&json!({"results": rows, "next_page_token": null, "extra": 1}))).await;
    let page = page(client(&server.uri()).perform(list()).await);
    let states: Vec<_> = page.companies.iter().map(|company| company.state.clone()).collect();
    assert_eq!(states, [CompanyState::Other("HIBERNATING".into()), CompanyState::Other("STATE_UNSPECIFIED".into())]);
    assert_eq!((page.unreadable, page.next), (4, None));
}

#[tokio::test]
async fn a_mark_at_the_beginning_and_bytes_in_a_wrong_encoding_do_not_stop_the_list() {
    let server = server().await;
    let body = b"\xef\xbb\xbf{\"results\":[{\"id\":\"A\",\"name\":\"M\xfcller\"},{\"id\":\"B\",\"name\":\"ok\"}]}";
    companies(&server, typed("application/json", *body)).await;
    let page = page(client(&server.uri()).perform(list()).await);
    assert_eq!(page.companies.iter().map(|c| c.name).collect::<Vec<_>>(), ["M\u{fffd}ller", "ok"]);
}
