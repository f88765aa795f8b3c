//! What a task that is done means for its company, and what observations say about a task.

use super::begin::named;
use super::row::TaskRow;
use crate::domain::activity::Action;
use crate::domain::company::{CompanyState, Origin};
use crate::domain::facts::FactSource;
use crate::domain::task::{Outcome, TaskKind};
use crate::server::random;
use crate::server::sql::{OptionalExtension, Transaction};
use crate::server::store::companies::edit::CompanyEdit;
use crate::server::store::companies::facts::{self, FactValue, Observation};
use crate::server::store::companies::{register, unlink};
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;

/// What was observed since a task began.
pub struct Found {
    pub outcome: Outcome,
    pub source: String,
    /// Milliseconds.
    pub as_of: i64,
}

/// What the newest observation says that is no technician's word and was made since. `None`: nothing tells.
pub fn observed(tx: &Transaction<'_>, task: &TaskRow) -> Result<Option<Found>, StoreError> {
    match task.kind {
        TaskKind::Add | TaskKind::Link | TaskKind::Unlink => stands(tx, task),
        TaskKind::Usage => seats(tx, task),
        _ => Ok(None),
    }
}

/// How the company stands.
fn stands(tx: &Transaction<'_>, task: &TaskRow) -> Result<Option<Found>, StoreError> {
    let Some(company_n) = task.company_n() else { return Ok(None) };
    let sql = "SELECT source, as_of, value FROM facts WHERE company_n = ? AND facet = 'LINK' AND source <> ?
               AND as_of >= ? ORDER BY as_of DESC, source LIMIT 1";
    let params = (company_n, FactSource::Declared.as_str(), task.since());
    let found = tx
        .prepare_cached(sql)?
        .query_row(params, |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?)));
    let Some((source, as_of, value)) = found.optional()? else { return Ok(None) };
    let Ok(FactValue::Link { state }) = serde_json::from_str(&value) else { return Ok(None) };
    let managed = match CompanyState::from(state.as_str()) {
        CompanyState::Unlinked => false,
        // An Owner of a company that is being linked may still have to act.
        CompanyState::Pending if task.kind == TaskKind::Link => return Ok(None),
        CompanyState::Active | CompanyState::Suspended | CompanyState::Pending => true,
        CompanyState::Other(_) => return Ok(None),
    };
    let done = managed != (task.kind == TaskKind::Unlink);
    Ok(Some(Found { outcome: if done { Outcome::Verified } else { Outcome::NotDone }, source, as_of }))
}

/// Whether a table with seats came.
fn seats(tx: &Transaction<'_>, task: &TaskRow) -> Result<Option<Found>, StoreError> {
    let of = if task.company.is_some() { "company_n = ?1" } else { "CAST(?1 AS BIGINT) IS NULL" };
    let sql = format!("SELECT max(as_of) FROM facts WHERE {of} AND facet = 'SEATS' AND source = ?2 AND as_of >= ?3");
    let source = FactSource::Import.as_str();
    let params = (task.company_n(), source, task.since());
    let newest: Option<i64> = tx.prepare_cached(&sql)?.query_row(params, |row| row.get(0))?;
    Ok(newest.map(|as_of| Found { outcome: Outcome::Verified, source: source.to_owned(), as_of }))
}

/// A company that was not in the list when the task began may be there by now.
pub fn find_company(tx: &Transaction<'_>, task: &mut TaskRow) -> Result<(), StoreError> {
    let Some(name) = task.name_to_bring() else { return Ok(()) };
    if let Some(id) = named(tx, name)? {
        task.company = Some(company(tx, &id)?);
    }
    Ok(())
}

