//! `mspdash db`: the database between runs of a server.

use crate::support::home::{Home, Served};
use std::fs;
use std::path::Path;

fn served() -> (Home, String) {
    let home = Home::new();
    let database = home.dir.path().join("w.db").to_str().unwrap().to_owned();
    let args = ["--port", "0", "--sample-size", "3", "--database", &database];
    assert_eq!(Served::with(&home, &home.dir.path().join("c.json"), &args).terminate(), Some(0));
    (home, database)
}

#[test]
fn a_workspace_is_checked_copied_put_back_and_what_was_there_is_named() {
    let (home, database) = served();
    let copy = home.dir.path().join("copy.db").to_str().unwrap().to_owned();
    let db = |args: &[&str]| home.run(&[&["db"], args, &["--database", &database]].concat());
    let checked = db(&["check", "--format", "json"]).json();
    assert_eq!((&checked["companies"], &checked["problems"]), (&3.into(), &serde_json::json!([])));
    let table = db(&["check"]);
    assert!(table.code == 0 && table.out.contains("Whole         yes"), "{}", table.out);
    let copied = db(&["backup", &copy]);
    assert!(copied.code == 0 && copied.out.contains("companies 3, technicians 5"), "{}", copied.out);
    let again = db(&["backup", &copy]);
    assert!(again.code == 1 && again.err.contains("is there already"), "{}", again.err);
    let restored = db(&["restore", &copy]);
    let kept = restored.out.split("kept as ").nth(1).unwrap().trim_end().trim_end_matches('.');
    assert!(restored.code == 0 && Path::new(kept).exists(), "{}", restored.out);
    assert!(db(&["migrate"]).out.contains("is up to date"));
}

#[test]
fn a_database_in_use_is_left_alone() {
    let (home, database) = served();
    let copy = home.dir.path().join("copy.db").to_str().unwrap().to_owned();
    let db = |args: &[&str]| home.run(&[&["db"], args, &["--database", &database]].concat());
    let args = ["--port", "0", "--database", &database];
    let running = Served::with(&home, &home.dir.path().join("c.json"), &args);
    assert_eq!((db(&["check"]).code, db(&["backup", &copy]).code), (0, 0), "these disturb nobody");
    for args in [&["restore", &copy][..], &["migrate"]] {
        let run = db(args);
        assert!(run.code == 1 && run.err.contains("in use"), "{}", run.err);
    }
    assert_eq!(running.terminate(), Some(0));
}

#[test]
fn damage_ends_with_1_and_says_what_to_do() {
    let (home, database) = served();
    let mut bytes = fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(7);
    fs::write(&database, bytes).unwrap();
    let run = home.run(&["db", "check", "--database", &database]);
    assert!(run.code == 1 && run.err.contains("damaged"), "{}{}", run.out, run.err);
}

#[test]
fn for_postgresql_the_right_tool_is_named_and_the_password_is_not_repeated() {
    let home = Home::new();
    for (command, tool) in [
        (&["check"][..], "pg_amcheck"),
        (&["backup", "f"], "pg_dump"),
        (&["restore", "f"], "pg_restore"),
        (&["migrate"], "when it starts"),
    ] {
        let run = home.run(&[&["db"], command, &["--database", "postgres://msp:hush@db/msp"]].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains(tool) && !run.err.contains("hush"), "{}", run.err);
    }
}
