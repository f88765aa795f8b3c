//! People, recoveries and vaults: what is warned of, what is refused, and what is counted.

use super::owner;
use super::whole_life::{on_person, plain};
use crate::support::journey::{Journey, Scenario};
use mspdash::app::model::Tab;
use mspdash::domain::launch::Target;
use mspdash::domain::people::PersonKind;
use mspdash::domain::recovery::{PersonAct, Recovery};
use mspdash::domain::request::{ChangePerson, IdempotencyKey, Launch, Request};
use mspdash::server::Fault;

const COMPANY: &str = "Brightwater GmbH";
/// It has one owner only.
const ONE_OWNER: &str = "Zielona Łąka Sp. z o.o.";
/// It was linked: Advanced permissions are off.
const LINKED: &str = "Officine Marea S.r.l.";

/// The intents of everything that was done to people.
fn acts(technician: &Journey, wanted: PersonAct) -> Vec<IdempotencyKey> {
    let key = |request: &Request| match request {
        Request::ChangePerson(ChangePerson { act, key, .. }) if *act == wanted => Some(key.clone()),
        _ => None,
    };
    technician.asked.iter().filter_map(key).collect()
}

#[tokio::test]
async fn the_last_owner_cannot_be_taken_away() {
    let mut technician = Journey::start().await;
    technician.at(ONE_OWNER, Tab::People).await.keys("g d").sees("This is the last owner").sees(ONE_OWNER);
    technician.keys("enter").settle().await;
    assert_eq!(technician.writes(), 0, "Enter alone takes nobody away");
    // Nor does the button, which the server would refuse; suspended, they would be no confirmed owner either.
    for key in ["d", "p"] {
        technician.keys(key).sees("This is the last owner").keys("y enter").settle().await.sees_not("[ Cancel ]");
    }
    assert_eq!(technician.writes(), 0);
    assert_eq!(technician.backend.second_client().company(ONE_OWNER).await.owners.confirmed, Some(1));
}

#[tokio::test]
async fn an_owner_who_was_made_can_be_unmade_and_the_group_change_taken_back() {
    let mut technician = Journey::start().await;
    technician.at(ONE_OWNER, Tab::People).await;
    let person = plain(&technician)[0].clone();
    on_person(&mut technician, &person);
    technician.keys("o y enter").settle().await.told("is now an owner");
    technician.keys("U").settle().await.told(&format!("{} removed from Owners again", person.display_name));
    assert_eq!(technician.backend.second_client().company(ONE_OWNER).await.owners.confirmed, Some(1));
    let shown = technician.model.people_shown();
    let shown = shown.iter().find(|other| other.id == person.id).unwrap();
    assert_eq!(shown.groups, person.groups, "and the tab shows it");
}

#[tokio::test]
async fn a_technician_is_not_recovered_suspended_or_made_an_owner() {
    let mut technician = Journey::start().await;
    technician.at(COMPANY, Tab::People).await.keys("G").sees("Technicians");
    assert_eq!(technician.model.selected_person().unwrap().kind, PersonKind::Technician);
    for key in ["R", "o", "a", "p"] {
        technician.keys(key).settle().await;
        assert!(technician.model.overlays.is_empty(), "{key}");
    }
    let me = technician.model.accounts.only().unwrap().session.value().unwrap().technician.clone();
    technician.keys("/").type_text(&me.email).keys("enter esc R").told("Recover account – you can't recover yourself");
    assert_eq!(technician.writes(), 0);
}

#[tokio::test]
async fn suspended_people_fill_no_seat() {
    let mut technician = Journey::start().await;
    technician.at(COMPANY, Tab::People).await.sees("Filled seats 42 = 39 members + 3 guests");
    let person = plain(&technician)[0].clone();
    on_person(&mut technician, &person);
    technician.keys("p").sees("don't use a seat").sees(COMPANY).keys("y enter").settle().await;
    technician.told(&format!("{COMPANY}: {} is suspended", person.display_name)).sees("Filled seats 41 = 38 members");
    technician.sees("1 suspended").sees_not("The company reports");
    assert_eq!(technician.backend.second_client().company(COMPANY).await.seats.filled, Some(41));
    technician.keys("R").told("only for active people").keys("p y enter").settle().await.told("is active again");
    technician.sees("Filled seats 42 = 39 members").keys("esc").settle().await;
    assert!(technician.row_of(COMPANY).contains("42/50"), "{}", technician.row_of(COMPANY));
}

