//! The database as the store uses it: statements with `?` or `?1`, rows with integers and texts, transactions. Behind it is
//! `SQLite` or `PostgreSQL`. The names are those of `rusqlite`; the rules for portable texts are in
//! `docs/architecture.md`.

mod error;
pub mod postgres;
mod rows;
#[cfg(test)]
mod tests;
mod value;

pub use error::{Error, Kind, OptionalExtension, Result};
pub use rows::{MappedRows, Row, Rows};
pub use value::{FromSql, Params, ToSql, Value, ValueRef, params_from_iter};

use postgres::Session;
use rusqlite::CachedStatement;
use std::ops::Deref;
use std::time::Duration;

/// How many statements each connection keeps prepared.
const PREPARED: usize = 256;

pub struct Connection(Engine);

enum Engine {
    Sqlite(rusqlite::Connection),
    Postgres(Box<Session>),
}

impl From<rusqlite::Connection> for Connection {
    fn from(connection: rusqlite::Connection) -> Self {
        connection.set_prepared_statement_cache_capacity(PREPARED);
        Self(Engine::Sqlite(connection))
    }
}

impl From<Session> for Connection {
    fn from(session: Session) -> Self {
        Self(Engine::Postgres(Box::new(session)))
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
        match &self.0 {
            Engine::Sqlite(db) => Ok(db.busy_timeout(timeout)?),
            Engine::Postgres(session) => {
                session.set_wait(timeout);
                Ok(())
            }
        }
    }

    /// Whether it can be used again.
    pub fn is_sound(&self) -> bool {
        match &self.0 {
            Engine::Sqlite(_) => true,
            Engine::Postgres(session) => session.is_sound(),
        }
    }

    /// Begins a transaction. It is rolled back unless it is committed.
    pub fn transaction(&mut self, access: Access) -> Result<Transaction<'_>> {
        match (&self.0, access) {
            (Engine::Sqlite(db), Access::Read) => db.execute_batch("BEGIN")?,
            (Engine::Sqlite(db), Access::Write) => db.execute_batch("BEGIN IMMEDIATE")?,
            (Engine::Postgres(session), access) => session.begin(access),
        }
        Ok(Transaction(self))
    }

    /// A statement that stays prepared for the next time.
    pub fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        Ok(Statement(match &self.0 {
            Engine::Sqlite(db) => Prepared::Sqlite(db.prepare_cached(sql)?),
            Engine::Postgres(session) => Prepared::Postgres(session, sql.to_owned()),
        }))
    }

    /// How many rows it changed.
    pub fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        self.prepare_cached(sql)?.execute(params)
    }

    /// Statements without parameters, one after the other.
    pub fn execute_batch(&self, sql: &str) -> Result<()> {
        match &self.0 {
            Engine::Sqlite(db) => Ok(db.execute_batch(sql)?),
            Engine::Postgres(session) => session.execute_batch(sql),
        }
    }

    /// What the file says at its beginning to be; a database of `PostgreSQL` says nothing.
    pub fn set_application_id(&self, id: i32) -> Result<()> {
        match &self.0 {
            Engine::Sqlite(db) => Ok(db.pragma_update(None, "application_id", id)?),
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// Reads the first row; [`Error::NoRows`] if there is none.
    pub fn query_row<T>(&self, sql: &str, params: impl Params, read: impl FnOnce(&Row<'_>) -> Result<T>) -> Result<T> {
        self.prepare_cached(sql)?.query_row(params, read)
    }
}

pub struct Transaction<'c>(&'c Connection);

impl Transaction<'_> {
    /// Whether [`Self::commit_telling`] is heard.
    pub fn tells_changes(&self) -> bool {
        matches!(&self.0.0, Engine::Postgres(_))
    }

    /// Commits, and tells all servers of the newest change unless it is `known`.
    pub fn commit_telling(self, known: u64) -> Result<()> {
        match &self.0.0 {
            Engine::Sqlite(_) => self.commit(),
            Engine::Postgres(session) => session.commit_telling(known),
        }
    }

    pub fn commit(self) -> Result<()> {
        // What fails here is rolled back when `self` is dropped.
        match &self.0.0 {
            Engine::Sqlite(db) => Ok(db.execute_batch("COMMIT")?),
            Engine::Postgres(session) => session.commit(),
        }
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
        match &self.0.0 {
            Engine::Sqlite(db) if db.is_autocommit() => {}
            Engine::Sqlite(db) => {
                if let Err(error) = db.execute_batch("ROLLBACK") {
                    tracing::error!(%error, "a transaction could not be rolled back");
                }
            }
            Engine::Postgres(session) => session.roll_back(),
        }
    }
}

pub struct Statement<'c>(Prepared<'c>);

enum Prepared<'c> {
    Sqlite(CachedStatement<'c>),
    /// Prepared when it is first used.
    Postgres(&'c Session, String),
}

#[expect(clippy::needless_pass_by_value, reason = "parameters are written in their place, as with rusqlite")]
impl Statement<'_> {
    /// How many rows it changed.
    pub fn execute(&mut self, params: impl Params) -> Result<usize> {
        match &mut self.0 {
            Prepared::Sqlite(statement) => Ok(statement.execute(rusqlite::params_from_iter(params.values()))?),
            Prepared::Postgres(session, sql) => session.execute(sql, &params.values()),
        }
    }

    pub fn query(&mut self, params: impl Params) -> Result<Rows<'_>> {
        match &mut self.0 {
            Prepared::Sqlite(statement) => Ok(statement.query(rusqlite::params_from_iter(params.values()))?.into()),
            Prepared::Postgres(session, sql) => Ok(session.query(sql, &params.values())?.into()),
        }
    }

    pub fn query_map<T, F>(&mut self, params: impl Params, read: F) -> Result<MappedRows<'_, F>>
    where
        F: FnMut(&Row<'_>) -> Result<T>,
    {
        Ok(MappedRows::new(self.query(params)?, read))
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
