//! What is kept from run to run: rows at once, marked with their age, whatever the servers do; and merged when they
//! are back.

use crate::support::journey::{Journey, Scenario};
use crate::support::three_accounts::{PROFILES, ThreeAccounts};
use crate::support::three_servers::Health;
use mspdash::app::command::{Command, DisabledReason};
use mspdash::domain::request::Request;
use mspdash::runtime::Sources;
use mspdash::tui;
use std::fs;
use std::os::unix::fs::PermissionsExt;

const IN_EUROPE: &str = "Tidewater Legal LLP";
const IN_CANADA: &str = "Fundy Legal LLP";

fn rows<S>(technician: &Journey<S>) -> usize {
    technician.model.roster.len()
}

fn lists(request: &Request) -> bool {
    matches!(request, Request::ListCompanies(_))
}

/// Was there, and left; everything is kept, and it is a while ago.
async fn left(companies: u32, minutes: i64) -> ThreeAccounts {
    let three_accounts = Journey::of_three(companies).await.leaves().await;
    three_accounts.clock.jumps(minutes * 60);
    three_accounts
}

async fn all(three_accounts: &mut ThreeAccounts, health: Health) {
    three_accounts.three_servers.europe.set(health).await;
    three_accounts.three_servers.worldwide.set(health).await;
    three_accounts.three_servers.canada.set(health).await;
    assert!(three_accounts.three_servers.sites().iter().all(|site| site.health() == health));
}

#[tokio::test]
async fn a_start_without_any_server_shows_the_rows_with_their_age_and_goes_live_when_they_are_back() {
    let mut three_accounts = left(12, 50).await;
    all(&mut three_accounts, Health::Absent).await;
    let mut technician = three_accounts.start(Scenario::default());
    technician.settle().await.sees(IN_EUROPE).sees(IN_CANADA);
    assert_eq!(PROFILES.map(|profile| technician.rows(profile)), [12, 12, 12]);
    technician.keys("A").sees("not connected").sees("synced ").keys("1").sees("synced 50 minutes ago").keys("A 0");
    technician.keys("c").find("Tallgrass Legal PLLC").keys("!").sees("Worldwide: Can't sign in").sees("2 of ");
    technician.keys("j").sees("Canada: Can't sign in").keys("g").sees("Europe: Can't sign in").keys("esc");
    technician.find(IN_EUROPE).keys("u").told("available once the server responds");
    technician.keys("l").told("Launch – not signed in yet");
    technician.keys("n 1").settle().await;
    assert_eq!(technician.writes(), 0);
    technician.keys("esc esc esc esc");

    all(&mut technician.backend, Health::Well).await;
    technician.backend.second_client("canada").renames(IN_CANADA, "Aardvark Legal LLP").await;
    technician.later(31).await.sees("● live").sees_not("✖").find("Aardvark Legal LLP");
    assert_eq!(PROFILES.map(|profile| technician.asked_in(profile, lists)), [0, 0, 0], "only what changed");
    technician.find(IN_EUROPE).keys("u").settle().await.sees("Confirmed owners: ");
}

#[tokio::test]
async fn what_destroys_waits_until_the_list_is_the_servers_again() {
    let mut three_accounts = left(12, 50).await;
    three_accounts.three_servers.europe.set(Health::Ill).await;
    let mut technician = three_accounts.start(Scenario::default());
    technician.settle().await;
    technician.find(IN_CANADA);
    assert_eq!(Command::Unlink.ready(&technician.model), Ok(()));
    technician.find(IN_EUROPE);
    assert!(Command::Unlink.ready(&technician.model).is_err());
    technician.backend.three_servers.europe.set(Health::Well).await;
    technician.later(31).await;
    assert_eq!(Command::Unlink.ready(&technician.model), Ok(()));
}

#[tokio::test]
async fn slow_servers_hold_up_no_row_that_is_kept() {
    let mut three_accounts = left(12, 50).await;
    three_accounts.three_servers.europe.set(Health::Slow).await;
    let mut technician = three_accounts.start(Scenario::default());
    technician.slow = "europe";
    technician.settle().await.sees("Europe 12").sees(IN_EUROPE);
    technician.find(IN_EUROPE);
    assert_eq!(Command::Launch.ready(&technician.model), Err(DisabledReason::NotSignedIn));
    technician.backend.three_servers.europe.set(Health::Well).await;
    technician.slow = "";
    technician.settle().await.sees("● live");
    assert_eq!(Command::Launch.ready(&technician.model), Ok(()));
}

#[tokio::test]
async fn files_are_for_this_user_alone_and_hold_no_secret() {
    let three_accounts = left(12, 0).await;
    let files = three_accounts.files();
    assert_eq!(files.len(), 3, "{files:?}");
    assert_eq!(fs::metadata(three_accounts.cache()).unwrap().permissions().mode() & 0o777, 0o700);
    for file in files {
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
        let bytes = fs::read(&file).unwrap();
        for site in three_accounts.three_servers.sites() {
            for credential in site.running().credentials() {
                let secret = credential.client_secret.as_bytes();
                assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{}", file.display());
            }
        }
    }
}

