//! Vaults of a company, and access to them.

use crate::server::error::ApiResult;
use crate::server::extract::write::Write;
use crate::server::extract::{Path, Query, SignedIn};
use crate::server::query::paging::Paging;
use crate::server::state::App;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::vaults;
use axum::extract::State;

pub async fn list(
    State(app): App,
    SignedIn(who): SignedIn,
    scope: RequestScope,
    Path([_, id]): Path<[String; 2]>,
    query: Query,
) -> ApiResult {
    let paging = Paging::read(&query, &["vaults", &id], 1)?;
    paging.list(&app.store, move |db, window| vaults::list(db, &scope, who.n, &id, window)).await
}

pub async fn grant(write: Write, Path([_, company, id]): Path<[String; 3]>) -> ApiResult {
    write.run_once(String::new(), move |tx, requester| vaults::grant(tx, requester, &company, &id)).await
}
