//! What commands write as JSON is what `assets/schema` says, field by field.

use crate::support::home::{Cli, Home};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A schema with what it refers to in it, and closed: a field that it does not name is a fault here.
fn schema(file: &str) -> Value {
    let text = fs::read_to_string(Path::new("assets/schema").join(file)).unwrap();
    let mut schema = serde_json::from_str(&text).unwrap();
    close(&mut schema);
    schema
}

fn close(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Object(fields) => {
            if let Some(Value::String(file)) = fields.get("$ref") {
                *value = schema(&file.clone());
                return;
            }
            if fields.contains_key("properties") {
                fields.insert("additionalProperties".into(), json!(false));
            }
            fields.values_mut().for_each(close);
        }
        _ => {}
    }
}

/// Holds a value against a schema.
#[track_caller]
pub fn holds(file: &str, value: &Value) {
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .build(&schema(file))
        .unwrap();
    let faults: Vec<_> =
        validator.iter_errors(value).map(|error| format!("{file}: {}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{}\n{value:#}", faults.join("\n"));
}

/// What tests of other commands hold: a database of its own, a file of its own.
const ELSEWHERE: [&str; 1] = ["db-copy.json"];

#[derive(Default)]
struct Seen(BTreeSet<String>);

impl Seen {
    #[track_caller]
    fn held(&mut self, file: &str, value: &Value) {
        holds(file, value);
        if let Some(rows) = value.as_array() {
            assert!(!rows.is_empty(), "{file}: nothing was held");
        }
        self.0.insert(file.to_owned());
    }

    /// Where each line is a record.
    #[track_caller]
    fn lines(&mut self, file: &str, text: &str) {
        assert!(!text.is_empty(), "{file}: nothing was held");
        text.lines().for_each(|line| self.held(file, &serde_json::from_str(line).unwrap()));
    }
}

#[test]
fn every_output_is_as_its_schema_says() {
    let mut seen = Seen::default();
    sample(&mut seen);
    own(&mut seen);
    profiles(&mut seen);
    let files: BTreeSet<String> = fs::read_dir("assets/schema")
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|file| !ELSEWHERE.contains(&file.as_str()))
        .collect();
    assert_eq!(files, seen.0, "each file is held against something");
}

fn sample(seen: &mut Seen) {
    let cli = Cli::open();
    let company = &cli.active();
    let company = company.as_str();
    seen.held("companies-list.json", &cli.json(&["companies", "list"]));
    seen.lines("company.json", &cli.run(&["companies", "list", "--format", "jsonl"]).out);
    seen.held("company.json", &cli.json(&["companies", "tag", company, "--add", "x"]));
    seen.held("launch.json", &cli.json(&["companies", "open", company, "--print"]));
    seen.held("preflight.json", &cli.json(&["companies", "unlink", company, "--dry-run"]));
    seen.held("setup.json", &cli.json(&["companies", "setup", company]));
    seen.held("setup-step.json", &cli.json(&["companies", "set-step", company, "recovery-plan", "in-progress"]));
    let links = cli.json(&["links", "list"]);
    seen.held("links-list.json", &links);
    links.as_array().unwrap().iter().for_each(|link| seen.held("link.json", link));
    let people = cli.json(&["people", "list", company]);
    seen.held("people-list.json", &people);
    let member =
        people.as_array().unwrap().iter().find(|it| it["type"] == "MEMBER" && it["groups"][0]["kind"] != "OWNERS");
    let member = member.unwrap()["id"].as_str().unwrap();
    seen.held("person.json", &cli.json(&["people", "suspend", company, member]));
    let found = cli.json(&["people", "find", "jensen"]);
    seen.held("found-people.json", &found);
    seen.held("found-person.json", &found[0]);
    let recoveries = cli.json(&["recoveries", "list"]);
    seen.held("recoveries-list.json", &recoveries);
    seen.held("recovery.json", &recoveries[0]);
    let vaults = cli.json(&["vaults", "list", company]);
    seen.held("vaults-list.json", &vaults);
    seen.held("vault.json", &vaults[0]);
    seen.held("usage.json", &cli.json(&["usage"]));
    seen.held("usage.json", &cli.json(&["usage", company]));
    seen.lines("usage-company.json", &cli.run(&["usage", "--format", "jsonl"]).out);
    seen.lines("usage-day.json", &cli.run(&["usage", company, "--format", "jsonl"]).out);
    let events = cli.json(&["activity", "--all"]);
    seen.held("activity.json", &events);
    seen.held("event.json", &events[0]);
    let items = cli.run(&["attention", "--format", "json"]).json();
    seen.held("attention.json", &items);
    seen.held("attention-item.json", &items[0]);
    let team = cli.json(&["technician", "list", "--as", "owner"]);
    seen.held("technician-list.json", &team);
    let add = ["technician", "add", "New One", "--email", "new@one.example", "--role", "view-only", "--as", "owner"];
    let added = cli.json(&add);
    seen.held("technician.json", &added);
    assert!(added["enrolment_code"].is_string());
    seen.held("doctor.json", &cli.run(&["doctor", "--json"]).json());
}

