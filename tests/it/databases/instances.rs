//! Several servers on one workspace: none of them is special, and together they do what one does.

use crate::server_api::client::{Api, Seen, text};
use crate::server_api::people::{Home, plain};
use crate::support::postgres::{self, Name};
use jiff::SignedDuration;
use mspdash::server::Options;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Writers on each of two servers, and how often each of them writes.
const WRITERS: usize = 4;
const TIMES: u32 = 8;

pub async fn two() -> Option<(Name, [Arc<Api>; 2])> {
    let name = postgres::database().await?;
    let options = || Options { database: name.database(), ..Options::default() };
    let one = Api::with(options()).await;
    let other = Api::with_known(options(), one.running.credentials()).await;
    Some((name, [Arc::new(one), Arc::new(other)]))
}

pub fn path(company: &Value) -> String {
    format!("companies/{}", text(company, "id"))
}

/// A change under a key that no other server uses.
pub async fn patch(api: &Api, company: &Value, key: &str, body: &Value) -> Seen {
    let ask = api.ask("PATCH", &path(company)).header("if-match", &text(company, "etag"));
    ask.header("idempotency-key", key).json(body).send().await
}

/// Adds one to the number in a company's note, as often as it takes until nobody was faster.
async fn count_up(api: &Api, id: &str, key: &str) {
    for tries in 0.. {
        let company = api.company(id).await;
        let number = company["note"].as_str().and_then(|note| note.parse().ok()).unwrap_or(0_u32);
        let seen = patch(api, &company, &format!("{key}-{tries}"), &json!({"note": (number + 1).to_string()})).await;
        match seen.status {
            200 => return,
            412 => {}
            other => panic!("{other}: {}", seen.text),
        }
    }
}

