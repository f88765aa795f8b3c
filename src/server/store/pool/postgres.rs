//! Sessions with `PostgreSQL`: as many as there is work for, within bounds, and one writer at a time in all servers.

use super::migrations::{self, POSTGRES};
use super::{listener, read_on};
use crate::server::StartError;
use crate::server::sql::postgres::Session;
use crate::server::sql::postgres::address::PostgresAddress;
use crate::server::sql::{self, Access, Connection, Kind};
use crate::server::store::error::StoreError;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::Instant;
use tokio_postgres::error::SqlState;

/// Of one server. A database takes 100 sessions unless it is told otherwise.
const READERS: usize = 10;
/// One writes, and the next one waits at the database already.
const WRITERS: usize = 2;
/// The start may have to wait for another server that fills a new workspace.
const STARTING: Duration = Duration::from_mins(1);
/// From where on the database has all that the statements need.
const OLDEST: i64 = 15;

pub struct Pool {
    sessions: Arc<Sessions>,
    readers: Arc<Semaphore>,
    writers: Arc<Semaphore>,
}

struct Sessions {
    address: PostgresAddress,
    /// Nobody gets one once it is closed.
    idle: Mutex<Option<Vec<Connection>>>,
    /// Behind the sessions, which need it to end.
    runtime: Driver,
}

/// The runtime that drives the connections: on that of a caller they would stand still while he waits for them.
struct Driver(Option<Runtime>);

