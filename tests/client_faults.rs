//! The client against servers that answer anything: every fault ends in a named trouble, and nothing is sent
//! that must not be.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly, its support too")]

mod support {
    pub mod calls;
    pub mod mock;
    pub mod raw;
}

use mspdash::api::{Client, Limits};
use mspdash::domain::company::CompanyState;
use mspdash::domain::launch::Refusal;
use mspdash::domain::request::{Answer, ListCompanies, Page, Request};
use mspdash::domain::trouble::{Because, ConflictCode, Retry, Trouble, Violation, What};
use serde_json::json;
use std::time::Duration;
use support::calls::{client, company, endpoint, impatient, launch, list, quick, typed, unlink, writes};
use support::mock::{ACCOUNT, SECRET, below, count, ok, server, sign_in, sign_ins};
use support::raw::{Manner, Raw};
use wiremock::matchers::{any, body_json, header, header_exists, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

const BUSY: u16 = 503;

fn page(answer: Result<Answer, Trouble>) -> Page {
    match answer {
        Ok(Answer::Page(page)) => page,
        other => panic!("no page: {other:?}"),
    }
}

async fn companies(server: &MockServer, response: ResponseTemplate) {
    Mock::given(method("GET")).and(path(below("companies"))).respond_with(response).mount(server).await;
}

async fn first_then(server: &MockServer, times: u64, first: ResponseTemplate, then: ResponseTemplate) {
    let first = Mock::given(path(below("companies"))).respond_with(first).up_to_n_times(times);
    first.with_priority(1).mount(server).await;
    companies(server, then).await;
}

async fn trouble_of(response: ResponseTemplate) -> (Trouble, usize) {
    let server = server().await;
    companies(&server, response).await;
    let trouble = client(&server.uri()).perform(list()).await.unwrap_err();
    (trouble, count(&server, &below("companies")).await)
}

// --- what goes out and what comes back ---------------------------------------------------------------------

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
    };
    let page = page(client(&server.uri()).perform(Request::Companies(request)).await);
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
        let answer = client(&format!("{}{base}", server.uri())).perform(Request::Session).await;
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
    assert_eq!(page.companies.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["M\u{fffd}ller", "ok"]);
}

// --- signing in ------------------------------------------------------------------------------------------------

#[tokio::test]
async fn many_calls_at_once_sign_in_once_and_learn_the_account_once() {
    let server = server().await;
    let session = json!({"account": {"id": ACCOUNT, "sign_in_host": "x"}, "technician": {"id": "T"}});
    Mock::given(path("/v1beta1/session")).respond_with(ok(&session)).expect(1).mount(&server).await;
    companies(&server, ok(&json!({"results": []}))).await;
    let mut endpoint = endpoint(&server.uri());
    endpoint.account = None;
    let client = Client::with_limits(endpoint, quick()).unwrap();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let client = client.clone();
        calls.spawn(async move { client.perform(list()).await });
    }
    for answer in calls.join_all().await {
        page(answer);
    }
    assert_eq!(sign_ins(&server).await, 1);
}

#[tokio::test]
async fn a_token_that_is_no_longer_known_is_renewed_once_for_all_calls() {
    let server = MockServer::start().await;
    sign_in("old").up_to_n_times(1).with_priority(1).mount(&server).await;
    sign_in("new").mount(&server).await;
    let known = Mock::given(path(below("companies"))).and(header("authorization", "Bearer new"));
    known.respond_with(ok(&json!({"results": []}))).mount(&server).await;
    Mock::given(path(below("companies")))
        .respond_with(ResponseTemplate::new(401))
        .with_priority(9)
        .mount(&server)
        .await;
    let client = client(&server.uri());
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let client = client.clone();
        calls.spawn(async move { client.perform(list()).await });
    }
    for answer in calls.join_all().await {
        page(answer);
    }
    assert_eq!(sign_ins(&server).await, 2);
}

#[tokio::test]
async fn a_401_that_stays_ends_after_one_fresh_token() {
    let server = server().await;
    companies(&server, ResponseTemplate::new(401)).await;
    let trouble = client(&server.uri()).perform(list()).await.unwrap_err();
    assert_eq!(
        (trouble.because, trouble.retry, trouble.what),
        (Because::NotSignedIn, Retry::Never, What::ListCompanies)
    );
    assert_eq!((sign_ins(&server).await, count(&server, &below("companies")).await), (2, 2));
}

