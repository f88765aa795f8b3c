//! Groups and people: who may become what, what is counted, and what is refused.

use super::client::{Api, Seen, text};
use mspdash::domain::people::Person;
use mspdash::server::{Database, Options};
use mspdash::wire::people::User;
use serde_json::{Value, json};

/// One company, asked about again and again.
pub struct Home<'a> {
    pub api: &'a Api,
    pub path: String,
}

impl<'a> Home<'a> {
    pub async fn of(api: &'a Api, name: &str) -> Self {
        Self { api, path: format!("companies/{}", text(&api.named(name).await, "id")) }
    }

    pub async fn company(&self) -> Value {
        self.api.get(&self.path).await.ok()
    }

    pub async fn people(&self) -> Vec<Value> {
        let page = self.api.get(&format!("{}/users?max_page_size=1000", self.path)).await.ok();
        page["results"].as_array().unwrap().clone()
    }

    /// The first person who fits.
    pub async fn who(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        self.people().await.into_iter().find(|person| wanted(person)).unwrap()
    }

    pub async fn group(&self, kind: &str) -> String {
        let groups = self.api.get(&format!("{}/groups", self.path)).await.ok()["results"].clone();
        text(groups.as_array().unwrap().iter().find(|group| group["kind"] == kind).unwrap(), "id")
    }

    pub async fn join(&self, kind: &str, person: &Value) -> Seen {
        let path = format!("{}/groups/{}/members", self.path, self.group(kind).await);
        self.api.write("POST", &path).json(&json!({"user_id": person["id"]})).send().await
    }

    pub async fn leave(&self, kind: &str, person: &Value) -> Seen {
        let path = format!("{}/groups/{}/members/{}", self.path, self.group(kind).await, text(person, "id"));
        self.api.write("DELETE", &path).send().await
    }

    pub async fn act(&self, act: &str, person: &Value) -> Seen {
        let path = format!("{}/users/{}:{act}", self.path, text(person, "id"));
        self.api.write("POST", &path).header("if-match", &text(person, "etag")).send().await
    }

    /// The company's counted fields are what its people are.
    pub async fn adds_up(&self) {
        let company = self.company().await;
        let users: Vec<User> = serde_json::from_value(Value::Array(self.people().await)).unwrap();
        let people: Vec<Person> = users.into_iter().map(|user| user.try_into().unwrap()).collect();
        let count = |wanted: &dyn Fn(&&Person) -> bool| people.iter().filter(wanted).count();
        assert_eq!(company["seats"]["filled"], count(&|person| person.fills_seat()));
        let seats = &company["seats"];
        assert_eq!(seats["members"].as_u64().unwrap() + seats["guests"].as_u64().unwrap(), seats["filled"]);
        assert_eq!(company["owners"]["confirmed"], count(&|person| person.is_confirmed_owner()));
        let recovering = count(&|person| person.state.as_str().starts_with("RECOVERY"));
        assert_eq!(company["open_recoveries"], recovering);
        let waiting = count(&|person| person.state.as_str() == "RECOVERY_AWAITING_COMPLETION") > 0;
        let attention = company["attention"].as_array().unwrap();
        assert_eq!(attention.contains(&json!("RECOVERY_WAITING")), waiting, "{attention:?}");
    }
}

pub fn is_in(person: &Value, kind: &str) -> bool {
    person["groups"].as_array().unwrap().iter().any(|group| group["kind"] == kind)
}

/// An active member who is neither owner nor administrator.
pub fn plain(person: &Value) -> bool {
    person["type"] == "MEMBER"
        && person["state"] == "ACTIVE"
        && !is_in(person, "OWNERS")
        && !is_in(person, "ADMINISTRATORS")
}

fn technician(person: &Value) -> bool {
    person["type"] == "EXTERNAL_ACCOUNT_MANAGER"
}

