//! The client and the embedded server over real HTTP: every request of the core, as each kind of technician.

use crate::support::{clock, serve};
use mspdash::client::{Client, ClientConfig};
use mspdash::domain::company::{Company, CompanyState};
use mspdash::domain::error::{Cause, ConflictCode, Error};
use mspdash::domain::id::{AccountId, CompanyId, Etag};
use mspdash::domain::launch::Target;
use mspdash::domain::people::GroupKind;
use mspdash::domain::request::{
    Answer, CompanyChanges, EditCompany, EditStep, GetCompany, GetSession, GetSetup, IdempotencyKey, Launch,
    ListChanges, ListCompanies, ListGroups, ListPeople, Page, Request, Unlink, UnlinkPreflight,
};
use mspdash::domain::session::Permission;
use mspdash::domain::setup::{StepKind, StepState};
use mspdash::server::{self, AccessChange, Database, Options, Running};
use std::collections::HashSet;

async fn sample() -> Running {
    clock::start();
    serve(Options::default()).await
}

fn client(server: &Running, role: &str, account: bool) -> Client {
    let technician = server.credentials().iter().find(|technician| technician.role == role).unwrap();
    let endpoint = ClientConfig {
        base_url: server.base_url().parse().unwrap(),
        account: account.then(|| AccountId::new(server.account_id())),
        client_id: technician.client_id.clone(),
        client_secret: technician.client_secret.as_str().into(),
        read_only: false,
        ca_file: None,
    };
    Client::new(endpoint).unwrap()
}

fn key() -> IdempotencyKey {
    IdempotencyKey(uuid::Uuid::now_v7().to_string())
}

async fn page(client: &Client, list: ListCompanies) -> Page {
    match client.perform(Request::ListCompanies(list)).await {
        Ok(Answer::Page(page)) => page,
        other => panic!("no page: {other:?}"),
    }
}

async fn first(client: &Client, filter: &str) -> Company {
    let list = ListCompanies { page_size: 1, filter: Some(filter.into()), ..ListCompanies::default() };
    page(client, list).await.companies.iter().next().unwrap()
}

async fn company(client: &Client, request: Request) -> Result<Company, Error> {
    match client.perform(request).await? {
        Answer::Company(company) => Ok(*company),
        other => panic!("no company: {other:?}"),
    }
}

fn unlink(company: &CompanyId, etag: &Etag, validate_only: bool) -> Request {
    Request::Unlink(Unlink { company: company.clone(), etag: etag.clone(), validate_only, key: key() })
}

#[tokio::test]
async fn the_session_tells_who_is_signed_in() {
    let server = sample().await;
    let Ok(Answer::Session(session)) = client(&server, "MSP_TECHNICIAN", false).perform(GetSession.into()).await else {
        panic!("no session")
    };
    assert_eq!(session.account.id.as_str(), server.account_id());
    assert!(session.technician.mfa && session.permissions.allows(&Permission::Unlink));
}

#[tokio::test]
async fn all_pages_together_are_all_companies_once() {
    let server = sample().await;
    let client = client(&server, "MSP_TECHNICIAN", false);
    let mut ask =
        ListCompanies { page_size: 7, order_by: Some("seats.filled desc, name".into()), ..ListCompanies::default() };
    let (mut ids, mut seats) = (HashSet::new(), Vec::new());
    loop {
        let page = page(&client, ask.clone()).await;
        assert_eq!((page.total, page.unreadable), (Some(48), 0));
        seats.extend(page.companies.iter().map(|company| company.seats.filled.unwrap()));
        ids.extend(page.companies.iter().map(|company| company.id));
        let Some(next) = page.next else { break };
        ask.page_token = Some(next);
    }
    assert_eq!((ids.len(), seats.len()), (48, 48));
    assert!(seats.is_sorted_by(|a, b| a >= b), "{seats:?}");
}

#[tokio::test]
async fn a_change_is_seen_by_who_asks_what_changed() {
    let server = sample().await;
    let client = client(&server, "MSP_TECHNICIAN", true);
    let since = page(&client, ListCompanies { page_size: 1, ..ListCompanies::default() }).await.change_token.unwrap();
    let before = first(&client, "state = ACTIVE").await;
    let changes = CompanyChanges { note: Some("called at nine".into()), ..CompanyChanges::default() };
    let edit = |etag: &Etag| {
        Request::EditCompany(EditCompany {
            company: before.id.clone(),
            etag: etag.clone(),
            changes: changes.clone(),
            key: key(),
        })
    };
    let after = company(&client, edit(&before.etag)).await.unwrap();
    assert_eq!(after.note.as_deref(), Some("called at nine"));
    assert_ne!(after.etag, before.etag);
    assert_eq!(company(&client, edit(&before.etag)).await.unwrap_err().cause, Cause::ChangedMeanwhile);
    let Ok(Answer::Changes(changes)) = client.perform(ListChanges { since, wait: 0 }.into()).await else {
        panic!("no changes")
    };
    assert_eq!(changes.companies.iter().map(|company| company.id).collect::<Vec<_>>(), [before.id]);
}

