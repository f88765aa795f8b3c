//! Which of 1Password's interfaces is connected for a company, and what one of them said when it was asked.

pub mod access;
pub mod events;
mod row;
pub mod schedule;

pub use row::{SourceRow, any, find, list};

use super::companies::facts::{self, FactValue, Observation};
use super::error::StoreError;
use super::people::{self, sync};
use super::requester::{Requester, next_seq};
use crate::connect::users_api::{Person, UserList};
use crate::connect::{Failure, Technicians, seats};
use crate::domain::activity::Action;
use crate::domain::facts::Coverage;
use crate::domain::source::SourceState;
use crate::server::sql::{Connection, Transaction};
use crate::wire::people::User;
use crate::wire::source::Source;

/// Keeps what a source said, or why it said nothing: a failure changes nothing but how the source stands. `asked` is the
/// source as it was when it was asked; if it was connected anew meanwhile, what came is of no use any more.
pub fn store_outcome(
    tx: &Transaction<'_>,
    requester: &Requester,
    asked: &SourceRow,
    outcome: &Result<UserList, Failure>,
) -> Result<Source, StoreError> {
    let now = row::by_number(tx, asked.n)?.ok_or(StoreError::NotFound)?;
    if !now.is_same_connection(asked) {
        return Ok(now.wire(&requester.scope));
    }
    match (outcome, now.account_changed()) {
        (Ok(users), None) => keep(tx, requester, &now, users)?,
        (_, Some(changed)) => fail(tx, requester, &now, &changed)?,
        (Err(failure), None) => fail(tx, requester, &now, failure)?,
    }
    let settled = row::by_number(tx, asked.n)?.ok_or(StoreError::NotFound)?;
    Ok(settled.wire(&requester.scope))
}

fn keep(tx: &Transaction<'_>, requester: &Requester, row: &SourceRow, users: &UserList) -> Result<(), StoreError> {
    let as_of = users.as_of.as_millisecond();
    // Two readings that overtook each other: the later one stands. One that was begun before somebody was suspended may
    // still show them as they were.
    if row.last_success_time.max(row.acted_time).is_none_or(|last| last <= as_of) {
        let technicians = technicians(tx)?.among(&users.people);
        let people = sync::replace(tx, row.company_n, &users.people, &technicians)?;
        let listed = u32::try_from(users.people.len()).unwrap_or(u32::MAX);
        let filled = seats(&users.people, &technicians);
        let values = figures(listed, filled);
        let before = facts::of_source(tx, row.company_n, &row.source)?;
        let figures = !values.iter().all(|value| before.iter().any(|fact| fact.says(value)));
        let said = Observation { source: row.source.clone(), as_of, coverage: Coverage::Estimate, values };
        facts::observe(tx, requester, row.company_n, &said)?;
        if people || figures {
            requester.touch(tx, row.company_n)?;
        } else {
            tell(tx, row.company_n)?;
        }
        tx.execute("UPDATE sources SET last_success_time = ? WHERE n = ?", (as_of, row.n))?;
    }
    let sql = "UPDATE sources SET state = ?, reason = NULL, detail = NULL, last_try_time = ? WHERE n = ?";
    tx.execute(sql, (SourceState::Connected.as_str(), requester.now, row.n))?;
    note_standing(tx, row.company_n)?;
    schedule::after_success(tx, row, requester.now)
}

fn fail(tx: &Transaction<'_>, requester: &Requester, row: &SourceRow, failure: &Failure) -> Result<(), StoreError> {
    let sql = "UPDATE sources SET state = ?, reason = ?, detail = ?, last_try_time = ? WHERE n = ?";
    let state = failure.reason.state();
    tx.execute(sql, (state.as_str(), failure.reason.as_str(), &failure.detail, requester.now, row.n))?;
    note_standing(tx, row.company_n)?;
    schedule::after_failure(tx, row, requester.now, state == SourceState::Failing)?;
    tell(tx, row.company_n)
}

/// Keeps how somebody stands after something was done to them through a source, and who did it. `seen` is when they were
/// looked at afterwards, in milliseconds: a list that was begun before says nothing about them.
pub fn store_act(
    tx: &Transaction<'_>,
    requester: &Requester,
    asked: &SourceRow,
    (person, seen): (&Person, i64),
    action: &Action,
) -> Result<User, StoreError> {
    let record = requester.scope.record(tx, &asked.company_id)?;
    let (n, before) = people::one(tx, &requester.scope, &record, &person.id)?;
    let sql = "UPDATE people SET state = ?, rev = rev + 1 WHERE n = ?";
    tx.execute(sql, (person.state.as_str(), n))?;
    tx.execute("UPDATE sources SET acted_time = ? WHERE n = ?", (seen, asked.n))?;
    let sql = "SELECT count(*), count(*) FILTER (WHERE state = 'ACTIVE' AND possibly_technician = 0)
               FROM people WHERE company_n = ?";
    let (listed, filled) = tx.prepare_cached(sql)?.query_row([record.n], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let values = figures(listed, filled);
    let said = Observation { source: asked.source.clone(), as_of: seen, coverage: Coverage::Estimate, values };
    facts::observe(tx, requester, record.n, &said)?;
    requester.touch(tx, record.n)?;
    requester.audit(tx, action.clone(), record.named(), Some(&before.display_name))?;
    Ok(people::one(tx, &requester.scope, &record, &person.id)?.1)
}

fn figures(listed: u32, filled: u32) -> Vec<FactValue> {
    vec![FactValue::People { listed }, FactValue::Seats { filled, members: None, guests: None }]
}

/// Keeps in the company's row what needs attention about its sources: how many need somebody, and when the first token
/// expires.
fn note_standing(tx: &Transaction<'_>, company_n: i64) -> Result<(), StoreError> {
    let sql = "SELECT count(*) FILTER (WHERE state = ?), min(expire_time) FROM sources WHERE company_n = ?";
    let standing = (SourceState::NeedsAttention.as_str(), company_n);
    let (failing, expires): (i64, Option<i64>) =
        tx.prepare_cached(sql)?.query_row(standing, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let sql = "UPDATE companies SET sources_failing = ?2, source_expire_time = ?3
               WHERE n = ?1 AND (sources_failing <> ?2 OR source_expire_time IS DISTINCT FROM ?3)";
    if tx.prepare_cached(sql)?.execute((company_n, failing, expires))? > 0 {
        tell(tx, company_n)?;
    }
    Ok(())
}

/// Lets dashboards load the company again, at the same revision: what changed is only when something was seen.
fn tell(tx: &Transaction<'_>, company_n: i64) -> Result<(), StoreError> {
    let seq = next_seq(tx)?;
    tx.execute("UPDATE companies SET seq = ? WHERE n = ?", (seq, company_n))?;
    Ok(())
}

/// The MSP's own people, to be told from those of a company.
fn technicians(db: &Connection) -> Result<Technicians, StoreError> {
    let mut statement = db.prepare_cached("SELECT email FROM technicians")?;
    let addresses: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Technicians::of(addresses.iter().map(String::as_str)))
}

#[cfg(test)]
mod tests;
