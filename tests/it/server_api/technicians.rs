//! Technicians: added, enrolled by a code, changed and revoked; each write attributed, no code kept.

use super::client::{Api, Seen, text};
use jiff::SignedDuration;
use mspdash::domain::technician::{NewTechnician, Role};
use mspdash::server::{AccessChange, AccessError, Credential, Database, Options, change_access, technicians};
use serde_json::{Value, json};

const FORM: [(&str, &str); 1] = [("grant_type", "client_credentials")];

async fn as_owner(options: Options) -> Api {
    let mut api = Api::with(options).await;
    api.sign_in("OWNER").await;
    api
}

async fn add(api: &Api, name: &str, role: &str) -> Value {
    let email = format!("{}@harbour.example", name.to_lowercase().replace(' ', "."));
    let body = json!({"display_name": name, "email": email, "role": role});
    let seen = api.write("POST", "technicians").json(&body).send().await;
    assert_eq!(seen.status, 201, "{}", seen.text);
    let added = seen.json();
    assert_eq!(seen.header("location"), text(&added["technician"], "path"));
    added
}

async fn exchange(api: &Api, code: &str) -> Seen {
    api.bare("POST", "/v1beta1/enrolments").json(&json!({ "enrolment_code": code })).send().await
}

fn credential(seen: Seen) -> Credential {
    let body = seen.ok();
    let [client_id, client_secret] = ["client_id", "client_secret"].map(|field| text(&body, field));
    Credential { display_name: String::new(), role: String::new(), client_id, client_secret }
}

async fn sign_in(api: &Api, credential: &Credential) -> Seen {
    api.bare("POST", "/v1beta1/oauth2/token").credential(credential).form(&FORM).send().await
}

async fn session(api: &Api, token: &str) -> Seen {
    api.bare("GET", "/v1beta1/session").header("authorization", &format!("Bearer {token}")).send().await
}

/// What was done to technicians, newest first: who, what, to whom.
async fn trail(api: &Api) -> Vec<(String, String, String)> {
    let events = api.get("audit_events?max_page_size=30").await.ok()["results"].as_array().unwrap().clone();
    let words = ["TECHNICIAN", "ENROLMENT", "CREDENTIAL"];
    let about = |event: &&Value| words.iter().any(|word| text(event, "action").starts_with(word));
    let parts = |event: &Value| (text(&event["actor"], "display_name"), text(event, "action"), text(event, "target"));
    events.iter().filter(about).map(parts).collect()
}

#[tokio::test]
async fn a_technician_is_added_enrols_once_and_works_under_their_own_name() {
    let api = as_owner(Options::default()).await;
    let added = add(&api, "Mira Okafor", "MSP_TECHNICIAN").await;
    let (id, code) = (text(&added["technician"], "id"), text(&added, "enrolment_code"));
    assert_eq!(
        (&added["technician"]["state"], &added["expire_time"]),
        (&json!("PENDING"), &json!("2026-11-22T12:15:00Z"))
    );
    // As somebody types it who reads it from a screen.
    let typed = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    let mira = credential(exchange(&api, &typed).await);
    assert_eq!(mira.client_id, id);
    let again = exchange(&api, &code).await;
    assert_eq!((again.status, again.code().as_str()), (410, "ENROLMENT_CODE_EXPIRED"));

    let token = text(&sign_in(&api, &mira).await.ok(), "access_token");
    let seen = session(&api, &token).await.ok();
    assert_eq!(seen["technician"]["display_name"], "Mira Okafor");
    assert!(!seen["permissions"].as_array().unwrap().contains(&json!("MANAGE_TECHNICIANS")));
    let one = api.get(&format!("technicians/{id}")).await.ok();
    assert_eq!((&one["state"], &one["sign_in_time"]), (&json!("ACTIVE"), &json!("2026-11-22T12:00:00Z")));
    assert!(one.get("enrolment_expire_time").is_none());
    let done = |who: &str, what: &str| (who.to_owned(), what.to_owned(), "Mira Okafor".to_owned());
    assert_eq!(trail(&api).await, [done("Mira Okafor", "TECHNICIAN_ENROLLED"), done("Ida Harms", "TECHNICIAN_ADDED")]);
}

