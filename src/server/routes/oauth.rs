//! Sign-in and sign-out: the operations that come with a credential instead of a token.

use crate::server::auth::TOKEN_SECONDS;
use crate::server::auth::hash::SecretHash;
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{Form, text_header};
use crate::server::middleware::hosts::Peer;
use crate::server::state::{App, SharedState};
use crate::server::store::technicians::sign_in::{Attempt, SignIn, sign_in};
use crate::server::store::technicians::tokens;
use crate::wire::session::Token;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::net::IpAddr;

pub async fn token(State(app): App, basic: Basic, form: Form) -> ApiResult {
    if form.get("grant_type") != "client_credentials" {
        return Err(ApiError::field("grant_type", "must be client_credentials"));
    }
    let (seen, Basic(attempt)) = (basic.seen(), basic);
    let outcome = app.store.write(move |tx| sign_in(tx, &attempt, |who| tokens::issue(tx, who.n, attempt.now))).await?;
    let token = seen.answer(outcome)?;
    Reply::json(&Token { access_token: token, token_type: "Bearer".into(), expires_in: TOKEN_SECONDS })
}

/// The same answer for a token that was none (RFC 7009).
pub async fn revoke(State(app): App, basic: Basic, form: Form) -> ApiResult {
    let token = form.get("token").to_owned();
    if token.is_empty() {
        return Err(ApiError::field("token", "is missing"));
    }
    let (seen, Basic(attempt)) = (basic.seen(), basic);
    let outcome = app.store.write(move |tx| sign_in(tx, &attempt, |who| tokens::revoke(tx, who.n, &token))).await?;
    seen.answer(outcome)?;
    Ok(Reply::of_bytes(StatusCode::OK, b"{}".to_vec()))
}

/// Who wants to sign in by HTTP Basic.
pub struct Basic(Attempt);

impl FromRequestParts<SharedState> for Basic {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &SharedState) -> Result<Self, ApiError> {
        let given = text_header(&parts.headers, "authorization").ok_or_else(refused)?;
        let (client_id, secret) = basic(&given).ok_or_else(refused)?;
        Ok(Self(Attempt {
            secret: SecretHash::of(&secret),
            local: app.local_credentials.get(&client_id),
            peer: parts.extensions.get::<Peer>().ok_or_else(refused)?.remote,
            now: app.now().as_millisecond(),
            client_id,
        }))
    }
}

impl Basic {
    fn seen(&self) -> Seen {
        Seen { client_id: self.0.client_id.clone(), peer: self.0.peer }
    }
}

fn basic(given: &str) -> Option<(String, String)> {
    let (_, encoded) = given.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))?;
    let plain = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    plain.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))
}

/// What the log may say about an attempt.
struct Seen {
    client_id: String,
    peer: IpAddr,
}

impl Seen {
    /// The answer to an attempt. One that fails is written to the log.
    fn answer<T>(self, outcome: SignIn<T>) -> Result<T, ApiError> {
        match outcome {
            SignIn::Done(done) => Ok(done),
            SignIn::Wait(seconds) => Err(ApiError::slowed("Too many sign-ins failed.", seconds)),
            SignIn::Failed { known, slowed } => {
                // A name that nobody has is not told: it may be a secret in the wrong place.
                let client_id = if known { self.client_id.as_str() } else { "(unknown)" };
                tracing::warn!(client_id, peer = %self.peer, slowed, "a sign-in failed");
                Err(refused())
            }
            // Answered like a credential that never was.
            SignIn::Revoked => Err(refused()),
        }
    }
}

fn refused() -> ApiError {
    let detail = "Send client id and secret of a technician by HTTP Basic.";
    ApiError::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", detail)
        .with(header::WWW_AUTHENTICATE, "Basic realm=\"mspdash\", charset=\"UTF-8\"")
}
