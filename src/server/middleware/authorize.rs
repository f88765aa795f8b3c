//! Who asks, and whether they may: token, limit, second factor, account, permission.

use crate::server::auth::{Allowance, Technician};
use crate::server::error::ApiError;
use crate::server::extract::{Endpoint, SignedIn, text_header};
use crate::server::middleware::access_log::AskedBy;
use crate::server::middleware::guided;
use crate::server::state::{App, AppState};
use crate::server::store::technicians;
use axum::Extension;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets a request pass, with the technician and their scope among its extensions.
pub async fn authorize(
    State(app): App,
    Extension(endpoint): Extension<Endpoint>,
    params: Result<RawPathParams, RawPathParamsRejection>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    if !endpoint.needs_token() {
        return Ok(next.run(request).await);
    }
    let now = app.now();
    let who = bearer(&app, request.headers()).await?;
    let allowance = app.limiter.count(who.n, now);
    let asked_by = AskedBy(who.id.clone());
    let params = params.ok();
    let param = |name: &str| params.as_ref()?.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
    let account = param("account");
    let response = match within(allowance).and_then(|()| permitted(&app, &who, &endpoint, account.as_deref())) {
        Ok(()) => {
            request.extensions_mut().insert(app.scope(&who, now));
            request.extensions_mut().insert(SignedIn(who.into()));
            next.run(request).await
        }
        Err(refusal) => refusal.into_response(),
    };
    if let Some(company) = param("company").filter(|_| response.status().is_success() && looks_inside(&app, &endpoint))
    {
        app.looks.note(&company, now.as_millisecond());
    }
    let mut response = with_allowance(response, allowance);
    response.extensions_mut().insert(asked_by);
    Ok(response)
}

/// Whether somebody has a company open whose sources are read.
fn looks_inside(app: &AppState, endpoint: &Endpoint) -> bool {
    app.is_real() && endpoint.method == "GET" && endpoint.is_inside_company()
}

fn with_allowance(mut response: Response, allowance: Allowance) -> Response {
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("ratelimit-limit"), HeaderValue::from(allowance.limit));
    headers.insert(HeaderName::from_static("ratelimit-remaining"), HeaderValue::from(allowance.remaining));
    headers.insert(HeaderName::from_static("ratelimit-reset"), HeaderValue::from(allowance.reset));
    if allowance.exceeded {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(allowance.reset));
    }
    response
}

async fn bearer(app: &AppState, headers: &HeaderMap) -> Result<Technician, ApiError> {
    let given = text_header(headers, "authorization").unwrap_or_default();
    let token = match given.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => "",
    };
    let (sent, now) = (token.to_owned(), app.now().as_millisecond());
    let found = match token {
        "" => None,
        _ => app.store.read(move |db| technicians::by_token(db, &sent, now)).await?,
    };
    found.ok_or_else(|| {
        let (detail, hint) = if token.is_empty() {
            ("Send a bearer token from /v1beta1/oauth2/token.", "Bearer realm=\"mspdash\"")
        } else {
            ("The token is not or no longer good.", "Bearer realm=\"mspdash\", error=\"invalid_token\"")
        };
        ApiError::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", detail).with(header::WWW_AUTHENTICATE, hint)
    })
}

/// Whether a request that was let in before and took its time would be let in now.
pub async fn still(app: &AppState, headers: &HeaderMap, endpoint: &Endpoint) -> Result<(), ApiError> {
    let who = bearer(app, headers).await?;
    permitted(app, &who, endpoint, Some(&app.account.id))
}

fn within(allowance: Allowance) -> Result<(), ApiError> {
    if !allowance.exceeded {
        return Ok(());
    }
    let detail = format!("More than {} requests in a minute.", allowance.limit);
    Err(ApiError::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", detail))
}

/// Second factor, account, role: in this order, and all after the limit, so that nobody learns more than they may.
fn permitted(app: &AppState, who: &Technician, endpoint: &Endpoint, account: Option<&str>) -> Result<(), ApiError> {
    let Some(permission) = &endpoint.permission else { return Ok(()) };
    if !who.mfa() {
        let detail = "Everyone in an MSP account must use multi-factor authentication.";
        return Err(ApiError::new(StatusCode::FORBIDDEN, "MFA_REQUIRED", detail));
    }
    if account != Some(app.account.id.as_str()) {
        return Err(ApiError::not_found());
    }
    if !who.may(permission) {
        return Err(ApiError::denied(format!("This needs the permission {}.", permission.as_str())));
    }
    if app.is_real() { guided::refuse(endpoint) } else { Ok(()) }
}
