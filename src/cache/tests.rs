//! The rules of the file, without a server.

mod damage;
mod together;

use super::store::{Item, Page, Store};
use super::writer::Writer;
use super::*;
use crate::client::{Exchange, ResponseSink, decode};
use crate::domain::facts::Facet;
use crate::domain::id::{CompanyId, CompanyKey};
use crate::domain::request::{Answer, GetSession, ListChanges, ListCompanies, Request};
use crate::domain::roster::Roster;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

fn header() -> Header {
    Header::new(&ProfileId::new("europe"), &"https://msp.example/".parse().unwrap(), "client-7", None)
}

fn file(dir: &Path) -> PathBuf {
    dir.join(header().file_name())
}

fn session(technician: &str) -> (Request, String) {
    let body = json!({"account": {"id": "ACCOUNT", "name": "Harbour IT", "owner_desk_uri": "http://127.0.0.1:1/owner"},
        "technician": {"id": technician, "display_name": "Tomma"}, "permissions": ["VIEW", "NEW_WORD"],
        "access_token": "never-write-this"});
    (Request::GetSession(GetSession), body.to_string())
}

/// Page `at` of `of`, with two companies.
fn page(at: usize, of: usize) -> (Request, String) {
    let row = |half: usize| json!({"id": format!("C{at}{half}"), "name": format!("Company {at}.{half}")});
    let mut body = json!({"results": [row(0), row(1)], "change_token": format!("t{at}")});
    if at + 1 < of {
        body["next_page_token"] = json!(format!("p{}", at + 1));
    }
    let page_token = (at > 0).then(|| format!("p{at}"));
    (Request::ListCompanies(ListCompanies::roster(page_token)), body.to_string())
}

fn changes(since: &str, next: &str, name: &str) -> (Request, String) {
    let results = if name.is_empty() { json!([]) } else { json!([{"id": "C00", "name": name}]) };
    let body = json!({"results": results, "removed": [], "next_change_token": next});
    (Request::ListChanges(ListChanges { since: since.to_owned(), wait: 0 }), body.to_string())
}

fn answer((request, body): &(Request, String)) -> Answer {
    decode(request, body.as_bytes()).unwrap()
}

fn keep(keeper: &Recorder, kept: &(Request, String)) {
    keep_asked(keeper, Instant::now(), kept);
}

fn keep_asked(keeper: &Recorder, asked: Instant, kept: &(Request, String)) {
    let exchange = Exchange { asked, answered: Instant::now(), body: kept.1.clone().into_bytes() };
    keeper.record(&kept.0, exchange, &answer(kept));
}

#[track_caller]
fn settle(keeper: &Recorder) {
    assert!(keeper.flush(Duration::from_secs(30)), "it is written in time");
}

/// Lets go of it, and waits for what that leaves to do: the keepers of other tests may hold the thread that does it.
fn close(keeper: Recorder) {
    let writer = Writer::of_process();
    drop(keeper);
    let (done, wait) = channel();
    let last = move || done.send(()).unwrap();
    assert!(writer.send(0, Box::new(last)));
    wait.recv_timeout(Duration::from_secs(30)).unwrap();
}

/// Session and two pages, written.
fn kept(dir: &Path) -> Recorder {
    let keeper = Recorder::open(dir, header());
    for kept in [page(0, 2), session("T"), page(1, 2)] {
        keep(&keeper, &kept);
    }
    settle(&keeper);
    assert_eq!(keeper.problem(), None);
    keeper
}

fn restore(dir: &Path) -> Option<Restore> {
    Restore::open(dir, &header()).unwrap()
}

/// All that is recalled, the session aside.
#[track_caller]
fn rows(dir: &Path) -> Vec<Answer> {
    let mut answers: Vec<Answer> = restore(dir).expect("something is kept").map(Result::unwrap).collect();
    assert!(matches!(answers.remove(0), Answer::Session(_)), "the session comes first");
    answers
}

