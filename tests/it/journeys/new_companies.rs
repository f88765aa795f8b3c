//! How a company comes: added and edited from the form, or linked with an Owner who answers in a browser.

use super::owner;
use crate::support::journey::Journey;
use mspdash::domain::company::CompanyState;
use mspdash::domain::error::Cause;
use mspdash::domain::request::{AddCompany, CompanyChanges, Request};
use mspdash::server::Fault;

/// An account of the sample that no provider manages, and whose Owner has not started a link.
const OUTSIDE: &str = "Kaufhaus Seestern GmbH";

#[tokio::test]
async fn a_company_is_added_once_although_the_first_answer_was_lost_and_its_setup_is_one_key_away() {
    let mut technician = Journey::start().await;
    technician.keys("n").sees("Add a new company").sees("Link an existing account").keys("enter");
    technician.type_text("Nordlicht Segel AG").keys("tab").type_text("nordlicht.example").keys("tab");
    technician.type_text("germ").sees("Germany").keys("enter").type_text("Am Deich 1").keys("tab tab");
    technician.type_text("24837").keys("tab").type_text("Schleswig").sees("1password.eu, your MSP account's");
    technician.backend.running().set_fault(Some(Fault::Status(500)));
    technician
        .keys("tab tab tab enter")
        .settle()
        .await
        .sees("Unknown whether the company was added")
        .sees("Nordlicht Segel AG");
    technician.backend.running().set_fault(None);
    technician.later(5).await.keys("enter").settle().await.sees("Nordlicht Segel AG was added");
    let keys: Vec<_> = technician
        .asked
        .iter()
        .filter_map(|request| match request {
            Request::AddCompany(AddCompany { key, .. }) => Some(key.clone()),
            _ => None,
        })
        .collect();
    assert!(keys.len() == 2 && keys[0] == keys[1], "{keys:?}");
    technician.keys("enter").settle().await.sees("0 of 5 done");
    assert_eq!((technician.opened.len(), technician.selected()), (1, "Nordlicht Segel AG".into()));
    let company = technician.backend.second_client().company("Nordlicht Segel AG").await;
    assert_eq!(company.website.as_deref(), Some("https://nordlicht.example"));
    assert_eq!(company.address.postal_code.as_deref(), Some("24837"));
}

#[tokio::test]
async fn an_edit_beside_a_colleagues_keeps_both() {
    let mut technician = Journey::start().await;
    technician.find("Brightwater GmbH").keys("e").sees("Edit Brightwater GmbH");
    let theirs = CompanyChanges { website: Some("https://new.example".into()), ..CompanyChanges::default() };
    technician.backend.second_client().edits("Brightwater GmbH", theirs).await;
    technician
        .type_text(" & Co. KG")
        .keys("backtab backtab enter")
        .settle()
        .await
        .sees("Someone else changed this company");
    technician.sees("https://new.example").sees("Brightwater GmbH & Co. KG").keys("enter").settle().await;
    technician.told("Brightwater GmbH & Co. KG: saved");
    let company = technician.backend.second_client().company("Brightwater GmbH & Co. KG").await;
    assert_eq!(company.website.as_deref(), Some("https://new.example"));
}

#[tokio::test]
async fn an_account_is_linked_with_an_owner_in_the_browser_and_appears_by_itself() {
    let mut technician = Journey::start().await;
    technician.keys("n j enter").sees("Linking needs both sides").keys("f2").settle().await;
    let desk = technician.opened.pop().expect("the owner's desk is open");
    let link = owner::starts(&desk, OUTSIDE).await;
    technician.tell(mspdash::app::msg::Msg::Paste(link));
    technician.keys("enter").settle().await.told("now an Owner of the company has to confirm");
    technician.sees("waiting for an Owner of the company").sees(OUTSIDE).keys("o").settle().await;
    let page = technician.opened.pop().expect("the owner's page is open");
    owner::answers(&page, "approve", "").await;
    technician.later(35).await.told(&format!("{OUTSIDE} is linked")).sees("linked");
    technician.keys("enter").settle().await;
    assert_eq!(technician.selected(), OUTSIDE);
    let (_, company) = technician.model.selected().unwrap();
    assert_eq!(company.state, CompanyState::Active);
    assert!(!company.advanced_permissions.unwrap().allowed_by_company, "off for linked companies");
}

#[tokio::test]
async fn a_used_link_says_why_it_is_not_taken_and_stays_in_the_line() {
    let mut technician = Journey::start().await;
    let unknown = format!("https://nobody.1password.eu/link/{}", "a".repeat(30));
    technician.keys("2").settle().await.keys("p");
    technician.tell(mspdash::app::msg::Msg::Paste(unknown));
    technician.keys("enter").settle().await.sees("Can't accept the link").sees("aaaa••••");
    let error = technician.model.failure.as_ref().map(|error| error.cause.clone());
    assert_eq!(error, Some(Cause::NotFound));
}