#[track_caller]
fn refused(seen: &Seen, status: u16, code: &str) {
    assert_eq!((seen.status, seen.code().as_str()), (status, code), "{}", seen.text);
}

#[tokio::test]
async fn an_owner_is_made_and_unmade_and_the_company_follows() {
    let api = Api::start().await;
    let home = Home::of(&api, "Zielona Łąka Sp. z o.o.").await;
    let before = home.company().await;
    assert_eq!((&before["owners"]["confirmed"], &before["attention"]), (&json!(1), &json!(["SINGLE_OWNER"])));
    let since = text(&api.get("companies?max_page_size=1").await.ok(), "change_token");
    let person = home.who(plain).await;
    let owner = home.join("OWNERS", &person).await.ok();
    assert!(is_in(&owner, "OWNERS") && is_in(&owner, "TEAM_MEMBERS"));
    assert_ne!(owner["etag"], person["etag"]);
    let after = home.company().await;
    assert_eq!((&after["owners"]["confirmed"], &after["attention"]), (&json!(2), &json!([])));
    assert_ne!(after["etag"], before["etag"]);
    let changes = api.get(&format!("companies:changes?since={since}")).await.ok();
    assert_eq!(changes["results"], json!([after]));
    assert_eq!(home.join("OWNERS", &person).await.ok(), owner, "once more is the same");
    assert_eq!(home.company().await, after, "and changes nothing");
    home.adds_up().await;
    let again = home.leave("OWNERS", &owner).await.ok();
    assert_eq!(again["groups"], person["groups"]);
    assert_eq!(home.leave("OWNERS", &owner).await.ok(), again);
    assert_eq!(home.company().await["owners"]["confirmed"], 1);
    assert!(is_in(&home.join("CUSTOM", &again).await.ok(), "CUSTOM"));
    home.adds_up().await;
}

#[tokio::test]
async fn the_last_owner_stays() {
    let api = Api::start().await;
    let home = Home::of(&api, "Zielona Łąka Sp. z o.o.").await;
    let owner = home.who(|person| is_in(person, "OWNERS")).await;
    let before = home.company().await;
    refused(&home.leave("OWNERS", &owner).await, 409, "LAST_OWNER");
    refused(&home.act("suspend", &owner).await, 409, "LAST_OWNER");
    assert_eq!(home.company().await, before, "a refusal leaves no trace");
    let second = home.who(plain).await;
    home.join("OWNERS", &second).await.ok();
    let gone = home.act("suspend", &owner).await.ok();
    assert_eq!(home.company().await["owners"]["confirmed"], 1, "who is suspended is no confirmed owner");
    home.leave("OWNERS", &gone).await.ok();
    refused(&home.leave("OWNERS", &second).await, 409, "LAST_OWNER");
    home.adds_up().await;
}

#[tokio::test]
async fn technicians_guests_and_the_deleted_join_no_group() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let expert = home.who(technician).await;
    for kind in ["OWNERS", "ADMINISTRATORS", "TEAM_MEMBERS", "EXTERNAL_ACCOUNT_MANAGERS"] {
        refused(&home.join(kind, &expert).await, 409, "TECHNICIAN_NOT_ALLOWED");
    }
    let person = home.who(plain).await;
    refused(&home.join("EXTERNAL_ACCOUNT_MANAGERS", &person).await, 409, "TECHNICIAN_NOT_ALLOWED");
    refused(&home.leave("EXTERNAL_ACCOUNT_MANAGERS", &expert).await, 409, "TECHNICIAN_NOT_ALLOWED");
    let guest = home.who(|person| person["type"] == "GUEST").await;
    refused(&home.join("OWNERS", &guest).await, 409, "WRONG_STATE");
    for company in api.companies("", 1000).await.iter().filter(|company| company["state"] == "ACTIVE") {
        let home = Home { api: &api, path: format!("companies/{}", text(company, "id")) };
        let deleted = home.people().await.into_iter().find(|person| person["state"] == "DELETED");
        if let Some(deleted) = deleted {
            refused(&home.join("OWNERS", &deleted).await, 409, "WRONG_STATE");
            return;
        }
    }
    panic!("nobody is deleted");
}

