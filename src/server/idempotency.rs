//! Writes: one transaction with its audit event and the record of its key, or nothing (contract: *Writes*).

use super::error::{ApiError, ApiResult, Reply};
use super::extract::{Endpoint, Query, SignedIn, text_header, user_agent};
use super::middleware::headers::RequestId;
use super::random;
use super::state::SharedState;
use super::store::company_row::RequestScope;
use super::store::name_keys::search_key;
use super::store::revisions;
use crate::domain::activity::Action;
use crate::wire::Actor;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::StatusCode;
use axum::http::request::Parts;
use rusqlite::{OptionalExtension, Transaction};
use std::sync::Arc;

/// How long a key is kept, in milliseconds: 24 h.
const KEPT: i64 = 24 * 3_600_000;

/// Who writes, and when.
pub struct Requester {
    pub scope: RequestScope,
    pub technician_n: i64,
    pub actor: Actor,
    pub now: i64,
    request_id: String,
    client: Option<String>,
}

pub struct Write {
    app: SharedState,
    requester: Requester,
    key: String,
    /// Operation and path parameters.
    target: String,
    /// Every check runs and nothing stays.
    pub validate_only: bool,
}

impl FromRequestParts<SharedState> for Write {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &SharedState) -> Result<Self, ApiError> {
        let validate_only = Query::from_request_parts(parts, app).await?.validate_only()?;
        let SignedIn(who) = SignedIn::from_request_parts(parts, app).await?;
        let scope = RequestScope::from_request_parts(parts, app).await?;
        let endpoint = Endpoint::from_request_parts(parts, app).await?;
        let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| ApiError::not_found())?;
        let values: Vec<_> = params.iter().map(|(_, value)| value).collect();
        let requester = Requester {
            technician_n: who.n,
            actor: Actor { id: who.id.clone(), display_name: who.display_name.clone() },
            now: scope.now,
            request_id: parts.extensions.get().map_or_else(String::new, |RequestId(id)| id.clone()),
            client: user_agent(&parts.headers),
            scope,
        };
        Ok(Self {
            app: Arc::clone(app),
            requester,
            key: text_header(&parts.headers, "idempotency-key").unwrap_or_default(),
            target: format!("{} {} {}", endpoint.method, endpoint.template, values.join(" ")),
            validate_only,
        })
    }
}

impl Write {
    /// Carries it out once. `fingerprint` is what makes two requests the same: the checked body.
    /// 422 when the key was used for something else; else what `work` says. Failures leave no trace, so the same key
    /// may be used again once their cause is gone.
    pub async fn run_once<F>(self, fingerprint: String, work: F) -> ApiResult
    where
        F: FnOnce(&Transaction<'_>, &Requester) -> ApiResult + Send + 'static,
    {
        let Self { app, requester, key, target, validate_only } = self;
        let request = format!(
            "{target}
{fingerprint}"
        );
        let write = move |tx: &Transaction<'_>| {
            if validate_only {
                tx.execute_batch("SAVEPOINT dry")?;
                let reply = work(tx, &requester)?;
                tx.execute_batch("ROLLBACK TO dry; RELEASE dry")?;
                return Ok(reply);
            }
            if let Some(first) = first_answer(tx, &requester, &key, &request)? {
                return Ok(first);
            }
            let reply = work(tx, &requester)?;
            let body = std::str::from_utf8(&reply.body);
            let body = body.map_err(|error| ApiError::internal("an answer is no text", &error))?;
            tx.execute(
                "INSERT INTO idempotency (technician_n, key, request, status, body, create_time)
                 VALUES (?, ?, ?, ?, ?, ?)",
                (requester.technician_n, &key, &request, reply.status.as_u16(), body, requester.now),
            )?;
            Ok(reply)
        };
        app.store.write(write).await
    }
}

fn first_answer(
    tx: &Transaction<'_>,
    requester: &Requester,
    key: &str,
    request: &str,
) -> Result<Option<Reply>, ApiError> {
    tx.execute("DELETE FROM idempotency WHERE create_time <= ?", [requester.now.saturating_sub(KEPT)])?;
    let first: Option<(String, u16, String)> = tx
        .query_row(
            "SELECT request, status, body FROM idempotency WHERE technician_n = ? AND key = ?",
            (requester.technician_n, key),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let Some((seen, status, body)) = first else { return Ok(None) };
    if seen != request {
        let detail = "This Idempotency-Key was used for another request. Use a new one.";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "IDEMPOTENCY_KEY_REUSED", detail));
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    Ok(Some(Reply::of_bytes(status, body.into_bytes())))
}

impl Requester {
    /// Somebody else than a technician: an Owner of a company, on a page.
    pub fn on_page(scope: RequestScope, actor: Actor, page: (String, Option<String>)) -> Self {
        let now = scope.now;
        Self { scope, technician_n: 0, actor, now, request_id: page.0, client: page.1 }
    }

    /// Notes what was done to a company, in the same transaction.
    pub fn audit(
        &self,
        tx: &Transaction<'_>,
        action: impl Into<Action>,
        company: (&str, &str),
        target: Option<&str>,
    ) -> Result<(), ApiError> {
        self.note(tx, &action.into(), (Some(company.0), company.1), target)
    }

    /// The same for an account that may not be a company of ours.
    pub fn note(
        &self,
        tx: &Transaction<'_>,
        action: &Action,
        company: (Option<&str>, &str),
        target: Option<&str>,
    ) -> Result<(), ApiError> {
        debug_assert!(!matches!(action, Action::Other(_)), "a word that no reader knows");
        tx.execute(
            "INSERT INTO audit_events
             (id, time, actor_id, actor_name, actor_lower, action, company_id, company_name, target, client, request_id)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                random::short_name()?,
                self.now,
                &self.actor.id,
                &self.actor.display_name,
                search_key(&self.actor.display_name),
                action.as_str(),
                company.0,
                company.1,
                target,
                &self.client,
                &self.request_id,
            ),
        )?;
        Ok(())
    }

    /// Gives a company its next revision and its place in the sequence of changes.
    pub fn touch(&self, tx: &Transaction<'_>, company_n: i64) -> Result<(), ApiError> {
        revisions::touch(tx, company_n, self.now)
    }
}
