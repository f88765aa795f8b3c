//! What is done to a person: suspend, reactivate, and the stages of a recovery.

use super::due_recoveries::{Due, READY_AFTER};
use super::one;
use crate::domain::people::PersonState;
use crate::domain::recovery::PersonAct;
use crate::server::sql::Transaction;
use crate::server::store::companies::counters::{
    is_last_owner, is_technician, last_owner, recount, recoverers, still_managed, technician,
};
use crate::server::store::companies::row::Record;
use crate::server::store::error::StoreError;
use crate::server::store::requester::{Requester, same_revision};
use crate::wire::people::User;

pub fn act(
    tx: &Transaction<'_>,
    requester: &Requester,
    (company, user, etag): (&str, &str, &str),
    act: PersonAct,
    due: &Due,
) -> Result<User, StoreError> {
    let record = requester.scope.record(tx, company)?;
    still_managed(&record)?;
    let (n, person) = one(tx, &requester.scope, &record, user)?;
    same_revision(etag, person.etag.as_deref().unwrap_or_default())?;
    let state = allowed(tx, requester, &record, (n, &person), act)?;
    carry_out(tx, requester, n, &state)?;
    if state == PersonState::RecoveryStarted {
        // Under the writer's lock: nobody can look at the next due time between this and the row.
        due.note(requester.now.saturating_add(READY_AFTER));
    }
    recount(tx, record.n)?;
    requester.touch(tx, record.n)?;
    requester.audit(tx, action(act), record.named(), Some(&person.display_name))?;
    Ok(one(tx, &requester.scope, &record, user)?.1)
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
) -> Result<PersonState, StoreError> {
    let recovery = !matches!(act, PersonAct::Suspend | PersonAct::Reactivate);
    if recovery && person.id == requester.actor.id {
        return Err(StoreError::conflict("SELF_RECOVERY", "Nobody recovers themself. Ask a colleague of the MSP."));
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
        return Err(StoreError::conflict("WRONG_STATE", detail));
    }
    Ok(after)
}

fn become_by(act: PersonAct, person: &User) -> Result<PersonState, StoreError> {
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
    Err(StoreError::conflict("WRONG_STATE", format!("{} {why}.", person.display_name)))
}

fn carry_out(tx: &Transaction<'_>, requester: &Requester, n: i64, state: &PersonState) -> Result<(), StoreError> {
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
