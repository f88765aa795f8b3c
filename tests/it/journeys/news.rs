//! What a colleague does is on the screen without a poll: the clock stands still in all of these.

use crate::support::journey::{Journey, Scenario};
use mspdash::domain::request::{CompanyChanges, Request};
use std::time::Duration;

async fn listening() -> Journey {
    let technician = Journey::with(Scenario { max_wait: Duration::from_secs(45), ..Scenario::default() }).await;
    technician.backend.running().long_polls(1).await;
    technician
}

fn questions(technician: &Journey) -> Vec<u32> {
    let changes = technician.asked.iter().filter(|request| matches!(request, Request::ListChanges(_)));
    changes.map(Request::wait).collect()
}

fn has(model: &mspdash::app::Model, name: &str) -> bool {
    let roster = &model.roster;
    roster.shown().iter().filter_map(|row| roster.read(*row)).any(|(_, company)| company.name == name)
}

#[tokio::test]
async fn a_colleagues_change_comes_by_itself_and_the_header_says_live_throughout() {
    let mut technician = listening().await;
    technician.sees("● live");
    let colleague = technician.backend.second_client();
    for (name, to) in [("Brightwater GmbH", "Aaa Brightwater"), ("Aaa Brightwater", "Aab Brightwater")] {
        colleague.renames(name, to).await;
        technician.until(|model| has(model, to)).await.sees(to).sees("● live");
        // A breath after the last one.
        technician.passes(1).settle().await;
        technician.backend.running().long_polls(1).await;
    }
    assert_eq!(questions(&technician), [45, 45, 45]);
}

#[tokio::test]
async fn own_changes_and_the_refresh_key_leave_one_question_at_the_server() {
    let mut technician = listening().await;
    technician.keys("r").settle().await.sees("● live");
    technician.backend.running().long_polls(1).await;
    let note = CompanyChanges { note: Some("Moved".into()), ..CompanyChanges::default() };
    technician.backend.second_client().edits("Brightwater GmbH", note).await;
    technician.find("Brightwater GmbH").keys("Z 1").settle().await.passes(1).settle().await;
    technician.backend.running().long_polls(1).await;
}

#[tokio::test]
async fn a_server_that_stops_answers_what_it_holds_and_is_missed_a_moment_later() {
    let mut technician = listening().await;
    technician.backend.stop().await;
    technician.until(|model| model.accounts.iter().all(|account| account.sync.early == 1)).await.sees("● live");
    let missed = |model: &mspdash::app::Model| model.accounts.iter().all(|account| account.sync.failures > 0);
    technician.passes(2).until(missed).await.sees("✖");
    technician.backend.start().await;
}