#[tokio::test]
async fn a_technician_among_the_owners_can_be_taken_out() {
    let api = Api::start().await;
    let home = Home::of(&api, "Bright & Söhne KG").await;
    let expert = home.who(|person| is_in(person, "OWNERS")).await;
    assert!(technician(&expert) && expert["advanced_granted"].is_boolean());
    assert!(!is_in(&home.leave("OWNERS", &expert).await.ok(), "OWNERS"));
    assert_eq!(home.company().await["owners"], json!({"confirmed": 0, "invited": 0}));
}

#[tokio::test]
async fn who_is_suspended_fills_no_seat_until_they_are_back() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let person = home.who(plain).await;
    let suspended = home.act("suspend", &person).await.ok();
    assert_eq!(suspended["state"], "SUSPENDED");
    assert_eq!(home.company().await["seats"]["filled"], 41);
    home.adds_up().await;
    refused(&home.act("suspend", &suspended).await, 409, "WRONG_STATE");
    refused(&home.act("reactivate", &person).await, 412, "PRECONDITION_FAILED");
    let back = home.act("reactivate", &suspended).await.ok();
    assert_eq!((&back["state"], &home.company().await["seats"]["filled"]), (&json!("ACTIVE"), &json!(42)));
    refused(&home.act("reactivate", &back).await, 409, "WRONG_STATE");
    let path = format!("{}/users/{}:suspend", home.path, text(&person, "id"));
    refused(&api.write("POST", &path).send().await, 428, "PRECONDITION_REQUIRED");
    let dry = api.write("POST", &format!("{path}?validate_only=true")).header("if-match", &text(&back, "etag"));
    assert_eq!(dry.send().await.ok()["state"], "SUSPENDED");
    assert_eq!(home.who(|found| found["id"] == person["id"]).await, back, "nothing happened");
    let guest = home.who(|person| person["type"] == "GUEST").await;
    home.act("suspend", &guest).await.ok();
    assert_eq!(home.company().await["seats"], json!({"filled": 41, "limit": 50, "members": 39, "guests": 2}));
    let invited = home.who(|person| person["state"] == "INVITED").await;
    refused(&home.act("suspend", &invited).await, 409, "WRONG_STATE");
}

#[tokio::test]
async fn a_lost_answer_is_had_again_by_the_same_key() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let person = home.who(plain).await;
    let path = format!("{}/users/{}:suspend", home.path, text(&person, "id"));
    let ask = |path: String| {
        let ask = api.ask("POST", &path).header("idempotency-key", "lost").header("if-match", &text(&person, "etag"));
        ask.send()
    };
    let first = ask(path.clone()).await.ok();
    assert_eq!(ask(path.clone()).await.ok(), first);
    refused(&ask(path.replace(":suspend", ":beginRecovery")).await, 422, "IDEMPOTENCY_KEY_REUSED");
}

