//! Whoever has the contract alone can build a server for the dashboard: the client of the dashboard reads
//! everything it shows from a server made of the document's examples, and they tell one whole story.

use super::document_mock as mock;
use crate::support::{clock, http};
use mspdash::client::{Client, ClientConfig};
use mspdash::domain::activity::{Action, ListActivity};
use mspdash::domain::company::{Attention, Company, CompanyState, NewCompany};
use mspdash::domain::launch::{Redacted, Target};
use mspdash::domain::link::{LinkRequest, LinkState};
use mspdash::domain::people::{Group, GroupKind, Person, PersonKind};
use mspdash::domain::request::{
    AcceptLink, AddCompany, Answer, CancelLink, EditStep, GetCompany, GetSession, GetSetup, IdempotencyKey, Launch,
    ListChanges, ListCompanies, ListGroups, ListLinks, ListPeople, Page, Request, Unlink, UnlinkPreflight,
};
use mspdash::domain::session::Permission;
use mspdash::domain::setup::{StepKind, StepState};
use wiremock::MockServer;

/// The dashboard's own client, with nothing known but the address.
fn client(server: &MockServer) -> Client {
    clock::start();
    let base_url = server.uri().parse().unwrap();
    let (client_id, client_secret) = ("client".into(), "secret".into());
    Client::new(ClientConfig { base_url, account: None, client_id, client_secret, read_only: false, ca_file: None })
        .unwrap()
}

/// Carries out a request and takes the answer apart; anything but the named answer fails the test.
macro_rules! ask {
    ($client:expr, $kind:ident, $request:expr) => {
        match $client.perform($request).await {
            Ok(Answer::$kind(answer)) => answer,
            other => panic!("{other:?}"),
        }
    };
}

fn key() -> IdempotencyKey {
    IdempotencyKey("0199f3a2-7b10-7c22-8f00-5a6b7c8d9e0f".into())
}

async fn list(client: &Client) -> Page {
    ask!(client, Page, Request::ListCompanies(ListCompanies { page_size: 1000, ..ListCompanies::default() }))
}

async fn brightwater(client: &Client) -> Company {
    let page = list(client).await;
    let found = page.companies.iter().find(|company| company.name == "Brightwater GmbH").expect("it is listed");
    let company = ask!(client, Company, Request::GetCompany(GetCompany { company: found.id.clone() }));
    assert_eq!(*company, found, "list and detail show the same");
    found
}

#[tokio::test]
async fn the_list_is_whole_and_has_companies_of_every_state() {
    let server = mock::start().await;
    let client = client(&server);
    let session = ask!(client, Session, Request::GetSession(GetSession));
    assert!(session.permissions.allows(&Permission::Unlink) && !session.permissions.view_only());
    let page = list(&client).await;
    assert_eq!((page.total, page.next, page.unreadable), (Some(page.companies.len() as u64), None, 0));
    for state in CompanyState::KNOWN {
        assert!(page.companies.iter().any(|company| company.state == state), "nobody is {state:?}");
    }
    assert!(page.companies.iter().all(|company| company.region == session.account.region));
    let changes = ask!(
        client,
        Changes,
        Request::ListChanges(ListChanges { since: page.change_token.expect("a token"), wait: 0 })
    );
    assert!(
        !changes.more && changes.companies.iter().all(|company| page.companies.iter().any(|other| other == company))
    );
    assert!(changes.removed.iter().all(|gone| page.companies.iter().all(|company| company.id != *gone)));
}

#[tokio::test]
async fn the_company_its_checklist_its_people_and_its_groups_tell_the_same() {
    let server = mock::start().await;
    let client = client(&server);
    let company = brightwater(&client).await;
    assert_eq!((company.seats.filled, company.seats.limit), (Some(42), Some(50)));
    assert_eq!(
        company.seats.members.zip(company.seats.guests).map(|(members, guests)| members + guests),
        company.seats.filled
    );

    let checklist = ask!(client, Setup, Request::GetSetup(GetSetup { company: company.id.clone() }));
    assert_eq!(checklist.progress(), company.setup);
    assert_eq!(checklist.steps.iter().map(|step| step.kind.clone()).collect::<Vec<_>>(), StepKind::KNOWN);
    assert_eq!(checklist.next().map(|step| &step.kind), Some(&StepKind::DeployApps));

    let people: Vec<Person> = ask!(client, People, Request::ListPeople(ListPeople { company: company.id.clone() }));
    let count = |wanted: &dyn Fn(&Person) -> bool| people.iter().filter(|person| wanted(person)).count() as u64;
    assert_eq!(count(&Person::fills_seat), u64::from(company.seats.filled.unwrap()));
    let guests = count(&|person| person.kind == PersonKind::Guest && person.fills_seat());
    assert_eq!(guests, u64::from(company.seats.guests.unwrap()));
    assert_eq!(count(&Person::is_confirmed_owner), u64::from(company.owners.confirmed.unwrap()));
    assert!(company.attention.contains(&Attention::SeatLimitNear) && company.seats.percent() >= Some(80));

    let groups: Vec<Group> = ask!(client, Groups, Request::ListGroups(ListGroups { company: company.id.clone() }));
    assert!(groups.iter().any(|group| group.kind == GroupKind::Owners && group.member_count == 2));
    for group in groups {
        let members = count(&|person| person.memberships().iter().any(|membership| membership.id == group.id));
        assert_eq!(members, u64::from(group.member_count), "{}", group.name);
    }
}