#[tokio::test]
async fn a_refused_credential_is_not_signed_in_whichever_status_says_so() {
    for status in [400, 401] {
        let server = MockServer::start().await;
        let said = json!({"error": "invalid_client", "error_description": "Unknown client."});
        Mock::given(any()).respond_with(ResponseTemplate::new(status).set_body_json(said)).mount(&server).await;
        let trouble = client(&server.uri()).perform(list()).await.unwrap_err();
        assert_eq!((trouble.what, &trouble.because), (What::SignIn, &Because::NotSignedIn));
        assert_eq!(trouble.detail, "Unknown client.");
        assert!(!format!("{trouble:?}").contains(SECRET));
        assert_eq!(server.received_requests().await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn callers_that_wait_for_a_dead_sign_in_share_its_failure() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(BUSY)).mount(&server).await;
    let client = client(&server.uri());
    let (a, b, c) = tokio::join!(client.perform(list()), client.perform(list()), client.perform(list()));
    for answer in [a, b, c] {
        let trouble = answer.unwrap_err();
        assert_eq!((trouble.what, trouble.because), (What::SignIn, Because::ServerFailed { status: BUSY }));
    }
    assert_eq!(sign_ins(&server).await, 3, "three tries of one sign-in, not of three");
}

// --- refusals ----------------------------------------------------------------------------------------------------

#[tokio::test]
async fn every_status_has_its_name() {
    let code = |code: &str| json!({"code": code, "detail": "So it is.", "request_id": "r-1"});
    let table = [
        (403, code("PERMISSION_DENIED"), Because::NotAllowed),
        (403, code("MFA_REQUIRED"), Because::MfaRequired),
        (403, code("READ_ONLY"), Because::ReadOnly),
        (404, code("NOT_FOUND"), Because::NotFound),
        (405, code(""), Because::Unexpected { status: 405 }),
        (409, code("NO_CONFIRMED_OWNER"), Because::Conflict(ConflictCode::NoConfirmedOwner)),
        (409, code("ALREADY_UNLINKED"), Because::Conflict(ConflictCode::AlreadyUnlinked)),
        (409, code("REGION_MISMATCH"), Because::Conflict(ConflictCode::Other("REGION_MISMATCH".into()))),
        (410, code("GONE"), Because::Gone),
        (407, code(""), Because::Unexpected { status: 407 }),
        (412, code(""), Because::ChangedMeanwhile),
        (428, code(""), Because::ChangedMeanwhile),
        (500, code(""), Because::ServerFailed { status: 500 }),
    ];
    for (status, body, because) in table {
        let response = ResponseTemplate::new(status).set_body_raw(body.to_string(), "application/problem+json");
        let (trouble, tries) = trouble_of(response).await;
        assert_eq!((trouble.because, tries), (because, 1), "{status} {body}");
        assert_eq!((trouble.detail.as_str(), trouble.request_id.as_deref()), ("So it is.", Some("r-1")));
        assert_eq!(trouble.retry, if status == 500 { Retry::Now } else { Retry::Never });
    }
}

#[tokio::test]
async fn what_was_not_accepted_is_told_field_by_field() {
    for status in [400, 422] {
        let violation = json!({"field": "address.country_code", "description": "Not a\ncountry.\u{1b}[2J"});
        let body = json!({"code": "INVALID_ARGUMENT", "detail": "No.", "field_violations": [violation]});
        let (trouble, _) = trouble_of(ResponseTemplate::new(status).set_body_json(body)).await;
        let field = Violation { field: "address.country_code".into(), description: "Not a country.[2J".into() };
        assert_eq!(trouble.because, Because::NotAccepted { violations: vec![field] });
    }
}

#[tokio::test]
async fn the_servers_name_for_the_request_comes_from_its_header_first() {
    let response = ResponseTemplate::new(404).insert_header("x-request-id", "from-header");
    let (trouble, _) = trouble_of(response.set_body_json(json!({"request_id": "from-body"}))).await;
    assert_eq!(trouble.request_id.as_deref(), Some("from-header"));
}

#[tokio::test]
async fn a_redirect_is_named_and_never_followed() {
    let elsewhere = MockServer::start().await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/login?session=abc", elsewhere.uri());
        let (trouble, tries) = trouble_of(ResponseTemplate::new(status).insert_header("location", location)).await;
        let to = elsewhere.address().to_string();
        assert_eq!((trouble.because, trouble.retry, tries), (Because::Redirected { to }, Retry::Never, 1));
    }
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

// --- trying again --------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_busy_server_is_asked_three_times_at_most() {
    for status in [502, 503, 504, 429] {
        let (trouble, tries) = trouble_of(ResponseTemplate::new(status)).await;
        assert_eq!((trouble.retry, tries), (Retry::Now, 3), "{status}");
        let server = server().await;
        first_then(&server, 2, ResponseTemplate::new(status), ok(&json!({"results": []}))).await;
        page(client(&server.uri()).perform(list()).await);
    }
}

