//! Questions for changes that the server holds back until there are some. The clock moves only where a test moves it.

use super::client::{Api, Seen, text};
use jiff::SignedDuration;
use mspdash::domain::technician::Role;
use mspdash::server::{AccessChange, Limits, Options};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// When a test fails; the longest wait is far from it.
const SOON: Duration = Duration::from_secs(20);

async fn token(api: &Api) -> String {
    text(&api.get("companies?max_page_size=1").await.ok(), "change_token")
}

fn held(since: &str) -> String {
    format!("companies:changes?since={since}&wait=45")
}

fn names(answer: &Value) -> Vec<&str> {
    answer["results"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

async fn note(api: &Api, name: &str, body: &Value) {
    let row = api.named(name).await;
    let path = format!("companies/{}", text(&row, "id"));
    let ask = api.write("PATCH", &path).header("if-match", &text(&row, "etag")).json(body);
    assert_eq!(ask.send().await.status, 200);
}

/// Asks, does something as soon as the question is held, and gives the answer.
async fn meanwhile(api: &Api, path: &str, act: impl AsyncFnOnce()) -> Seen {
    let asked = Instant::now();
    let act = async {
        api.running.long_polls(1).await;
        act().await;
    };
    let (seen, ()) = tokio::join!(api.get(path), act);
    assert!(asked.elapsed() < SOON, "it was answered because its time was up");
    seen
}

#[tokio::test]
async fn the_session_says_for_how_long_and_every_other_wait_is_refused() {
    let api = Api::start().await;
    assert_eq!(api.get("/v1beta1/session").await.ok()["limits"]["max_wait"], 45);
    let since = token(&api).await;
    for wait in ["46", "-1", "+5", "1.5", "", "soon", "99999999999999999999"] {
        let seen = api.get(&format!("companies:changes?since={since}&wait={wait}")).await;
        assert_eq!((seen.status, seen.fields()), (400, vec!["wait".to_owned()]), "{wait}");
    }
    let asked = Instant::now();
    for wait in ["", "&wait=0"] {
        assert_eq!(names(&api.get(&format!("companies:changes?since={since}{wait}")).await.ok()), [""; 0]);
    }
    assert!(asked.elapsed() < SOON);
}

#[tokio::test]
async fn a_server_that_holds_nothing_back_says_so_and_answers_at_once() {
    let api = Api::with(Options { max_wait: Duration::ZERO, ..Options::default() }).await;
    assert_eq!(api.get("/v1beta1/session").await.ok()["limits"].get("max_wait"), None);
    let (asked, since) = (Instant::now(), token(&api).await);
    assert_eq!(names(&api.get(&held(&since)).await.ok()), [""; 0]);
    assert!(asked.elapsed() < SOON);
}

#[tokio::test]
async fn a_change_ends_the_wait_and_what_is_known_already_is_not_waited_for() {
    let api = Api::start().await;
    let since = token(&api).await;
    let act = async || note(&api, "Brightwater GmbH", &json!({"note": "x"})).await;
    let answer = meanwhile(&api, &held(&since), act).await.ok();
    assert_eq!(names(&answer), ["Brightwater GmbH"]);
    let asked = Instant::now();
    assert_eq!(names(&api.get(&held(&since)).await.ok()), ["Brightwater GmbH"]);
    assert!(asked.elapsed() < SOON);
    let next = text(&answer, "next_change_token");
    let refused = async || {
        let seen = api.write("POST", "companies").json(&json!({"name": ""})).send().await;
        assert_eq!(seen.status, 400, "what changes nothing wakes nobody");
        note(&api, "Fjordlicht Energie AG", &json!({"note": "y"})).await;
    };
    assert_eq!(names(&meanwhile(&api, &held(&next), refused).await.ok()), ["Fjordlicht Energie AG"]);
}

#[tokio::test]
async fn what_changes_by_time_alone_ends_the_wait_at_its_moment() {
    let api = Api::start().await;
    let row = api.named("Fjordlicht Energie AG").await;
    let until = api.now() + SignedDuration::from_millis(30);
    let path = format!("companies/{}", text(&row, "id"));
    let body = json!({"snooze_until_time": until.to_string()});
    let ask = api.write("PATCH", &path).header("if-match", &text(&row, "etag")).json(&body);
    assert_eq!(ask.send().await.status, 200);
    let since = token(&api).await;
    let seen = meanwhile(&api, &held(&since), async || api.later(SignedDuration::from_millis(30))).await.ok();
    assert_eq!(names(&seen), ["Fjordlicht Energie AG"]);
    assert_eq!(seen["results"][0].get("snooze_until_time"), None, "as it is now, not as it was when it was asked");
}

#[tokio::test]
async fn a_stop_answers_what_is_held_at_once() {
    let api = Api::start().await;
    let since = token(&api).await;
    let Api { running, token, .. } = api;
    let url = format!("{}/v1beta1/accounts/{}/{}", running.base_url(), running.account_id(), held(&since));
    let http = crate::support::http::browser().build().unwrap();
    let waits = tokio::spawn(http.get(url).bearer_auth(token).send());
    running.long_polls(1).await;
    let asked = Instant::now();
    running.stop().await;
    let answer: Value = waits.await.unwrap().unwrap().json().await.unwrap();
    assert_eq!(names(&answer), [""; 0]);
    assert!(asked.elapsed() < SOON);
}

#[tokio::test]
async fn whoever_hangs_up_is_not_waited_for() {
    let api = Api::start().await;
    let since = token(&api).await;
    let path = held(&since);
    tokio::select! {
        seen = api.get(&path) => panic!("answered at once: {}", seen.text),
        () = api.running.long_polls(1) => {}
    }
    api.running.long_polls(0).await;
}

#[tokio::test]
async fn who_lost_access_meanwhile_is_told_nothing() {
    for (change, status) in [(AccessChange::Revoke, 401), (AccessChange::Assign(Role::Nothing), 403)] {
        let mut api = Api::start().await;
        api.sign_in("OWNER").await;
        let owner = format!("Bearer {}", api.token);
        api.sign_in("MSP_TECHNICIAN").await;
        let (since, row) = (token(&api).await, api.named("Brightwater GmbH").await);
        let path = format!("companies/{}", text(&row, "id"));
        let act = async || {
            api.running.change_access("MSP_TECHNICIAN", change).await.unwrap();
            let ask = api.bare("PATCH", &path).header("authorization", &owner).header("idempotency-key", "by-owner");
            let ask = ask.header("if-match", &text(&row, "etag")).json(&json!({"note": "secret"}));
            assert_eq!(ask.send().await.status, 200);
        };
        let seen = meanwhile(&api, &held(&since), act).await;
        assert_eq!((seen.status, seen.text.contains("secret")), (status, false), "{}", seen.text);
    }
}

#[tokio::test]
async fn more_than_their_share_are_answered_at_once_and_leave_connections_for_others() {
    let limits = Limits { connections: 8, ..Limits::default() };
    let api = Api::with(Options { limits, ..Options::default() }).await;
    let since = token(&api).await;
    let path = held(&since);
    let asked = Instant::now();
    // Six of eight may wait; the seventh is answered, and so is everything else.
    let six = async {
        tokio::join!(api.get(&path), api.get(&path), api.get(&path), api.get(&path), api.get(&path), api.get(&path))
    };
    let rest = async {
        api.running.long_polls(6).await;
        assert_eq!(names(&api.get(&path).await.ok()), [""; 0]);
        note(&api, "Brightwater GmbH", &json!({"note": "x"})).await;
    };
    let (six, ()) = tokio::join!(six, rest);
    for seen in [six.0, six.1, six.2, six.3, six.4, six.5] {
        assert_eq!(names(&seen.ok()), ["Brightwater GmbH"]);
    }
    assert!(asked.elapsed() < SOON);
}
