//! One MSP with an account in each of three data regions: what happens to one server is no matter of the others.

use crate::support::clock;
use crate::support::three_servers::{Health, ThreeServers};
use mspdash::client::Client;
use mspdash::domain::company::Company;
use mspdash::domain::error::{Cause, Error};
use mspdash::domain::request::{
    Answer, Changes, CompanyChanges, EditCompany, GetSession, IdempotencyKey, ListChanges, ListCompanies, Page, Request,
};
use mspdash::domain::technician::Role;
use mspdash::server::{AccessChange, Clock};
use std::collections::HashSet;
use std::sync::Arc;

const TECHNICIAN: &str = "MSP_TECHNICIAN";

async fn open() -> (ThreeServers, [Client; 3]) {
    clock::start();
    let clock: Clock = Arc::new(mspdash::clock::now);
    let three_servers = ThreeServers::open(12, &clock).await;
    let clients = three_servers.sites().map(|site| site.client(TECHNICIAN));
    (three_servers, clients)
}

async fn list(client: &Client) -> Result<Page, Error> {
    match client.perform(ListCompanies { page_size: 100, ..ListCompanies::default() }.into()).await? {
        Answer::Page(page) => Ok(page),
        other => panic!("no page: {other:?}"),
    }
}

async fn changes(client: &Client, since: &str) -> Result<Changes, Error> {
    match client.perform(ListChanges { since: since.to_owned(), wait: 0 }.into()).await? {
        Answer::Changes(changes) => Ok(changes),
        other => panic!("no changes: {other:?}"),
    }
}

async fn note(client: &Client, company: &Company, note: &str) {
    let changes = CompanyChanges { note: Some(note.into()), ..CompanyChanges::default() };
    let key = IdempotencyKey(uuid::Uuid::now_v7().to_string());
    let edit =
        Request::EditCompany(EditCompany { company: company.id.clone(), etag: company.etag.clone(), changes, key });
    client.perform(edit).await.unwrap();
}

#[tokio::test]
async fn one_slow_one_ill_and_one_that_changes_do_not_mind_each_other() {
    let (mut three_servers, [europe, worldwide, canada]) = open().await;
    let (slow, ill, well) =
        (list(&europe).await.unwrap(), list(&worldwide).await.unwrap(), list(&canada).await.unwrap());
    let ids: HashSet<_> =
        [&slow, &ill, &well].iter().flat_map(|page| page.companies.iter().map(|company| company.id)).collect();
    assert_eq!(ids.len(), 36, "no id is there twice");
    three_servers.europe.set(Health::Slow).await;
    three_servers.worldwide.set(Health::Ill).await;

    let since = slow.change_token.unwrap();
    let waits = tokio::spawn(async move { changes(&europe, &since).await });
    three_servers.europe.waiting(1).await;
    let refused = changes(&worldwide, &ill.change_token.clone().unwrap()).await.unwrap_err();
    assert_eq!(refused.cause, Cause::ServerFailed { status: 500 });
    let noted = well.companies.iter().next().unwrap();
    note(&canada, &noted, "called at nine").await;
    let told = changes(&canada, &well.change_token.unwrap()).await.unwrap();
    assert_eq!(told.companies.iter().map(|company| company.id).collect::<Vec<_>>(), [noted.id]);
    assert!(!waits.is_finished(), "it still waits for its own server");

    three_servers.europe.set(Health::Well).await;
    three_servers.worldwide.set(Health::Well).await;
    assert!(waits.await.unwrap().unwrap().companies.is_empty());
    assert!(changes(&worldwide, &ill.change_token.unwrap()).await.unwrap().companies.is_empty());
}

#[tokio::test]
async fn a_server_that_went_away_comes_back_with_what_it_knew() {
    let (mut three_servers, [_, worldwide, canada]) = open().await;
    let before = list(&worldwide).await.unwrap();
    three_servers.worldwide.set(Health::Absent).await;
    assert_eq!(three_servers.worldwide.health(), Health::Absent);
    let refused = list(&worldwide).await.unwrap_err();
    assert!(matches!(refused.cause, Cause::Refused { .. }), "{refused:?}");
    list(&canada).await.unwrap();
    three_servers.worldwide.set(Health::Well).await;
    let after = changes(&worldwide, &before.change_token.unwrap()).await.unwrap();
    assert!(after.companies.is_empty(), "signed in again, with the old token of changes");
}

#[tokio::test]
async fn a_revoked_credential_and_a_lost_role_are_those_of_one_account() {
    let (three_servers, [europe, worldwide, canada]) = open().await;
    for client in [&europe, &worldwide, &canada] {
        list(client).await.unwrap();
    }
    three_servers.europe.running().change_access(TECHNICIAN, AccessChange::Revoke).await.unwrap();
    three_servers.worldwide.running().change_access(TECHNICIAN, AccessChange::Assign(Role::Nothing)).await.unwrap();
    assert_eq!(list(&europe).await.unwrap_err().cause, Cause::NotSignedIn);
    assert_eq!(list(&worldwide).await.unwrap_err().cause, Cause::NotAllowed);
    let Ok(Answer::Session(session)) = worldwide.perform(GetSession.into()).await else { panic!("no session") };
    assert_eq!((session.account.region.as_str(), session.technician.groups.len()), ("1password.com", 0));
    list(&canada).await.unwrap();

    three_servers.canada.running().change_access(TECHNICIAN, AccessChange::SignOut).await.unwrap();
    list(&canada).await.unwrap();
    three_servers.europe.running().change_access(TECHNICIAN, AccessChange::Restore).await.unwrap();
    list(&europe).await.unwrap();
}
