//! Linking, the MSP's half (support page *security*): an Owner of the company started it, we accept by the
//! confirmation link, and an Owner of the company has the last word. Nothing here makes a company ours.

use crate::domain::activity::Action;
use crate::domain::link::{ConfirmationLink, LinkState};
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{JsonObject, Path, Query};
use crate::server::idempotency::{Requester, Write};
use crate::server::query::paging::Paging;
use crate::server::routes::company_edit::Violations;
use crate::server::state::App;
use crate::server::store::company_row::RequestScope;
use crate::server::store::link_row::{
    COLUMNS, LinkRow, LinkUrls, PATIENCE, expire, expire_overdue, find, managed, release,
};
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::{Connection, Transaction};

/// Newest first, those of our region. Another region's are not for us, even to see.
pub async fn list(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let (urls, now) = (app.links(), scope.now);
    let paging = Paging::read(&query, &["link_requests"], 1)?;
    expire_overdue(&app.store, now).await?;
    app.store
        .read(move |db| {
            let total = paging.total(|| total(db, &urls.region))?;
            let rows = page(db, &urls.region, paging.after(i64::MAX)?, paging.limit(), now)?;
            let rows = rows.into_iter().map(|row| (row.n, row.wire(&urls))).collect();
            Reply::json(&paging.list(rows, total)?)
        })
        .await
}

fn total(db: &Connection, region: &str) -> Result<i64, ApiError> {
    let sql = "SELECT count(*) FROM link_requests WHERE region = ?";
    Ok(db.prepare_cached(sql)?.query_row([region], |row| row.get(0))?)
}

fn page(db: &Connection, region: &str, behind: i64, most: i64, now: i64) -> Result<Vec<LinkRow>, ApiError> {
    let sql = format!("SELECT {COLUMNS} FROM link_requests WHERE region = ? AND n < ? ORDER BY n DESC LIMIT ?");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((region, behind, most), |row| LinkRow::read(row, now))?;
    Ok(rows.collect::<Result<_, _>>()?)
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
    write.run_once(fingerprint, move |tx, requester| take(tx, requester, &link, &urls)).await
}

fn take(tx: &Transaction<'_>, requester: &Requester, link: &ConfirmationLink, urls: &LinkUrls) -> ApiResult {
    if link.region != urls.region {
        let detail = format!(
            "The company's data are on {}. This MSP account is on {} and can link companies of its own region only: \
             an MSP account on {} would be needed.",
            link.region, urls.region, link.region
        );
        return Err(ApiError::conflict("REGION_MISMATCH", detail));
    }
    expire(tx, requester.now)?;
    let row = find(tx, link.token(), true, requester.now)?.filter(|row| row.region == link.region);
    let row = row.ok_or_else(ApiError::not_found)?;
    acceptable(tx, &row)?;
    tx.execute(
        "UPDATE link_requests SET state = 'ACCEPTED', accepted_by_id = ?, accepted_by_name = ?, accept_time = ?,
         expire_time = ? WHERE n = ?",
        (
            &requester.actor.id,
            &requester.actor.display_name,
            requester.now,
            requester.now.saturating_add(PATIENCE),
            row.n,
        ),
    )?;
    requester.note(
        tx,
        &Action::LinkAccepted,
        (row.listed.then_some(row.account_id.as_str()), &row.company_name),
        None,
    )?;
    shown(tx, requester, &row.id, urls)
}

fn acceptable(tx: &Transaction<'_>, row: &LinkRow) -> Result<(), ApiError> {
    if managed(tx, &row.account_id)? {
        return Err(ApiError::conflict("ALREADY_MANAGED", "The company is managed by this account already."));
    }
    let detail = match row.state {
        LinkState::Requested => return Ok(()),
        LinkState::Expired => {
            let detail = "The link was not accepted in time. An Owner of the company has to start a new one.";
            return Err(ApiError::new(StatusCode::GONE, "LINK_EXPIRED", detail));
        }
        LinkState::Accepted => "The link is accepted already; an Owner of the company has to approve it.",
        LinkState::Denied => "An Owner of the company denied this link. They would have to start a new one.",
        LinkState::Cancelled => "This link was cancelled. An Owner of the company would have to start a new one.",
        LinkState::Approved | LinkState::Other(_) => "This link was used already.",
    };
    Err(ApiError::conflict("WRONG_STATE", detail))
}

pub async fn cancel(
    State(app): App,
    write: Write,
    Path([_, id]): Path<[String; 2]>,
    _: Option<JsonObject>,
) -> ApiResult {
    let urls = app.links();
    let work = move |tx: &Transaction<'_>, requester: &Requester| {
        expire(tx, requester.now)?;
        let row = find(tx, &id, false, requester.now)?.filter(|row| row.region == urls.region);
        let row = row.ok_or_else(ApiError::not_found)?;
        if !row.state.open() {
            return Err(ApiError::conflict(
                "WRONG_STATE",
                "The link is not open any more; there is nothing to cancel.",
            ));
        }
        tx.execute("UPDATE link_requests SET state = 'CANCELLED', end_time = ? WHERE n = ?", (requester.now, row.n))?;
        requester.note(
            tx,
            &Action::LinkCancelled,
            (row.listed.then_some(row.account_id.as_str()), &row.company_name),
            None,
        )?;
        release(tx, &row.account_id, requester.now)?;
        shown(tx, requester, &id, &urls)
    };
    write.run_once(String::new(), work).await
}

fn shown(tx: &Transaction<'_>, requester: &Requester, id: &str, urls: &LinkUrls) -> ApiResult {
    let row = find(tx, id, false, requester.now)?.ok_or_else(ApiError::not_found)?;
    Reply::json(&row.wire(urls))
}
