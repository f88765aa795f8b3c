//! The server of a journey, its clock, and what a journey begins with.

use super::SecondClient;
use crate::support::{clock, real};
use jiff::{SignedDuration, Timestamp};
use mspdash::client::{Client, ClientConfig, Limits};
use mspdash::domain::id::AccountId;
use mspdash::domain::lang::Lang;
use mspdash::domain::session::WorkspaceKind;
use mspdash::server::{self, Credential, Database, Running};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// The time, for server and screen alike; it stands still unless it is moved.
#[derive(Clone)]
pub struct Clock(Arc<Mutex<Timestamp>>);

impl Clock {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(clock::start())))
    }

    pub fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    /// It is so much later, or earlier, and nobody noticed.
    pub fn jumps(&self, seconds: i64) {
        self.set(self.now().checked_add(SignedDuration::from_secs(seconds)).unwrap());
    }

    pub(super) fn set(&self, moment: Timestamp) {
        *self.0.lock().unwrap() = moment;
    }
}

/// What a journey begins with.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own, named where it is made")]
pub struct Scenario {
    pub lang: Lang,
    pub role: &'static str,
    pub read_only: bool,
    pub browser: bool,
    pub size: (u16, u16),
    /// The workspace is a file, so that the server can be stopped and started again.
    pub kept: bool,
    /// An MSP's own workspace, empty at first; its role is `OWNER`.
    pub real: bool,
    /// Companies of the workspace.
    pub companies: u32,
    /// Requests that a technician may send in a minute.
    pub allowance: u32,
    /// Requests go through this address instead of straight to the server.
    pub through: Option<SocketAddr>,
    /// How long the server holds questions for changes back; zero: the dashboard polls, as the clock is moved.
    pub max_wait: Duration,
}

impl Default for Scenario {
    fn default() -> Self {
        let (lang, role) = (Lang::En, "MSP_TECHNICIAN");
        let (size, companies, allowance) = ((120, 40), 48, 6_000);
        let max_wait = Duration::ZERO;
        Self {
            lang,
            role,
            read_only: false,
            browser: true,
            size,
            kept: false,
            real: false,
            companies,
            allowance,
            through: None,
            max_wait,
        }
    }
}

/// The server of a journey; it outlives the dashboards that talk to it.
pub struct Backend {
    pub(super) clock: Clock,
    running: Option<Running>,
    credentials: Vec<Credential>,
    listen: SocketAddr,
    database: Database,
    real: bool,
    companies: u32,
    allowance: u32,
    max_wait: Duration,
    _folder: TempDir,
}

impl Backend {
    pub async fn new(scenario: &Scenario) -> Self {
        let Scenario { kept, real, companies, allowance, max_wait, .. } = *scenario;
        let folder = tempfile::tempdir().unwrap();
        let database = if real {
            let path = real::file(&folder);
            server::create(&Database::File(path.clone()), &real::new()).unwrap();
            Database::File(path)
        } else if kept {
            Database::File(folder.path().join("workspace.db"))
        } else {
            Database::Memory
        };
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let (clock, credentials) = (Clock::new(), Vec::new());
        let mut backend = Self {
            clock,
            running: None,
            credentials,
            listen,
            database,
            real,
            companies,
            allowance,
            max_wait,
            _folder: folder,
        };
        backend.start().await;
        backend
    }

    /// Starts the server, from the second time on where it was before.
    pub async fn start(&mut self) {
        let clock = self.clock.clone();
        let options = server::Options {
            listen: self.listen,
            database: self.database.clone(),
            kind: self.real.then_some(WorkspaceKind::Real),
            sample_size: self.companies,
            requests_per_minute: self.allowance,
            max_wait: self.max_wait,
            clock: Arc::new(move || clock.now()),
            ..server::Options::default()
        };
        let mut running = server::start(options).await.unwrap();
        running.issue_credentials(&self.credentials).await.unwrap();
        self.credentials = running.credentials().to_vec();
        if self.real {
            self.credentials.push(running.local_owner().await.unwrap());
        }
        self.listen = running.base_url().trim_start_matches("http://").parse().unwrap();
        self.running = Some(running);
    }

    pub async fn stop(&mut self) {
        self.running.take().expect("it runs").stop().await;
    }

    pub fn running(&self) -> &Running {
        self.running.as_ref().expect("it runs")
    }

    pub fn address(&self) -> SocketAddr {
        self.listen
    }

    /// A client for a technician of this role.
    pub fn client(&self, role: &str, read_only: bool, through: Option<SocketAddr>) -> Client {
        let running = self.running();
        let technician = self.credentials.iter().find(|technician| technician.role == role).expect("a known role");
        let endpoint = ClientConfig {
            base_url: format!("http://{}", through.unwrap_or(self.listen)).parse().unwrap(),
            account: Some(AccountId::new(running.account_id())),
            client_id: technician.client_id.clone(),
            client_secret: technician.client_secret.as_str().into(),
            read_only,
            ca_file: None,
        };
        // Retries are tried elsewhere; here they only must not take time.
        let limits = Limits { retry_base: Duration::from_micros(10), ..Limits::default() };
        Client::with_limits(endpoint, limits).unwrap()
    }

    /// A second technician at work on the same account.
    pub fn second_client(&self) -> SecondClient {
        SecondClient::of(self.client("ADMINISTRATOR", false, None))
    }
}
