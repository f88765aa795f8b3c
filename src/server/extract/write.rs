//! Writes: one transaction with its audit event and the record of its key, or nothing (contract: *Writes*).

use super::{Endpoint, Query, SignedIn, text_header, user_agent};
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::middleware::headers::RequestId;
use crate::server::random::Ids;
use crate::server::sql::{Connection, Transaction};
use crate::server::state::SharedState;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::error::StoreError;
use crate::server::store::idempotency;
use crate::server::store::requester::Requester;
use crate::wire::Actor;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Serialize;
use std::sync::Arc;

pub struct Write {
    app: SharedState,
    requester: Requester,
    key: String,
    /// Operation and path parameters.
    target: String,
    /// Every check runs and nothing stays.
    pub validate_only: bool,
    /// How a success is answered that stays.
    pub success: StatusCode,
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
            ids: Ids::default(),
            scope,
        };
        Ok(Self {
            app: Arc::clone(app),
            requester,
            key: text_header(&parts.headers, "idempotency-key").unwrap_or_default(),
            target: format!("{} {} {}", endpoint.method, endpoint.template, values.join(" ")),
            validate_only,
            success: StatusCode::OK,
        })
    }
}

impl Write {
    /// Who writes.
    pub fn requester(&self) -> &Requester {
        &self.requester
    }

    /// The answer of an earlier request under the same key, for work that goes beyond the database.
    pub async fn answered(&self, fingerprint: &str) -> Result<Option<Reply>, ApiError> {
        let (who, key) = ((self.requester.technician_n, self.requester.now), self.key.clone());
        let request = format!("{}\n{fingerprint}", self.target);
        let before = move |db: &Connection| idempotency::answered(db, who, (&key, &request));
        let Some((status, body)) = self.app.store.read(before).await? else { return Ok(None) };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
        Ok(Some(Reply::of_bytes(status, body.into_bytes())))
    }

    /// Carries it out once. `fingerprint` is what makes two requests the same: the checked body.
    pub async fn run_once<F, T>(self, fingerprint: String, work: F) -> ApiResult
    where
        F: FnOnce(&Transaction<'_>, &Requester) -> Result<T, StoreError> + Send + 'static,
        T: Serialize,
    {
        self.run_once_and(fingerprint, work, |_, _, body| Ok(body.to_owned())).await
    }

    /// The same with `finish`, which puts into every answer, that of a repeated request too, what must not be kept.
    pub async fn run_once_and<F, T, G>(self, fingerprint: String, work: F, finish: G) -> ApiResult
    where
        F: FnOnce(&Transaction<'_>, &Requester) -> Result<T, StoreError> + Send + 'static,
        T: Serialize,
        G: FnOnce(&Transaction<'_>, &Requester, &str) -> Result<String, StoreError> + Send + 'static,
    {
        let Self { app, requester, key, target, validate_only, success } = self;
        let request = format!("{target}\n{fingerprint}");
        let status = if validate_only { StatusCode::OK } else { success };
        let write = move |tx: &Transaction<'_>| {
            let work = || {
                let body = serde_json::to_string(&work(tx, &requester)?);
                let body = body.map_err(|error| StoreError::internal("an answer could not be written", &error))?;
                Ok((status.as_u16(), body))
            };
            if validate_only {
                return idempotency::dry_run(tx, work);
            }
            let (status, body) = idempotency::run_once(tx, &requester, (&key, &request), work)?;
            Ok((status, finish(tx, &requester, &body)?))
        };
        let (status, body) = app.store.write(write).await?;
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
        Ok(Reply::of_bytes(status, body.into_bytes()))
    }
}
