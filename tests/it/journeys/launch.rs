//! Launching: a browser where there is one, the address on the screen where there is none.

use crate::support::journey::{Journey, Scenario};
use mspdash::domain::launch::Target;
use mspdash::domain::request::{Launch, Request};
use mspdash::server::Fault;

fn browser() -> reqwest::Client {
    crate::support::http::browser().build().unwrap()
}

fn target(technician: &Journey) -> Target {
    let launches = technician.asked.iter().rev().find_map(|request| match request {
        Request::Launch(Launch { target, .. }) => Some(*target),
        _ => None,
    });
    launches.expect("a launch")
}

#[tokio::test]
async fn a_launch_opens_the_browser_at_an_address_that_works_once() {
    let mut technician = Journey::start().await;
    technician.find("Brightwater GmbH").keys("l").settle().await.told("Opened Brightwater GmbH in the browser");
    let address = technician.opened[0].clone();
    assert!(address.starts_with(&technician.backend.running().base_url()), "{address}");
    technician.sees_not(&address);
    let first = browser().get(&address).send().await.unwrap();
    assert_eq!(first.status(), 200);
    assert!(first.text().await.unwrap().contains("Brightwater GmbH"));
    assert_eq!(browser().get(&address).send().await.unwrap().status(), 410);
}

#[tokio::test]
async fn an_address_that_nobody_opened_within_a_minute_is_gone() {
    let mut technician = Journey::start().await;
    technician.find("Brightwater GmbH").keys("l").settle().await.later(61).await;
    assert_eq!(browser().get(&technician.opened[0]).send().await.unwrap().status(), 410);
}

#[tokio::test]
async fn without_a_browser_the_address_is_shown_as_text_picture_and_for_the_clipboard() {
    let scenario = Scenario { browser: false, size: (120, 50), ..Scenario::default() };
    let mut technician = Journey::with(scenario).await;
    technician.find("Brightwater GmbH").keys("l").settle().await.sees("Launch Brightwater GmbH");
    let base = technician.backend.running().base_url();
    technician.sees(&base).sees("valid for 60 s").sees("▀").sees_not("Enlarge the window");
    technician.keys("y").settle().await.sees("✔ copied");
    assert!(technician.opened.is_empty() && technician.copied.len() == 1);
    assert_eq!(browser().get(&technician.copied[0]).send().await.unwrap().status(), 200);
    technician.later(61).await.sees("Expired – press l for a new one").keys("l").settle().await.sees("valid for 60 s");
    technician.keys("y").settle().await;
    assert_ne!(technician.copied[0], technician.copied[1]);
    technician.keys("esc").sees_not(&base);
}

#[tokio::test]
async fn a_step_is_launched_at_its_place() {
    let mut technician = Journey::start().await;
    technician.find("Brightwater GmbH").keys("enter ]").settle().await.keys("g L").settle().await;
    assert_eq!(target(&technician), Target::Policies);
    technician.keys("j L").settle().await;
    assert_eq!(target(&technician), Target::Recovery);
}

#[tokio::test]
async fn a_suspended_company_is_launched_and_one_that_is_not_ours_any_more_is_not() {
    let mut technician = Journey::start().await;
    technician.find("Pelican Print Ltd").keys("l").settle().await.told("Launch – already unlinked");
    assert_eq!((technician.writes(), technician.opened.len()), (0, 0));
    technician.find("Leuchtturm Apotheken OHG").keys("l").settle().await.told("Opened Leuchtturm Apotheken OHG");
    assert_eq!(technician.opened.len(), 1, "what froze it is put right there");
}

#[tokio::test]
async fn a_launch_that_fails_says_why_and_opens_nothing() {
    let mut technician = Journey::start().await;
    technician.backend.running().set_fault(Some(Fault::Garbage));
    technician.find("Brightwater GmbH").keys("l").settle().await;
    technician.told("Brightwater GmbH: Nothing was opened, but the launch may have been recorded");
    assert!(technician.opened.is_empty());
}
