//! The database as the store uses it: statements with `?` or `?1`, rows with integers and texts, transactions. The names
//! are those of `rusqlite`; the rules for portable texts are in `docs/architecture.md`.

mod error;
mod value;

pub use error::{Error, Kind, OptionalExtension, Result};
pub use value::{FromSql, Params, ToSql, Value, ValueRef, params_from_iter};

use std::ops::Deref;
use std::time::Duration;

/// How many statements each connection keeps prepared.
const PREPARED: usize = 256;

pub struct Connection(rusqlite::Connection);

impl From<rusqlite::Connection> for Connection {
    fn from(connection: rusqlite::Connection) -> Self {
        connection.set_prepared_statement_cache_capacity(PREPARED);
        Self(connection)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// All statements see one state of the database.
    Read,
    /// Nobody else writes meanwhile.
    Write,
}

impl Connection {
    /// How long a statement waits for others.
    pub fn busy_timeout(&self, timeout: Duration) -> Result<()> {
        Ok(self.0.busy_timeout(timeout)?)
    }

    /// Begins a transaction. It is rolled back unless it is committed.
    pub fn transaction(&mut self, access: Access) -> Result<Transaction<'_>> {
        self.0.execute_batch(match access {
            Access::Read => "BEGIN",
            Access::Write => "BEGIN IMMEDIATE",
        })?;
        Ok(Transaction(self))
    }

    /// A statement that stays prepared for the next time.
    pub fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        Ok(Statement(self.0.prepare_cached(sql)?))
    }

    /// How many rows it changed.
    pub fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        self.prepare_cached(sql)?.execute(params)
    }

    /// Statements without parameters, one after the other.
    pub fn execute_batch(&self, sql: &str) -> Result<()> {
        Ok(self.0.execute_batch(sql)?)
    }

    /// Reads the first row; [`Error::NoRows`] if there is none.
    pub fn query_row<T>(&self, sql: &str, params: impl Params, read: impl FnOnce(&Row<'_>) -> Result<T>) -> Result<T> {
        self.prepare_cached(sql)?.query_row(params, read)
    }
}

pub struct Transaction<'c>(&'c Connection);

impl Transaction<'_> {
    pub fn commit(self) -> Result<()> {
        // What fails here is rolled back when `self` is dropped.
        self.0.execute_batch("COMMIT")
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.0
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.0.0.is_autocommit()
            && let Err(error) = self.0.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }
}

pub struct Statement<'c>(rusqlite::CachedStatement<'c>);

#[expect(clippy::needless_pass_by_value, reason = "parameters are written in their place, as with rusqlite")]
impl Statement<'_> {
    /// How many rows it changed.
    pub fn execute(&mut self, params: impl Params) -> Result<usize> {
        Ok(self.0.execute(rusqlite::params_from_iter(params.values()))?)
    }

    pub fn query(&mut self, params: impl Params) -> Result<Rows<'_>> {
        Ok(Rows(self.0.query(rusqlite::params_from_iter(params.values()))?))
    }

    pub fn query_map<T, F>(&mut self, params: impl Params, read: F) -> Result<MappedRows<'_, F>>
    where
        F: FnMut(&Row<'_>) -> Result<T>,
    {
        Ok(MappedRows { rows: self.query(params)?, read })
    }

    /// Reads the first row; [`Error::NoRows`] if there is none.
    pub fn query_row<T>(&mut self, params: impl Params, read: impl FnOnce(&Row<'_>) -> Result<T>) -> Result<T> {
        read(&self.query(params)?.next()?.ok_or(Error::NoRows)?)
    }

    /// Whether there is a row.
    pub fn exists(&mut self, params: impl Params) -> Result<bool> {
        Ok(self.query(params)?.next()?.is_some())
    }
}

pub struct Rows<'s>(rusqlite::Rows<'s>);

impl Rows<'_> {
    /// The row is lent until the next one is asked for.
    pub fn next(&mut self) -> Result<Option<Row<'_>>> {
        Ok(self.0.next()?.map(Row))
    }
}

pub struct MappedRows<'s, F> {
    rows: Rows<'s>,
    read: F,
}

