//! Writes: revisions, keys, rules, and that a refused one leaves no trace.

use super::client::{Api, NOW, Seen, text};
use jiff::{SignedDuration, Timestamp};
use mspdash::server::{Database, Options};
use serde_json::{Value, json};

async fn brightwater(api: &Api) -> (String, String) {
    let company = api.named("Brightwater GmbH").await;
    (format!("companies/{}", text(&company, "id")), text(&company, "etag"))
}

async fn keyed(api: &Api, path: &str, etag: &str) -> u16 {
    let ask = api.ask("PATCH", path).header("idempotency-key", "k").header("if-match", etag);
    ask.json(&json!({"note": "x"})).send().await.status
}

async fn patch(api: &Api, path: &str, etag: &str, body: Value) -> Seen {
    api.write("PATCH", path).header("if-match", etag).json(&body).send().await
}

#[tokio::test]
async fn a_company_is_changed_field_by_field() {
    let api = Api::start().await;
    let (path, etag) = brightwater(&api).await;
    let body = json!({
        "name": " Brightwater AG ", "website": "https://brightwater.example/de", "note": "", "tags": ["a", "b c"],
        "external_id": "X-1", "seat_limit": 60, "unknown_field": 1,
        "address": {"country_code": "AT", "lines": ["Ring 1", ""], "locality": "Wien"}
    });
    let after = patch(&api, &path, &etag, body).await.ok();
    assert_eq!(after["name"], "Brightwater AG");
    assert_eq!((&after["note"], &after["tags"]), (&Value::Null, &json!(["a", "b c"])));
    assert_eq!(after["address"], json!({"country_code": "AT", "lines": ["Ring 1"], "locality": "Wien"}));
    assert_eq!((&after["seats"]["limit"], &after["update_time"]), (&json!(60), &json!(NOW)));
    assert_ne!(after["etag"], etag);
    assert_eq!(api.get(&path).await.ok(), after);
    let unlimited = patch(&api, &path, &text(&after, "etag"), json!({"seat_limit": 0, "name": null})).await.ok();
    assert_eq!((&unlimited["seats"]["limit"], &unlimited["name"]), (&Value::Null, &json!("Brightwater AG")));
}

#[tokio::test]
async fn bad_values_are_named_all_at_once_and_change_nothing() {
    let api = Api::start().await;
    let (path, etag) = brightwater(&api).await;
    let body = json!({
        "name": "  ", "website": "javascript://x", "tags": ["a", "a"], "note": "x".repeat(2001), "external_id": 7,
        "seat_limit": -1, "address": {"country_code": "de"}
    });
    let seen = patch(&api, &path, &etag, body).await;
    assert_eq!((seen.status, seen.code().as_str()), (400, "INVALID_ARGUMENT"));
    let mut fields = seen.fields();
    fields.sort();
    assert_eq!(fields, ["address.country_code", "external_id", "name", "note", "seat_limit", "tags", "website"]);
    for name in ["x".repeat(101), "a\u{202e}b".into(), "tab\there".into()] {
        assert_eq!(patch(&api, &path, &etag, json!({"name": name})).await.fields(), ["name"]);
    }
    assert_eq!(patch(&api, &path, &etag, json!({"name": "ü".repeat(100)})).await.status, 200, "characters, not bytes");
}

#[tokio::test]
async fn a_change_needs_the_revision_it_is_about() {
    let api = Api::start().await;
    let (path, etag) = brightwater(&api).await;
    let seen = api.write("PATCH", &path).json(&json!({"note": "x"})).send().await;
    assert_eq!((seen.status, seen.code().as_str()), (428, "PRECONDITION_REQUIRED"));
    let seen = patch(&api, &path, "stale", json!({"note": "x"})).await;
    assert_eq!((seen.status, seen.code().as_str()), (412, "PRECONDITION_FAILED"));
    assert_eq!(patch(&api, &path, "*", json!({"note": "x"})).await.status, 412, "any revision is no revision");
    let quoted = format!("\"{etag}\"");
    assert_eq!(patch(&api, &path, &quoted, json!({"note": "x"})).await.status, 200, "HTTP quotes are understood");
    assert_eq!(patch(&api, &path, &etag, json!({"note": "y"})).await.status, 412);
}