/// Enters the company of a task that brings one; it is known by its name alone.
pub fn bring_company(tx: &Transaction<'_>, requester: &Requester, task: &mut TaskRow) -> Result<(), StoreError> {
    let Some(name) = task.name_to_bring() else { return Ok(()) };
    let edit = CompanyEdit { name: Some(name.to_owned()), ..CompanyEdit::default() };
    let id = random::id()?;
    let n = register::insert(tx, &id, requester.now, edit.columns())?;
    register::begin_setup(tx, n)?;
    requester.audit(tx, Action::CompanyCreated, (&id, name), None)?;
    task.company = Some(company(tx, &id)?);
    Ok(())
}

fn company(tx: &Transaction<'_>, id: &str) -> Result<(i64, String, String), StoreError> {
    let mut statement = tx.prepare_cached("SELECT n, id, name FROM companies WHERE id = ?")?;
    Ok(statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// The company as it stands after the task, by the technician's word. `time`: when it was done, in milliseconds.
pub fn carry_out(tx: &Transaction<'_>, requester: &Requester, task: &TaskRow, time: i64) -> Result<(), StoreError> {
    let Some((company_n, id, _)) = &task.company else { return Ok(()) };
    match task.kind {
        TaskKind::Launch => {
            let sql = "UPDATE companies SET launch_time = ?1 WHERE n = ?2 AND coalesce(launch_time < ?1, TRUE)";
            tx.execute(sql, (time, company_n))?;
            requester.touch(tx, *company_n)
        }
        TaskKind::Add | TaskKind::Link => {
            last_word(tx, *company_n, time)?;
            managed(tx, requester, task, *company_n, (Some(time), time))
        }
        TaskKind::Unlink => {
            let record = requester.scope.record(tx, id)?;
            // Somebody else may have said so meanwhile.
            if record.state() == CompanyState::Unlinked && record.company.unlink_time.is_some() {
                return Ok(());
            }
            last_word(tx, *company_n, time)?;
            unlink::end_care(tx, requester, &record, time)?;
            say(tx, requester, *company_n, (&CompanyState::Unlinked, time))
        }
        _ => Ok(()),
    }
}

/// The company as observations show it, where nobody had declared the task done. When exactly it was linked is not known.
pub fn bear_out(tx: &Transaction<'_>, requester: &Requester, task: &TaskRow, as_of: i64) -> Result<(), StoreError> {
    match (task.company_n(), &task.kind) {
        (Some(company_n), TaskKind::Add | TaskKind::Link) => managed(tx, requester, task, company_n, (None, as_of)),
        _ => Ok(()),
    }
}

fn managed(
    tx: &Transaction<'_>,
    requester: &Requester,
    task: &TaskRow,
    company_n: i64,
    (linked, as_of): (Option<i64>, i64),
) -> Result<(), StoreError> {
    let origin = if task.kind == TaskKind::Add { Origin::Created } else { Origin::Linked };
    let sql = "UPDATE companies SET link_time = ?, origin = ? WHERE n = ?";
    tx.execute(sql, (linked, origin.as_str(), company_n))?;
    say(tx, requester, company_n, (&CompanyState::Active, as_of))?;
    requester.touch(tx, company_n)
}

/// Keeps the technician's word about how the company stands.
fn say(
    tx: &Transaction<'_>,
    requester: &Requester,
    company_n: i64,
    (state, time): (&CompanyState, i64),
) -> Result<(), StoreError> {
    let said = Observation::declared(time, vec![FactValue::stands(state)]);
    facts::observe(tx, requester, company_n, &said).map(drop)
}

/// 400 if a technician said of a later time how the company stood: then it cannot have changed before.
fn last_word(tx: &Transaction<'_>, company_n: i64, time: i64) -> Result<(), StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM facts WHERE company_n = ? AND facet = 'LINK' AND source = ? AND as_of > ?)";
    let params = (company_n, FactSource::Declared.as_str(), time);
    if tx.prepare_cached(sql)?.query_row(params, |row| row.get::<_, bool>(0))? {
        let description = "is before a time for which a technician said how the company stands; give a later time";
        return Err(StoreError::Invalid { field: "declared_time", description });
    }
    Ok(())
}
