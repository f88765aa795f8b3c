//! What is kept from run to run: rows at once, marked with their age, whatever the servers do; and merged when they
//! are back.

use crate::branches::{Branches, PROFILES};
use crate::journey::{Journey, Seat};
use crate::trio::Health;
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
    matches!(request, Request::Companies(_))
}

/// Was there, and left; everything is kept, and it is a while ago.
async fn left(companies: u32, minutes: i64) -> Branches {
    let branches = Journey::of_three(companies).await.leaves().await;
    // Files know the real time, of which some passes meanwhile.
    branches.clock.jumps(minutes * 60 + 30);
    branches
}

async fn all(branches: &mut Branches, health: Health) {
    branches.trio.europe.set(health).await;
    branches.trio.worldwide.set(health).await;
    branches.trio.canada.set(health).await;
    assert!(branches.trio.sites().iter().all(|site| site.health() == health));
}

#[tokio::test]
async fn a_start_without_any_server_shows_the_rows_with_their_age_and_goes_live_when_they_are_back() {
    let mut branches = left(12, 50).await;
    all(&mut branches, Health::Absent).await;
    let mut technician = branches.start(Seat::default());
    technician.settle().await.sees(IN_EUROPE).sees(IN_CANADA);
    assert_eq!(PROFILES.map(|profile| technician.rows(profile)), [12, 12, 12]);
    technician
        .keys("A")
        .sees("not connected")
        .sees("data from ")
        .keys("1")
        .sees("data from 50 minutes ago")
        .keys("A 0");
    technician.keys("c").find("Tallgrass Legal PLLC").keys("!").sees("Worldwide: Could not sign in").sees("2 of 3");
    technician.keys("j").sees("Canada: Could not sign in").keys("g").sees("Europe: Could not sign in").keys("esc");
    technician.find(IN_EUROPE).keys("u").told("it waits until the server has answered");
    technician.keys("l").told("Launch: not signed in yet");
    technician.keys("n 1").settle().await;
    assert_eq!(technician.writes(), 0);
    technician.keys("esc esc esc esc");

    all(&mut technician.stage, Health::Well).await;
    technician.stage.colleague("canada").renames(IN_CANADA, "Aardvark Legal LLP").await;
    technician.later(31).await.sees("● live").sees_not("✖").find("Aardvark Legal LLP");
    assert_eq!(PROFILES.map(|profile| technician.asked_in(profile, lists)), [0, 0, 0], "only what changed");
    technician.find(IN_EUROPE).keys("u").settle().await.sees("Confirmed owners: ");
}

#[tokio::test]
async fn what_destroys_waits_until_the_list_is_the_servers_again() {
    let mut branches = left(12, 50).await;
    branches.trio.europe.set(Health::Ill).await;
    let mut technician = branches.start(Seat::default());
    technician.settle().await;
    technician.find(IN_CANADA);
    assert_eq!(Command::Unlink.ready(&technician.model), Ok(()));
    technician.find(IN_EUROPE);
    assert!(Command::Unlink.ready(&technician.model).is_err());
    technician.stage.trio.europe.set(Health::Well).await;
    technician.later(31).await;
    assert_eq!(Command::Unlink.ready(&technician.model), Ok(()));
}

#[tokio::test]
async fn slow_servers_hold_up_no_row_that_is_kept() {
    let mut branches = left(12, 50).await;
    branches.trio.europe.set(Health::Slow).await;
    let mut technician = branches.start(Seat::default());
    technician.slow = "europe";
    technician.settle().await.sees("Europe 12").sees(IN_EUROPE);
    technician.find(IN_EUROPE);
    assert_eq!(Command::Launch.ready(&technician.model), Err(DisabledReason::NotSignedIn));
    technician.stage.trio.europe.set(Health::Well).await;
    technician.slow = "";
    technician.settle().await.sees("● live");
    assert_eq!(Command::Launch.ready(&technician.model), Ok(()));
}

#[tokio::test]
async fn files_are_for_this_user_alone_and_hold_no_secret() {
    let branches = left(12, 0).await;
    let files = branches.files();
    assert_eq!(files.len(), 3, "{files:?}");
    assert_eq!(fs::metadata(branches.cache()).unwrap().permissions().mode() & 0o777, 0o700);
    for file in files {
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
        let bytes = fs::read(&file).unwrap();
        for site in branches.trio.sites() {
            for credential in site.running().credentials() {
                let secret = credential.client_secret.as_bytes();
                assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{}", file.display());
            }
        }
    }
}

