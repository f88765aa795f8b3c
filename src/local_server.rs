//! Starts the server of this process as the configuration says, and makes workspaces. The dashboard and the one-shot
//! commands talk to it over real HTTP, with a sample technician's credential or with one that this process alone has,
//! as to any other server.
//!
//! The one module that knows both `config` and `server`: it keeps `runtime` and `cli` free of the server.

use crate::client::{Client, ClientConfig};
use crate::config::{self, Config, Credentials, Notice, Paths, ROLE, Source, Workspace};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::AccountId;
use crate::domain::region::Region;
use crate::domain::session::WorkspaceKind;
use crate::domain::technician::{Enrolment, Technician};
use crate::files;
pub use crate::server::maintenance;
use crate::server::maintenance::Copied;
use crate::server::{self, Credential, Database, Options, PostgresAddress, Running, StartError};
pub use crate::server::{AccessChange, AccessError, Limits, NewWorkspace, TlsFiles};
use ipnet::IpNet;
use secrecy::ExposeSecret;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};

const MAX_CREDENTIALS_BYTES: u64 = 1 << 20;

#[derive(Debug)]
pub struct LocalServer {
    pub endpoint: ClientConfig,
    /// Why the workspace is not kept, if it is not.
    pub notice: Option<Notice>,
    running: Running,
}

impl LocalServer {
    /// Starts the server on a free port of the loopback. When this returns, it answers.
    ///
    /// # Errors
    /// The database cannot be used, or has no such technician; `detail` says what to do.
    pub async fn start(config: &Config) -> Result<Self, Error> {
        let (options, notice) = embedded(config)?;
        let running = server::start(options).await.map_err(|error| start_error(&for_dashboard(&error.to_string())))?;
        let technician = match &config.source {
            Source::Embedded { role, .. } => running.local_credential(role).await,
            _ => running.local_owner().await,
        };
        let technician = technician.map_err(|error| start_error(&no_credential(&error)))?;
        let endpoint = ClientConfig {
            base_url: running.base_url().parse().map_err(|_| start_error("its own address cannot be used"))?,
            account: Some(AccountId::new(running.account_id())),
            client_id: technician.client_id.clone(),
            client_secret: technician.client_secret.as_str().into(),
            read_only: config.read_only,
            ca_file: None,
        };
        Ok(Self { endpoint, notice, running })
    }

    /// Stops the server; what was begun is finished, for at most some seconds.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}

/// How the server of a dashboard runs, and why its workspace is not kept, if it is not.
fn embedded(config: &Config) -> Result<(Options, Option<Notice>), Error> {
    match &config.source {
        Source::Embedded { fresh, sample_size, .. } => {
            let (database, notice) = database(None, None, &config.paths).map_err(|reason| start_error(&reason))?;
            let kind = Some(WorkspaceKind::Sample);
            Ok((Options { database, kind, fresh: *fresh, sample_size: *sample_size, ..Options::default() }, notice))
        }
        Source::Own { workspace } => {
            let (database, kind) = (Database::File(workspace.clone()), Some(WorkspaceKind::Real));
            Ok((Options { database, kind, ..Options::default() }, None))
        }
        Source::Profiles(_) => Err(start_error("another server is configured")),
    }
}

/// Makes the workspace of the user's own companies: in this file, or in its place in the data directory. Returns what
/// to do next.
///
/// # Errors
/// A sentence that says what to do.
pub fn init(new: &NewWorkspace, database: Option<&Path>, paths: &Paths) -> Result<String, String> {
    let own = paths.own_workspace_file();
    let file = database.map(Path::to_owned).or_else(|| own.clone());
    let file = file.ok_or("there is no home directory. Say where with --data-dir DIR or --database FILE")?;
    let database = team_database(Some(&file))?.unwrap_or_else(|| Database::File(file.clone()));
    server::create(&database, new).map_err(|error| error.to_string())?;
    let next = if own.as_ref() == Some(&file) {
        "Open it: mspdash".to_owned()
    } else {
        format!("Serve it: mspdash serve --database {}", files::shell_word(&file))
    };
    let NewWorkspace { name, region, technician, .. } = new;
    let file = file.display();
    Ok(format!("Made the workspace of {name} ({region}) in {file}. Its first owner is {technician}.\n{next}"))
}

/// How `mspdash serve` runs the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    pub listen: SocketAddr,
    /// The data region of the workspace; whatever it is, or the first for a new one, when absent.
    pub region: Option<Region>,
    /// Where the workspace is kept, a file or `postgres://…`; the region's place in the data directory when absent.
    pub database: Option<PathBuf>,
    /// Where to write how the technicians of a sample sign in; those of a REAL workspace have credentials already.
    pub credentials: Option<PathBuf>,
    pub sample_size: u32,
    /// Throw the workspace away and make a new one.
    pub fresh: bool,
    pub faults: bool,
    /// Names under which it is reached beside its own addresses.
    pub hosts: Vec<String>,
    pub network: Network,
}

