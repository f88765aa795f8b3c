//! Data regions: one MSP, an account in each, nothing in common but the people of the MSP and the story.

use super::client::{Api, text};
use mspdash::domain::region::Region;
use mspdash::server::{Database, Options, StartError, start};
use serde_json::{Value, json};
use std::collections::BTreeSet;

async fn of(region: Region) -> Api {
    Api::with(Options { region: Some(region), ..Options::default() }).await
}

/// What makes two rows be taken for the same company.
fn marks(rows: &[Value]) -> BTreeSet<String> {
    let fields = ["id", "name", "sign_in_host", "website", "external_id"];
    let of_row = |row: &Value| fields.map(|field| format!("{field} {}", row[field]));
    rows.iter().flat_map(of_row).filter(|mark| !mark.ends_with("null")).collect()
}

#[tokio::test]
async fn accounts_of_different_regions_share_the_story_and_nothing_else() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut told: Option<Vec<(String, Value, Value)>> = None;
    for region in Region::ALL {
        let api = of(region).await;
        let session = api.get("/v1beta1/session").await.ok();
        assert_eq!(session["account"]["region"], region.as_str());
        let host = text(&session["account"], "sign_in_host");
        assert!(host.starts_with("harbour-it") && host.ends_with(region.as_str()), "{host}");
        assert_eq!(session["technician"]["display_name"], "Tomma Petersen", "the same people work in all");
        let account = [session["account"]["id"].clone(), session["account"]["name"].clone(), json!(host)];
        let own = account.into_iter().chain([session["technician"]["id"].clone()]).map(|mark| mark.to_string());
        for mark in own.chain(marks(&api.companies("", 1000).await)) {
            assert!(seen.insert(mark.clone()), "{region}: {mark} is there twice");
        }
        let rows = api.companies("", 1000).await;
        assert!(rows.iter().all(|row| row["region"] == region.as_str()));
        assert!(rows.iter().all(|row| text(row, "sign_in_host").ends_with(&format!(".{region}"))));
        let number = |row: &Value| row["external_id"].as_str().unwrap()[2..].to_owned();
        let mut story: Vec<_> =
            rows.iter().map(|row| (number(row), row["state"].clone(), row["attention"].clone())).collect();
        story.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(told.get_or_insert_with(|| story.clone()), &story, "{region}");
    }
}

#[tokio::test]
async fn launching_and_linking_stay_in_the_region() {
    for region in [Region::Worldwide, Region::Enterprise] {
        let api = of(region).await;
        let links = api.get("link_requests").await.ok();
        let rows = links["results"].as_array().unwrap();
        assert_eq!(rows.len(), 6, "{region}");
        assert!(rows.iter().all(|row| row["region"] == region.as_str()));
        let foreign = format!("https://x.1password.ca/link/{}", "A".repeat(26));
        let ask = api.write("POST", "link_requests:accept").json(&json!({"confirmation_link": foreign}));
        assert_eq!(ask.send().await.code(), "REGION_MISMATCH");
        let body = json!({"name": "Newcomer", "address": {"country_code": "DE", "lines": ["Kai 1"]}});
        let made = api.write("POST", "companies").json(&body).send().await.json();
        assert_eq!(made["sign_in_host"], format!("newcomer.{region}"), "{made}");
    }
}

#[tokio::test]
async fn large_samples_of_two_regions_do_not_share_companies() {
    let size = |region| Options { region: Some(region), sample_size: 400, ..Options::default() };
    let mut seen = BTreeSet::new();
    for region in Region::ALL {
        let api = Api::with(size(region)).await;
        let rows = api.companies("", 1000).await;
        assert_eq!(rows.len(), 400);
        for mark in marks(&rows) {
            assert!(seen.insert(mark.clone()), "{region}: {mark}");
        }
    }
}

#[tokio::test]
async fn a_workspace_of_another_region_is_refused_with_the_ways_out() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::File(folder.path().join("w.db"));
    let options = |region| Options { region, database: database.clone(), sample_size: 3, ..Options::default() };
    let api = Api::with(options(Some(Region::Canada))).await;
    let account = api.running.account_id().to_owned();
    api.running.stop().await;

    let refused = start(options(Some(Region::Worldwide))).await.unwrap_err();
    assert!(matches!(refused, StartError::OtherRegion { .. }), "{refused:?}");
    let said = refused.to_string();
    for part in ["w.db", "1password.ca", "1password.com", "--fresh", "--data-dir"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let same = start(options(None)).await.unwrap();
    assert_eq!(same.account_id(), account, "who does not say a region takes what is there");
    same.stop().await;
    let fresh = start(Options { fresh: true, ..options(Some(Region::Worldwide)) }).await.unwrap();
    assert_ne!(fresh.account_id(), account);
}