#[tokio::test]
async fn a_short_retry_after_is_waited_for_and_a_long_one_is_handed_to_the_person() {
    let server = server().await;
    let soon = ResponseTemplate::new(429).insert_header("retry-after", "0");
    first_then(&server, 1, soon, ok(&json!({"results": []}))).await;
    page(client(&server.uri()).perform(list()).await);

    for (value, seconds) in [("30", 30), ("315360000", 3600), ("Fri, 01 Jan 2100 00:00:00 GMT", 3600)] {
        for status in [429, BUSY] {
            let before = jiff::Timestamp::now();
            let (trouble, tries) = trouble_of(ResponseTemplate::new(status).insert_header("retry-after", value)).await;
            let Retry::At(time) = trouble.retry else { panic!("{value}: {:?}", trouble.retry) };
            let wait = time.duration_since(before).as_secs();
            assert!((seconds..seconds + 30).contains(&wait), "{value}: {wait}");
            assert_eq!(tries, 1, "{value}");
        }
    }
    for value in ["-5", "nonsense", ""] {
        let (trouble, tries) = trouble_of(ResponseTemplate::new(429).insert_header("retry-after", value)).await;
        assert_eq!((trouble.because, trouble.retry, tries), (Because::TooManyRequests, Retry::Now, 3), "{value}");
    }
}

#[tokio::test]
async fn a_write_is_repeated_under_the_same_key_and_never_without_one() {
    let at = below("companies/COMPANY:unlink");
    let server = server().await;
    let busy = Mock::given(path(&at)).respond_with(ResponseTemplate::new(BUSY));
    busy.up_to_n_times(2).with_priority(1).mount(&server).await;
    Mock::given(path(&at)).respond_with(ok(&json!({"id": "COMPANY"}))).mount(&server).await;
    assert!(client(&server.uri()).perform(unlink(false)).await.is_ok());
    let received = server.received_requests().await.unwrap();
    let keys: Vec<_> = received.iter().filter_map(|r| r.headers.get("idempotency-key")).collect();
    assert_eq!(keys, ["key-1", "key-1", "key-1"]);

    let server = support::mock::server().await;
    Mock::given(path(&at)).respond_with(ResponseTemplate::new(BUSY)).expect(1).mount(&server).await;
    let Request::Unlink { company, etag, validate_only, mut key } = unlink(false) else { return };
    key.0.clear();
    let keyless = Request::Unlink { company, etag, validate_only, key };
    assert!(client(&server.uri()).perform(keyless).await.is_err());
}

#[tokio::test]
async fn no_further_try_begins_when_patience_is_used_up() {
    let server = server().await;
    companies(&server, ok(&json!({})).set_delay(Duration::from_mins(1))).await;
    let limits = Limits { page: impatient().page, patience: impatient().patience, ..quick() };
    let client = Client::with_limits(endpoint(&server.uri()), limits).unwrap();
    let trouble = client.perform(list()).await.unwrap_err();
    assert_eq!((trouble.because, trouble.retry), (Because::TimedOut { seconds: 1 }, Retry::Now));
    assert_eq!(count(&server, &below("companies")).await, 1);
}

