//! A workspace copied from its file into an empty database of `PostgreSQL`: all of it, or nothing.
//!
//! The file is read in one state, also while a server writes to it. It is the same workspace there, with its tokens, etags
//! and sequence of changes: nobody has to sign in again, and no dashboard has to read its list anew.

mod checksum;
mod tables;

use super::{MaintenanceError, check, open_to_read};
use crate::files::FileLock;
use crate::server::sql::postgres::Session;
use crate::server::sql::postgres::address::PostgresAddress;
use crate::server::sql::postgres::values::stored;
use crate::server::sql::{self, Access, Connection, Row, ValueRef};
use crate::server::store::pool::migrations::{SQLITE, newest};
use crate::server::store::pool::postgres::{Sessions, prepare};
use crate::server::store::pool::sqlite::damaged;
use crate::server::workspace;
use checksum::Checksum;
use serde::Serialize;
use std::path::Path;
use tables::Table;

/// Bytes of rows that are sent in one statement.
const BATCH: usize = 1 << 20;

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copied {
    /// Where it is now, without a password.
    pub place: String,
    pub tables: Vec<CopiedTable>,
    /// A server or a dashboard has the file open, and may go on writing to it.
    pub in_use: bool,
}

/// The same in both databases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopiedTable {
    pub table: String,
    pub rows: u64,
    /// The sum of the rows' SHA-256, in hexadecimal: their order does not matter.
    pub checksum: String,
}

/// Copies a workspace of the newest version into an empty database. Blocks.
///
/// # Errors
/// It is none, or damaged; the database is not empty, or cannot be used; what arrived is not what was sent. Then the
/// database is as it was.
pub fn copy_to_postgres(from: &Path, to: &PostgresAddress) -> Result<Copied, MaintenanceError> {
    let (db, version) = open_to_read(from)?;
    if version < newest(SQLITE) {
        return Err(MaintenanceError::Older { path: from.to_owned() });
    }
    // Beforehand: a session that does nothing for long is ended.
    if let Some(problem) = check(from)?.problems.first() {
        return Err(MaintenanceError::Damaged { path: from.to_owned(), problem: problem.clone() });
    }
    let mut db = Connection::from(db);
    let here = db.transaction(Access::Read).map_err(|error| unread(from, error))?;
    if workspace::kind(&here)?.is_none() {
        return Err(MaintenanceError::NoWorkspace { path: from.to_owned() });
    }
    let tables = tables::all(&here).map_err(|error| unread(from, error))?;
    let sessions = Sessions::open(to)?;
    let session = sessions.first()?;
    if !prepare::begin_empty(&session, to)? {
        return Err(MaintenanceError::NotEmpty { place: to.place().to_owned() });
    }
    let copy = Copy { from, here: &here, to, there: &session };
    let copied = copy.all(&tables).inspect_err(|_| session.roll_back())?;
    let in_use = FileLock::try_exclusive(from)?.is_none();
    session.commit().map_err(|error| prepare::in_words(&error, to))?;
    Ok(Copied { place: to.place().to_owned(), tables: copied, in_use })
}

fn unread(from: &Path, error: sql::Error) -> MaintenanceError {
    match error {
        sql::Error::Sqlite(error) => damaged(from, &error).into(),
        other => MaintenanceError::Damaged { path: from.to_owned(), problem: other.to_string() },
    }
}

struct Copy<'a> {
    from: &'a Path,
    here: &'a Connection,
    to: &'a PostgresAddress,
    /// In a transaction.
    there: &'a Session,
}

