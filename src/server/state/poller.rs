//! Reads connected companies again and again: those that somebody has open soon, the others by and by, few at a time. The
//! schedule is in the database, so that several servers share the work and each company is read by one of them.

mod throttle;

use super::{Account, AppState, SharedState};
use crate::connect::events_api::Followed;
use crate::domain::facts::FactSource;
use crate::domain::source::SourceReason;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;
use crate::server::store::sources::schedule::{self, Readable};
use crate::server::store::sources::{self, SourceRow, events};
use crate::wire::Actor;
use std::time::Duration;
use throttle::Throttle;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};

/// What is read by itself. Each has a host of its own, and a poller.
const KINDS: [FactSource; 2] = [FactSource::UsersApi, FactSource::Events];
/// The longest sleep: what another process connects is found after it.
const LONGEST: Duration = Duration::from_mins(5);
/// How often events that are too old are looked for, in milliseconds: a day.
const SWEEP: i64 = 24 * 3_600_000;
/// The shortest, where something is due that may not be read yet.
const SHORTEST: Duration = Duration::from_millis(100);

/// Whether a server reads connected companies by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Polling {
    /// Only when it is asked.
    #[default]
    Off,
    /// Not with secrets for which the command line of 1Password may ask whoever sits there.
    Quiet,
    All,
}

/// Reads all sources of one kind.
pub struct Poller {
    app: SharedState,
    what: Readable,
    throttle: Throttle,
    looks: watch::Receiver<u64>,
    /// The last look that the schedule knows.
    looked: u64,
    /// When events that are too old were last forgotten, in milliseconds. The start did it.
    swept: i64,
    /// Under way; each ends with why it failed, if it did.
    reading: JoinSet<Option<SourceReason>>,
}

impl Poller {
    /// One for each kind; none where there is nothing to read.
    pub fn all(app: &SharedState, polling: Polling) -> impl Iterator<Item = Self> {
        let reads = polling != Polling::Off && app.is_real() && app.connector.is_some();
        let kinds = if reads { &KINDS[..] } else { &[] };
        kinds.iter().map(move |kind| Self {
            app: SharedState::clone(app),
            what: Readable { kind: kind.clone(), quiet: polling == Polling::Quiet },
            throttle: Throttle::new(app.sent(kind)),
            looks: app.looks.subscribe(),
            looked: 0,
            swept: app.now().as_millisecond(),
            reading: JoinSet::new(),
        })
    }

    pub const fn kind(&self) -> &FactSource {
        &self.what.kind
    }

