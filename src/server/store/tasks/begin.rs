//! Beginning a task.

use super::row::TaskRow;
use super::{find, only_real, tell};
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::task::TaskKind;
use crate::server::random;
use crate::server::sql::{OptionalExtension, Transaction};
use crate::server::store::companies::counters::still_managed;
use crate::server::store::companies::name_keys::search_key;
use crate::server::store::companies::row::Record;
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;
use crate::wire::task::Task;

/// A task that is going to begin.
pub struct NewTask {
    pub kind: TaskKind,
    pub company: Option<String>,
    /// Where the kind brings a company and none is given: its name.
    pub subject: Option<String>,
    pub note: Option<String>,
}

/// Colleagues who begin the same thing work on the same task.
pub fn begin(tx: &Transaction<'_>, requester: &Requester, mut new: NewTask) -> Result<Task, StoreError> {
    only_real(requester)?;
    if new.company.is_none() && new.kind.brings_company() {
        new.company = new.subject.as_deref().map(|name| named(tx, name)).transpose()?.flatten();
        new.subject = new.subject.filter(|_| new.company.is_none());
    }
    let record = match &new.company {
        Some(id) => Some(requester.scope.record(tx, id)?),
        None => None,
    };
    let company_n = record.as_ref().map(|record| record.n);
    if let Some(id) = open_one(tx, &new, company_n)? {
        return Ok(find(tx, &id)?.wire(&requester.scope));
    }
    if let Some(record) = &record {
        fits(&new.kind, record)?;
    }
    let row = insert(tx, requester, &new, company_n)?;
    tell(tx, requester, &row, &Action::TaskBegun)?;
    Ok(row.wire(&requester.scope))
}

/// The id of the only company of this name.
pub fn named(tx: &Transaction<'_>, name: &str) -> Result<Option<String>, StoreError> {
    let mut statement = tx.prepare_cached("SELECT id FROM companies WHERE name_lower = ? ORDER BY n LIMIT 2")?;
    let found: Vec<String> = statement.query_map([search_key(name)], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(if found.len() == 1 { found.into_iter().next() } else { None })
}

fn open_one(tx: &Transaction<'_>, new: &NewTask, company_n: Option<i64>) -> Result<Option<String>, StoreError> {
    let sql = "SELECT id FROM tasks WHERE kind = ? AND state IN ('OPEN', 'WAITING')
               AND company_n IS NOT DISTINCT FROM ? AND subject IS NOT DISTINCT FROM ? ORDER BY n DESC LIMIT 1";
    let mut statement = tx.prepare_cached(sql)?;
    Ok(statement.query_row((new.kind.as_str(), company_n, &new.subject), |row| row.get(0)).optional()?)
}

/// 409 where the company stands as it would after the task, or where the task needs another standing. What is not known
/// stands against nothing.
fn fits(kind: &TaskKind, record: &Record) -> Result<(), StoreError> {
    let state = record.state();
    match kind {
        TaskKind::Unlink if state == CompanyState::Unlinked => {
            Err(StoreError::conflict("ALREADY_UNLINKED", "The company is unlinked already."))
        }
        TaskKind::Unlink if record.company.owners.as_ref().is_some_and(|owners| owners.confirmed == Some(0)) => {
            let detail = "Nobody in the company's Owners group has confirmed, so nobody could act for it afterwards. If \
                          the console shows an owner, say so first.";
            Err(StoreError::conflict("NO_CONFIRMED_OWNER", detail))
        }
        TaskKind::Add | TaskKind::Link
            if matches!(state, CompanyState::Active | CompanyState::Pending | CompanyState::Suspended) =>
        {
            Err(StoreError::conflict("ALREADY_MANAGED", "The company is managed by this account already."))
        }
        TaskKind::Add | TaskKind::Link => Ok(()),
        _ => still_managed(record),
    }
}

fn insert(
    tx: &Transaction<'_>,
    requester: &Requester,
    new: &NewTask,
    company_n: Option<i64>,
) -> Result<TaskRow, StoreError> {
    let id = random::id()?;
    tx.execute(
        "INSERT INTO tasks (id, kind, state, company_n, subject, note, begun_by_id, begun_by_name, create_time)
         VALUES (?, ?, 'OPEN', ?, ?, ?, ?, ?, ?)",
        (
            &id,
            new.kind.as_str(),
            company_n,
            &new.subject,
            &new.note,
            &requester.actor.id,
            &requester.actor.display_name,
            requester.now,
        ),
    )?;
    find(tx, &id)
}
