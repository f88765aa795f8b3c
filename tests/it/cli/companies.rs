//! Companies added, changed and set up, against the program's own server.

use crate::support::home::{Cli, fields};

const COMPANY: &str = "address advanced_permissions attention create_time etag external_id facts id launch_time link_time \
    name note open_recoveries origin owners region seats setup sign_in_host snooze_until_time source_expire_time state tags \
    trial_end_time unlink_time unlinked_by update_time website";

#[test]
fn a_company_is_added_with_everything_that_is_known_of_it() {
    let cli = Cli::open();
    let facts =
        ["--website", "brandt.example", "--country", "de", "--address-line", "Hof 1", "--address-line", "2. OG"];
    let place =
        ["--locality", "Kiel", "--postal-code", "24103", "--external-id", "K-1", "--tag", "north", "--tag", "new"];
    let add = [&["companies", "add", "--name", "Brandt & Söhne"][..], &facts, &place].concat();
    let rehearsed = cli.json(&[&add[..], &["--dry-run"]].concat());
    assert_eq!(rehearsed["name"], "Brandt & Söhne");
    let count = |cli: &Cli| cli.json(&["companies", "list"]).as_array().unwrap().len();
    assert_eq!(count(&cli), 48, "a dry run adds nothing");
    let added = cli.json(&add);
    assert_eq!(fields(&added), COMPANY);
    assert_eq!(fields(&added["owners"]), "confirmed invited names");
    assert_eq!((&added["state"], &added["origin"]), (&"PENDING".into(), &"CREATED".into()));
    assert_eq!(added["website"], "https://brandt.example");
    assert_eq!(added["address"]["country_code"], "DE");
    assert_eq!(added["address"]["lines"], serde_json::json!(["Hof 1", "2. OG"]));
    assert_eq!(added["tags"], serde_json::json!(["north", "new"]));
    assert_eq!(count(&cli), 49);
    let shown = cli.json(&["companies", "show", added["id"].as_str().unwrap()]);
    assert_eq!(shown, added);
    let said = cli.refused(2, &["companies", "add", "--name", "X", "--country", "XX"]);
    assert!(said.contains("country_code"), "{said}");
    let said = cli.refused(2, &["companies", "add", "--name", "X"]);
    assert!(said.contains("country"), "{said}");
}

#[test]
fn only_what_is_named_is_changed() {
    let cli = Cli::open();
    let id = cli.active();
    let before = cli.json(&["companies", "show", &id]);
    let run = cli.run(&["companies", "edit", &id, "--note", "calls at nine", "--dry-run"]);
    assert_eq!((run.code, run.err.as_str()), (0, "mspdash: dry run: every check passed, nothing was changed.\n"));
    assert_eq!(cli.json(&["companies", "show", &id]), before);
    let edit = ["companies", "edit", &id, "--note", "calls at nine", "--seat-limit", "900", "--external-id", "K-9"];
    let after = cli.json(&edit);
    assert_eq!(fields(&after), COMPANY);
    assert_eq!((&after["note"], &after["seats"]["limit"]), (&"calls at nine".into(), &900.into()));
    assert_eq!((&after["name"], &after["address"]), (&before["name"], &before["address"]));
    let after = cli.json(&["companies", "edit", &id, "--locality", "Anderswo", "--note", "", "--seat-limit", "0"]);
    assert_eq!((&after["note"], &after["seats"]["limit"]), (&().into(), &().into()));
    assert_eq!(after["address"]["locality"], "Anderswo");
    assert_eq!(after["address"]["country_code"], before["address"]["country_code"], "the other parts stay");
    let after = cli.json(&["companies", "edit", &id, "--name", "Umbenannt", "--tag", "one"]);
    assert_eq!((&after["name"], &after["tags"]), (&"Umbenannt".into(), &serde_json::json!(["one"])));
    let after = cli.json(&["companies", "tag", &id, "--add", "two", "--add", "one", "--remove", "none"]);
    assert_eq!(after["tags"], serde_json::json!(["one", "two"]));
    let again = cli.json(&["companies", "tag", &id, "--add", "two"]);
    assert_eq!(again["etag"], after["etag"], "there is nothing to change");
    let after = cli.json(&["companies", "tag", &id, "--remove", "one", "--remove", "two"]);
    assert_eq!(after["tags"], serde_json::json!([]));
    let run = cli.run(&["companies", "edit", &id, "--note", "seen"]);
    assert!(run.code == 0 && run.out.contains("Umbenannt") && run.out.contains("seen"), "{}", run.out);
    cli.refused(4, &["companies", "edit", "NOBODY", "--note", "x"]);
    cli.refused(4, &["companies", "edit", "Umbenannt GmbH", "--note", "x"]);
}