#[tokio::test]
async fn what_is_not_there_or_not_allowed_is_said() {
    let mut api = Api::start().await;
    let gone = Home::of(&api, "Pelican Print Ltd").await;
    let person = gone.who(|person| is_in(person, "OWNERS")).await;
    refused(&gone.join("ADMINISTRATORS", &person).await, 409, "WRONG_STATE");
    refused(&gone.leave("OWNERS", &person).await, 409, "WRONG_STATE");
    refused(&gone.act("suspend", &person).await, 409, "WRONG_STATE");
    let home = Home::of(&api, "Brightwater GmbH").await;
    let seen = home.join("OWNERS", &json!({"id": "A".repeat(26)})).await;
    assert_eq!((seen.status, seen.fields()), (400, vec!["user_id".to_owned()]));
    let seen = home.join("OWNERS", &json!({"id": null})).await;
    assert_eq!(seen.fields(), ["user_id"]);
    let nowhere = format!("{}/groups/{}/members", home.path, "A".repeat(26));
    let person = home.who(plain).await;
    let ask = api.write("POST", &nowhere).json(&json!({"user_id": person["id"]}));
    refused(&ask.send().await, 404, "NOT_FOUND");
    let nobody = format!("{}/users/{}:suspend", home.path, "A".repeat(26));
    refused(&api.write("POST", &nobody).header("if-match", "x").send().await, 404, "NOT_FOUND");
    let path = home.path.clone();
    api.sign_in("VIEW_ONLY").await;
    let home = Home { api: &api, path };
    refused(&home.act("suspend", &person).await, 403, "PERMISSION_DENIED");
    refused(&home.join("OWNERS", &person).await, 403, "PERMISSION_DENIED");
}

#[tokio::test]
async fn companies_beyond_the_made_ones_are_changed_like_all() {
    let api = Api::with(Options { sample_size: 2060, ..Options::default() }).await;
    let all = api.companies("", 1000).await;
    // The people of the last ones are made when somebody asks.
    let number = |company: &Value| {
        let website = text(company, "website");
        website.strip_prefix("client-")?.strip_suffix(".example")?.parse::<u32>().ok()
    };
    let late = |company: &&Value| company["state"] == "ACTIVE" && number(company).is_some_and(|number| number > 2000);
    let company = all.iter().find(late).unwrap();
    let home = Home { api: &api, path: format!("companies/{}", text(company, "id")) };
    let owner = home.who(|person| is_in(person, "OWNERS")).await;
    let added = home.join("ADMINISTRATORS", &owner).await.ok();
    assert!(is_in(&added, "ADMINISTRATORS"));
    home.adds_up().await;
}

#[tokio::test]
async fn every_change_leaves_one_event_that_names_the_person() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("w.db");
    let api = Api::with(Options { database: Database::File(file.clone()), ..Options::default() }).await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let person = home.who(plain).await;
    let path = format!("{}/groups/{}/members?validate_only=true", home.path, home.group("OWNERS").await);
    let dry = api.write("POST", &path).json(&json!({"user_id": person["id"]})).send().await.ok();
    assert!(is_in(&dry, "OWNERS") && !is_in(&home.who(|found| found["id"] == person["id"]).await, "OWNERS"));
    home.join("OWNERS", &person).await.ok();
    let there = home.join("OWNERS", &person).await.ok();
    let gone = home.leave("OWNERS", &there).await.ok();
    let suspended = home.act("suspend", &gone).await.ok();
    home.act("suspend", &suspended).await;
    let back = home.act("reactivate", &suspended).await.ok();
    let started = home.act("beginRecovery", &back).await.ok();
    home.act("cancelRecovery", &started).await.ok();
    let db = rusqlite::Connection::open(&file).unwrap();
    // What the sample says of earlier days lies before.
    let sql = "SELECT action, target FROM audit_events WHERE company_name = ? AND time >= ? ORDER BY n";
    let mut statement = db.prepare(sql).unwrap();
    let now = api.now().as_millisecond();
    let rows = statement.query_map(("Brightwater GmbH", now), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let events: Vec<(String, String)> = rows.map(Result::unwrap).collect();
    let name = text(&person, "display_name");
    let owners = format!("Owners: {name}");
    let wanted = [
        ("MEMBER_ADDED", &owners),
        ("MEMBER_REMOVED", &owners),
        ("PERSON_SUSPENDED", &name),
        ("PERSON_REACTIVATED", &name),
        ("RECOVERY_BEGUN", &name),
        ("RECOVERY_CANCELLED", &name),
    ];
    assert_eq!(events, wanted.map(|(action, target)| (action.to_owned(), target.clone())));
}
