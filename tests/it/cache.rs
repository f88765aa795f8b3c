//! What the real client keeps of the real server, and what comes back at the next start.

use crate::support::{clock, mock, serve};
use mspdash::cache::{Header, Recorder, Restore, usage};
use mspdash::client::{Client, ClientConfig};
use mspdash::domain::id::{AccountId, ProfileId};
use mspdash::domain::launch::Target;
use mspdash::domain::request::{
    Answer, CompanyChanges, EditCompany, GetCompany, GetSession, IdempotencyKey, Launch, ListChanges, ListCompanies,
    ListLinks, Page, Request,
};
use mspdash::server::{Options, Running};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use wiremock::Mock;
use wiremock::matchers::{method, path};

struct Harness {
    keeper: Arc<Recorder>,
    client: Client,
    header: Header,
}

/// A client that keeps, as the dashboard has it.
fn harness(dir: &Path, endpoint: ClientConfig) -> Harness {
    let profile = ProfileId::new("europe");
    let header = Header::new(&profile, &endpoint.base_url, &endpoint.client_id, endpoint.account.as_ref());
    let keeper = Arc::new(Recorder::open(dir, header.clone()));
    let client =
        Client::new(endpoint).unwrap().with_sink(Arc::clone(&keeper) as Arc<dyn mspdash::client::ResponseSink>);
    Harness { keeper, client, header }
}

fn endpoint(server: &Running) -> ClientConfig {
    let who = server.credentials().iter().find(|who| who.role == "MSP_TECHNICIAN").unwrap();
    ClientConfig {
        base_url: server.base_url().parse().unwrap(),
        account: None,
        client_id: who.client_id.clone(),
        client_secret: who.client_secret.as_str().into(),
        read_only: false,
        ca_file: None,
    }
}

async fn sample(companies: u32) -> Running {
    clock::start();
    serve(Options { sample_size: companies, ..Options::default() }).await
}

impl Harness {
    async fn page(&self, page_token: Option<String>) -> Page {
        let list = ListCompanies::roster(page_token);
        match self.client.perform(Request::ListCompanies(list)).await {
            Ok(Answer::Page(page)) => page,
            other => panic!("no page: {other:?}"),
        }
    }

    /// The session, and the whole list page by page.
    async fn load(&self) -> Vec<Answer> {
        let mut answers = vec![self.client.perform(GetSession.into()).await.unwrap()];
        let mut token = None;
        loop {
            let page = self.page(token.take()).await;
            token.clone_from(&page.next);
            answers.push(Answer::Page(page));
            if token.is_none() {
                return answers;
            }
        }
    }

    async fn changes(&self, since: &str) -> Answer {
        self.client.perform(ListChanges { since: since.to_owned(), wait: 0 }.into()).await.unwrap()
    }

    /// What the next start gets to see, the session first.
    fn recalled(&self, dir: &Path) -> Option<(Restore, Vec<Answer>)> {
        assert!(self.keeper.flush(Duration::from_secs(30)));
        assert_eq!(self.keeper.problem(), None);
        let restore = |header| Restore::open(dir, header).unwrap();
        Some((restore(&self.header)?, restore(&self.header)?.map(Result::unwrap).collect()))
    }
}

fn key() -> IdempotencyKey {
    IdempotencyKey(uuid::Uuid::now_v7().to_string())
}

/// The owners' desk is not kept.
fn without_desk(mut answers: Vec<Answer>) -> Vec<Answer> {
    for answer in &mut answers {
        if let Answer::Session(session) = answer {
            session.account.owner_desk = None;
        }
    }
    answers
}

/// Every byte below the directory.
fn every_byte(dir: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(dir).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files.flatten().collect()
}

#[tokio::test]
async fn the_next_start_sees_what_the_last_one_saw() {
    let (server, place) = (sample(2500).await, tempfile::tempdir().unwrap());
    let harness = harness(place.path(), endpoint(&server));
    let mut live = harness.load().await;
    let Some(Answer::Page(first)) = live.get(1) else { panic!("no page") };
    let company = first.companies.iter().find(|company| company.state.managed()).unwrap();
    let mut token = first.change_token.clone().unwrap();
    for name in ["Renamed once", "Renamed twice"] {
        let now = harness.client.perform(GetCompany { company: company.id.clone() }.into()).await.unwrap();
        let Answer::Company(now) = now else { panic!("{now:?}") };
        let changes = CompanyChanges { name: Some(name.into()), ..CompanyChanges::default() };
        let edit = Request::EditCompany(EditCompany { company: now.id, etag: now.etag, changes, key: key() });
        harness.client.perform(edit).await.unwrap();
        let changes = harness.changes(&token).await;
        let Answer::Changes(news) = &changes else { panic!("{changes:?}") };
        token.clone_from(&news.next);
        live.push(changes);
    }
    harness.changes(&token).await;
    let (restore, recalled) = harness.recalled(place.path()).unwrap();
    assert_eq!(recalled, without_desk(live));
    assert_eq!(
        (restore.companies, restore.change_token.as_deref(), restore.reload),
        (2500, Some(token.as_str()), false)
    );
    // It goes on from there: nothing is missed and nothing is asked for twice.
    let Answer::Changes(news) = harness.changes(&token).await else { panic!("no changes") };
    assert!(news.companies.is_empty());
}

