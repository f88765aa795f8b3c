//! The audit trail: who did what to which company (contract: `audit_events`), newest first.

use crate::server::error::{ApiError, ApiResult};
use crate::server::extract::Query;
use crate::server::query::audit_filter;
use crate::server::query::paging::Paging;
use crate::server::state::App;
use crate::server::store::audit_events;
use axum::extract::State;

pub async fn list(State(app): App, query: Query) -> ApiResult {
    let text = query.get("filter").unwrap_or("");
    let wanted = audit_filter::condition(text).map_err(|why| ApiError::field("filter", why))?;
    let paging = Paging::read(&query, &["audit_events", text], 2)?;
    paging.list(&app.store, move |db, window| audit_events::list(db, &wanted, window)).await
}
