//! `POST enrolments`: a code becomes a credential. Whoever has one has nothing else yet, so it takes no token.

use crate::domain::technician::code;
use crate::server::auth::hash::SecretHash;
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{JsonObject, user_agent};
use crate::server::middleware::headers::RequestId;
use crate::server::middleware::hosts::Peer;
use crate::server::state::App;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::technicians::enrolments::{Attempt, Exchanged, exchange};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

pub async fn exchange_code(
    State(app): App,
    Extension(RequestId(id)): Extension<RequestId>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    JsonObject(object): JsonObject,
) -> ApiResult {
    let code = object.get("enrolment_code").and_then(Value::as_str).unwrap_or_default();
    let Some(code) = code::read(code) else {
        return Err(ApiError::field("enrolment_code", "must have 12 letters and digits, as in K7QM-2RWX-9HTB"));
    };
    let account = app.account.id.clone();
    let scope = RequestScope::of_nobody(&account, &app.account.region, &app.database_id, app.now().as_millisecond());
    let attempt =
        Attempt { code: SecretHash::of(&code), peer: peer.remote, scope, request: (id, user_agent(&headers)) };
    match app.store.write(move |tx| exchange(tx, attempt, &account)).await? {
        Exchanged::Done(credential) => Reply::json(&credential),
        Exchanged::Wait(seconds) => Err(ApiError::slowed("Too many codes were wrong.", seconds)),
        Exchanged::Unknown => {
            tracing::warn!(peer = %peer.remote, "an enrolment failed");
            let detail = "This code is not or no longer good: it works once, for 15 minutes. Ask for a new one.";
            Err(ApiError::new(StatusCode::GONE, "ENROLMENT_CODE_EXPIRED", detail))
        }
    }
}
