//! `mspdash tasks …` in a REAL workspace, and what a command says that only the web console can do.

use crate::support::home::{Home, Run};

fn own() -> Home {
    let home = Home::new();
    let init = ["init", "--name", "Harbour IT", "--region", "1password.eu", "--technician", "Mira Okafor"];
    assert_eq!(home.run(&init).code, 0);
    assert_eq!(home.run(&["companies", "add", "--name", "Brightwater GmbH"]).code, 0);
    home
}

fn json(home: &Home, args: &[&str]) -> serde_json::Value {
    let run = home.run(&[args, &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{args:?}: {}", run.err);
    run.json()
}

fn refused(run: &Run, code: i32, said: &str) {
    assert_eq!(run.code, code, "{}", run.err);
    assert!(run.out.is_empty() && run.err.contains(said), "{said}: {}{}", run.out, run.err);
}

#[test]
fn a_task_is_begun_shown_with_its_texts_and_declared_done() {
    let home = own();
    let begun = home.run(&["tasks", "begin", "begin-recovery", "Brightwater GmbH", "--about", "ada@b.example"]);
    assert_eq!(begun.code, 0, "{}", begun.err);
    assert!(begun.err.contains("nothing is done yet"), "{}", begun.err);
    let list = json(&home, &["tasks", "list"]);
    let task = &list[0];
    let fields = ["kind", "state", "company_name", "subject"].map(|field| task[field].as_str().unwrap());
    assert_eq!(fields, ["BEGIN_RECOVERY", "OPEN", "Brightwater GmbH", "ada@b.example"]);
    let id = task["id"].as_str().unwrap();
    let shown = home.run(&["tasks", "show", id]);
    for said in ["1. Sign in to your MSP account", "Name: Brightwater GmbH", "About: ada@b.example", "Begin Recovery"] {
        assert!(shown.out.contains(said), "{said}: {}", shown.out);
    }
    assert_eq!(json(&home, &["tasks", "show", id])["id"], task["id"]);
    let checked = home.run(&["tasks", "verify", id]);
    assert_eq!(checked.code, 5, "{}", checked.err);
    assert!(checked.out.contains("cannot be told"), "{}", checked.out);
    let waits = json(&home, &["tasks", "done", id, "--waiting", "--note", "Mail sent"]);
    assert_eq!((waits["state"].as_str(), waits["note"].as_str()), (Some("WAITING"), Some("Mail sent")));
    let done = json(&home, &["tasks", "done", id]);
    assert_eq!(done["state"], "DECLARED");
    refused(&home.run(&["tasks", "cancel", id]), 5, "cannot be taken back here");
    assert_eq!(json(&home, &["tasks", "list"]), serde_json::json!([]));
    assert_eq!(json(&home, &["tasks", "list", "--all", "--company", "Brightwater GmbH"]).as_array().unwrap().len(), 1);
    refused(&home.run(&["tasks", "list", "--company", "Nobody"]), 4, "Nobody");
    refused(&home.run(&["tasks", "show", &"A".repeat(26)]), 4, "mspdash: ");
    let activity = home.run(&["activity", "--limit", "9"]);
    for word in ["TASK_BEGUN", "TASK_WAITING", "TASK_DECLARED"] {
        assert!(activity.out.contains(word), "{word}: {}", activity.out);
    }
}

#[test]
fn an_unlink_shows_the_pre_flight_wants_the_name_and_dates_the_trial() {
    let home = own();
    let begin = ["tasks", "begin", "unlink", "Brightwater GmbH"];
    let without = home.run(&begin);
    refused(&without, 2, "--confirm 'Brightwater GmbH'");
    assert!(without.err.contains("Who owns it is not known here"), "{}", without.err);
    refused(&home.run(&[&begin[..], &["--confirm", "Brightwater"]].concat()), 2, "is not the company's name");
    assert_eq!(json(&home, &[&begin[..], &["--dry-run"]].concat())["state"], "OPEN");
    assert_eq!(json(&home, &["tasks", "list", "--all"]), serde_json::json!([]), "nothing was begun");
    let task = json(&home, &[&begin[..], &["--confirm", "Brightwater GmbH"]].concat());
    let id = task["id"].as_str().unwrap();
    refused(&home.run(&["tasks", "done", id]), 2, "--confirm 'Brightwater GmbH'");
    let at = |time| ["tasks", "done", id, "--confirm", "Brightwater GmbH", "--utc", "--at", time];
    refused(&home.run(&at("2126-01-01")), 2, "--at 2126-01-01 lies ahead");
    refused(&home.run(&at("noon")), 2, "--at noon is no time: write it like");
    assert_eq!(json(&home, &at("2026-01-01"))["declared_time"], "2026-01-01T00:00:00Z");
    let company = json(&home, &["companies", "show", "Brightwater GmbH"]);
    assert_eq!(
        (company["state"].as_str(), company["trial_end_time"].as_str()),
        (Some("UNLINKED"), Some("2026-01-15T00:00:00Z"))
    );
    refused(&home.run(&[&begin[..], &["--confirm", "Brightwater GmbH"]].concat()), 5, "Already unlinked");
}

/// Nothing of the table is a change, and still it says something.
#[test]
fn a_table_that_still_shows_an_unlinked_company_contradicts_it() {
    let home = own();
    let table = home.dir.path().join("console.tsv");
    std::fs::write(&table, "Name\tStatus\nBrightwater GmbH\tActive\n").unwrap();
    let import = ["import", "companies", table.to_str().unwrap(), "--yes"];
    let name = ["--confirm", "Brightwater GmbH"];
    let task = json(&home, &[&["tasks", "begin", "unlink", "Brightwater GmbH"], &name[..]].concat());
    let id = task["id"].as_str().unwrap();
    // Each process has a clock of its own, which begins at the same time.
    json(&home, &[&["tasks", "done", id, "--at", "2026-01-01T00:00:00Z"], &name[..]].concat());
    let told = home.run(&import);
    assert!(told.code == 0 && told.out.contains("REJECTED"), "{}{}", told.out, told.err);
    let shown = home.run(&["companies", "show", "Brightwater GmbH"]).out;
    for said in ["Status           UNLINKED", "FACTS_DIFFER", "LINK DECLARED"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    let checked = home.run(&["tasks", "verify", id]);
    assert!(checked.code == 5 && checked.out.starts_with("not done: IMPORT"), "{}{}", checked.out, checked.err);
}

#[test]
fn a_company_that_is_linked_needs_no_entry_before() {
    let home = own();
    let task = json(&home, &["tasks", "begin", "link", "Fjordlicht AS"]);
    assert_eq!((task["subject"].as_str(), task["company_id"].as_str()), (Some("Fjordlicht AS"), None));
    json(&home, &["tasks", "done", task["id"].as_str().unwrap()]);
    assert_eq!(json(&home, &["companies", "show", "Fjordlicht AS"])["state"], "ACTIVE");
    for (args, said) in [
        (&["launch"][..], "name it"),
        (&["link"], "name it"),
        (&["owner", "Brightwater GmbH"], "--about"),
        (&["launch", "Brightwater GmbH", "--about", "Ada"], "takes no --about"),
        (&["launch", "Brightwater GmbH", "--confirm", "x"], "goes with unlink"),
        (&["hibernate"], "hibernate"),
    ] {
        refused(&home.run(&[&["tasks", "begin"], args].concat()), 2, said);
    }
}

#[test]
fn what_only_the_console_can_do_names_the_command_that_begins_the_task() {
    let home = own();
    for (args, task) in [
        (&["companies", "launch", "Brightwater GmbH", "--print"][..], "launch 'Brightwater GmbH'"),
        (&["companies", "open", "Brightwater GmbH"], "launch 'Brightwater GmbH'"),
        (&["companies", "unlink", "Brightwater GmbH", "--confirm", "Brightwater GmbH"], "unlink 'Brightwater GmbH'"),
        (
            &["people", "suspend", "Brightwater GmbH", "ada@b.example"],
            "suspend 'Brightwater GmbH' --about ada@b.example",
        ),
        (&["people", "make-owner", "Brightwater GmbH", "Ada"], "owner 'Brightwater GmbH' --about Ada"),
        (&["recoveries", "begin", "Brightwater GmbH", "Ada"], "begin-recovery 'Brightwater GmbH' --about Ada"),
        (&["vaults", "grant", "Brightwater GmbH", "V"], "vault 'Brightwater GmbH' --about V"),
        (&["usage"], "usage"),
    ] {
        let run = home.run(args);
        refused(&run, 5, "only the web console of 1Password can do this");
        assert!(run.err.trim_end().ends_with(&format!("Begin the task: mspdash tasks begin {task}")), "{}", run.err);
    }
    refused(&home.run(&["companies", "launch", "Nobody", "--print"]), 4, "Nobody");
    let sample = home.run(&["tasks", "begin", "usage", "--sample"]);
    refused(&sample, 5, "a sample does at once");
}