/// How `mspdash serve` is reached, and what it allows; see [`Options`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    pub tls: Option<TlsFiles>,
    pub trusted_proxies: Vec<IpNet>,
    pub admin: Option<SocketAddr>,
    pub limits: Limits,
    pub max_wait: Duration,
    pub requests_per_minute: u32,
    pub drain: Duration,
}

/// Serves until INT, TERM or HUP. Says on `out` where, as soon as it answers.
///
/// # Errors
/// A sentence that says what to do.
pub async fn serve(service: Service, paths: &Paths, out: &mut dyn Write, err: &mut dyn Write) -> Result<(), String> {
    // Caught before anything is announced: whoever reads the address may send a signal at once.
    let mut signals = Signals::catch().map_err(|error| format!("signals cannot be caught: {error}"))?;
    let (database, kind, notice) = served(&service, paths)?;
    if let Some(notice) = notice {
        let _ = writeln!(err, "mspdash: {notice}.");
    }
    // Before anything else is done: with --fresh a workspace would be gone already.
    let file = service.credentials.as_deref();
    let previous = file.map(previous_credentials).transpose()?.flatten();
    let network = service.network;
    let options = Options {
        listen: service.listen,
        database,
        kind: Some(kind),
        fresh: service.fresh,
        region: service.region,
        sample_size: service.sample_size,
        faults: service.faults,
        hosts: service.hosts,
        tls: network.tls,
        trusted_proxies: network.trusted_proxies,
        admin: network.admin,
        limits: network.limits,
        max_wait: network.max_wait,
        requests_per_minute: network.requests_per_minute,
        drain: network.drain,
        ..Options::default()
    };
    let mut running = server::start(options).await.map_err(|error| for_service(&error))?;
    let written = match file {
        Some(file) => write_credentials(file, previous, &mut running, service.fresh).await,
        None => Ok(false),
    };
    let replaced = match written {
        Ok(replaced) => replaced,
        Err(reason) => {
            running.stop().await;
            return Err(reason);
        }
    };
    if let Some(file) = file.filter(|_| replaced) {
        let file = file.display();
        let _ = writeln!(
            err,
            "mspdash: {file} did not have the client secrets of this workspace: it has new ones now, and older ones are no longer good."
        );
    }
    // A closed standard output is no reason to stop serving.
    let _ = announce(out, &running, file);
    let _ = warn(err, &running, file);
    signals.until_stop(&running).await;
    tokio::select! {
        () = running.stop() => {}
        // Whoever asks twice does not want to wait.
        () = signals.any() => {}
    }
    Ok(())
}

/// What is served: a sample, of which credentials are written, or the workspace that `mspdash init` made.
fn served(service: &Service, paths: &Paths) -> Result<(Database, WorkspaceKind, Option<Notice>), String> {
    if service.credentials.is_some() {
        let (database, notice) = database(service.database.clone(), service.region, paths)?;
        return Ok((database, WorkspaceKind::Sample, notice));
    }
    let file = service.database.clone().or_else(|| paths.own_workspace_file());
    let file = file.ok_or("there is no home directory. Say what to serve with --database FILE")?;
    if let Some(database) = team_database(Some(&file))? {
        return Ok((database, WorkspaceKind::Real, None));
    }
    if !file.exists() {
        return Err(format!(
            "there is no workspace in {}. Make one with `mspdash init`, or serve a sample with --credentials FILE",
            file.display()
        ));
    }
    Ok((Database::File(file), WorkspaceKind::Real, None))
}

fn for_service(error: &StartError) -> String {
    match error {
        StartError::OtherKind { place, there } if there == WorkspaceKind::Real.as_str() => {
            format!("{place} is no sample: its technicians have credentials of their own. Leave --credentials out")
        }
        StartError::OtherKind { place, .. } => {
            format!("{place} is a sample: say with --credentials FILE where to write how to sign in")
        }
        other => other.to_string(),
    }
}

