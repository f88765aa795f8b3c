//! Launching: the address is a key, and only goes where it was asked to go.

use super::home::{Office, Run, fields};

#[test]
fn without_a_browser_a_launch_says_how_to_get_the_address() {
    let office = Office::open();
    let id = office.active();
    let said = office.refused(2, &["companies", "launch", &id]);
    assert!(said.contains("--print"), "{said}");
    let none = office.json(&["activity", "--company", &id, "--action", "company-launched", "--limit", "1000"]);
    let before = none.as_array().unwrap().len();
    let run = office.run(&["companies", "launch", &id, "--target", "people", "--print"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("http://127.0.0.1:") && run.out.lines().count() == 1, "{}", run.out);
    assert!(!run.err.contains("http"), "{}", run.err);
    let after = office.json(&["activity", "--company", &id, "--action", "company-launched", "--limit", "1000"]);
    assert_eq!(after.as_array().unwrap().len(), before + 1, "the refused one asked for no address");
    let launched = office.json(&["companies", "launch", &id, "--print"]);
    assert_eq!(fields(&launched), "company_id company_name expire_time launch_uri opened");
    assert_eq!(launched["opened"], false);
    let vault = office.json(&["vaults", "list", &id])[0]["id"].as_str().unwrap().to_owned();
    let args = ["companies", "launch", &id, "--target", "vaults", "--vault", &vault, "--print"];
    assert!(office.json(&args)["launch_uri"].is_string());
    office.refused(4, &["companies", "launch", "NOBODY", "--print"]);
}

#[test]
fn a_browser_gets_the_address_and_the_terminal_does_not() {
    let office = Office::open();
    let id = office.active();
    let mut command = office.command(&["companies", "launch", &id]);
    command.env("BROWSER", "/bin/true").env("PATH", "/usr/bin:/bin");
    let run = Run::of(command);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("Opened ") && run.out.contains(&id) && !run.out.contains("http"), "{}", run.out);
    let mut command = office.command(&["companies", "launch", &id, "--format", "json"]);
    command.env("BROWSER", "/bin/true").env("PATH", "/usr/bin:/bin");
    let record = Run::of(command).json();
    assert_eq!((&record["opened"], &record["launch_uri"]), (&true.into(), &().into()));
}