fn place() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn names(dir: &Path) -> Vec<String> {
    fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn what_is_recalled_is_what_was_answered() {
    let place = place();
    let keeper = kept(place.path());
    let news = [changes("t0", "t5", "New name"), changes("t5", "t6", "Newer name")];
    for news in &news {
        keep(&keeper, news);
    }
    settle(&keeper);
    let restore = restore(place.path()).unwrap();
    assert_eq!((restore.change_token.as_deref(), restore.companies, restore.reload), (Some("t6"), 4, false));
    assert!(crate::clock::now().duration_since(restore.good_at).as_secs().abs() < 60);
    assert_eq!(rows(place.path()), [page(0, 2), page(1, 2), news[0].clone(), news[1].clone()].each_ref().map(answer));
}

#[test]
fn what_is_known_and_what_is_not_outlives_a_restart() {
    let place = place();
    let fact = json!({"facet": "SEATS", "source": "IMPORT", "coverage": "EXACT", "as_of": "2026-11-16T12:00:00Z",
        "observer": {"display_name": "Mira Okafor"}});
    let known = json!({"id": "C1", "name": "Möwe KG", "seats": {"filled": 0}, "facts": [fact]});
    let unknown = json!({"id": "C2", "name": "Neuland eG", "state": "STATE_UNSPECIFIED"});
    let body = json!({"results": [known, unknown], "change_token": "t0"}).to_string();
    let keeper = Recorder::open(place.path(), header());
    for kept in [session("T"), (Request::ListCompanies(ListCompanies::roster(None)), body)] {
        keep(&keeper, &kept);
    }
    close(keeper);
    let Some(Answer::Page(page)) = rows(place.path()).pop() else { panic!("the page is kept") };
    let (profile, mut roster) = (ProfileId::new("europe"), Roster::default());
    roster.upsert(&profile, page.companies);
    let get = |id: &str| {
        let key = CompanyKey { profile: profile.clone(), company: CompanyId::new(id) };
        roster.get(&key).cloned().unwrap()
    };
    let (known, unknown) = (get("C1"), get("C2"));
    assert_eq!((known.seats.filled, known.owners.confirmed, known.open_recoveries), (Some(0), None, None));
    assert_eq!(known.fact(&Facet::Seats).and_then(|fact| fact.observer.clone()).as_deref(), Some("Mira Okafor"));
    assert_eq!((unknown.seats.filled, unknown.facts.len(), unknown.state.unspecified()), (None, 0, true));
}

#[test]
fn the_session_may_come_last_and_nothing_is_kept_before_it() {
    let place = place();
    let keeper = Recorder::open(place.path(), header());
    keep(&keeper, &page(0, 1));
    settle(&keeper);
    assert!(restore(place.path()).is_none());
    keep(&keeper, &session("T"));
    settle(&keeper);
    assert_eq!(rows(place.path()), [answer(&page(0, 1))]);
}

#[test]
fn a_load_that_was_broken_off_leaves_the_old_file() {
    let place = place();
    close(kept(place.path()));
    let keeper = Recorder::open(place.path(), header());
    for kept in [session("T"), page(0, 3), page(1, 3)] {
        keep(&keeper, &kept);
    }
    settle(&keeper);
    assert_eq!(rows(place.path()), [page(0, 2), page(1, 2)].each_ref().map(answer));
    assert_eq!(names(place.path()).len(), 2, "the old one and the one being written");
    close(keeper);
    assert_eq!(names(place.path()), [header().file_name()]);
}

#[test]
fn pages_of_two_loads_are_not_mixed() {
    let place = place();
    let keeper = Recorder::open(place.path(), header());
    keep(&keeper, &session("T"));
    keep(&keeper, &page(0, 2));
    let asked_by_the_older = Instant::now();
    keep(&keeper, &page(0, 2));
    keep_asked(&keeper, asked_by_the_older, &page(1, 2));
    settle(&keeper);
    assert!(restore(place.path()).is_none(), "the same token, but asked before the newer load began");
    keep(&keeper, &page(1, 2));
    settle(&keeper);
    assert_eq!(rows(place.path()).len(), 2);
}

#[test]
fn a_page_that_does_not_continue_the_last_is_left_out() {
    let place = place();
    let keeper = Recorder::open(place.path(), header());
    for kept in [session("T"), page(0, 4), page(2, 4), page(3, 4)] {
        keep(&keeper, &kept);
    }
    settle(&keeper);
    assert!(restore(place.path()).is_none());
    for kept in [page(1, 4), page(1, 4), page(2, 4), page(3, 4)] {
        keep(&keeper, &kept);
    }
    settle(&keeper);
    assert_eq!(rows(place.path()), (0..4).map(|at| answer(&page(at, 4))).collect::<Vec<_>>());
}

#[test]
fn an_empty_list_is_a_list() {
    let place = place();
    let keeper = Recorder::open(place.path(), header());
    keep(&keeper, &session("T"));
    keep(&keeper, &(Request::ListCompanies(ListCompanies::default()), r#"{"results":[],"change_token":"t"}"#.into()));
    settle(&keeper);
    let restore = restore(place.path()).unwrap();
    assert_eq!((restore.companies, restore.change_token.as_deref()), (0, Some("t")));
}

#[test]
fn the_age_is_that_of_the_load_and_then_of_the_last_good_answer() {
    let place = place();
    let mut store = Store::new(place.path(), header());
    let at = |seconds: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000 + seconds);
    let good_at = || restore(place.path()).unwrap().good_at.as_second() - 1_000_000_000;
    let who = frame::Who { account: "A".into(), technician: "T".into() };
    let session = json!({"account": {"id": "A"}, "technician": {"id": "T"}}).to_string().into_bytes();
    store.take(Item::Session { who: who.clone(), body: session }).unwrap();
    let came = Instant::now();
    let first = Page {
        asked: came,
        came,
        at: at(0),
        from: None,
        next: Some("p1".into()),
        change_token: Some("t0".into()),
        rows: 2,
        body: page(0, 2).1.into_bytes(),
    };
    store.take(Item::Page(first)).unwrap();
    let last = Page {
        asked: Instant::now(),
        came: Instant::now(),
        at: at(9),
        from: Some("p1".into()),
        next: None,
        change_token: Some("t1".into()),
        rows: 2,
        body: page(1, 2).1.into_bytes(),
    };
    store.take(Item::Page(last)).unwrap();
    assert_eq!(good_at(), 0, "what changed while it was loaded is not in it");
    store.take(Item::Same { since: "t0".into(), at: at(20) }).unwrap();
    assert_eq!(good_at(), 20);
    let length = fs::metadata(file(place.path())).unwrap().len();
    store.take(Item::Same { since: "t0".into(), at: at(25) }).unwrap();
    assert_eq!(good_at(), 20, "at most once in half a minute");
    let news = changes("t0", "t5", "New").1.into_bytes();
    store.take(Item::Changes { since: "t0".into(), next: "t5".into(), body: news, at: at(40) }).unwrap();
    assert_eq!(good_at(), 40);
    let promoted = json!({"account": {"id": "A"}, "technician": {"id": "T"}, "permissions": ["VIEW"]});
    store.take(Item::Session { who, body: promoted.to_string().into_bytes() }).unwrap();
    assert_eq!(good_at(), 40, "another session makes the list no younger");
    assert!(fs::metadata(file(place.path())).unwrap().len() > length);
    let first = restore(place.path()).unwrap().next();
    let Some(Ok(Answer::Session(session))) = first else { panic!("{first:?}") };
    assert_eq!(session.permissions.0.len(), 1, "the newer session");
}

#[test]
fn no_poll_without_news_makes_the_file_longer() {
    let place = place();
    let keeper = kept(place.path());
    let before = fs::read(file(place.path())).unwrap();
    keep(&keeper, &changes("t0", "t0", ""));
    keep(&keeper, &session("T"));
    settle(&keeper);
    assert_eq!(fs::read(file(place.path())).unwrap(), before);
}

#[test]
fn changes_that_do_not_continue_the_file_are_left_out() {
    let place = place();
    let keeper = kept(place.path());
    let before = fs::read(file(place.path())).unwrap();
    keep(&keeper, &changes("t4", "t5", "New"));
    settle(&keeper);
    assert_eq!(fs::read(file(place.path())).unwrap(), before);
}

#[test]
fn another_technician_under_the_same_name_never_sees_the_list() {
    let place = place();
    close(kept(place.path()));
    let keeper = Recorder::open(place.path(), header());
    keep(&keeper, &session("SOMEBODY-ELSE"));
    keep(&keeper, &changes("t0", "t5", "New"));
    settle(&keeper);
    assert!(names(place.path()).is_empty());
}

#[test]
fn changes_wait_until_it_is_known_who_asked() {
    let place = place();
    close(kept(place.path()));
    let before = fs::read(file(place.path())).unwrap();
    let keeper = Recorder::open(place.path(), header());
    let news = [changes("t0", "t5", "New"), changes("t5", "t6", "Newer")];
    for news in &news {
        keep(&keeper, news);
    }
    settle(&keeper);
    assert_eq!(fs::read(file(place.path())).unwrap(), before, "it may be somebody else's");
    keep(&keeper, &session("T"));
    settle(&keeper);
    assert_eq!(rows(place.path())[2..], news.each_ref().map(answer));
}

#[test]
fn another_profile_server_or_credential_is_another_file() {
    let place = place();
    close(kept(place.path()));
    let other = |profile: &str, url: &str, client: &str, account: Option<&str>| {
        let account = account.map(AccountId::new);
        Header::new(&ProfileId::new(profile), &url.parse().unwrap(), client, account.as_ref())
    };
    let url = "https://msp.example/";
    for other in [
        other("EUROPE", url, "client-7", None),
        other("europe", "https://msp.example:444/", "client-7", None),
        other("europe", url, "client-8", None),
        other("europe", url, "client-7", Some("ACCOUNT")),
    ] {
        assert!(Restore::open(place.path(), &other).unwrap().is_none());
        // Even under its name: the header decides.
        let copy = place.path().join(other.file_name());
        fs::copy(file(place.path()), &copy).unwrap();
        assert!(Restore::open(place.path(), &other).unwrap().is_none(), "{other:?}");
        assert!(copy.exists(), "it may be good for somebody");
    }
    assert!(Restore::open(place.path(), &other("europe", url, "client-7", None)).unwrap().is_some());
}

#[test]
fn nothing_secret_is_written() {
    let place = place();
    let url = "https://user:hunter2@msp.example/?key=hunter3#hunter4".parse().unwrap();
    let keeper = Recorder::open(place.path(), Header::new(&ProfileId::new("e"), &url, "client-7", None));
    keep(&keeper, &page(0, 1));
    keep(&keeper, &session("T"));
    settle(&keeper);
    let names = names(place.path());
    let bytes = fs::read(place.path().join(&names[0])).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    for secret in ["hunter", "user:", "owner", "never-write-this"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(text.contains("NEW_WORD"), "unknown words of the contract are no secrets");
}

#[test]
fn long_tails_ask_for_a_whole_load() {
    let place = place();
    let keeper = kept(place.path());
    let long = "x".repeat(40_000);
    keep(&keeper, &changes("t0", "t1", &long));
    settle(&keeper);
    assert!(!restore(place.path()).unwrap().reload);
    keep(&keeper, &changes("t1", "t2", &long));
    settle(&keeper);
    let restore = restore(place.path()).unwrap();
    assert!(restore.reload);
    assert_eq!(restore.change_token.as_deref(), Some("t2"), "still good");
}

#[test]
fn all_of_a_profile_is_forgotten_and_nothing_of_another() {
    let place = place();
    assert_eq!(usage(&place.path().join("nowhere")), Usage::default());
    assert_eq!(forget(&place.path().join("nowhere"), &ProfileId::new("europe")).unwrap(), 0);
    let keeper = kept(place.path());
    keep(&keeper, &page(0, 2));
    settle(&keeper);
    fs::write(place.path().join(format!("{}.damaged", header().file_name())), "x").unwrap();
    fs::write(place.path().join("notes.txt"), "not ours").unwrap();
    let other = Header::new(&ProfileId::new("europe-2"), &"https://msp.example/".parse().unwrap(), "client-7", None);
    fs::write(place.path().join(other.file_name()), "12345").unwrap();
    let all = usage(place.path());
    assert_eq!(all.files, 4, "{:?}", names(place.path()));
    assert_eq!(forget(place.path(), &ProfileId::new("europe")).unwrap(), 3);
    assert_eq!(usage(place.path()), Usage { files: 1, bytes: 5 });
    assert!(place.path().join("notes.txt").exists());
}
