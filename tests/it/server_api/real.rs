//! A REAL workspace: it starts empty, nothing about it is invented, and it is never taken for a sample.

use super::client::Api;
use crate::support::real;
use mspdash::domain::session::WorkspaceKind;
use mspdash::server::{Database, Options, StartError, create, start};
use serde_json::json;

#[tokio::test]
async fn it_starts_empty_with_its_first_owner_and_says_what_it_is() {
    let (_folder, api) = Api::real().await;
    let session = api.get("/v1beta1/session").await.ok();
    assert_eq!(session["account"]["kind"], "REAL");
    assert_eq!(session["account"]["name"], "Harbour IT");
    assert!(session["account"].get("owner_desk_uri").is_none(), "nobody plays an Owner: {session}");
    assert_eq!(session["technician"]["display_name"], "Mira Okafor");
    for list in ["companies", "link_requests", "recoveries", "audit_events"] {
        let answer = api.get(list).await.ok();
        assert_eq!(answer["results"], json!([]), "{list}");
    }
    for page in ["/owner", "/launch/AAAA"] {
        assert_eq!(api.bare("GET", page).send().await.status, 404, "{page}");
    }
    let sample = Api::start().await;
    assert_eq!(sample.get("/v1beta1/session").await.ok()["account"]["kind"], "SAMPLE");
}

#[tokio::test]
async fn of_an_entered_company_only_what_was_said_is_known_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let api = Api::with(real::workspace(&folder)).await;
    let body = json!({"name": "Brightwater GmbH", "external_id": "K-1001"});
    let made = api.write("POST", "companies").json(&body).send().await;
    assert_eq!(made.status, 201, "{}", made.text);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let check = async |api: &Api| {
        let company = api.company(&id).await;
        assert_eq!((&company["name"], &company["external_id"]), (&json!("Brightwater GmbH"), &json!("K-1001")));
        assert_eq!((&company["state"], &company["attention"]), (&json!("STATE_UNSPECIFIED"), &json!([])));
        for unknown in
            ["seats", "owners", "setup", "open_recoveries", "address", "origin", "create_time", "sign_in_host"]
        {
            assert!(company.get(unknown).is_none(), "{unknown} is not known: {company}");
        }
        let found = api.companies("filter=name:bright&order_by=seats.filled%20desc,name", 10).await;
        assert_eq!(found.len(), 1);
        for inside in ["users", "groups", "vaults"] {
            assert_eq!(api.get(&format!("companies/{id}/{inside}")).await.ok()["results"], json!([]), "{inside}");
        }
        let steps = api.get(&format!("companies/{id}/setup")).await.ok();
        let steps = steps["steps"].as_array().unwrap();
        assert_eq!(steps.len(), 5);
        assert!(steps.iter().all(|step| step["evidence"] == json!([])), "nobody counted anything: {steps:?}");
    };
    check(&api).await;
    api.running.stop().await;
    check(&Api::with(real::opened(&real::file(&folder))).await).await;
}

#[tokio::test]
async fn before_an_unlink_the_unknown_warns_and_blocks_nothing() {
    let (_folder, api) = Api::real().await;
    let made = api.write("POST", "companies").json(&json!({"name": "Brightwater GmbH"})).send().await.json();
    let preflight = api.get(&format!("companies/{}:unlinkPreflight", made["id"].as_str().unwrap())).await.ok();
    let checks = preflight["checks"].as_array().unwrap().iter();
    let said: Vec<_> =
        checks.map(|check| format!("{} {}", check["severity"], check["code"]).replace('"', "")).collect();
    assert_eq!(said, ["WARN OWNERS_UNKNOWN", "WARN RECOVERIES_UNKNOWN", "WARN SEATS_UNKNOWN"]);
}

#[tokio::test]
async fn a_step_that_is_reported_makes_the_setup_known() {
    let (_folder, api) = Api::real().await;
    let made = api.write("POST", "companies").json(&json!({"name": "Brightwater GmbH"})).send().await.json();
    let home = format!("companies/{}", made["id"].as_str().unwrap());
    let steps = api.get(&format!("{home}/setup")).await.ok();
    let etag = steps["steps"][0]["etag"].as_str().unwrap();
    let step = format!("{home}/setup/POLICIES_GROUPS_VAULTS");
    let report = api.write("PATCH", &step).header("if-match", etag).json(&json!({"state": "DONE"}));
    report.send().await.ok();
    assert_eq!(api.get(&home).await.ok()["setup"], json!({"done": 1, "applicable": 5}));
}

/// The credential of this process works in this process alone.
#[tokio::test]
async fn a_server_for_others_has_no_credential_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut served = start(real::workspace(&folder)).await.unwrap();
    assert!(!served.issue_credentials(&[]).await.unwrap());
    assert!(served.credentials().is_empty());
    let one = served.local_owner().await.unwrap();
    let other = start(real::opened(&real::file(&folder))).await.unwrap();
    let two = other.local_owner().await.unwrap();
    assert_ne!(one.client_secret, two.client_secret);
    assert!(!format!("{one:?}").contains(&one.client_secret));
}

#[tokio::test]
async fn a_workspace_stays_of_one_kind_and_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let options = real::workspace(&folder);
    assert!(matches!(create(&options.database, &real::new()), Err(StartError::Exists { .. })));
    let refused = async |options: Options| start(options).await.err().unwrap();
    let as_sample = Options { kind: Some(WorkspaceKind::Sample), ..options.clone() };
    assert!(matches!(refused(as_sample.clone()).await, StartError::OtherKind { .. }));
    for kind in [None, Some(WorkspaceKind::Sample), Some(WorkspaceKind::Real)] {
        let fresh = Options { fresh: true, kind, ..options.clone() };
        assert!(matches!(refused(fresh).await, StartError::NotThrownAway { .. }));
    }
    let sample = folder.path().join("sample.db");
    let of = |kind| Options { database: Database::File(sample.clone()), sample_size: 1, kind, ..Options::default() };
    assert!(matches!(refused(of(Some(WorkspaceKind::Real))).await, StartError::NotBegun { .. }));
    start(of(None)).await.unwrap().stop().await;
    assert!(matches!(refused(of(Some(WorkspaceKind::Real))).await, StartError::OtherKind { .. }));
    assert!(matches!(create(&Database::File(sample), &real::new()), Err(StartError::Exists { .. })));
}

/// Its mark is in the file's header, so that it holds when nothing else can be read any more.
#[tokio::test]
async fn a_damaged_one_is_not_thrown_away_either() {
    let folder = tempfile::tempdir().unwrap();
    let options = real::workspace(&folder);
    start(options.clone()).await.unwrap().stop().await;
    let path = real::file(&folder);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100..].fill(7);
    std::fs::write(&path, &bytes).unwrap();
    let fresh = start(Options { fresh: true, kind: None, ..options }).await.err().unwrap();
    assert!(matches!(fresh, StartError::NotThrownAway { .. }), "{fresh}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}
