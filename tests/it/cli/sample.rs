//! With the program's own server, inside and beside it.

use crate::support::home::{Home, Served};
use std::os::unix::fs::PermissionsExt;

#[test]
fn with_nothing_configured_the_sample_workspace_answers_and_is_kept() {
    let home = Home::new();
    let list = |args: &[&str]| {
        let run = home.run(&[&["companies", "list", "--format", "json"], args].concat());
        assert_eq!(run.code, 0);
        assert_eq!(run.err.is_empty(), !args.contains(&"--limit"), "{}", run.err);
        run.json().as_array().unwrap().iter().map(|company| company["id"].to_string()).collect::<Vec<_>>()
    };
    let first = list(&[]);
    assert_eq!(first.len(), 48);
    assert_eq!(list(&[]), first, "the workspace is kept from run to run");
    assert!(home.dir.path().join(".local/share/mspdash/workspace.db").exists());
    let some = list(&["--status", "active", "--sort", "-seats", "--limit", "3"]);
    assert_eq!(some.len(), 3);
    assert_eq!(list(&["--fresh", "--sample-size", "7"]).len(), 7);
}

#[test]
fn a_damaged_configuration_is_told_with_its_line_and_the_command_still_runs() {
    let home = Home::new();
    let dir = home.dir.path().join(".config/mspdash");
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("config.toml"), "lang = 'de'\nserevr = 'https://api.example'\n").unwrap();
    let run = home.run(&["companies", "list", "--limit", "1", "--format", "json"]);
    assert_eq!((run.code, run.json().as_array().map(Vec::len)), (0, Some(1)));
    assert!(run.err.contains("config.toml line 2: ") && run.err.contains("serevr"), "{}", run.err);
}

#[test]
fn without_a_place_to_keep_it_the_sample_is_there_for_once_with_a_notice() {
    let home = Home::new();
    let blocked = home.dir.path().join("blocked");
    std::fs::write(&blocked, "a file").unwrap();
    let run = home.run(&["companies", "list", "--format", "json", "--data-dir", blocked.to_str().unwrap()]);
    assert_eq!((run.code, run.json().as_array().map(Vec::len)), (0, Some(48)));
    assert!(run.err.contains("this workspace ends with the program"), "{}", run.err);
}

