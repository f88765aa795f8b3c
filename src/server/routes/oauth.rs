//! Sign-in and sign-out: the operations that come with a credential instead of a token.

use crate::server::auth::attempts::Turn;
use crate::server::auth::{TOKEN_SECONDS, Technician, same_secret};
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{Form, text_header};
use crate::server::middleware::hosts::Peer;
use crate::server::state::{App, SharedState};
use crate::server::store::technicians;
use crate::wire::session::Token;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;

pub async fn token(State(app): App, credential: Credential, form: Form) -> ApiResult {
    if form.get("grant_type") != "client_credentials" {
        return Err(ApiError::field("grant_type", "must be client_credentials"));
    }
    let token = app.tokens.issue(&credential.technician, credential.number, app.now())?;
    Reply::json(&Token { access_token: token, token_type: "Bearer".into(), expires_in: TOKEN_SECONDS })
}

/// The same answer for a token that was none (RFC 7009).
pub async fn revoke(State(app): App, credential: Credential, form: Form) -> ApiResult {
    match form.get("token") {
        "" => Err(ApiError::field("token", "is missing")),
        token => {
            app.tokens.revoke(token, &credential.technician);
            Ok(Reply::of_bytes(StatusCode::OK, b"{}".to_vec()))
        }
    }
}

/// Who signs in by HTTP Basic, as the sample made them, with the number that their tokens get now.
pub struct Credential {
    technician: Arc<Technician>,
    number: i64,
}

impl FromRequestParts<SharedState> for Credential {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &SharedState) -> Result<Self, ApiError> {
        let given = text_header(&parts.headers, "authorization").ok_or_else(refused)?;
        let (client_id, secret) = basic(&given).ok_or_else(refused)?;
        let peer = parts.extensions.get::<Peer>().ok_or_else(refused)?.remote;
        let known = app.credential(&client_id);
        let guess = (peer, known.map(|(technician, _)| technician.n));
        let turn = app.attempts.begin(guess, app.now());
        if let Turn::Wait(seconds) = turn {
            let detail = format!("Too many sign-ins failed. Try again in {seconds} s.");
            let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", detail);
            return Err(error.with(header::RETRY_AFTER, &seconds.to_string()));
        }
        let Some((known, _)) = known.filter(|(_, right)| same_secret(right, &secret)) else {
            // A name that nobody has is not told: it may be a secret in the wrong place.
            let client_id = if guess.1.is_some() { client_id.as_str() } else { "(unknown)" };
            let slowed = turn == Turn::Last;
            tracing::warn!(client_id, %peer, slowed, "a sign-in failed");
            return Err(refused());
        };
        app.attempts.succeeded(guess);
        // A credential that was taken away is answered like one that never was.
        let (_, number) = technicians::now(app, known).await?.ok_or_else(refused)?;
        Ok(Self { technician: Arc::clone(known), number })
    }
}

fn basic(given: &str) -> Option<(String, String)> {
    let (_, encoded) = given.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))?;
    let plain = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    plain.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))
}

fn refused() -> ApiError {
    let detail = "Send client id and secret of a technician by HTTP Basic.";
    ApiError::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", detail)
        .with(header::WWW_AUTHENTICATE, "Basic realm=\"mspdash\", charset=\"UTF-8\"")
}
