//! A small client that says nothing it was not told to.

use crate::support::{postgres, real};
use jiff::{SignedDuration, Timestamp};
use mspdash::server::{Credential, Database, Options, Running, start};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// What came back.
pub struct Seen {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Seen {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The word of a problem, after a look at its whole shape.
    pub fn code(&self) -> String {
        let problem = self.json();
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        for member in ["type", "title", "detail", "code", "request_id"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {}", self.text);
        }
        assert_eq!(problem["status"], self.status);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        problem["code"].as_str().unwrap().to_owned()
    }

    /// The fields of a problem's violations.
    pub fn fields(&self) -> Vec<String> {
        let problem = self.json();
        let list = problem["field_violations"].as_array().cloned().unwrap_or_default();
        list.iter().map(|item| item["field"].as_str().unwrap().to_owned()).collect()
    }

    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json()
    }
}

/// A server of its own, a clock to move, and a technician signed in.
pub struct Api {
    pub running: Running,
    /// Of a REAL workspace, for this process alone.
    owner: Option<Credential>,
    pub token: String,
    clock: Arc<AtomicI64>,
    keys: AtomicU64,
    _database: Option<postgres::Name>,
}

/// A request that can be varied before it is sent.
pub struct Ask<'a> {
    api: &'a Api,
    builder: reqwest::RequestBuilder,
}

fn http() -> &'static reqwest::Client {
    static HTTP: OnceLock<reqwest::Client> = OnceLock::new();
    // Each test has a runtime of its own: connections must not outlive it in a shared pool.
    HTTP.get_or_init(|| crate::support::http::browser().pool_max_idle_per_host(0).build().unwrap())
}

pub const NOW: &str = "2026-11-22T12:00:00Z";

impl Api {
    pub async fn start() -> Self {
        Self::with(Options::default()).await
    }

    /// Of an empty REAL workspace, which is in the folder or in a database of its own.
    pub async fn real() -> (tempfile::TempDir, Self) {
        let folder = tempfile::tempdir().unwrap();
        let api = Self::with(real::on_either_engine(&folder).await).await;
        (folder, api)
    }

    /// Enters a company of this name, and gives its id.
    pub async fn enter(&self, name: &str) -> String {
        let made = self.write("POST", "companies").json(&serde_json::json!({ "name": name })).send().await;
        text(&made.json(), "id")
    }

    pub async fn with(options: Options) -> Self {
        Self::with_known(options, &[]).await
    }

    /// With the client secrets that another server of this workspace had.
    pub async fn with_known(mut options: Options, known: &[Credential]) -> Self {
        let now: Timestamp = NOW.parse().unwrap();
        let clock = Arc::new(AtomicI64::new(now.as_millisecond()));
        let hand = Arc::clone(&clock);
        let mut kept = None;
        if options.database == Database::Memory && postgres::is_asked_for() {
            let name = postgres::database().await.unwrap();
            options.database = name.database();
            kept = Some(name);
        }
        options.clock = Arc::new(move || Timestamp::from_millisecond(hand.load(Ordering::SeqCst)).unwrap());
        let mut running = start(options).await.unwrap();
        running.issue_credentials(known).await.unwrap();
        let real = running.credentials().is_empty();
        let owner = if real { Some(running.local_owner().await.unwrap()) } else { None };
        let mut api = Self { running, owner, token: String::new(), clock, keys: AtomicU64::new(0), _database: kept };
        api.sign_in(if real { "OWNER" } else { "MSP_TECHNICIAN" }).await;
        api
    }

