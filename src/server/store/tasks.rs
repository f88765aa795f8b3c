//! Work that only 1Password's web console can do. What a technician declares done is kept as their word; what was
//! observed since may verify it.

mod begin;
mod effect;
mod row;

pub use begin::{NewTask, begin};
pub use row::find;

use super::companies::row::{RequestScope, time};
use super::error::StoreError;
use super::requester::{Requester, next_seq, same_revision};
use super::rows::{Page, Window};
use crate::domain::activity::Action;
use crate::domain::task::{Outcome, TaskState};
use crate::server::auth::Technician;
use crate::server::sql::{Connection, Transaction};
use crate::wire::task::{Task, Verification};
use row::TaskRow;

/// Said to whoever may not do what the task is about.
pub const NOT_ALLOWED: &str = "Your role does not allow this kind of task.";

/// Which tasks are listed.
pub struct Which {
    pub open_only: bool,
    /// Of this company alone.
    pub company: Option<String>,
}

/// A technician's word.
pub struct Declaration {
    /// Our part is done; somebody of the company has to act.
    pub waiting: bool,
    /// When it was done, in milliseconds.
    pub time: i64,
    pub note: Option<String>,
}

/// Who changes a task, and what they may do.
pub struct Change<'a> {
    pub requester: &'a Requester,
    pub who: &'a Technician,
}

/// Newest first.
pub fn list(db: &Connection, scope: &RequestScope, which: &Which, window: &Window) -> Result<Page<Task>, StoreError> {
    let company_n = match &which.company {
        Some(id) => Some(scope.record(db, id)?.n),
        None => None,
    };
    let open = if which.open_only { "t.state IN ('OPEN', 'WAITING')" } else { "TRUE" };
    let of = if company_n.is_some() { "t.company_n = ?1" } else { "CAST(?1 AS BIGINT) IS NULL" };
    let total = window.total(|| {
        let sql = format!("SELECT count(*) FROM tasks t WHERE {open} AND {of}");
        Ok(db.prepare_cached(&sql)?.query_row([company_n], |row| row.get(0))?)
    })?;
    let sql = format!("{} WHERE {open} AND {of} AND t.n < ?2 ORDER BY t.n DESC LIMIT ?3", row::SELECT);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((company_n, window.after(i64::MAX)?, window.limit()), |row| {
        let row = TaskRow::read(row)?;
        Ok((row.n, row.wire(scope)))
    })?;
    Ok(Page::by_number(rows.collect::<Result<_, _>>()?, total))
}

/// What was observed since tells; where nothing does, nothing changes.
pub fn verify(tx: &Transaction<'_>, change: &Change<'_>, id: &str, etag: &str) -> Result<Verification, StoreError> {
    let mut row = change.row(tx, id, etag, true)?;
    effect::find_company(tx, &mut row)?;
    let found = effect::observed(tx, &row)?;
    let outcome = found.as_ref().map_or(Outcome::CannotTell, |found| found.outcome.clone());
    if let Some(found) = found.as_ref().filter(|found| found.outcome == Outcome::Verified) {
        if row.state == TaskState::Declared {
            // Who declared it done, and when, stays.
            tx.execute("UPDATE tasks SET state = 'VERIFIED', rev = rev + 1 WHERE n = ?", [row.n])?;
        } else {
            change.end(tx, &row, &TaskState::Verified, None)?;
            effect::bear_out(tx, change.requester, &row, found.as_of)?;
        }
        tell(tx, change.requester, &row, &Action::TaskVerified)?;
    }
    let (source, as_of) = found.map(|found| (found.source, found.as_of)).unzip();
    Ok(Verification { outcome: Some(outcome), source, as_of: time(as_of), task: change.shown(tx, id)? })
}