/// What this file has; `None` if there is no file or an empty one. Any other is not ours to overwrite.
fn previous_credentials(file: &Path) -> Result<Option<Credentials>, String> {
    let content = files::read(file, MAX_CREDENTIALS_BYTES).map_err(|refusal| refusal.to_string())?.unwrap_or_default();
    if content.is_empty() {
        return Ok(None);
    }
    let content = content.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&content);
    let foreign = |_| format!("{} holds something else than credentials. Choose another --credentials", file.display());
    serde_json::from_slice(content).map(Some).map_err(foreign)
}

/// Not over those of another account: its server may run beside this one. Says whether secrets were replaced.
async fn write_credentials(
    file: &Path,
    previous: Option<Credentials>,
    running: &mut Running,
    fresh: bool,
) -> Result<bool, String> {
    let account = previous.as_ref().and_then(|previous| previous.account_id.as_deref());
    if !fresh && account.is_some_and(|account| account != running.account_id()) {
        let file = file.display();
        return Err(format!("{file} holds the credentials of another account. Choose another --credentials"));
    }
    let known = previous.map(|previous| previous.credentials).unwrap_or_default();
    let known: Vec<_> = known.into_iter().map(known_credential).collect();
    let replaced = running.issue_credentials(&known).await?;
    let written = server::write_credentials(file, running);
    written.map_err(|refusal| format!("the credentials cannot be written: {refusal}"))?;
    Ok(replaced)
}

fn known_credential(read: config::Credential) -> Credential {
    let config::Credential { display_name, role, client_id, client_secret } = read;
    Credential { display_name, role, client_id, client_secret: client_secret.expose_secret().to_owned() }
}

/// Changes the access of a technician in a workspace: the file or `postgres://…`, or the region's place in the data
/// directory. `who` is left out of account when one is added.
///
/// # Errors
/// What to do, in a sentence.
pub fn change_access(
    (file, region): (Option<&Path>, Option<Region>),
    paths: &Paths,
    who: &str,
    change: &AccessChange,
) -> Result<Enrolment, AccessError> {
    let by = ["LOGNAME", "USER"].iter().find_map(|name| std::env::var(name).ok());
    let database = workspace(file, region, paths).map_err(AccessError::Refused)?;
    server::change_access(&database, who, change, &by.unwrap_or_default())
}

/// The technicians of a workspace, found as by [`change_access`].
///
/// # Errors
/// What to do, in a sentence.
pub fn technicians(
    (file, region): (Option<&Path>, Option<Region>),
    paths: &Paths,
) -> Result<Vec<Technician>, AccessError> {
    server::technicians(&workspace(file, region, paths).map_err(AccessError::Refused)?)
}

fn workspace(place: Option<&Path>, region: Option<Region>, paths: &Paths) -> Result<Database, String> {
    match team_database(place)? {
        Some(database) => Ok(database),
        None => workspace_file(place.map(Path::to_owned), region, paths).map(Database::File),
    }
}

/// The file of a workspace: this one, else the user's own, else the region's sample in the data directory.
///
/// # Errors
/// There is no data directory.
pub fn workspace_file(file: Option<PathBuf>, region: Option<Region>, paths: &Paths) -> Result<PathBuf, String> {
    let own = || paths.own_workspace_file().filter(|own| region.is_none() && own.exists());
    if let Some(file) = file.or_else(own) {
        return Ok(file);
    }
    match database(None, region, paths)?.0 {
        Database::File(file) => Ok(file),
        Database::Memory | Database::Postgres(_) => Err("there is no workspace on the disk".to_owned()),
    }
}

/// Copies a workspace from its file into an empty database of `PostgreSQL`.
///
/// # Errors
/// A sentence that says what to do.
pub fn copy_to_postgres(from: &Path, to: &str) -> Result<Copied, String> {
    const TO: &str = "TO is a PostgreSQL database: postgres://USER@HOST/DATABASE";
    if from.to_str().is_some_and(PostgresAddress::is_meant) {
        return Err(format!("FROM is the file of a workspace, and {TO}. Back from there nothing is copied"));
    }
    let Some(Database::Postgres(address)) = team_database(Some(Path::new(to)))? else {
        return Err(format!("{TO}. To copy a workspace to a file: mspdash db backup FILE"));
    };
    maintenance::copy_to_postgres(from, &address).map_err(|error| error.to_string())
}

