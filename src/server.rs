//! The embedded MSP API: the server behind the sample workspace, and behind `mspdash serve`. It enforces every
//! rule of the contract itself; the dashboard talks to it over real HTTP, like to any other server.

mod admin;
mod auth;
mod connections;
mod error;
mod extract;
mod middleware;
mod query;
mod random;
mod router;
mod routes;
mod sample;
mod sql;
mod state;
mod store;
mod workspace;

use crate::connect::Connector;
use crate::domain::facts::FactSource;
use crate::domain::region::Region;
use crate::domain::session::WorkspaceKind;
use crate::files::{self, FileError};
pub use connections::Limits;
use connections::Site;
use connections::tls::Tls;
pub use connections::tls::{TlsError, TlsFiles};
pub use middleware::faults::Fault;
pub use sql::postgres::address::PostgresAddress;
use state::AppState;
pub use state::poller::{Poller, Polling};
pub use store::pool::maintenance;
pub use store::sources::access as sources;
pub use store::technicians::access::{AccessChange, AccessError, change_access, technicians};
pub use workspace::{NewWorkspace, create};

use ipnet::IpNet;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};

pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// In this file, from run to run. Made when it is not there, readable by its owner alone.
    File(PathBuf),
    Memory,
    /// A team's: several servers may run on it.
    Postgres(PostgresAddress),
}

#[derive(Clone)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    pub database: Database,
    /// Throw away what the database holds and make a new sample.
    pub fresh: bool,
    /// In which data region a new sample is; of an existing workspace it has to be the same. Absent: as it comes, a
    /// new one in Europe.
    pub region: Option<Region>,
    /// Which kind of workspace it has to be. Absent: as it comes, and a new one is a sample.
    pub kind: Option<WorkspaceKind>,
    /// How many companies a new sample has (contract: 48, up to 1,000,000). An existing workspace keeps its size.
    pub sample_size: u32,
    /// Obey the header `x-fault`.
    pub faults: bool,
    /// What a new sample is made from: the same seed gives the same companies.
    pub seed: u64,
    pub clock: Clock,
    /// How many requests one technician may send in a minute.
    pub requests_per_minute: u32,
    /// Names under which it is reached beside its own addresses: a proxy's, a container's.
    pub hosts: Vec<String>,
    /// How long a connection may owe a request, and how many there may be.
    pub limits: Limits,
    /// Speak TLS with this certificate.
    pub tls: Option<TlsFiles>,
    /// Whose word about the client's address is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// Where to answer about the server itself: `/healthz`, `/readyz`, `/metrics`.
    pub admin: Option<SocketAddr>,
    /// How long a graceful stop may take before the rest is cut off.
    pub drain: Duration,
    /// How long a question for changes is held back until there are some (contract: 45 s at most); zero: not at all.
    pub max_wait: Duration,
    /// Reaches 1Password, with the secrets of this machine.
    pub connector: Option<Connector>,
    /// Whether connected companies are read again and again.
    pub polling: Polling,
    /// For how many days what 1Password recorded is kept from now on, by all who write into the workspace. Absent: as it
    /// was, and 400 where nobody ever said.
    pub keep_events: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            database: Database::Memory,
            fresh: false,
            region: None,
            kind: None,
            sample_size: 48,
            faults: false,
            seed: 1,
            clock: Arc::new(crate::clock::now),
            requests_per_minute: 6000,
            hosts: Vec::new(),
            limits: Limits::default(),
            tls: None,
            trusted_proxies: Vec::new(),
            admin: None,
            drain: Duration::from_secs(3),
            max_wait: connections::long_polls::LONGEST,
            connector: None,
            polling: Polling::Off,
            keep_events: None,
        }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("listen", &self.listen)
            .field("database", &self.database)
            .field("fresh", &self.fresh)
            .field("region", &self.region)
            .field("kind", &self.kind)
            .field("sample_size", &self.sample_size)
            .field("faults", &self.faults)
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}

