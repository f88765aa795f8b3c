//! What every answer carries: its request's id, and the server's date.

use crate::server::error::{ApiError, render};
use crate::server::extract::text_header;
use crate::server::random;
use crate::server::state::App;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::fmt::rfc2822::DateTimePrinter;

/// The name of a request in headers, problems, the log and the audit trail.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Gives the request its id; problems are written here, where it is known.
pub async fn identify(mut request: Request, next: Next) -> Response {
    let (id, response) = match request_id(request.headers()) {
        Ok(id) => {
            request.extensions_mut().insert(RequestId(id.clone()));
            (id, next.run(request).await)
        }
        Err(error) => ("none".to_owned(), error.into_response()),
    };
    let mut response = render(response, &id);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}

/// The caller's own name for the request if it is a sane one, else a new one. It goes into logs and headers.
fn request_id(headers: &HeaderMap) -> Result<String, ApiError> {
    let sane = |id: &String| {
        (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:~+/=".contains(&b))
    };
    text_header(headers, "x-request-id").filter(sane).map_or_else(|| Ok(random::id()?), Ok)
}

/// The server's own clock, which need not be the system's.
pub async fn set_date(State(app): App, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Ok(date) = DateTimePrinter::new().timestamp_to_rfc9110_string(&app.now()) {
        response.headers_mut().extend(HeaderValue::try_from(date).ok().map(|date| (header::DATE, date)));
    }
    response
}
