//! One sign-in for many calls, and tokens that are no longer known.

use crate::support::mock::{ACCOUNT, SECRET, below, count, ok, server, sign_in, sign_ins};
use crate::support::test_client::{BUSY, client, companies, endpoint, list, page, quick};
use mspdash::client::Client;
use mspdash::domain::error::{Cause, Operation, RetryAdvice};
use serde_json::json;
use wiremock::matchers::{any, header, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

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
    let error = client(&server.uri()).perform(list()).await.unwrap_err();
    assert_eq!(
        (error.cause, error.retry, error.operation),
        (Cause::NotSignedIn, RetryAdvice::Never, Operation::ListCompanies)
    );
    assert_eq!((sign_ins(&server).await, count(&server, &below("companies")).await), (2, 2));
}

#[tokio::test]
async fn a_refused_credential_is_not_signed_in_whichever_status_says_so() {
    for status in [400, 401] {
        let server = MockServer::start().await;
        let said = json!({"error": "invalid_client", "error_description": "Unknown client."});
        Mock::given(any()).respond_with(ResponseTemplate::new(status).set_body_json(said)).mount(&server).await;
        let error = client(&server.uri()).perform(list()).await.unwrap_err();
        assert_eq!((error.operation, &error.cause), (Operation::SignIn, &Cause::NotSignedIn));
        assert_eq!(error.detail, "Unknown client.");
        assert!(!format!("{error:?}").contains(SECRET));
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
        let error = answer.unwrap_err();
        assert_eq!((error.operation, error.cause), (Operation::SignIn, Cause::ServerFailed { status: BUSY }));
    }
    assert_eq!(sign_ins(&server).await, 3, "three tries of one sign-in, not of three");
}