#[tokio::test]
async fn the_checklist_people_and_groups_are_read_and_a_step_is_changed() {
    let server = sample().await;
    let client = client(&server, "MSP_TECHNICIAN", true);
    let id = first(&client, "state = ACTIVE AND owners.confirmed > 0").await.id;
    let Ok(Answer::Setup(list)) = client.perform(GetSetup { company: id.clone() }.into()).await else {
        panic!("no checklist")
    };
    assert_eq!(list.steps.iter().map(|step| step.kind.clone()).collect::<Vec<_>>(), StepKind::KNOWN);
    let step = list.steps.first().unwrap();
    let edit = Request::EditStep(EditStep {
        company: id.clone(),
        step: step.kind.clone(),
        etag: step.etag.clone(),
        state: Some(StepState::InProgress),
        note: Some("half way".into()),
        key: key(),
    });
    let Ok(Answer::Step(step)) = client.perform(edit).await else { panic!("no step") };
    assert_eq!((step.state, step.note.as_deref()), (StepState::InProgress, Some("half way")));
    let Ok(Answer::People(people)) = client.perform(ListPeople { company: id.clone() }.into()).await else {
        panic!("no people")
    };
    assert!(people.iter().any(mspdash::domain::people::Person::is_confirmed_owner));
    let Ok(Answer::Groups(groups)) = client.perform(ListGroups { company: id }.into()).await else {
        panic!("no groups")
    };
    assert!(groups.iter().any(|group| group.kind == GroupKind::Owners));
}

#[tokio::test]
async fn a_launch_gives_an_address_on_the_servers_own_loopback() {
    let server = sample().await;
    let client = client(&server, "MSP_TECHNICIAN", true);
    let company = first(&client, "state = ACTIVE").await.id;
    let launch = Request::Launch(Launch { company, target: Target::Vaults, vault: None, key: key() });
    let Ok(Answer::Launch(address)) = client.perform(launch).await else { panic!("no address") };
    assert!(address.uri.reveal().starts_with(&server.base_url()));
}

#[tokio::test]
async fn an_unlink_is_checked_done_once_and_told_when_done_already() {
    let server = sample().await;
    let client = client(&server, "MSP_TECHNICIAN", true);
    let one = first(&client, "state = ACTIVE AND owners.confirmed > 0").await;
    let Ok(Answer::Preflight(checks)) = client.perform(UnlinkPreflight { company: one.id.clone() }.into()).await else {
        panic!("no pre-flight")
    };
    assert!(checks.allowed());
    let Ok(Answer::Preflight(dry)) = client.perform(unlink(&one.id, &checks.etag, true)).await else {
        panic!("no pre-flight")
    };
    assert!(dry.allowed());
    let done = company(&client, unlink(&one.id, &checks.etag, false)).await.unwrap();
    assert!(done.state == CompanyState::Unlinked && done.trial_end_time.is_some());
    let again = company(&client, unlink(&one.id, &done.etag, false)).await.unwrap_err();
    assert_eq!(again.cause, Cause::Conflict(ConflictCode::AlreadyUnlinked));

    let ownerless = first(&client, "owners.confirmed = 0 AND state = PENDING").await;
    let refused = company(&client, unlink(&ownerless.id, &ownerless.etag, false)).await.unwrap_err();
    assert_eq!(refused.cause, Cause::Conflict(ConflictCode::NoConfirmedOwner));
}

#[tokio::test]
async fn who_may_not_is_told_so() {
    let server = sample().await;
    let looking = client(&server, "VIEW_ONLY", true);
    let one = first(&looking, "state = ACTIVE").await;
    let launch = Request::Launch(Launch { company: one.id, target: Target::Home, vault: None, key: key() });
    assert_eq!(looking.perform(launch).await.unwrap_err().cause, Cause::NotAllowed);
    let list = Request::ListCompanies(ListCompanies { page_size: 1, ..ListCompanies::default() });
    let without_mfa = client(&server, "NO_MFA", false).perform(list.clone()).await.unwrap_err();
    assert_eq!(without_mfa.cause, Cause::MfaRequired);
    let stranger = ClientConfig {
        base_url: server.base_url().parse().unwrap(),
        account: None,
        client_id: "nobody".into(),
        client_secret: "nothing".into(),
        read_only: false,
        ca_file: None,
    };
    let nobody = Client::new(stranger).unwrap();
    assert_eq!(nobody.perform(list).await.unwrap_err().cause, Cause::NotSignedIn);
    let gone =
        client(&server, "OWNER", true).perform(GetCompany { company: CompanyId::new("NOSUCHCOMPANY") }.into()).await;
    assert_eq!(gone.unwrap_err().cause, Cause::NotFound);
}

#[tokio::test]
async fn a_server_that_was_started_again_and_forgot_the_token_is_signed_in_to_without_anybody_noticing() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::File(dir.path().join("workspace.db"));
    clock::start();
    let server = serve(Options { database: database.clone(), ..Options::default() }).await;
    let listen = server.base_url().trim_start_matches("http://").parse().unwrap();
    let client = client(&server, "OWNER", true);
    let before = first(&client, "state = ACTIVE").await;
    let credentials = server.credentials().to_vec();
    server.stop().await;
    let mut again = server::start(Options { listen, database, ..Options::default() }).await.unwrap();
    assert!(!again.issue_credentials(&credentials).await.unwrap(), "all are kept");
    again.change_access("OWNER", AccessChange::SignOut).await.unwrap();
    assert_eq!(first(&client, "state = ACTIVE").await.id, before.id);
    again.stop().await;
}

#[tokio::test]
async fn a_server_that_stopped_is_told_as_nobody_listening() {
    let server = sample().await;
    let client = client(&server, "OWNER", true);
    page(&client, ListCompanies { page_size: 1, ..ListCompanies::default() }).await;
    server.stop().await;
    let list = Request::ListCompanies(ListCompanies { page_size: 1, ..ListCompanies::default() });
    let error = client.perform(list).await.unwrap_err();
    assert!(matches!(error.cause, Cause::Refused { .. }), "{error:?}");
}
