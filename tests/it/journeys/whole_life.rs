//! The whole life of a company: added, set up, owned, recovered, counted, unlinked, linked again. By keyboard alone
//! but for what an Owner does in a browser.

use super::owner;
use crate::support::journey::Journey;
use mspdash::app::model::Tab;
use mspdash::domain::company::{CompanyState, Origin};
use mspdash::domain::people::{GroupKind, Person, PersonKind, PersonState};
use mspdash::domain::request::{AddCompany, Request};
use mspdash::domain::setup::{StepKind, StepState};
use mspdash::server::Fault;

const NEW: &str = "Nordlicht Segel AG";
/// It has one owner only.
const COMPANY: &str = "Zielona Łąka Sp. z o.o.";

/// Active members who are neither owner nor administrator.
pub fn plain(technician: &Journey) -> Vec<Person> {
    let plain = |person: &&Person| {
        let higher = person.is_in(&GroupKind::Owners) || person.is_in(&GroupKind::Administrators);
        person.kind == PersonKind::Member && person.state == PersonState::Active && !higher
    };
    technician.model.people_shown().into_iter().filter(plain).cloned().collect()
}

/// Puts the cursor on this person, by the search of the tab.
pub fn on_person(technician: &mut Journey, person: &Person) {
    technician.keys("/").type_text(&person.email).keys("enter esc");
    let screen = technician.screen();
    assert_eq!(technician.model.selected_person().map(|found| &found.id), Some(&person.id), "{screen}");
}

/// Seats and owners as the server counts them: `(filled, confirmed owners)`.
async fn counted(technician: &Journey, company: &str) -> (u32, u32) {
    let company = technician.backend.second_client().company(company).await;
    (company.seats.filled.unwrap(), company.owners.confirmed.unwrap())
}

#[tokio::test]
async fn a_new_company_goes_from_the_form_through_all_five_steps() {
    let mut technician = Journey::start().await;
    technician.keys("n").sees("Add a new company").keys("enter").type_text(NEW).keys("tab tab");
    technician.type_text("germ").sees("Germany").keys("enter").type_text("Am Deich 1").keys("tab tab");
    technician
        .type_text("2483")
        .keys("tab")
        .sees("not a postal code in Germany")
        .keys("backtab")
        .type_text("7")
        .sees_not("not a postal code in Germany");
    technician.keys("tab").type_text("Schleswig").sees("1password.eu, your MSP account's");
    technician.keys("tab tab tab enter").settle().await.sees(&format!("{NEW} was added")).sees("Launch now and start");
    assert_eq!(technician.selected(), NEW);
    technician.keys("enter").settle().await.sees("0 of 5 done").told(&format!("Opened {NEW}"));
    assert_eq!((technician.opened.len(), technician.model.tab), (1, Tab::Setup));
    for (at, kind) in StepKind::KNOWN.into_iter().enumerate() {
        technician.keys("g");
        for _ in 0..at {
            technician.keys("j");
        }
        for _ in 0..4 {
            if technician.model.selected_step().unwrap().state != StepState::Done {
                technician.keys("x enter").settle().await;
            }
        }
        let step = technician.model.selected_step().unwrap();
        assert_eq!((&step.kind, &step.state), (&kind, &StepState::Done));
    }
    technician.sees("Setup complete");
    let company = technician.backend.second_client().company(NEW).await;
    assert_eq!((company.setup.done, company.setup.applicable, company.origin), (5, 5, Origin::Created));
    assert!(company.advanced_permissions.unwrap().allowed_by_company, "on for created companies");
    technician.keys("esc").settle().await;
    assert!(technician.row_of(NEW).contains('✔'), "{}", technician.row_of(NEW));
}

#[tokio::test]
async fn a_company_whose_saved_answer_was_lost_is_made_once_although_the_list_shows_it_meanwhile() {
    let mut technician = Journey::start().await;
    technician.keys("n enter").type_text(NEW).keys("backtab backtab").sees("Save");
    technician.backend.running().set_fault(Some(Fault::Cut));
    technician.keys("enter").settle().await.sees("Unknown whether the company was added").sees(NEW);
    technician.backend.running().set_fault(None);
    technician.later(61).await.sees(NEW);
    assert_eq!(technician.model.roster.iter().filter(|(_, company)| company.name == NEW).count(), 1, "it was made");
    technician.keys("enter").settle().await.sees(&format!("{NEW} was added")).keys("esc").settle().await;
    assert_eq!(technician.selected(), NEW);
    technician.sees("Managed Companies  49");
    let keys: Vec<_> = technician
        .asked
        .iter()
        .filter_map(|request| match request {
            Request::AddCompany(AddCompany { key, .. }) => Some(key.clone()),
            _ => None,
        })
        .collect();
    assert!(keys.len() == 2 && keys[0] == keys[1], "{keys:?}");
}

