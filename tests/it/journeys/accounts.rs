//! Several MSP accounts in one list: each with its own server, its own failures and its own rights.

use super::owner;
use crate::support::journey::{Journey, Scenario};
use crate::support::three_accounts::{PROFILES, TECHNICIAN, ThreeAccounts};
use crate::support::three_servers::{Health, Site};
use mspdash::app::command::{Command, DisabledReason};
use mspdash::app::features::companies::filter::FilterRow;
use mspdash::app::model::Tab;
use mspdash::app::update::filter_rows;
use mspdash::domain::activity::Action;
use mspdash::domain::company::CompanyState;
use mspdash::domain::id::ProfileId;
use mspdash::domain::region::Region;
use mspdash::domain::request::Request;
use mspdash::domain::technician::Role;
use mspdash::server::AccessChange;
use std::collections::BTreeMap;

const IN_EUROPE: &str = "Tidewater Legal LLP";
const WORLDWIDE: &str = "Tallgrass Legal PLLC";
const IN_CANADA: &str = "Fundy Legal LLP";

/// How much of this the audit trails hold, account by account.
async fn trails(technician: &Journey<ThreeAccounts>, action: Action) -> [usize; 3] {
    let mut counts = [0; 3];
    for (count, profile) in counts.iter_mut().zip(PROFILES) {
        *count = technician.backend.trail(profile, action.clone()).await.len();
    }
    counts
}

/// What was added to the trails: so much in each account.
fn more(before: [usize; 3], after: [usize; 3]) -> [usize; 3] {
    std::array::from_fn(|at| after[at] - before[at])
}

#[tokio::test]
async fn one_slow_one_ill_and_one_that_changes_each_go_their_own_way() {
    let mut three_accounts = ThreeAccounts::open(12).await;
    three_accounts.three_servers.europe.set(Health::Slow).await;
    three_accounts.three_servers.worldwide.set(Health::Ill).await;
    let mut technician = three_accounts.start(Scenario::default());
    technician.slow = "europe";
    technician.settle().await;
    technician.backend.three_servers.europe.waiting(1).await;
    assert_eq!(PROFILES.map(|profile| technician.rows(profile)), [0, 0, 12]);
    technician.sees(IN_CANADA).sees("Worldwide: Can't").sees("retrying in ").sees("● Canada 12");
    technician.keys("!").sees("server error 500").keys("esc");

    technician.find("Coldwater Mercantile Ltd.");
    technician.backend.second_client("canada").renames(IN_CANADA, "Aardvark Legal LLP").await;
    technician.later(31).await.row_of("Aardvark Legal LLP");
    assert_eq!(technician.selected(), "Coldwater Mercantile Ltd.", "the cursor stays on its company");

    technician.backend.three_servers.europe.set(Health::Well).await;
    technician.slow = "";
    technician.settle().await.sees("● Europe 12").row_of(IN_EUROPE);
    assert_eq!(PROFILES.map(|profile| technician.rows(profile)), [12, 0, 12]);

    technician.backend.three_servers.worldwide.set(Health::Well).await;
    technician.later(31).await.told("Worldwide: reconnected").sees_not("Can't").row_of(WORLDWIDE);
    assert_eq!(PROFILES.map(|profile| technician.rows(profile)), [12, 12, 12]);
    assert_eq!(technician.selected(), "Coldwater Mercantile Ltd.");
    technician.sees("● live");
}

#[tokio::test]
async fn what_is_done_to_a_company_reaches_the_server_of_its_account_alone() {
    let mut technician = Journey::of_three(12).await;
    let launched = trails(&technician, Action::CompanyLaunched).await;
    let unlinked = trails(&technician, Action::CompanyUnlinked).await;
    let setups = trails(&technician, Action::SetupUpdated).await;

    technician.find(WORLDWIDE).keys("l").settle().await;
    assert!(technician.opened[0].starts_with(&technician.backend.site("worldwide").running().base_url()));
    technician.find("Bluewater Outfitters Inc.").keys("enter ]").settle().await.keys("x enter").settle().await;
    technician.told("Bluewater Outfitters Inc.: “Deploy the apps” set to Done");
    technician.keys("esc esc").find(WORLDWIDE).keys("u").settle().await.sees("Confirmed owners: ");
    technician.keys("tab").type_text(WORLDWIDE).keys("tab enter").settle().await.told("Unlinked Tallgrass Legal PLLC");

    assert_eq!(more(launched, trails(&technician, Action::CompanyLaunched).await), [0, 1, 0]);
    assert_eq!(more(setups, trails(&technician, Action::SetupUpdated).await), [0, 1, 0]);
    assert_eq!(more(unlinked, trails(&technician, Action::CompanyUnlinked).await), [0, 1, 0]);
    assert_eq!(technician.backend.trail("worldwide", Action::CompanyUnlinked).await[0], WORLDWIDE);
}