impl Copy<'_> {
    fn all(&self, tables: &[Table]) -> Result<Vec<CopiedTable>, MaintenanceError> {
        self.run("SET LOCAL idle_in_transaction_session_timeout = 0")?;
        let sent = tables.iter().map(|table| self.send(table)).collect::<Result<Vec<_>, _>>()?;
        for (table, sent) in tables.iter().zip(&sent) {
            let arrived = self.read_back(table)?;
            if arrived != *sent {
                let (table, counts) = (table.name.clone(), (sent.rows, arrived.rows));
                return Err(MaintenanceError::Differs { place: self.to.place().to_owned(), table, counts });
            }
        }
        self.go_on_counting()?;
        self.run(&format!("ANALYZE {}", tables.iter().map(Table::quoted).collect::<Vec<_>>().join(", ")))?;
        let mut copied: Vec<_> = tables.iter().zip(sent).map(|(table, sum)| sum.of(table)).collect();
        copied.sort_by(|one, other| one.table.cmp(&other.table));
        Ok(copied)
    }

    /// No trigger runs: what it would do has been done.
    fn send(&self, table: &Table) -> Result<Checksum, MaintenanceError> {
        let triggers = |what: &str| self.run(&format!("ALTER TABLE {} {what} TRIGGER USER", table.quoted()));
        triggers("DISABLE")?;
        let (insert, mut sum, mut batch) = (table.insert(), Checksum::default(), String::new());
        let mut statement = self.here.prepare_cached(&table.select()).map_err(|error| unread(self.from, error))?;
        let mut rows = statement.query([]).map_err(|error| unread(self.from, error))?;
        while let Some(row) = rows.next().map_err(|error| unread(self.from, error))? {
            let values = self.values(table, &row)?;
            sum.add(&values);
            batch.push(if batch.is_empty() { '[' } else { ',' });
            batch.push_str(&table.json(&values).map_err(|error| self.cannot_take(table, &error.to_string()))?);
            if batch.len() > BATCH {
                self.insert(&insert, &mut batch)?;
            }
        }
        if !batch.is_empty() {
            self.insert(&insert, &mut batch)?;
        }
        triggers("ENABLE")?;
        Ok(sum)
    }

    fn values<'r>(&self, table: &Table, row: &'r Row<'_>) -> Result<Vec<ValueRef<'r>>, MaintenanceError> {
        let values = (0..table.columns.len()).map(|place| row.get_ref(place)).collect::<Result<Vec<_>, _>>();
        let values = values.map_err(|error| self.cannot_take(table, &error.to_string()))?;
        if values.iter().any(|value| matches!(value, ValueRef::Text(text) if text.contains('\0'))) {
            return Err(self.cannot_take(table, "a text has a NUL, which PostgreSQL does not take"));
        }
        Ok(values)
    }

    fn cannot_take(&self, table: &Table, why: &str) -> MaintenanceError {
        MaintenanceError::Damaged { path: self.from.to_owned(), problem: format!("{}: {why}", table.name) }
    }

    fn insert(&self, sql: &str, batch: &mut String) -> Result<(), MaintenanceError> {
        batch.push(']');
        let inserted = self.there.execute(sql, &[ValueRef::Text(batch)]);
        batch.clear();
        inserted.map(|_| ()).map_err(|error| self.failed(&error))
    }

    /// By a cursor: an answer is read whole into the memory.
    fn read_back(&self, table: &Table) -> Result<Checksum, MaintenanceError> {
        let cursor = format!("copied_{}", table.name);
        self.run(&format!("DECLARE {cursor} NO SCROLL CURSOR FOR {}", table.select()))?;
        let mut sum = Checksum::default();
        loop {
            let rows =
                self.there.query(&format!("FETCH 1000 FROM {cursor}"), &[]).map_err(|error| self.failed(&error))?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let values = (0..table.columns.len()).map(|place| stored(row, place)).collect::<Option<Vec<_>>>();
                let unreadable = || self.failed(&sql::Error::Column(table.name.clone()));
                sum.add(&values.ok_or_else(unreadable)?);
            }
        }
        self.run(&format!("CLOSE {cursor}"))?;
        Ok(sum)
    }

    /// Rows that came with their numbers have not moved the counters.
    fn go_on_counting(&self) -> Result<(), MaintenanceError> {
        let sql = "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns
                   WHERE table_schema = current_schema() AND is_identity = 'YES'";
        for row in self.there.query(sql, &[]).map_err(|error| self.failed(&error))? {
            let (table, column): (&str, &str) = (row.get(0), row.get(1));
            self.run(&format!(
                "SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), max(\"{column}\")) FROM \"{table}\""
            ))?;
        }
        Ok(())
    }

    fn run(&self, sql: &str) -> Result<(), MaintenanceError> {
        self.there.execute_batch(sql).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &sql::Error) -> MaintenanceError {
        prepare::in_words(error, self.to).into()
    }
}