#[tokio::test]
async fn a_company_of_a_name_that_is_there_is_pointed_out_and_never_forbidden() {
    let mut technician = Journey::start().await;
    technician.keys("n enter").type_text("BRIGHTWATER gmbh").keys("backtab backtab enter").settle().await;
    technician.sees("A company with this name exists").sees("Brightwater GmbH");
    assert_eq!(technician.writes(), 0);
    technician.keys("enter").settle().await.sees("BRIGHTWATER gmbh was added");
}

#[tokio::test]
async fn a_new_company_says_honestly_that_nobody_owns_it_yet() {
    let mut technician = Journey::start().await;
    technician.keys("n enter").type_text(NEW).keys("backtab backtab").keys("enter").settle().await;
    technician.sees("was added").keys("esc").settle().await.at(NEW, Tab::People).await;
    let people = technician.model.people_shown();
    assert!(!people.is_empty() && people.iter().all(|person| person.kind == PersonKind::Technician), "{people:?}");
    technician.keys("o").told("technicians can't be made owners").keys("u").settle().await.sees("✘ No confirmed owner");
    assert_eq!(counted(&technician, NEW).await, (0, 0));
}

#[tokio::test]
async fn a_new_company_gets_its_first_owner_and_can_be_unlinked_then() {
    let mut technician = Journey::start().await;
    technician.keys("n enter").type_text(NEW).keys("backtab backtab").keys("enter").settle().await;
    technician.sees("was added").keys("esc").settle().await.at(NEW, Tab::People).await;
    technician.sees("Nobody has joined yet").keys("l").settle().await;
    let page = technician.opened.last().cloned().unwrap();
    owner::invites(&page, "Petra Özdemir").await;
    technician.later(31).await.sees("Petra Özdemir").sees("Filled seats 1 =").keys("g o");
    technician.sees("Make Petra Özdemir an owner?").keys("y enter").settle().await.told("is now an owner");
    assert_eq!(counted(&technician, NEW).await, (1, 1));
    technician.keys("esc").settle().await.keys("/").type_text("owner:oezdemir sege").keys("enter");
    technician.settle().await.keys("u").settle().await.sees("Petra Özdemir").sees("14-day free trial");
    technician.keys("tab").type_text(NEW).keys("enter enter").settle().await.told(&format!("Unlinked {NEW}"));
    let company = technician.backend.second_client().company(NEW).await;
    assert_eq!(company.state, CompanyState::Unlinked);
}

#[tokio::test]
async fn a_company_is_owned_recovered_counted_unlinked_and_linked_again() {
    let mut technician = Journey::start().await;
    technician.at(COMPANY, Tab::People).await.sees("Filled seats 31 =");
    assert_eq!(counted(&technician, COMPANY).await, (31, 1));
    let people = plain(&technician);
    let (owner, lost) = (&people[0], &people[1]);

    on_person(&mut technician, owner);
    technician.keys("o").sees(&format!("Make {} an owner?", owner.display_name)).sees(COMPANY);
    technician.keys("y enter").settle().await.told(&format!("{COMPANY}: {} is now an owner", owner.display_name));
    assert_eq!(counted(&technician, COMPANY).await, (31, 2));

    on_person(&mut technician, lost);
    technician.keys("R").sees("Start account recovery for").sees("they get an email").keys("y enter");
    technician.settle().await.told("now has to choose a new password").sees("1 in recovery").sees("Filled seats 31 =");
    technician.keys("R").told("they have to choose a new password first");
    technician.keys("3").settle().await.sees(&lost.display_name).sees("waiting for new password");
    while technician.model.selected_recovery().unwrap().item.user != lost.id {
        technician.keys("j");
    }
    // The list is asked for every 30 seconds, and the last time may have been just before.
    let ready = |technician: &Journey| {
        technician.model.selected_recovery().unwrap().item.stage == PersonState::RecoveryAwaitingCompletion
    };
    for _ in 0..2 {
        if !ready(&technician) {
            technician.later(31).await;
        }
    }
    assert!(ready(&technician), "it is ready by then");
    technician.keys("R").sees("Complete account recovery for").sees(COMPANY).keys("y enter").settle().await;
    technician.told(&format!("{} was recovered", lost.display_name));
    assert_eq!(technician.backend.second_client().company(COMPANY).await.open_recoveries, Some(0));

    seats_move_the_usage_of_today(&mut technician, lost).await;
    unlink_and_link_again(&mut technician).await;
}

async fn seats_move_the_usage_of_today(technician: &mut Journey, person: &Person) {
    technician.at(COMPANY, Tab::Usage).await.sees("Seats today").sees("│ 31  ");
    technician.at(COMPANY, Tab::People).await;
    on_person(technician, person);
    technician.keys("p").sees("don't use a seat").keys("y enter").settle().await.sees("Filled seats 30 =");
    assert_eq!(counted(technician, COMPANY).await, (30, 2));
    technician.keys("] ]").settle().await.sees("Seats today").sees("│ 30  ").keys("[ [").settle().await;
    technician.keys("p y enter").settle().await.told("is active again").sees("Filled seats 31 =");
    technician.keys("] ]").settle().await.sees("Seats today").sees("│ 31  ");
}

