//! Many companies at once: every name first, one result each, only what failed again.

use crate::support::journey::{Journey, Scenario};
use mspdash::app::features::bulk::Stage;
use mspdash::app::overlay::Overlay;
use mspdash::domain::company::CompanyState;
use mspdash::domain::export::BOM;
use mspdash::domain::request::{CompanyChanges, Request};
use mspdash::server::Fault;

const READY: [&str; 3] = ["Tidewater Legal LLP", "Larkspur Dental Group", "Clinique du Phare"];
const UNLINKED: &str = "Pelican Print Ltd";
const NO_OWNER: &str = "Bright & Söhne KG";

async fn marked(names: &[&str]) -> Journey {
    let mut technician = Journey::start().await;
    for name in names {
        technician.find(name).keys("space");
    }
    technician.sees(&format!("{} marked", names.len()));
    technician
}

fn stage(technician: &Journey) -> Stage {
    match technician.model.overlays.last() {
        Some(Overlay::Bulk(bulk)) => bulk.stage,
        other => panic!("no dialog of many: {other:?}"),
    }
}

fn unlinks(technician: &Journey) -> usize {
    technician.asked.iter().filter(|request| matches!(request, Request::Unlink(_))).count()
}

async fn state(technician: &Journey, name: &str) -> CompanyState {
    technician.backend.second_client().company(name).await.state
}

async fn tags(technician: &Journey, name: &str) -> Vec<String> {
    technician.backend.second_client().company(name).await.tags
}

#[tokio::test]
async fn five_are_reviewed_and_only_the_three_that_can_be_are_unlinked_after_their_count_was_typed() {
    let mut technician = marked(&[READY[0], READY[1], READY[2], UNLINKED, NO_OWNER]).await;
    technician.keys("b 5").settle().await.sees("Ready (3)").sees("Skipped (2)");
    technician.sees("already unlinked").sees("no confirmed owner").sees("14-day free trial");
    for name in READY.into_iter().chain([UNLINKED, NO_OWNER]) {
        technician.sees(name);
    }
    technician.keys("tab").type_text("5").keys("enter tab enter").settle().await;
    assert_eq!((unlinks(&technician), technician.writes()), (0, 0), "five is not the number of those that are ready");
    technician.keys("b 5").settle().await.keys("tab").type_text("3").keys("tab enter").settle().await;
    technician.sees("3 of 3 done").sees("done, trial until");
    assert_eq!(unlinks(&technician), 3);
    for name in READY {
        assert_eq!(state(&technician, name).await, CompanyState::Unlinked, "{name}");
    }
    assert_eq!(state(&technician, NO_OWNER).await, CompanyState::Pending);
    technician.keys("esc").settle().await.sees("2 marked").keys("U").told("you can't undo an unlink");
}

/// Within the time between two polls the list still has the old name: the check has the new one.
#[tokio::test]
async fn one_that_was_renamed_since_the_list_was_read_is_left_out_under_its_new_name() {
    let mut technician = marked(&READY).await;
    technician.backend.second_client().renames(READY[1], "Dogwood Ltd").await;
    technician.keys("b 5").settle().await.sees("Ready (2)").sees("Skipped (1)").sees("now called “Dogwood Ltd”");
    technician.keys("tab").type_text("2").keys("tab enter").settle().await.sees("2 of 2 done");
    assert_eq!(state(&technician, "Dogwood Ltd").await, CompanyState::Active);
    technician.keys("esc").settle().await.sees("1 marked").keys("b 5").settle().await.sees("○ Dogwood Ltd");
}

#[tokio::test]
async fn an_unlink_of_many_whose_answers_were_lost_is_not_told_as_failed() {
    let mut technician = marked(&READY[..1]).await;
    technician.keys("b 5").settle().await.keys("tab").type_text("1").keys("tab");
    technician.backend.running().set_fault(Some(Fault::Cut));
    technician.keys("enter").settle().await.sees("0 of 1 done, 1 unknown").sees("? Tidewater Legal LLP");
    technician.backend.running().set_fault(None);
    assert_eq!(state(&technician, READY[0]).await, CompanyState::Unlinked, "it was done, only nobody heard of it");
}

