//! What a technician saw in the web console is noted on the screen, dated, once, and only in a REAL workspace.

use crate::support::journey::{Journey, Scenario};
use mspdash::domain::lang::Lang;
use mspdash::domain::request::{Declare, Request};
use mspdash::server::Fault;

async fn start(role: &'static str, size: (u16, u16), lang: Lang) -> Journey {
    let mut technician = Journey::with(Scenario { real: true, role, size, lang, ..Scenario::default() }).await;
    technician
        .paste("Company\tStatus\tFilled seats\rBrightwater GmbH\tActive\t42\rMöwe KG\tActive\t–\r")
        .settle()
        .await;
    technician.keys("enter").settle().await.keys("esc").settle().await.find("Möwe KG");
    technician
}

fn sent(technician: &Journey) -> Vec<Declare> {
    let declared = |request: &Request| if let Request::Declare(sent) = request { Some(sent.clone()) } else { None };
    technician.asked.iter().filter_map(declared).collect()
}

#[tokio::test]
async fn what_was_seen_is_noted_once_although_an_answer_is_lost() {
    let mut technician = start("OWNER", (120, 40), Lang::En).await;
    technician.keys("enter").settle().await.sees("not known").keys("D").sees("Leave empty what you did not look at");
    technician.type_text("Ada Stern, Bo Lund").keys("tab").type_text("17").keys("tab tab").type_text("0");
    technician.backend.running().set_fault(Some(Fault::Status(500)));
    technician.keys("enter").settle().await.sees("Unknown whether the company was changed").sees("Ada Stern, Bo Lund");
    technician.backend.running().set_fault(None);
    technician.later(5).await.keys("enter").settle().await.told("Möwe KG: saved").sees_not("Leave empty");
    technician
        .sees("2 confirmed")
        .sees("Ada Stern · Bo Lund")
        .sees("checked in the console just now by Mira Okafor")
        .sees("0 open");
    let both = sent(&technician);
    assert!(both.len() == 2 && both[0] == both[1], "{both:?}");
    technician.keys("5").settle().await.sees("observed the company").sees("3 events, no older ones");
}

#[tokio::test]
async fn a_day_before_changes_nothing_seen_since_and_tomorrow_is_refused() {
    let mut technician = start("OWNER", (120, 40), Lang::En).await;
    let today = technician.now().to_zoned(technician.model.options.zone.clone()).date();
    let day = |days: i64| today.checked_add(jiff::Span::new().days(days)).unwrap().to_string();
    technician.keys("D tab").type_text("17").keys("enter").settle().await.told("Möwe KG: saved");
    technician.keys("D tab").type_text("9").keys("up up");
    technician.keys(&["backspace"; 10].join(" ")).type_text(&day(1)).keys("enter").settle().await;
    technician.sees("has to be a past day or time");
    assert_eq!(sent(&technician).len(), 1);
    technician.keys(&["backspace"; 10].join(" ")).type_text(&day(-3)).keys("enter").settle().await;
    technician.told("what was seen later stays");
    assert_eq!(technician.model.selected().unwrap().1.seats.filled, Some(17));
    technician.keys("D down down").type_text("40").keys("up up up");
    technician.keys(&["backspace"; 10].join(" ")).type_text(&day(-3)).keys("enter").settle().await;
    technician
        .told("Möwe KG: saved")
        .keys("enter")
        .settle()
        .await
        .sees("17 of 40")
        .sees("limit: checked in the console 3 days ago");
}

#[tokio::test]
async fn whoever_may_not_or_has_a_sample_is_told_why() {
    let mut sample = Journey::start().await;
    sample.keys("D").sees("invented");
    let mut german = start("OWNER", (80, 24), Lang::De).await;
    german.keys("D").sees("Was Sie nicht nachgesehen haben, bleibt leer").keys("tab").type_text("viele").keys("enter");
    german.sees("muss eine ganze Zahl sein").keys("backspace backspace backspace backspace backspace");
    german.type_text("8").keys("enter").settle().await.told("gespeichert");
    let scenario = Scenario { real: true, role: "OWNER", read_only: true, ..Scenario::default() };
    let mut viewer = Journey::on(german.leaves().await, scenario).await;
    viewer.find("Möwe KG").keys("D").told("read-only").sees_not("Leave empty");
    assert!(sent(&viewer).is_empty());
}
