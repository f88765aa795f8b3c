//! A workspace with many companies that are connected with a fake.

use jiff::{SignedDuration, Timestamp};
use mspdash::connect::users_api::UserList;
use mspdash::connect::{Connector, Secrets};
use mspdash::demo_1password::{self as demo, Account, Application, Call, Fake, Right};
use mspdash::domain::facts::FactSource;
use mspdash::domain::source::SecretRef;
use mspdash::server::sources::{NewSource, connect};
use mspdash::server::{Database, NewWorkspace, Options, Poller, Polling, Running, create, start};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::Mutex;

struct OneSecret;

impl Secrets for OneSecret {
    fn fetch(&self, _: &SecretRef) -> Result<SecretString, String> {
        Ok("secret".into())
    }
}

pub struct World {
    fake: Fake,
    poller: Mutex<Poller>,
    clock: Arc<AtomicI64>,
    _server: Running,
    _folder: TempDir,
}

pub struct Seen {
    pub readings: usize,
    /// Requests of each.
    pub seconds: Vec<usize>,
    pub processor: Duration,
}

impl World {
    pub async fn new(companies: usize, people: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::File(folder.path().join("msp.db"));
        let new = NewWorkspace { name: "Harbour IT".into(), technician: "Mira".into(), ..NewWorkspace::default() };
        create(&database, &new).unwrap();
        let clock = Arc::new(AtomicI64::new(Timestamp::now().as_millisecond()));
        let accounts = (0..companies).map(|n| account(n, people)).collect();
        let fake = Fake::start(demo::World::new(accounts, at(&clock)), 0).await.unwrap();
        let connector = Connector::new(Arc::new(OneSecret)).with_base_url(fake.url().unwrap()).unwrap();
        let (database_of, clock_of) = (database.clone(), at(&clock));
        let options =
            Options { database: database_of, clock: clock_of, connector: Some(connector), ..Options::default() };
        let server = start(options).await.unwrap();
        for (n, id) in enter(&server, companies).await.into_iter().enumerate() {
            let (secret, client_id) = ("credential:x".parse().unwrap(), Some(format!("directory-{n}")));
            let source = FactSource::UsersApi;
            let new = NewSource { company: id, source, account: id_of(n), client_id, secret, may_write: true };
            connect(&database, &new, &UserList { people: Vec::new(), as_of: Timestamp::now() }, "bench").unwrap();
        }
        clock.fetch_add(12 * 3_600_000, Ordering::SeqCst);
        let poller = Mutex::new(server.poller(&FactSource::UsersApi, Polling::All).unwrap());
        Self { fake, poller, clock, _server: server, _folder: folder }
    }

    pub async fn hour(&self) -> Seen {
        let mut poller = self.poller.lock().await;
        let (mut readings, mut seconds, before) = (0, Vec::new(), processor());
        for _ in 0..3600 {
            let sent = self.sent();
            readings += poller.read_due().await;
            seconds.push(self.sent() - sent);
            self.clock.fetch_add(1000, Ordering::SeqCst);
        }
        Seen { readings, seconds, processor: processor().saturating_sub(before) }
    }

    fn sent(&self) -> usize {
        self.fake.world.calls(Call::Token) + self.fake.world.calls(Call::List)
    }
}

fn at(clock: &Arc<AtomicI64>) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
    let clock = Arc::clone(clock);
    Arc::new(move || Timestamp::UNIX_EPOCH + SignedDuration::from_millis(clock.load(Ordering::SeqCst)))
}

fn id_of(n: usize) -> String {
    format!("ACCOUNT{n:A>19}")
}

fn account(n: usize, people: usize) -> Account {
    let person = |k: usize| {
        demo::Person::active(&format!("{k:A>26}"), &format!("Person {k}"), &format!("person{k}@company{n}.example"))
    };
    let rights = vec![Right::List, Right::Get];
    let application = Application { client_id: format!("directory-{n}"), secret: "secret".into(), rights };
    let people = (0..people).map(person).collect();
    Account { id: id_of(n), people, applications: vec![application], ..Account::default() }
}

/// Enters so many companies; their ids.
async fn enter(server: &Running, companies: usize) -> Vec<String> {
    let owner = server.local_owner().await.unwrap();
    let _first_one_stays = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let base = format!("{}/v1beta1", server.base_url());
    let ask = http.post(format!("{base}/oauth2/token")).basic_auth(owner.client_id, Some(owner.client_secret));
    let token: Value = ask.form(&[("grant_type", "client_credentials")]).send().await.unwrap().json().await.unwrap();
    let rows: Vec<Value> = (0..companies).map(|n| json!({ "name": format!("Company {n}") })).collect();
    let import = http.post(format!("{base}/accounts/{}/companies:import", server.account_id()));
    let import = import.bearer_auth(token["access_token"].as_str().unwrap()).header("idempotency-key", "bench");
    let answer: Value = import.json(&json!({ "rows": rows })).send().await.unwrap().json().await.unwrap();
    let ids = answer["results"].as_array().unwrap().iter();
    ids.map(|row| row["company_id"].as_str().unwrap().to_owned()).collect()
}

/// What this process has had so far.
fn processor() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    // Behind the name, which may have spaces: user and system time in hundredths of a second.
    let fields = stat.rsplit_once(") ").unwrap().1.split(' ').skip(11).take(2);
    Duration::from_millis(fields.map(|ticks| ticks.parse::<u64>().unwrap()).sum::<u64>() * 10)
}
