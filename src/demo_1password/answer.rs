//! Answers, and what both interfaces read out of a request.

use super::world::Fault;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

pub fn fault_response(fault: &Fault) -> Option<Response> {
    match fault {
        Fault::Answer(status, body) => Some(reply(*status, (*body).to_owned())),
        Fault::Busy(seconds) => {
            let busy = reply(429, r#"{"message":"slow down"}"#.to_owned());
            Some(([(header::RETRY_AFTER, seconds.to_string())], busy).into_response())
        }
        _ => None,
    }
}

pub fn answer(status: u16, value: &Value) -> Response {
    reply(status, value.to_string())
}

/// The shape of the errors is not published: this is that of the Events API.
pub fn refuse(status: u16, message: &str) -> Response {
    answer(status, &json!({"status": status, "message": message}))
}

fn reply(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

pub fn bearer(headers: &HeaderMap) -> String {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.strip_prefix("Bearer ").unwrap_or_default().to_owned()
}
