//! The published shapes as files: each says how certain it is, and the adapter reads all of them.

use mspdash::connect::users_api::Person;
use mspdash::connect::users_api::shapes::{Page, User};
use mspdash::domain::people::PersonState;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// What nobody has confirmed. A file that is recorded one day leaves this list.
const ASSUMED: [&str; 5] = [
    "users/error_events.json",
    "users/error_older_events.json",
    "users/error_rpc.json",
    "users/other_state.json",
    "users/token.json",
];

/// Path below `tests/published`, grade, body.
fn files() -> BTreeMap<String, (String, Value)> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir("tests/published/users").unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let (first, body) = text.split_once('\n').unwrap();
        let grade = first.strip_prefix("// ").unwrap().split(' ').next().unwrap().to_owned();
        let name = format!("users/{}", path.file_name().unwrap().to_str().unwrap());
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
