//! What all requests share.

mod events;
mod looks;
pub mod poller;
mod sources;

use super::admin::metrics::Metrics;
use super::auth::local::LocalCredentials;
use super::auth::{Limiter, Technician};
use super::connections::long_polls::LongPolls;
use super::extract::text_header;
use super::middleware::faults::Fault;
use super::sample::generate as sample;
use super::store::companies::import::look_alikes::Names;
use super::store::companies::recent::Recent;
use super::store::companies::row::RequestScope;
use super::store::companies::{self, expirations, name_keys};
use super::store::error::StoreError;
use super::store::links::LinkUrls;
use super::store::meta;
use super::store::people::due_recoveries::Due;
use super::store::pool::Store;
use super::store::sample_seed::SampleSeed;
use super::store::sources::events as recorded;
use super::store::usage::Totals;
use super::workspace;
use super::{Clock, Limits, Options, StartError};
use crate::connect::Connector;
use crate::domain::region::Region;
use crate::domain::session::WorkspaceKind;
use crate::server::sql::{Connection, Transaction};
use axum::http::HeaderMap;
use jiff::Timestamp;
use looks::Looks;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, watch};

/// The largest sample (contract: *The embedded server*).
const LARGEST_SAMPLE: u32 = 1_000_000;
/// How long a change token of a database without news stays good, in milliseconds: 30 days.
const TOMBSTONES_KEPT: i64 = 30 * 24 * 3_600_000;

pub struct Account {
    pub id: String,
    pub name: String,
    pub region: String,
    pub sign_in_host: String,
}

/// The state as the router has it.
pub type SharedState = Arc<AppState>;

/// The same as a handler is given it.
pub type App = axum::extract::State<SharedState>;

/// The server's state.
pub struct AppState {
    pub store: Arc<Store>,
    pub kind: WorkspaceKind,
    pub account: Account,
    pub local_credentials: LocalCredentials,
    pub limiter: Limiter,
    /// Names under which it is reached beside its addresses, in lower case.
    pub hosts: Vec<String>,
    pub requests_per_minute: u32,
    pub base_url: String,
    /// Part of every etag and change token: those of another database never fit.
    pub database_id: String,
    /// What the sample is made from; `None` in a REAL workspace, where nothing is invented.
    pub sample: Option<SampleSeed>,
    pub recoveries: Arc<Due>,
    pub usage_totals: Totals,
    pub import_names: Arc<Names>,
    pub long_polls: LongPolls,
    pub recent: Recent,
    pub limits: Limits,
    pub metrics: Metrics,
    clock: Clock,
    /// Reaches 1Password; `None` where there are no secrets.
    connector: Option<Connector>,
    pub looks: Looks,
    act_locks: Mutex<HashMap<i64, Arc<tokio::sync::Mutex<()>>>>,
    faults: bool,
    fault: Mutex<Option<Fault>>,
    held: watch::Sender<usize>,
    released: Notify,
}

impl AppState {
    /// Opens the database and fills a new one.
    pub fn open(options: &Options, base_url: String) -> Result<Self, StartError> {
        if options.sample_size > LARGEST_SAMPLE {
            return Err(StartError::TooLarge { asked: options.sample_size });
        }
        let failed = |fail: StoreError| StartError::Workspace { reason: fail.to_string() };
        let store = Store::open(&options.database, options.fresh)?;
        let kind = store.read_now(workspace::kind).map_err(failed)?;
        workspace::of_kind(&store, kind.as_ref(), options.kind.as_ref())?;
        if options.keep_events.is_some() && kind != Some(WorkspaceKind::Real) {
            return Err(StartError::NothingRecorded { place: store.place() });
        }
        if let Some(asked) = options.region {
            same_region(&store, asked)?;
        }
        let now = whole_milliseconds((options.clock)());
        store.write_now(|tx| initialize(tx, options, now)).map_err(failed)?;
        store.read_now(|db| Self::load(db, options, base_url)).map_err(failed).map(|load| load(store))
    }

    fn load(
        db: &Connection,
        options: &Options,
        base_url: String,
    ) -> Result<impl FnOnce(Store) -> Self + use<>, StoreError> {
        let text = |key: &str| meta::word(db, key);
        let account = Account {
            id: text("account_id")?,
            name: text("account_name")?,
            region: text("region")?,
            sign_in_host: text("sign_in_host")?,
        };
        let kind = workspace::kind(db)?.unwrap_or(WorkspaceKind::Sample);
        let real = kind == WorkspaceKind::Real;
        let sample = if real { None } else { Some(SampleSeed::load(db)?) };
        let database_id = text("database_id")?;
        let hosts = options.hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        let limits = options.limits;
        let long_polls = LongPolls::new(options.max_wait, limits.connections);
        let connector = options.connector.clone();
        let (clock, faults, limit) = (Arc::clone(&options.clock), options.faults, options.requests_per_minute);
        Ok(move |store| Self {
            store: Arc::new(store),
            kind,
            account,
            local_credentials: LocalCredentials::default(),
            limiter: Limiter::new(limit),
            hosts,
            requests_per_minute: limit,
            base_url,
            database_id,
            sample,
            recoveries: Arc::default(),
            usage_totals: Totals::default(),
            import_names: Arc::default(),
            long_polls,
            recent: Recent::default(),
            limits,
            metrics: Metrics::default(),
            clock,
            connector,
            looks: Looks::default(),
            act_locks: Mutex::default(),
            faults,
            fault: Mutex::new(None),
            held: watch::Sender::new(0),
            released: Notify::new(),
        })
    }

