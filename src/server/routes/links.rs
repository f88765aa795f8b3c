//! Linking, the MSP's half (support page *security*): an Owner of the company started it, we accept by the
//! confirmation link, and an Owner of the company has the last word. Nothing here makes a company ours.

use crate::domain::link::ConfirmationLink;
use crate::server::error::{ApiError, ApiResult};
use crate::server::extract::write::Write;
use crate::server::extract::{JsonObject, Path, Query};
use crate::server::query::paging::Paging;
use crate::server::routes::company_edit::Violations;
use crate::server::state::App;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::links::{self, expire_overdue};
use axum::extract::State;

pub async fn list(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let urls = app.links();
    let paging = Paging::read(&query, &["link_requests"], 1)?;
    expire_overdue(&app.store, scope.now).await?;
    paging.list(&app.store, move |db, window| links::list(db, &urls, scope.now, window)).await
}

pub async fn accept(State(app): App, write: Write, JsonObject(object): JsonObject) -> ApiResult {
    let mut violations = Violations::default();
    let text = violations.text(&object, "confirmation_link", "confirmation_link", 500).unwrap_or_default();
    let link = ConfirmationLink::parse(&text);
    if link.is_err() {
        violations
            .add("confirmation_link", "must be a link such as https://example.1password.eu/link/…, as it was sent");
    }
    violations.done(())?;
    let link = link.map_err(|_| ApiError::not_found())?;
    let urls = app.links();
    let fingerprint = format!("{} {}", link.region, link.token());
    write.run_once(fingerprint, move |tx, requester| links::accept(tx, requester, &link, &urls)).await
}

pub async fn cancel(
    State(app): App,
    write: Write,
    Path([_, id]): Path<[String; 2]>,
    _: Option<JsonObject>,
) -> ApiResult {
    let urls = app.links();
    write.run_once(String::new(), move |tx, requester| links::cancel(tx, requester, &id, &urls)).await
}
