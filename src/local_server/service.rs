//! `mspdash serve`: the server for others, until a signal ends it.

#[cfg_attr(unix, path = "service/unix.rs")]
#[cfg_attr(windows, path = "service/windows.rs")]
mod signals;

use super::connections::connector;
use super::workspaces::{database, team_database};
use crate::client::{Client, ClientConfig};
use crate::config::{self, Credentials, Notice, Paths};
use crate::domain::region::Region;
use crate::domain::session::WorkspaceKind;
use crate::files;
use crate::server::{self, Credential, Database, Limits, Options, Polling, Running, StartError, TlsFiles};
use ipnet::IpNet;
use secrecy::ExposeSecret;
use signals::Signals;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

const MAX_CREDENTIALS_BYTES: u64 = 1 << 20;

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
    /// For how many days events of 1Password are kept from now on; as it was when absent.
    pub keep_events: Option<u32>,
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

/// Serves until a signal ends it. Says on `out` where, as soon as it answers.
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
    let connector = if kind == WorkspaceKind::Real { Some(connector()?) } else { None };
    let options = Options {
        connector,
        polling: Polling::All,
        listen: service.listen,
        database,
        kind: Some(kind),
        fresh: service.fresh,
        region: service.region,
        sample_size: service.sample_size,
        faults: service.faults,
        hosts: service.hosts,
        keep_events: service.keep_events,
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
