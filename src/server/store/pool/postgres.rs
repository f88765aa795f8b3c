//! Sessions with `PostgreSQL`: as many as there is work for, within bounds, and one writer at a time in all servers.

pub mod prepare;

use super::{listener, read_on};
use crate::server::StartError;
use crate::server::sql::postgres::Session;
use crate::server::sql::postgres::address::PostgresAddress;
use crate::server::sql::{self, Access, Connection};
use crate::server::store::error::StoreError;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::Instant;

/// Of one server. A database takes 100 sessions unless it is told otherwise.
const READERS: usize = 10;
/// One writes, and the next one waits at the database already.
const WRITERS: usize = 2;
/// The start may have to wait for another server that fills a new workspace.
const STARTING: Duration = Duration::from_mins(1);

pub struct Pool {
    sessions: Arc<Sessions>,
    readers: Arc<Semaphore>,
    writers: Arc<Semaphore>,
}

pub struct Sessions {
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
        if fresh {
            let told = "--fresh throws away files alone. Drop the database and make it anew";
            return Err(prepare::failed(address, told.to_owned()));
        }
        let sessions = Sessions::open(address)?;
        prepare::prepare(&sessions.first()?, address)?;
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
    /// Connects to nothing yet.
    pub fn open(address: &PostgresAddress) -> Result<Self, StartError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("database").enable_all().build();
        let runtime = runtime.map_err(|error| prepare::failed(address, error.to_string()))?;
        let runtime = Driver(Some(runtime));
        Ok(Self { address: address.clone(), idle: Mutex::new(Some(Vec::new())), runtime })
    }

    /// A session outside the pool, before anybody waits; if there is none, the error says what to do. Blocks.
    pub fn first(&self) -> Result<Session, StartError> {
        self.connect().map_err(|error| prepare::in_words(&error, &self.address))
    }

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
