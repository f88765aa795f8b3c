//! What the client logs.

use crate::support::log::Log;
use crate::support::mock::{SECRET, below, ok, server};
use crate::support::test_client::{client, companies, launch};
use mspdash::domain::request::{ListCompanies, Request};
use serde_json::json;
use wiremock::matchers::path;
use wiremock::{Mock, ResponseTemplate};

#[tokio::test]
async fn the_log_names_the_call_and_holds_no_secret_address_or_query() {
    let Some((log, _guard)) = Log::alone(the_log_names_the_call_and_holds_no_secret_address_or_query) else { return };
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
    assert!(client.perform(Request::ListCompanies(search)).await.is_err());
    let log = String::from_utf8(log.bytes()).unwrap();
    for said in ["POST", "companies/{company}:launch", "oauth2/token", "status=200", "NotAccepted", "ms="] {
        assert!(log.contains(said), "{said} in {log}");
    }
    for secret in [SECRET, "token-1", "once-only", "violated", "secret-search", "body-text", "COMPANY"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
