//! Asks a real server, and holds every single answer against the contract.

use super::conformity::{Answer, Conformity};
use super::document::{Document, Operation};
use crate::support::{http, serve};
use mspdash::server::{Credential, Options, Running};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// A server in memory, its contract, and what it answered so far.
pub struct CheckedClient<'a> {
    pub document: &'a Document,
    pub server: Running,
    /// Of a REAL workspace, for this process alone.
    owner: Option<Credential>,
    conformity: Conformity<'a>,
    http: reqwest::Client,
    tokens: RefCell<BTreeMap<String, String>>,
    keys: Cell<u32>,
    /// Operation, status and code of every answer.
    pub seen: RefCell<BTreeSet<(String, u16, String)>>,
}

/// One request, good or spoilt on purpose.
#[derive(Clone)]
pub struct Ask {
    pub method: String,
    pub path: String,
    pub query: Vec<(&'static str, String)>,
    pub headers: BTreeMap<&'static str, String>,
    pub body: Option<String>,
}

/// The technician of the sample whom nothing else needs.
const PIET: &str = "piet.voss@harbour.example";

impl<'a> CheckedClient<'a> {
    /// Starts a server with a clock that stands still.
    pub async fn new(document: &'a Document, options: Options) -> Self {
        let now = "2026-11-22T10:30:00Z".parse().expect("a time");
        let server = serve(Options { clock: std::sync::Arc::new(move || now), ..options }).await;
        let real = server.credentials().is_empty();
        let owner = if real { Some(server.local_owner().await.expect("an owner")) } else { None };
        Self {
            document,
            server,
            owner,
            conformity: Conformity::new(document),
            http: http::browser().build().expect("a client"),
            tokens: RefCell::default(),
            keys: Cell::new(0),
            seen: RefCell::default(),
        }
    }

    /// Sends a request; the answer must be one that the contract allows.
    pub async fn send(&self, ask: &Ask) -> (u16, Value) {
        let method = ask.method.parse().expect("a method");
        let mut request = self.http.request(method, format!("{}{}", self.server.base_url(), ask.path));
        request = request.query(&ask.query);
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        if let Some(body) = &ask.body {
            request = request.body(body.clone());
        }
        let answer = request.send().await.expect("an answer");
        let status = answer.status().as_u16();
        let pairs = answer.headers().iter();
        let headers = pairs.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
        let headers = headers.collect();
        let body = answer.bytes().await.expect("a body");
        let faults = self.faults(ask, status, headers, &body);
        let text = String::from_utf8_lossy(&body);
        assert!(faults.is_empty(), "{} {} {status}: {}\n{text}", ask.method, ask.path, faults.join("\n  "));
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    /// A method that a path does not have is held against the 405 of each that it has.
    fn faults(&self, ask: &Ask, status: u16, headers: Vec<(String, String)>, body: &[u8]) -> Vec<String> {
        let code = serde_json::from_slice::<Value>(body).ok().and_then(|body| Some(body["code"].as_str()?.to_owned()));
        let methods = if status == 405 { vec!["GET", "POST", "PATCH", "DELETE"] } else { vec![ask.method.as_str()] };
        let mut method = ask.method.as_str();
        for known in methods {
            if let Some(operation) = self.document.find(known, &ask.path) {
                self.seen.borrow_mut().insert((id(&operation), status, code.clone().unwrap_or_default()));
                method = known;
            }
        }
        self.conformity.faults_of(&Answer { method, path: &ask.path, status, headers, body })
    }

    /// Who asks unless it is said: of a REAL workspace, the owner as whom this process acts.
    fn usual(&self) -> &'static str {
        let technician = self.server.credentials().iter().any(|who| who.role == "MSP_TECHNICIAN");
        if technician { "MSP_TECHNICIAN" } else { "OWNER" }
    }

    /// A bearer token for the technician of this role.
    pub async fn token(&self, role: &str) -> String {
        if let Some(token) = self.tokens.borrow().get(role) {
            return token.clone();
        }
        let (_, body) = self.send(&self.sign_in(role)).await;
        let token = body["access_token"].as_str().expect("a token").to_owned();
        self.tokens.borrow_mut().insert(role.to_owned(), token.clone());
        token
    }

    fn sign_in(&self, role: &str) -> Ask {
        let operation = self.document.find("POST", "/v1beta1/oauth2/token").expect("the operation");
        let mut ask = self.blank(&operation, operation.path.to_owned());
        ask.headers.insert("authorization", self.basic(role));
        ask
    }

    fn basic(&self, role: &str) -> String {
        let mut all = self.owner.iter().chain(self.server.credentials());
        let who = all.find(|who| who.role == role).expect("the role");
        format!("Basic {}", base64(format!("{}:{}", who.client_id, who.client_secret).as_bytes()))
    }

