//! Which of 1Password's interfaces is connected for a company. They are connected on the server's own machine; here they
//! are looked at, and read anew.

use crate::domain::facts::FactSource;
use crate::server::error::{ApiError, ApiResult};
use crate::server::extract::write::Write;
use crate::server::extract::{Path, Query};
use crate::server::query::paging::Paging;
use crate::server::sql::Transaction;
use crate::server::state::{App, SharedState};
use crate::server::store::companies::row::RequestScope;
use crate::server::store::error::StoreError;
use crate::server::store::pool::{BUSY, DEADLINE};
use crate::server::store::requester::Requester;
use crate::server::store::sources::{self, SourceRow, events};
use axum::extract::State;
use tokio::time::Instant;

pub async fn list(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let company = query.get("company_id").filter(|id| !id.is_empty()).map(str::to_owned);
    let paging = Paging::read(&query, &["sources", company.as_deref().unwrap_or_default()], 1)?;
    paging.list(&app.store, move |db, window| sources::list(db, &scope, company.as_deref(), window)).await
}

/// Reads it now. That it does not work is no failure of this call: the answer says so.
pub async fn check(State(app): App, write: Write, Path([_, company, source]): Path<[String; 3]>) -> ApiResult {
    if !app.is_real() {
        let refuse = |_: &Transaction<'_>, _: &Requester| {
            let detail = "The companies of this workspace are invented: there is nothing to connect.";
            Err::<(), _>(StoreError::conflict("SAMPLE_WORKSPACE", detail))
        };
        return write.run_once(String::new(), refuse).await;
    }
    let source = FactSource::from(source.as_str());
    let found = app.store.read(move |db| sources::find(db, &company, &source)).await?;
    let asked = found.ok_or_else(ApiError::not_found)?;
    if asked.source == FactSource::Events {
        return check_events(app, write, asked).await;
    }
    let outcome = app.read_source(&asked).await;
    let settled =
        write.run_once(String::new(), move |tx, requester| sources::store_outcome(tx, requester, &asked, &outcome));
    DEADLINE.scope(Instant::now() + BUSY, settled).await
}

async fn check_events(app: SharedState, write: Write, asked: SourceRow) -> ApiResult {
    let n = asked.n;
    let marks = app.store.read(move |db| events::marks(db, n)).await?;
    let outcome = app.read_events(&asked, &marks).await;
    let settled =
        write.run_once(String::new(), move |tx, requester| events::store_outcome(tx, requester, &asked, &outcome));
    DEADLINE.scope(Instant::now() + BUSY, settled).await
}
