//! What opens something is kept as a hash: on the disk, in logs and in answers there is nothing to sign in with.

use super::client::{Api, text};
use crate::support::log::Log;
use jiff::SignedDuration;
use mspdash::domain::technician::Role;
use mspdash::server::{AccessChange, Credential, Database, Options};
use serde_json::json;
use std::fmt::Write;
use std::path::Path;

const FORM: [(&str, &str); 1] = [("grant_type", "client_credentials")];

/// Every byte of a workspace on the disk.
fn every_byte(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).unwrap()).collect()
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn kept(folder: &Path) -> Options {
    Options { database: Database::File(folder.join("w.db")), sample_size: 3, ..Options::default() }
}

#[tokio::test]
async fn no_secret_no_token_and_no_code_is_on_the_disk_in_the_log_in_an_answer_or_in_debug() {
    let this = no_secret_no_token_and_no_code_is_on_the_disk_in_the_log_in_an_answer_or_in_debug;
    let Some((log, _guard)) = Log::alone(this) else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut api = Api::with(kept(folder.path())).await;
    let (mut secrets, mut answers) = (vec![api.token.clone()], String::new());
    for Credential { role, client_secret, .. } in api.running.credentials().to_vec() {
        api.sign_in(&role).await;
        secrets.extend([api.token.clone(), client_secret]);
        for path in ["/v1beta1/session", "companies", "audit_events", "usage?start_date=2026-11-01&end_date=2026-11-02"]
        {
            answers += &api.get(path).await.text;
        }
    }
    api.sign_in("OWNER").await;
    secrets.push(api.token.clone());
    let body = json!({"display_name": "Mira", "email": "mira@harbour.example", "role": "VIEW_ONLY"});
    let added = api.write("POST", "technicians").json(&body).send().await.json();
    let codes = ["enrol", "rotate"].map(|verb| format!("technicians/{}:{verb}", text(&added["technician"], "id")));
    secrets.push(text(&added, "enrolment_code"));
    for path in codes {
        secrets.push(text(&api.write("POST", &path).send().await.ok(), "enrolment_code"));
    }
    let exchange = json!({ "enrolment_code": secrets.last().unwrap() });
    let credential = api.bare("POST", "/v1beta1/enrolments").json(&exchange).send().await.ok();
    secrets.push(text(&credential, "client_secret"));
    answers += &api.bare("POST", "/v1beta1/enrolments").json(&exchange).send().await.text;
    answers += &api.get("technicians").await.text;
    let bare: Vec<String> = secrets.iter().map(|secret| secret.replace('-', "")).collect();
    secrets.extend(bare);
    let local = api.running.local_credential("OWNER").await.unwrap();
    // Wrong ones, a right secret in the place of the name, and a token that is ended.
    let swapped = Credential { client_id: local.client_secret.clone(), ..local.clone() };
    answers += &api.bare("POST", "/v1beta1/oauth2/token").credential(&swapped).form(&FORM).send().await.text;
    let form = [("token", secrets[0].as_str())];
    answers += &api.bare("POST", "/v1beta1/oauth2/revoke").basic("MSP_TECHNICIAN").form(&form).send().await.text;
    answers +=
        &api.bare("GET", "companies").header("authorization", &format!("Bearer {}", secrets[0])).send().await.text;
    write!(answers, "{:?} {:?} {local:?}", api.running, api.running.credentials()).unwrap();
    secrets.push(local.client_secret);

    let while_it_runs = every_byte(folder.path());
    api.running.stop().await;
    let log = log.bytes();
    for bytes in [&while_it_runs, &every_byte(folder.path()), &log, answers.as_bytes()] {
        assert_eq!(secrets.iter().filter(|secret| has(bytes, secret)).count(), 0);
    }
    assert!(has(&log, "a sign-in failed") && has(&while_it_runs, "Ida Harms"), "the search finds what is there");
}

async fn session(api: &Api, token: &str) -> u16 {
    api.bare("GET", "/v1beta1/session").header("authorization", &format!("Bearer {token}")).send().await.status
}