    /// A request with a fresh key and the first example of a body, without a sign-in.
    pub fn blank(&self, operation: &Operation, path: String) -> Ask {
        let mut headers = BTreeMap::new();
        if operation.parameters().iter().any(|parameter| parameter["name"] == "Idempotency-Key") {
            self.keys.set(self.keys.get() + 1);
            headers.insert("idempotency-key", format!("key-{}", self.keys.get()));
        }
        let examples = operation.value.get("requestBody").map(|body| operation.examples(body)).unwrap_or_default();
        let body = examples.first().map(|(media_type, _, example)| {
            headers.insert("content-type", (*media_type).to_owned());
            if media_type.contains("json") { example.to_string() } else { encoded(example) }
        });
        Ask { method: operation.method.clone(), path, query: Vec::new(), headers, body }
    }

    /// A request for the operation that has everything it needs, about the company at this place of the list.
    pub async fn good(&self, operation: &Operation<'_>, filter: &str) -> Ask {
        let company = self.company(filter).await;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut path = operation.path.replace("{account_id}", self.server.account_id());
        path = path
            .replace("{company_id}", company["id"].as_str().unwrap_or_default())
            .replace("{step}", "DEPLOY_APPS")
            .replace("{source}", "USERS_API");
        let home = format!("{}/{}", self.companies(), text(&company["id"]));
        let user = if path.contains("/users/{user_id}") || path.contains("/members") {
            self.person(&home, &id(operation)).await
        } else {
            Value::Null
        };
        path = path.replace("{user_id}", &text(&user["id"]));
        if path.contains("{group_id}") {
            path = path.replace("{group_id}", &self.group(&home, "OWNERS").await);
        }
        if path.contains("{vault_id}") {
            let vaults = self.get(&format!("{home}/vaults"), &[]).await;
            path = path.replace("{vault_id}", &text(&vaults["results"][0]["id"]));
        }
        path = path.replace("{import_run_id}", &"A".repeat(26)).replace("{task_id}", &"A".repeat(26));
        if path.contains("{link_request_id}") {
            path = path.replace("{link_request_id}", &text(&self.link("ACCEPTED").await["id"]));
        }
        let enrols = id(operation) == "exchangeEnrolmentCode";
        // Only a sample has him.
        let technician =
            if enrols || path.contains("{technician_id}") { self.technician(PIET).await } else { Value::Null };
        path = path.replace("{technician_id}", &text(&technician["id"]));
        let mut ask = self.blank(operation, path);
        if enrols {
            ask.body =
                Some(json!({ "enrolment_code": self.enrolment_code(&text(&technician["path"])).await }).to_string());
        }
        if operation.path.ends_with("link_requests:accept") {
            ask.body = Some(json!({ "confirmation_link": self.confirmation_link("REQUESTED").await }).to_string());
        }
        if id(operation) == "addMember" {
            ask.body = Some(json!({ "user_id": user["id"] }).to_string());
        }
        ask.headers.insert(
            "authorization",
            match operation.value["security"][0].get("client") {
                Some(_) => self.basic("MSP_TECHNICIAN"),
                None if operation.path.contains("/technicians") => format!("Bearer {}", self.token("OWNER").await),
                None => format!("Bearer {}", self.token(self.usual()).await),
            },
        );
        for parameter in operation.parameters() {
            match parameter["name"].as_str() {
                Some("start_date") => ask.query.push(("start_date", "2026-11-01".into())),
                Some("end_date") => ask.query.push(("end_date", "2026-11-30".into())),
                Some("since") => ask.query.push(("since", self.change_token().await)),
                Some("search") => ask.query.push(("search", "jensen".into())),
                Some("If-Match") => {
                    let etag = match ask.path.strip_suffix("/DEPLOY_APPS") {
                        None if !user.is_null() => user["etag"].clone(),
                        None if operation.path.contains("/technicians") => technician["etag"].clone(),
                        Some(setup) => self.get(setup, &[]).await["steps"][4]["etag"].clone(),
                        None => company["etag"].clone(),
                    };
                    ask.headers.insert("if-match", text(&json!(format!("\"{}\"", text(&etag)))));
                }
                _ => {}
            }
        }
        ask
    }

