//! What must not happen: writes in read-only mode, unsafe addresses, secrets in the log.

use crate::support::mock::{below, count, ok, server};
use crate::support::test_client::{client, companies, company, endpoint, launch, list, page, quick, writes};
use mspdash::client::Client;
use mspdash::domain::error::{Cause, Error, Operation, RetryAdvice};
use mspdash::domain::launch::Refusal;
use mspdash::domain::paging::Endless;
use mspdash::domain::request::{Answer, ListGroups, ListPeople};
use serde_json::json;
use wiremock::Mock;
use wiremock::matchers::{body_json, method, path, query_param, query_param_is_missing};

#[tokio::test]
async fn read_only_lets_no_write_out_not_even_a_sign_in_for_it() {
    let server = server().await;
    companies(&server, ok(&json!({"results": []}))).await;
    let mut endpoint = endpoint(&server.uri());
    endpoint.read_only = true;
    let client = Client::with_limits(endpoint, quick()).unwrap();
    for write in writes() {
        let error = client.perform(write).await.unwrap_err();
        assert_eq!((error.cause, error.retry), (Cause::ReadOnly, RetryAdvice::Never));
    }
    assert!(server.received_requests().await.unwrap().is_empty());
    page(client.perform(list()).await);
}

#[tokio::test]
async fn plain_http_is_only_for_loopback() {
    for base in ["http://api.harbour.example", "ftp://127.0.0.1", "https://user:hush@api.harbour.example"] {
        let error = Client::new(endpoint(base)).unwrap_err();
        assert!(matches!(error.cause, Cause::BadAddress { .. } | Cause::AddressHolds { .. }));
        assert!(!format!("{error:?}").contains("hush"));
    }
}

async fn launched(uri: &str) -> (Result<Answer, Error>, usize) {
    let server = server().await;
    let uri = uri.replace("SERVER", &server.uri());
    let answer = ok(&json!({"launch_uri": uri, "expire_time": "2026-11-22T12:00:00Z"}));
    let at = below("companies/COMPANY:launch");
    let mock = Mock::given(method("POST")).and(path(at)).and(body_json(json!({"target": "VAULTS"})));
    mock.respond_with(answer).expect(1).mount(&server).await;
    let own = ok(&json!({"id": "COMPANY", "sign_in_host": "brightwater.1password.example"}));
    Mock::given(path(below("companies/COMPANY"))).respond_with(own).mount(&server).await;
    let answer = client(&server.uri()).perform(launch()).await;
    (answer, count(&server, &below("companies/COMPANY")).await)
}

#[tokio::test]
async fn a_launch_address_is_proven_before_it_leaves_the_client() {
    for (good, lookups) in [("SERVER/launch/abc", 0), ("https://brightwater.1password.example/l/abc", 1)] {
        let (answer, asked) = launched(good).await;
        let Ok(Answer::Launch(address)) = answer else { panic!("{good}: {answer:?}") };
        assert!(address.uri.reveal().ends_with("/abc"));
        assert_eq!(asked, lookups);
    }
    for (bad, reason) in [
        ("javascript:alert(1)", Refusal::Scheme("javascript".into())),
        ("https://evil.example/", Refusal::Host("evil.example".into())),
        ("https://a@brightwater.1password.example/", Refusal::Credentials),
        ("", Refusal::NotAnAddress),
    ] {
        let error = launched(bad).await.0.unwrap_err();
        assert_eq!((error.cause, error.retry), (Cause::UnsafeAddress(reason), RetryAdvice::Never));
    }
}

#[tokio::test]
async fn small_lists_are_followed_to_their_end_and_endless_ones_given_up() {
    let server = server().await;
    let at = below("companies/COMPANY/users");
    let user = |id: &str| json!({"id": id, "display_name": id, "type": "MEMBER", "state": "ACTIVE"});
    let first = json!({"results": [user("A"), {"no": "id"}], "next_page_token": "2"});
    let mock = Mock::given(path(&at)).and(query_param_is_missing("page_token")).respond_with(ok(&first));
    mock.mount(&server).await;
    let mock = Mock::given(path(&at)).and(query_param("page_token", "2"));
    mock.respond_with(ok(&json!({"results": [user("B")], "next_page_token": ""}))).mount(&server).await;
    let answer = client(&server.uri()).perform(ListPeople { company: company() }.into()).await.map(Answer::whole);
    let Ok((Answer::People(people), 1)) = answer else { panic!("no people: {answer:?}") };
    assert_eq!(people.iter().map(|person| person.id.as_str()).collect::<Vec<_>>(), ["A", "B"]);

    let endless = ok(&json!({"results": [], "next_page_token": "again"}));
    let mock = Mock::given(path(below("companies/COMPANY/groups"))).respond_with(endless);
    mock.expect(2).mount(&server).await;
    let error = client(&server.uri()).perform(ListGroups { company: company() }.into()).await.unwrap_err();
    assert_eq!((error.operation, error.cause), (Operation::LoadGroups, Cause::Endless(Endless::SameToken)));
}
