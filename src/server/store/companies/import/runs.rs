//! Runs: what each import brought, and which columns of which tables hold what.

use crate::domain::import::run::Counts;
use crate::server::random;
use crate::server::sql::{self, Connection, OptionalExtension, Row, Transaction};
use crate::server::store::companies::row::{RequestScope, time};
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;
use crate::server::store::rows::{Page, Window};
use crate::wire::Actor;
use crate::wire::import::{self as wire, ImportMap, ImportRun};

/// The most names of companies that are not in a file.
const NAMED: i64 = 100;

/// A run that rows belong to.
pub struct Run {
    pub n: i64,
    pub id: String,
    pub file: Option<String>,
}

impl Run {
    /// What audit events say of it.
    pub fn target(&self) -> String {
        self.file.as_ref().map_or_else(|| "import".to_owned(), |file| format!("import of {file}"))
    }
}

/// The run of this id, or a new one.
pub fn open(
    tx: &Transaction<'_>,
    requester: &Requester,
    id: Option<&str>,
    file: Option<&str>,
) -> Result<Run, StoreError> {
    if let Some(id) = id {
        let (run, undone) = of_id(tx, id)?;
        return if undone { Err(taken_back()) } else { Ok(run) };
    }
    let id = random::id()?;
    let sql =
        "INSERT INTO import_runs (id, file, actor_id, actor_name, create_time) VALUES (?, ?, ?, ?, ?) RETURNING n";
    let who = (&id, file, &requester.actor.id, &requester.actor.display_name, requester.now);
    let n = tx.prepare_cached(sql)?.query_row(who, |row| row.get(0))?;
    Ok(Run { n, id, file: file.map(str::to_owned) })
}

/// A run, and whether it was taken back.
pub fn of_id(db: &Connection, id: &str) -> Result<(Run, bool), StoreError> {
    let sql = "SELECT n, file, undo_time FROM import_runs WHERE id = ?";
    let read = |row: &Row<'_>| {
        let run = Run { n: row.get("n")?, id: id.to_owned(), file: row.get("file")? };
        Ok((run, row.get::<_, Option<i64>>("undo_time")?.is_some()))
    };
    db.prepare_cached(sql)?.query_row([id], read).optional()?.ok_or(StoreError::NotFound)
}

pub fn taken_back() -> StoreError {
    StoreError::conflict("IMPORT_UNDONE", "This import was taken back.")
}

/// Notes that a row was about a company; what is certain stands above what is not.
pub fn note(
    tx: &Transaction<'_>,
    run: &Run,
    company: &str,
    line: u32,
    (outcome, was): (&str, Option<&str>),
) -> Result<(), StoreError> {
    let sql = "INSERT INTO import_rows (run_n, company_n, line, outcome, rev, was)
        SELECT CAST(? AS BIGINT), n, CAST(? AS BIGINT), CAST(? AS TEXT), rev, CAST(? AS TEXT) FROM companies WHERE id = ?
        ON CONFLICT (run_n, company_n) DO UPDATE
        SET line = excluded.line, outcome = excluded.outcome, rev = excluded.rev, was = excluded.was
        WHERE import_rows.outcome = 'AMBIGUOUS'";
    tx.prepare_cached(sql)?.execute((run.n, line, outcome, was, company))?;
    Ok(())
}

pub fn count(tx: &Transaction<'_>, run: &Run, counts: Counts) -> Result<(), StoreError> {
    let Counts { new, changed, unchanged, ambiguous, rejected } = counts;
    let sql = "UPDATE import_runs SET new_rows = new_rows + ?, changed_rows = changed_rows + ?,
        unchanged_rows = unchanged_rows + ?, ambiguous_rows = ambiguous_rows + ?, rejected_rows = rejected_rows + ?
        WHERE n = ?";
    tx.prepare_cached(sql)?.execute((new, changed, unchanged, ambiguous, rejected, run.n))?;
    Ok(())
}

/// Remembers what the columns of tables with this fingerprint hold.
pub fn remember(tx: &Transaction<'_>, map: &ImportMap, now: i64) -> Result<(), StoreError> {
    let columns = serde_json::to_string(&map.columns);
    let columns = columns.map_err(|error| StoreError::internal("a mapping could not be kept", &error))?;
    let sql = "INSERT INTO import_maps (fingerprint, header, columns, update_time) VALUES (?, ?, ?, ?)
        ON CONFLICT (fingerprint) DO UPDATE
        SET header = excluded.header, columns = excluded.columns, update_time = excluded.update_time";
    tx.prepare_cached(sql)?.execute((&map.fingerprint, i64::from(map.header), columns, now))?;
    Ok(())
}