#[tokio::test]
async fn a_key_does_its_work_once() {
    let api = Api::start().await;
    let (path, etag) = brightwater(&api).await;
    let ask = |body: Value, path: String, key: &'static str| {
        api.ask("PATCH", &path).header("idempotency-key", key).header("if-match", &etag).json(&body).send()
    };
    let none = api.ask("PATCH", &path).header("if-match", &etag).json(&json!({"note": "x"})).send().await;
    assert_eq!((none.status, none.code().as_str()), (400, "IDEMPOTENCY_KEY_REQUIRED"));
    let first = ask(json!({"note": "x"}), path.clone(), "k").await.ok();
    let again = ask(json!({"note": "x"}), path.clone(), "k").await.ok();
    assert_eq!(first, again, "the first answer again, though the etag is stale by now");
    let other = ask(json!({"note": "y"}), path.clone(), "k").await;
    assert_eq!((other.status, other.code().as_str()), (422, "IDEMPOTENCY_KEY_REUSED"));
    let elsewhere = text(&api.named("Wattwurm Software GmbH").await, "id");
    let other = ask(json!({"note": "x"}), format!("companies/{elsewhere}"), "k").await;
    assert_eq!(other.status, 422, "the same body for another company is another request");
    api.later(SignedDuration::from_hours(24));
    let mut api = api;
    api.sign_in("MSP_TECHNICIAN").await;
    let seen =
        api.ask("PATCH", &path).header("idempotency-key", "k").header("if-match", &etag).json(&json!({"note": "y"}));
    assert_eq!(seen.send().await.status, 412, "after a day the key is free and the etag counts again");
}

#[tokio::test]
async fn a_key_belongs_to_one_technician_and_a_failure_does_not_use_it_up() {
    let mut api = Api::start().await;
    let (path, etag) = brightwater(&api).await;
    assert_eq!(keyed(&api, &path, "stale").await, 412);
    assert_eq!(keyed(&api, &path, &etag).await, 200, "now with the right revision");
    api.sign_in("ADMINISTRATOR").await;
    assert_eq!(keyed(&api, &path, &etag).await, 412, "no answer of a colleague");
}

#[tokio::test]
async fn validate_only_runs_every_check_and_changes_nothing() {
    let api = Api::start().await;
    let (path, etag) = brightwater(&api).await;
    let dry = format!("{path}?validate_only=true");
    assert_eq!(patch(&api, &dry, &etag, json!({"name": "New"})).await.ok()["name"], "New");
    assert_eq!(patch(&api, &dry, &etag, json!({"name": ""})).await.status, 400);
    assert_eq!(patch(&api, &dry, "stale", json!({"name": "New"})).await.status, 412);
    assert_eq!(api.get(&path).await.ok()["etag"], etag);
    let seen = patch(&api, &format!("{path}?validate_only=maybe"), &etag, json!({})).await;
    assert_eq!(seen.fields(), ["validate_only"]);
}

#[tokio::test]
async fn a_launch_address_opens_the_company_once() {
    let api = Api::start().await;
    let (path, _) = brightwater(&api).await;
    let ask = api.write("POST", &format!("{path}:launch")).json(&json!({"target": "PEOPLE"}));
    let launch = ask.send().await.ok();
    let uri = text(&launch, "launch_uri");
    let token = uri.strip_prefix(&format!("{}/launch/", api.running.base_url())).unwrap();
    assert!(token.len() >= 52, "256 bits");
    let until: Timestamp = text(&launch, "expire_time").parse().unwrap();
    assert_eq!(until.duration_since(api.now()), SignedDuration::from_secs(60));
    assert_eq!(api.get(&path).await.ok()["launch_time"], NOW);

    assert_eq!(api.bare("HEAD", &uri).send().await.status, 405, "a look does not use it up");
    let page = api.bare("GET", &uri).send().await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    for words in ["Brightwater GmbH", "Sample workspace", "<h2>People</h2>", "Tomma Petersen", "Harbour IT"] {
        assert!(page.text.contains(words), "{words}");
    }
    let again = api.bare("GET", &uri).send().await;
    assert_eq!(again.status, 410);
    assert!(again.text.contains("does not work any more"));
}

#[tokio::test]
async fn every_target_has_its_page_and_other_words_are_refused() {
    let api = Api::start().await;
    let (path, _) = brightwater(&api).await;
    for target in mspdash::domain::launch::Target::ALL {
        let ask = api.write("POST", &format!("{path}:launch")).json(&json!({"target": target.as_str()}));
        let page = api.bare("GET", &text(&ask.send().await.ok(), "launch_uri")).send().await;
        assert_eq!(page.status, 200, "{target:?}");
    }
    let bare = api.write("POST", &format!("{path}:launch")).send().await.ok();
    assert!(api.bare("GET", &text(&bare, "launch_uri")).send().await.text.contains("<h2>Home</h2>"));
    let seen = api.write("POST", &format!("{path}:launch")).json(&json!({"target": "MOON"})).send().await;
    assert_eq!((seen.status, seen.fields()), (400, vec!["target".to_owned()]));
}