pub fn declare(
    tx: &Transaction<'_>,
    change: &Change<'_>,
    (id, etag): (&str, &str),
    said: &Declaration,
) -> Result<Task, StoreError> {
    let mut row = change.row(tx, id, etag, false)?;
    if let Some(note) = &said.note {
        tx.execute("UPDATE tasks SET note = ? WHERE n = ?", (note, row.n))?;
    }
    if said.waiting {
        if !row.kind.can_wait() {
            let description = "is not WAITING for tasks of this kind: nobody else has to act";
            return Err(StoreError::Invalid { field: "state", description });
        }
        tx.execute("UPDATE tasks SET state = 'WAITING', rev = rev + 1 WHERE n = ?", [row.n])?;
        tell(tx, change.requester, &row, &Action::TaskWaiting)?;
        return change.shown(tx, id);
    }
    effect::find_company(tx, &mut row)?;
    effect::bring_company(tx, change.requester, &mut row)?;
    change.end(tx, &row, &TaskState::Declared, Some(said.time))?;
    effect::carry_out(tx, change.requester, &row, said.time)?;
    tell(tx, change.requester, &row, &Action::TaskDeclared)?;
    change.shown(tx, id)
}

pub fn cancel(tx: &Transaction<'_>, change: &Change<'_>, id: &str, etag: &str) -> Result<Task, StoreError> {
    let row = change.row(tx, id, etag, false)?;
    change.end(tx, &row, &TaskState::Cancelled, None)?;
    tell(tx, change.requester, &row, &Action::TaskCancelled)?;
    change.shown(tx, id)
}

impl Change<'_> {
    /// The task at this revision, if it can be changed. `declared`: also one that was declared done.
    fn row(&self, tx: &Transaction<'_>, id: &str, etag: &str, declared: bool) -> Result<TaskRow, StoreError> {
        only_real(self.requester)?;
        let row = find(tx, id)?;
        if !self.who.may(&row.kind.permission()) {
            return Err(StoreError::Forbidden { code: "PERMISSION_DENIED", detail: NOT_ALLOWED });
        }
        let done = matches!(row.state, TaskState::Declared | TaskState::Verified);
        if done && !(declared && row.state == TaskState::Declared) {
            let detail = "The task is done: what was done in the web console cannot be taken back here.";
            return Err(StoreError::conflict("WRONG_STATE", detail));
        }
        if !row.state.open() && !done {
            return Err(StoreError::conflict("WRONG_STATE", "The task was cancelled. Begin a new one."));
        }
        same_revision(etag, &row.etag(&self.requester.scope))?;
        Ok(row)
    }

    fn end(
        &self,
        tx: &Transaction<'_>,
        row: &TaskRow,
        state: &TaskState,
        declared: Option<i64>,
    ) -> Result<(), StoreError> {
        tx.execute(
            "UPDATE tasks SET state = ?, company_n = ?, declared_time = ?, ended_by_id = ?, ended_by_name = ?,
             end_time = ?, rev = rev + 1 WHERE n = ?",
            (
                state.as_str(),
                row.company_n(),
                declared,
                &self.requester.actor.id,
                &self.requester.actor.display_name,
                self.requester.now,
                row.n,
            ),
        )?;
        Ok(())
    }

    fn shown(&self, tx: &Transaction<'_>, id: &str) -> Result<Task, StoreError> {
        Ok(find(tx, id)?.wire(&self.requester.scope))
    }
}

/// 409 in a sample: it does itself what tasks are for.
fn only_real(requester: &Requester) -> Result<(), StoreError> {
    if requester.scope.real {
        return Ok(());
    }
    let detail = "The companies of this workspace are invented: there is nothing to do in a web console. What tasks are \
                  for, a sample does at once.";
    Err(StoreError::conflict("SAMPLE_WORKSPACE", detail))
}

/// Notes it, and lets dashboards that wait for changes hear of it: the company comes again, at the same revision. Of a task
/// without a company they hear by the oldest one, which all may see who may see any.
fn tell(tx: &Transaction<'_>, requester: &Requester, row: &TaskRow, action: &Action) -> Result<(), StoreError> {
    let kind = row.kind.as_str();
    let target = row.subject.as_ref().map_or_else(|| kind.to_owned(), |subject| format!("{kind} {subject}"));
    let Some((n, id, name)) = &row.company else {
        let seq = next_seq(tx)?;
        tx.execute("UPDATE companies SET seq = ? WHERE n = (SELECT min(n) FROM companies)", [seq])?;
        return requester.audit_account(tx, action, &target);
    };
    let seq = next_seq(tx)?;
    tx.execute("UPDATE companies SET seq = ? WHERE n = ?", (seq, n))?;
    requester.note(tx, action, (Some(id), name), Some(&target))
}
