//! Facts of a REAL workspace: what nobody observed stays unknown, no older fact wins over a newer one of its source, and
//! none crosses companies.

use super::client::{Api, Seen};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::collections::BTreeMap;

async fn observe(api: &Api, id: &str, body: &Value) -> Seen {
    api.write("POST", &format!("companies/{id}/observations")).json(body).send().await
}

/// So many days before now.
fn ago(api: &Api, days: i64) -> Timestamp {
    api.now() - SignedDuration::from_hours(days * 24)
}

#[tokio::test]
async fn what_a_technician_saw_is_kept_with_source_date_and_name_and_makes_nothing_else_known() {
    let (_folder, api) = Api::real().await;
    let id = api.enter("Brightwater GmbH").await;
    let seen = ago(&api, 2);
    let body = json!({ "filled_seats": 42, "owners": ["Ada Stern", "Bo Lund"], "as_of": seen });
    let company = observe(&api, &id, &body).await.ok();
    assert_eq!(company["seats"], json!({ "filled": 42 }), "neither limit nor members are known");
    assert_eq!(company["owners"], json!({ "confirmed": 2, "names": ["Ada Stern", "Bo Lund"] }));
    assert_eq!(company["state"], "STATE_UNSPECIFIED");
    for unknown in ["setup", "open_recoveries", "advanced_permissions", "address"] {
        assert!(company.get(unknown).is_none(), "{unknown}: {company}");
    }
    let facts = company["facts"].as_array().unwrap();
    assert_eq!(facts.len(), 2);
    for fact in facts {
        assert_eq!((&fact["source"], &fact["coverage"]), (&json!("DECLARED"), &json!("DECLARED")));
        assert_eq!((&fact["as_of"], &fact["observer"]["display_name"]), (&json!(seen), &json!("Mira Okafor")));
    }
    let limit = observe(&api, &id, &json!({ "seat_limit": 45, "state": "ACTIVE", "open_recoveries": 0 })).await.ok();
    assert_eq!(limit["seats"], json!({ "filled": 42, "limit": 45 }));
    assert_eq!((&limit["state"], &limit["open_recoveries"]), (&json!("ACTIVE"), &json!(0)));
    assert_eq!(limit["attention"], json!(["SEAT_LIMIT_NEAR"]));
    let none = observe(&api, &id, &json!({ "seat_limit": 0, "owners": [] })).await.ok();
    assert_eq!((&none["seats"], &none["owners"]), (&json!({ "filled": 42 }), &json!({ "confirmed": 0 })));
    assert_eq!(none["attention"], json!(["NO_CONFIRMED_OWNER"]), "0 that somebody saw is 0");
    let events = api.get("audit_events").await.ok();
    assert_eq!(
        (&events["results"][0]["action"], &events["results"][0]["target"]),
        (&json!("COMPANY_OBSERVED"), &json!("seat_limit, owners"))
    );
}

#[tokio::test]
async fn a_limit_that_is_edited_is_a_word_with_a_date() {
    let (_folder, api) = Api::real().await;
    let id = api.enter("Brightwater GmbH").await;
    let etag = api.company(&id).await["etag"].as_str().unwrap().to_owned();
    let edit = api.write("PATCH", &format!("companies/{id}")).header("if-match", &etag);
    let company = edit.json(&json!({ "seat_limit": 50 })).send().await.ok();
    assert_eq!(company["seats"], json!({ "limit": 50 }));
    assert_eq!(
        (&company["facts"][0]["facet"], &company["facts"][0]["as_of"]),
        (&json!("SEAT_LIMIT"), &json!(api.now()))
    );
}