    pub fn later(&self, by: SignedDuration) {
        self.clock.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.clock.load(Ordering::SeqCst)).unwrap()
    }

    pub fn credential(&self, role: &str) -> (String, String) {
        let mut all = self.owner.iter().chain(self.running.credentials());
        let found = all.find(|credential| credential.role == role).unwrap();
        (found.client_id.clone(), found.client_secret.clone())
    }

    pub async fn sign_in(&mut self, role: &str) {
        let (id, secret) = self.credential(role);
        let ask = http()
            .post(format!("{}/v1beta1/oauth2/token", self.running.base_url()))
            .basic_auth(id, Some(secret))
            .form(&[("grant_type", "client_credentials")]);
        let answer: Value = ask.send().await.unwrap().json().await.unwrap();
        self.token = text(&answer, "access_token");
    }

    /// A path below the account, or a whole one.
    pub fn url(&self, path: &str) -> String {
        if path.starts_with("http") {
            path.to_owned()
        } else if path.starts_with('/') {
            format!("{}{path}", self.running.base_url())
        } else {
            format!("{}/v1beta1/accounts/{}/{path}", self.running.base_url(), self.running.account_id())
        }
    }

    pub fn bare(&self, method: &str, path: &str) -> Ask<'_> {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        Ask { api: self, builder: http().request(method, self.url(path)) }
    }

    pub fn ask(&self, method: &str, path: &str) -> Ask<'_> {
        let mut ask = self.bare(method, path);
        ask.builder = ask.builder.bearer_auth(&self.token);
        ask
    }

    pub async fn get(&self, path: &str) -> Seen {
        self.ask("GET", path).send().await
    }

    /// A write with a key of its own.
    pub fn write(&self, method: &str, path: &str) -> Ask<'_> {
        let key = format!("key-{}", self.keys.fetch_add(1, Ordering::SeqCst));
        self.ask(method, path).header("idempotency-key", &key)
    }

    /// All companies, by pages of this size.
    pub async fn companies(&self, query: &str, size: usize) -> Vec<Value> {
        let mut all = Vec::new();
        let mut token = String::new();
        loop {
            let path = format!("companies?max_page_size={size}&{query}&page_token={token}");
            let page = self.get(&path).await.ok();
            let rows = page["results"].as_array().unwrap();
            assert!(rows.len() <= size);
            all.extend(rows.iter().cloned());
            match page["next_page_token"].as_str() {
                Some(next) => next.clone_into(&mut token),
                None => return all,
            }
        }
    }

    pub async fn named(&self, name: &str) -> Value {
        let all = self.companies("", 1000).await;
        all.into_iter().find(|company| company["name"] == name).unwrap_or_else(|| panic!("no {name}"))
    }

    pub async fn company(&self, id: &str) -> Value {
        self.get(&format!("companies/{id}")).await.ok()
    }
}

impl Ask<'_> {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    pub fn json(mut self, body: &Value) -> Self {
        self.builder = self.builder.json(body);
        self
    }

    pub fn form(mut self, fields: &[(&str, &str)]) -> Self {
        self.builder = self.builder.form(fields);
        self
    }

    pub fn basic(mut self, role: &str) -> Self {
        let (id, secret) = self.api.credential(role);
        self.builder = self.builder.basic_auth(id, Some(secret));
        self
    }

    pub fn credential(mut self, credential: &Credential) -> Self {
        self.builder = self.builder.basic_auth(&credential.client_id, Some(&credential.client_secret));
        self
    }

    pub fn body(mut self, body: impl Into<reqwest::Body>) -> Self {
        self.builder = self.builder.body(body);
        self
    }

    pub fn query(mut self, pairs: &[(&str, &str)]) -> Self {
        self.builder = self.builder.query(pairs);
        self
    }

    pub async fn send(self) -> Seen {
        self.try_send().await.unwrap()
    }

    pub async fn try_send(self) -> reqwest::Result<Seen> {
        let answer = self.builder.send().await?;
        let (status, headers): (StatusCode, _) = (answer.status(), answer.headers().clone());
        Ok(Seen { status: status.as_u16(), headers, text: answer.text().await? })
    }
}

/// The text of a field.
pub fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("{field} in {value}")).to_owned()
}
