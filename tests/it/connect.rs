//! Companies that are connected with their 1Password accounts, against a fake of the published interfaces.

mod acts;
mod cli;
mod events;
mod events_api;
mod polling;
mod published;
mod server;
mod users_api;

use jiff::{SignedDuration, Timestamp};
use mspdash::connect::{Connector, Credential, Secrets};
use mspdash::demo_1password::{Account, Application, EventsToken, Fake, Person, Right, World};
use mspdash::domain::facts::FactSource;
use mspdash::domain::region::Region;
use mspdash::domain::source::{SecretRef, Source};
use mspdash::server::sources::{self, NewSource};
use mspdash::server::{AccessError, Database};
use secrecy::SecretString;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const ACME: &str = "ACMEBAKERYAAAAAAAAAAAAAAAA";
pub const BRIGHTWATER: &str = "BRIGHTWATERAAAAAAAAAAAAAAA";
pub const SECRET: &str = "s3cret-of-the-application";
const ALL: [Right; 4] = [Right::List, Right::Get, Right::Suspend, Right::Reactivate];

/// The place of every secret here.
pub const PLACE: &str = "credential:acme";

/// Gives [`SECRET`] for [`PLACE`], or what a test puts in its place.
pub struct FakeSecrets(pub Mutex<Result<String, String>>);

impl Secrets for FakeSecrets {
    fn fetch(&self, place: &SecretRef) -> Result<SecretString, String> {
        assert_eq!(place.to_string(), PLACE);
        self.0.lock().unwrap().clone().map(SecretString::from)
    }
}

/// A fake with two companies, a clock to move, and a connector that does not wait.
pub struct Bench {
    pub fake: Fake,
    pub connector: Connector,
    pub secrets: Arc<FakeSecrets>,
    /// How long it would have waited.
    pub waits: Arc<Mutex<Vec<Duration>>>,
    clock: Arc<AtomicI64>,
}

impl Bench {
    pub async fn start() -> Self {
        Self::with(usize::MAX).await
    }

    /// With pages of so many people.
    pub async fn with(largest_page: usize) -> Self {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let clock = Arc::new(AtomicI64::new(now.as_millisecond()));
        let mut world = World::new(vec![acme(), brightwater()], at(&clock));
        world.largest_page = largest_page;
        let fake = Fake::start(world, 0).await.unwrap();
        let secrets = Arc::new(FakeSecrets(Mutex::new(Ok(SECRET.to_owned()))));
        let waits: Arc<Mutex<Vec<Duration>>> = Arc::default();
        let told = Arc::clone(&waits);
        let connector = Connector::new(Arc::clone(&secrets) as Arc<dyn Secrets>).with_sleep(Arc::new(move |wait| {
            told.lock().unwrap().push(wait);
            Box::pin(std::future::ready(()))
        }));
        let connector = connector.with_base_url(fake.url().unwrap()).unwrap();
        Self { fake, connector, secrets, waits, clock }
    }

    /// Connects a company of a workspace with Acme's account, as `mspdash connect` does.
    pub async fn connect(&self, database: &Database, company: &str) -> Source {
        let new = new_source(company);
        self.try_connect(database, &new).await.unwrap()
    }

    pub async fn try_connect(&self, database: &Database, new: &NewSource) -> Result<Source, AccessError> {
        let client_id = new.client_id.clone().unwrap();
        let credential = Credential { account: new.account.clone(), client_id };
        let secret = SecretString::from(SECRET);
        let api = self.connector.try_users_api(Region::Europe, credential, secret, self.clock()).unwrap();
        let (users, database, new) = (api.list().await.unwrap(), database.clone(), new.clone());
        // It blocks: on PostgreSQL the connections are driven by a runtime of their own.
        let kept = move || sources::connect(&database, &new, &users, "test");
        tokio::task::spawn_blocking(kept).await.unwrap()
    }

    pub fn later(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    pub fn clock(&self) -> mspdash::connect::Clock {
        at(&self.clock)
    }
}

fn at(clock: &Arc<AtomicI64>) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
    let clock = Arc::clone(clock);
    Arc::new(move || Timestamp::UNIX_EPOCH + SignedDuration::from_millis(clock.load(Ordering::SeqCst)))
}

pub fn credential() -> Credential {
    Credential { account: ACME.to_owned(), client_id: "acme-directory".to_owned() }
}

/// An id that ends with this.
pub fn id(end: &str) -> String {
    format!("{end:A>26}")
}

/// Four people: the last owner, two members, and a technician of the MSP.
pub fn acme() -> Account {
    let person = |end, name, email| Person::active(&id(end), name, email);
    Account {
        id: ACME.to_owned(),
        people: vec![
            Person { protected: true, ..person("B", "Una Crumb", "una@acme.example") },
            person("C", "Tom Baker", "tom@acme.example"),
            person("D", "Vic Dough", "vic@acme.example"),
            Person { protected: true, ..person("E", "Mira Okafor", "mira@harbour.example") },
        ],
        applications: vec![application("acme-directory")],
        tokens: vec![events_token(SECRET)],
        ..Account::default()
    }
}

pub fn brightwater() -> Account {
    Account {
        id: BRIGHTWATER.to_owned(),
        people: vec![Person::active(&id("X"), "Ada Stern", "ada@brightwater.example")],
        applications: vec![application("brightwater-directory")],
        ..Account::default()
    }
}

pub fn application(client_id: &str) -> Application {
    Application { client_id: client_id.to_owned(), secret: SECRET.to_owned(), rights: ALL.to_vec() }
}

pub fn events_token(text: &str) -> EventsToken {
    let features = ["auditevents", "signinattempts"].map(str::to_owned).to_vec();
    EventsToken { text: text.to_owned(), features, older: false }
}

/// Acme's source for the company of this id.
pub fn new_source(company: &str) -> NewSource {
    let Credential { account, client_id } = credential();
    NewSource {
        company: company.to_owned(),
        source: FactSource::UsersApi,
        account,
        client_id: Some(client_id),
        secret: PLACE.parse().unwrap(),
        may_write: true,
    }
}
