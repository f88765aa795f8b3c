//! `mspdash technician` and `mspdash login --enrol`: on the server's machine, and by an owner over the API.

use crate::support::home::{Cli, Home, Run};
use std::os::unix::fs::PermissionsExt;

fn database(cli: &Cli) -> String {
    cli.home.dir.path().join("served.db").to_str().unwrap().to_owned()
}

fn credentials(cli: &Cli) -> String {
    cli.home.dir.path().join("credentials.json").to_str().unwrap().to_owned()
}

fn server(cli: &Cli) -> String {
    let file: serde_json::Value = serde_json::from_slice(&std::fs::read(credentials(cli)).unwrap()).unwrap();
    file["base_url"].as_str().unwrap().to_owned()
}

fn code(run: &Run) -> String {
    run.out.split("Enrolment code: ").nth(1).unwrap().lines().next().unwrap().to_owned()
}

#[test]
fn a_technician_added_on_the_servers_machine_enrols_on_their_own() {
    let cli = Cli::open();
    let file = database(&cli);
    let add = ["technician", "add", "Mira Okafor", "--email", "mira@x.example", "--role", "msp-technician"];
    let added = cli.home.run(&[&add[..], &["--database", &file]].concat());
    assert_eq!(added.code, 0, "{}", added.err);
    assert!(added.out.contains("PENDING") && added.out.contains("mspdash login --server URL --enrol"), "{}", added.out);

    let mira = Home::new();
    let server = server(&cli);
    let login = |more: &[&str]| mira.run(&[&["login", "--server", &server, "--store", "file"], more].concat());
    let bad = login(&["--enrol", "K7QM-2RWX"]);
    assert_eq!(bad.code, 2);
    let code = code(&added);
    let run = login(&["--enrol", &code.to_lowercase(), "--profile", "harbour"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("as Mira Okafor, MSP Technicians."), "{}", run.out);
    assert_eq!(mira.run(&["companies", "list", "--limit", "1"]).code, 0);
    let secrets = mira.dir.path().join(".local/share/mspdash/secrets");
    let kept: Vec<_> = std::fs::read_dir(secrets).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(kept.iter().all(|path| path.metadata().unwrap().permissions().mode() & 0o777 == 0o600), "{kept:?}");

    let again = login(&["--enrol", &code, "--profile", "other"]);
    assert!(again.code != 0 && again.err.contains("works once"), "{}", again.err);
    assert!(!again.err.contains(&code), "{}", again.err);
    let list = mira.run(&["technician", "list"]);
    assert_eq!(list.code, 3, "{}", list.err);
    // Rotated: a new code for the same profile, which has a server already.
    let rotated = cli.home.run(&["technician", "rotate", "mira@x.example", "--database", &file]);
    assert_eq!(mira.run(&["companies", "list"]).code, 3);
    let run = mira.run(&["login", "harbour", "--store", "file", "--enrol", &self::code(&rotated)]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(mira.run(&["companies", "list", "--limit", "1"]).code, 0);
}

/// A profile that was somebody else's: their client id and secret make room.
#[test]
fn a_code_for_a_profile_that_is_there_replaces_its_credential() {
    let cli = Cli::open();
    let file = database(&cli);
    let add = cli.home.run(&["profile", "add", "harbour", "--credentials", &credentials(&cli), "--store", "file"]);
    assert_eq!(add.code, 0, "{}", add.err);
    let added = ["technician", "add", "Mira", "--email", "mira@x.example", "--role", "owner", "--database", &file];
    let code = code(&cli.home.run(&added));
    let refused = cli.home.run(&["login", "harbour", "--server", "http://127.0.0.1:9", "--enrol", &code]);
    assert!(refused.code == 2 && refused.err.contains("--server"), "{}", refused.err);
    let mut login = cli.home.command(&["login", "harbour", "--store", "file", "--enrol"]);
    login.write_stdin(format!("{code}\n"));
    let run = Run::of(login);
    assert!(run.code == 0 && run.out.contains("as Mira, Owners."), "{}{}", run.out, run.err);
    let team = cli.home.run(&["technician", "list", "--format", "json"]);
    let mira = team.json().as_array().unwrap().last().unwrap()["id"].clone();
    let config = std::fs::read_to_string(cli.home.dir.path().join(".config/mspdash/config.toml")).unwrap();
    assert!(config.contains(mira.as_str().unwrap()), "{config}");
}

#[test]
fn an_owner_does_it_over_the_api() {
    let cli = Cli::open();
    let owner = |args: &[&str]| cli.run(&[args, &["--as", "owner"]].concat());
    let add = ["technician", "add", "Ole Brandt", "--email", "ole@x.example", "--role", "view-only"];
    let dry = owner(&[&add[..], &["--dry-run"]].concat());
    assert!(dry.code == 0 && !dry.out.contains("Enrolment code"), "{}", dry.out);
    let added = owner(&[&add[..], &["--format", "json"]].concat());
    assert!(added.json()["enrolment_code"].as_str().is_some_and(|code| code.len() == 14), "{}", added.out);
    assert_eq!(owner(&add).code, 5, "the address is taken");
    let role = owner(&["technician", "role", "Ole Brandt", "administrator", "--format", "json"]);
    assert_eq!(role.json()["role"], "ADMINISTRATOR");
    assert!(owner(&["technician", "enrol", "ole@x.example"]).out.contains("Enrolment code: "));
    assert_eq!(owner(&["technician", "revoke", "ole@x.example", "--format", "json"]).json()["state"], "REVOKED");
    let last = owner(&["technician", "revoke", "Ida Harms"]);
    assert!(last.code == 5 && last.err.contains("last"), "{}", last.err);
    assert_eq!(owner(&["technician", "revoke", "nobody@x.example"]).code, 4);
    let rows = owner(&["technician", "list", "--format", "json"]).json();
    assert_eq!(rows.as_array().unwrap().len(), 6);
    assert_eq!(cli.run(&["technician", "list"]).code, 3, "others may not even look");
}

#[test]
fn calls_that_make_no_sense_are_refused_with_what_does() {
    let cli = Cli::open();
    let file = database(&cli);
    let add = ["technician", "add", "M", "--role", "owner", "--database", &file, "--email"];
    let said = |args: &[&str]| {
        let run = cli.home.run(args);
        assert_eq!(run.code, 2, "{}", run.err);
        run.err
    };
    assert!(said(&[&add[..], &["nowhere"]].concat()).contains("mira@example.com"));
    assert!(said(&[&add[..], &["m@x.example", "--dry-run"]].concat()).contains("--dry-run"));
    assert!(said(&["technician", "role", "x", "janitor"]).contains("view-only"));
    let nowhere = cli.home.run(&["technician", "list", "--database", "/nowhere/w.db"]);
    assert!(nowhere.code == 1 && nowhere.err.contains("no workspace"), "{}", nowhere.err);
}