#[tokio::test]
async fn a_damaged_file_is_told_and_its_account_loaded_anew_and_no_other() {
    let three_accounts = left(12, 5).await;
    let file =
        three_accounts.files().into_iter().find(|file| file.to_string_lossy().contains("europe")).expect("a file");
    let mut bytes = fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    bytes[half] ^= 0xff;
    fs::write(&file, bytes).unwrap();
    let mut technician = three_accounts.start(Scenario::default());
    technician.settle().await.told("Europe: the companies saved from the last run can't be used").sees("● live");
    assert_eq!(PROFILES.map(|profile| technician.rows(profile)), [12, 12, 12]);
    assert_eq!(PROFILES.map(|profile| technician.asked_in(profile, lists)), [1, 0, 0]);
    // It is whole again for the next start.
    let mut three_accounts = technician.leaves().await;
    all(&mut three_accounts, Health::Absent).await;
    let mut technician = three_accounts.start(Scenario::default());
    assert_eq!(rows(technician.settle().await), 36);
}

#[tokio::test]
async fn without_the_cache_nothing_is_read_or_written() {
    let mut three_accounts = ThreeAccounts::open(12).await;
    three_accounts.no_cache = true;
    let mut technician = three_accounts.start(Scenario::default());
    technician.settle().await.sees("● live");
    let mut three_accounts = technician.leaves().await;
    assert!(!three_accounts.cache().exists());
    three_accounts.no_cache = false;
    let mut technician = three_accounts.start(Scenario::default());
    technician.settle().await;
    let mut three_accounts = technician.leaves().await;
    let written = |three_accounts: &ThreeAccounts| -> Vec<_> {
        let of = |file: &std::path::PathBuf| (fs::read(file).unwrap(), fs::metadata(file).unwrap().modified().unwrap());
        three_accounts.files().iter().map(of).collect()
    };
    let before = written(&three_accounts);
    three_accounts.no_cache = true;
    all(&mut three_accounts, Health::Absent).await;
    let mut technician = three_accounts.start(Scenario::default());
    assert_eq!(rows(technician.settle().await), 0);
    all(&mut technician.backend, Health::Well).await;
    assert_eq!(rows(technician.later(31).await), 36);
    let three_accounts = technician.leaves().await;
    assert!(before.len() == 3 && before == written(&three_accounts), "not even touched");
}

/// A second dashboard on the same machine, of the same configuration.
fn beside(three_accounts: &ThreeAccounts) -> Journey<()> {
    let config = three_accounts.config(&Scenario::default());
    let (options, sources): (_, Sources) = (tui::options(&config), tui::sources(config));
    Journey::sit((), three_accounts.clock.clone(), Scenario::default(), options, sources)
}

#[tokio::test]
async fn two_dashboards_at_once_keep_one_good_list() {
    let mut first = ThreeAccounts::open(12).await.start(Scenario::default());
    let mut second = beside(&first.backend);
    first.settle().await;
    second.settle().await;
    for names in [IN_CANADA, "Aardvark Legal LLP", "Badger Legal LLP", "Coyote Legal LLP"].windows(2) {
        let (before, name) = (names[0], names[1]);
        first.backend.second_client("canada").renames(before, name).await;
        first.later(31).await.row_of(name);
        second.later(31).await.row_of(name);
        second.keys("r").settle().await;
    }
    second.leaves().await;
    let mut three_accounts = first.leaves().await;
    all(&mut three_accounts, Health::Absent).await;
    let mut technician = three_accounts.start(Scenario::default());
    assert_eq!(rows(technician.settle().await), 36);
    technician.row_of("Coyote Legal LLP");
    assert!(technician.model.toasts.is_empty(), "{:?}", technician.model.toasts);
}

#[tokio::test]
async fn what_is_kept_of_another_account_under_the_same_name_is_not_shown() {
    let mut three_accounts = left(12, 5).await;
    all(&mut three_accounts, Health::Absent).await;
    let three_servers = &mut three_accounts.three_servers;
    std::mem::swap(&mut three_servers.europe, &mut three_servers.canada);
    let mut technician = three_accounts.start(Scenario::default());
    technician.settle().await.sees_not(IN_EUROPE).sees_not(IN_CANADA);
    assert_eq!(PROFILES.map(|profile| technician.rows(profile)), [0, 12, 0]);
    all(&mut technician.backend, Health::Well).await;
    technician.later(31).await.sees("● live").sees(IN_EUROPE).sees(IN_CANADA);
    technician.find(IN_EUROPE);
    assert_eq!(technician.at_key().profile.as_str(), "canada", "as it is configured now");
}