#[tokio::test]
async fn a_slow_server_is_asked_again_while_patience_lasts() {
    let server = server().await;
    let slow = ok(&json!({})).set_delay(Duration::from_mins(1));
    first_then(&server, 2, slow, ok(&json!({"results": []}))).await;
    let limits = Limits { page: Duration::from_millis(250), ..quick() };
    let client = Client::with_limits(endpoint(&server.uri()), limits).unwrap();
    let tried = client.perform(list()).await;
    // On a loaded machine the third try may be late too; two of them are certain.
    assert!(tried.is_ok() || count(&server, &below("companies")).await == 3, "{tried:?}");
}

// --- bodies -------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn an_empty_answer_is_unreadable_where_one_is_needed() {
    for response in [ResponseTemplate::new(204), ResponseTemplate::new(200), typed("application/json", " \n")] {
        let (trouble, tries) = trouble_of(response).await;
        assert_eq!((trouble.because, tries), (Because::Unreadable, 1));
    }
}

#[tokio::test]
async fn a_page_for_people_instead_of_json_is_not_the_api() {
    let portal = "<!doctype html><title>Welcome to Hotel Wi-Fi</title>";
    let (trouble, _) = trouble_of(typed("text/html; charset=utf-8", portal)).await;
    assert_eq!(trouble.because, Because::NotTheApi { content_type: "text/html; charset=utf-8".into() });
    assert_eq!(trouble.retry, Retry::Now);
    let (trouble, _) = trouble_of(typed("application/json", portal)).await;
    assert_eq!(trouble.because, Because::Unreadable);
}

#[tokio::test]
async fn json_that_does_not_fit_is_unreadable() {
    for body in ["[]", "7", "\"text\"", r#"{"results":{}}"#, r#"{"results":["#, r#"{"results":7}"#, "{\"a\":\u{7}}"] {
        let (trouble, _) = trouble_of(typed("application/json", body)).await;
        assert_eq!(trouble.because, Because::Unreadable, "{body}");
    }
}

