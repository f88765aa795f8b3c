//! A server with companies that are connected.

use super::{ACME, BRIGHTWATER, Bench, SECRET, id, new_source};
use crate::server_api::client::Api;
use crate::support::real;
use mspdash::demo_1password::{Call, Fault, Person};
use mspdash::domain::facts::FactSource;
use mspdash::domain::source::SourceState;
use mspdash::server::sources::{self, NewSource};
use mspdash::server::{Database, Options};
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

/// A workspace with Acme Bakery in it, not connected yet.
pub struct Desk {
    pub bench: Bench,
    pub api: Api,
    pub database: Database,
    pub acme: String,
    _folder: TempDir,
}

impl Desk {
    pub async fn open() -> Self {
        let (bench, folder) = (Bench::start().await, tempfile::tempdir().unwrap());
        let options = real::on_either_engine(&folder).await;
        let database = options.database.clone();
        let api = Api::with(Options { connector: Some(bench.connector.clone()), ..options }).await;
        let acme = enter(&api, "Acme Bakery").await;
        Self { bench, api, database, acme, _folder: folder }
    }

    pub async fn connected() -> Self {
        let desk = Self::open().await;
        desk.bench.connect(&desk.database, &desk.acme).await;
        desk
    }

    pub async fn check(&self) -> Value {
        self.api.write("POST", &format!("companies/{}/sources/USERS_API:check", self.acme)).send().await.ok()
    }

    pub async fn company(&self) -> Value {
        self.api.company(&self.acme).await
    }

    pub async fn people(&self) -> Vec<Value> {
        let list = self.api.get(&format!("companies/{}/users", self.acme)).await.ok();
        list["results"].as_array().unwrap().clone()
    }

    async fn connect(&self, new: NewSource) -> Result<mspdash::domain::source::Source, String> {
        self.bench.try_connect(&self.database, &new).await.map_err(|error| error.to_string())
    }
}