#[tokio::test]
async fn a_load_that_was_broken_off_leaves_what_was_there() {
    let (server, place) = (sample(2500).await, tempfile::tempdir().unwrap());
    let harness = harness(place.path(), endpoint(&server));
    let live = harness.load().await;
    harness.page(None).await;
    let (_, recalled) = harness.recalled(place.path()).unwrap();
    assert_eq!(recalled, without_desk(live));
}

#[tokio::test]
async fn only_the_whole_list_is_kept() {
    let (server, place) = (sample(60).await, tempfile::tempdir().unwrap());
    let harness = harness(place.path(), endpoint(&server));
    harness.client.perform(GetSession.into()).await.unwrap();
    for (filter, order_by) in [(Some("state = ACTIVE"), Some("name")), (None, None), (None, Some("state"))] {
        let (filter, order_by) = (filter.map(Into::into), order_by.map(Into::into));
        let list = ListCompanies { page_size: 1000, filter, order_by, ..ListCompanies::default() };
        harness.client.perform(Request::ListCompanies(list)).await.unwrap();
    }
    assert!(harness.recalled(place.path()).is_none());
}

#[tokio::test]
async fn nothing_that_opens_a_door_is_written() {
    let (server, place) = (sample(60).await, tempfile::tempdir().unwrap());
    let harness = harness(place.path(), endpoint(&server));
    let live = harness.load().await;
    let Some(Answer::Page(page)) = live.last() else { panic!("no page") };
    let company = page.companies.iter().find(|company| company.state.as_str() == "ACTIVE").unwrap().id;
    let launch = Request::Launch(Launch { company, target: Target::Home, vault: None, key: key() });
    let Answer::Launch(launch) = harness.client.perform(launch).await.unwrap() else { panic!("no launch") };
    harness.client.perform(ListLinks.into()).await.unwrap();
    let changes = page.change_token.clone().unwrap();
    harness.changes(&changes).await;
    assert!(harness.recalled(place.path()).is_some());
    let bytes = every_byte(place.path());
    let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let one_time = launch.uri.reveal().rsplit('/').next().unwrap();
    for who in server.credentials() {
        assert!(!has(&who.client_secret));
    }
    for secret in [one_time, "Bearer", "uthorization", "/owner"] {
        assert!(!has(secret), "{secret}");
    }
    assert!(has("ACTIVE"), "the search finds what is there");
}

#[tokio::test]
async fn the_token_of_the_sign_in_is_not_written() {
    let (server, place) = (mock::server().await, tempfile::tempdir().unwrap());
    let session = json!({"account": {"id": mock::ACCOUNT}, "technician": {"id": "T"}, "token": "token-1"});
    let list = json!({"results": [{"id": "A", "name": "One"}], "change_token": "c1"});
    for (at, body) in [("/v1beta1/session".to_owned(), session), (mock::below("companies"), list)] {
        Mock::given(method("GET")).and(path(at)).respond_with(mock::ok(&body)).mount(&server).await;
    }
    let endpoint = ClientConfig {
        base_url: server.uri().parse().unwrap(),
        account: Some(AccountId::new(mock::ACCOUNT)),
        client_id: "client-7".into(),
        client_secret: mock::SECRET.into(),
        read_only: true,
        ca_file: None,
    };
    let harness = harness(place.path(), endpoint);
    harness.load().await;
    assert_eq!(harness.recalled(place.path()).unwrap().1.len(), 2, "read-only mode keeps too: it changes no company");
    let bytes = every_byte(place.path());
    for secret in [mock::SECRET, "token-1"] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
    }
}

#[tokio::test]
async fn a_place_that_cannot_be_written_does_not_hinder_the_client() {
    let (server, place) = (sample(60).await, tempfile::tempdir().unwrap());
    let blocked = place.path().join("file");
    std::fs::write(&blocked, "x").unwrap();
    let harness = harness(&blocked.join("rosters"), endpoint(&server));
    assert_eq!(harness.load().await.len(), 2);
    assert!(harness.keeper.flush(Duration::from_secs(30)));
    assert!(harness.keeper.problem().is_some());
    assert_eq!(usage(&blocked), mspdash::cache::Usage::default());
}

#[tokio::test]
async fn a_long_list_comes_page_by_page_and_not_at_once() {
    let (server, place) = (sample(10_000).await, tempfile::tempdir().unwrap());
    let harness = harness(place.path(), endpoint(&server));
    harness.load().await;
    let (restore, answers) = harness.recalled(place.path()).unwrap();
    let pages = answers.iter().filter(|answer| matches!(answer, Answer::Page(page) if page.companies.len() == 1000));
    assert_eq!((pages.count(), restore.companies), (10, 10_000));
}
