//! `GET /launch/{token}`: opens a launch address once and shows the company.

use super::launch_page::{Opened, company};
use super::{html, invite};
use crate::domain::company::CompanyState;
use crate::domain::launch::Target;
use crate::server::error::ApiResult;
use crate::server::extract::Path;
use crate::server::sql::Transaction;
use crate::server::state::{App, AppState};
use crate::server::store::error::StoreError;
use crate::server::store::people::{self, groups};
use crate::server::store::{launches, setup, technicians, vaults};
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use maud::html;
use std::sync::Arc;

/// People, groups and vaults on one page at most.
const MAX_ROWS: i64 = 200;

pub async fn page(State(app): App, Path(token): Path<String>) -> ApiResult {
    let (state, now) = (Arc::clone(&app), app.now());
    match app.store.write(move |tx| open(tx, &state, &token, now)).await {
        Ok(Some(opened)) => {
            let managed = opened.company.state != Some(CompanyState::Unlinked);
            let invite = if opened.target == Target::People && managed {
                Some(invite::form(&app, &opened.company.id, &opened.technician.id).await?)
            } else {
                None
            };
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
fn open(tx: &Transaction<'_>, app: &AppState, token: &str, now: Timestamp) -> Result<Option<Opened>, StoreError> {
    let Some(launch) = launches::open(tx, token, now.as_millisecond())? else { return Ok(None) };
    let Some(technician) = technicians::by_number(tx, launch.technician_n)? else { return Ok(None) };
    let scope = app.scope(&technician, now);
    let record = scope.record(tx, &launch.company_id)?;
    let people = people::after(tx, &scope, &record, (0, MAX_ROWS))?;
    let groups = groups::after(tx, &scope, &record, (0, MAX_ROWS))?;
    let vaults = vaults::after(tx, &scope, &record, technician.n, (0, MAX_ROWS))?;
    Ok(Some(Opened {
        target: launch.target,
        people: people.into_iter().map(|(_, person)| person).collect(),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        vault: vaults.iter().find(|(n, _)| Some(*n) == launch.vault_n).map(|(_, vault)| vault.clone()),
        vaults: vaults.into_iter().map(|(_, vault)| vault).collect(),
        steps: setup::steps(tx, &scope, &record)?,
        company: record.company,
        technician,
    }))
}