pub async fn enter(api: &Api, name: &str) -> String {
    let made = api.write("POST", "companies").json(&json!({ "name": name, "external_id": name })).send().await;
    made.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_preflight_of_an_unlink_tells_that_a_credential_of_ours_would_go_on_working() {
    let desk = Desk::open().await;
    let told = async || {
        let preflight = desk.api.get(&format!("companies/{}:unlinkPreflight", desk.acme)).await.ok();
        let checks = preflight["checks"].as_array().unwrap().clone();
        checks.iter().any(|check| check["code"] == "SOURCE_CONNECTED" && check["severity"] == "WARN")
    };
    assert!(!told().await);
    desk.bench.connect(&desk.database, &desk.acme).await;
    assert!(told().await);
}

#[tokio::test]
async fn people_and_an_estimate_of_seats_come_with_the_connection_and_nothing_else_becomes_known() {
    let desk = Desk::connected().await;
    let people = desk.people().await;
    let names: Vec<_> = people.iter().map(|person| person["display_name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Una Crumb", "Tom Baker", "Vic Dough", "Mira Okafor"]);
    for person in &people {
        for unknown in ["type", "groups", "advanced_granted"] {
            assert!(person.get(unknown).is_none(), "{unknown}: {person}");
        }
    }
    let apart: Vec<_> = people.iter().filter(|person| person["possibly_technician"] == true).collect();
    assert_eq!(apart.len(), 1, "Mira works for the MSP");
    let company = desk.company().await;
    assert_eq!(company["seats"], json!({ "filled": 3 }));
    for unknown in ["owners", "open_recoveries", "setup", "advanced_permissions"] {
        assert!(company.get(unknown).is_none(), "{unknown}: {company}");
    }
    let facts = company["facts"].as_array().unwrap();
    let told: Vec<_> = facts.iter().map(|fact| fact["facet"].as_str().unwrap()).collect();
    assert_eq!(told, ["PEOPLE", "SEATS"]);
    assert!(facts.iter().all(|fact| fact["source"] == "USERS_API" && fact["coverage"] == "ESTIMATE"), "{facts:?}");
    let source = desk.api.get("sources").await.ok()["results"][0].clone();
    assert_eq!((&source["state"], &source["account_uuid"]), (&json!("CONNECTED"), &json!(ACME)));
    assert_eq!(source["secret_place"], "CREDENTIAL");
    assert_eq!(source["connected_by"]["display_name"], "Server operator (test)");
    let events = desk.api.get("audit_events").await.ok();
    assert_eq!(
        (&events["results"][0]["action"], &events["results"][0]["target"]),
        (&json!("SOURCE_CONNECTED"), &json!("USERS_API"))
    );
}

#[tokio::test]
async fn a_check_brings_what_changed_and_a_repeated_one_changes_nothing() {
    let desk = Desk::connected().await;
    let before = desk.company().await;
    desk.bench.later(60);
    desk.api.later(jiff::SignedDuration::from_secs(60));
    desk.check().await;
    let after = desk.company().await;
    assert_eq!(before["etag"], after["etag"], "nothing changed but the time");
    assert_ne!(before["facts"], after["facts"]);
    let since = desk.api.companies("", 10).await.len();
    assert_eq!(since, 1);
    desk.bench.fake.world.change(ACME, |account| {
        account.people.retain(|person| person.name != "Vic Dough");
        account.people[1].state = "SUSPENDED".into();
        account
            .people
            .push(Person { state: "SOMETHING_NEW".into(), ..Person::active(&id("F"), "New", "new@acme.example") });
    });
    desk.bench.later(60);
    desk.api.later(jiff::SignedDuration::from_secs(60));
    assert_eq!(desk.check().await["state"], "CONNECTED");
    let states: Vec<_> = desk
        .people()
        .await
        .iter()
        .map(|person| format!("{} {}", person["display_name"], person["state"]).replace('"', ""))
        .collect();
    assert_eq!(states, ["Una Crumb ACTIVE", "Tom Baker SUSPENDED", "Mira Okafor ACTIVE", "New SOMETHING_NEW"]);
    let changed = desk.company().await;
    assert_eq!(changed["seats"], json!({ "filled": 1 }));
    assert_ne!(changed["etag"], after["etag"]);
}

#[tokio::test]
async fn a_failure_changes_nothing_but_how_the_source_stands() {
    let desk = Desk::connected().await;
    let (company, people) = (desk.company().await, desk.people().await);
    for (status, state, reason) in [
        (403, "NEEDS_ATTENTION", "RIGHT_MISSING"),
        (503, "FAILING", "UNREACHABLE"),
        (404, "NEEDS_ATTENTION", "WRONG_ACCOUNT"),
    ] {
        desk.bench.fake.world.fail(Call::List, Fault::Answer(status, ""), 9);
        let source = desk.check().await;
        assert_eq!((source["state"].as_str(), source["reason"].as_str()), (Some(state), Some(reason)));
        let attention = if state == "FAILING" { json!([]) } else { json!(["SOURCE_FAILING"]) };
        let mut expected = company.clone();
        expected["attention"] = attention;
        assert_eq!((desk.company().await, desk.people().await), (expected, people.clone()));
        desk.bench.fake.world.clear_faults();
    }
    let mended = desk.check().await;
    assert_eq!(desk.company().await["attention"], json!([]));
    assert_eq!((mended["state"].as_str(), mended.get("reason"), mended.get("detail")), (Some("CONNECTED"), None, None));
}

#[tokio::test]
async fn one_account_is_one_company_and_a_company_has_one_account() {
    let desk = Desk::connected().await;
    let other = enter(&desk.api, "Brightwater GmbH").await;
    let said = desk.connect(new_source(&other)).await.unwrap_err();
    assert!(said.contains("Acme Bakery") && said.contains("one account is one company"), "{said}");
    let another = NewSource {
        account: BRIGHTWATER.into(),
        client_id: Some("brightwater-directory".into()),
        ..new_source(&desk.acme)
    };
    let said = desk.connect(another.clone()).await.unwrap_err();
    assert!(said.contains(ACME), "{said}");
    let own = NewSource { company: other.clone(), ..another };
    assert_eq!(desk.connect(own).await.unwrap().state, SourceState::Connected);
    let sources = desk.api.get("sources").await.ok();
    assert_eq!(sources["total_size"], 2);
    let of_one = desk.api.get(&format!("sources?company_id={other}")).await.ok();
    assert_eq!((of_one["total_size"].as_u64(), &of_one["results"][0]["account_uuid"]), (Some(1), &json!(BRIGHTWATER)));
    assert_eq!(desk.people().await.len(), 4, "nobody moved");
}

/// An import may say that the company's account is another: then nothing goes through the source any more.
#[tokio::test]
async fn a_company_that_has_got_another_account_is_not_read_through_the_old_one() {
    let desk = Desk::connected().await;
    let people = desk.people().await;
    let etag = desk.company().await["etag"].as_str().unwrap().to_owned();
    let rows = json!({ "rows": [{ "external_id": "Acme Bakery", "account_uuid": "OTHERAAAAAAAAAAAAAAAAAAAAA" }] });
    desk.api.write("POST", "companies:import").json(&rows).send().await.ok();
    assert_ne!(desk.company().await["etag"], json!(etag), "the import changed it");
    let calls = desk.bench.fake.world.calls(Call::List);
    let source = desk.check().await;
    assert_eq!((source["state"].as_str(), source["reason"].as_str()), (Some("NEEDS_ATTENTION"), Some("WRONG_ACCOUNT")));
    assert_eq!(desk.bench.fake.world.calls(Call::List), calls, "it was not even asked");
    assert_eq!(desk.people().await, people);
}

#[tokio::test]
async fn an_estimate_stands_behind_an_exact_figure_and_contradicts_it_only_from_afar() {
    let desk = Desk::connected().await;
    let import = async |seats: u32| {
        let rows = json!({ "rows": [{ "name": "Acme Bakery", "seats_filled": seats }] });
        desk.api.write("POST", "companies:import").json(&rows).send().await.ok();
        desk.bench.later(60);
        desk.api.later(jiff::SignedDuration::from_secs(60));
    };
    let read = async || {
        desk.bench.fake.world.change(ACME, |account| account.people.swap(0, 1));
        desk.check().await;
        let company = desk.company().await;
        (company["seats"]["filled"].as_u64().unwrap(), company["attention"].clone())
    };
    // The workspace's clock is ahead of the connection's.
    desk.bench.later(jiff::SignedDuration::from_hours(24 * 30).as_secs());
    let preflight = async || {
        let company = desk.company().await;
        let path = format!("companies/{}:unlinkPreflight", company["id"].as_str().unwrap());
        let checks = desk.api.get(&path).await.ok()["checks"].clone();
        let last = checks.as_array().unwrap().last().unwrap().clone();
        (last["code"].as_str().unwrap().to_owned(), last["count"].clone())
    };
    assert_eq!(preflight().await, ("SEATS_ESTIMATED".to_owned(), json!(3)));
    import(4).await;
    assert_eq!(preflight().await, ("FILLED_SEATS".to_owned(), json!(4)));
    assert_eq!(read().await, (4, json!([])), "somebody may be invited, or in recovery");
    import(9).await;
    assert_eq!(read().await, (9, json!(["FACTS_DIFFER"])));
}

#[tokio::test]
async fn who_disconnects_takes_back_what_was_read() {
    let desk = Desk::connected().await;
    let database = desk.database.clone();
    let acme = desk.acme.clone();
    let gone = tokio::task::spawn_blocking(move || {
        let removed = sources::disconnect(&database, &acme, &FactSource::UsersApi, "test");
        (removed, sources::disconnect(&database, &acme, &FactSource::UsersApi, "test"))
    });
    let (removed, again) = gone.await.unwrap();
    let (name, secret) = removed.unwrap();
    assert_eq!((name.as_str(), secret.unwrap().to_string()), ("Acme Bakery", super::PLACE.to_owned()));
    assert!(again.unwrap_err().to_string().contains("not connected"));
    assert_eq!(desk.api.get("sources").await.ok()["results"], json!([]));
    let company = desk.company().await;
    assert!(company.get("seats").is_none() && company.get("facts").is_none(), "{company}");
    assert_eq!(desk.people().await, Vec::<Value>::new());
    let check = desk.api.write("POST", &format!("companies/{}/sources/USERS_API:check", desk.acme)).send().await;
    assert_eq!(check.status, 404);
}

/// Whoever has the file has no secret.
#[tokio::test]
async fn the_workspace_has_where_a_secret_is_and_never_the_secret_or_a_token() {
    let (bench, folder) = (Bench::start().await, tempfile::tempdir().unwrap());
    let options = real::workspace(&folder);
    let database = options.database.clone();
    let api = Api::with(Options { connector: Some(bench.connector.clone()), ..options }).await;
    let acme = enter(&api, "Acme Bakery").await;
    bench.connect(&database, &acme).await;
    let checked = api.write("POST", &format!("companies/{acme}/sources/USERS_API:check")).send().await;
    assert!(!checked.text.contains(SECRET) && !checked.text.contains(super::PLACE), "{}", checked.text);
    api.running.stop().await;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()));
    }
}

#[tokio::test]
async fn a_sample_has_nothing_to_connect() {
    let api = Api::start().await;
    assert_eq!(api.get("sources").await.ok()["results"], json!([]));
    let company = api.companies("", 10).await[0]["id"].as_str().unwrap().to_owned();
    let check = api.write("POST", &format!("companies/{company}/sources/USERS_API:check")).send().await;
    assert_eq!((check.status, check.code().as_str()), (409, "SAMPLE_WORKSPACE"));
}