#[tokio::test]
async fn a_recovery_whose_answer_was_lost_begins_once() {
    let mut technician = Journey::start().await;
    technician.at(COMPANY, Tab::People).await;
    let person = plain(&technician)[0].clone();
    on_person(&mut technician, &person);
    technician.keys("R y");
    technician.backend.running().set_fault(Some(Fault::Cut));
    technician.keys("enter").settle().await.sees("Unknown whether the recovery was changed").sees(&person.display_name);
    technician.backend.running().set_fault(None);
    technician.later(5).await;
    if !technician.model.overlays.is_empty() {
        technician.keys("y enter").settle().await;
    }
    technician.told("now has to choose a new password");
    let keys = acts(&technician, PersonAct::BeginRecovery);
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    assert_eq!(technician.backend.second_client().company(COMPANY).await.open_recoveries, Some(1));
}

fn recoveries(technician: &Journey) -> Vec<Recovery> {
    technician.model.recoveries_shown().map(|row| row.item.clone()).collect()
}

#[tokio::test]
async fn open_recoveries_are_seen_over_all_companies_and_ended_from_there() {
    let mut technician = Journey::start().await;
    technician.keys("3").settle().await.sees("Recoveries");
    let list = recoveries(&technician);
    assert!(list.len() > 1 && list.is_sorted_by_key(|recovery| recovery.begin_time), "oldest first");
    let first = technician.model.selected_recovery().unwrap().item.clone();
    technician.keys("X").sees("Cancel account recovery for").sees(&first.company_name).keys("enter").settle().await;
    assert_eq!(technician.writes(), 0, "Enter alone ends nothing");
    technician.keys("X y enter").settle().await.told("is no longer in recovery");
    let left = recoveries(&technician);
    assert!(left.len() + 1 == list.len() && left.iter().all(|recovery| recovery.user != first.user));
    assert_eq!(acts(&technician, PersonAct::CancelRecovery).len(), 1);
}

#[tokio::test]
async fn vaults_of_a_linked_company_stay_closed_until_its_owner_allows_it() {
    let mut technician = Journey::start().await;
    technician.at(LINKED, Tab::Vaults).await.keys("v").told("Advanced permissions aren't enabled by the company");
    technician.keys("w").settle().await;
    assert_eq!(technician.writes(), 0);
}

#[tokio::test]
async fn with_advanced_permission_a_vault_is_opened_and_viewed() {
    let mut technician = Journey::start().await;
    technician.at(COMPANY, Tab::Vaults).await;
    while technician.model.selected_vault().unwrap().has_access {
        technician.keys("j");
    }
    let vault = technician.model.selected_vault().unwrap().clone();
    technician
        .keys("w")
        .told("you don't have access yet – v gives it to you")
        .keys("v")
        .sees(&vault.name)
        .sees(COMPANY);
    technician.keys("y enter").settle().await.told(&format!("you now have access to {}", vault.name));
    let now = technician.model.selected_vault().unwrap();
    assert_eq!((&now.id, now.has_access), (&vault.id, true), "the cursor stays on it");
    technician.keys("v").told("you already have access").keys("w").settle().await;
    let launched = technician.asked.iter().any(|request| match request {
        Request::Launch(Launch { target, vault: Some(id), .. }) => *target == Target::Vaults && *id == vault.id,
        _ => false,
    });
    assert!(launched, "to that vault: {:?}", technician.asked);
    let page = owner::reads(technician.opened.last().expect("a browser")).await;
    assert!(page.contains(&vault.name) && page.contains(COMPANY), "{page}");
}

#[tokio::test]
async fn nothing_is_done_to_people_and_vaults_of_a_company_that_is_unlinked() {
    const GONE: &str = "Pelican Print Ltd";
    let mut technician = Journey::start().await;
    technician.at(GONE, Tab::People).await;
    for key in ["o", "a", "d", "p", "R", "X"] {
        technician.keys(key).settle().await.told("already unlinked");
        assert!(technician.model.overlays.is_empty(), "{key}: {}", technician.screen());
    }
    technician.at(GONE, Tab::Vaults).await.keys("v").told("already unlinked").keys("w").told("already unlinked");
    technician.at(GONE, Tab::Setup).await.keys("x").told("already unlinked").keys("l").told("already unlinked");
    assert_eq!(technician.writes(), 0);
}

#[tokio::test]
async fn in_a_small_window_the_question_names_company_and_person_and_both_buttons() {
    let mut technician = Journey::with(Scenario { size: (60, 15), ..Scenario::default() }).await;
    technician.at(ONE_OWNER, Tab::People).await.keys("g d").sees(ONE_OWNER).sees("[ Cancel ]").sees("[ Remove role ]");
    let person = technician.model.selected_person().unwrap().display_name.clone();
    technician.sees(&person).sees("last owner").keys("esc").settle().await;
    technician.keys("3").settle().await.keys("X").sees("[ Cancel ]").sees("[ End recovery ]");
    let company = technician.model.selected_recovery().unwrap().item.company_name.clone();
    technician.sees(&company);
}
