//! A credential that is taken away, a role that is lost, tokens that are ended, while the server runs.

use super::client::{Api, text};
use mspdash::domain::technician::Role;
use mspdash::server::{AccessChange, AccessError, Database, Options, change_access};
use serde_json::json;

async fn signs_in(api: &Api, role: &str) -> u16 {
    let form = [("grant_type", "client_credentials")];
    let seen = api.bare("POST", "/v1beta1/oauth2/token").basic(role).form(&form).send().await;
    if seen.status == 401 {
        assert_eq!(seen.code(), "UNAUTHENTICATED");
        assert!(seen.header("www-authenticate").starts_with("Basic"), "the credential is meant, not a token");
    }
    seen.status
}

async fn session(api: &Api) -> u16 {
    api.get("/v1beta1/session").await.status
}

#[tokio::test]
async fn a_revoked_credential_ends_sign_in_and_tokens_at_once() {
    let mut api = Api::start().await;
    let since = text(&api.get("companies?max_page_size=1").await.ok(), "change_token");
    let changed = api.running.change_access("MSP_TECHNICIAN", AccessChange::Revoke).await.unwrap();
    assert_eq!(changed.technician.display_name, "Tomma Petersen");
    let seen = api.get(&format!("companies:changes?since={since}")).await;
    assert_eq!((seen.status, seen.code().as_str()), (401, "UNAUTHENTICATED"));
    assert!(seen.header("www-authenticate").contains("invalid_token"));
    assert_eq!((session(&api).await, signs_in(&api, "MSP_TECHNICIAN").await), (401, 401));
    assert_eq!(signs_in(&api, "OWNER").await, 200, "nobody else is meant");

    api.running.change_access("msp-technician", AccessChange::Restore).await.unwrap();
    assert_eq!(session(&api).await, 401, "tokens do not come back");
    api.sign_in("MSP_TECHNICIAN").await;
    assert_eq!(session(&api).await, 200);
}

#[tokio::test]
async fn tokens_that_are_ended_are_replaced_by_signing_in() {
    let mut api = Api::start().await;
    let (client_id, _) = api.credential("MSP_TECHNICIAN");
    api.running.change_access(&client_id, AccessChange::SignOut).await.unwrap();
    assert_eq!(session(&api).await, 401);
    api.sign_in("MSP_TECHNICIAN").await;
    assert_eq!(session(&api).await, 200);
}

#[tokio::test]
async fn another_role_holds_from_the_next_request_on() {
    let api = Api::start().await;
    let assign = |role| api.running.change_access("MSP_TECHNICIAN", AccessChange::Assign(role));
    let body = json!({"name": "Newcomer", "address": {"country_code": "DE", "lines": ["Kai 1"]}});
    let add = || api.write("POST", "companies?validate_only=true").json(&body).send();
    assert_eq!(add().await.status, 200);

    assign(Role::ViewOnly).await.unwrap();
    let seen = api.get("/v1beta1/session").await.ok();
    assert_eq!(seen["permissions"], json!(["VIEW_COMPANIES"]));
    assert_eq!(seen["technician"]["groups"], json!(["Reporting"]));
    assert_eq!((api.get("companies").await.status, add().await.code().as_str()), (200, "PERMISSION_DENIED"));

    assign(Role::Nothing).await.unwrap();
    let seen = api.get("/v1beta1/session").await.ok();
    assert_eq!((&seen["permissions"], &seen["technician"]["groups"]), (&json!([]), &json!([])));
    let seen = api.get("companies").await;
    assert_eq!((seen.status, seen.code().as_str()), (403, "PERMISSION_DENIED"));

    assign(Role::NoMfa).await.unwrap();
    assert_eq!(api.get("/v1beta1/session").await.ok()["technician"]["mfa"], false);
    assert_eq!(api.get("companies").await.code(), "MFA_REQUIRED");

    api.running.change_access("MSP_TECHNICIAN", AccessChange::Restore).await.unwrap();
    assert_eq!(add().await.status, 200);
    let roles: Vec<_> = api.running.credentials().iter().map(|credential| credential.role.clone()).collect();
    assert_eq!(roles, ["OWNER", "ADMINISTRATOR", "MSP_TECHNICIAN", "VIEW_ONLY", "NO_MFA"], "names of keys stay");
}

#[tokio::test]
async fn another_process_changes_a_running_server_through_its_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("w.db");
    let options = || Options { database: Database::File(file.clone()), sample_size: 3, ..Options::default() };
    let api = Api::with(options()).await;
    change_access(&options().database, "msp-technician", &AccessChange::Assign(Role::ViewOnly), "anna").unwrap();
    assert_eq!(api.get("/v1beta1/session").await.ok()["permissions"], json!(["VIEW_COMPANIES"]));
    change_access(&options().database, "msp-technician", &AccessChange::Revoke, "anna").unwrap();
    assert_eq!(session(&api).await, 401);
    api.running.stop().await;
    let mut again = mspdash::server::start(options()).await.unwrap();
    again.change_access("MSP_TECHNICIAN", AccessChange::SignOut).await.unwrap();
    again.issue_credentials(&[]).await.unwrap();
    assert_eq!(again.credentials().len(), 5, "it stays revoked, and the server starts");
}

#[tokio::test]
async fn nobody_of_that_name_and_no_workspace_are_said_with_what_there_is() {
    let api = Api::start().await;
    let said = api.running.change_access("janitor", AccessChange::Revoke).await.unwrap_err().to_string();
    assert!(said.contains("janitor") && said.contains("VIEW_ONLY"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("none.db");
    let refused = change_access(&Database::File(file.clone()), "OWNER", &AccessChange::Revoke, "anna").unwrap_err();
    assert!(
        matches!(&refused, AccessError::NoWorkspace { place } if *place == file.display().to_string()),
        "{refused}"
    );
    assert!(!file.exists(), "asking makes nothing");
}
