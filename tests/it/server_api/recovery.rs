//! Recoveries: stages, who may, and the list over all companies.

use super::client::{Api, Seen, text};
use super::people::{Home, is_in, plain};
use jiff::{SignedDuration, Timestamp};
use mspdash::server::Options;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[track_caller]
fn refused(seen: &Seen, status: u16, code: &str) {
    assert_eq!((seen.status, seen.code().as_str()), (status, code), "{}", seen.text);
}

async fn recoveries(api: &Api, size: usize) -> Vec<Value> {
    let (mut all, mut token) = (Vec::new(), String::new());
    loop {
        let page = api.get(&format!("recoveries?max_page_size={size}&page_token={token}")).await.ok();
        all.extend(page["results"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next_page_token"].as_str() else {
            assert_eq!(page["total_size"], all.len());
            return all;
        };
        next.clone_into(&mut token);
    }
}

#[tokio::test]
async fn a_recovery_goes_through_its_stages() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let person = home.who(plain).await;
    let started = home.act("beginRecovery", &person).await.ok();
    assert_eq!(started["state"], "RECOVERY_STARTED");
    assert_eq!(home.company().await["seats"]["filled"], 42, "whoever is in recovery keeps the seat");
    home.adds_up().await;
    refused(&home.act("beginRecovery", &started).await, 409, "WRONG_STATE");
    refused(&home.act("completeRecovery", &started).await, 409, "WRONG_STATE");
    refused(&home.act("suspend", &started).await, 409, "WRONG_STATE");
    let row = recoveries(&api, 25).await.into_iter().find(|row| row["user_id"] == person["id"]).unwrap();
    assert_eq!((&row["state"], &row["etag"]), (&json!("RECOVERY_STARTED"), &started["etag"]));
    assert_eq!(row["begun_by"]["display_name"], "Tomma Petersen");
    assert_eq!(row["begin_time"].as_str().unwrap().parse::<Timestamp>().unwrap(), api.now());

    let since = text(&api.get("companies?max_page_size=1").await.ok(), "change_token");
    let quiet = home.company().await;
    api.later(SignedDuration::from_millis(19_999));
    assert_eq!(home.company().await, quiet, "not yet");
    api.later(SignedDuration::from_millis(1));
    let changes = api.get(&format!("companies:changes?since={since}")).await.ok();
    assert_eq!(changes["results"].as_array().unwrap().len(), 1, "everybody hears of it: {changes}");
    assert!(changes["results"][0]["attention"].as_array().unwrap().contains(&json!("RECOVERY_WAITING")));
    home.adds_up().await;
    let ready = home.who(|found| found["id"] == person["id"]).await;
    assert_eq!(ready["state"], "RECOVERY_AWAITING_COMPLETION");
    refused(&home.act("completeRecovery", &started).await, 412, "PRECONDITION_FAILED");
    let done = home.act("completeRecovery", &ready).await.ok();
    assert_eq!((&done["state"], &done["groups"]), (&json!("ACTIVE"), &person["groups"]));
    refused(&home.act("completeRecovery", &done).await, 409, "WRONG_STATE");
    refused(&home.act("cancelRecovery", &done).await, 409, "WRONG_STATE");
    assert!(recoveries(&api, 25).await.iter().all(|row| row["user_id"] != person["id"]));
    home.adds_up().await;
}

#[tokio::test]
async fn a_cancelled_recovery_stays_cancelled() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let person = home.who(plain).await;
    let started = home.act("beginRecovery", &person).await.ok();
    assert_eq!(home.act("cancelRecovery", &started).await.ok()["state"], "ACTIVE");
    let again = home.who(plain).await;
    let started = home.act("beginRecovery", &again).await.ok();
    api.later(SignedDuration::from_secs(21));
    let ready = home.who(|found| found["id"] == started["id"]).await;
    assert_eq!(ready["state"], "RECOVERY_AWAITING_COMPLETION");
    home.act("cancelRecovery", &ready).await.ok();
    api.later(SignedDuration::from_secs(60));
    assert!(home.people().await.iter().all(|person| !text(person, "state").starts_with("RECOVERY")));
    home.adds_up().await;
}