#[tokio::test]
async fn a_launch_address_is_dead_after_a_minute() {
    let api = Api::start().await;
    let (path, _) = brightwater(&api).await;
    let uri = text(&api.write("POST", &format!("{path}:launch")).send().await.ok(), "launch_uri");
    api.later(SignedDuration::from_secs(60));
    assert_eq!(api.bare("GET", &uri).send().await.status, 410);
}

#[tokio::test]
async fn names_are_escaped_on_the_page() {
    let api = Api::start().await;
    let (path, etag) = brightwater(&api).await;
    patch(&api, &path, &etag, json!({"name": "<script>alert('x')</script> & Co"})).await.ok();
    let uri = text(&api.write("POST", &format!("{path}:launch")).send().await.ok(), "launch_uri");
    let page = api.bare("GET", &uri).send().await.text;
    assert!(page.contains("&lt;script&gt;alert('x')&lt;/script&gt; &amp; Co"));
    assert!(!page.contains("<script"));
}

fn codes(preflight: &Value) -> Vec<(String, String)> {
    let checks = preflight["checks"].as_array().unwrap();
    checks.iter().map(|check| (text(check, "code"), text(check, "severity"))).collect()
}

fn has(preflight: &Value, code: &str, severity: &str) -> bool {
    codes(preflight).contains(&(code.to_owned(), severity.to_owned()))
}

#[tokio::test]
async fn unlinking_starts_the_trial_and_ends_our_access() {
    let api = Api::start().await;
    let (path, etag) = brightwater(&api).await;
    let launched = text(&api.write("POST", &format!("{path}:launch")).send().await.ok(), "launch_uri");
    assert_eq!(api.write("POST", &format!("{path}:unlink")).header("if-match", &etag).send().await.status, 412);
    let preflight = api.get(&format!("{path}:unlinkPreflight")).await.ok();
    assert_eq!(preflight["company_name"], "Brightwater GmbH");
    assert!(has(&preflight, "CONFIRMED_OWNERS", "INFO") && has(&preflight, "PENDING_INVITES", "WARN"));
    assert!(
        has(&preflight, "FILLED_SEATS", "INFO") && !codes(&preflight).iter().any(|(_, severity)| severity == "BLOCK")
    );
    assert_eq!(preflight["consequences"].as_array().unwrap().len(), 5);
    assert_eq!(preflight["trial_end_time"], "2026-12-06T12:00:00Z");

    let etag = text(&preflight, "etag");
    let unlink = || api.write("POST", &format!("{path}:unlink")).header("if-match", &etag);
    assert_eq!(api.write("POST", &format!("{path}:unlink")).send().await.status, 428);
    let dry = api.write("POST", &format!("{path}:unlink?validate_only=true")).header("if-match", &etag).send().await;
    assert_eq!(dry.ok(), preflight);
    let after = unlink().send().await.ok();
    assert_eq!((&after["state"], &after["trial_end_time"]), (&json!("UNLINKED"), &json!("2026-12-06T12:00:00Z")));
    assert_eq!((&after["unlink_time"], &after["unlinked_by"]["display_name"]), (&json!(NOW), &json!("Tomma Petersen")));

    let repeat = unlink().send().await;
    assert_eq!((repeat.status, repeat.code().as_str()), (409, "ALREADY_UNLINKED"));
    let preflight = api.get(&format!("{path}:unlinkPreflight")).await.ok();
    assert!(has(&preflight, "ALREADY_UNLINKED", "BLOCK"));
    let dry = api.write("POST", &format!("{path}:unlink?validate_only=true")).header("if-match", &etag).send().await;
    assert!(has(&dry.ok(), "ALREADY_UNLINKED", "BLOCK"));

    assert_eq!(api.bare("GET", &launched).send().await.status, 410, "an address not yet opened is dead");
    let etag = text(&after, "etag");
    for (method, sub, body) in [
        ("POST", ":launch", json!({})),
        ("PATCH", "", json!({"note": "x"})),
        ("PATCH", "/setup/DEPLOY_APPS", json!({})),
    ] {
        let seen = api.write(method, &format!("{path}{sub}")).header("if-match", &etag).json(&body).send().await;
        assert_eq!((seen.status, seen.code().as_str()), (409, "WRONG_STATE"), "{sub}");
    }
}