#[tokio::test]
async fn two_servers_of_one_workspace_share_tokens_and_the_limit_of_sign_ins() {
    let folder = tempfile::tempdir().unwrap();
    let one = Api::with(kept(folder.path())).await;
    let two = Api::with_known(kept(folder.path()), one.running.credentials()).await;
    assert_eq!((session(&one, &two.token).await, session(&two, &one.token).await), (200, 200));
    let form = [("token", one.token.as_str())];
    assert_eq!(two.bare("POST", "/v1beta1/oauth2/revoke").basic("MSP_TECHNICIAN").form(&form).send().await.status, 200);
    assert_eq!((session(&one, &one.token).await, session(&two, &two.token).await), (401, 200));

    let mut owner = one.running.credentials()[0].clone();
    owner.client_secret = "wrong".to_owned();
    let mut statuses = Vec::new();
    for _ in 0..3 {
        for api in [&one, &two] {
            let wrong = api.bare("POST", "/v1beta1/oauth2/token").credential(&owner).form(&FORM);
            statuses.push(wrong.send().await.status);
        }
    }
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429]);
    for api in [&one, &two] {
        api.later(SignedDuration::from_secs(2));
    }
    assert_eq!(two.bare("POST", "/v1beta1/oauth2/token").basic("OWNER").form(&FORM).send().await.status, 200);
}

#[tokio::test]
async fn a_token_survives_a_restart_until_it_runs_out_and_is_then_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let api = Api::with(kept(folder.path())).await;
    let (token, credentials) = (api.token.clone(), api.running.credentials().to_vec());
    api.running.stop().await;
    let mut again = Api::with_known(kept(folder.path()), &credentials).await;
    again.token = token;
    assert_eq!(again.get("/v1beta1/session").await.status, 200);
    again.later(SignedDuration::from_secs(900));
    assert_eq!(again.get("/v1beta1/session").await.status, 401);
    again.sign_in("OWNER").await;
    let db = rusqlite::Connection::open(folder.path().join("w.db")).unwrap();
    let tokens: i64 = db.query_row("SELECT count(*) FROM tokens", [], |row| row.get(0)).unwrap();
    assert_eq!(tokens, 1);
}

#[tokio::test]
async fn secrets_of_the_file_are_kept_while_they_fit_and_replaced_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut api = Api::with(kept(folder.path())).await;
    let first = api.running.credentials().to_vec();
    let token = api.token.clone();
    assert!(!api.running.issue_credentials(&first).await.unwrap());
    assert_eq!(api.running.credentials(), first);
    let mut odd = first.clone();
    odd[2].client_secret = "lost".to_owned();
    assert!(api.running.issue_credentials(&odd).await.unwrap());
    let second = api.running.credentials().to_vec();
    assert_ne!(second[2].client_secret, first[2].client_secret);
    assert_eq!((&second[..2], &second[3..]), (&first[..2], &first[3..]));
    let old = api.bare("POST", "/v1beta1/oauth2/token").credential(&first[2]).form(&FORM).send().await;
    assert_eq!((old.status, api.get("/v1beta1/session").await.status), (401, 401), "with it go its tokens");
    api.sign_in("MSP_TECHNICIAN").await;
    assert!(token != api.token && api.get("/v1beta1/session").await.status == 200);
}

#[tokio::test]
async fn a_credential_of_the_process_acts_as_the_technician_and_ends_with_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (Api::with(kept(folder.path())).await, mspdash::server::start(kept(folder.path())).await.unwrap());
    let local = two.local_credential("view-only").await.unwrap();
    assert_eq!((local.role.as_str(), local.display_name.as_str()), ("VIEW_ONLY", "Rieke Lund"));
    let sign_in =
        |base: String| one.bare("POST", &format!("{base}/v1beta1/oauth2/token")).credential(&local).form(&FORM);
    assert_eq!(sign_in(one.running.base_url()).send().await.status, 401, "another server does not know it");
    let token = text(&sign_in(two.base_url()).send().await.ok(), "access_token");
    let bearer = format!("Bearer {token}");
    let session = one.bare("GET", "/v1beta1/session").header("authorization", &bearer).send().await.ok();
    assert_eq!(session["permissions"], json!(["VIEW_COMPANIES"]));
    two.change_access("view-only", AccessChange::Assign(Role::Nothing)).await.unwrap();
    two.change_access("view-only", AccessChange::Revoke).await.unwrap();
    assert_eq!(sign_in(two.base_url()).send().await.status, 401);
    let nobody = two.local_credential("janitor").await.unwrap_err().to_string();
    assert!(nobody.contains("janitor") && nobody.contains("VIEW_ONLY"), "{nobody}");
}
