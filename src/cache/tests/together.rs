//! Several dashboards over one file, and those that are gone.

use super::*;
use std::fs::File;

#[test]
fn two_dashboards_that_see_the_same_changes_write_them_once() {
    let place = place();
    let one = kept(place.path());
    let other = Recorder::open(place.path(), header());
    keep(&other, &session("T"));
    for news in [changes("t0", "t5", "New"), changes("t5", "t6", "Newer")] {
        keep(&one, &news);
        keep(&other, &news);
        settle(&one);
        settle(&other);
    }
    let expected = [page(0, 2), page(1, 2), changes("t0", "t5", "New"), changes("t5", "t6", "Newer")];
    assert_eq!(rows(place.path()), expected.each_ref().map(answer));
}

#[test]
fn one_dashboard_goes_on_where_the_other_stopped() {
    let place = place();
    let one = kept(place.path());
    let other = Recorder::open(place.path(), header());
    keep(&other, &session("T"));
    keep(&one, &changes("t0", "t5", "By one"));
    settle(&one);
    keep(&other, &changes("t5", "t6", "By the other"));
    settle(&other);
    keep(&one, &changes("t6", "t7", "By one again"));
    settle(&one);
    assert_eq!(restore(place.path()).unwrap().change_token.as_deref(), Some("t7"));
    assert_eq!(rows(place.path()).len(), 5);
}

#[test]
fn changes_of_a_dashboard_that_went_another_way_are_not_mixed_in() {
    let place = place();
    let one = kept(place.path());
    let other = kept(place.path());
    keep(&one, &changes("t0", "t5", "By one"));
    settle(&one);
    let before = fs::read(file(place.path())).unwrap();
    keep(&other, &changes("t0", "t6", "The same change and one more"));
    keep(&other, &changes("t6", "t7", "And another"));
    settle(&other);
    assert_eq!(fs::read(file(place.path())).unwrap(), before);
    assert_eq!(restore(place.path()).unwrap().change_token.as_deref(), Some("t5"), "good, only a little older");
}

#[test]
fn a_whole_load_of_one_is_continued_by_its_own_changes_only() {
    let place = place();
    let one = kept(place.path());
    keep(&one, &changes("t0", "t5", "Of the old file"));
    settle(&one);
    let other = kept(place.path());
    keep(&one, &changes("t5", "t6", "Of the old file too"));
    settle(&one);
    keep(&other, &changes("t0", "t8", "Of the new one"));
    settle(&other);
    assert_eq!(rows(place.path()).last(), Some(&answer(&changes("t0", "t8", "Of the new one"))));
    assert_eq!(rows(place.path()).len(), 3);
}

#[test]
fn two_loads_at_once_write_two_files_and_the_last_one_stays() {
    let place = place();
    let (one, other) = (Recorder::open(place.path(), header()), Recorder::open(place.path(), header()));
    for kept in [session("T"), page(0, 2)] {
        keep(&one, &kept);
        keep(&other, &kept);
    }
    settle(&other);
    assert_eq!(names(place.path()).len(), 2);
    keep(&one, &page(1, 2));
    keep(&other, &page(1, 2));
    settle(&other);
    assert_eq!(names(place.path()), [header().file_name()]);
    assert_eq!(rows(place.path()).len(), 2);
    assert_eq!((one.problem(), other.problem()), (None, None));
}

#[test]
fn a_dashboard_that_holds_the_lock_for_ever_stops_nobody() {
    let place = place();
    let keeper = kept(place.path());
    let before = fs::read(file(place.path())).unwrap();
    let stopped = File::open(file(place.path())).unwrap();
    stopped.lock().unwrap();
    keep(&keeper, &changes("t0", "t5", "New"));
    settle(&keeper);
    assert_eq!(fs::read(file(place.path())).unwrap(), before);
    drop(stopped);
    keep(&keeper, &changes("t0", "t5", "New"));
    settle(&keeper);
    assert_eq!(rows(place.path()).len(), 3);
}

#[test]
fn what_killed_dashboards_left_is_swept_and_nothing_else() {
    let place = place();
    close(kept(place.path()));
    let long_ago = SystemTime::now() - Duration::from_hours(1);
    let left = |name: &str, time: SystemTime| {
        let path = place.path().join(name);
        let file = File::create(&path).unwrap();
        file.set_modified(time).unwrap();
        (path, file)
    };
    let (dead, _) = left(&format!("{}.4711-abc.tmp", header().file_name()), long_ago);
    let (living, held) = left(&format!("{}.4712-abc.tmp", header().file_name()), long_ago);
    held.lock().unwrap();
    let (fresh, _) = left(&format!("{}.4713-abc.tmp", header().file_name()), SystemTime::now());
    let (strange, _) = left("letter.tmp", long_ago);
    let keeper = Recorder::open(place.path(), header());
    keep(&keeper, &session("T"));
    settle(&keeper);
    assert!(!dead.exists());
    assert!(living.exists() && fresh.exists() && strange.exists() && file(place.path()).exists());
}

#[test]
fn a_place_that_cannot_be_written_is_said_once_and_stops_nothing() {
    let place = place();
    // Below a plain file there can be no directory, not even for root.
    let blocked = place.path().join("file");
    fs::write(&blocked, "x").unwrap();
    let dir = blocked.join("rosters");
    assert!(restore(&dir).is_none());
    let keeper = Recorder::open(&dir, header());
    for kept in [session("T"), page(0, 1), changes("t0", "t1", "New")] {
        keep(&keeper, &kept);
    }
    settle(&keeper);
    assert!(keeper.problem().is_some());
}

#[test]
fn a_load_that_fails_leaves_the_old_file_and_the_next_one_is_written() {
    let place = place();
    let keeper = kept(place.path());
    let mut store = Store::new(place.path(), header());
    let at = (Instant::now(), SystemTime::now());
    let first = |token: String| Page {
        asked: at.0,
        came: at.0,
        at: at.1,
        from: None,
        next: None,
        change_token: Some(token),
        rows: 0,
        body: b"{}".to_vec(),
    };
    let who = frame::Who { account: "ACCOUNT".into(), technician: "T".into() };
    let session = json!({"account": {"id": "ACCOUNT"}, "technician": {"id": "T"}}).to_string().into_bytes();
    store.take(Item::Session { who, body: session }).unwrap();
    assert!(store.take(Item::Page(first("t".repeat(100_000)))).is_err(), "longer than would be read again");
    assert_eq!(names(place.path()), [header().file_name()]);
    assert_eq!(restore(place.path()).unwrap().change_token.as_deref(), Some("t0"));
    store.take(Item::Page(first("t9".into()))).unwrap();
    assert_eq!(restore(place.path()).unwrap().change_token.as_deref(), Some("t9"));
    drop(keeper);
}

#[test]
fn the_writer_ends_with_the_last_keeper_and_all_is_written_then() {
    let place = place();
    let keeper = Recorder::open(place.path(), header());
    for kept in [session("T"), page(0, 2), page(1, 2)] {
        keep(&keeper, &kept);
    }
    drop(keeper);
    // Other tests may keep the thread busy; a new keeper's flush stands behind what was sent before.
    let later = Recorder::open(place.path(), header());
    keep(&later, &changes("none", "none", ""));
    settle(&later);
    assert_eq!(rows(place.path()).len(), 2);
}
