//! Companies: the list, one of them, adding and changing one.

use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::write::Write;
use crate::server::extract::{IfMatch, JsonObject, Path, Query};
use crate::server::query::filter;
use crate::server::query::filter_sql;
use crate::server::query::page_token::{self, ChangeToken};
use crate::server::query::paging::Paging;
use crate::server::routes::company_edit;
use crate::server::state::App;
use crate::server::store::companies::order::Order;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::companies::{self, add, stored_json};
use crate::server::store::links::expire_overdue;
use crate::server::store::rows::Condition;
use axum::extract::State;
use axum::http::{StatusCode, header};
use serde_json::Value;

pub async fn list(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let filter_text = query.get("filter").unwrap_or("");
    let order_text = query.get("order_by").unwrap_or("");
    let in_filter = |why: String| ApiError::field("filter", why);
    let filter = match filter::parse(filter_text).map_err(in_filter)? {
        Some(expr) => filter_sql::condition(&expr, scope.now).map_err(in_filter)?,
        None => Condition::always(),
    };
    let order = Order::parse(order_text, scope.real).map_err(|why| ApiError::field("order_by", why))?;
    let paging = Paging::read(&query, &["companies", filter_text, order_text], order.len())?;
    if paging.window.after.is_none() {
        // A link that lapsed may take the company with it that stood here because of it.
        expire_overdue(&app.store, scope.now).await?;
    }
    let found = app.store.read(move |db| {
        let (page, seq) = companies::list(db, &scope, (&filter, &order), &paging.window)?;
        Ok((page, seq, paging))
    });
    let (page, seq, paging) = found.await?;
    let mut list = paging.cut(page)?;
    list.change_token = Some(page_token::write(&ChangeToken { database: app.database_id.clone(), seq })?);
    let rows = std::mem::take(&mut list.results).items;
    let mut reply = paging.link(Reply::json(&list)?, &list);
    reply.body = stored_json::into_list(&reply.body, &rows)?;
    Ok(reply)
}

pub async fn get(State(app): App, scope: RequestScope, Path([_, id]): Path<[String; 2]>) -> ApiResult {
    Reply::json(&app.store.read(move |db| scope.record(db, &id)).await?.company)
}

pub async fn patch(
    write: Write,
    scope: RequestScope,
    Path([_, id]): Path<[String; 2]>,
    IfMatch(etag): IfMatch,
    JsonObject(object): JsonObject,
) -> ApiResult {
    let edit = company_edit::read(&object, scope.now)?;
    let fingerprint = Value::Object(object).to_string();
    write.run_once(fingerprint, move |tx, requester| companies::patch(tx, requester, (&id, &etag), &edit)).await
}

/// 201 and the company; with `validate_only` 200 and the company as it would be.
pub async fn add(State(app): App, mut write: Write, JsonObject(object): JsonObject) -> ApiResult {
    let edit = company_edit::read_new(&object, app.is_real())?;
    let fingerprint = Value::Object(object).to_string();
    let (sample, region) = (app.sample, app.account.region.clone());
    write.success = StatusCode::CREATED;
    let reply = write
        .run_once(fingerprint, move |tx, requester| add::add(tx, requester, &edit, sample.as_ref(), &region))
        .await?;
    Ok(located(reply))
}

/// A kept answer comes without headers: where the company is stands in its body as well.
fn located(reply: Reply) -> Reply {
    if reply.status != StatusCode::CREATED {
        return reply;
    }
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    match body.get("path").and_then(Value::as_str) {
        Some(path) => reply.with(header::LOCATION, path),
        None => reply,
    }
}
