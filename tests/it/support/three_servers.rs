//! Three MSP accounts in three data regions, each on a server of its own that can be made slow, ill or absent while
//! the others go on. Nothing here waits for a time: a slow server answers when it is told to.

use mspdash::client::{Client, ClientConfig, Limits};
use mspdash::domain::id::AccountId;
use mspdash::domain::region::Region;
use mspdash::server::{self, Clock, Credential, Database, Fault, Options, Running};
use std::net::SocketAddr;
use std::time::Duration;
use tempfile::TempDir;

/// How a server does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// It answers.
    Well,
    /// It takes requests and answers them once it is well again.
    Slow,
    /// It answers everything with 500.
    Ill,
    /// Nobody listens.
    Absent,
}

/// The server of one account. Its workspace, address, credentials and ids stay, however often it goes and comes.
pub struct Site {
    pub region: Region,
    health: Health,
    clock: Clock,
    companies: u32,
    listen: SocketAddr,
    account: AccountId,
    credentials: Vec<Credential>,
    running: Option<Running>,
    folder: TempDir,
}

impl Site {
    /// A server of this region with so many companies, and well.
    pub async fn open(region: Region, companies: u32, clock: Clock) -> Self {
        let mut site = Self {
            region,
            health: Health::Well,
            clock,
            companies,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            account: AccountId::new(""),
            credentials: Vec::new(),
            running: None,
            folder: tempfile::tempdir().unwrap(),
        };
        site.start().await;
        site
    }

    async fn start(&mut self) {
        let options = Options {
            listen: self.listen,
            database: Database::File(self.folder.path().join("workspace.db")),
            region: Some(self.region),
            sample_size: self.companies,
            clock: Clock::clone(&self.clock),
            max_wait: Duration::ZERO,
            ..Options::default()
        };
        let mut running = server::start(options).await.unwrap();
        running.issue_credentials(&self.credentials).await.unwrap();
        self.listen = running.base_url().trim_start_matches("http://").parse().unwrap();
        self.account = AccountId::new(running.account_id());
        self.credentials = running.credentials().to_vec();
        self.running = Some(running);
    }

    /// From now on it does like this. Requests that waited for a slow one are answered.
    pub async fn set(&mut self, health: Health) {
        self.health = health;
        if health == Health::Absent {
            if let Some(running) = self.running.take() {
                // What waits must not be waited for.
                running.set_fault(None);
                running.stop().await;
            }
            return;
        }
        if self.running.is_none() {
            self.start().await;
        }
        self.running().set_fault(match health {
            Health::Slow => Some(Fault::Hold),
            Health::Ill => Some(Fault::Status(500)),
            Health::Well | Health::Absent => None,
        });
    }

    pub fn health(&self) -> Health {
        self.health
    }

    /// The server; there is none while it is absent.
    #[track_caller]
    pub fn running(&self) -> &Running {
        self.running.as_ref().expect("it is not absent")
    }

    /// Waits until so many requests wait for a slow server.
    pub async fn waiting(&self, count: usize) {
        self.running().held(count).await;
    }

    /// The way in for a technician of this role, absent or not.
    pub fn endpoint(&self, role: &str) -> ClientConfig {
        let technician = self.credentials.iter().find(|technician| technician.role == role).expect("a known role");
        ClientConfig {
            base_url: format!("http://{}", self.listen).parse().unwrap(),
            account: Some(self.account.clone()),
            client_id: technician.client_id.clone(),
            client_secret: technician.client_secret.as_str().into(),
            read_only: false,
            ca_file: None,
        }
    }

    /// A client of its own for a technician of this role. Its retries take no time.
    pub fn client(&self, role: &str) -> Client {
        let limits = Limits { retry_base: Duration::from_micros(10), ..Limits::default() };
        Client::with_limits(self.endpoint(role), limits).unwrap()
    }
}

/// An MSP with clients in three data regions.
pub struct ThreeServers {
    pub europe: Site,
    pub worldwide: Site,
    pub canada: Site,
}

impl ThreeServers {
    /// All well, on one clock, with so many companies each.
    pub async fn open(companies: u32, clock: &Clock) -> Self {
        let site = |region| Site::open(region, companies, Clock::clone(clock));
        let (europe, worldwide, canada) =
            tokio::join!(site(Region::Europe), site(Region::Worldwide), site(Region::Canada));
        Self { europe, worldwide, canada }
    }

    pub fn sites(&self) -> [&Site; 3] {
        [&self.europe, &self.worldwide, &self.canada]
    }
}
