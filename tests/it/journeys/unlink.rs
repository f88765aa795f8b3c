//! Unlinking, the one act that cannot be taken back: blocked, allowed, interrupted, repeated.

use crate::support::journey::{Journey, Scenario};
use mspdash::app::model::Tab;
use mspdash::domain::company::CompanyState;
use mspdash::domain::request::{CompanyChanges, IdempotencyKey, Request, Unlink};
use mspdash::server::Fault;

const COMPANY: &str = "Brightwater GmbH";

async fn before_the_dialog() -> Journey {
    let mut technician = Journey::start().await;
    technician.find(COMPANY).keys("u").sees("Checking with the server").settle().await;
    technician.sees("Unlink Brightwater GmbH").sees("Confirmed owners: ").sees("[ Cancel ]").sees("[ ! Unlink ]");
    technician
}

/// The intents of the unlinks that were sent.
fn unlinks(technician: &Journey) -> Vec<IdempotencyKey> {
    let key = |request: &Request| match request {
        Request::Unlink(Unlink { key, .. }) => Some(key.clone()),
        _ => None,
    };
    technician.asked.iter().filter_map(key).collect()
}

async fn still_managed(technician: &Journey) -> bool {
    technician.backend.second_client().company(COMPANY).await.state == CompanyState::Active
}

#[tokio::test]
async fn a_company_without_a_confirmed_owner_is_blocked_and_what_can_help_is_one_key_away() {
    for (name, fix, wrong) in [
        ("Bright & Söhne KG", "Nobody who could be made an owner has joined yet. l opens", "o"),
        ("Hôtel des Dunes SAS", "The owner is invited but hasn't joined yet. l opens", "o"),
    ] {
        let mut technician = Journey::start().await;
        technician.find(name).keys("u").settle().await.sees("✘ No confirmed owner").sees("can't be unlinked now");
        technician.sees(fix).sees_not("[ ! Unlink ]").keys(wrong).sees(fix).keys("tab tab enter").settle().await;
        assert_eq!((unlinks(&technician), technician.opened.len()), (Vec::new(), 0));
        technician.keys("u").settle().await.keys("l").settle().await.sees_not("can't be unlinked now");
        assert_eq!((technician.selected().as_str(), technician.model.tab), (name, Tab::People));
        assert_eq!(technician.opened.len(), 1, "launched at the people, where they are invited");
    }
}

#[tokio::test]
async fn two_companies_of_one_name_are_told_apart_before_and_after() {
    let mut technician = Journey::start().await;
    technician.backend.second_client().renames("Tidewater Legal LLP", "Brightwater\u{a0}GmbH").await;
    technician.later(31).await.find(COMPANY).keys("u").settle().await;
    let (key, company) = technician.model.selected().unwrap();
    let (name, site) = (company.name.clone(), company.website.clone().unwrap());
    let site = site.trim_start_matches("https://").to_owned();
    technician.sees(&site).sees(key.company.as_str());
    // What looks the same is the name, whatever blank is in it.
    let typed = name.replace('\u{a0}', " ");
    technician.keys("tab").type_text(&typed).sees("matches").keys("tab enter").settle().await;
    technician.told(&format!("Unlinked {name} ({site})"));
}

#[tokio::test]
async fn an_invited_owner_is_named_but_does_not_count() {
    let mut technician = Journey::start().await;
    technician.find("Hôtel des Dunes SAS").keys("u").settle().await.sees("No confirmed owner; invited: ");
}

#[tokio::test]
async fn enter_on_the_open_dialog_cancels() {
    let mut technician = before_the_dialog().await;
    technician.keys("enter").settle().await.sees_not("[ Cancel ]");
    assert!(unlinks(&technician).is_empty() && still_managed(&technician).await);
}

#[tokio::test]
async fn enter_held_from_the_list_on_never_confirms() {
    let mut technician = before_the_dialog().await;
    for _ in 0..100 {
        technician.keys("enter");
    }
    technician.settle().await.keys("esc esc esc u").settle().await.keys("tab");
    for _ in 0..100 {
        technician.keys("enter");
    }
    technician.settle().await.sees("[ Cancel ]");
    assert!(unlinks(&technician).is_empty() && still_managed(&technician).await);
}

#[tokio::test]
async fn a_wrong_name_does_not_confirm() {
    for wrong in ["Brightwater", "Bright & Söhne KG", "unlink", " "] {
        let mut technician = before_the_dialog().await;
        technician.keys("tab").type_text(wrong).sees("doesn't match yet").keys("enter tab enter").settle().await;
        assert!(unlinks(&technician).is_empty() && still_managed(&technician).await, "{wrong:?}");
    }
}

#[tokio::test]
async fn the_right_name_unlinks_and_the_date_of_the_trial_is_told_before_and_after() {
    let mut technician = before_the_dialog().await;
    let end = technician.day(14);
    technician.sees(&format!("A 14-day free trial runs until {end}")).keys("tab").type_text(COMPANY);
    technician.sees("matches").keys("tab").sees("[ ! Unlink ]").keys("enter").sees("Unlinking").settle().await;
    technician.told(&format!("Unlinked {COMPANY} – 14-day free trial ends {end}"));
    let row = technician.row_of(COMPANY);
    assert!(row.contains("◌ ") && row.contains(&format!("trial to {end}")), "{row}");
    assert_eq!(unlinks(&technician).len(), 1);
    // The notice goes; who and when stay with the company, also for the next start.
    let mut technician = technician.again().await;
    technician.find(COMPANY).keys("enter").sees(&format!("14-day free trial until {end}"));
    technician.sees("by Tomma Petersen");
    let company = technician.backend.second_client().company(COMPANY).await;
    assert_eq!(company.state, CompanyState::Unlinked);
}

