//! A client with short limits, the requests it is asked, and a log kept in memory.

use super::clock;
use super::mock::{ACCOUNT, SECRET, below, count, server};
use mspdash::client::{Client, ClientConfig, Limits};
use mspdash::domain::error::Error;
use mspdash::domain::id::{AccountId, CompanyId, Etag};
use mspdash::domain::launch::Target;
use mspdash::domain::request::{
    Answer, CompanyChanges, EditCompany, EditStep, IdempotencyKey, Launch, ListCompanies, Page, Request, Unlink,
};
use mspdash::domain::setup::{StepKind, StepState};
use std::time::Duration;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Limits that a loaded machine keeps too; only the waits between tries are short.
pub fn quick() -> Limits {
    Limits {
        patience: Duration::from_mins(1),
        retry_base: Duration::from_millis(1),
        body: 64 << 10,
        ..Limits::default()
    }
}

/// Limits for servers that never answer.
pub fn impatient() -> Limits {
    let soon = Duration::from_millis(250);
    Limits { connect: soon, total: soon, page: soon, patience: Duration::from_millis(1), ..quick() }
}

/// A way to `base`, with the account known.
pub fn endpoint(base: &str) -> ClientConfig {
    clock::start();
    ClientConfig {
        base_url: base.parse().unwrap(),
        account: Some(AccountId::new(ACCOUNT)),
        client_id: "technician".into(),
        client_secret: SECRET.into(),
        read_only: false,
        ca_file: None,
    }
}

/// A client of `base` with short limits.
pub fn client(base: &str) -> Client {
    Client::with_limits(endpoint(base), quick()).unwrap()
}

/// 200 with a body of any type.
pub fn typed(content_type: &str, body: impl Into<Vec<u8>>) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body.into(), content_type)
}

/// A page of the list.
pub fn list() -> Request {
    Request::ListCompanies(ListCompanies { page_size: 25, ..ListCompanies::default() })
}

/// The company of all tests.
pub fn company() -> CompanyId {
    CompanyId::new("COMPANY")
}

/// A key of one intent.
pub fn key() -> IdempotencyKey {
    IdempotencyKey("key-1".into())
}

/// A launch.
pub fn launch() -> Request {
    Request::Launch(Launch { company: company(), target: Target::Vaults, vault: None, key: key() })
}

/// An unlink.
pub fn unlink(validate_only: bool) -> Request {
    Request::Unlink(Unlink { company: company(), etag: Etag::new("\"7\""), validate_only, key: key() })
}

/// Every request that could change something.
pub fn writes() -> Vec<Request> {
    let edit = Request::EditCompany(EditCompany {
        company: company(),
        etag: Etag::new("\"7\""),
        changes: CompanyChanges { note: Some("called".into()), ..CompanyChanges::default() },
        key: key(),
    });
    let step = Request::EditStep(EditStep {
        company: company(),
        step: StepKind::Provisioning,
        etag: Etag::new("\"7\""),
        state: Some(StepState::Done),
        note: None,
        key: key(),
    });
    vec![edit, launch(), unlink(false), unlink(true), step]
}

/// Comes back later, perhaps.
pub const BUSY: u16 = 503;

/// The page that was asked for.
pub fn page(answer: Result<Answer, Error>) -> Page {
    match answer {
        Ok(Answer::Page(page)) => page,
        other => panic!("no page: {other:?}"),
    }
}

/// Answers every page of the list like this.
pub async fn companies(server: &MockServer, response: ResponseTemplate) {
    Mock::given(method("GET")).and(path(below("companies"))).respond_with(response).mount(server).await;
}

/// Answers the list like `first` so many times, and then like `then`.
pub async fn first_then(server: &MockServer, times: u64, first: ResponseTemplate, then: ResponseTemplate) {
    let first = Mock::given(path(below("companies"))).respond_with(first).up_to_n_times(times);
    first.with_priority(1).mount(server).await;
    companies(server, then).await;
}

/// What the client makes of such an answer to the list, and how often it asked.
pub async fn trouble_of(response: ResponseTemplate) -> (Error, usize) {
    let server = server().await;
    companies(&server, response).await;
    let error = client(&server.uri()).perform(list()).await.unwrap_err();
    (error, count(&server, &below("companies")).await)
}
