//! Adding companies, and what a change of one may say beside the rest.

use super::client::{Api, NOW, Seen, text};
use jiff::SignedDuration;
use serde_json::{Value, json};

fn seaweed() -> Value {
    json!({
        "name": " Seegras Papier GmbH ", "website": "seegras.example", "external_id": "HB-2000", "tags": ["north"],
        "address": {"country_code": "DE", "lines": ["Hafenstraße 3"], "locality": "Flensburg", "postal_code": "24937"}
    })
}

async fn add(api: &Api, body: &Value) -> Seen {
    api.write("POST", "companies").json(body).send().await
}

#[tokio::test]
async fn a_new_company_has_all_that_a_company_has() {
    let api = Api::start().await;
    let before = text(&api.get("companies?max_page_size=1").await.ok(), "change_token");
    let seen = add(&api, &seaweed()).await;
    assert_eq!(seen.status, 201, "{}", seen.text);
    let company = seen.json();
    assert_eq!(seen.header("location"), text(&company, "path"));
    assert_eq!(
        (&company["name"], &company["website"]),
        (&json!("Seegras Papier GmbH"), &json!("https://seegras.example"))
    );
    assert_eq!((&company["state"], &company["origin"]), (&json!("PENDING"), &json!("CREATED")));
    assert_eq!(company["advanced_permissions"], json!({"allowed_by_company": true, "granted_to_me": true}));
    assert_eq!(company["seats"], json!({"filled": 0, "members": 0, "guests": 0}));
    assert_eq!(company["setup"], json!({"done": 0, "applicable": 5}));
    assert_eq!((&company["attention"], &company["create_time"]), (&json!(["NO_CONFIRMED_OWNER"]), &json!(NOW)));
    assert_eq!(company["sign_in_host"], "seegras-papier-gmbh.1password.eu");
    let path = format!("companies/{}", text(&company, "id"));
    assert_eq!(api.get(&path).await.ok(), company);

    let steps = api.get(&format!("{path}/setup")).await.ok();
    let states: Vec<_> = steps["steps"].as_array().unwrap().iter().map(|step| text(step, "state")).collect();
    assert_eq!(states, ["TODO"; 5]);
    let users = api.get(&format!("{path}/users")).await.ok();
    let kinds: Vec<_> = users["results"].as_array().unwrap().iter().map(|user| text(user, "type")).collect();
    assert_eq!(kinds, ["EXTERNAL_ACCOUNT_MANAGER"; 3]);
    let groups = api.get(&format!("{path}/groups")).await.ok();
    let counts: Vec<_> =
        groups["results"].as_array().unwrap().iter().map(|group| group["member_count"].clone()).collect();
    assert_eq!(counts, [json!(0), json!(0), json!(0), json!(3)]);

    let changes = api.get(&format!("companies:changes?since={before}")).await.ok();
    assert_eq!(changes["results"], json!([company]));
    let events = api.get("audit_events?max_page_size=1").await.ok();
    assert_eq!(
        (&events["results"][0]["action"], &events["results"][0]["company_id"]),
        (&json!("COMPANY_CREATED"), &company["id"])
    );
    assert_eq!(api.companies("", 1000).await.len(), 49);
}

#[tokio::test]
async fn sent_twice_it_is_one_company_and_the_same_name_is_another() {
    let api = Api::start().await;
    let ask = || api.ask("POST", "companies").header("idempotency-key", "new").json(&seaweed()).send();
    let (first, again) = (ask().await, ask().await);
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!((first.json(), first.header("location")), (again.json(), again.header("location")));
    let namesake = add(&api, &seaweed()).await.json();
    assert_eq!(namesake["sign_in_host"], "seegras-papier-gmbh-2.1password.eu");
    assert_eq!(api.companies("", 1000).await.len(), 50);
}

