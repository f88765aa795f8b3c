//! Companies: the list, what changed, one of them, and changing one.

pub mod add;
pub mod attention;
pub mod counters;
pub mod edit;
pub mod expirations;
pub mod facts;
pub mod import;
pub mod name_keys;
pub mod order;
pub mod recent;
pub mod register;
pub mod row;
pub mod stored_json;
pub mod unlink;

use super::error::StoreError;
use super::meta;
use super::requester::{Requester, same_revision};
use super::rows::{Condition, Page, Window};
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::server::sql::{Connection, Transaction, Value, params_from_iter};
use crate::wire::company::Company;
use crate::wire::list::Tombstone;
use edit::CompanyEdit;
use facts::{FactValue, Observation};
use order::Order;
use row::{COLUMNS, RequestScope};

/// A page of the list, each company as JSON, and up to which change it knows.
pub fn list(
    db: &Connection,
    scope: &RequestScope,
    (filter, order): (&Condition, &Order),
    window: &Window,
) -> Result<(Page<String>, i64), StoreError> {
    let total = window.total(|| {
        let sql = format!("SELECT count(*) FROM companies WHERE {}", filter.sql);
        Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(&filter.values), |row| row.get(0))?)
    })?;
    let behind = window.after.as_ref().map_or_else(Condition::always, |keys| order.behind(keys));
    let rows = format!("WHERE {} AND {} ORDER BY {} LIMIT ?", filter.sql, behind.sql, order.sql());
    let rows = if order.len() > 2 {
        // Orders that no index gives whole are sorted by SQLite: without the other columns, which are large.
        format!("WHERE companies.n IN (SELECT n FROM companies {rows}) ORDER BY {}", order.sql())
    } else {
        rows
    };
    let sql = format!("SELECT {}{} FROM {} {rows}", *stored_json::COLUMNS, order.selected(), stored_json::FROM);
    let values = filter.values.iter().cloned().chain(behind.values).chain([Value::Integer(window.limit())]);
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut found = Vec::with_capacity(window.size);
    while let Some(row) = rows.next()? {
        // Only the last row of a page needs to be found again.
        let keys = if found.len() + 1 == window.size { order.keys(&row)? } else { Vec::new() };
        found.push((keys, stored_json::read(db, scope, &row)?));
    }
    Ok((Page { rows: found, total }, meta::number(db, "seq")?))
}

/// What changed since. That `seq` is above 0 has to be said once more: the index holds only those, and `SQLite` does not
/// know that the token is never negative.
const SEQS: &str = "SELECT seq FROM companies WHERE seq > ?1 AND seq > 0
                    UNION ALL SELECT seq FROM tombstones WHERE seq > ?1 ORDER BY seq LIMIT ?2";
const CHANGED: &str = "FROM companies WHERE seq > ? AND seq <= ? AND seq > 0 ORDER BY seq";

/// What changed between two places in the sequence of changes.
#[derive(Clone)]
pub struct ChangedCompanies {
    pub companies: Vec<Company>,
    pub removed: Vec<Tombstone>,
    pub upto: i64,
    pub has_more: bool,
}

/// Changes since `seq`; `None` if they are not known any more.
pub fn changes(
    db: &Connection,
    scope: &RequestScope,
    since: i64,
    size: i64,
) -> Result<Option<ChangedCompanies>, StoreError> {
    let newest = meta::number(db, "seq")?;
    if since < meta::number(db, "oldest_seq")? || since > newest {
        return Ok(None);
    }
    let upto = cut(db, since, size)?.unwrap_or(newest);
    let mut statement = db.prepare_cached(&format!("SELECT {} {CHANGED}", *COLUMNS))?;
    let companies = statement.query_map((since, upto), |row| Ok(scope.read(row)?.company))?;
    let mut statement = db.prepare_cached("SELECT id FROM tombstones WHERE seq > ? AND seq <= ? ORDER BY seq")?;
    let removed = statement.query_map((since, upto), |row| Ok(Tombstone { id: row.get("id")? }))?;
    let (companies, removed) = (companies.collect::<Result<_, _>>()?, removed.collect::<Result<_, _>>()?);
    Ok(Some(ChangedCompanies { companies, removed, upto, has_more: upto < newest }))
}

/// Up to which change the answer goes, when there are more than fit.
fn cut(db: &Connection, since: i64, size: i64) -> Result<Option<i64>, StoreError> {
    let mut statement = db.prepare_cached(SEQS)?;
    let seqs: Vec<i64> = statement.query_map((since, size + 1), |row| row.get(0))?.collect::<Result<_, _>>()?;
    let more = i64::try_from(seqs.len()).is_ok_and(|found| found > size);
    Ok(if more { seqs.iter().rev().nth(1).copied() } else { None })
}

/// Forgets companies that were removed before this time: change tokens from before do not fit any more.
pub fn forget_removed(tx: &Transaction<'_>, before: i64) -> Result<(), StoreError> {
    let sql = "SELECT coalesce(max(seq), 0) FROM tombstones WHERE delete_time < ?";
    let newest: i64 = tx.query_row(sql, [before], |row| row.get(0))?;
    if newest > meta::number(tx, "oldest_seq")? {
        meta::set_number(tx, "oldest_seq", newest)?;
    }
    tx.execute("DELETE FROM tombstones WHERE delete_time < ?", [before])?;
    Ok(())
}

pub fn patch(
    tx: &Transaction<'_>,
    requester: &Requester,
    (id, etag): (&str, &str),
    edit: &CompanyEdit,
) -> Result<Company, StoreError> {
    let record = requester.scope.record(tx, id)?;
    if record.state() == CompanyState::Unlinked {
        return Err(StoreError::conflict("WRONG_STATE", "The company is unlinked; it cannot be changed from here."));
    }
    same_revision(etag, &record.company.etag)?;
    if edit.is_empty() {
        return Ok(record.company);
    }
    if let Some(limit) = edit.seat_limit.filter(|_| requester.scope.real) {
        // There a limit is a technician's word, and has an age.
        let limit = FactValue::SeatLimit { limit: Some(limit).filter(|limit| *limit > 0) };
        facts::observe(tx, requester, record.n, &Observation::declared(requester.now, vec![limit]))?;
        CompanyEdit { seat_limit: None, ..edit.clone() }.store(tx, record.n)?;
    } else {
        edit.store(tx, record.n)?;
    }
    requester.touch(tx, record.n)?;
    let after = requester.scope.record(tx, id)?.company;
    requester.audit(tx, Action::CompanyUpdated, (id, &after.name), Some(&edit.fields()))?;
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Options;
    use crate::server::state::AppState;

    #[test]
    fn changes_are_found_by_their_index_however_many_companies_there_are() {
        let app = AppState::open(&Options::default(), String::new()).unwrap();
        for sql in [SEQS, &format!("SELECT {} {CHANGED}", *COLUMNS)] {
            let plan: Vec<String> = app
                .store
                .read_now(|db| {
                    let mut statement = db.prepare_cached(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                    let rows = statement.query_map((5, 10), |row| row.get(3))?;
                    Ok(rows.collect::<Result<_, _>>()?)
                })
                .unwrap();
            let companies: Vec<&String> = plan.iter().filter(|step| step.contains(" companies")).collect();
            assert!(!companies.is_empty() && companies.iter().all(|step| step.starts_with("SEARCH")), "{plan:?}");
            assert!(companies.iter().all(|step| step.contains("INDEX companies_by_seq")), "{plan:?}");
        }
    }
}
