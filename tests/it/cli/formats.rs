//! Every list in every format, what needs attention, and snoozing: against a sample workspace.

use crate::support::home::{Cli, Home};

const LISTS: [&[&str]; 9] = [
    &["companies", "list"],
    &["links", "list"],
    &["recoveries", "list"],
    &["people", "find", "jensen"],
    &["activity", "--limit", "5"],
    &["usage"],
    &["technician", "list", "--as", "owner"],
    &["attention"],
    &["companies", "setup"],
];

#[test]
fn every_list_can_be_had_in_every_format() {
    let cli = Cli::open();
    let company = cli.active();
    for args in LISTS {
        let mut args = args.to_vec();
        if args.ends_with(&["setup"]) {
            args.push(&company);
        }
        let run = |more: &[&str]| {
            let run = cli.run(&[&args[..], more].concat());
            assert!([0, 10].contains(&run.code), "{args:?} {more:?}: {}", run.err);
            run.out
        };
        let ids = run(&["--format", "ids"]);
        let rows = ids.lines().count();
        assert!(rows > 0, "{args:?}");
        assert_eq!(run(&["--format", "jsonl"]).lines().count(), rows, "{args:?}");
        assert_eq!(run(&["--format", "csv", "--delimiter", ","]).lines().count(), rows + 1, "{args:?}");
        let tables = [run(&["--utc"]), run(&["--lang", "de"])];
        assert_ne!(tables[0], tables[1], "{args:?}");
    }
}

#[test]
fn companies_are_filtered_by_what_the_screen_knows_and_by_any_column() {
    let cli = Cli::open();
    let list = |more: &[&str]| {
        let found = cli.json(&[&["companies", "list"], more].concat());
        found.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list(&["--filter", "status:active"]), list(&["--status", "active"]));
    let busy = list(&["--filter", "seats>=20", "--filter", "status:active", "--sort", "-seats"]);
    assert!(!busy.is_empty() && busy.len() < list(&["--status", "active"]).len());
    assert_eq!(
        list(&["--filter", "seats>=20", "--filter", "status:active", "--sort", "-seats", "--limit", "1"]),
        busy[..1]
    );
    let mut sorted = list(&["--sort", "website"]);
    sorted.reverse();
    assert_ne!(sorted, list(&["--sort", "website"]));
    assert_eq!(list(&["--all"]).len(), 48);
    assert_eq!(list(&["--limit", "0"]).len(), 48);
    let said = cli.refused(2, &["companies", "list", "--filter", "colour:red"]);
    assert!(said.contains("there is no column \"colour\""), "{said}");
    cli.refused(2, &["companies", "list", "--columns", "colour"]);
    let table = cli.run(&["companies", "list", "--columns", "name,tags", "--limit", "1", "--lang", "de"]);
    assert!(table.out.starts_with("FIRMA "), "{}", table.out);
}

#[test]
fn attention_ends_with_ten_when_there_is_some_and_snoozing_takes_it_away() {
    let cli = Cli::open();
    let first = |cli: &Cli| {
        let run = cli.run(&["attention", "--format", "json", "--filter", "reason:seat-limit-reached,single-owner"]);
        assert_eq!(run.code, 10, "{}", run.err);
        run.json()[0].clone()
    };
    let item = first(&cli);
    let company = item["company_id"].as_str().unwrap();
    assert!(item["company_name"].is_string() && item["due_time"].is_null(), "{item}");
    let snoozed = cli.json(&["companies", "snooze", company, "--until", "2d"]);
    assert!(snoozed["snooze_until_time"].is_string(), "{snoozed}");
    assert_ne!(first(&cli)["company_id"], item["company_id"]);
    assert!(cli.json(&["companies", "snooze", company, "--off"])["snooze_until_time"].is_null());
    assert!(cli.json(&["companies", "snooze", company, "--off"])["snooze_until_time"].is_null(), "asked twice");
    assert_eq!(first(&cli), item);
    for (until, said) in [("yesterday", "has passed"), ("soon", "is no time")] {
        assert!(cli.refused(2, &["companies", "snooze", company, "--until", until]).contains(said));
    }
    let none = cli.run(&["attention", "--within", "1m"]);
    assert_eq!((none.code, none.out.as_str(), none.err.as_str()), (0, "", ""));
    let due = cli.run(&["attention", "--within", "8w", "--format", "jsonl"]);
    assert!(due.code == 10 && due.out.lines().all(|line| !line.contains("\"due_time\":null")), "{}", due.out);
    cli.refused(2, &["attention", "--within", "soon"]);
}

#[test]
fn one_company_is_shown_in_the_language_that_was_asked_for_and_what_nobody_knows_is_no_word() {
    let cli = Cli::open();
    let id = cli.company(|company| company["owners"]["confirmed"] == 0);
    let shown = cli.run(&["companies", "show", &id, "--lang", "de"]).out;
    let rows: Vec<&str> = shown.lines().collect();
    let is = |name: &str, value: &str| rows.iter().any(|row| row.starts_with(name) && row.ends_with(value));
    assert!(is("Status ", " Ausstehend") && is("Externe Id ", "") && is("Wiederherstellungen ", " 0"), "{shown}");
    assert!(is("Inhaber ", " keine") || is("Inhaber ", " eingeladen"), "{shown}");
    let home = Home::new();
    let init = ["init", "--name", "Harbour IT", "--region", "1password.eu", "--technician", "Mira Okafor"];
    assert_eq!(home.run(&init).code, 0);
    let added = home.run(&["companies", "add", "--name", "Alpen AG"]);
    for shown in [added.out, home.run(&["companies", "list"]).out] {
        assert!(shown.contains('?') && !shown.contains("UNSPECIFIED"), "{shown}");
    }
}

#[test]
fn mistakes_in_keys_and_colours_are_for_the_dashboard_and_for_no_command() {
    let cli = Cli::open();
    let folder = cli.home.dir.path().join(".config/mspdash");
    std::fs::create_dir_all(folder.join("themes")).unwrap();
    std::fs::write(folder.join("themes/mine.toml"), "mutd = 'red'\n").unwrap();
    std::fs::write(folder.join("keymap.toml"), "[keys\n").unwrap();
    assert_eq!(cli.run(&["companies", "list", "--all"]).err, "");
    let doctor = cli.run(&["doctor"]).out;
    assert!(doctor.contains("mine.toml line 1") && doctor.contains("keymap.toml line 1"), "{doctor}");
}
