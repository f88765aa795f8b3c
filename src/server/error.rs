//! Answers: JSON, and the one shape of errors (contract: *Errors*).

use super::store::error::StoreError;
use crate::wire::problem::{FieldViolation, Problem};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What a handler comes to.
pub type ApiResult = Result<Reply, ApiError>;

#[derive(Debug, Clone)]
pub struct Reply {
    pub status: StatusCode,
    pub body: Vec<u8>,
    pub content_type: &'static str,
    pub headers: HeaderMap,
}

impl Reply {
    pub fn json(value: &impl Serialize) -> ApiResult {
        let body =
            serde_json::to_vec(value).map_err(|error| ApiError::internal("an answer could not be written", &error))?;
        Ok(Self::of_bytes(StatusCode::OK, body))
    }

    /// A JSON body that is written already.
    pub fn of_bytes(status: StatusCode, body: Vec<u8>) -> Self {
        Self { status, body, content_type: "application/json", headers: HeaderMap::new() }
    }

    pub fn empty(status: StatusCode) -> Self {
        Self { status, body: Vec::new(), content_type: "", headers: HeaderMap::new() }
    }

    pub fn html(status: StatusCode, page: String) -> Self {
        let content_type = "text/html; charset=utf-8";
        Self { status, body: page.into_bytes(), content_type, headers: HeaderMap::new() }
    }

    /// The same with one header more; a value that HTTP does not allow is left out.
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        if !self.content_type.is_empty() {
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        }
        response
    }
}

/// A refusal or a failure. The detail is for people; it never holds a secret or the text of a database error.
#[derive(Debug, Clone)]
pub struct ApiError {
    pub status: StatusCode,
    pub code: &'static str,
    pub detail: String,
    pub task_kind: Option<&'static str>,
    pub violations: Vec<FieldViolation>,
    /// A list, not a map: this is passed up through every `Result`, and has to stay small.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl ApiError {
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), task_kind: None, violations: Vec::new(), headers: Vec::new() }
    }

    /// 400 with the fields at fault.
    pub fn invalid(violations: Vec<FieldViolation>) -> Self {
        let detail = match violations.first() {
            Some(first) if violations.len() == 1 => format!("`{}` {}.", first.field, first.description),
            _ => format!("{} fields are not accepted.", violations.len()),
        };
        Self { violations, ..Self::new(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", detail) }
    }

    pub fn field(field: &str, description: impl Into<String>) -> Self {
        Self::invalid(vec![violation(field, description)])
    }

    pub fn not_found() -> Self {
        StoreError::NotFound.into()
    }

    /// 403 for want of a permission.
    pub fn denied(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "PERMISSION_DENIED", detail)
    }

    /// 500; the reason goes to the log alone.
    pub fn internal(what: &str, error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "{what}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "The server failed. Trying again may help.")
    }

    /// 429 for whoever guesses, with a time to wait, in seconds.
    pub fn slowed(what: &str, seconds: u32) -> Self {
        let detail = format!("{what} Try again in {seconds} s.");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", detail).with(header::RETRY_AFTER, &seconds.to_string())
    }

    /// 503 with a time to wait, in seconds.
    pub fn unavailable(detail: &str, seconds: u32) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", detail)
            .with(header::RETRY_AFTER, &seconds.to_string())
    }

    /// The same with one header more; a value that HTTP does not allow is left out.
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }
}

impl IntoResponse for ApiError {
    /// Without a body: [`render`] writes it, where the request's id is known.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the problem document of a response that is an error; others stay as they are.
pub fn render(mut response: Response, request_id: &str) -> Response {
    let Some(error) = response.extensions_mut().remove::<ApiError>() else { return response };
    let problem = Problem {
        kind: format!("urn:mspdash:problem:{}", error.code.to_ascii_lowercase().replace('_', "-")),
        title: title(error.status).to_owned(),
        status: Some(error.status.as_u16()),
        detail: error.detail,
        code: error.code.to_owned(),
        task_kind: error.task_kind.map(str::to_owned),
        field_violations: error.violations,
        request_id: request_id.to_owned(),
    };
    // Plain strings and numbers: writing them cannot fail.
    *response.body_mut() = Body::from(serde_json::to_vec(&problem).unwrap_or_default());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.extend(error.headers);
    response
}

pub fn violation(field: &str, description: impl Into<String>) -> FieldViolation {
    FieldViolation { field: field.to_owned(), description: description.into() }
}

fn title(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "The request is not accepted",
        401 => "Sign in first",
        403 => "Not allowed",
        404 => "Not found",
        405 => "This cannot be done here",
        409 => "The rules do not allow it now",
        410 => "No longer there",
        412 => "It changed meanwhile",
        413 => "Too large",
        415 => "Not a format for this",
        422 => "The key was used for something else",
        428 => "Say which revision is meant",
        429 => "Too many requests",
        503 => "Not available now",
        _ => "The server failed",
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let detail = error.to_string();
        let (status, code) = match error {
            StoreError::NotFound => (StatusCode::NOT_FOUND, "NOT_FOUND"),
            StoreError::Changed => (StatusCode::PRECONDITION_FAILED, "PRECONDITION_FAILED"),
            StoreError::Conflict { code, .. } => (StatusCode::CONFLICT, code),
            StoreError::Forbidden { code, .. } => (StatusCode::FORBIDDEN, code),
            StoreError::Expired { code, .. } => (StatusCode::GONE, code),
            StoreError::Invalid { field, description } => return Self::field(field, description),
            StoreError::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "IDEMPOTENCY_KEY_REUSED"),
            StoreError::Busy | StoreError::Stopping => return Self::unavailable(&detail, 1),
            StoreError::Away => return Self::unavailable(&detail, 2),
            // Without a time to wait: it has to be told at once.
            StoreError::Unusable(_) => (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE"),
            StoreError::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL"),
        };
        Self::new(status, code, detail)
    }
}

impl From<getrandom::Error> for ApiError {
    fn from(error: getrandom::Error) -> Self {
        StoreError::from(error).into()
    }
}