#[test]
fn an_unknown_sample_technician_is_told_with_those_there_are() {
    let run = Home::new().run(&["companies", "list", "--as", "janitor"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("no technician JANITOR") && run.err.contains("MSP_TECHNICIAN"), "{}", run.err);
}

#[test]
fn a_technician_without_mfa_may_not_list() {
    let run = Home::new().run(&["companies", "list", "--as", "no-mfa"]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains("multi-factor"), "{}", run.err);
}

#[test]
fn serve_writes_its_credentials_for_one_reader_answers_and_stops_on_term() {
    let home = Home::new();
    let file = home.dir.path().join("credentials.json");
    let served = Served::start(&home, &file);
    assert!(served.line.starts_with("Serving the MSP API at http://127.0.0.1:"), "{}", served.line);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let credentials = file.to_str().unwrap();
    for role in ["owner", "msp-technician", "view-only"] {
        let args = ["companies", "list", "--format", "json", "--credentials", credentials, "--as", role];
        let run = home.run(&args);
        assert_eq!((run.code, run.json().as_array().map(Vec::len)), (0, Some(48)), "{role}: {}", run.err);
    }
    assert_eq!(served.terminate(), Some(0));
    let run = home.run(&["companies", "list", "--credentials", credentials]);
    assert_eq!(run.code, 6, "{}", run.err);
}

#[test]
fn serve_that_cannot_start_says_why() {
    let home = Home::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let file = home.dir.path().join("c.json");
    let run = home.run(&["serve", "--listen", &address, "--credentials", file.to_str().unwrap()]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains(&address), "{}", run.err);
    let run = home.run(&["serve", "--listen", "127.0.0.1:0", "--credentials", "/nowhere/at/all/c.json"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("/nowhere/at/all/c.json"), "{}", run.err);
    let run = home.run(&["serve", "--credentials", file.to_str().unwrap(), "--server", "https://api.example"]);
    assert_eq!((run.code, run.err.as_str()), (2, "mspdash: --server means nothing for `mspdash serve`.\n"));
}

#[test]
fn servers_of_two_regions_run_side_by_side_with_nothing_but_the_region_said() {
    let home = Home::new();
    let file = |region: &str| home.dir.path().join(format!("{region}.json"));
    let start = |region: &str| Served::with(&home, &file(region), &["--port", "0", "--region", region]);
    let both = [start("1password.com"), start("1password.eu")];
    let data = home.dir.path().join(".local/share/mspdash");
    assert!(data.join("workspace.db").exists() && data.join("workspace-1password.com.db").exists());
    let list = |region: &str| {
        let path = file(region);
        let run = home.run(&["companies", "list", "--format", "json", "--credentials", path.to_str().unwrap()]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        let hosts = run.json().as_array().unwrap().iter().all(|row| row["region"] == region);
        assert!(hosts, "{}", run.out);
    };
    list("1password.com");
    list("1password.eu");
    drop(both);
}

#[test]
fn credentials_of_another_account_are_not_written_over() {
    let home = Home::new();
    let file = home.dir.path().join("credentials.json");
    assert_eq!(Served::with(&home, &file, &["--port", "0"]).terminate(), Some(0));
    let before = std::fs::read(&file).unwrap();
    let shared = file.to_str().unwrap();
    let run = home.run(&["serve", "--port", "0", "--region", "1password.ca", "--credentials", shared]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("another account") && run.err.contains("--credentials"), "{}", run.err);
    assert_eq!(std::fs::read(&file).unwrap(), before);
    assert_eq!(Served::with(&home, &file, &["--port", "0"]).terminate(), Some(0), "one's own are renewed");
}

#[test]
fn a_workspace_of_another_region_is_not_served() {
    let home = Home::new();
    let (file, database) = (home.dir.path().join("c.json"), home.dir.path().join("w.db"));
    let database = database.to_str().unwrap();
    let args = ["--port", "0", "--sample-size", "1", "--region", "1password.ca", "--database", database];
    assert_eq!(Served::with(&home, &file, &args).terminate(), Some(0));
    let other = ["serve", "--region", "1password.eu", "--database", database, "--credentials", file.to_str().unwrap()];
    let run = home.run(&other);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("1password.ca") && run.err.contains("--fresh"), "{}", run.err);
    let run = home.run(&["serve", "--region", "1password.org", "--credentials", file.to_str().unwrap()]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("ent.1password.com"), "{}", run.err);
}

#[test]
fn a_running_server_goes_by_what_was_done_to_its_technicians() {
    let home = Home::new();
    let file = home.dir.path().join("credentials.json");
    let served = Served::with(&home, &file, &["--port", "0", "--region", "1password.ca"]);
    let list = || home.run(&["companies", "list", "--format", "json", "--credentials", file.to_str().unwrap()]);
    let serve = |args: &[&str]| {
        let run = home.run(&[&["serve"], args, &["--region", "1password.ca"]].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}");
        run.out
    };
    assert_eq!(list().code, 0);
    assert_eq!(serve(&["revoke", "msp-technician"]), "The credential of Tomma Petersen is revoked.\n");
    assert_eq!(list().code, 3);
    assert_eq!(serve(&["restore", "msp-technician"]), "Tomma Petersen has credential and role back.\n");
    assert_eq!(list().code, 0);
    assert_eq!(serve(&["role", "msp-technician", "nothing"]), "Tomma Petersen acts as NOTHING now.\n");
    assert_eq!(list().code, 3);
    assert_eq!(serve(&["sign-out", "msp-technician"]), "Tomma Petersen is signed out and may sign in anew.\n");
    drop(served);
    let run = home.run(&["serve", "revoke", "owner"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("no workspace") && run.err.contains("--region"), "{}", run.err);
    let run = home.run(&["serve", "role", "owner", "janitor"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("view-only"), "{}", run.err);
}

/// `serve` has `--database`; who only looks at the sample has `--data-dir`.
#[test]
fn a_workspace_that_cannot_be_used_is_told_with_a_flag_that_there_is() {
    let home = Home::new();
    let data = home.dir.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let foreign = rusqlite::Connection::open(data.join("workspace.db")).unwrap();
    foreign.execute_batch("pragma application_id = 7; create table theirs (x)").unwrap();
    drop(foreign);
    let run = home.run(&["companies", "list", "--data-dir=~/data"]);
    assert_ne!(run.code, 0, "{}", run.out);
    assert!(run.err.contains("data/workspace.db") && run.err.contains("--data-dir"), "{}", run.err);
    assert!(!run.err.contains("--database"), "{}", run.err);
}
