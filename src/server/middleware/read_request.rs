//! Reads what every operation of the API has in common: its query, its body, the key of a write.

use crate::server::error::ApiError;
use crate::server::extract::{Endpoint, Query, RawBody, text_header};
use crate::server::sample::generate::materialize_for_request;
use crate::server::state::App;
use axum::Extension;
use axum::body::Body;
use axum::extract::{FromRequest, RawPathParams, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

pub async fn read_request(
    State(app): App,
    Extension(endpoint): Extension<Endpoint>,
    params: RawPathParams,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let query = Query::parse(request.uri().query(), endpoint.params)?;
    let (mut parts, body) = request.into_parts();
    let RawBody(body) = RawBody::from_request(Request::from_parts(parts.clone(), body), &()).await?;
    parts.extensions.insert(query);
    if endpoint.writes() {
        require_idempotency_key(&parts.headers)?;
    }
    if endpoint.needs_token()
        && let Err(error) = app.recoveries.advance(&app.store, app.now().as_millisecond()).await
    {
        // A database that cannot be written can still be read.
        tracing::warn!(%error, "recoveries were not moved on");
    }
    let company = params.iter().find(|(name, _)| *name == "company").map(|(_, id)| id.to_owned());
    if let (true, Some(company), Some(sample)) = (endpoint.is_inside_company(), company, app.sample) {
        materialize_for_request(&app.store, sample, company).await?;
    }
    Ok(next.run(Request::from_parts(parts, Body::from(body))).await)
}

fn require_idempotency_key(headers: &HeaderMap) -> Result<(), ApiError> {
    let missing = |detail: &str| Err(ApiError::new(StatusCode::BAD_REQUEST, "IDEMPOTENCY_KEY_REQUIRED", detail));
    match text_header(headers, "idempotency-key").as_deref() {
        None | Some("") => missing("Send an Idempotency-Key with every write."),
        Some(key) if key.len() > 255 => missing("The Idempotency-Key may have 255 characters at most."),
        Some(_) => Ok(()),
    }
}