fn own(seen: &mut Seen) {
    let home = Home::new();
    let init = ["init", "--name", "Harbour IT", "--region", "1password.eu", "--technician", "Mira Okafor"];
    assert_eq!(home.run(&init).code, 0);
    let json = |args: &[&str]| {
        let run = home.run(&[args, &["--format", "json"]].concat());
        assert!([0, 5].contains(&run.code), "{args:?}: {}", run.err);
        run.json()
    };
    seen.held("company.json", &json(&["companies", "add", "--name", "Brightwater GmbH"]));
    let declared = json(&["companies", "declare", "Brightwater GmbH", "--seats", "9", "--owner", "Ada"]);
    assert!(!declared["facts"].as_array().unwrap().is_empty());
    seen.held("company.json", &declared);
    let task = json(&["tasks", "begin", "begin-recovery", "Brightwater GmbH", "--about", "ada@b.example"]);
    seen.held("task.json", &task);
    seen.held("tasks-list.json", &json(&["tasks", "list"]));
    seen.held("verification.json", &json(&["tasks", "verify", task["id"].as_str().unwrap()]));
    let file = home.dir.path().join("clients.csv");
    fs::write(&file, "name,external_id,filled_seats\nBrightwater GmbH,K-1,12\nNew AG,K-2,3\n,,\nNew AG,K-2,4\n")
        .unwrap();
    let file = file.to_str().unwrap();
    seen.held("import.json", &json(&["import", "companies", file, "--dry-run"]));
    let done = json(&["import", "companies", file, "--yes"]);
    seen.held("import.json", &done);
    seen.held("import-list.json", &json(&["import", "list"]));
    seen.held("import-run.json", &json(&["import", "undo", done["run_id"].as_str().unwrap()]));
    let billed = home.dir.path().join("billed.csv");
    fs::write(&billed, "external_id,quantity\nK-1,12\nK-9,2\n").unwrap();
    let billed = billed.to_str().unwrap();
    let compared = json(&["reconcile", billed]);
    seen.held("reconcile.json", &compared);
    seen.lines("compared.json", &home.run(&["reconcile", billed, "--format", "jsonl"]).out);
    let database = home.dir.path().join(".local/share/mspdash/msp.db");
    seen.held("db-check.json", &json(&["db", "check", "--database", database.to_str().unwrap()]));
}

fn profiles(seen: &mut Seen) {
    let home = Home::new();
    let add =
        ["profile", "add", "eu", "--server", "http://127.0.0.1:9", "--client-id", "T", "--secret-command", "false"];
    let run = home.run(&add);
    assert_eq!(run.code, 0, "{}", run.err);
    let listed = home.run(&["profile", "list", "--format", "json"]).json();
    seen.held("profile-list.json", &listed);
    seen.held("profile.json", &listed[0]);
    seen.held("profile-test.json", &home.run(&["profile", "test", "--format", "json"]).json());
    seen.held("keys.json", &home.run(&["keys", "--format", "json"]).json());
    seen.held("config.json", &home.run(&["config", "show", "--format", "json"]).json());
}
