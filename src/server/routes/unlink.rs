//! Unlinking a company.

use crate::domain::session::Permission;
use crate::server::error::{ApiResult, Reply};
use crate::server::extract::write::Write;
use crate::server::extract::{IfMatch, JsonObject, Path, SignedIn};
use crate::server::state::App;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::companies::unlink;
use axum::extract::State;

pub async fn preflight(
    State(app): App,
    SignedIn(who): SignedIn,
    scope: RequestScope,
    Path([_, id]): Path<[String; 2]>,
) -> ApiResult {
    let may = who.may(&Permission::Unlink);
    Reply::json(&app.store.read(move |db| unlink::preflight(db, &scope, &id, may)).await?)
}

/// The company; with `validate_only` the pre-flight.
pub async fn unlink(
    write: Write,
    Path([_, id]): Path<[String; 2]>,
    IfMatch(etag): IfMatch,
    _: Option<JsonObject>,
) -> ApiResult {
    if write.validate_only {
        return write.run_once(String::new(), move |tx, requester| unlink::dry_run(tx, requester, &id, &etag)).await;
    }
    write.run_once(String::new(), move |tx, requester| unlink::unlink(tx, requester, &id, &etag)).await
}
