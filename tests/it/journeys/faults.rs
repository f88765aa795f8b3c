//! A server that fails in the middle of the work: what is there stays, keys answer, and it goes on by itself.

use crate::support::journey::{Journey, Scenario};
use mspdash::app::Model;
use mspdash::app::model::Tab;
use mspdash::server::Fault;

const COMPANY: &str = "Brightwater GmbH";

/// The list is there and moves, whatever the server does.
fn keys_answer(technician: &mut Journey) {
    technician.row_of(COMPANY);
    technician.keys("g j");
    let second = technician.selected();
    technician.keys("j");
    assert_ne!(technician.selected(), second);
    technician.keys("/").type_text("tidewater").sees("/tidewater").keys("esc");
}

#[tokio::test]
async fn a_server_that_goes_away_leaves_the_rows_and_comes_back_without_a_key() {
    let mut technician = Journey::with(Scenario { kept: true, ..Scenario::default() }).await;
    technician.backend.stop().await;
    technician.later(31).await.sees("✖ not connected").sees("Can't refresh: ");
    let address = technician.backend.address().to_string();
    technician.sees("retrying in ").sees("synced ").keys("!").sees(&address).keys("esc");
    keys_answer(&mut technician);
    technician.later(60).await.sees("not connected");
    technician.backend.start().await;
    technician.later(31).await.sees("● live").told("Reconnected").sees_not("not connected");
    technician.find(COMPANY).keys("enter ]").settle().await.sees("4 of 5 done");
}

#[tokio::test]
async fn what_a_colleague_did_while_the_server_was_away_from_us_is_there_afterwards() {
    let mut technician = Journey::start().await;
    technician.backend.running().set_fault(Some(Fault::Status(503)));
    technician.later(31).await.sees("not connected");
    technician.backend.running().set_fault(None);
    technician.backend.second_client().renames(COMPANY, "Brightwater Holding").await;
    technician.later(31).await.sees("● live").row_of("Brightwater Holding");
    technician.sees_not("Brightwater GmbH");
}

#[tokio::test]
async fn every_fault_of_the_server_is_told_and_survived() {
    let faults = [
        (Fault::Status(403), "A fault on purpose"),
        (Fault::Status(429), "too many requests"),
        (Fault::Status(500), "server error 500"),
        (Fault::Status(503), "server error 503"),
        (Fault::Garbage, "the response can't be read"),
        (Fault::Cut, ""),
        (Fault::Panic, "server error 500"),
    ];
    for (fault, reason) in faults {
        let mut technician = Journey::start().await;
        technician.backend.running().set_fault(Some(fault));
        // A server that answers and says no is another thing than none.
        let state = if fault == Fault::Status(403) { "✖ access denied" } else { "✖ not connected" };
        technician.later(31).await.sees(state).sees("Can't refresh");
        keys_answer(&mut technician);
        technician.keys("!").sees("Error details").sees(reason).keys("esc");
        technician.backend.running().set_fault(None);
        technician.later(61).await.sees("● live").sees_not("Can't refresh");
    }
}

#[tokio::test]
async fn a_start_that_fails_says_why_and_is_tried_again_by_itself() {
    let technician = Journey::start().await;
    technician.backend.running().set_fault(Some(Fault::Status(503)));
    let mut technician = technician.again().await;
    technician.sees("Can't sign in").sees("server error 503").sees("retrying in ");
    technician.keys("u").told("Unlink – ").keys("j k ? esc / esc").settle().await;
    technician.backend.running().set_fault(None);
    technician.later(10).await.sees("● live").sees("Harbour IT").row_of(COMPANY);
}

#[tokio::test]
async fn a_tab_that_could_not_be_loaded_is_loaded_when_the_server_is_back() {
    let mut technician = Journey::start().await;
    technician.find(COMPANY);
    technician.backend.running().set_fault(Some(Fault::Status(500)));
    technician.keys("enter ]").settle().await.sees("Can't load checklist: server error 500");
    technician.backend.running().set_fault(None);
    technician.keys("r").settle().await.sees("4 of 5 done").sees_not("Can't load");
}

#[tokio::test]
async fn keys_answer_while_the_server_takes_its_time() {
    let mut technician = Journey::start().await;
    technician.backend.running().set_fault(Some(Fault::Delay(600_000)));
    technician.find(COMPANY).keys("r enter ]").sees("Loading checklist");
    technician.keys("esc esc").sees("Managed Companies");
    keys_answer(&mut technician);
    technician.keys("q");
    assert!(technician.quit, "and it ends at once");
}

#[tokio::test]
async fn a_sign_in_that_ran_out_is_renewed_without_a_word() {
    let mut technician = Journey::start().await;
    // Tokens are good for 900 s; the laptop slept longer.
    technician.later(3_600).await.sees("● live").sees_not("✖");
    technician.find(COMPANY).keys("enter ]").settle().await.sees("4 of 5 done");
}

#[tokio::test]
async fn a_server_that_asks_for_patience_gets_it_and_then_its_question() {
    // The session, the list, the links, and one question for news in a minute.
    let mut technician = Journey::with(Scenario { allowance: 4, ..Scenario::default() }).await;
    technician.keys("r").settle().await.sees("● live").keys("r").settle().await.sees("too many requests");
    let asked = technician.asked.len();
    keys_answer(&mut technician);
    technician.later(30).await.sees("retrying in ");
    assert_eq!(technician.asked.len(), asked, "not before the moment that the server named");
    technician.later(40).await.sees("● live").sees_not("too many requests");
}

