//! What is done to a person: suspend, reactivate, and the stages of a recovery (contract: custom verbs of
//! `users/{id}`).

use super::answer::{Answer, Fail, Reply};
use super::call::Call;
use super::company_row::Record;
use super::counted::{is_last_owner, is_technician, last_owner, recount, recoverers, still_managed, technician};
use super::recoveries::READY_AFTER;
use super::writing::{Author, once, same_revision};
use super::{people, sample};
use crate::domain::people::PersonState;
use crate::domain::recovery::PersonAct;
use crate::wire::people::User;
use rusqlite::Transaction;

/// `POST companies/{id}/users/{user}:{act}`.
pub async fn act(call: &Call, act: PersonAct) -> Answer {
    let dry = call.validate_only()?;
    let etag = call.if_match()?;
    let (company, user, house) = (call.company().to_owned(), call.value(2).to_owned(), call.house.clone());
    once(call, String::new(), dry, move |tx, author| {
        let record = author.view.record(tx, &company)?;
        still_managed(&record)?;
        sample::unfold(tx, &house.origin, record.n)?;
        let (n, person) = people::one(tx, &author.view, &record, &user)?.ok_or_else(Fail::not_found)?;
        same_revision(&etag, person.etag.as_deref().unwrap_or_default())?;
        let state = allowed(tx, author, &record, (n, &person), act)?;
        carry_out(tx, author, n, &state)?;
        if state == PersonState::RecoveryStarted {
            // Under the writer's lock: nobody can look at the next due time between this and the row.
            house.recoveries.note(author.now.saturating_add(READY_AFTER));
        }
        recount(tx, record.n)?;
        author.touch(tx, record.n)?;
        let company = (record.company.id.as_str(), record.company.name.as_str());
        author.audit(tx, action(act), company, Some(&person.display_name))?;
        let (_, after) = people::one(tx, &author.view, &record, &user)?.ok_or_else(Fail::not_found)?;
        Reply::json(&after)
    })
    .await
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
    author: &Author,
    record: &Record,
    (n, person): (i64, &User),
    act: PersonAct,
) -> Result<PersonState, Fail> {
    let recovery = !matches!(act, PersonAct::Suspend | PersonAct::Reactivate);
    if recovery && person.id == author.actor.id {
        return Err(Fail::conflict("SELF_RECOVERY", "Nobody recovers themself. Ask a colleague of the MSP."));
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
        return Err(Fail::conflict("WRONG_STATE", detail));
    }
    Ok(after)
}

/// The transitions there are.
fn become_by(act: PersonAct, person: &User) -> Result<PersonState, Fail> {
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
    Err(Fail::conflict("WRONG_STATE", format!("{} {why}.", person.display_name)))
}

fn carry_out(tx: &Transaction<'_>, author: &Author, n: i64, state: &PersonState) -> Result<(), Fail> {
    let begun = (*state == PersonState::RecoveryStarted).then_some((author.now, &author.actor));
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
