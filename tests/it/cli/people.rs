//! People, recoveries and vaults.

use crate::support::home::{Cli, fields};
use serde_json::Value;

const PERSON: &str = "advanced_granted create_time display_name email etag groups id possibly_technician state type";

fn kinds(person: &Value) -> Vec<&str> {
    person["groups"].as_array().unwrap().iter().map(|group| group["kind"].as_str().unwrap()).collect()
}

/// The first person that is like this.
fn person(cli: &Cli, company: &str, like: impl Fn(&Value) -> bool) -> String {
    let people = cli.json(&["people", "list", company]);
    let found = people.as_array().unwrap().iter().find(|person| like(person));
    found.expect("the company has one")["id"].as_str().unwrap().to_owned()
}

fn plain(person: &Value) -> bool {
    let groups = kinds(person);
    person["type"] == "MEMBER"
        && person["state"] == "ACTIVE"
        && !groups.contains(&"OWNERS")
        && !groups.contains(&"ADMINISTRATORS")
}

/// An active company in which somebody can recover somebody else.
fn company(cli: &Cli) -> String {
    cli.company(|company| {
        company["state"] == "ACTIVE"
            && company["owners"]["confirmed"].as_u64() > Some(1)
            && company["seats"]["members"].as_u64() > Some(6)
    })
}

#[test]
fn people_join_and_leave_the_two_groups() {
    let cli = Cli::open();
    let id = company(&cli);
    let user = person(&cli, &id, plain);
    let change = |verb: &str, more: &[&str]| cli.json(&[&["people", verb, &id, &user][..], more].concat());
    assert!(!kinds(&change("make-owner", &["--dry-run"])).is_empty());
    let person = change("make-owner", &[]);
    assert_eq!(fields(&person), PERSON);
    assert!(kinds(&person).contains(&"OWNERS"), "{person}");
    assert_eq!(change("make-owner", &[])["groups"], person["groups"], "who is in it stays in it");
    assert!(kinds(&change("make-administrator", &[])).contains(&"ADMINISTRATORS"));
    let said = cli.refused(2, &["people", "take-away", &id, &user]);
    assert!(said.contains("--group owners"), "{said}");
    assert!(!kinds(&change("take-away", &["--group", "owners"])).contains(&"OWNERS"));
    assert!(!kinds(&change("take-away", &[])).contains(&"ADMINISTRATORS"));
    let said = cli.refused(5, &["people", "take-away", &id, &user]);
    assert!(said.contains("neither"), "{said}");
    cli.refused(4, &["people", "take-away", &id, "NOBODY"]);
    cli.refused(4, &["people", "list", "NOBODY"]);
    let table = cli.run(&["people", "list", &id]).out;
    assert!(table.starts_with("NAME ") && table.contains(&user), "{table}");
}

#[test]
fn the_last_owner_stays() {
    let cli = Cli::open();
    let id = cli.company(|company| company["state"] == "ACTIVE" && company["owners"]["confirmed"] == 1);
    let owner = person(&cli, &id, |person| {
        person["state"] == "ACTIVE" && person["type"] != "EXTERNAL_ACCOUNT_MANAGER" && kinds(person).contains(&"OWNERS")
    });
    for args in [&["take-away", &id, &owner, "--group", "owners"][..], &["suspend", &id, &owner]] {
        let said = cli.refused(5, &[&["people"], args].concat());
        assert!(said.contains("owner"), "{said}");
    }
}

#[test]
fn a_person_is_suspended_recovered_and_back() {
    let cli = Cli::open();
    let id = company(&cli);
    let user = person(&cli, &id, plain);
    let state = |args: &[&str]| cli.json(&[args, &[&id, &user]].concat())["state"].as_str().unwrap().to_owned();
    assert_eq!(state(&["people", "suspend", "--dry-run"]), "SUSPENDED");
    assert_eq!(state(&["people", "suspend"]), "SUSPENDED", "the dry run left them as they were");
    cli.refused(5, &["people", "suspend", &id, &user]);
    assert_eq!(state(&["people", "reactivate"]), "ACTIVE");
    let open = |cli: &Cli| cli.json(&["recoveries", "list"]).as_array().unwrap().len();
    let before = open(&cli);
    assert_eq!(state(&["recoveries", "begin"]), "RECOVERY_STARTED");
    let list = cli.json(&["recoveries", "list"]);
    let mine = list.as_array().unwrap().iter().find(|recovery| recovery["user_id"] == user.as_str()).unwrap();
    let known = "begin_time begun_by company_id company_name display_name email etag recoverers state user_id";
    assert_eq!((fields(mine).as_str(), open(&cli)), (known, before + 1));
    assert_eq!(state(&["recoveries", "cancel"]), "ACTIVE");
    cli.refused(5, &["recoveries", "complete", &id, &user]);
    cli.refused(4, &["recoveries", "begin", &id, "NOBODY"]);
    assert_eq!(open(&cli), before);
    assert!(cli.run(&["recoveries", "list"]).out.starts_with("COMPANY "));
}