    /// Somebody of a company whom this operation can be about; anybody where nobody fits.
    pub async fn person(&self, home: &str, operation: &str) -> Value {
        let people = self.get(&format!("{home}/users"), &[("max_page_size", "1000".into())]).await["results"].clone();
        let people = people.as_array().cloned().unwrap_or_default();
        let in_group = |person: &Value, kind: &str| {
            person["groups"].as_array().is_some_and(|groups| groups.iter().any(|group| group["kind"] == kind))
        };
        let fits = |person: &&Value| {
            let plain =
                person["type"] == "MEMBER" && !in_group(person, "OWNERS") && !in_group(person, "ADMINISTRATORS");
            match operation {
                "reactivateUser" => person["state"] == "SUSPENDED" && plain,
                "completeRecovery" => person["state"] == "RECOVERY_AWAITING_COMPLETION",
                "cancelRecovery" => person["state"].as_str().is_some_and(|state| state.starts_with("RECOVERY")),
                "removeMember" => person["state"] == "ACTIVE" && in_group(person, "OWNERS"),
                "addMember" | "suspendUser" | "beginRecovery" => person["state"] == "ACTIVE" && plain,
                _ => true,
            }
        };
        people.iter().find(fits).or(people.first()).cloned().unwrap_or_default()
    }

    /// The id of a company's group of this kind.
    pub async fn group(&self, home: &str, kind: &str) -> String {
        let groups = self.get(&format!("{home}/groups"), &[]).await["results"].clone();
        let groups = groups.as_array().cloned().unwrap_or_default();
        let found = groups.iter().find(|group| group["kind"] == kind).expect("the group");
        found["id"].as_str().expect("an id").to_owned()
    }

    /// The technician with this address.
    pub async fn technician(&self, email: &str) -> Value {
        let path = format!("/v1beta1/accounts/{}/technicians", self.server.account_id());
        let list = self.get_as("OWNER", &path, &[("max_page_size", "1000".into())]).await;
        let rows = list["results"].as_array().expect("rows");
        rows.iter().find(|row| row["email"] == email).expect("the technician").clone()
    }

    /// A code for the technician at this path.
    async fn enrolment_code(&self, path: &str) -> Value {
        self.keys.set(self.keys.get() + 1);
        let bearer = format!("Bearer {}", self.token("OWNER").await);
        let key = format!("code-{}", self.keys.get());
        let headers = BTreeMap::from([("authorization", bearer), ("idempotency-key", key)]);
        let ask = Ask { method: "POST".into(), path: format!("{path}:enrol"), query: vec![], headers, body: None };
        let (status, body) = self.send(&ask).await;
        assert_eq!(status, 200, "{body}");
        body["enrolment_code"].clone()
    }

    /// Reads a path, signed in.
    pub async fn get(&self, path: &str, query: &[(&'static str, String)]) -> Value {
        self.get_as(self.usual(), path, query).await
    }

    async fn get_as(&self, role: &str, path: &str, query: &[(&'static str, String)]) -> Value {
        let bearer = format!("Bearer {}", self.token(role).await);
        let headers = BTreeMap::from([("authorization", bearer)]);
        let ask = Ask { method: "GET".into(), path: path.into(), query: query.to_vec(), headers, body: None };
        let (status, body) = self.send(&ask).await;
        assert_eq!(status, 200, "{path} {query:?}: {body}");
        body
    }

    /// The first company by a filter, by name.
    pub async fn company(&self, filter: &str) -> Value {
        let query = [("filter", filter.to_owned()), ("order_by", "name".into()), ("max_page_size", "1".into())];
        self.get(&self.companies(), &query).await["results"][0].clone()
    }

    /// The newest link request in this state.
    pub async fn link(&self, state: &str) -> Value {
        let path = format!("/v1beta1/accounts/{}/link_requests", self.server.account_id());
        let list = self.get(&path, &[]).await;
        let rows = list["results"].as_array().expect("rows");
        rows.iter().find(|row| row["state"] == state).expect("one in this state").clone()
    }

    /// What the Owner of the company would pass on, as their page shows it.
    pub async fn confirmation_link(&self, state: &str) -> String {
        let link = self.link(state).await;
        let uri = format!("{}/owner/links/{}", self.server.base_url(), link["id"].as_str().unwrap_or_default());
        let page = self.http.get(uri).send().await.expect("a page").text().await.expect("a page");
        let begin = page.find("https://").expect("a link");
        page[begin..].chars().take_while(|c| !matches!(c, '"' | '<')).collect()
    }

    /// The list's path.
    pub fn companies(&self) -> String {
        format!("/v1beta1/accounts/{}/companies", self.server.account_id())
    }

    /// From where to ask for changes.
    pub async fn change_token(&self) -> String {
        self.get(&self.companies(), &[]).await["change_token"].as_str().expect("a token").to_owned()
    }
}

/// The operation's id.
pub fn id(operation: &Operation) -> String {
    operation.value["operationId"].as_str().unwrap_or_default().to_owned()
}

fn encoded(example: &Value) -> String {
    let fields = example.as_object().expect("a form").iter();
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields.map(|(name, value)| (name, value.as_str().unwrap_or_default())))
        .finish()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let three = chunk.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = char::from(LETTERS[three >> (18 - 6 * place) & 63]);
            text.push(if place > chunk.len() { '=' } else { letter });
        }
    }
    text
}