#[tokio::test]
async fn a_damaged_file_is_told_and_its_account_loaded_anew_and_no_other() {
    let branches = left(12, 5).await;
    let file = branches.files().into_iter().find(|file| file.to_string_lossy().contains("europe")).expect("a file");
    let mut bytes = fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    bytes[half] ^= 0xff;
    fs::write(&file, bytes).unwrap();
    let mut technician = branches.start(Seat::default());
    technician.settle().await.told("Europe: the companies kept from the last run cannot be used").sees("● live");
    assert_eq!(PROFILES.map(|profile| technician.rows(profile)), [12, 12, 12]);
    assert_eq!(PROFILES.map(|profile| technician.asked_in(profile, lists)), [1, 0, 0]);
    // It is whole again for the next start.
    let mut branches = technician.leaves().await;
    all(&mut branches, Health::Absent).await;
    let mut technician = branches.start(Seat::default());
    assert_eq!(rows(technician.settle().await), 36);
}

#[tokio::test]
async fn without_the_cache_nothing_is_read_or_written() {
    let mut branches = Branches::open(12).await;
    branches.no_cache = true;
    let mut technician = branches.start(Seat::default());
    technician.settle().await.sees("● live");
    let mut branches = technician.leaves().await;
    assert!(!branches.cache().exists());
    branches.no_cache = false;
    let mut technician = branches.start(Seat::default());
    technician.settle().await;
    let mut branches = technician.leaves().await;
    let written = |branches: &Branches| -> Vec<_> {
        let of = |file: &std::path::PathBuf| (fs::read(file).unwrap(), fs::metadata(file).unwrap().modified().unwrap());
        branches.files().iter().map(of).collect()
    };
    let before = written(&branches);
    branches.no_cache = true;
    all(&mut branches, Health::Absent).await;
    let mut technician = branches.start(Seat::default());
    assert_eq!(rows(technician.settle().await), 0);
    all(&mut technician.stage, Health::Well).await;
    assert_eq!(rows(technician.later(31).await), 36);
    let branches = technician.leaves().await;
    assert!(before.len() == 3 && before == written(&branches), "not even touched");
}

/// A second dashboard on the same machine, of the same configuration.
fn beside(branches: &Branches) -> Journey<()> {
    let config = branches.config(&Seat::default());
    let (options, sources): (_, Sources) = (tui::options(&config), tui::sources(config));
    Journey::sit((), branches.clock.clone(), Seat::default(), options, sources)
}

#[tokio::test]
async fn two_dashboards_at_once_keep_one_good_list() {
    let mut first = Branches::open(12).await.start(Seat::default());
    let mut second = beside(&first.stage);
    first.settle().await;
    second.settle().await;
    for names in [IN_CANADA, "Aardvark Legal LLP", "Badger Legal LLP", "Coyote Legal LLP"].windows(2) {
        let (before, name) = (names[0], names[1]);
        first.stage.colleague("canada").renames(before, name).await;
        first.later(31).await.row_of(name);
        second.later(31).await.row_of(name);
        second.keys("r").settle().await;
    }
    second.leaves().await;
    let mut branches = first.leaves().await;
    all(&mut branches, Health::Absent).await;
    let mut technician = branches.start(Seat::default());
    assert_eq!(rows(technician.settle().await), 36);
    technician.row_of("Coyote Legal LLP");
    assert!(technician.model.toasts.is_empty(), "{:?}", technician.model.toasts);
}

#[tokio::test]
async fn what_is_kept_of_another_account_under_the_same_name_is_not_shown() {
    let mut branches = left(12, 5).await;
    all(&mut branches, Health::Absent).await;
    let trio = &mut branches.trio;
    std::mem::swap(&mut trio.europe, &mut trio.canada);
    let mut technician = branches.start(Seat::default());
    technician.settle().await.sees_not(IN_EUROPE).sees_not(IN_CANADA);
    assert_eq!(PROFILES.map(|profile| technician.rows(profile)), [0, 12, 0]);
    all(&mut technician.stage, Health::Well).await;
    technician.later(31).await.sees("● live").sees(IN_EUROPE).sees(IN_CANADA);
    technician.find(IN_EUROPE);
    assert_eq!(technician.at_key().profile.as_str(), "canada", "as it is configured now");
}