#[tokio::test]
async fn one_that_changed_under_the_review_fails_alone_and_is_tried_again_alone() {
    let mut technician = marked(&READY).await;
    technician.keys("b 5").settle().await.keys("tab").type_text("3").keys("tab");
    let note = CompanyChanges { note: Some("Not before Friday.".into()), ..CompanyChanges::default() };
    technician.backend.second_client().edits(READY[1], note).await;
    technician.keys("enter").settle().await.sees("2 of 3 done, 1 failed").sees("someone changed it in the meantime");
    assert_eq!(state(&technician, READY[1]).await, CompanyState::Active);
    // What destroys is looked at and confirmed anew.
    technician.keys("r").settle().await.sees("Ready (1)");
    assert_eq!((stage(&technician), unlinks(&technician)), (Stage::Review, 3));
    technician.keys("tab").type_text("1").keys("tab enter").settle().await.sees("3 of 3 done");
    assert_eq!((unlinks(&technician), state(&technician, READY[1]).await), (4, CompanyState::Unlinked));
}

#[tokio::test]
async fn after_a_server_that_was_away_only_what_failed_is_sent_again() {
    let mut technician = marked(&READY).await;
    technician.keys("t").type_text("vip").keys("enter").sees("Tags on 3 companies: add vip").keys("tab");
    technician.backend.running().set_fault(Some(Fault::Status(503)));
    technician.keys("enter").settle().await.sees("3 unknown");
    technician.backend.running().set_fault(None);
    technician.later(5).await.keys("r").settle().await.sees("3 of 3 done");
    for name in READY {
        assert!(tags(&technician, name).await.contains(&"vip".to_owned()), "{name}");
    }
}

#[tokio::test]
async fn tags_of_many_are_changed_and_taken_back_together() {
    let mut technician = marked(&READY).await;
    let mut before = Vec::new();
    for name in READY {
        before.push(tags(&technician, name).await);
    }
    technician.keys("t").type_text("vip, -health").keys("enter").sees("add vip").sees("remove health");
    technician.keys("tab enter").settle().await.sees("3 of 3 done").keys("esc").settle().await;
    assert_eq!(tags(&technician, READY[1]).await, ["vip"]);
    technician.keys("U").settle().await;
    for name in READY {
        technician.sees(name);
    }
    technician.keys("tab enter").settle().await.sees("3 of 3 done").keys("esc").settle().await;
    for (name, before) in READY.into_iter().zip(before) {
        assert_eq!(tags(&technician, name).await, before, "{name}");
    }
}

#[tokio::test]
async fn a_step_is_set_for_many_and_one_that_is_so_already_is_left_out() {
    let mut technician = marked(&["Fjordlicht Energie AG", "Kiefer & Tanne Holzbau GmbH"]).await;
    technician.keys("b 3 5").sees("change to").keys("enter").settle().await.sees("Deploy the apps");
    technician.keys("tab enter").settle().await.sees("2 of 2 done").keys("esc").settle().await;
    assert_eq!(technician.backend.second_client().company("Fjordlicht Energie AG").await.setup.done, 3);
    technician.find("Fjordlicht Energie AG").keys("space b 3 5 enter").settle().await.keys("tab enter").settle().await;
    technician.sees("nothing to change");
}

#[tokio::test]
async fn many_are_launched_one_browser_after_the_other() {
    let mut technician = marked(&[READY[0], READY[1], UNLINKED]).await;
    technician.keys("b 1").settle().await.sees("Ready (2)").sees("Skipped (1)").keys("tab enter").settle().await;
    technician.sees("2 of 2 done");
    assert_eq!(technician.opened.len(), 2);
}