#[tokio::test]
async fn a_code_runs_out_after_a_quarter_of_an_hour_and_ends_with_the_next_one() {
    let api = as_owner(Options::default()).await;
    let added = add(&api, "Mira Okafor", "VIEW_ONLY").await;
    let enrol = format!("technicians/{}:enrol", text(&added["technician"], "id"));
    let second = text(&api.write("POST", &enrol).send().await.ok(), "enrolment_code");
    assert_eq!(exchange(&api, &text(&added, "enrolment_code")).await.status, 410, "the newer one counts");
    api.later(SignedDuration::from_mins(15));
    assert_eq!(exchange(&api, &second).await.status, 410);
    let mut api = api;
    api.sign_in("OWNER").await;
    let third = text(&api.write("POST", &enrol).send().await.ok(), "enrolment_code");
    assert_eq!(exchange(&api, &third).await.status, 200);
    for wrong in ["", "K7QM", "K7QM-2RWX-9HT!", "K7QM-2RWX-9HTB-1"] {
        let seen = exchange(&api, wrong).await;
        assert_eq!((seen.status, seen.fields()), (400, vec!["enrolment_code".to_owned()]), "{wrong}");
    }
}

#[tokio::test]
async fn guessing_codes_is_slowed() {
    let api = as_owner(Options::default()).await;
    let mut statuses = Vec::new();
    for _ in 0..7 {
        statuses.push(exchange(&api, "K7QM-2RWX-9HTB").await.status);
    }
    assert_eq!(statuses, [410, 410, 410, 410, 410, 429, 429]);
    api.later(SignedDuration::from_secs(2));
    let code = text(&add(&api, "Mira Okafor", "VIEW_ONLY").await, "enrolment_code");
    assert_eq!(exchange(&api, &code).await.status, 200);
}

#[tokio::test]
async fn a_repeated_request_adds_one_and_its_code_is_the_last_one_told() {
    let api = as_owner(Options::default()).await;
    let body = json!({"display_name": "Mira", "email": "mira@harbour.example", "role": "VIEW_ONLY"});
    let ask = || api.ask("POST", "technicians").header("idempotency-key", "one").json(&body).send();
    let (first, second) = (ask().await, ask().await);
    assert_eq!((first.status, second.status), (201, 201));
    let (first, second) = (first.json(), second.json());
    assert_eq!(first["technician"], second["technician"]);
    assert_eq!(exchange(&api, &text(&first, "enrolment_code")).await.status, 410, "its answer may have been lost");
    assert_eq!(exchange(&api, &text(&second, "enrolment_code")).await.status, 200);
    assert!(ask().await.json().get("enrolment_code").is_none(), "there is nothing left to enrol with");
    let dry = json!({"display_name": "Ole", "email": "ole@harbour.example", "role": "OWNER"});
    let dry = api.write("POST", "technicians?validate_only=true").json(&dry).send().await.ok();
    assert!(dry.get("enrolment_code").is_none() && dry["technician"]["state"] == "PENDING");
    assert_eq!(api.get("technicians").await.ok()["total_size"], 6, "nobody was added");
}

#[tokio::test]
async fn rotation_ends_the_credential_at_once_and_revocation_for_good() {
    let api = as_owner(Options::default()).await;
    let added = add(&api, "Mira Okafor", "ADMINISTRATOR").await;
    let path = format!("technicians/{}", text(&added["technician"], "id"));
    let first = credential(exchange(&api, &text(&added, "enrolment_code")).await);
    let token = text(&sign_in(&api, &first).await.ok(), "access_token");
    let rotated = api.write("POST", &format!("{path}:rotate")).send().await.ok();
    assert_eq!(rotated["technician"]["state"], "PENDING");
    assert_eq!((session(&api, &token).await.status, sign_in(&api, &first).await.status), (401, 401));
    let second = credential(exchange(&api, &text(&rotated, "enrolment_code")).await);
    let token = text(&sign_in(&api, &second).await.ok(), "access_token");
    // A further code leaves the credential alone until it is used.
    let open = text(&api.write("POST", &format!("{path}:enrol")).send().await.ok(), "enrolment_code");
    assert_eq!(session(&api, &token).await.status, 200);
    assert_eq!(api.write("POST", &format!("{path}:revoke")).send().await.ok()["state"], "REVOKED");
    assert_eq!((session(&api, &token).await.status, sign_in(&api, &second).await.status), (401, 401));
    assert_eq!(exchange(&api, &open).await.status, 410, "and so is a code");
    // Their address is free again.
    add(&api, "Mira Okafor", "VIEW_ONLY").await;
}