/// Why the server did not start, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("cannot listen on {address}: {error}. Choose another address, or port 0 for a free one")]
    Listen { address: SocketAddr, error: std::io::Error },
    /// The certificate or its key.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The file or its folder cannot be used.
    #[error("cannot use {}: {error}. Check the folder's permissions, or choose another --database", path.display())]
    File { path: PathBuf, error: std::io::Error },
    /// What has the name is no file, not ours, or open to others.
    #[error(transparent)]
    Guarded(FileError),
    /// A file, but no database.
    #[error("{} holds something else than a workspace. Move it away, or choose another --database", path.display())]
    NoWorkspace { path: PathBuf },
    /// It cannot be thrown away: another server or dashboard, or a program of `SQLite`, has it open.
    #[error("{} is in use by another program. Stop it before you throw the workspace away with --fresh", path.display())]
    InUse { path: PathBuf },
    #[error("{} is damaged ({reason}). Keep a copy if you need it, then start with --fresh", path.display())]
    Damaged { path: PathBuf, reason: String },
    /// Written by a newer version of this program.
    #[error("{place} was written by a newer version. Update mspdash, or choose another --database")]
    Newer { place: String },
    #[error("{} is the database of another program. Move it away, or choose another --database", path.display())]
    Foreign { path: PathBuf },
    /// Somebody else is writing for longer than we wait.
    #[error("{} is in use by another program. Stop it, or choose another --database", path.display())]
    Busy { path: PathBuf },
    #[error(
        "{place} holds a workspace of {there}, and companies do not move to {asked}. \
         Make a new one with --fresh, or choose another --data-dir or --database"
    )]
    OtherRegion { place: String, there: String, asked: Region },
    #[error(
        "{place} holds a {there} workspace, and a workspace stays of one kind. Choose another --data-dir or --database"
    )]
    OtherKind { place: String, there: String },
    /// Made, but not filled: `mspdash init` was interrupted.
    #[error("{place} holds no workspace yet. Make one with `mspdash init`")]
    NotBegun { place: String },
    /// `mspdash init` found one.
    #[error(
        "there is a workspace in {place} already. Open it with `mspdash`, or choose another --data-dir or --database"
    )]
    Exists { place: String },
    #[error(
        "{} holds the companies of an MSP and is never thrown away with --fresh. Move the file away yourself if you \
         are sure", path.display()
    )]
    NotThrownAway { path: PathBuf },
    #[error("{} cannot be used as database: {reason}. Check disk space and permissions", path.display())]
    Unusable { path: PathBuf, reason: String },
    /// The database of a team. The reason says what to do.
    #[error("cannot use {place}: {reason}")]
    Postgres { place: String, reason: String },
    /// The sample is larger than the contract allows.
    #[error("a sample of {asked} companies is too large: 1,000,000 at most")]
    TooLarge { asked: u32 },
    #[error(
        "{place} holds a sample, and 1Password records nothing of invented companies. Leave --keep-events out, or choose \
         another --database"
    )]
    NothingRecorded { place: String },
    /// The workspace could not be made or read.
    #[error("the workspace could not be made: {reason}")]
    Workspace { reason: String },
}

/// The way in for one technician. `Debug` hides the secret.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Credential {
    pub display_name: String,
    /// `OWNER`, `ADMINISTRATOR`, `MSP_TECHNICIAN`, `VIEW_ONLY` or `NO_MFA`.
    pub role: String,
    /// For HTTP Basic.
    pub client_id: String,
    /// For HTTP Basic.
    pub client_secret: String,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential")
            .field("display_name", &self.display_name)
            .field("role", &self.role)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// A server that answers. Dropping it asks it to stop; [`Running::stop`] also waits until it has.
pub struct Running {
    app: Arc<AppState>,
    addresses: Vec<SocketAddr>,
    credentials: Vec<Credential>,
    tls: Option<Arc<Tls>>,
    admin: Option<(SocketAddr, JoinHandle<()>)>,
    drain: Duration,
    pollers: JoinSet<()>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running").field("base_url", &self.app.base_url).finish_non_exhaustive()
    }
}

/// Starts the server: when this returns, it listens and answers.
///
/// # Errors
/// The address or the database cannot be used; the error says what to do.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let (listener, bound) = bind(options.listen).await?;
    let admin = match options.admin {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let tls = options.tls.clone().map(Tls::open).transpose()?.map(Arc::new);
    let addresses = connections::addresses::of(&listener, bound);
    let (limits, drain, trusted_proxies) = (options.limits, options.drain, options.trusted_proxies.clone());
    let base_url = base_url(bound, tls.is_some(), options.hosts.first());
    let polling = options.polling;
    let opened = tokio::task::spawn_blocking(move || AppState::open(&options, base_url)).await;
    let app = opened.map_err(|error| StartError::Workspace { reason: error.to_string() })??;
    let app = Arc::new(app);
    let admin = admin.map(|(listener, bound)| (bound, tokio::spawn(serve_admin(listener, Arc::clone(&app)))));
    let pollers = Poller::all(&app, polling).map(Poller::run).collect();
    let (stop, stopped) = oneshot::channel::<()>();
    let told = Arc::clone(&app);
    let stopped = async move {
        // Fails when nobody can tell it any more, which is as good.
        let _ = stopped.await;
        told.long_polls.stop();
    };
    let counted = Arc::clone(&app);
    let count = Box::new(move |open| counted.metrics.connections.store(open, Ordering::Relaxed));
    let site = Site { app: router::app(Arc::clone(&app)), limits, tls: tls.clone(), trusted_proxies, count };
    let task = tokio::spawn(connections::serve(listener, site, stopped));
    Ok(Running { app, addresses, credentials: Vec::new(), tls, admin, drain, pollers, stop: Some(stop), task })
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let refused = |error| StartError::Listen { address, error };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let bound = listener.local_addr().map_err(refused)?;
    Ok((listener, bound))
}