#[tokio::test]
async fn what_is_marked_is_exported_and_else_what_is_shown() {
    let mut technician = marked(&[READY[0], UNLINKED]).await;
    technician.keys("E").sees("Export 2 companies").keys("ctrl-u").type_text("/tmp/clients.csv");
    technician.sees("→ /tmp/clients.csv").keys("enter").settle().await.told("2 companies written to /tmp/clients.csv");
    let (name, text) = technician.written.pop().unwrap();
    assert_eq!(name, "/tmp/clients.csv");
    let text = text.strip_prefix(BOM).expect("a mark for spreadsheets");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, head: &str| rows[row][heads.iter().position(|name| name == head).unwrap()].to_owned();
    let names: Vec<String> = (0..rows.len()).map(|row| cell(row, "name")).collect();
    assert_eq!((rows.len(), names.iter().any(|name| name == READY[0])), (2, true), "{names:?}");
    let unlinked = names.iter().position(|name| name == UNLINKED).unwrap();
    assert_eq!((cell(unlinked, "state"), cell(unlinked, "external_id")), ("UNLINKED".into(), "HB-1018".into()));
    assert_ne!(cell(unlinked, "trial_end_time"), "");
    technician.keys("- /").type_text("tag:north").keys("enter E enter").settle().await;
    let shown = technician.model.roster.shown().len();
    let (_, text) = technician.written.pop().unwrap();
    assert_eq!(csv::Reader::from_reader(text.as_bytes()).records().count(), shown);
    technician.keys("*").sees(&format!("{shown} marked"));
}

#[tokio::test]
async fn in_a_small_window_every_name_can_be_read_and_the_count_is_asked_for() {
    let mut technician = Journey::with(Scenario { size: (60, 15), ..Scenario::default() }).await;
    let names = [READY[0], READY[1], READY[2], UNLINKED, NO_OWNER];
    for name in names {
        technician.find(name).keys("space");
    }
    technician.keys("b 5").settle().await.sees("Type 3 to confirm").sees("[ Cancel ]").sees("[ ! Unlink ]");
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let screen = technician.screen();
        seen.extend(names.into_iter().filter(|name| screen.contains(name)));
        technician.keys("down");
    }
    assert_eq!(seen.len(), names.len(), "{seen:?}");
    technician.keys("tab").type_text("3").keys("tab enter").settle().await.sees("3 of 3 done");
}

#[tokio::test]
async fn many_that_are_stopped_in_the_middle_say_what_was_not_begun() {
    let mut technician = Journey::start().await;
    technician.keys("* -").keys("/").type_text("tag:north").keys("enter *");
    let count = technician.model.marks.len();
    assert!(count > 4, "more than run at once: {count}");
    technician.keys("t").type_text("vip").keys("enter tab enter esc").sees("Stopping").settle().await;
    technician.sees("not started").sees(&format!("4 of {count} done")).keys("r").settle().await;
    technician.sees(&format!("{count} of {count} done"));
}

#[tokio::test]
async fn with_marks_the_keys_are_about_the_marked_and_the_hints_say_how_many() {
    let mut technician = marked(&READY).await;
    technician.find("Brightwater GmbH").sees("unlink 3").sees("launch 3").sees("open (this one)");
    technician.keys("u").settle().await.sees("Unlink 3 companies").sees("Ready (3)").sees_not("Unlink Brightwater");
    technician.keys("esc l").sees("Launch 3 companies, each in the browser").keys("esc");
    assert_eq!((technician.writes(), technician.opened.len()), (0, 0), "names first");
    technician.keys("y").settle().await;
    let mut copied: Vec<&str> = technician.copied[0].lines().collect();
    copied.sort_unstable();
    assert_eq!(copied, [READY[2], READY[1], READY[0]]);
    // Inside a company it is about that one, and says so.
    technician.keys("enter").sees("unlink (this one)").keys("u").settle().await.sees("Unlink Brightwater GmbH");
}
