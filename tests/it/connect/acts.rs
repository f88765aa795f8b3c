//! Suspending and reactivating through the Users API, and somebody who leaves.

use super::server::Desk;
use super::{ACME, id, new_source};
use mspdash::demo_1password::{Call, Fault, Right};
use mspdash::server::sources::NewSource;
use serde_json::{Value, json};

impl Desk {
    /// Somebody by their place in the list.
    async fn person(&self, place: usize) -> Value {
        self.people().await[place].clone()
    }

    async fn act(&self, verb: &str, person: &Value, key: &str) -> crate::server_api::client::Seen {
        let path = format!("companies/{}/users/{}:{verb}", self.acme, person["id"].as_str().unwrap());
        let ask = self.api.ask("POST", &path).header("idempotency-key", key);
        ask.header("if-match", person["etag"].as_str().unwrap()).send().await
    }

    fn there(&self, place: usize) -> String {
        self.bench.fake.world.change(ACME, |account| account.people[place].state.clone()).unwrap()
    }

    fn acts(&self) -> usize {
        self.bench.fake.world.calls(Call::Act)
    }
}

#[tokio::test]
async fn what_is_done_is_read_back_kept_and_told_with_the_technicians_name() {
    let desk = Desk::connected().await;
    let suspended = desk.act("suspend", &desk.person(1).await, "1").await.ok();
    assert_eq!((suspended["state"].as_str(), desk.there(1).as_str()), (Some("SUSPENDED"), "SUSPENDED"));
    assert_eq!(desk.bench.fake.world.calls(Call::Get), 1, "read back");
    assert_eq!(desk.company().await["seats"], json!({ "filled": 2 }));
    let events = desk.api.get("audit_events").await.ok();
    let event = &events["results"][0];
    assert_eq!((&event["action"], &event["target"]), (&json!("PERSON_SUSPENDED"), &json!("Tom Baker")));
    assert_eq!(event["actor"]["display_name"], "Mira Okafor");
    let back = desk.act("reactivate", &suspended, "2").await.ok();
    assert_eq!((back["state"].as_str(), desk.there(1).as_str()), (Some("ACTIVE"), "ACTIVE"));
    assert_eq!(desk.company().await["seats"], json!({ "filled": 3 }));
}

/// The answer of the first is given again, even if somebody has undone it meanwhile.
#[tokio::test]
async fn a_repeated_request_is_carried_out_once() {
    let desk = Desk::connected().await;
    let tom = desk.person(1).await;
    let first = desk.act("suspend", &tom, "1").await.ok();
    desk.bench.fake.world.change(ACME, |account| account.people[1].state = "ACTIVE".into());
    assert_eq!(desk.act("suspend", &tom, "1").await.ok(), first);
    assert_eq!((desk.acts(), desk.there(1).as_str()), (1, "ACTIVE"));
    assert_eq!(desk.act("suspend", &tom, "2").await.status, 412, "it is about an older revision");
    let already = desk.act("suspend", &first, "3").await;
    assert_eq!((already.status, already.code().as_str()), (409, "WRONG_STATE"));
}

#[tokio::test]
async fn a_request_that_is_repeated_while_it_is_under_way_has_the_same_answer() {
    let desk = Desk::connected().await;
    let tom = desk.person(1).await;
    let (one, two) = tokio::join!(desk.act("suspend", &tom, "1"), desk.act("suspend", &tom, "1"));
    assert_eq!(one.ok(), two.ok());
    assert_eq!(desk.acts(), 1);
}

#[tokio::test]
async fn what_did_not_happen_is_not_said_done() {
    let desk = Desk::connected().await;
    let before = desk.people().await;
    let tom = before[1].clone();
    desk.bench.fake.world.fail(Call::Act, Fault::NoEffect, 1);
    let refused = desk.act("suspend", &tom, "1").await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "NOT_DONE"));
    let owner = desk.act("suspend", &before[0], "2").await;
    assert_eq!((owner.status, owner.code().as_str()), (409, "SOURCE_FAILED"), "1Password keeps the last owner");
    assert!(owner.text.contains("cannot be suspended"), "{}", owner.text);
    desk.bench.fake.world.fail(Call::Act, Fault::Answer(200, "{}"), 1);
    let odd = desk.act("suspend", &tom, "odd").await;
    assert_eq!((odd.status, odd.code().as_str()), (409, "SOURCE_FAILED"));
    assert!(odd.text.contains("not known"), "it may have been done: {}", odd.text);
    desk.bench.fake.world.fail(Call::Act, Fault::Answer(503, ""), 9);
    let away = desk.act("suspend", &tom, "3").await;
    assert_eq!(away.status, 503);
    assert!(away.text.contains("not known") && !away.header("retry-after").is_empty(), "{}", away.text);
    desk.bench.fake.world.clear_faults();
    desk.bench.fake.world.change(ACME, |account| account.applications[0].rights = vec![Right::List, Right::Get]);
    let lacking = desk.act("suspend", &tom, "4").await;
    assert_eq!((lacking.status, lacking.code().as_str()), (409, "SOURCE_FAILED"));
    assert!(lacking.text.contains("Give the OAuth application this permission"), "{}", lacking.text);
    assert_eq!(desk.people().await, before);
    let events = desk.api.get("audit_events").await.ok();
    assert_eq!(events["results"][0]["action"], "SOURCE_CONNECTED", "nothing was done");
}

#[tokio::test]
async fn who_may_only_list_reads_back_out_of_the_list() {
    let desk = Desk::connected().await;
    let rights = vec![Right::List, Right::Suspend];
    desk.bench.fake.world.change(ACME, |account| account.applications[0].rights = rights);
    let suspended = desk.act("suspend", &desk.person(1).await, "1").await.ok();
    assert_eq!(suspended["state"], "SUSPENDED");
}

#[tokio::test]
async fn a_rehearsal_asks_nobody() {
    let desk = Desk::connected().await;
    let tom = desk.person(1).await;
    let path = format!("companies/{}/users/{}:suspend?validate_only=true", desk.acme, tom["id"].as_str().unwrap());
    let ask = desk.api.write("POST", &path).header("if-match", tom["etag"].as_str().unwrap());
    assert_eq!(ask.send().await.ok()["state"], "SUSPENDED");
    assert_eq!((desk.acts(), desk.there(1).as_str(), desk.person(1).await), (0, "ACTIVE", tom));
}

#[tokio::test]
async fn without_a_source_that_may_write_it_is_a_task() {
    let desk = Desk::open().await;
    desk.bench.try_connect(&desk.database, &NewSource { may_write: false, ..new_source(&desk.acme) }).await.unwrap();
    for verb in ["suspend", "reactivate"] {
        let refused = desk.act(verb, &desk.person(1).await, verb).await;
        assert_eq!((refused.status, refused.code().as_str()), (409, "GUIDED_ONLY"));
        assert_eq!(refused.json()["task_kind"], verb.to_uppercase());
    }
    assert_eq!(desk.acts(), 0);
}

#[tokio::test]
async fn somebody_is_found_over_all_companies_by_address() {
    let desk = Desk::connected().await;
    let find = async |email: &str| {
        let found = desk.api.get(&format!("users?search={email}")).await.ok();
        found["results"].as_array().unwrap().clone()
    };
    let found = find("TOM@acme.example").await;
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["company_name"], &found[0]["user_id"]), (&json!("Acme Bakery"), &json!(id("C"))));
    assert_eq!(found[0].get("type"), None, "not known");
    assert_eq!(find("nobody@acme.example").await, Vec::<Value>::new());
}