#[tokio::test]
async fn nobody_recovers_themself_or_a_technician() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let me = home.who(|person| person["email"] == "technician@harbour.example").await;
    let second_client =
        home.who(|person| person["type"] == "EXTERNAL_ACCOUNT_MANAGER" && person["id"] != me["id"]).await;
    for act in ["beginRecovery", "completeRecovery", "cancelRecovery"] {
        refused(&home.act(act, &me).await, 409, "SELF_RECOVERY");
        refused(&home.act(act, &second_client).await, 409, "TECHNICIAN_NOT_ALLOWED");
    }
    refused(&home.act("suspend", &me).await, 409, "TECHNICIAN_NOT_ALLOWED");
    refused(&home.act("reactivate", &second_client).await, 409, "TECHNICIAN_NOT_ALLOWED");
}

#[tokio::test]
async fn a_recovery_needs_somebody_who_can_complete_it() {
    let api = Api::start().await;
    let home = Home::of(&api, "Zielona Łąka Sp. z o.o.").await;
    let owner = home.who(|person| is_in(person, "OWNERS")).await;
    for person in home.people().await.iter().filter(|person| is_in(person, "ADMINISTRATORS")) {
        home.leave("ADMINISTRATORS", person).await.ok();
    }
    let seen = home.act("beginRecovery", &owner).await;
    refused(&seen, 409, "WRONG_STATE");
    assert!(text(&seen.json(), "detail").contains("nobody could complete"), "{}", seen.text);
    let other = home.who(plain).await;
    home.act("beginRecovery", &other).await.ok();
    let row = recoveries(&api, 25).await.into_iter().find(|row| row["user_id"] == other["id"]).unwrap();
    assert_eq!(row["recoverers"], 1, "only the owner");
}

#[tokio::test]
async fn the_list_goes_over_all_companies_oldest_first() {
    let api = Api::start().await;
    let all = recoveries(&api, 1).await;
    assert_eq!(all.len(), 2);
    assert_eq!(recoveries(&api, 25).await, all);
    let times: Vec<Timestamp> = all.iter().map(|row| text(row, "begin_time").parse().unwrap()).collect();
    assert!(times.is_sorted() && times.iter().all(|time| *time < api.now()));
    assert!(all.iter().all(|row| row["recoverers"].as_u64().unwrap() >= 2 && row["begun_by"]["id"].is_string()));
    api.later(SignedDuration::from_hours(24));
    let mut api = api;
    api.sign_in("VIEW_ONLY").await;
    assert_eq!(recoveries(&api, 25).await, all, "those of the sample take their time, and everybody may look");
    let other = text(&api.get("companies?max_page_size=1").await.ok(), "next_page_token");
    assert_eq!(api.get(&format!("recoveries?page_token={other}")).await.fields(), ["page_token"]);
}

#[tokio::test]
async fn companies_without_people_yet_are_on_the_list_too() {
    let api = Api::with(Options { sample_size: 2200, ..Options::default() }).await;
    let mut wanted: BTreeMap<String, u64> = BTreeMap::new();
    for company in api.companies("", 1000).await {
        let open = company["open_recoveries"].as_u64().unwrap();
        if open > 0 && company["state"] != "UNLINKED" {
            wanted.insert(text(&company, "id"), open);
        }
    }
    let all = recoveries(&api, 7).await;
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for row in &all {
        *found.entry(text(row, "company_id")).or_default() += 1;
    }
    assert_eq!(found, wanted);
    let times: Vec<Timestamp> = all.iter().map(|row| text(row, "begin_time").parse().unwrap()).collect();
    assert!(times.is_sorted());
}