#[tokio::test]
async fn absurd_numbers_and_depths_cost_a_row_at_most() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let row = |extra: &str| format!(r#"{{"id":"A","x":{extra}}}"#);
    let rows = ["1e400".to_owned(), row("-0.0"), deep.clone(), row("18446744073709551616")];
    let server = server().await;
    companies(&server, typed("application/json", format!(r#"{{"results":[{}],"y":{deep}}}"#, rows.join(",")))).await;
    let page = page(client(&server.uri()).perform(list()).await);
    assert_eq!((page.companies.len(), page.unreadable), (2, 2));
}

#[tokio::test]
async fn far_too_large_bodies_are_refused_while_they_stream_packed_ones_too() {
    let large = format!("{{\"results\":[{}]}}", " ".repeat(quick().body));
    let (trouble, tries) = trouble_of(typed("application/json", large)).await;
    assert_eq!((trouble.because, tries), (Because::Unreadable, 1));
    let bomb = typed("application/json", GZIP_BOMB).insert_header("content-encoding", "gzip");
    let (trouble, _) = trouble_of(bomb).await;
    assert_eq!((trouble.because, trouble.detail.as_str()), (Because::Unreadable, "the answer is too large"));
    let broken = typed("application/json", "this is not gzip").insert_header("content-encoding", "gzip");
    assert_eq!(trouble_of(broken).await.0.because, Because::Unreadable);
}

#[tokio::test]
async fn the_body_of_an_error_is_quoted_and_never_waited_for_in_whole() {
    let long = "x".repeat(200_000);
    let (trouble, _) = trouble_of(ResponseTemplate::new(500).set_body_string(long)).await;
    assert_eq!((trouble.because, trouble.detail.chars().count()), (Because::ServerFailed { status: 500 }, 300));
}

// --- the line ------------------------------------------------------------------------------------------------------

async fn raw(manner: Manner) -> (Trouble, usize) {
    let server = Raw::start(manner).await;
    let trouble = client(&format!("http://{}", server.address)).perform(list()).await.unwrap_err();
    (trouble, server.calls())
}

#[tokio::test]
async fn nobody_listening_is_refused() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let trouble = client(&format!("http://{address}")).perform(list()).await.unwrap_err();
    assert_eq!((trouble.what, trouble.retry), (What::SignIn, Retry::Now));
    assert_eq!(trouble.because, Because::Refused { host: address.to_string() });
    assert!(trouble.detail.to_lowercase().contains("refused"), "{}", trouble.detail);
}

#[tokio::test]
async fn a_line_that_breaks_is_broken_and_tried_again() {
    let cut_with_length =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{\"results\":[";
    let cut_chunked =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n400\r\n{\"results\":[";
    for manner in [
        Manner::Say(b""),
        Manner::Say(b"HTTP/1.1 200 OK\r\ncontent-ty"),
        Manner::Reset(b""),
        Manner::Say(cut_with_length),
        Manner::Reset(cut_with_length),
        Manner::Say(cut_chunked),
        Manner::Say(b"\x15\x03\x01\x00\x02\x02\x46 this is no HTTP at all\r\n\r\n"),
    ] {
        let (trouble, tries) = raw(manner).await;
        assert!(matches!(trouble.because, Because::Broken { .. }), "{trouble:?}");
        assert_eq!((trouble.retry, tries), (Retry::Now, 3), "{trouble:?}");
    }
}

#[tokio::test]
async fn a_body_that_ends_early_without_breaking_is_unreadable() {
    for answer in [
        &b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"results\":["[..],
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5\r\n\r\n{\"results\":[]}",
    ] {
        let (trouble, tries) = raw(Manner::Say(answer)).await;
        assert_eq!((trouble.because, tries), (Because::Unreadable, 1));
    }
}

#[tokio::test]
async fn a_server_that_hangs_or_dribbles_times_out() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n";
    for manner in [Manner::Hang(b""), Manner::Hang(head), Manner::Dribble(head)] {
        let server = Raw::start(manner).await;
        // The sign-in is answered and may take its time.
        let limits = Limits { page: impatient().page, patience: impatient().patience, ..quick() };
        let client = Client::with_limits(endpoint(&format!("http://{}", server.address)), limits).unwrap();
        let trouble = client.perform(list()).await.unwrap_err();
        assert_eq!((trouble.because, server.calls()), (Because::TimedOut { seconds: 1 }, 1));
    }
}

#[tokio::test]
async fn letters_split_between_chunks_arrive_whole() {
    let server = Raw::start(Manner::Say(
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n\
          20\r\n{\"results\":[{\"id\":\"A\",\"name\":\"M\xc3\r\n8\r\n\xbcller\"}]\r\n1\r\n}\r\n0\r\n\r\n",
    ))
    .await;
    let page = page(client(&format!("http://{}", server.address)).perform(list()).await);
    assert_eq!(page.companies.first().map(|company| company.name.as_str()), Some("Müller"));
}

#[tokio::test]
async fn a_server_that_cannot_do_tls_or_only_an_old_one_is_a_tls_trouble() {
    for greeting in
        [&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], b"\x15\x03\x03\x00\x02\x02\x46", b"\x15\x03\x03\x00\x02\x02\x28"]
    {
        let server = Raw::start(Manner::Greet(greeting)).await;
        let trouble = client(&format!("https://{}", server.address)).perform(list()).await.unwrap_err();
        assert_eq!(trouble.because, Because::Tls { host: server.address.to_string() }, "{trouble:?}");
        assert_eq!((trouble.what, trouble.retry), (What::SignIn, Retry::Never));
        assert!(!trouble.detail.is_empty());
    }
}

#[tokio::test]
async fn a_tls_handshake_that_hangs_ends_with_the_limit_for_connecting() {
    let server = Raw::start(Manner::Greet(b"")).await;
    let limits = Limits { total: Duration::from_mins(1), ..impatient() };
    let client = Client::with_limits(endpoint(&format!("https://{}", server.address)), limits).unwrap();
    let trouble = client.perform(list()).await.unwrap_err();
    assert_eq!(trouble.because, Because::TimedOut { seconds: 1 });
}

#[tokio::test]
async fn dropping_the_future_aborts_the_call() {
    let mut server = Raw::start(Manner::Hang(b"")).await;
    let client = client(&format!("http://{}", server.address));
    let call = tokio::spawn(async move { client.perform(list()).await });
    server.reached().await;
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    server.closed().await;
}

// --- what must not happen --------------------------------------------------------------------------------------------

#[tokio::test]
async fn read_only_lets_no_write_out_not_even_a_sign_in_for_it() {
    let server = server().await;
    companies(&server, ok(&json!({"results": []}))).await;
    let mut endpoint = endpoint(&server.uri());
    endpoint.read_only = true;
    let client = Client::with_limits(endpoint, quick()).unwrap();
    for write in writes() {
        let trouble = client.perform(write).await.unwrap_err();
        assert_eq!((trouble.because, trouble.retry), (Because::ReadOnly, Retry::Never));
    }
    assert!(server.received_requests().await.unwrap().is_empty());
    page(client.perform(list()).await);
}

#[tokio::test]
async fn plain_http_is_only_for_loopback() {
    for base in ["http://api.harbour.example", "ftp://127.0.0.1", "https://user:hush@api.harbour.example"] {
        let trouble = Client::new(endpoint(base)).unwrap_err();
        assert!(matches!(trouble.because, Because::BadAddress { .. }));
        assert!(!format!("{trouble:?}").contains("hush"));
    }
}

async fn launched(uri: &str) -> (Result<Answer, Trouble>, usize) {
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
        let trouble = launched(bad).await.0.unwrap_err();
        assert_eq!((trouble.because, trouble.retry), (Because::UnsafeAddress(reason), Retry::Never));
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
    let Ok(Answer::People(people)) = client(&server.uri()).perform(Request::People(company())).await else {
        panic!("no people")
    };
    assert_eq!(people.iter().map(|person| person.id.as_str()).collect::<Vec<_>>(), ["A", "B"]);

    let endless = ok(&json!({"results": [], "next_page_token": "again"}));
    let mock = Mock::given(path(below("companies/COMPANY/groups"))).respond_with(endless);
    mock.expect(2).mount(&server).await;
    let trouble = client(&server.uri()).perform(Request::Groups(company())).await.unwrap_err();
    assert_eq!((trouble.what, trouble.because), (What::LoadGroups, Because::Unreadable));
}

#[tokio::test]
async fn the_log_names_the_call_and_holds_no_secret_address_or_query() {
    let log = support::calls::Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    let subscriber = subscriber.with_env_filter("mspdash=trace").with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = server().await;
    let answer = ok(&json!({"launch_uri": format!("{}/launch/once-only", server.uri())}));
    Mock::given(path(below("companies/COMPANY:launch"))).respond_with(answer).mount(&server).await;
    companies(
        &server,
        ResponseTemplate::new(400)
            .set_body_json(json!({"detail": "body-text", "field_violations": [{"field": "violated"}]})),
    )
    .await;
    let client = client(&server.uri());
    assert!(client.perform(launch()).await.is_ok());
    let search = ListCompanies { page_size: 1, filter: Some("secret-search".into()), ..ListCompanies::default() };
    assert!(client.perform(Request::Companies(search)).await.is_err());
    let log = log.text();
    for said in ["POST", "companies/{company}:launch", "oauth2/token", "status=200", "NotAccepted", "ms="] {
        assert!(log.contains(said), "{said} in {log}");
    }
    for secret in [SECRET, "token-1", "once-only", "violated", "secret-search", "body-text", "COMPANY"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[test]
fn the_limits_are_those_of_the_design() {
    let limits = Limits::default();
    let seconds = [limits.connect, limits.total, limits.page, limits.patience].map(|limit| limit.as_secs());
    assert_eq!(seconds, [5, 10, 20, 10]);
    assert_eq!((limits.retry_base.as_millis(), limits.body), (50, 64 * 1024 * 1024));
}

/// 256 KiB of spaces in 307 bytes of gzip.
const GZIP_BOMB: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 177, 17, 0, 16, 16, 0, 176, 85, 156, 49, 172, 226, 148, 58, 149, 167,
    114, 118, 215, 155, 33, 201, 201, 179, 199, 30, 43, 114, 169, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 224, 211, 238, 3, 248, 197, 44, 231, 14, 0, 4, 0,
];