async fn unlink_and_link_again(technician: &mut Journey) {
    technician.keys("1 esc esc esc").find(COMPANY).keys("u").settle().await.sees("Confirmed owners: ").keys("tab");
    technician.type_text(COMPANY).keys("tab enter").settle().await.told(&format!("Unlinked {COMPANY}"));
    assert!(technician.row_of(COMPANY).contains("◌ "), "{}", technician.row_of(COMPANY));
    technician.keys("n j enter f2").settle().await;
    let desk = technician.opened.pop().expect("the desk of the owners");
    let link = owner::starts(&desk, COMPANY).await;
    technician.paste(&link).keys("enter").settle().await.told("now an Owner of the company has to confirm");
    technician.sees("waiting for an Owner of the company").keys("o").settle().await;
    let page = technician.opened.pop().expect("the page of the owner");
    owner::answers(&page, "approve", "").await;
    technician.later(31).await.told(&format!("{COMPANY} is linked")).keys("1 esc esc").find(COMPANY);
    assert!(technician.row_of(COMPANY).contains('●'), "{}", technician.row_of(COMPANY));
    let (_, company) = technician.model.selected().unwrap();
    assert_eq!((&company.state, company.trial_end_time), (&CompanyState::Active, None));
    assert!(!company.advanced_permissions.unwrap().allowed_by_company, "off for linked companies");
    assert_eq!(counted(technician, COMPANY).await, (31, 2));
    technician.keys("l").settle().await.told(&format!("Opened {COMPANY}"));
}

#[tokio::test]
async fn a_new_company_is_selected_although_search_and_filters_would_hide_it() {
    let mut technician = Journey::start().await;
    technician.keys("f space esc /").type_text("qqxxzz").keys("enter n enter").type_text(NEW);
    technician.keys("backtab backtab enter").settle().await.sees("Search and filters were cleared").keys("esc");
    assert_eq!(technician.selected(), NEW);
    technician.settle().await.sees("Managed Companies  49").row_of(NEW);
}

#[tokio::test]
async fn a_form_with_text_asks_before_it_is_dropped() {
    let mut technician = Journey::start().await;
    technician.keys("n enter").type_text(NEW).keys("esc").sees("Discard changes?").keys("tab").sees(NEW);
    technician.sees_not("Discard changes?").keys("esc esc").sees_not(NEW).sees("Managed Companies  48");
    assert_eq!(technician.writes(), 0);
}

#[tokio::test]
async fn one_new_company_lives_its_whole_life() {
    let mut technician = Journey::start().await;
    technician.keys("n enter").type_text(NEW).keys("backtab backtab enter").settle().await.keys("enter").settle().await;
    for _ in StepKind::KNOWN {
        while technician.model.selected_step().unwrap().state != StepState::Done {
            technician.keys("x enter").settle().await;
        }
        technician.keys("j");
    }
    technician.sees("Setup complete").at(NEW, Tab::People).await;
    for name in ["Ada Lund", "Bo Krog", "Cleo Marr"] {
        technician.keys("l").settle().await;
        let page = technician.opened.pop().unwrap();
        owner::invites(&page, name).await;
    }
    technician.later(31).await.sees("Filled seats 3 =");
    let people = plain(&technician);
    let [ada, bo, _] = &people[..] else { panic!("{people:?}") };
    on_person(&mut technician, ada);
    technician.keys("o y enter").settle().await.told("Ada Lund is now an owner");
    on_person(&mut technician, bo);
    technician.keys("R y enter").settle().await.told("Bo Krog now has to choose a new password").later(31).await;
    technician.sees("Filled seats 3 =").keys("R y enter").settle().await.told("Bo Krog was recovered");
    technician.keys("] ]").settle().await.sees("Seats today").sees("│ 3  ").keys("[ [").settle().await;
    technician
        .keys("p y enter")
        .settle()
        .await
        .sees("Filled seats 2 =")
        .keys("] ]")
        .settle()
        .await
        .sees("Seats today")
        .sees("│ 2  ");
    assert_eq!(counted(&technician, NEW).await, (2, 1));

    technician.keys("1 esc esc esc").find(NEW).keys("u").settle().await.sees("Ada Lund").keys("tab").type_text(NEW);
    technician.keys("tab enter").settle().await.told(&format!("Unlinked {NEW}")).keys("n j enter f2").settle().await;
    let desk = technician.opened.pop().expect("the desk of the owners");
    let link = owner::starts(&desk, NEW).await;
    technician.paste(&link).keys("enter").settle().await.sees("waiting for an Owner of the company").keys("o");
    technician.settle().await;
    let page = technician.opened.pop().expect("the page of the owner");
    owner::answers(&page, "approve", "").await;
    technician.later(31).await.told(&format!("{NEW} is linked")).keys("1 esc esc").find(NEW);
    let (_, company) = technician.model.selected().unwrap();
    assert_eq!((&company.state, company.setup.done, company.seats.filled), (&CompanyState::Active, 5, Some(2)));
    assert!(!company.advanced_permissions.unwrap().allowed_by_company, "off for linked companies");
    technician.at(NEW, Tab::Activity).await.sees("Ada Lund");
}
