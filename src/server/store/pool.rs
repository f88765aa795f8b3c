//! The database: who works on it when. What was answered has been synced to disk before.

mod listener;
pub mod maintenance;
mod migrations;
mod older_secrets;
pub mod postgres;
pub mod sqlite;
pub mod workspace_file;

use crate::server::sql::{Access, Connection, Transaction};
use crate::server::store::error::StoreError;
use crate::server::store::meta;
use crate::server::{Database, StartError};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// How long one request may wait for others, all its work on the database together.
pub const BUSY: Duration = Duration::from_secs(4);

tokio::task_local! {
    /// Until when a request waits for the database, however often it needs it.
    pub static DEADLINE: Instant;
}

fn deadline() -> Instant {
    DEADLINE.try_with(|deadline| *deadline).unwrap_or_else(|_| Instant::now() + BUSY)
}

pub struct Store {
    engine: Engine,
    /// The newest change of a company that was committed.
    changes: Arc<watch::Sender<u64>>,
}

enum Engine {
    Sqlite(Arc<sqlite::Pool>),
    Postgres(postgres::Pool),
}

impl Store {
    /// Opens the database, makes its tables when it has none, and brings older ones up to date. Blocks.
    /// If it cannot be used, the error says what to do.
    pub fn open(database: &Database, fresh: bool) -> Result<Self, StartError> {
        let changes = Arc::new(watch::Sender::new(0));
        let engine = match database {
            Database::File(path) => Engine::Sqlite(Arc::new(sqlite::Pool::open(Some(path), fresh)?)),
            Database::Memory => Engine::Sqlite(Arc::new(sqlite::Pool::open(None, fresh)?)),
            Database::Postgres(address) => {
                Engine::Postgres(postgres::Pool::open(address, fresh, Arc::clone(&changes))?)
            }
        };
        Ok(Self { engine, changes })
    }

    /// Hears of every change of a company that is committed: on `PostgreSQL` by any server, in a file by this one.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Where it is, for messages.
    pub fn place(&self) -> String {
        match &self.engine {
            Engine::Sqlite(pool) => pool.path().display().to_string(),
            Engine::Postgres(pool) => pool.place().to_owned(),
        }
    }

    /// Whether other servers work on it, whose changes [`Self::changes`] tells too.
    pub fn is_shared(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    /// The file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match &self.engine {
            Engine::Sqlite(pool) => Some(pool.path()),
            Engine::Postgres(_) => None,
        }
    }

    /// Runs `work` as one transaction at once; for the start, before anybody waits. Blocks.
    pub fn write_now<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match &self.engine {
            Engine::Sqlite(pool) => pool.write_now(|db| write_on(db, deadline(), &self.changes, work)),
            Engine::Postgres(pool) => pool.write_now(|db, until| write_on(db, until, &self.changes, work)),
        }
    }

    /// Runs `work` on one state of the database at once. Blocks.
    pub fn read_now<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match &self.engine {
            Engine::Sqlite(pool) => pool.read(deadline(), work),
            Engine::Postgres(pool) => pool.read_now(work),
        }
    }

    /// Runs `work` as one transaction, off the async threads: all of it is kept, or nothing.
    pub async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let (until, changes) = (deadline(), Arc::clone(&self.changes));
        match &self.engine {
            Engine::Sqlite(pool) => {
                let mut writer = pool.writer(until).await?;
                aside(move || write_on(writer.as_mut().ok_or(StoreError::Stopping)?, until, &changes, work)).await
            }
            Engine::Postgres(pool) => {
                let turn = pool.turn(Access::Write, until).await?;
                aside(move || turn.run(|session| write_on(session, until, &changes, work))).await
            }
        }
    }

    /// Runs `work` on one state of the database, off the async threads.
    pub async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let until = deadline();
        match &self.engine {
            Engine::Sqlite(pool) => {
                let (pool, turn) = (Arc::clone(pool), pool.reader_turn(until).await?);
                aside(move || {
                    // A caller that hangs up does not end the work.
                    let _turn = turn;
                    pool.read(until, work)
                })
                .await
            }
            Engine::Postgres(pool) => {
                let turn = pool.turn(Access::Read, until).await?;
                aside(move || turn.run(|session| read_on(session, until, work))).await
            }
        }
    }

    /// Lets go of the database. A file is whole then: a copy of it is a copy of the workspace.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite(pool) => pool.close().await,
            Engine::Postgres(pool) => pool.close(),
        }
    }
}

/// A panic in the work rolls the transaction back; the connection itself stays sound.
fn write_on<T>(
    connection: &mut Connection,
    until: Instant,
    changes: &watch::Sender<u64>,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.busy_timeout(until.saturating_duration_since(Instant::now()))?;
    let tx = connection.transaction(Access::Write)?;
    let out = work(&tx)?;
    if tx.tells_changes() {
        // Not borrowed meanwhile: it is heard by way of the database, as by everybody else, maybe before we return.
        let known = *changes.borrow();
        tx.commit_telling(known)?;
        return Ok(out);
    }
    // 0 in a database that is only being made.
    let newest = meta::find_number(&tx, "seq")?.map_or(0, i64::cast_unsigned);
    tx.commit()?;
    // While the writer is held: numbers come in their order.
    changes.send_if_modified(|known| std::mem::replace(known, newest) != newest);
    Ok(out)
}

fn read_on<T>(
    connection: &mut Connection,
    until: Instant,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.busy_timeout(until.saturating_duration_since(Instant::now()))?;
    work(&*connection.transaction(Access::Read)?)
}

async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(out) => out,
        Err(error) => Err(StoreError::internal("work on the database died", &error)),
    }
}