#[tokio::test]
async fn all_are_searched_and_one_can_be_looked_at_alone() {
    let mut technician = Journey::of_three(12).await;
    technician.keys("/").type_text("legal").keys("enter").sees(IN_EUROPE).sees(WORLDWIDE).sees(IN_CANADA).keys("esc");
    technician.keys("A").sees("1password.ca").keys("2").sees("Managed Companies  12").sees(WORLDWIDE);
    technician.sees_not(IN_EUROPE).sees_not(IN_CANADA).sees("1password.com");
    technician.keys("A 0").sees("Managed Companies  36").row_of(IN_EUROPE);
    // By the filter, two of three.
    let canada = FilterRow::Account(ProfileId::new("canada"));
    let row = filter_rows(&technician.model).into_iter().position(|row| row == canada).expect("a row");
    technician
        .keys("f")
        .keys(&"j ".repeat(row))
        .keys("space k k space esc")
        .sees("24 of 36")
        .sees(IN_EUROPE)
        .sees(IN_CANADA)
        .sees_not(WORLDWIDE);
    technician.keys("c").sees("Managed Companies  36");
}

#[tokio::test]
async fn equal_ids_in_two_accounts_are_two_companies() {
    let mut three_accounts = ThreeAccounts::open(12).await;
    // The same sample twice: whatever is equal can be taken for one another.
    three_accounts.three_servers.canada =
        Site::open(Region::Europe, 12, ThreeAccounts::time(&three_accounts.clock)).await;
    let mut technician = three_accounts.start(Scenario::default());
    technician.settle().await;
    assert_eq!(PROFILES.map(|profile| technician.rows(profile)), [12, 12, 12]);
    technician.find(IN_EUROPE);
    let first = technician.at_key();
    technician.keys("j");
    if technician.selected() != IN_EUROPE {
        technician.keys("k k");
    }
    let second = technician.at_key();
    assert_eq!((first.company == second.company, first.profile == second.profile), (true, false));
    let (acted, other) = (second.profile.to_string(), first.profile.to_string());
    technician.keys("enter").settle().await.keys("esc u").settle().await;
    technician.keys("tab").type_text(IN_EUROPE).keys("tab enter").settle().await.told("Unlinked Tidewater Legal LLP");
    assert_eq!(technician.backend.second_client(&acted).company(IN_EUROPE).await.state, CompanyState::Unlinked);
    assert_eq!(technician.backend.second_client(&other).company(IN_EUROPE).await.state, CompanyState::Active);
    let state = |key| technician.model.roster.get(key).map(|company| company.state.clone());
    assert_eq!((state(&second), state(&first)), (Some(CompanyState::Unlinked), Some(CompanyState::Active)));
}

#[tokio::test]
async fn a_new_company_asks_in_which_account_and_is_made_there_alone() {
    let mut technician = Journey::of_three(12).await;
    let before = trails(&technician, Action::CompanyCreated).await;
    technician.keys("n 1").sees("Add a new company to which MSP account?").keys("2").type_text("Sloop Rigging LLC");
    technician.keys("tab tab").type_text("germ").keys("enter").type_text("Am Deich 1").keys("tab tab");
    technician.type_text("24837").keys("tab").type_text("Schleswig").sees("1password.com").sees("Worldwide");
    technician.keys("tab tab tab enter").settle().await.sees("Sloop Rigging LLC was added");
    assert_eq!(more(before, trails(&technician, Action::CompanyCreated).await), [0, 1, 0]);
    technician.keys("esc").settle().await;
    assert_eq!(technician.at_key().profile.as_str(), "worldwide");
}

#[tokio::test]
async fn a_link_goes_to_the_account_of_its_region() {
    let mut technician = Journey::of_three(12).await;
    let desk = technician.account("worldwide").session.value().unwrap().account.owner_desk.clone().expect("a sample's");
    let link = owner::starts(&desk, "Sea Star Department Store LLC").await;
    technician.keys("n 2").paste(&link).keys("enter").settle().await.told("now an Owner of the company has to confirm");
    let accepts = |request: &Request| matches!(request, Request::AcceptLink(_));
    assert_eq!(PROFILES.map(|profile| technician.asked_in(profile, accepts)), [0, 1, 0]);
    assert!(technician.backend.trail("worldwide", Action::LinkAccepted).await[0].contains("Sea Star"));
    // Of a region in which there is no account, nothing is sent.
    let elsewhere = link.replace("1password.com", "ent.1password.com");
    technician.keys("p ctrl-u").paste(&elsewhere).keys("enter").settle().await;
    assert_eq!(PROFILES.map(|profile| technician.asked_in(profile, accepts)), [0, 1, 0], "{}", technician.screen());
}