#[tokio::test]
async fn one_that_is_unlinked_says_so_and_since_when() {
    let mut technician = Journey::start().await;
    technician.find("Pelican Print Ltd").keys("u").settle().await.told("Unlink – already unlinked – trial ends ");
    technician.later(8).await.find("Café Möwe UG").keys("u").told("Unlink – already unlinked – trial ended ");
    assert_eq!(technician.writes(), 0);
}

#[tokio::test]
async fn a_company_that_changed_under_the_dialog_is_refused_and_shown_again() {
    let mut technician = before_the_dialog().await;
    let note = CompanyChanges { note: Some("Do not touch before Friday.".into()), ..CompanyChanges::default() };
    technician.backend.second_client().edits(COMPANY, note).await;
    technician.keys("tab").type_text(COMPANY).keys("tab enter").settle().await;
    technician.sees("someone changed it in the meantime").sees("The company has changed").sees_not("  matches");
    assert!(still_managed(&technician).await);
    // A new look is a new decision, with its own intent.
    technician.keys("tab").type_text(COMPANY).keys("tab enter").settle().await.told("Unlinked Brightwater GmbH");
    let intents = unlinks(&technician);
    assert!(intents.len() == 2 && intents[0] != intents[1], "{intents:?}");
}

#[tokio::test]
async fn a_poll_that_brings_a_change_under_the_dialog_forgets_what_was_typed() {
    let mut technician = before_the_dialog().await;
    technician.keys("tab").type_text(COMPANY).keys("tab").sees("matches");
    technician.backend.second_client().renames(COMPANY, "Brightwater Holding").await;
    technician.later(31).await.sees("The company has changed").sees("Unlink Brightwater Holding");
    technician.keys("enter").settle().await;
    assert_eq!(unlinks(&technician), []);
}

#[tokio::test]
async fn one_that_a_colleague_unlinked_under_the_dialog_is_not_unlinked_twice() {
    let mut technician = before_the_dialog().await;
    let second_client = technician.backend.second_client();
    second_client.unlinks(COMPANY).await;
    technician.keys("tab").type_text(COMPANY).keys("tab enter").settle().await.sees("already unlinked");
    let company = second_client.company(COMPANY).await;
    assert_eq!(company.unlinked_by.unwrap().display_name, "Jonas Behr", "the first one stands");
}

#[tokio::test]
async fn an_unlink_whose_answer_is_lost_is_done_once_when_it_is_tried_again() {
    let mut technician = before_the_dialog().await;
    technician.keys("tab").type_text(COMPANY).keys("tab");
    technician.backend.running().set_fault(Some(Fault::Cut));
    technician.keys("enter").settle().await.sees("? Unknown whether it was unlinked").sees("It's safe to retry");
    technician.backend.running().set_fault(None);
    assert!(!still_managed(&technician).await, "it was done, only nobody heard of it");
    technician.keys("tab tab enter").settle().await.told("Unlinked Brightwater GmbH");
    let intents = unlinks(&technician);
    assert!(intents.len() == 2 && intents[0] == intents[1], "the same intent: {intents:?}");
    assert!(technician.row_of(COMPANY).contains("◌ "));
}

#[tokio::test]
async fn the_name_of_the_company_and_both_buttons_are_in_sight_on_a_small_screen() {
    let scenario = Scenario { size: (60, 15), ..Scenario::default() };
    let mut technician = Journey::with(scenario).await;
    technician.find(COMPANY).keys("u").settle().await.sees("Unlink Brightwater GmbH");
    technician.sees("[ Cancel ]").sees("[ ! Unlink ]").type_text(COMPANY).sees("matches – read on first");
    technician.sees_not("To move to another MSP").keys("enter enter").settle().await;
    assert!(unlinks(&technician).is_empty(), "what follows was not shown to its end");
    while !technician.screen().contains("the new MSP.") {
        technician.keys("down");
    }
    technician.sees_not("read on").keys("enter enter").settle().await;
    assert_eq!(unlinks(&technician).len(), 1);
}

#[tokio::test]
async fn an_unlink_that_was_hidden_by_escape_is_told_when_it_is_done() {
    let mut technician = before_the_dialog().await;
    technician.keys("tab").type_text(COMPANY).keys("tab enter").sees("Can't be cancelled now").keys("esc");
    technician.sees_not("Unlinking").keys("u").told("Unlink – already in progress");
    technician.settle().await.told("Unlinked Brightwater GmbH");
    assert_eq!(unlinks(&technician).len(), 1);
}

#[tokio::test]
async fn whoever_leaves_while_an_unlink_is_on_its_way_is_asked_first() {
    let mut technician = before_the_dialog().await;
    technician.keys("tab").type_text(COMPANY).keys("tab");
    technician.backend.running().set_fault(Some(Fault::Delay(600_000)));
    technician
        .keys("enter ctrl-c")
        .sees_not("Unlinking")
        .keys("ctrl-c")
        .sees("Quit now?")
        .keys("enter")
        .sees_not("Quit now?");
    assert!(!technician.quit, "Enter stays");
    technician.keys("ctrl-c tab enter");
    assert!(technician.quit);
}