#[tokio::test]
async fn facts_age_into_attention_and_are_found_by_age() {
    let (_folder, api) = Api::real().await;
    let (old, new, none) = (api.enter("Old").await, api.enter("New").await, api.enter("None").await);
    observe(&api, &old, &json!({ "filled_seats": 1, "as_of": ago(&api, 40) })).await.ok();
    observe(&api, &new, &json!({ "filled_seats": 2 })).await.ok();
    let list = api.get("companies").await.ok();
    let token = list["change_token"].as_str().unwrap();
    let found = async |filter: &str| {
        let rows = api.ask("GET", "companies").query(&[("filter", filter), ("order_by", "name")]).send().await.ok();
        rows["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&format!("facts.as_of < {}", ago(&api, 30))).await, ["Old"]);
    assert_eq!(found(&format!("NOT facts.as_of < {}", ago(&api, 30))).await, ["New", "None"]);
    assert_eq!(found("seats.filled = UNKNOWN").await, ["None"]);
    assert_eq!(found("seats.filled != UNKNOWN AND owners.confirmed = UNKNOWN").await, ["New", "Old"]);
    assert_eq!(found("seats.filled < 5").await, ["New", "Old"], "unknown is not little");
    assert_eq!(found("seats.filled >= 0").await, ["New", "Old"]);
    assert_eq!(found("NOT seats.filled >= 0").await, ["None"]);
    assert_eq!(api.company(&old).await["attention"], json!([]));
    api.later(SignedDuration::from_hours(51 * 24));
    let mut api = api;
    api.sign_in("OWNER").await;
    assert_eq!(api.company(&old).await["attention"], json!(["FACTS_STALE"]), "90 days after it was seen");
    assert_eq!(api.company(&new).await["attention"], json!([]));
    assert_eq!(api.company(&none).await["attention"], json!([]), "what is not known is not stale");
    let changes = api.get(&format!("companies:changes?since={token}")).await.ok();
    let names: Vec<_> = changes["results"].as_array().unwrap().iter().map(|row| &row["name"]).collect();
    assert_eq!(names, [&json!("Old")], "who asks what changed hears of it");
}

#[tokio::test]
async fn unknown_stands_last_up_and_down_over_every_page() {
    let (_folder, api) = Api::real().await;
    for (name, seats) in [("A", Some(3)), ("B", None), ("C", Some(1)), ("D", None), ("E", Some(2)), ("F", Some(2))] {
        let id = api.enter(name).await;
        if let Some(filled) = seats {
            observe(&api, &id, &json!({ "filled_seats": filled, "state": "ACTIVE" })).await.ok();
        }
    }
    for (order, wanted) in [
        ("seats.filled", "C E F A B D"),
        ("seats.filled desc", "A F E C D B"),
        ("seats.filled desc, name", "A E F C B D"),
        ("seats.filled, name desc", "C F E A D B"),
        ("state, name", "A C E F B D"),
        ("state desc, name desc", "F E C A D B"),
        ("owners.confirmed, name", "A B C D E F"),
    ] {
        for size in [1, 2, 4, 10] {
            let query = format!("order_by={}", order.replace(' ', "%20"));
            let rows = api.companies(&query, size).await;
            let names: Vec<_> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
            assert_eq!(names.join(" "), wanted, "{order} by {size}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_an_observation_is_refused_field_by_field() {
    let (_folder, api) = Api::real().await;
    let id = api.enter("Brightwater GmbH").await;
    for (body, fields) in [
        (json!({}), "filled_seats"),
        (json!({ "as_of": "2026-11-01T00:00:00Z" }), "filled_seats"),
        (json!({ "filled_seats": -1, "owners": [" "], "state": "ASLEEP" }), "filled_seats owners state"),
        (json!({ "filled_seats": 1, "as_of": "2026-11-23T00:00:00Z" }), "as_of"),
        (json!({ "filled_seats": 1, "as_of": "yesterday" }), "as_of"),
        (json!({ "open_recoveries": 1.5, "owners": "Ada" }), "open_recoveries owners"),
    ] {
        let seen = observe(&api, &id, &body).await;
        assert_eq!((seen.status, seen.fields().join(" ").as_str()), (400, fields), "{body}: {}", seen.text);
    }
    assert!(api.company(&id).await.get("facts").is_none());
    assert_eq!(observe(&api, &"A".repeat(26), &json!({ "filled_seats": 1 })).await.status, 404);
    let sample = Api::start().await;
    let invented = sample.companies("", 1).await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(observe(&sample, &invented, &json!({ "filled_seats": 1 })).await.code(), "SAMPLE_WORKSPACE");
}

/// A table is exact as of its import; told again it is of now, and taken back it is as it was.
#[tokio::test]
async fn what_a_table_tells_is_a_fact_that_ages_and_is_renewed_and_taken_back() {
    let (_folder, mut api) = Api::real().await;
    let import = async |api: &Api, filled: u32| {
        let rows = json!([{ "line": 2, "name": "Acme", "seats_filled": filled, "state": "ACTIVE" }]);
        api.write("POST", "companies:import").json(&json!({ "rows": rows })).send().await.ok()
    };
    let made = import(&api, 42).await;
    let id = made["results"][0]["company_id"].as_str().unwrap().to_owned();
    let first = api.company(&id).await;
    let told = |company: &Value| company["facts"][1].clone();
    assert_eq!((&first["seats"], &first["state"]), (&json!({ "filled": 42 }), &json!("ACTIVE")));
    let wanted = ["SEATS", "IMPORT", "EXACT"].map(|word| json!(word));
    assert_eq!(["facet", "source", "coverage"].map(|field| told(&first)[field].clone()), wanted);
    assert_eq!(import(&api, 42).await["results"][0]["outcome"], "UNCHANGED");
    assert_eq!(api.company(&id).await, first, "at once it says nothing new");
    api.later(SignedDuration::from_hours(40 * 24));
    api.sign_in("OWNER").await;
    assert_eq!(api.company(&id).await["attention"], json!(["FACTS_STALE"]));
    let again = import(&api, 42).await;
    assert_eq!(again["results"][0]["outcome"], "UNCHANGED");
    let renewed = api.company(&id).await;
    assert_eq!((&renewed["attention"], &renewed["etag"]), (&json!([]), &first["etag"]), "nobody changed it");
    assert_eq!(told(&renewed)["as_of"], json!(api.now()));
    observe(&api, &id, &json!({ "filled_seats": 50 })).await.ok();
    let undo = async |run: &Value| {
        let path = format!("import_runs/{}:undo", run["run_id"].as_str().unwrap());
        api.write("POST", &path).send().await
    };
    assert_eq!(undo(&again).await.status, 200);
    let back = api.company(&id).await;
    let import =
        back["facts"].as_array().unwrap().iter().find(|fact| fact["source"] == "IMPORT" && fact["facet"] == "SEATS");
    assert_eq!(import.unwrap()["as_of"], told(&first)["as_of"], "as the run found it");
    let says = |source: &str| {
        let mut facts = back["facts"].as_array().unwrap().iter();
        facts.find(|fact| fact["source"] == source && fact["facet"] == "SEATS").map(|fact| fact["value"].clone())
    };
    assert_eq!((says("DECLARED"), says("IMPORT")), (Some(json!(50)), Some(Value::Null)), "the other figure is told");
    assert_eq!(
        (&back["seats"], &back["attention"]),
        (&json!({ "filled": 42 }), &json!(["FACTS_DIFFER", "FACTS_STALE"]))
    );
}

#[derive(Debug, Clone)]
struct Word {
    company: usize,
    facet: &'static str,
    days: i64,
    number: u32,
}

fn words() -> impl Strategy<Value = Vec<Word>> {
    let facet = prop::sample::select(vec!["filled_seats", "seat_limit", "open_recoveries"]);
    let word = (0_usize..3, facet, 0_i64..6, 0_u32..4);
    prop::collection::vec(word.prop_map(|(company, facet, days, number)| Word { company, facet, days, number }), 1..12)
}

/// Whatever is said in whatever order: of each facet the newest word counts, and what nobody said is not there.
#[tokio::test]
async fn no_older_word_wins_none_crosses_companies_and_unknown_never_becomes_0() {
    let (_folder, api) = Api::real().await;
    let mut runner = TestRunner::deterministic();
    for round in 0..24 {
        let said = words().new_tree(&mut runner).unwrap().current();
        let mut ids = Vec::new();
        for company in 0..3 {
            ids.push(api.enter(&format!("{round} {company}")).await);
        }
        let mut newest: BTreeMap<(usize, &str), (i64, u32)> = BTreeMap::new();
        for word in &said {
            let body = json!({ word.facet: word.number, "as_of": ago(&api, word.days) });
            observe(&api, &ids[word.company], &body).await.ok();
            let place = newest.entry((word.company, word.facet)).or_insert((word.days, word.number));
            if word.days <= place.0 {
                *place = (word.days, word.number);
            }
        }
        for (place, id) in ids.iter().enumerate() {
            let company = api.company(id).await;
            let shown = |facet: &str| match facet {
                "filled_seats" => company["seats"]["filled"].as_u64(),
                "seat_limit" => company["seats"]["limit"].as_u64(),
                _ => company["open_recoveries"].as_u64(),
            };
            for facet in ["filled_seats", "seat_limit", "open_recoveries"] {
                let wanted = newest.get(&(place, facet)).map(|(_, number)| u64::from(*number));
                // A limit of 0 is none.
                let wanted = wanted.filter(|number| facet != "seat_limit" || *number > 0);
                assert_eq!(shown(facet), wanted, "{facet} after {said:?}: {company}");
            }
            assert!(company.get("owners").is_none(), "{company}");
        }
    }
}
