//! What is done to a person: suspend, reactivate, and the stages of a recovery (contract: custom verbs of
//! `users/{id}`).

use crate::domain::people::PersonState;
use crate::domain::recovery::PersonAct;
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{Endpoint, IfMatch, Path};
use crate::server::idempotency::{Requester, Write};
use crate::server::routes::people;
use crate::server::state::App;
use crate::server::store::company_row::Record;
use crate::server::store::counters::{
    is_last_owner, is_technician, last_owner, recount, recoverers, still_managed, technician,
};
use crate::server::store::due_recoveries::READY_AFTER;
use crate::server::store::revisions::same_revision;
use crate::wire::people::User;
use axum::extract::State;
use rusqlite::Transaction;

const ACTS: [PersonAct; 5] = [
    PersonAct::Suspend,
    PersonAct::Reactivate,
    PersonAct::BeginRecovery,
    PersonAct::CompleteRecovery,
    PersonAct::CancelRecovery,
];

pub async fn act(
    State(app): App,
    endpoint: Endpoint,
    write: Write,
    Path([_, company, user]): Path<[String; 3]>,
    IfMatch(etag): IfMatch,
) -> ApiResult {
    let verb = endpoint.template.rsplit(':').next();
    let act = ACTS.into_iter().find(|act| Some(act.as_str()) == verb).ok_or_else(ApiError::not_found)?;
    let work = move |tx: &Transaction<'_>, requester: &Requester| {
        let record = requester.scope.record(tx, &company)?;
        still_managed(&record)?;
        let (n, person) = people::one(tx, &requester.scope, &record, &user)?.ok_or_else(ApiError::not_found)?;
        same_revision(&etag, person.etag.as_deref().unwrap_or_default())?;
        let state = allowed(tx, requester, &record, (n, &person), act)?;
        carry_out(tx, requester, n, &state)?;
        if state == PersonState::RecoveryStarted {
            // Under the writer's lock: nobody can look at the next due time between this and the row.
            app.recoveries.note(requester.now.saturating_add(READY_AFTER));
        }
        recount(tx, record.n)?;
        requester.touch(tx, record.n)?;
        let company = (record.company.id.as_str(), record.company.name.as_str());
        requester.audit(tx, action(act), company, Some(&person.display_name))?;
        let (_, after) = people::one(tx, &requester.scope, &record, &user)?.ok_or_else(ApiError::not_found)?;
        Reply::json(&after)
    };
    write.run_once(String::new(), work).await
}

fn action(act: PersonAct) -> &'static str {
    match act {
        PersonAct::Suspend => "PERSON_SUSPENDED",
        PersonAct::Reactivate => "PERSON_REACTIVATED",
        PersonAct::BeginRecovery => "RECOVERY_BEGUN",
        PersonAct::CompleteRecovery => "RECOVERY_COMPLETED",
        PersonAct::CancelRecovery => "RECOVERY_CANCELLED",
    }
}

/// What the person becomes, if the rules allow it.
fn allowed(
    tx: &Transaction<'_>,
    requester: &Requester,
    record: &Record,
    (n, person): (i64, &User),
    act: PersonAct,
) -> Result<PersonState, ApiError> {
    let recovery = !matches!(act, PersonAct::Suspend | PersonAct::Reactivate);
    if recovery && person.id == requester.actor.id {
        return Err(ApiError::conflict("SELF_RECOVERY", "Nobody recovers themself. Ask a colleague of the MSP."));
    }
    if is_technician(person) {
        return Err(technician("Technicians are managed in the MSP account; nothing is done to them from a company."));
    }
    let after = become_by(act, person)?;
    if act == PersonAct::Suspend && is_last_owner(record, person) {
        return Err(last_owner(person));
    }
    let needs_somebody = matches!(act, PersonAct::BeginRecovery | PersonAct::CompleteRecovery);
    if needs_somebody && recoverers(tx, record.n, n)? == 0 {
        let detail = format!(
            "Nobody but {} is an active owner or administrator, so nobody could complete the recovery.",
            person.display_name
        );
        return Err(ApiError::conflict("WRONG_STATE", detail));
    }
    Ok(after)
}

fn become_by(act: PersonAct, person: &User) -> Result<PersonState, ApiError> {
    use PersonState::{Active, RecoveryAwaitingCompletion, RecoveryStarted, Suspended};
    let state = person.state.clone().unwrap_or(Active);
    let why = match (act, &state) {
        (PersonAct::Suspend, Active) => return Ok(Suspended),
        (PersonAct::BeginRecovery, Active) => return Ok(RecoveryStarted),
        (PersonAct::Reactivate, Suspended)
        | (PersonAct::CompleteRecovery, RecoveryAwaitingCompletion)
        | (PersonAct::CancelRecovery, RecoveryStarted | RecoveryAwaitingCompletion) => return Ok(Active),
        (PersonAct::Suspend, RecoveryStarted | RecoveryAwaitingCompletion) => {
            "is in recovery; complete or cancel that first"
        }
        (PersonAct::Suspend, Suspended) => "is suspended already",
        (PersonAct::Suspend, _) => "is not active, so there is nothing to suspend",
        (PersonAct::Reactivate, _) => "is not suspended",
        (PersonAct::BeginRecovery, RecoveryStarted | RecoveryAwaitingCompletion) => "is in recovery already",
        (PersonAct::BeginRecovery, _) => "is not active; only active people are recovered",
        (PersonAct::CompleteRecovery, RecoveryStarted) => "has not made a new password yet",
        (PersonAct::CompleteRecovery | PersonAct::CancelRecovery, _) => "is not in recovery",
    };
    Err(ApiError::conflict("WRONG_STATE", format!("{} {why}.", person.display_name)))
}

fn carry_out(tx: &Transaction<'_>, requester: &Requester, n: i64, state: &PersonState) -> Result<(), ApiError> {
    let begun = (*state == PersonState::RecoveryStarted).then_some((requester.now, &requester.actor));
    tx.execute(
        "UPDATE people SET rev = rev + 1, state = ?, begin_time = ?, begun_by_id = ?, begun_by_name = ?, ready_time = ?
         WHERE n = ?",
        (
            state.as_str(),
            begun.map(|(time, _)| time),
            begun.map(|(_, actor)| actor.id.as_str()),
            begun.map(|(_, actor)| actor.display_name.as_str()),
            begun.map(|(time, _)| time.saturating_add(READY_AFTER)),
            n,
        ),
    )?;
    Ok(())
}