    /// To the end of the process, or until it is aborted: what is being written then is written.
    pub async fn run(mut self) {
        loop {
            let wait = self.begin().await;
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                // Fails only without the state, which we hold.
                _ = self.looks.changed() => {}
                Some(done) = self.reading.join_next() => self.end(done),
            }
        }
    }

    /// Reads what is due, until nothing is or the host has had enough. Answers how many that were.
    pub async fn read_due(&mut self) -> usize {
        let mut read = 0;
        loop {
            self.begin().await;
            let Some(done) = self.reading.join_next().await else { return read };
            self.end(done);
            read += 1;
        }
    }

    /// Begins to read what is due and may be. Answers for how long there is nothing more to begin, unless a reading ends
    /// or somebody looks.
    async fn begin(&mut self) -> Duration {
        match self.try_begin().await {
            Ok(until) => {
                let wait = until.map_or(LONGEST, |until| milliseconds(until - self.app.now().as_millisecond()));
                wait.clamp(SHORTEST, LONGEST)
            }
            Err(error) => {
                tracing::warn!(%error, "connected companies are not read");
                LONGEST
            }
        }
    }

    /// Until when there is nothing more to begin.
    async fn try_begin(&mut self) -> Result<Option<i64>, StoreError> {
        let newest = *self.looks.borrow_and_update();
        let looks = if newest > self.looked { self.app.looks.since(self.looked) } else { Vec::new() };
        if !looks.is_empty() {
            let (kind, now) = (self.what.kind.clone(), self.app.now().as_millisecond());
            let note = self
                .app
                .store
                .write(move |tx| looks.iter().try_for_each(|company| schedule::look(tx, &kind, company, now)));
            note.await?;
        }
        self.looked = newest;
        self.sweep().await?;
        let next = self.next().await?;
        let now = self.app.now().as_millisecond();
        let free = self.throttle.free(now, self.app.sent(&self.what.kind), self.reading.len());
        if free == 0 || next.is_none_or(|next| next > now) {
            // While something is read, its end comes first.
            let opens = if self.reading.is_empty() { self.throttle.opens() } else { i64::MAX };
            return Ok(next.map(|next| if free == 0 { next.max(opens) } else { next }));
        }
        let what = self.what.clone();
        for row in self.app.store.write(move |tx| schedule::lease(tx, &what, now, free)).await? {
            self.reading.spawn(read(SharedState::clone(&self.app), row));
        }
        self.next().await
    }

    /// Reading a company forgets what is too old of it; this is for those that are not read.
    async fn sweep(&mut self) -> Result<(), StoreError> {
        let now = self.app.now().as_millisecond();
        if self.what.kind == FactSource::Events && now.saturating_sub(self.swept) >= SWEEP {
            self.app.store.write(move |tx| events::forget_old(tx, now)).await?;
            self.swept = now;
        }
        Ok(())
    }

    async fn next(&self) -> Result<Option<i64>, StoreError> {
        let what = self.what.clone();
        self.app.store.read(move |db| schedule::next(db, &what)).await
    }

    fn end(&mut self, done: Result<Option<SourceReason>, JoinError>) {
        match done {
            Ok(failed) => self.throttle.note(failed.as_ref(), self.app.now().as_millisecond()),
            Err(error) => tracing::error!(%error, "reading a company died"),
        }
    }
}

/// Reads one source and keeps what it said. Answers why it failed, if it did.
async fn read(app: SharedState, row: SourceRow) -> Option<SourceReason> {
    let company = row.company_id.clone();
    let (failed, kept) = match row.source {
        FactSource::UsersApi => {
            let outcome = app.read_source(&row).await;
            let failed = outcome.as_ref().err().map(|failure| failure.reason.clone());
            let requester = app.as_itself();
            let keep = app.store.write(move |tx| sources::store_outcome(tx, &requester, &row, &outcome));
            (failed, keep.await.map(drop))
        }
        FactSource::Events => read_events(&app, row).await,
        _ => return None,
    };
    match kept {
        // Disconnected meanwhile.
        Ok(()) | Err(StoreError::NotFound) => {}
        Err(error) => tracing::warn!(%error, company, "what a source said is not kept"),
    }
    failed
}

async fn read_events(app: &SharedState, row: SourceRow) -> (Option<SourceReason>, Result<(), StoreError>) {
    let n = row.n;
    let marks = match app.store.read(move |db| events::marks(db, n)).await {
        Ok(marks) => marks,
        Err(error) => return (None, Err(error)),
    };
    let outcome = app.read_events(&row, &marks).await;
    let failed = outcome.as_ref().map_or_else(Some, Followed::failure).map(|failure| failure.reason.clone());
    let requester = app.as_itself();
    let keep = app.store.write(move |tx| events::store_outcome(tx, &requester, &row, &outcome));
    (failed, keep.await.map(drop))
}

fn milliseconds(time: i64) -> Duration {
    Duration::from_millis(u64::try_from(time).unwrap_or(0))
}

impl AppState {
    fn sent(&self, kind: &FactSource) -> u64 {
        let region = self.account.region.parse().unwrap_or_default();
        self.connector.as_ref().map_or(0, |connector| connector.sent(kind, region))
    }

    /// The server, which observes by itself.
    fn as_itself(&self) -> Requester {
        let Account { id, region, .. } = &self.account;
        let mut scope = RequestScope::of_nobody(id, region, &self.database_id, self.now().as_millisecond());
        scope.real = true;
        let actor = Actor { id: "SERVER".to_owned(), display_name: "Server".to_owned() };
        Requester::by(scope, actor, (String::new(), None))
    }
}