fn announce(out: &mut dyn Write, running: &Running, file: Option<&Path>) -> io::Result<()> {
    let own = running.base_url();
    writeln!(out, "Serving the MSP API at {own}")?;
    let scheme = if running.speaks_tls() { "https" } else { "http" };
    for further in running.addresses().iter().map(|address| format!("{scheme}://{address}")).filter(|url| *url != own) {
        writeln!(out, "                   and at {further}")?;
    }
    if let Some(admin) = running.admin_address() {
        writeln!(out, "Health and figures at http://{admin}/healthz, /readyz and /metrics")?;
    }
    match file {
        Some(file) => writeln!(out, "In another terminal: mspdash --credentials {}", file.display())?,
        None => writeln!(out, "Technicians sign in with their own credentials.")?,
    }
    out.flush()
}

/// For a server that others reach over a network.
fn warn(err: &mut dyn Write, running: &Running, file: Option<&Path>) -> io::Result<()> {
    if running.speaks_tls() || running.addresses().iter().all(|address| address.ip().to_canonical().is_loopback()) {
        return Ok(());
    }
    writeln!(
        err,
        "mspdash: WARNING: this is plain http. Whoever is on the way reads secrets, tokens and companies. Let nobody \
         but the proxy that ends TLS reach this server."
    )?;
    if let Some(file) = file.filter(|_| !client_accepts(running)) {
        writeln!(
            err,
            "mspdash: no dashboard signs in with {}: it takes plain http from its own machine alone. Write the proxy's \
             https address there as base_url.",
            file.display()
        )?;
    }
    Ok(())
}

/// Whether the program's own client takes the address that the credentials name.
fn client_accepts(running: &Running) -> bool {
    let Ok(base_url) = running.base_url().parse() else { return false };
    let (client_id, client_secret) = (String::new(), String::new().into());
    Client::new(ClientConfig { base_url, account: None, client_id, client_secret, read_only: true, ca_file: None })
        .is_ok()
}

fn database(
    file: Option<PathBuf>,
    region: Option<Region>,
    paths: &Paths,
) -> Result<(Database, Option<Notice>), String> {
    if let Some(database) = team_database(file.as_deref())? {
        return Ok((database, None));
    }
    Ok(match file.map_or_else(|| paths.workspace_in(region.unwrap_or_default()), Workspace::Kept) {
        Workspace::Kept(file) => (Database::File(file), None),
        Workspace::InMemory(notice) => (Database::Memory, Some(notice)),
    })
}

/// The database that an address means, if it is one and no file.
fn team_database(place: Option<&Path>) -> Result<Option<Database>, String> {
    let Some(address) = place.and_then(Path::to_str).filter(|text| PostgresAddress::is_meant(text)) else {
        return Ok(None);
    };
    let env = |name: &str| std::env::var(name).ok();
    PostgresAddress::read(address, &env).map(Database::Postgres).map(Some)
}

fn no_credential(error: &AccessError) -> String {
    match error {
        AccessError::NoOwner => error.to_string(),
        AccessError::Nobody { who, known } => {
            format!("the sample has no technician {who}; there are {} (--as {ROLE})", known.join(", "))
        }
        other => other.to_string(),
    }
}

/// The server's advice without the flag that only `serve` has: this workspace lies in the data directory.
fn for_dashboard(said: &str) -> String {
    said.replace("--data-dir or --database", "--data-dir").replace("--database", "--data-dir")
}

fn start_error(detail: &str) -> Error {
    Error { detail: detail.to_owned(), ..Error::new(Operation::Start, Cause::Local, RetryAdvice::Never) }
}

/// The signals that end a server in good order, or have it read its certificate again.
struct Signals {
    int: Signal,
    term: Signal,
    hup: Signal,
}

impl Signals {
    fn catch() -> io::Result<Self> {
        let [int, term, hup] = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(signal);
        Ok(Self { int: int?, term: term?, hup: hup? })
    }

    async fn any(&mut self) {
        tokio::select! {
            _ = self.int.recv() => {}
            _ = self.term.recv() => {}
            _ = self.hup.recv() => {}
        }
    }

    /// HUP ends a server too, unless it has something to read again.
    async fn until_stop(&mut self, running: &Running) {
        loop {
            tokio::select! {
                _ = self.int.recv() => return,
                _ = self.term.recv() => return,
                _ = self.hup.recv() => {
                    if !running.speaks_tls() {
                        return;
                    }
                    running.reload_tls();
                }
            }
        }
    }
}
