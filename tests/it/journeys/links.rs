//! Links that do not go through: another region, no, taken back, too late, and an answer that was lost.

use super::owner;
use crate::support::journey::Journey;
use mspdash::domain::link::LinkState;
use mspdash::domain::request::{AcceptLink, IdempotencyKey, Request};
use mspdash::server::Fault;

const OUTSIDE: &str = "Kaufhaus Seestern GmbH";

/// At the dialog that takes a link, with the one that the Owner of this company started.
async fn with_link_of(company: &str) -> (Journey, String) {
    let mut technician = Journey::start().await;
    technician.keys("2").settle().await.keys("p").sees("Linking needs both sides").keys("f2").settle().await;
    let desk = technician.opened.pop().expect("the desk of the owners");
    let link = owner::starts(&desk, company).await;
    technician.paste(&link);
    (technician, link)
}

/// The intents under which links were accepted.
fn accepts(technician: &Journey) -> Vec<IdempotencyKey> {
    let key = |request: &Request| match request {
        Request::AcceptLink(AcceptLink { key, .. }) => Some(key.clone()),
        _ => None,
    };
    technician.asked.iter().filter_map(key).collect()
}

fn state(technician: &Journey, company: &str) -> LinkState {
    let mut list = technician.model.links_shown();
    list.find(|row| row.item.company_name == company).expect("the link").item.state.clone()
}

/// Puts the cursor on the newest request of this company.
fn on_link(technician: &mut Journey, company: &str) {
    technician.keys("g");
    for _ in 0..20 {
        if technician.model.selected_link().is_some_and(|row| row.item.company_name == company) {
            return;
        }
        technician.keys("j");
    }
    panic!("no {company}:\n{}", technician.screen());
}

#[tokio::test]
async fn a_link_of_another_region_is_refused_before_anything_is_sent() {
    let (mut technician, link) = with_link_of("Harborview Dental Partners LLC").await;
    technician.keys("enter").settle().await.sees("This company is in 1password.com, your MSP account in 1password.eu.");
    technician.sees("Nothing was sent");
    assert!(accepts(&technician).is_empty() && technician.writes() == 0);
    for other in [
        link.replace("1password.com", "evil.example"),
        link.replace("https", "http"),
        "good morning".into(),
        " ".into(),
    ] {
        technician.keys("ctrl-u").paste(&other).keys("enter").settle().await;
        technician.sees("Link an existing account");
    }
    assert_eq!(technician.writes(), 0);
}

#[tokio::test]
async fn an_owner_who_says_no_is_told_with_the_reason() {
    let (mut technician, _) = with_link_of(OUTSIDE).await;
    technician.keys("enter").settle().await.told("now an Owner of the company has to confirm").keys("o").settle().await;
    let page = technician.opened.pop().expect("the page of the owner");
    owner::answers(&page, "deny", "Not before spring").await;
    technician.later(31).await.told(&format!("{OUTSIDE}: an Owner denied the link: Not before spring"));
    technician.sees("Reason: Not before spring");
    assert_eq!(state(&technician, OUTSIDE), LinkState::Denied);
    technician.keys("d").told("this request is closed").keys("1").settle().await.sees("Managed Companies  48");
}

#[tokio::test]
async fn a_denial_is_told_on_whatever_screen_it_finds_us() {
    let (mut technician, _) = with_link_of(OUTSIDE).await;
    technician.keys("enter").settle().await.keys("o").settle().await;
    let page = technician.opened.pop().expect("the page of the owner");
    technician.keys("1").settle().await;
    owner::answers(&page, "deny", "").await;
    technician.later(31).await.told(&format!("{OUTSIDE}: an Owner denied the link"));
}

#[tokio::test]
async fn an_accepted_link_is_taken_back_after_a_question() {
    const COMPANY: &str = "Møller & Brandt Advokater";
    let mut technician = Journey::start().await;
    technician.keys("2").settle().await;
    on_link(&mut technician, COMPANY);
    let page = technician.model.selected_link().unwrap().item.owner_page.clone().expect("a sample has a page");
    technician.keys("d").sees(&format!("Cancel the link request of {COMPANY}?")).keys("enter").settle().await;
    assert_eq!((technician.writes(), state(&technician, COMPANY)), (0, LinkState::Accepted), "Enter alone keeps it");
    technician.keys("d tab enter").settle().await.told(&format!("{COMPANY}: link request cancelled"));
    assert_eq!(state(&technician, COMPANY), LinkState::Cancelled);
    assert!(owner::reads(&page).await.contains("Cancelled by the provider"));
}

#[tokio::test]
async fn a_link_that_nobody_finished_expires() {
    let (mut technician, _) = with_link_of(OUTSIDE).await;
    technician.keys("enter").settle().await;
    assert_eq!(state(&technician, OUTSIDE), LinkState::Accepted);
    technician.asleep(7 * 86_400 + 1).await.later(61).await;
    assert_eq!(state(&technician, OUTSIDE), LinkState::Expired, "{}", technician.screen());
    technician.sees("expired");
}

#[tokio::test]
async fn a_link_that_is_too_old_says_so_and_stays_in_the_line() {
    let (mut technician, link) = with_link_of(OUTSIDE).await;
    technician.asleep(7 * 86_400 + 1).await;
    technician
        .keys("enter")
        .settle()
        .await
        .sees("Can't accept the link: The link was not accepted in time")
        .sees(&format!("••••{}", &link[link.len() - 4..]));
}

#[tokio::test]
async fn a_lost_answer_to_an_accepted_link_is_asked_again_as_the_same_intent() {
    let (mut technician, link) = with_link_of(OUTSIDE).await;
    technician.backend.running().set_fault(Some(Fault::Cut));
    technician
        .keys("enter")
        .settle()
        .await
        .sees("Unknown whether the link was accepted")
        .sees(&format!("••••{}", &link[link.len() - 4..]));
    technician.backend.running().set_fault(None);
    technician.later(5).await.keys("enter").settle().await.told("now an Owner of the company has to confirm");
    let keys = accepts(&technician);
    assert!(keys.len() == 2 && keys[0] == keys[1], "{keys:?}");
    assert_eq!(state(&technician, OUTSIDE), LinkState::Accepted);
}

#[tokio::test]
async fn an_approved_company_appears_in_the_list_by_itself_with_a_notice() {
    let (mut technician, _) = with_link_of(OUTSIDE).await;
    technician.keys("enter").settle().await.keys("o").settle().await;
    let page = technician.opened.pop().expect("the page of the owner");
    technician.keys("1").settle().await.find("Tidewater Legal LLP");
    owner::answers(&page, "approve", "").await;
    technician.later(31).await.told(&format!("{OUTSIDE} is linked")).sees("Managed Companies  49");
    assert_eq!(technician.selected(), "Tidewater Legal LLP", "the cursor stays where it was");
    assert!(technician.row_of(OUTSIDE).contains('●'));
}
