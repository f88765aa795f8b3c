//! The sample workspace: its story, and that it is still there tomorrow.

use super::client::{Api, text};
use mspdash::domain::people::Person;
use mspdash::server::{Database, Options, StartError, start};
use mspdash::wire::people::User;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

#[tokio::test]
async fn the_story_is_told() {
    let api = Api::start().await;
    let all = api.companies("", 1000).await;
    let mut states: BTreeMap<String, u32> = BTreeMap::new();
    for row in &all {
        *states.entry(text(row, "state")).or_default() += 1;
    }
    assert_eq!(json!(states), json!({"ACTIVE": 41, "PENDING": 3, "SUSPENDED": 1, "UNLINKED": 3}));
    let filled: u64 = all.iter().map(|row| row["seats"]["filled"].as_u64().unwrap()).sum();
    assert_eq!(filled, 1284);
    let complete = all.iter().filter(|row| row["setup"]["done"] == row["setup"]["applicable"]).count();
    assert_eq!(complete, 37);
    let needy: Vec<&Value> = all.iter().filter(|row| row["attention"] != json!([])).collect();
    assert_eq!(needy.len(), 10, "{:?}", needy.iter().map(|row| &row["name"]).collect::<Vec<_>>());
    let kinds: BTreeSet<String> =
        needy.iter().flat_map(|row| row["attention"].as_array().unwrap()).map(ToString::to_string).collect();
    assert_eq!(kinds.len(), 8, "every kind: {kinds:?}");
    assert!(all.iter().any(|row| text(row, "name").chars().count() > 90));

    let brightwater = api.named("Brightwater GmbH").await;
    assert_eq!(brightwater["seats"], json!({"filled": 42, "limit": 50, "members": 39, "guests": 3}));
    assert_eq!(brightwater["setup"], json!({"done": 4, "applicable": 5}));
    assert_eq!(brightwater["owners"]["confirmed"], 2);
    let pending = api.named("Bright & Söhne KG").await;
    assert_eq!((&pending["state"], &pending["owners"]["confirmed"]), (&json!("PENDING"), &json!(0)));
}

/// Reads a company's people as the dashboard does.
async fn people(api: &Api, id: &str) -> Vec<Person> {
    let page = api.get(&format!("companies/{id}/users?max_page_size=1000")).await.ok();
    assert_eq!(page["next_page_token"], Value::Null);
    let users: Vec<User> = serde_json::from_value(page["results"].clone()).unwrap();
    users.into_iter().map(|user| user.try_into().unwrap()).collect()
}

async fn counts_add_up(api: &Api, company: &Value) {
    let id = text(company, "id");
    let people = people(api, &id).await;
    let name = &company["name"];
    let count = |wanted: &dyn Fn(&&Person) -> bool| people.iter().filter(wanted).count() as u64;
    assert_eq!(company["seats"]["filled"], count(&|person| person.fills_seat()), "{name}");
    assert_eq!(company["owners"]["confirmed"], count(&|person| person.is_confirmed_owner()), "{name}");
    let recovering = count(&|person| person.state.as_str().starts_with("RECOVERY"));
    assert_eq!(company["open_recoveries"], recovering, "{name}");
    let ids: BTreeSet<&str> = people.iter().map(|person| person.id.as_str()).collect();
    let addresses: BTreeSet<&str> = people.iter().map(|person| person.email.as_str()).collect();
    assert_eq!((ids.len(), addresses.len()), (people.len(), people.len()), "{name}");
    let steps = api.get(&format!("companies/{id}/setup")).await.ok()["steps"].clone();
    let of = |state: &str| steps.as_array().unwrap().iter().filter(|step| step["state"] == state).count();
    assert_eq!(company["setup"]["done"], of("DONE"), "{name}");
    assert_eq!(company["setup"]["applicable"], 5 - of("NOT_APPLICABLE"), "{name}");
}

#[tokio::test]
async fn what_a_company_counts_is_what_its_people_are() {
    let api = Api::start().await;
    for company in api.companies("", 1000).await {
        counts_add_up(&api, &company).await;
    }
}