#[tokio::test]
async fn the_same_key_unlinks_once_and_answers_twice() {
    let api = Api::start().await;
    let (path, etag) = brightwater(&api).await;
    let ask =
        || api.ask("POST", &format!("{path}:unlink")).header("if-match", &etag).header("idempotency-key", "u").send();
    let (first, again) = (ask().await.ok(), ask().await.ok());
    assert_eq!(first, again, "an answer that was lost can be asked for again");
}

#[tokio::test]
async fn many_at_once_with_one_key_are_one_and_with_other_keys_one_wins() {
    let api = Api::start().await;
    let (path, etag) = brightwater(&api).await;
    let launch = format!("{path}:launch");
    let ask = || api.ask("POST", &launch).header("idempotency-key", "one").send();
    let (a, b, c, d) = tokio::join!(ask(), ask(), ask(), ask());
    let first = a.ok();
    assert!([b, c, d].into_iter().all(|seen| seen.ok() == first));

    let etag_now = text(&api.get(&path).await.ok(), "etag");
    assert_ne!(etag_now, etag, "it was launched");
    let edit = |note: &'static str| patch(&api, &path, &etag_now, json!({"note": note}));
    let (a, b, c) = tokio::join!(edit("a"), edit("b"), edit("c"));
    let mut statuses = [a.status, b.status, c.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412, 412]);
}

#[tokio::test]
async fn without_a_confirmed_owner_nothing_is_unlinked() {
    let api = Api::start().await;
    for (name, invited) in [("Bright & Söhne KG", 0), ("Hôtel des Dunes SAS", 1)] {
        let company = api.named(name).await;
        let path = format!("companies/{}", text(&company, "id"));
        let ask = api.write("POST", &format!("{path}:unlink")).header("if-match", &text(&company, "etag"));
        let seen = ask.send().await;
        assert_eq!((seen.status, seen.code().as_str()), (409, "NO_CONFIRMED_OWNER"), "{name}");
        let preflight = api.get(&format!("{path}:unlinkPreflight")).await.ok();
        let checks = preflight["checks"].as_array().unwrap();
        let block = checks.iter().find(|check| check["code"] == "NO_CONFIRMED_OWNER").unwrap();
        assert_eq!((&block["severity"], block["people"].as_array().unwrap().len()), (&json!("BLOCK"), invited));
        assert_eq!(api.get(&path).await.ok(), company, "nothing changed");
    }
    // A technician sits in the Owners group of the first, and still does not count.
    let id = text(&api.named("Bright & Söhne KG").await, "id");
    let users = api.get(&format!("companies/{id}/users?max_page_size=1000")).await.ok();
    let technician_owner = users["results"].as_array().unwrap().iter().any(|user| {
        user["type"] == "EXTERNAL_ACCOUNT_MANAGER"
            && user["groups"].as_array().unwrap().iter().any(|group| group["kind"] == "OWNERS")
    });
    assert!(technician_owner);
}

#[tokio::test]
async fn open_recoveries_are_warned_about_by_name() {
    let api = Api::start().await;
    let id = text(&api.named("شركة مرسى للتقنية").await, "id");
    let preflight = api.get(&format!("companies/{id}:unlinkPreflight")).await.ok();
    let checks = preflight["checks"].as_array().unwrap();
    let warning = checks.iter().find(|check| check["code"] == "OPEN_RECOVERIES").unwrap();
    assert_eq!((&warning["severity"], warning["people"].as_array().unwrap().len()), (&json!("WARN"), 1));
}

#[tokio::test]
async fn a_step_is_reported_and_the_company_follows() {
    let api = Api::start().await;
    let (path, etag) = brightwater(&api).await;
    let change_token = text(&api.get("companies?max_page_size=1").await.ok(), "change_token");
    let setup = api.get(&format!("{path}/setup")).await.ok();
    let steps = setup["steps"].as_array().unwrap();
    let words: Vec<_> = steps.iter().map(|step| text(step, "step")).collect();
    assert_eq!(words, ["POLICIES_GROUPS_VAULTS", "RECOVERY_PLAN", "INVITE_MEMBERS", "PROVISIONING", "DEPLOY_APPS"]);
    let evidence = json!([{"fact": "CUSTOM_GROUPS", "count": 2}, {"fact": "SHARED_VAULTS", "count": 5}]);
    assert_eq!(json!(steps[0]["evidence"].as_array().unwrap()[1..]), evidence);

    let step = format!("{path}/setup/DEPLOY_APPS");
    let old = text(&steps[4], "etag");
    let after = patch(&api, &step, &old, json!({"state": "DONE", "note": "by MDM"})).await.ok();
    assert_eq!(
        (&after["state"], &after["note"], &after["update_time"]),
        (&json!("DONE"), &json!("by MDM"), &json!(NOW))
    );
    assert_eq!(after["updater"]["display_name"], "Tomma Petersen");
    assert_eq!(patch(&api, &step, &old, json!({"state": "TODO"})).await.status, 412);
    let company = api.get(&path).await.ok();
    assert_eq!((&company["setup"]["done"], &company["setup"]["applicable"]), (&json!(5), &json!(5)));
    assert_ne!(company["etag"], etag);
    let changes = api.get(&format!("companies:changes?since={change_token}")).await.ok();
    assert_eq!(changes["results"][0]["name"], "Brightwater GmbH");
    let cleared = patch(&api, &step, &text(&after, "etag"), json!({"note": ""})).await.ok();
    assert_eq!((&cleared["note"], &cleared["state"]), (&Value::Null, &json!("DONE")));
}