impl<T, F: FnMut(&Row<'_>) -> Result<T>> Iterator for MappedRows<'_, F> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.rows.next() {
            Ok(row) => row.map(|row| (self.read)(&row)),
            Err(error) => Some(Err(error)),
        }
    }
}

pub struct Row<'r>(&'r rusqlite::Row<'r>);

impl Row<'_> {
    /// The value of a column, by its place or its name.
    pub fn get<I: RowIndex, T: FromSql>(&self, column: I) -> Result<T> {
        T::from_sql(self.get_ref(column)?).ok_or_else(|| Error::Column(column.to_string()))
    }

    /// The same without a copy.
    pub fn get_ref<I: RowIndex>(&self, column: I) -> Result<ValueRef<'_>> {
        use rusqlite::types::ValueRef as Stored;
        let other = || Error::Column(column.to_string());
        match column.stored(self.0)? {
            Stored::Null => Ok(ValueRef::Null),
            Stored::Integer(number) => Ok(ValueRef::Integer(number)),
            Stored::Text(text) => std::str::from_utf8(text).map(ValueRef::Text).map_err(|_| other()),
            Stored::Real(_) | Stored::Blob(_) => Err(other()),
        }
    }
}

/// What tells a column.
pub trait RowIndex: Copy + std::fmt::Display {
    fn stored<'r>(self, row: &'r rusqlite::Row<'_>) -> rusqlite::Result<rusqlite::types::ValueRef<'r>>;
}

impl RowIndex for usize {
    fn stored<'r>(self, row: &'r rusqlite::Row<'_>) -> rusqlite::Result<rusqlite::types::ValueRef<'r>> {
        row.get_ref(self)
    }
}

impl RowIndex for &str {
    fn stored<'r>(self, row: &'r rusqlite::Row<'_>) -> rusqlite::Result<rusqlite::types::ValueRef<'r>> {
        row.get_ref(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database() -> Connection {
        let db = Connection::from(rusqlite::Connection::open_in_memory().unwrap());
        db.execute_batch("CREATE TABLE things (n INTEGER PRIMARY KEY, name TEXT) STRICT").unwrap();
        db
    }

    fn count(db: &Connection) -> i64 {
        db.query_row("SELECT count(*) FROM things", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn what_is_not_committed_is_rolled_back() {
        let mut db = database();
        let insert = "INSERT INTO things (name) VALUES (?)";
        let tx = db.transaction(Access::Write).unwrap();
        assert_eq!(tx.execute(insert, ["kept"]).unwrap(), 1);
        tx.commit().unwrap();
        let tx = db.transaction(Access::Write).unwrap();
        tx.execute(insert, ["lost"]).unwrap();
        assert_eq!(count(&tx), 2);
        drop(tx);
        assert_eq!(count(&db), 1);
    }

    #[test]
    fn values_come_back_as_they_were_put_in_or_are_refused() {
        let db = database();
        let sql = "INSERT INTO things (n, name) VALUES (?, ?) RETURNING n, name";
        let row = db.query_row(sql, (7, Some("Å")), |row| Ok((row.get::<_, u32>(0)?, row.get::<_, String>("name")?)));
        assert_eq!(row.unwrap(), (7, "Å".to_owned()));
        let none = db.query_row(sql, (-1, None::<String>), |row| row.get::<_, Option<String>>(1));
        assert_eq!(none.unwrap(), None);
        let mut all = db.prepare_cached("SELECT n, name FROM things ORDER BY n").unwrap();
        let texts: Vec<_> = all.query_map([], |row| row.get::<_, String>("name")).unwrap().map(Result::ok).collect();
        assert_eq!(texts, [None, Some("Å".to_owned())]);
        let out_of_range = all.query_row([], |row| row.get::<_, u32>(0)).unwrap_err();
        assert!(matches!(out_of_range, Error::Column(_)), "{out_of_range}");
        let missing = db.query_row("SELECT n FROM things WHERE n = ?", [9], |row| row.get::<_, i64>(0)).optional();
        assert_eq!(missing.unwrap(), None);
    }
}
