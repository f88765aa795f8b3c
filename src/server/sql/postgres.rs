//! A session with `PostgreSQL`, used from one blocking thread at a time. A round trip is waited for by that thread; the
//! connection itself is driven by a runtime of the store's own.

pub mod address;
mod placeholders;
mod tls;
pub mod values;

use super::{Access, Error, PREPARED, Result, ValueRef};
use address::PostgresAddress;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row, Statement};

/// The advisory lock of whoever writes to the workspace. It gives all servers what they have of `SQLite`: one writer at a
/// time, and changes that are seen in the order of their numbers.
const WRITERS: i64 = 0x6D73_7064;
/// Of whoever brings the tables up to date: another one, so that a start does not wait behind a writer that hangs.
const MIGRATORS: i64 = 0x6D73_7065;
/// The channel on which servers tell each other of changes.
pub const CHANGES: &str = "mspdash_changes";
/// After so long without an answer the database is not there any more. By itself it gives up before.
const PATIENCE: Duration = Duration::from_secs(20);
/// A migration may write every row anew.
const MIGRATING: Duration = Duration::from_hours(24);

pub struct Session {
    client: Client,
    runtime: Handle,
    /// Drives the connection.
    driver: JoinHandle<()>,
    prepared: RefCell<Cache>,
    state: RefCell<State>,
    /// How long the next transaction waits for others.
    wait: Cell<Duration>,
    patience: Cell<Duration>,
    /// An answer stayed away.
    lost: Cell<bool>,
}

/// Of the transaction.
enum State {
    None,
    /// To be sent with the first statement: it costs no round trip of its own.
    Opening(String),
    Open,
    /// A statement failed: the database takes nothing but a ROLLBACK, and would answer a COMMIT with one.
    Failed,
}

/// Prepared statements by their texts, with when they were last used.
#[derive(Default)]
struct Cache {
    statements: HashMap<String, (Statement, u64)>,
    uses: u64,
}