#[tokio::test]
async fn only_provisioning_can_be_not_applicable() {
    let api = Api::start().await;
    let (path, _) = brightwater(&api).await;
    let steps = api.get(&format!("{path}/setup")).await.ok()["steps"].clone();
    for (place, step) in
        ["POLICIES_GROUPS_VAULTS", "RECOVERY_PLAN", "INVITE_MEMBERS", "PROVISIONING", "DEPLOY_APPS"].iter().enumerate()
    {
        let etag = text(&steps[place], "etag");
        let seen = patch(&api, &format!("{path}/setup/{step}"), &etag, json!({"state": "NOT_APPLICABLE"})).await;
        if *step == "PROVISIONING" {
            assert_eq!(seen.status, 200);
        } else {
            assert_eq!((seen.status, seen.code().as_str()), (409, "STEP_MUST_APPLY"), "{step}");
        }
    }
    let setup = api.get(&path).await.ok()["setup"].clone();
    assert_eq!((&setup["done"], &setup["applicable"]), (&json!(3), &json!(4)));
}

#[tokio::test]
async fn steps_are_checked_like_everything_else() {
    let api = Api::start().await;
    let (path, _) = brightwater(&api).await;
    let etag = text(&api.get(&format!("{path}/setup")).await.ok()["steps"][0], "etag");
    let step = format!("{path}/setup/POLICIES_GROUPS_VAULTS");
    let seen = patch(&api, &step, &etag, json!({"state": "MAYBE", "note": "x".repeat(2001)})).await;
    assert_eq!((seen.status, seen.fields()), (400, vec!["state".to_owned(), "note".to_owned()]));
    assert_eq!(api.write("PATCH", &step).json(&json!({})).send().await.status, 428);
    assert_eq!(patch(&api, &format!("{path}/setup/DANCE"), &etag, json!({})).await.code(), "NOT_FOUND");
    assert_eq!(patch(&api, &step, &etag, json!({"note": "x".repeat(2000)})).await.status, 200);
}

#[tokio::test]
async fn every_write_leaves_one_audit_event_and_refused_ones_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("workspace.db");
    let api = Api::with(Options { database: Database::File(file.clone()), ..Options::default() }).await;
    let (path, etag) = brightwater(&api).await;
    patch(&api, &path, "stale", json!({"note": "x"})).await;
    patch(&api, &format!("{path}?validate_only=true"), &etag, json!({"note": "x"})).await;
    let etag = text(&patch(&api, &path, &etag, json!({"note": "x"})).await.ok(), "etag");
    let launched = text(&api.write("POST", &format!("{path}:launch")).send().await.ok(), "launch_uri");
    api.write("POST", &format!("{path}:unlink")).header("if-match", &etag).send().await;
    let etag = text(&api.get(&path).await.ok(), "etag");
    api.write("POST", &format!("{path}:unlink")).header("if-match", &etag).send().await.ok();
    let db = rusqlite::Connection::open(&file).unwrap();
    // What the sample tells is older.
    let since = "time >= (SELECT value FROM meta WHERE key = 'created')";
    let sql = format!("SELECT action, actor_name, company_name, target FROM audit_events WHERE {since} ORDER BY n");
    let mut statement = db.prepare(&sql).unwrap();
    let events: Vec<(String, String, String, Option<String>)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let actions: Vec<_> = events.iter().map(|event| event.0.as_str()).collect();
    assert_eq!(actions, ["COMPANY_UPDATED", "COMPANY_LAUNCHED", "COMPANY_UNLINKED"]);
    assert!(events.iter().all(|event| event.1 == "Tomma Petersen" && event.2 == "Brightwater GmbH"));
    assert!(!format!("{events:?}").contains(launched.rsplit('/').next().unwrap()), "the address is no part of it");
}
