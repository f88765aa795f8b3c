//! Imports of companies, and the runs that there were.

use super::import_rows;
use crate::server::auth::hash::sha256;
use crate::server::error::{ApiResult, Reply};
use crate::server::extract::write::Write;
use crate::server::extract::{JsonObject, Path, Query};
use crate::server::query::paging::Paging;
use crate::server::sql::Transaction;
use crate::server::state::App;
use crate::server::store::companies::import::{self, runs, undo};
use crate::server::store::companies::row::RequestScope;
use crate::server::store::requester::Requester;
use axum::extract::State;
use serde_json::Value;
use std::sync::Arc;

pub async fn import(State(app): App, write: Write, JsonObject(object): JsonObject) -> ApiResult {
    let call = import_rows::read(&object)?;
    let names = Arc::clone(&app.import_names);
    // The body itself is too large to keep a day.
    let (rehearsed, digest) = (write.validate_only, sha256(&Value::Object(object).to_string()));
    let carry_out = move |tx: &Transaction<'_>, requester: &Requester| {
        let mut answer = import::carry_out(tx, requester, &call, &names, rehearsed)?;
        if rehearsed {
            // The run goes with the rehearsal.
            answer.run_id = None;
        }
        Ok(answer)
    };
    write.run_once(digest, carry_out).await
}

pub async fn list(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let paging = Paging::read(&query, &["import_runs"], 1)?;
    paging.list(&app.store, move |db, window| runs::list(db, &scope, window)).await
}

pub async fn get(State(app): App, scope: RequestScope, Path([_, id]): Path<[String; 2]>) -> ApiResult {
    Reply::json(&app.store.read(move |db| runs::get(db, &scope, &id)).await?)
}

pub async fn undo(write: Write, Path([_, id]): Path<[String; 2]>, _: Option<JsonObject>) -> ApiResult {
    write.run_once(String::new(), move |tx, requester| undo::undo(tx, requester, &id)).await
}

pub async fn maps(State(app): App, query: Query) -> ApiResult {
    let paging = Paging::read(&query, &["import_maps"], 1)?;
    paging.list(&app.store, runs::maps).await
}