#[tokio::test]
async fn whoever_leaves_while_anything_is_being_saved_is_asked_first() {
    let writes = [
        ("1 n enter N e w backtab backtab enter", "saving"),
        ("1 t , v i p enter", "saving"),
        ("1 space b 1 tab enter", ""),
        ("1 Z 1", ""),
        ("1 enter g j o y enter", "Sending"),
        ("2 d tab enter", "cancelling"),
        ("3 X y enter", "Sending"),
    ];
    for (keys, sees) in writes {
        let mut technician = Journey::start().await;
        // Everything that the keys need is loaded.
        technician.at("Zielona Łąka Sp. z o.o.", Tab::People).await.keys("j 2").settle().await.keys("3").settle().await;
        technician.keys("1 esc esc esc");
        if keys.starts_with("2 d") {
            technician.keys("2").settle().await.keys("j");
        }
        technician.backend.running().set_fault(Some(Fault::Delay(600_000)));
        technician.keys(keys).sees(sees);
        assert_eq!(technician.writes(), 1, "{keys}:\n{}", technician.screen());
        // Layer by layer, and then the program.
        for _ in 0..4 {
            if !technician.screen().contains("Quit now?") {
                technician.keys("ctrl-c");
            }
        }
        technician.sees("Quit now?").keys("enter").sees_not("Quit now?");
        assert!(!technician.quit, "{keys}");
        technician.keys("ctrl-c tab enter");
        assert!(technician.quit, "{keys}");
    }
}

#[tokio::test]
async fn while_an_answer_is_overdue_nothing_is_said_to_be_live() {
    let mut technician = Journey::start().await;
    technician.backend.running().set_fault(Some(Fault::Delay(600_000)));
    // A key shows at once that something is under way.
    technician.keys("r").sees("refreshing").sees_not("● live");
    technician.passes(2).sees("refreshing");
    technician.passes(1).sees("no response for 3 s").sees_not("live");
    technician.passes(7).sees("! no response for 10 s").sees_not("live");
    let asked = technician.asked.len();
    technician.keys("r").sees("refreshing").sees_not("no response");
    assert_eq!(technician.asked.len(), asked + 1, "asked anew");
    // A question that comes by itself says nothing as long as it is answered soon.
    let mut technician = Journey::start().await;
    technician.backend.running().set_fault(Some(Fault::Delay(600_000)));
    technician.passes(31).sees("● live").passes(2).sees("● live");
    technician.passes(1).sees("no response for 3 s").sees_not("live");
    keys_answer(&mut technician);
}

#[tokio::test]
async fn every_load_that_takes_its_time_says_for_how_long() {
    let places = [("enter ]", ""), ("enter ] ]", ""), ("enter ] ] ]", ""), ("2", "5"), ("3", ""), ("4", ""), ("5", "")];
    for (keys, first) in places {
        let mut technician = Journey::start().await;
        if !first.is_empty() {
            technician.keys(first).settle().await;
        }
        technician.backend.running().set_fault(Some(Fault::Delay(600_000)));
        technician.keys(keys).passes(1).passes(4);
        let screen = technician.screen();
        let said = screen.lines().skip(1).any(|line| line.contains("no response for "));
        // What is there stays; then the header says it alone.
        assert!(said || keys == "2", "{keys}:\n{screen}");
        assert!(screen.lines().next().unwrap().contains("no response for "), "{keys}:\n{screen}");
    }
}

/// The session, the list, the links, and one question: whatever comes then has to wait for the next minute.
async fn out_of_breath() -> Journey {
    let mut technician = Journey::with(Scenario { allowance: 4, ..Scenario::default() }).await;
    technician.keys("r").settle().await.sees("● live");
    technician
}

#[tokio::test]
async fn a_wait_that_the_server_asks_for_counts_down_and_ends_by_a_key() {
    let mut technician = out_of_breath().await;
    let waits = |model: &Model| model.tickets.paused(false).next().is_some();
    technician.passes(45).until(waits).await.sees("server busy, retrying in 15 s").sees_not("live");
    technician.passes(3).sees("retrying in 12 s");
    keys_answer(&mut technician);
    technician.passes(20).keys("r").settle().await.sees("● live").sees_not("retrying");
}

#[tokio::test]
async fn a_save_that_waits_says_why_and_is_given_up_with_everything_still_there() {
    let mut technician = out_of_breath().await;
    technician.keys("1 n enter N e w backtab backtab enter").sees("saving");
    technician.passes(45).until(|model| model.tickets.paused(true).next().is_some()).await;
    technician.sees("saving").sees("too many requests").sees("retrying in 1").sees("Esc gives up");
    technician.keys("esc").until(|model| !model.tickets.saving()).await;
    technician.sees("Can't add the company: too many requests").sees("New").sees_not("saving");
    assert_eq!(technician.writes(), 1);
    technician.passes(20).keys("enter").until(|model| !model.tickets.saving()).await;
    assert_eq!(technician.writes(), 2, "and can be sent again");
}