pub fn maps(db: &Connection, window: &Window) -> Result<Page<ImportMap>, StoreError> {
    let total = window.total(|| {
        let sql = "SELECT count(*) FROM import_maps";
        Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    })?;
    let sql = "SELECT n, fingerprint, header, columns FROM import_maps WHERE n < ? ORDER BY n DESC LIMIT ?";
    let read = |row: &Row<'_>| {
        let columns: String = row.get("columns")?;
        let map = ImportMap {
            fingerprint: row.get("fingerprint")?,
            header: row.get::<_, i64>("header")? != 0,
            columns: serde_json::from_str(&columns).unwrap_or_default(),
        };
        Ok((row.get("n")?, map))
    };
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((window.after(i64::MAX)?, window.limit()), read)?;
    Ok(Page::by_number(rows.collect::<Result<_, _>>()?, total))
}

const COLUMNS: &str = "n, id, file, actor_id, actor_name, create_time, new_rows, changed_rows, unchanged_rows,
    ambiguous_rows, rejected_rows, undo_time";

/// Managed companies that were there and that no row was about.
const LACKING: &str = "FROM companies WHERE state <> 'UNLINKED' AND create_time <= ?2
    AND NOT EXISTS (SELECT 1 FROM import_rows r WHERE r.run_n = ?1 AND r.company_n = companies.n)";

/// Newest first.
pub fn list(db: &Connection, scope: &RequestScope, window: &Window) -> Result<Page<ImportRun>, StoreError> {
    let total = window.total(|| {
        let sql = "SELECT count(*) FROM import_runs";
        Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    })?;
    let sql = format!("SELECT {COLUMNS} FROM import_runs WHERE n < ? ORDER BY n DESC LIMIT ?");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((window.after(i64::MAX)?, window.limit()), |row| read(scope, row))?;
    let mut rows: Vec<(i64, ImportRun)> = rows.collect::<Result<_, _>>()?;
    for (n, run) in &mut rows {
        run.not_in_file = lacking(db, *n, run)?;
    }
    Ok(Page::by_number(rows, total))
}

/// One run, with names of companies that are not in its file.
pub fn get(db: &Connection, scope: &RequestScope, id: &str) -> Result<ImportRun, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM import_runs WHERE id = ?");
    let found = db.prepare_cached(&sql)?.query_row([id], |row| read(scope, row)).optional()?;
    let (n, mut run) = found.ok_or(StoreError::NotFound)?;
    run.not_in_file = lacking(db, n, &run)?;
    let mut statement = db.prepare_cached(&format!("SELECT name {LACKING} ORDER BY name_key, n LIMIT ?3"))?;
    let names = statement.query_map((n, milliseconds(&run), NAMED), |row| row.get(0))?;
    run.not_in_file_names = names.collect::<Result<_, _>>()?;
    Ok(run)
}

fn milliseconds(run: &ImportRun) -> i64 {
    run.create_time.map_or(0, jiff::Timestamp::as_millisecond)
}

fn lacking(db: &Connection, n: i64, run: &ImportRun) -> Result<u32, StoreError> {
    let mut statement = db.prepare_cached(&format!("SELECT count(*) {LACKING}"))?;
    Ok(statement.query_row((n, milliseconds(run)), |row| row.get(0))?)
}

fn read(scope: &RequestScope, row: &Row<'_>) -> sql::Result<(i64, ImportRun)> {
    let id: String = row.get("id")?;
    let run = ImportRun {
        path: scope.import_run(&id),
        id,
        file: row.get("file")?,
        create_time: time(row.get("create_time")?),
        actor: Actor { id: row.get("actor_id")?, display_name: row.get("actor_name")? },
        counts: wire::Counts {
            new: row.get("new_rows")?,
            changed: row.get("changed_rows")?,
            unchanged: row.get("unchanged_rows")?,
            ambiguous: row.get("ambiguous_rows")?,
            rejected: row.get("rejected_rows")?,
        },
        not_in_file: 0,
        not_in_file_names: Vec::new(),
        undo_time: time(row.get("undo_time")?),
    };
    Ok((row.get("n")?, run))
}
