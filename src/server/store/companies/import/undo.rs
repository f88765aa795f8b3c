//! Taking a whole import back: what it brought goes, and what it changed is as before. Only while nothing else has changed
//! any of it.

use super::known::FACTS;
use super::only_real;
use super::runs::{self, Run};
use super::seen;
use crate::domain::activity::Action;
use crate::server::store::companies::facts::KeptFact;
use crate::server::store::error::StoreError;
use crate::server::store::requester::{Requester, next_seq};
use crate::wire::import::ImportRun;

use crate::server::sql::{Row, Transaction, Value, params_from_iter};
use serde_json::Map;

/// Columns that an import changes: no other is put back.
const COLUMNS: [&str; 7] =
    ["external_id", "external_id_lower", "account_uuid", "website", "country_code", "tags", "tags_lower"];

/// So many names of companies that stand against it are told.
const TOLD: i64 = 3;

/// A company that the run brought or changed.
struct Touched {
    n: i64,
    id: String,
    name: String,
    rev: i64,
    /// As it was; `None` for one that the run brought.
    was: Option<String>,
}

pub fn undo(tx: &Transaction<'_>, requester: &Requester, id: &str) -> Result<ImportRun, StoreError> {
    only_real(requester)?;
    let (run, undone) = runs::of_id(tx, id)?;
    if undone {
        return Err(runs::taken_back());
    }
    untouched(tx, &run)?;
    let target = run.target();
    for company in touched(tx, &run)? {
        requester.audit(tx, Action::ImportUndone, (&company.id, &company.name), Some(&target))?;
        match &company.was {
            None => remove(tx, requester, &company)?,
            Some(was) => put_back(tx, requester, &run, &company, was)?,
        }
    }
    for (n, was) in renewed(tx, &run)? {
        put_facts_back(tx, n, &noted(&was)?)?;
        seen::publish(tx, n)?;
    }
    tx.prepare_cached("UPDATE import_runs SET undo_time = ? WHERE n = ?")?.execute((requester.now, run.n))?;
    runs::get(tx, &requester.scope, id)
}

/// 409 with names if a company has another revision than the run gave it.
fn untouched(tx: &Transaction<'_>, run: &Run) -> Result<(), StoreError> {
    let changed = "FROM import_rows r JOIN companies c ON c.n = r.company_n
        WHERE r.run_n = ?1 AND r.outcome IN ('NEW', 'CHANGED') AND (c.rev <> r.rev
            OR r.outcome = 'NEW' AND EXISTS (SELECT 1 FROM tasks t WHERE t.company_n = c.n))";
    let count: i64 = tx.prepare_cached(&format!("SELECT count(*) {changed}"))?.query_row([run.n], |row| row.get(0))?;
    if count == 0 {
        return Ok(());
    }
    let mut statement = tx.prepare_cached(&format!("SELECT c.name {changed} ORDER BY c.name_key, c.n LIMIT ?2"))?;
    let names: Vec<String> = statement.query_map((run.n, TOLD), |row| row.get(0))?.collect::<Result<_, _>>()?;
    let more = if count > TOLD { format!(" and {} more", count - TOLD) } else { String::new() };
    let detail = format!("Changed since the import: {}{more}. Nothing was taken back.", names.join(", "));
    Err(StoreError::conflict("IMPORT_TOUCHED", detail))
}

fn touched(tx: &Transaction<'_>, run: &Run) -> Result<Vec<Touched>, StoreError> {
    let sql = "SELECT c.n, c.id, c.name, r.rev, r.was FROM import_rows r JOIN companies c ON c.n = r.company_n
        WHERE r.run_n = ? AND r.outcome IN ('NEW', 'CHANGED') ORDER BY c.n";
    let read = |row: &Row<'_>| {
        Ok(Touched {
            n: row.get("n")?,
            id: row.get("id")?,
            name: row.get("name")?,
            rev: row.get("rev")?,
            was: row.get("was")?,
        })
    };
    Ok(tx.prepare_cached(sql)?.query_map([run.n], read)?.collect::<Result<_, _>>()?)
}

/// Companies of which the run told again what was known, as it was before.
fn renewed(tx: &Transaction<'_>, run: &Run) -> Result<Vec<(i64, String)>, StoreError> {
    let sql = "SELECT company_n, was FROM import_rows
        WHERE run_n = ? AND outcome = 'UNCHANGED' AND was IS NOT NULL ORDER BY company_n";
    let mut statement = tx.prepare_cached(sql)?;
    Ok(statement.query_map([run.n], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

type Noted = Map<String, serde_json::Value>;

fn noted(was: &str) -> Result<Noted, StoreError> {
    serde_json::from_str(was).map_err(|error| unreadable(&error))
}

fn unreadable(error: &serde_json::Error) -> StoreError {
    StoreError::internal("an import was noted in another way", error)
}

fn put_facts_back(tx: &Transaction<'_>, company_n: i64, was: &Noted) -> Result<(), StoreError> {
    let facts = was.get(FACTS).map(|facts| serde_json::from_value(facts.clone())).transpose();
    let facts: Vec<KeptFact> = facts.map_err(|error| unreadable(&error))?.unwrap_or_default();
    seen::put_back(tx, company_n, &facts)
}

fn remove(tx: &Transaction<'_>, requester: &Requester, company: &Touched) -> Result<(), StoreError> {
    let seq = next_seq(tx)?;
    let sql = "INSERT INTO tombstones (seq, id, delete_time) VALUES (?, ?, ?)";
    tx.prepare_cached(sql)?.execute((seq, &company.id, requester.now))?;
    tx.prepare_cached("DELETE FROM companies WHERE n = ?")?.execute([company.n])?;
    Ok(())
}

fn put_back(
    tx: &Transaction<'_>,
    requester: &Requester,
    run: &Run,
    company: &Touched,
    was: &str,
) -> Result<(), StoreError> {
    let was = noted(was)?;
    let columns: Vec<&str> = COLUMNS.into_iter().filter(|column| was.contains_key(*column)).collect();
    if !columns.is_empty() {
        let values = columns.iter().map(|column| match was.get(*column) {
            Some(serde_json::Value::String(text)) => Value::Text(text.clone()),
            Some(serde_json::Value::Number(number)) => number.as_i64().map_or(Value::Null, Value::Integer),
            _ => Value::Null,
        });
        let sets: Vec<String> = columns.iter().map(|column| format!("{column} = ?")).collect();
        let mut statement = tx.prepare_cached(&format!("UPDATE companies SET {} WHERE n = ?", sets.join(", ")))?;
        statement.execute(params_from_iter(values.chain([Value::Integer(company.n)])))?;
    }
    put_facts_back(tx, company.n, &was)?;
    requester.touch(tx, company.n)?;
    // It is as the run found it: an earlier run that left it so can be taken back, too.
    let sql = "UPDATE import_rows SET rev = ? WHERE company_n = ? AND run_n <> ? AND rev = ?";
    tx.prepare_cached(sql)?.execute((company.rev + 1, company.n, run.n, company.rev - 1))?;
    Ok(())
}