#[test]
fn a_setup_step_is_reported_with_its_note() {
    let cli = Cli::open();
    let id = cli.active();
    let steps = cli.json(&["companies", "setup", &id]);
    let names: Vec<_> = steps.as_array().unwrap().iter().map(|step| step["step"].as_str().unwrap()).collect();
    let known = ["POLICIES_GROUPS_VAULTS", "RECOVERY_PLAN", "INVITE_MEMBERS", "PROVISIONING", "DEPLOY_APPS"];
    assert_eq!(names, known);
    let step = |args: &[&str]| cli.json(&[&["companies", "set-step", &id][..], args].concat());
    let done = step(&["deploy-apps", "done", "--note", "42 Macs"]);
    assert_eq!(fields(&done), "etag evidence note state step update_time updater");
    assert_eq!((&done["state"], &done["note"]), (&"DONE".into(), &"42 Macs".into()));
    assert!(done["updater"].is_string(), "{done}");
    let noted = step(&["DEPLOY_APPS", "--note", ""]);
    assert_eq!((&noted["state"], &noted["note"]), (&"DONE".into(), &().into()));
    assert_eq!(step(&["provisioning", "NOT_APPLICABLE"])["state"], "NOT_APPLICABLE");
    let said = cli.refused(5, &["companies", "set-step", &id, "recovery-plan", "not-applicable"]);
    assert!(said.starts_with("mspdash: Can't "), "{said}");
    let run = cli.run(&["companies", "setup", &id]);
    assert!(run.out.starts_with("STEP ") && run.out.contains("DEPLOY_APPS"), "{}", run.out);
    assert_eq!(run.out.lines().count(), 6);
    cli.refused(4, &["companies", "setup", "NOBODY"]);
}

#[test]
fn read_only_mode_holds_every_write_back() {
    let cli = Cli::open();
    let id = cli.active();
    let name = cli.json(&["companies", "show", &id])["name"].as_str().unwrap().to_owned();
    let person = cli.json(&["people", "list", &id])[0]["id"].as_str().unwrap().to_owned();
    let writes: [&[&str]; 13] = [
        &["companies", "add", "--name", "X", "--country", "DE"],
        &["companies", "edit", &id, "--note", "x"],
        &["companies", "tag", &id, "--add", "x"],
        &["companies", "launch", &id, "--print"],
        &["companies", "unlink", &id, "--confirm", &name],
        &["companies", "set-step", &id, "deploy-apps", "done"],
        &["links", "cancel", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
        &["people", "make-owner", &id, &person],
        &["people", "take-away", &id, &person, "--group", "owners"],
        &["people", "suspend", &id, &person],
        &["recoveries", "begin", &id, &person],
        &["recoveries", "cancel", &id, &person],
        &["vaults", "grant", &id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
    ];
    let before = cli.json(&["companies", "show", &id]);
    for write in writes {
        let said = cli.refused(3, &[write, &["--read-only"]].concat());
        assert!(said.contains("read-only"), "{write:?}: {said}");
    }
    let run =
        cli.fed(&["links", "accept", "-", "--read-only"], "https://a.1password.eu/link/ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    assert_eq!((run.code, run.out.as_str()), (3, ""), "{}", run.err);
    assert_eq!(cli.json(&["companies", "show", &id, "--read-only"]), before);
    let said = cli.refused(3, &["companies", "edit", &id, "--note", "x", "--as", "view-only"]);
    assert!(said.starts_with("mspdash: "), "{said}");
}
