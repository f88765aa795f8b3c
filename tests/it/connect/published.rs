//! The published shapes as files: each says how certain it is, and the adapter reads all of them.

use mspdash::connect::events_api::{AuditEvent, Recorded, SignIn, shapes};
use mspdash::connect::users_api::Person;
use mspdash::connect::users_api::shapes::{Page, User};
use mspdash::domain::people::PersonState;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// What nobody has confirmed. A file that is recorded one day leaves this list.
const ASSUMED: [&str; 11] = [
    "events/audit_application.json",
    "events/audit_empty.json",
    "events/audit_member.json",
    "events/audit_unknown.json",
    "events/error_cursor.json",
    "events/sign_in_federated.json",
    "users/error_events.json",
    "users/error_older_events.json",
    "users/error_rpc.json",
    "users/other_state.json",
    "users/token.json",
];

/// Path below `tests/published`, grade, body.
fn files() -> BTreeMap<String, (String, Value)> {
    let mut files = BTreeMap::new();
    let folders = ["events", "users"].map(|api| fs::read_dir(format!("tests/published/{api}")).unwrap());
    for entry in folders.into_iter().flatten() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let (first, body) = text.split_once('\n').unwrap();
        let grade = first.strip_prefix("// ").unwrap().split(' ').next().unwrap().to_owned();
        let name = path.strip_prefix("tests/published").unwrap().to_str().unwrap().to_owned();
        files.insert(name, (grade, serde_json::from_str(body).unwrap()));
    }
    files
}

fn body<T: serde::de::DeserializeOwned>(name: &str) -> T {
    serde_json::from_value(files()[name].1.clone()).unwrap()
}

#[test]
fn each_file_says_how_certain_it_is_and_none_that_is_assumed_is_forgotten() {
    let files = files();
    for (name, (grade, _)) in &files {
        assert!(["RECORDED", "DOCUMENTED", "ASSUMED"].contains(&grade.as_str()), "{name}: {grade}");
    }
    let assumed: Vec<_> = files.iter().filter(|(_, (grade, _))| grade == "ASSUMED").map(|(name, _)| name).collect();
    assert_eq!(assumed, ASSUMED);
    let told = fs::read_to_string("docs/real-1password.md").unwrap();
    for name in ASSUMED {
        assert!(told.contains(name), "docs/real-1password.md does not name {name}");
    }
}

#[test]
fn a_list_and_a_person_are_read_as_they_are_published() {
    let page: Page = body("users/list.json");
    assert_eq!(page.next_page_token.as_deref(), Some("b3BhcXVl"));
    let person: Person = page.results.into_iter().next().unwrap().try_into().unwrap();
    assert_eq!((person.display_name.as_str(), person.state), ("Ada Pike", PersonState::Active));
    assert_eq!(person.create_time.unwrap().to_string(), "2026-01-05T10:00:00Z");
    let last: Page = body("users/last_page.json");
    assert_eq!((last.next_page_token, last.results.len()), (None, 1));
    let suspended: Person = body::<User>("users/user.json").try_into().unwrap();
    assert_eq!(suspended.state, PersonState::Suspended);
}

#[test]
fn an_unknown_state_is_kept_and_an_unknown_time_is_none() {
    let person: Person = body::<User>("users/other_state.json").try_into().unwrap();
    assert_eq!(person.state, PersonState::Other("STATE_UNSPECIFIED".into()));
    assert_eq!(person.create_time, None);
}

#[test]
fn a_token_is_introspected_with_and_without_its_account() {
    let told: shapes::Introspection = body("events/introspect.json");
    assert_eq!(told.account_uuid.as_deref(), Some(super::ACME));
    assert_eq!(told.features, ["auditevents", "signinattempts"]);
    let older: shapes::Introspection = body("events/introspect_older.json");
    assert_eq!((older.account_uuid, older.issued_at.as_deref()), (None, Some("2025-03-05T16:32:50-03:00")));
}

fn first<E: Recorded>(page: &shapes::Page) -> E {
    E::read(&page.items[0]).unwrap()
}

#[test]
fn events_are_read_as_they_are_published() {
    let page: shapes::Page = body("events/audit_events.json");
    assert!(page.has_more && !page.cursor.is_empty());
    let event: AuditEvent = first(&page);
    assert_eq!(event.stamp.time.to_string(), "2026-11-24T13:41:03.12Z", "five hours west");
    assert_eq!((event.actor.name.as_str(), event.actor.external), ("Mira Okafor", true));
    assert_eq!((event.action().as_str(), event.target().as_deref()), ("RECOVERY_BEGUN", Some("Ada Pike")));
    assert!(AuditEvent::read(&page.items[1]).unwrap().is_private());
    assert!(body::<shapes::Page>("events/audit_empty.json").items.is_null());
    let page: shapes::Page = body("events/sign_in_attempts.json");
    let failed: SignIn = first(&page);
    assert_eq!(failed.action().unwrap().as_str(), "SIGN_IN_FAILED");
    assert_eq!(failed.why().as_deref(), Some("credentials failed: password secret bad"));
    assert_eq!(failed.client.as_deref(), Some("1Password for Web 1827"));
    assert!(!format!("{failed:?} {event:?}").contains("203.0.113"), "no network address is read");
}

#[test]
fn what_is_assumed_of_events_is_read() {
    let event = |name: &str| AuditEvent::read(&body(name)).unwrap();
    let joined = event("events/audit_member.json");
    assert_eq!((joined.action().as_str(), joined.actor.external), ("MEMBER_ADDED", false));
    assert_eq!(joined.target().as_deref(), Some("Ada Pike, xzoqgdxqhnqhpm5q3xqjxqk5wm"));
    let suspended = event("events/audit_application.json");
    assert_eq!((suspended.action().as_str(), suspended.actor.name.as_str()), ("PERSON_SUSPENDED", ""));
    let unknown = event("events/audit_unknown.json");
    assert_eq!((unknown.action().as_str(), unknown.target()), ("TELEPORT_SPACESHIP", None));
    let launched = SignIn::read(&body("events/sign_in_federated.json")).unwrap();
    assert_eq!((launched.action().unwrap().as_str(), launched.user.name.as_str()), ("COMPANY_LAUNCHED", "Mira Okafor"));
}

#[test]
fn a_page_without_its_fields_is_none() {
    for body in [r#"{"items":[]}"#, r#"{"cursor":"c","items":[]}"#, r#"{"cursor":"c","has_more":false}"#, "[]"] {
        assert!(serde_json::from_str::<shapes::Page>(body).is_err(), "{body}");
    }
}

#[test]
fn a_list_of_another_name_is_no_empty_list() {
    for body in [r#"{"users":[]}"#, "{}", r#"{"results":null}"#, "[]"] {
        assert!(serde_json::from_str::<Page>(body).is_err(), "{body}");
    }
}

#[test]
fn what_is_no_id_is_refused() {
    for id in ["", "short", "../../../etc/passwdAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAA/"] {
        let user: User = serde_json::from_value(serde_json::json!({ "id": id })).unwrap();
        assert!(Person::try_from(user).is_err(), "{id}");
    }
}