#[test]
fn somebody_is_found_in_whichever_company_they_are() {
    let cli = Cli::open();
    let id = company(&cli);
    let user = person(&cli, &id, plain);
    let people = cli.json(&["people", "list", &id]);
    let wanted = people.as_array().unwrap().iter().find(|person| person["id"] == user.as_str()).unwrap();
    let (name, email) = (wanted["display_name"].as_str().unwrap(), wanted["email"].as_str().unwrap());
    let folded = name.to_uppercase();
    let words: Vec<&str> = folded.split(' ').rev().collect();
    for text in [&[email][..], &[name], &words] {
        let found = cli.json(&[&["people", "find"], text].concat());
        let found = found.as_array().unwrap();
        assert!(found.iter().any(|it| it["user_id"] == user.as_str() && it["company_id"] == id.as_str()), "{text:?}");
    }
    assert_eq!(cli.json(&["people", "find", "nobody is called so"]), serde_json::json!([]));
    let said = cli.refused(2, &["people", "find", "a"]);
    assert!(said.contains("2 to 100 characters"), "{said}");
}

#[test]
fn a_recovery_that_waits_is_completed() {
    let cli = Cli::open();
    let list = cli.json(&["recoveries", "list"]);
    let ready = list.as_array().unwrap().iter().find(|recovery| {
        recovery["state"] == "RECOVERY_AWAITING_COMPLETION" && recovery["recoverers"].as_u64() > Some(0)
    });
    let ready = ready.expect("the sample has one that waits for us");
    let (company, user) = (ready["company_id"].as_str().unwrap(), ready["user_id"].as_str().unwrap());
    assert_eq!(cli.json(&["recoveries", "complete", company, user])["state"], "ACTIVE");
}

#[test]
fn access_to_a_vault_needs_advanced_permissions() {
    let cli = Cli::open();
    let advanced = |company: &Value, allowed: bool| {
        let advanced = &company["advanced_permissions"];
        company["state"] == "ACTIVE"
            && advanced["allowed_by_company"] == allowed
            && (advanced["granted_to_me"] == true || !allowed)
    };
    let id = cli.company(|company| advanced(company, true));
    let vaults = cli.json(&["vaults", "list", &id]);
    assert_eq!(fields(&vaults[0]), "description has_access id item_count name people_count");
    let without = vaults.as_array().unwrap().iter().find(|vault| vault["has_access"] == false);
    let vault = without.unwrap_or(&vaults[0])["id"].as_str().unwrap();
    assert_eq!(cli.json(&["vaults", "grant", &id, vault])["has_access"], true);
    let table = cli.run(&["vaults", "list", &id]).out;
    assert!(table.starts_with("VAULT ") && table.contains(vault), "{table}");
    let off = cli.company(|company| advanced(company, false));
    let vault = cli.json(&["vaults", "list", &off])[0]["id"].as_str().unwrap().to_owned();
    let said = cli.refused(3, &["vaults", "grant", &off, &vault]);
    assert!(said.contains("Advanced"), "{said}");
    cli.refused(4, &["vaults", "grant", &id, "NOBODY"]);
}

#[test]
fn a_dry_run_leaves_no_trace() {
    let cli = Cli::open();
    let id = company(&cli);
    let user = person(&cli, &id, plain);
    let vault = cli.json(&["vaults", "list", &id])[0]["id"].as_str().unwrap().to_owned();
    let before = cli.json(&["activity", "--limit", "1"]);
    let writes: [&[&str]; 9] = [
        &["companies", "add", "--name", "X", "--country", "DE"],
        &["companies", "edit", &id, "--note", "x"],
        &["companies", "tag", &id, "--add", "a new one"],
        &["companies", "set-step", &id, "deploy-apps", "--note", "x"],
        &["people", "make-owner", &id, &user],
        &["people", "make-administrator", &id, &user],
        &["people", "suspend", &id, &user],
        &["recoveries", "begin", &id, &user],
        &["vaults", "grant", &id, &vault],
    ];
    for write in writes {
        let run = cli.run(&[write, &["--dry-run", "--as", "owner"]].concat());
        // Vaults may be refused for want of Advanced permission; that changes nothing either.
        assert!(run.code == 0 || (run.code == 3 && write[0] == "vaults"), "{write:?}: {}", run.err);
        assert_eq!(run.err.contains("dry run: every check passed"), run.code == 0, "{write:?}: {}", run.err);
    }
    assert_eq!(cli.json(&["activity", "--limit", "1"]), before);
}
