//! Extractors: what a handler needs of its request, read strictly. What is not understood is refused with the field's
//! name, never passed over.

pub mod json;
pub mod write;

use super::auth::Technician;
use super::connections::long_polls::LONGEST;
use super::error::{ApiError, violation};
use super::store::companies::row::RequestScope;
use crate::domain::session::Permission;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody, PathRejection};
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The most that a request body may have, in bytes; in every request's extensions.
#[derive(Clone, Copy)]
pub struct BodyLimit(pub usize);

/// An operation of the contract, as [`super::router::table`] has it.
#[derive(Debug, Clone)]
pub struct Endpoint {
    pub method: &'static str,
    pub template: &'static str,
    /// The query parameters that it takes; any other is refused.
    pub params: &'static [&'static str],
    /// What the technician must be allowed to do; `None`: anybody who is signed in.
    pub permission: Option<Permission>,
}

impl Endpoint {
    /// Whether it belongs to the API (and not to the pages of the sample workspace).
    pub fn is_api(&self) -> bool {
        self.template.starts_with("/v1beta1/")
    }

    /// Whether looking at it uses it up: then it must not answer `HEAD`.
    pub fn is_used_up(&self) -> bool {
        self.template == "/launch/{token}"
    }

    /// Whether it is about more than the company's own row.
    pub fn is_inside_company(&self) -> bool {
        self.template.split_once("{company}").is_some_and(|(_, rest)| !rest.is_empty())
    }

    /// Whether a bearer token is needed.
    pub fn needs_token(&self) -> bool {
        self.is_api() && !self.template.starts_with("/v1beta1/oauth2/") && self.template != "/v1beta1/enrolments"
    }

    /// Whether it changes something; then it needs an `Idempotency-Key`.
    pub fn writes(&self) -> bool {
        self.needs_token() && self.method != "GET"
    }
}

/// The path's parameters. What is no text is no id.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub struct Path<T>(pub T);

impl From<PathRejection> for ApiError {
    fn from(_: PathRejection) -> Self {
        Self::not_found()
    }
}

/// Who asks, as they are now.
#[derive(Clone)]
pub struct SignedIn(pub Arc<Technician>);

/// What the middleware has found out already.
macro_rules! from_extensions {
    ($($found:ty),+) => {$(
        impl<S: Sync> FromRequestParts<S> for $found {
            type Rejection = ApiError;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
                let found = parts.extensions.get().cloned();
                found.ok_or_else(|| ApiError::internal("a layer is missing", &stringify!($found)))
            }
        }
    )+};
}

from_extensions!(Endpoint, Query, RequestScope, SignedIn);

/// The revision that a change is bound to.
pub struct IfMatch(pub String);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let given = text_header(&parts.headers, "if-match").unwrap_or_default();
        let given = given.strip_prefix("W/").unwrap_or(&given).trim_matches('"').to_owned();
        if given.is_empty() {
            let detail = "Send the etag of the revision that the change is about as If-Match.";
            return Err(ApiError::new(StatusCode::PRECONDITION_REQUIRED, "PRECONDITION_REQUIRED", detail));
        }
        Ok(Self(given))
    }
}

/// The whole body, within the limit of the router's layer.
pub struct RawBody(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for RawBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let limit = request.extensions().get().map_or(0, |BodyLimit(limit)| *limit);
        let too_large = || {
            let detail = format!("A body may have {limit} bytes at most.");
            ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", detail)
        };
        let announced = text_header(request.headers(), "content-length").and_then(|length| length.parse::<u64>().ok());
        // Not read up to the limit first: the other side may wait for our word.
        if announced.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit)) {
            return Err(too_large());
        }
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_))) => Err(too_large()),
            // Of a client that broke off, who will not read the answer.
            Err(_) => Err(ApiError::new(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", "The body broke off.")),
        }
    }
}

/// The JSON object of the body. As an `Option`, an absent body is none.
#[derive(Debug, Default)]
pub struct JsonObject(pub Map<String, Value>);

impl<S: Send + Sync> FromRequest<S> for JsonObject {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        needs_type(request.headers(), "application/json")?;
        let RawBody(body) = RawBody::from_request(request, state).await?;
        let malformed = |why: String| {
            let detail = format!("The body is not the JSON expected: {why}.");
            ApiError::new(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", detail)
        };
        match json::parse(&body) {
            Ok(Value::Object(object)) => Ok(Self(object)),
            Ok(_) => Err(malformed("an object is needed".into())),
            Err(error) => Err(malformed(error.to_string())),
        }
    }
}

impl<S: Send + Sync> OptionalFromRequest<S> for JsonObject {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, ApiError> {
        use axum::body::HttpBody;
        if request.body().is_end_stream() {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state).await.map(Some)
    }
}

