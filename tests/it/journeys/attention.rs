//! What needs attention, what is found by its prefix, and what can be taken back.

use crate::support::journey::Journey;
use mspdash::app::model::Tab;
use mspdash::domain::company::{Attention, Company};
use mspdash::domain::setup::StepState;

const COMPANY: &str = "Brightwater GmbH";
const SINGLE: &str = "Zielona Łąka Sp. z o.o.";

fn shown(technician: &Journey) -> Vec<Company> {
    let roster = &technician.model.roster;
    roster.shown().iter().filter_map(|row| roster.read(*row)).map(|(_, company)| company).collect()
}

fn names(technician: &Journey) -> Vec<String> {
    shown(technician).into_iter().map(|company| company.name).collect()
}

/// Searches, and keeps the search.
fn search(technician: &mut Journey, text: &str) -> Vec<Company> {
    technician.keys("1 esc esc esc /").type_text(text).keys("enter");
    shown(technician)
}

#[tokio::test]
async fn only_what_needs_attention_is_shown_most_urgent_first_and_left_again() {
    let mut technician = Journey::start().await;
    technician.keys("w");
    let all = shown(&technician);
    assert!(all.len() > 5 && all.iter().all(|company| !company.attention.is_empty()));
    let urgent = all.iter().position(|company| company.attention.contains(&Attention::NoConfirmedOwner)).unwrap();
    let mild = all.iter().position(|company| company.attention == [Attention::SingleOwner]).unwrap();
    assert!(urgent < mild, "{:?}", names(&technician));
    assert_eq!(technician.selected(), all[0].name);
    technician.keys("w").sees("Managed Companies  48");
}

#[tokio::test]
async fn a_snoozed_company_leaves_the_view_and_wakes_by_itself() {
    let mut technician = Journey::start().await;
    technician.find(SINGLE).keys("Z").sees("Snooze for everyone in the MSP account").sees(SINGLE).keys("1");
    let day = technician.day(1);
    technician.settle().await.told(&format!("{SINGLE}: snoozed until {day}"));
    technician.keys("w");
    assert!(!names(&technician).contains(&SINGLE.to_owned()));
    let mut technician = technician.again().await;
    technician.keys("w");
    assert!(!names(&technician).contains(&SINGLE.to_owned()), "for everybody, and after the next start");
    technician.asleep(86_400 - 60).await;
    assert!(!names(&technician).contains(&SINGLE.to_owned()), "not yet");
    technician.asleep(61).await;
    assert!(names(&technician).contains(&SINGLE.to_owned()), "{}", technician.screen());
}

#[tokio::test]
async fn a_snooze_is_ended_by_hand() {
    let mut technician = Journey::start().await;
    technician.find(SINGLE).keys("Z 2").settle().await.keys("Z 4").settle().await;
    technician.told(&format!("{SINGLE}: no longer snoozed")).keys("w");
    assert!(names(&technician).contains(&SINGLE.to_owned()));
    technician.keys("w").find("Tidewater Legal LLP").keys("Z").told("nothing to snooze");
}

#[tokio::test]
async fn tags_owners_and_numbers_are_found_by_their_prefix() {
    let mut technician = Journey::start().await;
    let north = search(&mut technician, "tag:north");
    assert!(north.len() > 3 && north.iter().all(|company| company.tags.contains(&"north".to_owned())), "{north:?}");
    let one = search(&mut technician, "id:HB-1005");
    assert_eq!(one.iter().map(|company| company.name.as_str()).collect::<Vec<_>>(), [SINGLE]);
    technician.at(SINGLE, Tab::People).await;
    let owner = technician.model.people_shown()[0].display_name.clone();
    let family = owner.split(' ').next_back().unwrap().to_owned();
    let found = search(&mut technician, &format!("owner:{family}"));
    assert!(found.iter().any(|company| company.name == SINGLE), "{owner}: {:?}", names(&technician));
    assert!(found.len() < 20, "not everybody: {:?}", names(&technician));
    let both = search(&mut technician, "tag:north deich");
    assert_eq!(both.iter().map(|company| company.name.as_str()).collect::<Vec<_>>(), ["Deichgraf Bau GmbH"]);
}

#[tokio::test]
async fn a_new_tag_and_number_are_found_at_once() {
    let mut technician = Journey::start().await;
    technician.find(COMPANY).keys("t").type_text(", vip-2026").keys("enter").settle().await;
    let found = search(&mut technician, "tag:vip-2026");
    assert_eq!(found.len(), 1, "{:?}", names(&technician));
    technician.keys("esc U").settle().await.told("tags restored");
    assert_eq!(search(&mut technician, "tag:vip-2026").len(), 0);
}

#[tokio::test]
async fn a_setup_step_is_taken_back_but_not_a_colleagues() {
    let mut technician = Journey::start().await;
    technician.at(COMPANY, Tab::Setup).await.keys("x enter").settle().await.sees("Setup complete");
    technician.keys("U").settle().await.told("step is back to In progress").sees("4 of 5 done");
    let step = technician.model.selected_step().unwrap().clone();
    assert_eq!(step.state, StepState::InProgress);
    technician.keys("x enter").settle().await.sees("Setup complete");
    let second_client = technician.backend.second_client();
    second_client.reports(COMPANY, step.kind.clone(), StepState::Todo).await.unwrap();
    technician.keys("U").settle().await.told("someone changed it in the meantime");
    assert_eq!(second_client.step(COMPANY, &step.kind).await.state, StepState::Todo, "theirs stands");
}

#[tokio::test]
async fn after_an_unlink_the_truth_is_told_instead() {
    const GONE: &str = "Tidewater Legal LLP";
    let mut technician = Journey::start().await;
    technician.find(GONE).keys("u").settle().await.keys("tab").type_text(GONE).keys("tab enter").settle().await;
    technician.told(&format!("Unlinked {GONE}")).keys("U").settle().await;
    technician.told("you can't undo an unlink; only an Owner of the company can link it again");
    assert_eq!(technician.asked.iter().filter(|request| request.writes()).count(), 1);
}

#[tokio::test]
async fn a_step_that_was_moved_twice_goes_back_twice() {
    let mut technician = Journey::start().await;
    technician.at(COMPANY, Tab::Setup).await.keys("g j j j j");
    let state = |technician: &Journey| technician.model.selected_step().unwrap().state.clone();
    let first = state(&technician);
    technician.keys("x enter").settle().await;
    let second = state(&technician);
    technician.keys("x 1 tab enter").settle().await;
    technician.keys("U").settle().await.told("step is back to ");
    assert_eq!(state(&technician), second);
    technician.later(9).await.keys("U").settle().await.told("step is back to ").sees_not("someone changed it");
    assert_eq!(state(&technician), first);
}

#[tokio::test]
async fn attention_that_comes_by_time_alone_is_there_with_the_next_poll() {
    let mut technician = Journey::start().await;
    let late = "Deichgraf Bau GmbH";
    technician.keys("w");
    assert!(!names(&technician).contains(&late.to_owned()), "its set-up moved nine days ago");
    technician.asleep(6 * 86_400).await.later(31).await;
    assert!(names(&technician).contains(&late.to_owned()), "{:?}", names(&technician));
}
