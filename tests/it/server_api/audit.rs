//! The audit trail: what the sample says happened, and what really happens.

use super::client::{Api, text};
use mspdash::domain::activity::Action;
use mspdash::server::Options;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

async fn all(api: &Api, query: &str, size: usize) -> Vec<Value> {
    let (mut all, mut token) = (Vec::new(), String::new());
    loop {
        let page = api.get(&format!("audit_events?max_page_size={size}&{query}&page_token={token}")).await.ok();
        let rows = page["results"].as_array().unwrap();
        assert!(rows.len() <= size);
        all.extend(rows.iter().cloned());
        let Some(next) = page["next_page_token"].as_str() else {
            assert_eq!(page["total_size"], all.len());
            return all;
        };
        next.clone_into(&mut token);
    }
}

#[tokio::test]
async fn the_trail_of_the_sample_fits_its_companies() {
    let api = Api::start().await;
    let events = all(&api, "", 1000).await;
    assert!((150..=320).contains(&events.len()), "{}", events.len());
    let times: Vec<_> = events.iter().map(|event| text(event, "time")).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older), "newest first");
    assert!(times.last().unwrap().as_str() >= "2026-08-24", "90 days");
    let companies: HashMap<String, Value> =
        api.companies("", 1000).await.into_iter().map(|row| (text(&row, "id"), row)).collect();
    let mut launched = BTreeSet::new();
    for event in &events {
        let word = text(event, "action");
        assert!(!matches!(Action::from(word.as_str()), Action::Other(_)), "{word}");
        let Some(company) = event["company_id"].as_str().map(|id| &companies[id]) else { continue };
        assert_eq!(event["company_name"], company["name"]);
        match word.as_str() {
            "COMPANY_UNLINKED" => assert_eq!(event["time"], company["unlink_time"]),
            "COMPANY_CREATED" => assert_eq!(event["time"], company["create_time"]),
            "LINK_APPROVED" => assert_eq!(event["time"], company["link_time"]),
            "COMPANY_LAUNCHED" if launched.insert(text(company, "id")) => {
                assert_eq!(event["time"], company["launch_time"], "the last launch is the one that the company shows");
            }
            _ => {}
        }
        assert!(text(event, "time") <= text(company, "update_time") || word.starts_with("LINK_"), "{event}");
    }
    let kinds: BTreeSet<_> = events.iter().map(|event| text(event, "action")).collect();
    assert!(kinds.len() >= 9, "{kinds:?}");
    let again = Api::with(Options::default()).await;
    assert_eq!(all(&again, "", 1000).await, events, "the same seed, the same trail");
}

#[tokio::test]
async fn pages_add_up_and_stay_the_same_while_new_events_come() {
    let api = Api::start().await;
    let whole = all(&api, "", 1000).await;
    assert_eq!(all(&api, "", 7).await, whole);
    let first = api.get("audit_events?max_page_size=5").await.ok();
    api.write("POST", &format!("companies/{}:launch", text(&api.named("Brightwater GmbH").await, "id")))
        .send()
        .await
        .ok();
    let token = text(&first, "next_page_token");
    let second = api.get(&format!("audit_events?max_page_size=5&page_token={token}")).await.ok();
    assert_eq!(second["results"], json!(whole[5..10]));
    let seen = api.get(&format!("audit_events?filter=actor:x&page_token={token}")).await;
    assert_eq!(seen.fields(), ["page_token"], "of another question");
}

#[tokio::test]
async fn filters_narrow_together_and_anything_else_is_refused() {
    let api = Api::start().await;
    let company = api.named("Brightwater GmbH").await;
    let id = text(&company, "id");
    api.write("POST", &format!("companies/{id}:launch")).json(&json!({"target": "PEOPLE"})).send().await.ok();
    let filter = format!(
        "filter=company_id%20%3D%20%22{id}%22%20AND%20action%20%3D%20%22COMPANY_LAUNCHED%22%20AND%20actor%20%3A%20%22TOMMA%22"
    );
    let events = all(&api, &filter, 1).await;
    assert!(!events.is_empty());
    assert_eq!(
        (&events[0]["target"], &events[0]["actor"]["display_name"]),
        (&json!("PEOPLE"), &json!("Tomma Petersen"))
    );
    assert!(events.iter().all(|event| event["company_id"] == id && event["action"] == "COMPANY_LAUNCHED"));
    assert!(all(&api, "filter=actor:nobody", 5).await.is_empty());
    for filter in
        ["actor%3Da", "action%3DNONSENSE", "time%3E3", "NOT%20actor:a", "actor:a%20OR%20actor:b", "company_id:x"]
    {
        assert_eq!(api.get(&format!("audit_events?filter={filter}")).await.fields(), ["filter"], "{filter}");
    }
}

#[tokio::test]
async fn every_write_leaves_the_word_for_it() {
    let api = Api::start().await;
    let id = text(&api.named("Brightwater GmbH").await, "id");
    let etag = async |path: &str| text(&api.get(path).await.ok(), "etag");
    let company = format!("companies/{id}");
    let patch = api.write("PATCH", &company).header("if-match", &etag(&company).await);
    patch.json(&json!({"note": "x", "tags": ["y"]})).send().await.ok();
    let steps = api.get(&format!("{company}/setup")).await.ok();
    let step = api
        .write("PATCH", &format!("{company}/setup/DEPLOY_APPS"))
        .header("if-match", &text(&steps["steps"][4], "etag"));
    step.json(&json!({"state": "DONE"})).send().await.ok();
    api.write("POST", &format!("{company}:launch")).send().await.ok();
    let unlink = api.write("POST", &format!("{company}:unlink")).header("if-match", &etag(&company).await);
    unlink.send().await.ok();
    let newest = api.get("audit_events?max_page_size=4").await.ok();
    let acts: Vec<_> =
        newest["results"].as_array().unwrap().iter().map(|e| (text(e, "action"), e["target"].clone())).collect();
    let wanted = [
        ("COMPANY_UNLINKED", Value::Null),
        ("COMPANY_LAUNCHED", json!("HOME")),
        ("SETUP_STEP_UPDATED", json!("DEPLOY_APPS DONE")),
        ("COMPANY_UPDATED", json!("tags, note")),
    ];
    assert_eq!(acts, wanted.map(|(word, target)| (word.to_owned(), target)));
}
