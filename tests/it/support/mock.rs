//! A mock of the MSP API.

use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The account of all tests.
pub const ACCOUNT: &str = "ACCOUNTAAAAAAAAAAAAAAAAAAA";
/// The secret that must never be seen anywhere.
pub const SECRET: &str = "correct-horse-battery";

/// A server that signs everybody in with `token-1`.
pub async fn server() -> MockServer {
    let server = MockServer::start().await;
    sign_in("token-1").mount(&server).await;
    server
}

/// The sign-in as a mock.
pub fn sign_in(token: &str) -> Mock {
    let body = json!({"access_token": token, "token_type": "Bearer", "expires_in": 900});
    Mock::given(method("POST")).and(path("/v1beta1/oauth2/token")).respond_with(ok(&body))
}

/// 200 with JSON.
pub fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// A path below the account.
pub fn below(rest: &str) -> String {
    format!("/v1beta1/accounts/{ACCOUNT}/{rest}")
}

/// How many requests came to this path.
pub async fn count(server: &MockServer, wanted: &str) -> usize {
    server.received_requests().await.unwrap().iter().filter(|request| request.url.path() == wanted).count()
}

/// How many requests came for a token.
pub async fn sign_ins(server: &MockServer) -> usize {
    count(server, "/v1beta1/oauth2/token").await
}