impl Session {
    pub fn connect(address: &PostgresAddress, runtime: &Handle) -> Result<Self> {
        let tls = address.tls()?;
        let connecting = async { timeout(PATIENCE, address.config().connect(tls)).await };
        let (client, connection) = runtime.block_on(connecting).map_err(|_| silent())??;
        let driver = runtime.spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(error = %Error::from(error), "a connection to the database ended");
            }
        });
        Ok(Self {
            client,
            runtime: runtime.clone(),
            driver,
            prepared: RefCell::default(),
            state: RefCell::new(State::None),
            wait: Cell::new(PATIENCE),
            patience: Cell::new(PATIENCE),
            lost: Cell::new(false),
        })
    }

    pub fn set_wait(&self, wait: Duration) {
        self.wait.set(wait);
    }

    /// Whether it can be used again.
    pub fn is_sound(&self) -> bool {
        !self.lost.get() && !self.client.is_closed()
    }

    /// For whoever writes in READ COMMITTED: one state for all statements would be that from before the wait.
    pub fn begin(&self, access: Access) {
        let opening = match access {
            Access::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY".to_owned(),
            Access::Write => format!(
                "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = {}; \
                 SELECT pg_advisory_xact_lock({WRITERS})",
                self.wait.get().as_millis().max(1)
            ),
        };
        self.state.replace(State::Opening(opening));
    }

    /// Begins a transaction alone among those who bring tables up to date, however long it takes.
    pub fn begin_migration(&self) -> Result<()> {
        self.patience.set(MIGRATING);
        self.state.replace(State::Opening(format!(
            "BEGIN; SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; \
             SELECT pg_advisory_xact_lock({MIGRATORS})"
        )));
        self.execute_batch("SELECT 1")
    }

    pub fn commit(&self) -> Result<()> {
        self.commit_with("")
    }

    /// In one message: the writers' lock is held no longer for it.
    pub fn commit_telling(&self, known: u64) -> Result<()> {
        self.commit_with(&format!(
            "SELECT pg_notify('{CHANGES}', CAST(value AS TEXT)) FROM meta WHERE key = 'seq' AND value > {known}; "
        ))
    }

    fn commit_with(&self, before: &str) -> Result<()> {
        let open = match &*self.state.borrow() {
            State::None | State::Opening(_) => false,
            State::Open => true,
            State::Failed => return Err(Error::Failed),
        };
        if open {
            self.execute_batch(&format!("{before}COMMIT"))?;
        }
        self.patience.set(PATIENCE);
        self.state.replace(State::None);
        Ok(())
    }

    /// Not waited for: whatever is sent next comes behind it.
    pub fn roll_back(&self) {
        self.patience.set(PATIENCE);
        if let State::Open | State::Failed = self.state.replace(State::None) {
            let sent = pin!(self.client.batch_execute("ROLLBACK"));
            // Sent by the first look at it. That the answer is dropped does not matter to the connection.
            let _ = sent.poll(&mut Context::from_waker(Waker::noop()));
        }
    }

    pub fn execute(&self, sql: &str, values: &[ValueRef<'_>]) -> Result<usize> {
        let changed = self.run(async {
            let statement = self.prepare(sql).await?;
            self.client.execute(&statement, &params(values)).await
        })?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    pub fn query(&self, sql: &str, values: &[ValueRef<'_>]) -> Result<Vec<Row>> {
        self.run(async {
            let statement = self.prepare(sql).await?;
            self.client.query(&statement, &params(values)).await
        })
    }

    pub fn execute_batch(&self, sql: &str) -> Result<()> {
        self.run(self.client.batch_execute(sql))
    }

    /// Waits for one answer, and begins the transaction if that is to be done.
    fn run<T>(&self, work: impl Future<Output = std::result::Result<T, tokio_postgres::Error>>) -> Result<T> {
        let state = self.state.replace(State::Open);
        let answer = match state {
            State::Opening(opening) => self.wait_for(async {
                // Both are sent before either is answered.
                let (begun, done) = tokio::join!(biased; self.client.batch_execute(&opening), work);
                begun?;
                done
            }),
            other => {
                self.state.replace(other);
                self.wait_for(work)
            }
        };
        if answer.is_err() {
            let mut state = self.state.borrow_mut();
            if let State::Open = *state {
                *state = State::Failed;
            }
        }
        answer
    }

    fn wait_for<T>(&self, work: impl Future<Output = std::result::Result<T, tokio_postgres::Error>>) -> Result<T> {
        let answer = self.runtime.block_on(async { timeout(self.patience.get(), work).await });
        Ok(answer.map_err(|_| {
            self.lost.set(true);
            silent()
        })??)
    }

    async fn prepare(&self, sql: &str) -> std::result::Result<Statement, tokio_postgres::Error> {
        if let Some(statement) = self.prepared.borrow_mut().find(sql) {
            return Ok(statement);
        }
        let statement = self.client.prepare(&placeholders::numbered(sql)).await?;
        self.prepared.borrow_mut().keep(sql, statement.clone());
        Ok(statement)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Without an answer it would wait for the last ones.
        if self.lost.get() {
            self.driver.abort();
        }
    }
}

impl Cache {
    fn find(&mut self, sql: &str) -> Option<Statement> {
        self.uses += 1;
        let (statement, used) = self.statements.get_mut(sql)?;
        *used = self.uses;
        Some(statement.clone())
    }

    fn keep(&mut self, sql: &str, statement: Statement) {
        if self.statements.len() >= PREPARED
            && let Some(oldest) = self.statements.iter().min_by_key(|(_, (_, used))| *used).map(|(sql, _)| sql.clone())
        {
            self.statements.remove(&oldest);
        }
        self.statements.insert(sql.to_owned(), (statement, self.uses));
    }
}

fn silent() -> Error {
    Error::Connection("the database does not answer".to_owned())
}

fn params<'a>(values: &'a [ValueRef<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| -> &(dyn ToSql + Sync) { value }).collect()
}
