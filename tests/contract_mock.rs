//! Whoever has the contract alone can build a server for the dashboard: the examples tell one whole story.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests; clippy only excuses #[test] functions"
)]

#[path = "support/document.rs"]
mod document;
#[path = "support/mock.rs"]
mod mock;

use mspdash::domain::company::{Attention, Company, CompanyState};
use mspdash::domain::people::{Group, GroupKind, Person, PersonKind};
use mspdash::domain::request::{Changes, Page};
use mspdash::domain::session::{Permission, Session};
use mspdash::domain::setup::{Checklist, StepKind};
use mspdash::domain::unlink::Preflight;
use mspdash::wire;
use serde::de::DeserializeOwned;
use wiremock::MockServer;

/// Asks for a path below the account, signed in.
async fn get<T: DeserializeOwned>(server: &MockServer, path: &str) -> T {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.get(format!("{}{path}", server.uri())).bearer_auth("t").send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

async fn page(server: &MockServer) -> Page {
    get::<wire::list::List<wire::company::Company>>(server, "/v1beta1/accounts/A/companies").await.into()
}

async fn brightwater(server: &MockServer) -> Company {
    get::<wire::company::Company>(server, "/v1beta1/accounts/A/companies/B").await.try_into().unwrap()
}

#[tokio::test]
async fn the_list_is_whole_and_has_companies_of_every_state() {
    let server = mock::start().await;
    let session: Session =
        get::<wire::session::Session>(&server, "/v1beta1/session").await.try_into().expect("a session");
    assert!(session.permissions.allows(&Permission::Unlink) && !session.permissions.view_only());
    let page = page(&server).await;
    assert_eq!((page.total, page.next, page.unreadable), (Some(page.companies.len() as u64), None, 0));
    for state in CompanyState::KNOWN {
        assert!(page.companies.iter().any(|company| company.state == state), "nobody is {state:?}");
    }
    assert!(page.companies.iter().all(|company| company.region == session.account.region));
    assert!(page.companies.contains(&brightwater(&server).await));
    let changes = format!("/v1beta1/accounts/A/companies:changes?since={}", page.change_token.expect("a token"));
    let changes: Changes = get::<wire::list::ChangeList>(&server, &changes).await.try_into().unwrap();
    assert!(!changes.more && !changes.companies.is_empty());
    assert!(changes.removed.iter().all(|gone| page.companies.iter().all(|company| company.id != *gone)));
}

#[tokio::test]
async fn the_company_its_checklist_its_people_and_its_groups_tell_the_same() {
    let server = mock::start().await;
    let company = brightwater(&server).await;
    assert_eq!((company.name.as_str(), company.seats.filled, company.seats.limit), ("Brightwater GmbH", 42, Some(50)));
    let below = format!("/v1beta1/accounts/A/companies/{}", company.id);

    let checklist: Checklist = get::<wire::setup::Checklist>(&server, &format!("{below}/setup")).await.into();
    assert_eq!(checklist.progress(), company.setup);
    assert_eq!(checklist.steps.iter().map(|step| step.kind.clone()).collect::<Vec<_>>(), StepKind::KNOWN);
    assert_eq!(checklist.next().map(|step| &step.kind), Some(&StepKind::DeployApps));

    let users: wire::list::List<wire::people::User> = get(&server, &format!("{below}/users")).await;
    let people: Vec<Person> = users.results.items.into_iter().map(|user| user.try_into().unwrap()).collect();
    let count = |wanted: &dyn Fn(&Person) -> bool| people.iter().filter(|person| wanted(person)).count() as u64;
    assert_eq!(users.total_size, Some(count(&|_| true)));
    assert_eq!(count(&Person::fills_seat), u64::from(company.seats.filled));
    let guests = count(&|person| person.kind == PersonKind::Guest && person.fills_seat());
    assert_eq!(guests, u64::from(company.seats.guests));
    assert_eq!(company.seats.members + company.seats.guests, company.seats.filled);
    assert_eq!(count(&Person::is_confirmed_owner), u64::from(company.owners.confirmed));
    assert!(company.attention.contains(&Attention::SeatLimitNear) && company.seats.percent() >= Some(80));

    let groups: wire::list::List<wire::people::Group> = get(&server, &format!("{below}/groups")).await;
    for group in groups.results.items {
        let group: Group = group.try_into().unwrap();
        let members = count(&|person| person.groups.iter().any(|membership| membership.id == group.id));
        assert_eq!(members, u64::from(group.member_count), "{}", group.name);
        assert!(group.kind != GroupKind::Owners || members == 2);
    }

    let preflight: Preflight =
        get::<wire::unlink::Preflight>(&server, &format!("{below}:unlinkPreflight")).await.into();
    assert!(preflight.allowed() && preflight.etag == company.etag && preflight.company_name == company.name);
}

#[tokio::test]
async fn a_caller_without_what_the_contract_asks_for_is_refused() {
    let server = mock::start().await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let company = format!("{}/v1beta1/accounts/A/companies/B", server.uri());
    assert_eq!(client.get(&company).send().await.unwrap().status(), 401);
    let unlink = || client.post(format!("{company}:unlink")).bearer_auth("t");
    assert_eq!(unlink().send().await.unwrap().status(), 400);
    assert_eq!(unlink().header("Idempotency-Key", "k").send().await.unwrap().status(), 428);
    let done = unlink().header("Idempotency-Key", "k").header("If-Match", "\"e\"").send().await.unwrap();
    assert_eq!(done.status(), 200);
    let unlinked: wire::company::Company = serde_json::from_str(&done.text().await.unwrap()).unwrap();
    assert_eq!(Company::try_from(unlinked).unwrap().state, CompanyState::Unlinked);
}
