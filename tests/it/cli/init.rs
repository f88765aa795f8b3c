//! `mspdash init`, and what opens the workspace that it makes.

use crate::support::home::{Home, Run};
use std::os::unix::fs::PermissionsExt;

const INIT: [&str; 7] = ["init", "--name", "Harbour IT", "--region", "1password.eu", "--technician", "Mira Okafor"];

fn own() -> Home {
    let home = Home::new();
    let made = home.run(&INIT);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    assert!(made.out.contains("Harbour IT") && made.out.ends_with("Open it: mspdash\n"), "{}", made.out);
    home
}

fn names(run: &Run) -> Vec<String> {
    assert_eq!(run.code, 0, "{}", run.err);
    run.json().as_array().unwrap().iter().map(|company| company["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn commands_open_the_own_workspace_and_the_sample_when_asked() {
    let home = own();
    let file = home.dir.path().join(".local/share/mspdash/msp.db");
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    let list = |more: &[&str]| names(&home.run(&[&["companies", "list", "--format", "json"], more].concat()));
    assert_eq!(list(&[]), [""; 0]);
    let added = home.run(&["companies", "add", "--name", "Brightwater GmbH", "--format", "json"]);
    assert_eq!((added.code, added.json()["name"].as_str()), (0, Some("Brightwater GmbH")), "{}", added.err);
    assert_eq!(list(&[]), ["Brightwater GmbH"]);
    assert_eq!(list(&["--sample"]).len(), 48);
    assert_eq!(list(&["--profile", "own"]), ["Brightwater GmbH"]);
    let declared = home
        .run(&["companies", "declare", "Brightwater GmbH", "--seats", "42", "--owner", "Ada Stern", "--format", "json"])
        .json();
    assert_eq!((declared["seats"]["filled"].as_u64(), declared["owners"]["confirmed"].as_u64()), (Some(42), Some(1)));
    assert_eq!(declared["facts"][0]["source"], "DECLARED");
    assert_eq!(list(&["--unknown", "seats"]), [""; 0]);
    assert_eq!(list(&["--unknown", "seats", "--unknown", "owners", "--older-than", "30"]), [""; 0]);
    let table = home.run(&["companies", "list"]);
    assert!(table.out.contains(" 42 "), "{}", table.out);
    let nothing = home.run(&["companies", "declare", "Brightwater GmbH"]);
    assert_eq!(nothing.code, 2);
    let sample = home.run(&["companies", "declare", "Brightwater GmbH", "--seats", "1", "--sample"]);
    assert_eq!(sample.code, 5);
    assert!(sample.err.contains("invented"), "{}", sample.err);
    let launch = home.run(&["companies", "launch", "--print", added.json()["id"].as_str().unwrap()]);
    assert_eq!(launch.code, 5);
    assert!(launch.err.contains("only the web console of 1Password can do this"), "{}", launch.err);
}

#[test]
fn there_is_one_and_no_flag_of_the_sample_touches_it() {
    let home = own();
    let again = home.run(&INIT);
    assert_eq!((again.code, again.out.as_str()), (1, ""));
    assert!(again.err.contains("already") && again.err.contains("--data-dir"), "{}", again.err);
    for flags in [&["--fresh"][..], &["--sample-size", "3"], &["--as", "owner"]] {
        let run = home.run(&[&["companies", "list"], flags].concat());
        assert_eq!(run.code, 2, "{flags:?}");
        assert!(run.err.contains(flags[0]) && run.err.contains("--sample"), "{}", run.err);
    }
    let fresh = home.run(&["companies", "list", "--format", "json", "--sample", "--fresh", "--sample-size", "3"]);
    assert_eq!(names(&fresh).len(), 3);
    let served =
        home.run(&["serve", "--port", "0", "--credentials", "c.json", "--database", "~/.local/share/mspdash/msp.db"]);
    assert_eq!(served.code, 1);
    assert!(served.err.contains("Leave --credentials out"), "{}", served.err);
}

#[test]
fn what_is_wrong_is_told_before_anything_is_made() {
    let home = Home::new();
    for (args, said) in [
        (&["--name", "Harbour IT", "--region", "1password.org"][..], "ent.1password.com"),
        (&["--name", " ", "--region", "1password.eu"], "1 to 100"),
        (&["--name", "Harbour IT", "--region", "1password.eu"], "--technician"),
        (&["--name", "H", "--region", "1password.eu", "--technician", "M", "--email", "mira"], "you@example.com"),
        (
            &["--name", "H", "--region", "1password.eu", "--technician", "M", "--sign-in-host", "a.1password.ca"],
            "1password.eu",
        ),
    ] {
        let run = home.run(&[&["init"], args].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(said), "{}", run.err);
    }
    assert!(!home.dir.path().join(".local").exists());
    let run = home.run(&["companies", "list", "--profile", "own"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("mspdash init"), "{}", run.err);
    let run = home.run(&["serve", "--port", "0"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("mspdash init") && run.err.contains("--credentials"), "{}", run.err);
}