/// The fields of a form. Each may come once.
pub struct Form(pub Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let headers = parts.headers.clone();
        let RawBody(body) = RawBody::from_request(Request::from_parts(parts, body), state).await?;
        needs_type(&headers, "application/x-www-form-urlencoded")?;
        let mut fields: Vec<(String, String)> = Vec::new();
        for (name, value) in url::form_urlencoded::parse(&body).into_owned() {
            if fields.iter().any(|(seen, _)| *seen == name) {
                let name: String = name.chars().take(100).collect();
                return Err(ApiError::field(&name, "must be given once"));
            }
            fields.push((name, value));
        }
        Ok(Self(fields))
    }
}

impl Form {
    /// A field; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(seen, _)| seen == name).map_or("", |(_, value)| value.as_str())
    }
}

#[derive(Debug, Clone, Default)]
pub struct Query(Arc<[(String, String)]>);

impl Query {
    /// Reads the query; each parameter must be known to the route and come once.
    /// 400 with the parameter's name.
    pub fn parse(raw: Option<&str>, known: &[&str]) -> Result<Self, ApiError> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut violations = Vec::new();
        for (name, value) in url::form_urlencoded::parse(raw.unwrap_or("").as_bytes()) {
            if !known.contains(&name.as_ref()) {
                let name: String = name.chars().take(100).collect();
                violations.push(violation(&name, "is not a parameter of this call"));
            } else if pairs.iter().any(|(seen, _)| *seen == name) {
                violations.push(violation(&name, "must be given once"));
            } else if value.contains('\0') {
                violations.push(violation(&name, "must not hold a NUL character"));
            } else {
                pairs.push((name.into_owned(), value.into_owned()));
            }
        }
        if violations.is_empty() { Ok(Self(pairs.into())) } else { Err(ApiError::invalid(violations)) }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(seen, _)| seen == name).map(|(_, value)| value.as_str())
    }

    /// The same query with another value of one parameter, as it stands in an address.
    pub fn with(&self, name: &str, value: &str) -> String {
        let others = self.0.iter().filter(|(seen, _)| seen != name);
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(others).append_pair(name, value).finish()
    }

    /// Whether every check should run and nothing change.
    /// 400 for anything but `true` and `false`.
    pub fn validate_only(&self) -> Result<bool, ApiError> {
        self.flag("validate_only")
    }

    /// 400 for anything but `true` and `false`.
    pub fn flag(&self, name: &str) -> Result<bool, ApiError> {
        match self.get(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(ApiError::field(name, "must be true or false")),
        }
    }

    /// For how many seconds the answer may be held back.
    /// 400 unless it is 0 to 25.
    pub fn wait(&self) -> Result<u64, ApiError> {
        let Some(text) = self.get("wait") else { return Ok(0) };
        match text.parse::<u64>() {
            Ok(wait) if wait <= LONGEST.as_secs() && text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(wait),
            _ => Err(ApiError::field("wait", "must be a whole number of seconds from 0 to 45")),
        }
    }

    /// How many rows a page may have.
    /// 400 unless it is 1 to 1000.
    pub fn page_size(&self, default: u32) -> Result<u32, ApiError> {
        let Some(text) = self.get("max_page_size") else { return Ok(default) };
        match text.parse::<u32>() {
            Ok(size @ 1..=1000) if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(size),
            _ => Err(ApiError::field("max_page_size", "must be a whole number from 1 to 1000")),
        }
    }
}

/// A header as text; `None` when it is absent or not printable.
pub fn text_header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(|text| text.trim().to_owned())
}

/// The program that asks, as it calls itself.
pub fn user_agent(headers: &HeaderMap) -> Option<String> {
    text_header(headers, "user-agent").map(|agent| agent.chars().take(200).collect())
}

/// Checks the body's format.
/// 415 for another format, or a compressed body.
fn needs_type(headers: &HeaderMap, wanted: &str) -> Result<(), ApiError> {
    let unsupported =
        |detail: String| Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", detail));
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let essence = given.split(';').next().unwrap_or("").trim();
    if !essence.eq_ignore_ascii_case(wanted) {
        return unsupported(format!("The body must be {wanted}."));
    }
    match headers.get(header::CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" => unsupported("Compressed bodies are not read.".into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_repeated_parameters_are_refused_by_name() {
        let known = ["filter", "page_token"];
        let query = Query::parse(Some("filter=name+%3A+%22a%22&page_token=x"), &known).unwrap();
        assert_eq!(query.get("filter"), Some("name : \"a\""));
        let refused = |raw| Query::parse(Some(raw), &known).unwrap_err().violations[0].field.clone();
        assert_eq!(refused("fliter=x"), "fliter");
        assert_eq!(refused("filter=x&filter=y"), "filter");
        assert_eq!(refused("filter=%00"), "filter");
        assert!(Query::parse(None, &[]).is_ok());
    }
}
