//! A server made from the contract alone: every operation answers the first example of its success, once the
//! caller has brought what the contract asks for.

use super::document::{Document, Operation};
use serde_json::Value;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// Starts one on a free port of the loopback.
pub async fn start() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(FromDocument(Document::load())).mount(&server).await;
    server
}

struct FromDocument(Document);

impl Respond for FromDocument {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        match self.0.find(request.method.as_str(), request.url.path()) {
            Some(operation) => self.answer(&operation, refusal(&operation, request).unwrap_or(200)),
            None => ResponseTemplate::new(404),
        }
    }
}

impl FromDocument {
    fn answer(&self, operation: &Operation, status: u16) -> ResponseTemplate {
        let known = operation.answer(status).unwrap_or_else(|| panic!("{} has no {status}", operation.path));
        let mut answer = ResponseTemplate::new(status);
        for (name, header) in known["headers"].as_object().into_iter().flatten() {
            let text = match &self.0.follow(header)["example"] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            answer = answer.insert_header(name.as_str(), text);
        }
        match operation.examples(known).first() {
            Some((media_type, _, example)) => answer.set_body_raw(example.to_string(), media_type),
            None => answer,
        }
    }
}

/// The status for a request that lacks its sign-in or a required parameter.
fn refusal(operation: &Operation, request: &Request) -> Option<u16> {
    let scheme = if operation.value["security"][0].get("client").is_some() { "Basic " } else { "Bearer " };
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
    if !header("authorization").is_some_and(|value| value.starts_with(scheme)) {
        return Some(401);
    }
    let lacking = |parameter: &&Value| {
        let name = parameter["name"].as_str().unwrap_or_default();
        let present = match parameter["in"].as_str() {
            Some("header") => header(name).is_some(),
            Some("query") => request.url.query_pairs().any(|(known, _)| known == name),
            _ => true,
        };
        parameter["required"] == true && !present
    };
    let name = operation.parameters().into_iter().find(lacking)?["name"].as_str();
    Some(if name == Some("If-Match") { 428 } else { 400 })
}
