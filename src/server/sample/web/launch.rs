//! `GET /launch/{token}`: opens a launch address once and shows the company.

use super::launch_page::{Opened, company};
use super::{html, invite};
use crate::domain::company::CompanyState;
use crate::domain::launch::Target;
use crate::server::error::{ApiError, ApiResult};
use crate::server::extract::Path;
use crate::server::routes::{people, setup, vaults};
use crate::server::state::{App, AppState};
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use maud::html;
use rusqlite::{OptionalExtension, Transaction};
use std::sync::Arc;

/// People, groups and vaults on one page at most.
const MAX_ROWS: i64 = 200;

pub async fn page(State(app): App, Path(token): Path<String>) -> ApiResult {
    let (state, now) = (Arc::clone(&app), app.now());
    match app.store.write(move |tx| open(tx, &state, &token, now)).await {
        Ok(Some(opened)) => {
            let managed = opened.company.state != Some(CompanyState::Unlinked);
            let invite = (opened.target == Target::People && managed)
                .then(|| invite::form(&app, &opened.company.id, &opened.technician.id))
                .transpose()?;
            html::page(StatusCode::OK, &opened.company.name, &company(&opened, &app.account, invite.as_ref()))
        }
        Ok(None) => html::message(
            StatusCode::GONE,
            "This address does not work any more",
            &html! {
                p {
                    "A launch address opens a company once, within a minute. This one was used, is too old, or was \
                     mistyped."
                }
                p { "Go back to the dashboard and launch the company again." }
            },
        ),
        Err(_) => html::message(
            StatusCode::SERVICE_UNAVAILABLE,
            "The server failed",
            &html! { p { "Go back to the dashboard and try again." } },
        ),
    }
}

/// Uses the address up. The page is what the technician who asked for it may see.
fn open(tx: &Transaction<'_>, app: &AppState, token: &str, now: Timestamp) -> Result<Option<Opened>, ApiError> {
    let sql = "UPDATE launches SET used_time = ?1 WHERE token = ?2 AND used_time IS NULL AND expire_time > ?1
               RETURNING (SELECT id FROM companies WHERE n = company_n), technician_n, target, vault_n";
    let used: Option<(String, i64, String, Option<i64>)> = tx
        .query_row(sql, (now.as_millisecond(), token), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((id, technician_n, target, vault_n)) = used else { return Ok(None) };
    let Some(technician) = app.technicians.iter().find(|who| who.n == technician_n) else { return Ok(None) };
    let scope = app.scope(technician, now);
    let record = scope.record(tx, &id)?;
    let people = people::page(tx, &scope, &record, 0, MAX_ROWS)?;
    let groups = people::groups_of(tx, &scope, &record, 0, MAX_ROWS)?;
    let vaults = vaults::page(tx, &scope, &record, technician_n, (0, MAX_ROWS))?;
    Ok(Some(Opened {
        target: Target::ALL.into_iter().find(|known| known.as_str() == target).unwrap_or(Target::Home),
        people: people.into_iter().map(|(_, person)| person).collect(),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        vault: vaults.iter().find(|(n, _)| Some(*n) == vault_n).map(|(_, vault)| vault.clone()),
        vaults: vaults.into_iter().map(|(_, vault)| vault).collect(),
        steps: setup::steps(tx, &scope, &record)?,
        company: record.company,
        technician: Arc::clone(technician),
    }))
}