/// To the end of the process: also about a server that stops.
async fn serve_admin(listener: TcpListener, app: Arc<AppState>) {
    let limits = Limits { connections: 16, ..Limits::default() };
    let site = Site { app: admin::app(app), limits, tls: None, trusted_proxies: Vec::new(), count: Box::new(|_| {}) };
    connections::serve(listener, site, std::future::pending()).await;
}

/// The methods and path templates of the API, for the test that holds them against the contract.
pub fn routes() -> impl Iterator<Item = (&'static str, &'static str)> {
    let endpoints = router::table().into_iter().map(|route| route.endpoint);
    endpoints.filter(extract::Endpoint::is_api).map(|endpoint| (endpoint.method, endpoint.template))
}

/// A server on all addresses is reached through the loopback one; with TLS by the name that its certificate has.
fn base_url(bound: SocketAddr, tls: bool, host: Option<&String>) -> String {
    let port = bound.port();
    match (bound, host) {
        (_, Some(host)) if tls => format!("https://{host}:{port}"),
        _ if tls => base_url(bound, false, None).replacen("http:", "https:", 1),
        (SocketAddr::V4(v4), _) if v4.ip().is_unspecified() => format!("http://127.0.0.1:{port}"),
        (SocketAddr::V6(v6), _) if v6.ip().is_unspecified() => format!("http://[::1]:{port}"),
        _ => format!("http://{bound}"),
    }
}

impl Running {
    /// Where it listens, e.g. `http://127.0.0.1:49152`.
    pub fn base_url(&self) -> String {
        self.app.base_url.clone()
    }

    /// Every address that it listens on; of one that stands for all of the machine's, all of those.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// The MSP account's id, part of every path.
    pub fn account_id(&self) -> &str {
        &self.app.account.id
    }

    /// Of the sample's technicians, once they were issued.
    pub fn credentials(&self) -> &[Credential] {
        &self.credentials
    }

    /// Misbehaves on purpose from now on, for every request; `None` ends it. For tests, whatever `--faults` says.
    pub fn set_fault(&self, fault: Option<Fault>) {
        self.app.set_fault(fault);
    }

    /// Waits until [`Fault::Hold`] keeps so many requests from being answered.
    pub async fn held(&self, count: usize) {
        self.app.held(count).await;
    }

    /// Waits until so many questions for changes are held back. For tests.
    pub async fn long_polls(&self, count: usize) {
        self.app.long_polls.held(count).await;
    }

    /// How many answers had which status since the start, of the route with this template, whatever its method: e.g.
    /// `/v1beta1/session`. For tests.
    pub fn answered(&self, template: &str) -> BTreeMap<u16, u64> {
        self.app.metrics.answered(template)
    }

    /// Reads sources of this kind when it is told to. For tests.
    pub fn poller(&self, kind: &FactSource, polling: Polling) -> Option<Poller> {
        Poller::all(&self.app, polling).find(|poller| poller.kind() == kind)
    }

    /// Whether it speaks TLS.
    pub fn speaks_tls(&self) -> bool {
        self.tls.is_some()
    }

    /// Reads certificate and key again. Gives whether they could be used; the log tells why not.
    pub fn reload_tls(&self) -> bool {
        self.tls.as_ref().is_some_and(|tls| tls.reload())
    }

    /// Where it answers about itself.
    pub fn admin_address(&self) -> Option<SocketAddr> {
        self.admin.as_ref().map(|(address, _)| *address)
    }

    /// Takes no more connections, finishes what was begun, and returns; after [`Options::drain`] it leaves the rest. The
    /// workspace is whole in its one file then.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // Nobody listening any more means that it has stopped by itself.
            let _ = stop.send(());
        }
        if tokio::time::timeout(self.drain, &mut self.task).await.is_err() {
            self.task.abort();
        }
        self.pollers.shutdown().await;
        if let Some((_, admin)) = self.admin.take() {
            admin.abort();
        }
        self.app.store.close().await;
    }
}

/// Writes what another program needs to talk to this server (contract: `--credentials FILE`): JSON, readable by
/// its owner alone, complete or not at all. Whether the file that is there may go is for the caller to say.
///
/// # Errors
/// The file cannot be written.
pub fn write_credentials(path: &Path, running: &Running) -> Result<(), FileError> {
    #[derive(Serialize)]
    struct File<'a> {
        base_url: String,
        account_id: &'a str,
        credentials: &'a [Credential],
    }
    let content =
        File { base_url: running.base_url(), account_id: running.account_id(), credentials: running.credentials() };
    let written = serde_json::to_string_pretty(&content);
    let text = written.map_err(|error| FileError::Io { path: path.to_owned(), error: error.into() })?;
    files::replace(path, format!("{text}\n").as_bytes(), false)
}