#[tokio::test]
async fn roles_change_for_owners_alone_bound_to_a_revision_and_never_the_last_owner() {
    let mut api = as_owner(Options::default()).await;
    let team = api.get("technicians").await.ok()["results"].clone();
    let (owner, tomma) = (&team[0], &team[2]);
    let path = |who: &Value| format!("technicians/{}", who["id"].as_str().unwrap());
    let role = |who: &Value, etag: &str, role: &str| {
        api.write("PATCH", &path(who)).header("if-match", etag).json(&json!({ "role": role })).send()
    };
    let etag = text(tomma, "etag");
    assert_eq!(role(tomma, &etag, "OWNER").await.ok()["role"], "OWNER");
    assert_eq!(role(tomma, &etag, "VIEW_ONLY").await.code(), "PRECONDITION_FAILED");
    let seen = role(tomma, &etag, "NO_MFA").await;
    assert_eq!((seen.status, seen.fields()), (400, vec!["role".to_owned()]));
    // Two owners: one of them may go.
    assert_eq!(role(owner, &text(owner, "etag"), "VIEW_ONLY").await.status, 200);
    assert_eq!(api.get("technicians").await.code(), "PERMISSION_DENIED", "from the next request on");
    api.sign_in("MSP_TECHNICIAN").await;
    let etag = text(&api.get(&path(tomma)).await.ok(), "etag");
    let last =
        api.write("PATCH", &path(tomma)).header("if-match", &etag).json(&json!({"role": "VIEW_ONLY"})).send().await;
    assert_eq!((last.status, last.code().as_str()), (409, "LAST_OWNER"));
    assert!(last.text.contains("Tomma Petersen is the last owner"), "{}", last.text);
    assert_eq!(api.write("POST", &format!("{}:revoke", path(tomma))).send().await.code(), "LAST_OWNER");
}

#[tokio::test]
async fn on_the_servers_machine_it_works_beside_a_running_server_and_says_who_did_it() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::File(folder.path().join("w.db"));
    let api = as_owner(Options { database: database.clone(), sample_size: 3, ..Options::default() }).await;
    let new = NewTechnician { display_name: "Mira Okafor".into(), email: "mira@x.example".into(), role: Role::Owner };
    let change = |who: &str, change: AccessChange| change_access(&database, who, &change, "anna");
    let added = change("", AccessChange::Add(new)).unwrap();
    let mira = credential(exchange(&api, added.code.unwrap().reveal()).await);
    assert_eq!(sign_in(&api, &mira).await.status, 200);
    let team = technicians(&database).unwrap();
    assert_eq!((team.len(), team[5].role.clone(), team[5].sign_in_time), (6, Role::Owner, Some(api.now())));
    change("mira@x.example", AccessChange::Assign(Role::ViewOnly)).unwrap();
    change("Mira Okafor", AccessChange::Enrol { rotate: true }).unwrap();
    assert_eq!(sign_in(&api, &mira).await.status, 401);
    change(&mira.client_id, AccessChange::Revoke).unwrap();
    let nobody = change("janitor", AccessChange::Revoke).unwrap_err();
    assert!(matches!(nobody, AccessError::Nobody { .. }), "{nobody}");
    let trail = trail(&api).await;
    assert_eq!(trail[1], ("Server operator (anna)".into(), "CREDENTIAL_ROTATED".into(), "Mira Okafor".into()));
    assert_eq!(trail[2].2, "Mira Okafor: VIEW_ONLY");
    assert_eq!(trail.len(), 5);
}

#[tokio::test]
async fn the_last_owner_stays_on_the_servers_machine_too_unless_of_the_sample() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::File(folder.path().join("w.db"));
    let api = as_owner(Options { database: database.clone(), sample_size: 3, ..Options::default() }).await;
    let change = |who: &str, change: AccessChange| change_access(&database, who, &change, "anna");
    let new = NewTechnician { display_name: "Mira".into(), email: "mira@x.example".into(), role: Role::Owner };
    let code = change("", AccessChange::Add(new)).unwrap().code.unwrap();
    change("owner", AccessChange::Revoke).unwrap();
    // Who has a code alone lets nobody in.
    credential(exchange(&api, code.reveal()).await);
    for last in [AccessChange::Revoke, AccessChange::Assign(Role::ViewOnly), AccessChange::Enrol { rotate: true }] {
        let refused = change("mira@x.example", last).unwrap_err();
        assert!(refused.to_string().contains("last owner"), "{refused}");
    }
    change("owner", AccessChange::Restore).unwrap();
    change("mira@x.example", AccessChange::Revoke).unwrap();
}