#[tokio::test]
async fn in_a_large_sample_people_appear_when_a_company_is_opened() {
    let api = Api::with(Options { sample_size: 2100, ..Options::default() }).await;
    let all = api.companies("", 1000).await;
    assert_eq!(all.len(), 2100);
    for company in all.iter().skip(2000).step_by(7) {
        counts_add_up(&api, company).await;
        assert_eq!(&api.company(&text(company, "id")).await, company, "looking changes nothing");
    }
    let names: BTreeSet<String> = all.iter().map(|row| text(row, "name")).collect();
    assert_eq!(names.len(), 2100);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_workspace() {
    let plain = |all: Vec<Value>| -> Vec<Value> {
        all.into_iter()
            .map(|mut row| {
                // The etag names the database too.
                row["etag"] = Value::Null;
                row
            })
            .collect()
    };
    let (one, two) = (Api::start().await, Api::start().await);
    let other = Api::with(Options { seed: 2, ..Options::default() }).await;
    let (first, second) = (plain(one.companies("", 1000).await), plain(two.companies("", 1000).await));
    assert_eq!(first, second);
    assert_ne!(first, plain(other.companies("", 1000).await));
    assert_eq!(one.running.account_id(), two.running.account_id());
    assert_ne!(one.credential("OWNER").1, two.credential("OWNER").1, "secrets are never the same");
    for row in first {
        let id = text(&row, "id");
        assert!(id.len() == 26 && id.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b)));
    }
}

#[tokio::test]
async fn what_was_answered_survives_a_server_that_never_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let options = || Options { database: Database::File(folder.path().join("w.db")), ..Options::default() };
    let api = Api::with(options()).await;
    let company = api.named("Brightwater GmbH").await;
    let path = format!("companies/{}", text(&company, "id"));
    let ask = api.write("PATCH", &path).header("if-match", &text(&company, "etag")).json(&json!({"note": "kept"}));
    let answered = ask.send().await.ok();
    let token = text(&api.get("companies?max_page_size=1").await.ok(), "change_token");
    let secrets: Vec<_> = api.running.credentials().to_vec();
    // Neither stopped nor dropped: the files are what a `kill -9` leaves.
    std::mem::forget(api);
    let again = Api::with_known(Options { sample_size: 3, seed: 99, ..options() }, &secrets).await;
    assert_eq!(again.get(&path).await.ok(), answered);
    assert_eq!(again.running.credentials(), secrets);
    assert_eq!(again.get(&format!("companies:changes?since={token}")).await.ok()["results"], json!([]));
    again.running.stop().await;
    // The forgotten one has it open: it is not taken away from it.
    let fresh = |database| Options { fresh: true, sample_size: 3, database, ..Options::default() };
    let refused = start(fresh(options().database)).await.unwrap_err();
    assert!(matches!(refused, StartError::InUse { .. }), "{refused}");
    let copy = folder.path().join("copy.db");
    std::fs::copy(folder.path().join("w.db"), &copy).unwrap();
    let fresh = Api::with(fresh(Database::File(copy))).await;
    assert_eq!(fresh.companies("", 10).await.len(), 3);
    assert_eq!(fresh.get(&format!("companies:changes?since={token}")).await.code(), "CHANGE_TOKEN_EXPIRED");
}

#[tokio::test]
async fn an_empty_workspace_is_fine_and_a_monstrous_one_refused() {
    let api = Api::with(Options { sample_size: 0, ..Options::default() }).await;
    let page = api.get("companies").await.ok();
    assert_eq!((&page["results"], &page["total_size"]), (&json!([]), &json!(0)));
    let error = mspdash::server::start(Options { sample_size: 1_000_001, ..Options::default() }).await.unwrap_err();
    assert!(error.to_string().contains("1,000,000 at most"), "{error}");
}

#[tokio::test]
async fn a_taken_port_is_said_so() {
    let api = Api::start().await;
    let listen = api.running.base_url().strip_prefix("http://").unwrap().parse().unwrap();
    let error = mspdash::server::start(Options { listen, ..Options::default() }).await.unwrap_err();
    assert!(error.to_string().contains("Choose another address"), "{error}");
}
