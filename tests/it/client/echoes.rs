//! Servers that send back what they were sent: no secret comes out of the client's troubles.

use crate::support::mock::{SECRET, below, server};
use crate::support::test_client::{client, endpoint, key, list, quick};
use mspdash::client::Client;
use mspdash::domain::error::{Cause, Error};
use mspdash::domain::launch::Redacted;
use mspdash::domain::request::{AcceptLink, CancelLink, Request};
use serde_json::json;
use wiremock::matchers::path;
use wiremock::{Mock, ResponseTemplate};

const LINK: &str = "https://brightwater.1password.eu/link/abcdefghijklmnopqrstuvwxyz";

/// Everything of a request, as some gateways have it in their error pages.
fn echo(request: &wiremock::Request) -> String {
    let headers: Vec<_> = request.headers.iter().map(|(name, value)| format!("'{name}': {value:?}")).collect();
    format!("{} {{{}}} {}", request.url, headers.join(", "), String::from_utf8_lossy(&request.body))
}

fn says_nothing(error: &Error) {
    let said = format!("{error:?}");
    let basic = "dGVjaG5pY2lhbjpjb3JyZWN0LWhvcnNlLWJhdHRlcnk";
    for secret in ["token-1", SECRET, "abcdefghijkl", basic] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}

#[tokio::test]
async fn an_answer_that_echoes_its_request_shows_no_secret() {
    type Echoing = fn(&wiremock::Request) -> ResponseTemplate;
    let ways: [Echoing; 9] = [
        |request| ResponseTemplate::new(500).set_body_json(json!({"detail": echo(request)})),
        |request| ResponseTemplate::new(400).set_body_json(json!({"error": {"message": echo(request)}})),
        |request| {
            ResponseTemplate::new(400)
                .set_body_json(json!({"field_violations": [{"field": echo(request), "description": echo(request)}]}))
        },
        |request| ResponseTemplate::new(409).set_body_json(json!({"code": "Bearer token-1", "detail": echo(request)})),
        |request| ResponseTemplate::new(403).set_body_string(format!("<title>{}</title>", echo(request))),
        |request| ResponseTemplate::new(418).set_body_string(echo(request)),
        |_| ResponseTemplate::new(500).insert_header("x-request-id", "Bearer token-1"),
        |_| ResponseTemplate::new(200).set_body_raw("<p>", "text/token-1"),
        |_| ResponseTemplate::new(200).set_body_json(json!({"results": "Bearer token-1", "id": 7})),
    ];
    for way in ways {
        let server = server().await;
        for at in ["companies", "link_requests:accept"] {
            Mock::given(path(below(at))).respond_with(way).mount(&server).await;
        }
        let accept = Request::AcceptLink(AcceptLink { link: Redacted::new(LINK.into()), key: key() });
        for request in [list(), accept] {
            let client = client(&server.uri());
            let error = client.perform(request.clone()).await.unwrap_err();
            says_nothing(&error);
            // Of a link whose answer cannot be read nothing is quoted.
            assert!(error.cause == Cause::Unreadable || format!("{error:?}").contains("•••"), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_sign_in_that_echoes_its_request_shows_no_secret() {
    let server = wiremock::MockServer::start().await;
    let way = |request: &wiremock::Request| ResponseTemplate::new(401).set_body_json(json!({"detail": echo(request)}));
    Mock::given(path("/v1beta1/oauth2/token")).respond_with(way).mount(&server).await;
    let client = Client::with_limits(endpoint(&server.uri()), quick()).unwrap();
    says_nothing(&client.sign_in().await.unwrap_err());
    says_nothing(&client.perform(list()).await.unwrap_err());
    says_nothing(
        &client
            .rehearse(CancelLink { link: mspdash::domain::id::LinkId::new("L"), key: key() }.into())
            .await
            .unwrap_err(),
    );
}