impl Driver {
    fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = &self.0 {
            runtime.spawn(work);
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // An async thread may be the last one to have it: it must not wait.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// The right to use one session.
pub struct Turn {
    sessions: Arc<Sessions>,
    _permit: OwnedSemaphorePermit,
}

impl Turn {
    /// Blocks.
    pub fn run<T>(self, work: impl FnOnce(&mut Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.sessions.run(work)
    }
}

impl Pool {
    pub fn open(address: &PostgresAddress, fresh: bool, changes: Arc<watch::Sender<u64>>) -> Result<Self, StartError> {
        let failed = |reason: String| StartError::Postgres { place: address.place().to_owned(), reason };
        if fresh {
            let told = "--fresh throws away files alone. Drop the database and make it anew";
            return Err(failed(told.to_owned()));
        }
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("database").enable_all().build();
        let runtime = Driver(Some(runtime.map_err(|error| failed(error.to_string()))?));
        let sessions = Sessions { address: address.clone(), idle: Mutex::new(Some(Vec::new())), runtime };
        let session = sessions.connect().map_err(|error| failed(in_words(&error, address)))?;
        prepare(&session, address)?;
        sessions.runtime.spawn(listener::listen(address.clone(), changes));
        Ok(Self {
            sessions: Arc::new(sessions),
            readers: Arc::new(Semaphore::new(READERS)),
            writers: Arc::new(Semaphore::new(WRITERS)),
        })
    }

    pub fn place(&self) -> &str {
        self.sessions.address.place()
    }

    /// Waits for a free session.
    pub async fn turn(&self, access: Access, until: Instant) -> Result<Turn, StoreError> {
        let of = if access == Access::Write { &self.writers } else { &self.readers };
        let permit = tokio::time::timeout_at(until, Arc::clone(of).acquire_owned()).await;
        let permit = permit.map_err(|_| StoreError::Busy)?.map_err(|_| StoreError::Stopping)?;
        Ok(Turn { sessions: Arc::clone(&self.sessions), _permit: permit })
    }

    /// The work is told until when it may wait.
    pub fn write_now<T>(
        &self,
        work: impl FnOnce(&mut Connection, Instant) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.sessions.run(|session| work(session, Instant::now() + STARTING))
    }

    pub fn read_now<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.sessions.run(|session| read_on(session, Instant::now() + STARTING, work))
    }

    pub fn close(&self) {
        self.readers.close();
        self.writers.close();
        drop(self.sessions.idle.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl Sessions {
    fn connect(&self) -> sql::Result<Session> {
        let runtime = self.runtime.0.as_ref().ok_or_else(|| sql::Error::Connection("stopped".to_owned()))?;
        Session::connect(&self.address, runtime.handle())
    }

    fn run<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let sound = {
            let mut idle = idle();
            let idle = idle.as_mut().ok_or(StoreError::Stopping)?;
            idle.retain(Connection::is_sound);
            idle.pop()
        };
        let mut session = match sound {
            Some(session) => session,
            None => self.connect()?.into(),
        };
        let out = work(&mut session);
        if let Some(idle) = idle().as_mut().filter(|_| session.is_sound()) {
            idle.push(session);
        }
        out
    }
}

/// Looks at what the database is, and brings its tables up to date.
fn prepare(session: &Session, address: &PostgresAddress) -> Result<(), StartError> {
    let failed = |reason: String| StartError::Postgres { place: address.place().to_owned(), reason };
    let said = |error: sql::Error| failed(in_words(&error, address));
    let number = |sql: &str| -> Result<i64, StartError> {
        let rows = session.query(sql, &[]).map_err(said)?;
        rows.first().and_then(|row| row.try_get(0).ok()).ok_or_else(|| failed("it answers nothing".to_owned()))
    };
    let version = number("SELECT CAST(current_setting('server_version_num') AS BIGINT) / 10000")?;
    if version < OLDEST {
        return Err(failed(format!("it is PostgreSQL {version}, and {OLDEST} or newer is needed")));
    }
    if number("SELECT CAST(current_setting('server_encoding') = 'UTF8' AS INTEGER) + CAST(0 AS BIGINT)")? == 0 {
        return Err(failed(
            "its encoding is not UTF-8. Make one with: createdb --encoding=UTF8 --template=template0 NAME".to_owned(),
        ));
    }
    session.begin_migration().map_err(said)?;
    let seen = seen(&number).and_then(|seen| match seen {
        None => Err(failed("it holds the tables of another program. Make a database for mspdash alone".to_owned())),
        Some(seen) if seen > migrations::newest(POSTGRES) => {
            Err(failed("it was written by a newer version. Update mspdash".to_owned()))
        }
        Some(seen) => Ok(seen),
    });
    let seen = seen.inspect_err(|_| session.roll_back())?;
    let upgrade = || {
        for migration in POSTGRES.iter().filter(|migration| migration.version > seen) {
            session.execute_batch(migration.sql)?;
            let sql = "INSERT INTO meta (key, value) VALUES ('schema', ?)
                       ON CONFLICT (key) DO UPDATE SET value = excluded.value";
            session.execute(sql, &[sql::ValueRef::Integer(migration.version)])?;
        }
        session.commit()
    };
    upgrade().inspect_err(|_| session.roll_back()).map_err(said)
}

/// Which version of our tables it has: 0 for an empty database, none for one of somebody else.
fn seen(number: &impl Fn(&str) -> Result<i64, StartError>) -> Result<Option<i64>, StartError> {
    let tables = "SELECT count(*) FROM pg_class WHERE relnamespace = CAST(current_schema() AS regnamespace)
                  AND relkind IN ('r', 'p', 'v', 'm')";
    if number(tables)? == 0 {
        return Ok(Some(0));
    }
    let ours = "SELECT count(*) FROM pg_class WHERE relnamespace = CAST(current_schema() AS regnamespace)
                AND relkind = 'r' AND relname IN ('meta', 'words', 'companies')";
    if number(ours)? < 3 {
        return Ok(None);
    }
    let version = number("SELECT coalesce((SELECT value FROM meta WHERE key = 'schema'), 0)")?;
    Ok(Some(version).filter(|version| *version > 0))
}

/// Why it cannot be used, and what to do about it.
fn in_words(error: &sql::Error, address: &PostgresAddress) -> String {
    let sql::Error::Postgres { code, message } = error else {
        let hint = match error.kind() {
            Kind::Away => "Check that it runs and can be reached from here",
            _ => "If it asks for a password, put it into PGPASSWORD, or into a file (PGPASSFILE, or ?passfile=FILE)",
        };
        return format!("{error}. {hint}");
    };
    let name = address.config().get_dbname().unwrap_or_default();
    let hint = match *code {
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            "Check the user, and the password in PGPASSWORD or in the file of PGPASSFILE or ?passfile".to_owned()
        }
        SqlState::INVALID_CATALOG_NAME => format!("Make it with: createdb {name}"),
        SqlState::INSUFFICIENT_PRIVILEGE => {
            "The user needs CREATE on its schema; to own the database is enough".to_owned()
        }
        SqlState::LOCK_NOT_AVAILABLE => "Another program holds it. Try again, or stop that".to_owned(),
        _ => "Check the database's own log".to_owned(),
    };
    format!("{message}. {hint}")
}