    /// The time, in whole milliseconds as the database keeps it.
    pub fn now(&self) -> Timestamp {
        whole_milliseconds((self.clock)())
    }

    /// What one technician sees at one time.
    pub fn scope(&self, who: &Technician, now: Timestamp) -> RequestScope {
        let Account { id, region, .. } = &self.account;
        let mut scope = RequestScope::of_nobody(id, region, &self.database_id, now.as_millisecond());
        scope.bit = who.bit();
        scope.real = self.is_real();
        scope
    }

    /// Whether the companies are an MSP's own, and nothing about them is invented.
    pub fn is_real(&self) -> bool {
        self.kind == WorkspaceKind::Real
    }

    /// What the sample is made from.
    /// 404 in a REAL workspace, where nothing is made up.
    pub fn sample(&self) -> Result<SampleSeed, StoreError> {
        self.sample.ok_or(StoreError::NotFound)
    }

    /// What addresses of link requests begin with.
    pub fn links(&self) -> LinkUrls {
        LinkUrls {
            prefix: format!("/v1beta1/accounts/{}/link_requests/", self.account.id),
            base: self.base_url.clone(),
            region: self.account.region.clone(),
        }
    }

    /// How to misbehave for this request, if at all.
    pub fn fault(&self, headers: &HeaderMap) -> Option<Fault> {
        let set = *self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        set.or_else(|| Fault::parse(&text_header(headers, "x-fault").filter(|_| self.faults)?))
    }

    /// Misbehaves from now on.
    pub fn set_fault(&self, fault: Option<Fault>) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
        self.released.notify_waiters();
    }

    /// Waits as long as requests are held back.
    pub async fn hold(&self) {
        let held = || *self.fault.lock().unwrap_or_else(PoisonError::into_inner) == Some(Fault::Hold);
        // A client that hangs up takes its request with it: counted down in any case.
        let _one = Held::new(&self.held);
        loop {
            // Made before the look, so that no release falls between.
            let released = self.released.notified();
            if !held() {
                break;
            }
            released.await;
        }
    }

    /// Waits until so many requests are held back.
    pub async fn held(&self, count: usize) {
        // Fails only without a sender, which is our own.
        let _ = self.held.subscribe().wait_for(|held| *held >= count).await;
    }
}

/// One request that is held back.
struct Held<'a>(&'a watch::Sender<usize>);

impl<'a> Held<'a> {
    fn new(count: &'a watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}

/// A workspace stays where it was made: companies do not move between data regions.
fn same_region(store: &Store, asked: Region) -> Result<(), StartError> {
    let there = store.read_now(|db| meta::find_word(db, "region"));
    match there.map_err(|fail| StartError::Workspace { reason: fail.to_string() })? {
        Some(there) if there != asked.as_str() => Err(StartError::OtherRegion { place: store.place(), there, asked }),
        _ => Ok(()),
    }
}

/// Makes the workspace in a new database; takes old tombstones out of an existing one.
fn initialize(tx: &Transaction<'_>, options: &Options, now: Timestamp) -> Result<(), StoreError> {
    expirations::initialize(tx, now.as_millisecond())?;
    name_keys::renew(tx)?;
    let Some(kind) = workspace::kind(tx)? else {
        let database_id = workspace::begin(tx, &WorkspaceKind::Sample, now.as_millisecond())?;
        let region = options.region.unwrap_or_default();
        let seed = sample::seed(options.seed, region);
        let origin = SampleSeed { seed, created: now.as_millisecond(), region };
        return sample::create(tx, &origin, &database_id, options.sample_size);
    };
    companies::forget_removed(tx, now.as_millisecond().saturating_sub(TOMBSTONES_KEPT))?;
    if kind == WorkspaceKind::Real {
        if let Some(days) = options.keep_events {
            recorded::set_kept(tx, days)?;
        }
        return recorded::forget_old(tx, now.as_millisecond());
    }
    if meta::find_number(tx, "outside")?.is_none() {
        // A workspace of an older version: its audit events are its own, but there were no accounts to link yet.
        sample::insert_links(tx, &SampleSeed { created: now.as_millisecond(), ..SampleSeed::load(tx)? })?;
    }
    // An older version left the people of large samples for later.
    sample::materialize_recoveries(tx, &SampleSeed::load(tx)?)
}

fn whole_milliseconds(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}