#[tokio::test]
async fn a_dry_run_makes_nothing_and_who_may_only_look_adds_nothing() {
    let mut api = Api::start().await;
    let dry = api.write("POST", "companies?validate_only=true").json(&seaweed()).send().await;
    assert_eq!((dry.status, dry.header("location")), (200, ""));
    assert_eq!(dry.json()["name"], "Seegras Papier GmbH");
    assert_eq!(api.companies("", 1000).await.len(), 48);
    api.sign_in("VIEW_ONLY").await;
    let seen = add(&api, &seaweed()).await;
    assert_eq!((seen.status, seen.code().as_str()), (403, "PERMISSION_DENIED"));
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_named() {
    let api = Api::start().await;
    let fields = async |change: Value| {
        let mut body = seaweed();
        for (key, value) in change.as_object().unwrap() {
            body[key] = value.clone();
        }
        let mut fields = add(&api, &body).await.fields();
        fields.sort();
        fields.join(" ")
    };
    assert_eq!(fields(json!({"name": null, "address": null})).await, "address name");
    assert_eq!(
        fields(json!({"name": "x".repeat(101), "website": "no web", "tags": ["a", "a"]})).await,
        "name tags website"
    );
    assert_eq!(fields(json!({"address": {"country_code": "XX"}})).await, "address.country_code");
    assert_eq!(fields(json!({"address": {"country_code": "DE", "postal_code": "2493"}})).await, "address.postal_code");
    assert_eq!(fields(json!({"address": {"country_code": "GB", "postal_code": "24937"}})).await, "address.postal_code");
    assert_eq!(api.companies("", 1000).await.len(), 48, "nothing was made");
    let emirates = json!({"name": "مرسى", "address": {"country_code": "AE", "postal_code": "any"}});
    let company = add(&api, &emirates).await.json();
    assert_eq!((&company["sign_in_host"], &company["website"]), (&json!("company.1password.eu"), &Value::Null));
    assert_eq!(company["region"], "1password.eu", "the country never chooses the region");
}

#[tokio::test]
async fn the_same_rules_hold_when_an_address_changes() {
    let api = Api::start().await;
    let company = api.named("Brightwater GmbH").await;
    let path = format!("companies/{}", text(&company, "id"));
    let change =
        async |etag: &str, body: Value| api.write("PATCH", &path).header("if-match", etag).json(&body).send().await;
    let etag = text(&company, "etag");
    let wrong = json!({"address": {"country_code": "FR", "postal_code": "2410"}});
    assert_eq!(change(&etag, wrong).await.fields(), ["address.postal_code"]);
    let right = json!({"address": {"country_code": "FR", "postal_code": "44000"}, "website": "brightwater.example"});
    let after = change(&etag, right).await.ok();
    assert_eq!(
        (&after["address"]["postal_code"], &after["website"]),
        (&json!("44000"), &json!("https://brightwater.example"))
    );
}

#[tokio::test]
async fn attention_is_set_aside_until_a_moment_that_passes_by_itself() {
    let api = Api::start().await;
    let company = api.named("Brightwater GmbH").await;
    let path = format!("companies/{}", text(&company, "id"));
    let snooze = async |until: &str| {
        let etag = text(&api.get(&path).await.ok(), "etag");
        let ask = api.write("PATCH", &path).header("if-match", &etag);
        ask.json(&json!({"snooze_until_time": until})).send().await
    };
    assert_eq!(snooze("2026-11-22T13:00:00+01:00").await.ok()["snooze_until_time"], Value::Null, "it has passed");
    let after = snooze("2026-11-22T12:10:00Z").await.ok();
    assert_eq!(after["snooze_until_time"], "2026-11-22T12:10:00Z");
    assert_eq!(after["attention"], company["attention"], "what needs attention still does");
    assert_eq!(api.named("Brightwater GmbH").await, after, "the list says the same");
    assert_eq!(snooze("").await.ok()["snooze_until_time"], Value::Null);
    assert_eq!(snooze("tomorrow").await.fields(), ["snooze_until_time"]);
    snooze("2026-11-22T12:10:00Z").await.ok();
    api.later(SignedDuration::from_mins(10));
    assert_eq!(api.get(&path).await.ok()["snooze_until_time"], Value::Null);
    assert_eq!(api.named("Brightwater GmbH").await["snooze_until_time"], Value::Null);
}