#[tokio::test]
async fn the_main_job_can_be_done() {
    let server = mock::start().await;
    let client = client(&server);
    let company = brightwater(&client).await;
    let (id, step) = (company.id.clone(), StepKind::DeployApps);
    let before = ask!(client, Setup, Request::GetSetup(GetSetup { company: id.clone() }));
    let etag = before.step(&step).expect("the step").etag.clone();
    let state = Some(StepState::Done);
    let edit = Request::EditStep(EditStep { company: id.clone(), step, etag, state, note: None, key: key() });
    let after = ask!(client, Step, edit);
    assert_eq!((&after.kind, &after.state), (&StepKind::DeployApps, &StepState::Done));

    let launch = Request::Launch(Launch { company: id.clone(), target: Target::Vaults, vault: None, key: key() });
    let address = ask!(client, Launch, launch);
    assert!(address.uri.reveal().starts_with(&format!("https://{}/", company.sign_in_host)));

    let preflight = ask!(client, Preflight, Request::UnlinkPreflight(UnlinkPreflight { company: id.clone() }));
    assert!(preflight.allowed() && preflight.etag == company.etag && preflight.company_name == company.name);
    let unlink = Request::Unlink(Unlink { company: id, etag: preflight.etag, validate_only: false, key: key() });
    let unlinked = ask!(client, Company, unlink);
    assert_eq!((&unlinked.name, &unlinked.state), (&company.name, &CompanyState::Unlinked));
    assert_eq!(unlinked.trial_end_time, preflight.trial_end_time);
}

#[tokio::test]
async fn companies_are_added_links_accepted_and_the_trail_is_read() {
    let server = mock::start().await;
    let client = client(&server);
    let new = NewCompany { name: "Seegras Papier GmbH".into(), ..NewCompany::default() };
    let added = ask!(client, Company, Request::AddCompany(AddCompany { new, key: key() }));
    assert_eq!((&added.state, added.name.as_str()), (&CompanyState::Pending, "Seegras Papier GmbH"));
    let links = ask!(client, Links, Request::ListLinks(ListLinks));
    let open = |states: &[LinkRequest]| states.iter().filter(|link| link.state.open()).count();
    assert_eq!((links.len(), open(&links)), (5, 2));
    let link = Redacted::new("https://a.1password.eu/link/ABCDEFGHIJKLMNOPQRSTUVWX23".to_owned());
    let accepted = ask!(client, Link, Request::AcceptLink(AcceptLink { link, key: key() }));
    assert!(accepted.state == LinkState::Accepted && links.contains(&accepted));
    let cancelled = ask!(client, Link, Request::CancelLink(CancelLink { link: accepted.id.clone(), key: key() }));
    assert_eq!((cancelled.id, cancelled.state), (accepted.id.clone(), LinkState::Cancelled));
    let page = ask!(client, Activity, Request::ListActivity(ListActivity::default()));
    assert_eq!((page.events.len(), page.total), (3, Some(3)));
    assert!(page.events.iter().all(|event| !matches!(event.action, Action::Other(_)) && event.time.is_some()));
}

#[tokio::test]
async fn a_caller_without_what_the_contract_asks_for_is_refused() {
    let server = mock::start().await;
    let client = http::browser().build().unwrap();
    let company = format!("{}/v1beta1/accounts/A/companies/B", server.uri());
    assert_eq!(client.get(&company).send().await.unwrap().status(), 401);
    let unlink = || client.post(format!("{company}:unlink")).bearer_auth("t");
    assert_eq!(unlink().send().await.unwrap().status(), 400);
    assert_eq!(unlink().header("Idempotency-Key", "k").send().await.unwrap().status(), 428);
    let done = unlink().header("Idempotency-Key", "k").header("If-Match", "e").send().await.unwrap();
    assert_eq!(done.status(), 200);
}