/// Follows the changes until there are none and nobody writes any more; says how each company was seen last.
async fn follow(api: Arc<Api>, mut since: String, shared: String, done: Arc<AtomicBool>) -> BTreeMap<String, String> {
    let (mut seen, mut highest) = (BTreeMap::new(), 0);
    loop {
        // Before the look: what is written until then has to be found by it.
        let last = done.load(Ordering::SeqCst);
        let answer = api.get(&format!("companies:changes?since={since}&max_page_size=3")).await.ok();
        let changed = answer["results"].as_array().unwrap();
        for company in changed {
            if company["id"] == *shared {
                let number: u32 = text(company, "note").parse().unwrap();
                assert!(number >= highest, "{number} comes behind {highest}");
                highest = number;
            }
            seen.insert(text(company, "id"), text(company, "etag"));
        }
        if last && changed.is_empty() && answer["has_more"] == false {
            return seen;
        }
        since = text(&answer, "next_change_token");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_writers_lose_no_update_and_a_reader_misses_no_change() {
    let Some((_name, servers)) = two().await else { return };
    let rows = servers[0].companies("", 1000).await;
    let since = text(&servers[1].get("companies?max_page_size=1").await.ok(), "change_token");
    let shared = text(&rows[0], "id");
    let done = Arc::new(AtomicBool::new(false));
    let reader = tokio::spawn(follow(Arc::clone(&servers[1]), since, shared.clone(), Arc::clone(&done)));
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS * 2 {
        let (api, shared) = (Arc::clone(&servers[writer % 2]), shared.clone());
        let own = text(&rows[writer + 1], "id");
        writers.spawn(async move {
            for time in 0..TIMES {
                count_up(&api, &shared, &format!("shared-{writer}-{time}")).await;
                count_up(&api, &own, &format!("own-{writer}-{time}")).await;
            }
        });
    }
    writers.join_all().await;
    done.store(true, Ordering::SeqCst);
    let seen = reader.await.unwrap();
    let sum = u32::try_from(WRITERS * 2).unwrap() * TIMES;
    assert_eq!(text(&servers[1].company(&shared).await, "note"), sum.to_string());
    assert_eq!(seen.len(), WRITERS * 2 + 1);
    for (id, etag) in seen {
        assert_eq!(text(&servers[0].company(&id).await, "etag"), etag, "{id}: its last change was missed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_the_same_key_and_of_the_same_revision_one_wins() {
    let Some((_name, [one, other])) = two().await else { return };
    let id = text(&one.companies("", 1000).await[0], "id");
    let events = format!("audit_events?filter=company_id%20%3D%20%22{id}%22");
    let count = async || one.get(&events).await.ok()["total_size"].as_u64().unwrap();
    let before = count().await;
    for round in 0..20_u64 {
        let company = one.company(&id).await;
        let (key, body) = (format!("same-{round}"), json!({"note": format!("same {round}")}));
        let (left, right) = tokio::join!(patch(&one, &company, &key, &body), patch(&other, &company, &key, &body));
        assert_eq!((left.status, &left.text), (200, &right.text), "{}", right.status);
        let company = left.json();
        let keys = [format!("left-{round}"), format!("right-{round}")];
        let bodies = keys.each_ref().map(|key| json!({"note": key}));
        let (left, right) =
            tokio::join!(patch(&one, &company, &keys[0], &bodies[0]), patch(&other, &company, &keys[1], &bodies[1]));
        let mut statuses = [left.status, right.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "{} {}", left.text, right.text);
        assert_eq!(count().await, before + 2 * (round + 1), "each change with one event");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_added_at_all_of_them_at_once_is_there_once() {
    let Some((_name, servers)) = two().await else { return };
    let before = servers[0].companies("", 1000).await.len();
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS * 2 {
        let api = Arc::clone(&servers[writer % 2]);
        writers.spawn(async move {
            let mut added = Vec::new();
            for time in 0..TIMES {
                let body = json!({"name": format!("Added {time}"), "address": {"country_code": "DE"}});
                let ask = api.ask("POST", "companies").header("idempotency-key", &format!("add-{time}"));
                let seen = ask.json(&body).send().await;
                assert_eq!(seen.status, 201, "{}", seen.text);
                added.push(seen.text);
            }
            added
        });
    }
    let answers = writers.join_all().await;
    assert!(answers.iter().all(|added| *added == answers[0]), "the same key has the same answer everywhere");
    assert_eq!(servers[1].companies("", 1000).await.len(), before + TIMES as usize);
}

/// Waits at one server for a change that is made at the other.
async fn heard(at: &Api, change: impl Future<Output = ()>) -> Value {
    let since = text(&at.get("companies?max_page_size=1").await.ok(), "change_token");
    let held = format!("companies:changes?since={since}&wait=25");
    let asked = Instant::now();
    let make = async {
        at.running.long_polls(1).await;
        change.await;
    };
    let (seen, ()) = tokio::join!(at.get(&held), make);
    assert!(asked.elapsed() < Duration::from_secs(20), "it was answered because its time was up");
    seen.ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_is_told_the_others_know() {
    let Some((_name, [one, other])) = two().await else { return };
    let company = one.named("Brightwater GmbH").await;
    // A change wakes whoever waits at the other; a token that one gave out is good there.
    let answer = heard(&other, async {
        assert_eq!(patch(&one, &company, "wake", &json!({"note": "awake"})).await.status, 200);
    });
    assert_eq!(answer.await["results"][0]["note"], "awake");
    let with_token = other.bare("GET", &path(&company)).header("authorization", &format!("Bearer {}", one.token));
    assert_eq!(with_token.send().await.status, 200);
    // A recovery that was begun at one goes on at the other.
    let person = Home::of(&one, "Brightwater GmbH").await.who(plain).await;
    heard(&other, async {
        let begin = format!("{}/users/{}:beginRecovery", path(&company), text(&person, "id"));
        let ask = one.ask("POST", &begin).header("if-match", &text(&person, "etag"));
        assert_eq!(ask.header("idempotency-key", "begin").send().await.status, 200);
    })
    .await;
    other.later(SignedDuration::from_secs(21));
    let there = other.get(&format!("{}/users/{}", path(&company), text(&person, "id"))).await.ok();
    assert_eq!(there["state"], "RECOVERY_AWAITING_COMPLETION");
}

/// The first value of a form's field.
fn form_value<'a>(page: &'a str, field: &str) -> &'a str {
    let start = format!("name=\"{field}\" value=\"");
    page.split_once(&start).unwrap().1.split('"').next().unwrap()
}

#[tokio::test]
async fn a_form_of_one_is_taken_by_another_once() {
    let Some((_name, [one, other])) = two().await else { return };
    let page = one.bare("GET", "/owner").send().await.text;
    let (form, account) = (form_value(&page, "form"), form_value(&page, "account"));
    let send = async || other.bare("POST", "/owner/links").form(&[("form", form), ("account", account)]).send().await;
    assert_eq!((send().await.status, send().await.status), (200, 403));
}

#[tokio::test]
async fn who_guesses_or_signs_out_at_one_has_done_so_at_all() {
    let Some((_name, [one, other])) = two().await else { return };
    let form = [("grant_type", "client_credentials")];
    let guess = async |api: &Api| {
        let ask = api.bare("POST", "/v1beta1/oauth2/token").header("authorization", "Basic Tk9CT0RZOndyb25n");
        ask.form(&form).send().await.status
    };
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.extend([guess(&one).await, guess(&other).await]);
    }
    assert_eq!(seen, [401, 401, 401, 401, 401, 429]);
    let token = [("token", one.token.as_str())];
    let out = other.bare("POST", "/v1beta1/oauth2/revoke").basic("MSP_TECHNICIAN").form(&token).send().await;
    assert_eq!((out.status, one.get("/v1beta1/session").await.status), (200, 401));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_exchanged_once_wherever_it_is_typed() {
    let Some((_name, [one, other])) = two().await else { return };
    let form = [("grant_type", "client_credentials")];
    let signed_in = one.bare("POST", "/v1beta1/oauth2/token").basic("OWNER").form(&form).send().await.ok();
    let bearer = format!("Bearer {}", text(&signed_in, "access_token"));
    let body = json!({"display_name": "Mira Okafor", "email": "mira@harbour.example", "role": "VIEW_ONLY"});
    let add = other.bare("POST", "technicians").header("authorization", &bearer).header("idempotency-key", "add");
    let code = json!({ "enrolment_code": text(&add.json(&body).send().await.json(), "enrolment_code") });
    let exchange = async |api: &Api| api.bare("POST", "/v1beta1/enrolments").json(&code).send().await.status;
    let (left, right) = tokio::join!(exchange(&one), exchange(&other));
    let mut statuses = [left, right];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);
}
