//! What changes by time alone is told to those who only ask what changed.

use super::client::{Api, text};
use jiff::SignedDuration;
use mspdash::server::{Database, Options};
use serde_json::{Value, json};
use std::collections::BTreeMap;

async fn token(api: &Api) -> String {
    text(&api.get("companies?max_page_size=1").await.ok(), "change_token")
}

/// What changed since, with the token for the next question.
async fn changes(api: &Api, since: &str) -> (Vec<Value>, String) {
    let page = api.get(&format!("companies:changes?since={since}")).await.ok();
    assert_eq!(page["has_more"], false);
    (page["results"].as_array().unwrap().clone(), text(&page, "next_change_token"))
}

/// What of a company may depend on the time.
fn face(row: &Value) -> String {
    let snooze = &row["snooze_until_time"];
    json!([row["attention"], row["setup"], snooze]).to_string()
}

async fn faces(api: &Api) -> BTreeMap<String, String> {
    api.companies("", 1000).await.iter().map(|row| (text(row, "id"), face(row))).collect()
}

async fn days(api: &mut Api, days: i64) {
    api.later(SignedDuration::from_hours(24 * days));
    api.sign_in("MSP_TECHNICIAN").await;
}

/// Whatever the rules are: who polls sees the same as who lists, day after day.
#[tokio::test]
async fn polling_shows_the_same_as_listing_as_time_goes_by() {
    let mut api = Api::with(Options { sample_size: 400, ..Options::default() }).await;
    let mut since = token(&api).await;
    let mut known = faces(&api).await;
    let mut told = 0;
    for _ in 0..25 {
        days(&mut api, 1).await;
        let page = api.get(&format!("companies:changes?since={since}")).await.ok();
        // A link that waits in vain takes its company with it.
        for gone in page["removed"].as_array().unwrap() {
            known.remove(&text(gone, "id"));
        }
        let (rows, next) = (page["results"].as_array().unwrap().clone(), text(&page, "next_change_token"));
        for row in &rows {
            let before = known.insert(text(row, "id"), face(row));
            assert_ne!(before, Some(face(row)), "nothing is told for nothing: {}", row["name"]);
        }
        told += rows.len();
        assert_eq!(known, faces(&api).await);
        assert_eq!(changes(&api, &next).await.0, Vec::<Value>::new(), "told once");
        since = next;
    }
    assert!(told > 5, "{told}");
}

async fn stalls_in_time(api: &mut Api, name: &str) -> (Value, String) {
    let (row, since) = (api.named(name).await, token(api).await);
    assert_eq!(row["attention"], json!([]));
    (row, since)
}

#[tokio::test]
async fn attention_that_comes_by_time_leaves_the_revision_alone() {
    let mut api = Api::start().await;
    // Its set-up moved nine days ago.
    let (before, since) = stalls_in_time(&mut api, "Deichgraf Bau GmbH").await;
    days(&mut api, 6).await;
    let (rows, _) = changes(&api, &since).await;
    let after = rows.iter().find(|row| row["id"] == before["id"]).unwrap();
    assert_eq!(after["attention"], json!(["SETUP_STALLED"]));
    assert_eq!((&after["etag"], &after["update_time"]), (&before["etag"], &before["update_time"]));
    let path = format!("companies/{}", text(&before, "id"));
    let ask = api.write("PATCH", &path).header("if-match", &text(&before, "etag"));
    assert_eq!(ask.json(&json!({"note": "still fits"})).send().await.status, 200);
}

#[tokio::test]
async fn a_moment_at_which_no_server_ran_is_told_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let options = || Options { database: Database::File(folder.path().join("w.db")), ..Options::default() };
    let mut api = Api::with(options()).await;
    let (before, since) = stalls_in_time(&mut api, "Deichgraf Bau GmbH").await;
    api.running.stop().await;
    let mut api = Api::with(options()).await;
    days(&mut api, 6).await;
    let (rows, _) = changes(&api, &since).await;
    assert!(rows.iter().any(|row| row["id"] == before["id"] && row["attention"] == json!(["SETUP_STALLED"])));
}

#[tokio::test]
async fn attention_set_aside_comes_back_by_itself() {
    let api = Api::start().await;
    let row = api.named("Fjordlicht Energie AG").await;
    assert_eq!(row["attention"], json!(["SETUP_STALLED"]));
    let path = format!("companies/{}", text(&row, "id"));
    let until = (api.now() + SignedDuration::from_mins(10)).to_string();
    let body = json!({"snooze_until_time": until});
    let ask = api.write("PATCH", &path).header("if-match", &text(&row, "etag")).json(&body);
    assert_eq!(ask.send().await.ok()["snooze_until_time"], json!(until));
    let since = token(&api).await;
    api.later(SignedDuration::from_mins(9));
    assert_eq!(changes(&api, &since).await.0, Vec::<Value>::new());
    api.later(SignedDuration::from_mins(1));
    let (rows, _) = changes(&api, &since).await;
    assert_eq!((rows.len(), &rows[0]["id"]), (1, &row["id"]));
    assert_eq!(rows[0]["snooze_until_time"], Value::Null);
}