#[tokio::test]
async fn a_revoked_credential_shows_within_one_poll_and_comes_back_without_a_restart() {
    let mut technician = Journey::of_three(12).await;
    technician.backend.site("worldwide").running().change_access(TECHNICIAN, AccessChange::Revoke).await.unwrap();
    technician.later(31).await.sees("✖ Worldwide 12").sees("● Europe 12").sees("Worldwide: Can't");
    technician.keys("!").sees("the server rejected your credentials").sees("may have been revoked").keys("esc");
    technician.keys("A").sees("access denied").keys("esc");
    technician.find(WORLDWIDE).keys("l").told("Launch – access denied").keys("u").settle().await;
    assert_eq!((technician.opened.len(), Command::Unlink.ready(&technician.model)), (0, Err(DisabledReason::NotLetIn)));
    technician.find(IN_EUROPE).keys("l").settle().await;
    assert_eq!(technician.opened.len(), 1, "the other accounts work on");

    technician.backend.site("worldwide").running().change_access(TECHNICIAN, AccessChange::Restore).await.unwrap();
    // Where it failed, it is asked sooner than else; the notice goes by itself.
    technician.later(3).await.told("Worldwide: reconnected").sees("● live");
    technician.find(WORLDWIDE).keys("l").settle().await;
    assert_eq!((technician.opened.len(), Command::Unlink.ready(&technician.model)), (2, Ok(())));
}

#[tokio::test]
async fn a_role_that_is_lost_or_given_back_shows_within_one_poll() {
    let mut technician = Journey::of_three(12).await;
    let canada = |act| {
        let running = technician.backend.site("canada").running();
        running.change_access(TECHNICIAN, act)
    };
    canada(AccessChange::Assign(Role::ViewOnly)).await.unwrap();
    technician.later(31).await.told("Canada: your permissions changed: you can no longer ").sees("● live");
    technician.find(IN_CANADA).keys("u").told("Unlink – your role is view-only");
    technician.find(IN_EUROPE).keys("u").settle().await.sees("Confirmed owners: ").keys("esc");

    let canada =
        technician.backend.site("canada").running().change_access(TECHNICIAN, AccessChange::Assign(Role::Nothing));
    canada.await.unwrap();
    technician.later(31).await.sees("✖ Canada 12").keys("esc").sees("Canada: Can't ").row_of(IN_CANADA);
    let canada = technician.backend.site("canada").running().change_access(TECHNICIAN, AccessChange::Restore);
    canada.await.unwrap();
    technician.later(31).await.sees("● live").sees("● Canada 12");
    technician.find(IN_CANADA).keys("u").settle().await.sees("Confirmed owners: ");
}

/// How many answers of this kind each server gave, and of those how many were good.
fn answered(technician: &Journey<ThreeAccounts>, template: &str) -> [(u64, u64); 3] {
    PROFILES.map(|profile| {
        let all: BTreeMap<u16, u64> = technician.backend.answered(profile, template);
        (all.values().sum(), all.get(&200).copied().unwrap_or_default())
    })
}

#[tokio::test]
async fn a_day_asleep_is_one_question_for_news_and_one_for_the_session_per_account() {
    let mut technician = Journey::of_three(12).await;
    technician.find(IN_CANADA);
    technician.backend.second_client("worldwide").renames(WORLDWIDE, "Aardvark Legal PLLC").await;
    for profile in PROFILES {
        technician.backend.site(profile).running().change_access(TECHNICIAN, AccessChange::SignOut).await.unwrap();
    }
    let templates = ["companies:changes", "session", "oauth2/token", "companies"];
    let before = templates.map(|template| answered(&technician, template));
    technician.asleep(86_400).await.sees("● live").sees_not("✖").row_of("Aardvark Legal PLLC");
    assert_eq!(technician.selected(), IN_CANADA);
    let after = templates.map(|template| answered(&technician, template));
    for (at, profile) in PROFILES.into_iter().enumerate() {
        let more = |template: usize| {
            let ((all, good), (all_then, good_then)) = (after[template][at], before[template][at]);
            (all - all_then, good - good_then)
        };
        let (changes, session) = (more(0), more(1));
        assert_eq!((changes.1, session.1, more(2), more(3).0), (1, 1, (1, 1), 0), "{profile}");
        // Each finds out once that its token is gone.
        assert!(changes.0 <= 2 && session.0 <= 2, "{profile}: {changes:?} {session:?}");
    }
}

#[tokio::test]
async fn a_clock_that_is_put_back_or_forward_stops_nothing_and_storms_nobody() {
    let mut technician = Journey::of_three(12).await;
    for jump in [-7_200, 7_200, -86_400] {
        let before = answered(&technician, "companies:changes");
        technician.backend.clock.jumps(jump);
        technician.later(31).await.sees("● live");
        let after = answered(&technician, "companies:changes");
        for (before, after) in before.into_iter().zip(after) {
            assert!((1..=3).contains(&(after.1 - before.1)), "{jump}: {before:?} {after:?}");
        }
    }
    technician.backend.second_client("europe").renames(IN_EUROPE, "Aardvark Legal LLP").await;
    technician.later(31).await.row_of("Aardvark Legal LLP");
    assert_eq!(technician.model.tab, Tab::Overview);
}
