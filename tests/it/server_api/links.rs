//! Links: the technician's half over the API, the Owner's half over pages, as a browser would.

use super::client::{Api, NOW, Seen, text};
use jiff::SignedDuration;
use serde_json::{Value, json};

async fn links(api: &Api) -> Vec<Value> {
    api.get("link_requests?max_page_size=1000").await.ok()["results"].as_array().unwrap().clone()
}

async fn newest(api: &Api, state: &str) -> Value {
    links(api).await.into_iter().find(|link| link["state"] == state).unwrap_or_else(|| panic!("none is {state}"))
}

/// What stands behind `mark` on a page, up to the next quote.
fn behind<'a>(page: &'a str, mark: &str) -> &'a str {
    let begin = page.find(mark).unwrap_or_else(|| panic!("no {mark} in {page}")) + mark.len();
    page[begin..].split('"').next().unwrap()
}

async fn owner_page(api: &Api, id: &str) -> String {
    let page = api.bare("GET", &format!("/owner/links/{id}")).send().await;
    assert_eq!(page.status, 200, "{}", page.text);
    page.text
}

/// The confirmation link of a request that waits for us.
async fn confirmation(api: &Api, id: &str) -> String {
    behind(&owner_page(api, id).await, "readonly value=\"").to_owned()
}

async fn accept(api: &Api, link: &str) -> Seen {
    api.write("POST", "link_requests:accept").json(&json!({ "confirmation_link": link })).send().await
}

/// Presses a button on the Owner's page.
async fn decide(api: &Api, id: &str, decision: &str, reason: &str) -> Seen {
    let page = owner_page(api, id).await;
    let form = behind(&page, "name=\"form\" value=\"").to_owned();
    let fields = [("form", form.as_str()), ("decision", decision), ("reason", reason)];
    api.bare("POST", &format!("/owner/links/{id}")).form(&fields).send().await
}

/// Presses *Start linking* of the account with this name; the page that follows comes back.
async fn start(api: &Api, name: &str) -> Seen {
    let desk = api.bare("GET", "/owner").send().await;
    let row = &desk.text[desk.text.find(name).unwrap_or_else(|| panic!("no {name}"))..];
    let (form, account) = (behind(row, "name=\"form\" value=\""), behind(row, "name=\"account\" value=\""));
    api.bare("POST", "/owner/links").form(&[("form", form), ("account", account)]).send().await
}

fn code(seen: &Seen) -> (u16, String) {
    (seen.status, seen.code())
}

#[tokio::test]
async fn the_sample_has_a_link_in_every_state_and_the_desk_has_its_accounts() {
    let api = Api::start().await;
    let all = links(&api).await;
    let states: Vec<_> = all.iter().map(|link| text(link, "state")).collect();
    assert_eq!(states, ["REQUESTED", "ACCEPTED", "DENIED", "EXPIRED", "APPROVED", "CANCELLED"], "newest first");
    assert_eq!(
        (&all[0]["company_name"], &all[1]["accepted_by"]["display_name"]),
        (&json!("Cantiere Bianchi S.p.A."), &json!("Tomma Petersen"))
    );
    assert!(text(&all[2], "reason").contains("old provider"));
    assert_eq!((&all[3]["expire_time"], &all[2]["owner_page_uri"]), (&Value::Null, &Value::Null));
    let approved = api.company(&text(&all[4], "company_id")).await;
    assert_eq!((&approved["origin"], &approved["link_time"]), (&json!("LINKED"), &all[4]["end_time"]));
    assert_eq!(approved["advanced_permissions"], json!({"allowed_by_company": false, "granted_to_me": false}));

    let session = api.get("/v1beta1/session").await.ok();
    let desk = api.bare("GET", &text(&session["account"], "owner_desk_uri")).send().await;
    assert_eq!(desk.status, 200);
    for words in [
        "Kaufhaus Seestern GmbH",
        "Harborview Dental Partners LLC",
        "1password.com",
        "Nordkap Reederei",
        "Møller &amp; Brandt",
    ] {
        assert!(desk.text.contains(words), "{words}");
    }
    assert!(!desk.text.contains("Brightwater") && !desk.text.contains("<script"));
    let policy = desk.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"));
}

#[tokio::test]
async fn links_come_by_pages_that_stay_the_same_while_new_ones_come() {
    let api = Api::start().await;
    let first = api.get("link_requests?max_page_size=4").await.ok();
    assert_eq!(first["total_size"], 6);
    start(&api, "Kaufhaus Seestern").await;
    let token = text(&first, "next_page_token");
    let second = api.get(&format!("link_requests?max_page_size=4&page_token={token}")).await.ok();
    assert_eq!((second["results"].as_array().unwrap().len(), &second["next_page_token"]), (2, &Value::Null));
    assert_eq!(second["results"][1]["state"], "CANCELLED");
    let seen = api.get("link_requests?page_token=nonsense").await;
    assert_eq!(seen.fields(), ["page_token"]);
}

#[tokio::test]
async fn an_account_is_linked_from_the_first_button_to_the_last() {
    let api = Api::start().await;
    let since = text(&api.get("companies?max_page_size=1").await.ok(), "change_token");
    let page = start(&api, "Kaufhaus Seestern").await;
    assert!(page.text.contains("Pass this confirmation link on"), "{}", page.text);
    let link = behind(&page.text, "readonly value=\"").to_owned();
    assert!(link.starts_with("https://kaufhaus-seestern.1password.eu/link/"));
    let dry = api.write("POST", "link_requests:accept?validate_only=true").json(&json!({ "confirmation_link": link }));
    assert_eq!(dry.send().await.ok()["state"], "ACCEPTED");

    let ask = || {
        let ask = api.ask("POST", "link_requests:accept").header("idempotency-key", "a");
        ask.json(&json!({ "confirmation_link": link })).send()
    };
    let (accepted, again) = (ask().await.ok(), ask().await.ok());
    assert_eq!(accepted, again);
    assert_eq!((&accepted["state"], &accepted["expire_time"]), (&json!("ACCEPTED"), &json!("2026-11-29T12:00:00Z")));
    assert_eq!(accepted["company_id"], Value::Null);
    assert_eq!(code(&accept(&api, &link).await), (409, "WRONG_STATE".into()), "accepting does not make it ours");
    assert_eq!(api.companies("", 1000).await.len(), 48);

    let id = text(&accepted, "id");
    assert!(text(&accepted, "owner_page_uri").ends_with(&format!("/owner/links/{id}")));
    let done = decide(&api, &id, "approve", "").await;
    assert!(done.status == 200 && done.text.contains("is managed by Harbour IT now"), "{}", done.text);
    let changes = api.get(&format!("companies:changes?since={since}")).await.ok();
    let company = &changes["results"][0];
    assert_eq!((&company["name"], &company["state"]), (&json!("Kaufhaus Seestern GmbH"), &json!("ACTIVE")));
    assert_eq!((&company["origin"], &company["link_time"]), (&json!("LINKED"), &json!(NOW)));
    assert_eq!(company["advanced_permissions"], json!({"allowed_by_company": false, "granted_to_me": false}));
    assert_eq!((&company["owners"]["confirmed"], &company["seats"]["filled"]), (&json!(2), &json!(18)));
    let users = api.get(&format!("companies/{}/users?max_page_size=100", text(company, "id"))).await.ok();
    assert_eq!(users["results"][0]["display_name"], "Wiebke Tjaden", "the Owner who started it");
    assert_eq!(code(&accept(&api, &link).await), (409, "ALREADY_MANAGED".into()));
    let events = api.get("audit_events?max_page_size=2").await.ok();
    let acts: Vec<_> = events["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (text(e, "action"), text(&e["actor"], "display_name")))
        .collect();
    assert_eq!(
        acts,
        [("LINK_APPROVED".into(), "Wiebke Tjaden".into()), ("LINK_ACCEPTED".to_owned(), "Tomma Petersen".to_owned())]
    );
    assert_eq!(links(&api).await[0]["company_id"], company["id"]);
    assert!(!api.bare("GET", "/owner").send().await.text.contains("Kaufhaus Seestern"));
}

#[tokio::test]
async fn an_unlinked_company_comes_back_as_itself() {
    let api = Api::start().await;
    let before = api.named("Nordkap Reederei GmbH & Co. KG").await;
    let page = start(&api, "Nordkap Reederei").await;
    let link = behind(&page.text, "readonly value=\"").to_owned();
    let accepted = accept(&api, &link).await.ok();
    decide(&api, &text(&accepted, "id"), "approve", "").await;
    let after = api.company(&text(&before, "id")).await;
    assert_eq!((&after["state"], &after["link_time"]), (&json!("ACTIVE"), &json!(NOW)));
    for gone in ["unlink_time", "unlinked_by", "trial_end_time"] {
        assert_eq!(after[gone], Value::Null, "{gone}");
    }
    assert_eq!(after["seats"], before["seats"]);
    let users = api.get(&format!("companies/{}/users?max_page_size=1000", text(&before, "id"))).await.ok();
    let technicians: Vec<_> =
        users["results"].as_array().unwrap().iter().filter(|user| user["type"] == "EXTERNAL_ACCOUNT_MANAGER").collect();
    assert!(
        technicians.len() == 3
            && technicians.iter().all(|user| user["state"] == "ACTIVE" && user["groups"][0].is_object())
    );
    let launch = api.write("POST", &format!("companies/{}:launch", text(&before, "id"))).send().await;
    assert_eq!(launch.status, 200);
}

#[tokio::test]
async fn a_denial_has_its_reason_and_a_company_that_only_waited_leaves_the_list() {
    let api = Api::start().await;
    let since = text(&api.get("companies?max_page_size=1").await.ok(), "change_token");
    let waiting = newest(&api, "REQUESTED").await;
    let (id, company) = (text(&waiting, "id"), text(&waiting, "company_id"));
    assert_eq!(api.company(&company).await["attention"][0], "LINK_WAITING");
    accept(&api, &confirmation(&api, &id).await).await.ok();
    let page = decide(&api, &id, "deny", "  <b>Not\u{202e} now</b>  ").await;
    assert!(page.text.contains("&lt;b&gt;Not now&lt;/b&gt;"), "{}", page.text);
    let denied = newest(&api, "DENIED").await;
    assert_eq!((&denied["id"], &denied["reason"]), (&json!(id), &json!("<b>Not now</b>")));
    let changes = api.get(&format!("companies:changes?since={since}")).await.ok();
    assert_eq!(changes["removed"], json!([{ "id": company }]));
    assert_eq!(api.companies("", 1000).await.len(), 47);

    // Its Owner may try again, and then it comes back under its id.
    let page = start(&api, "Cantiere Bianchi").await;
    let again = accept(&api, behind(&page.text, "readonly value=\"")).await.ok();
    decide(&api, &text(&again, "id"), "approve", "").await;
    let changes = api.get(&format!("companies:changes?since={since}")).await.ok();
    assert_eq!((&changes["removed"], &changes["results"][0]["id"]), (&json!([]), &json!(company)));
}

#[tokio::test]
async fn a_company_of_the_list_that_waited_becomes_ours() {
    let api = Api::start().await;
    let waiting = newest(&api, "REQUESTED").await;
    let id = text(&waiting, "id");
    accept(&api, &confirmation(&api, &id).await).await.ok();
    decide(&api, &id, "approve", "").await;
    let company = api.company(&text(&waiting, "company_id")).await;
    assert_eq!((&company["state"], &company["link_time"]), (&json!("ACTIVE"), &json!(NOW)));
    assert!(!company["attention"].as_array().unwrap().contains(&json!("LINK_WAITING")));
}

#[tokio::test]
async fn a_link_that_does_not_fit_is_refused_with_the_reason() {
    let mut api = Api::start().await;
    for link in
        ["", "no link", "https://a.1password.eu/link/short", "https://evil.example/link/AAAAAAAAAAAAAAAAAAAAAAAAAA"]
    {
        assert_eq!(accept(&api, link).await.fields()[0], "confirmation_link", "{link}");
    }
    let page = start(&api, "Harborview").await;
    assert!(page.text.contains("will not be able to accept"));
    let seen = accept(&api, behind(&page.text, "readonly value=\"")).await;
    assert_eq!(code(&seen), (409, "REGION_MISMATCH".into()));
    assert!(text(&seen.json(), "detail").contains("an MSP account on 1password.com would be needed"));
    assert_eq!(links(&api).await.len(), 6, "another region's requests are not for us");
    let unknown = accept(&api, &format!("https://a.1password.eu/link/{}", "A".repeat(52))).await;
    assert_eq!(code(&unknown), (404, "NOT_FOUND".into()));
    api.sign_in("VIEW_ONLY").await;
    assert_eq!(code(&accept(&api, "https://x").await), (403, "PERMISSION_DENIED".into()));
}

#[tokio::test]
async fn a_link_lapses_on_either_side_when_nobody_acts() {
    let mut api = Api::start().await;
    let waiting = newest(&api, "REQUESTED").await;
    let (id, company) = (text(&waiting, "id"), text(&waiting, "company_id"));
    let link = confirmation(&api, &id).await;
    let page = start(&api, "Kaufhaus Seestern").await;
    let accepted = accept(&api, behind(&page.text, "readonly value=\"")).await.ok();
    let since = text(&api.get("companies?max_page_size=1").await.ok(), "change_token");
    api.later(SignedDuration::from_hours(7 * 24));
    api.sign_in("MSP_TECHNICIAN").await;
    let changes = api.get(&format!("companies:changes?since={since}")).await.ok();
    assert_eq!(changes["removed"], json!([{ "id": company }]), "it only stood there because of its link");
    assert_eq!(code(&accept(&api, &link).await), (410, "LINK_EXPIRED".into()));
    for seen in links(&api).await {
        assert!(!["REQUESTED", "ACCEPTED"].contains(&text(&seen, "state").as_str()), "{seen}");
    }
    let id = text(&accepted, "id");
    assert!(owner_page(&api, &id).await.contains("<h2>Expired</h2>"));
    let seen = api.write("POST", &format!("link_requests/{id}:cancel")).send().await;
    assert_eq!(code(&seen), (409, "WRONG_STATE".into()));
}

#[tokio::test]
async fn we_take_a_link_back_once() {
    let api = Api::start().await;
    let id = text(&newest(&api, "ACCEPTED").await, "id");
    let path = format!("link_requests/{id}:cancel");
    let dry = api.write("POST", &format!("{path}?validate_only=true")).send().await.ok();
    assert_eq!((&dry["state"], &newest(&api, "ACCEPTED").await["id"]), (&json!("CANCELLED"), &json!(id)));
    let done = api.write("POST", &path).send().await.ok();
    assert_eq!((&done["state"], &done["end_time"]), (&json!("CANCELLED"), &json!(NOW)));
    assert_eq!(code(&api.write("POST", &path).send().await), (409, "WRONG_STATE".into()));
    assert!(owner_page(&api, &id).await.contains("Cancelled by the provider"));
    let unknown = api.write("POST", &format!("link_requests/{}:cancel", "A".repeat(26))).send().await;
    assert_eq!(code(&unknown), (404, "NOT_FOUND".into()));
    assert_eq!(api.get("audit_events?max_page_size=1").await.ok()["results"][0]["action"], "LINK_CANCELLED");
}

#[tokio::test]
async fn other_sites_cannot_press_the_buttons() {
    let api = Api::start().await;
    let id = text(&newest(&api, "ACCEPTED").await, "id");
    let path = format!("/owner/links/{id}");
    let word = async || behind(&owner_page(&api, &id).await, "name=\"form\" value=\"").to_owned();
    let press = |form: &str| api.bare("POST", &path).form(&[("form", form), ("decision", "approve")]);
    assert_eq!(press("").send().await.status, 403);
    assert_eq!(press(&word().await).header("origin", "https://evil.example").send().await.status, 403);
    assert_eq!(press(&word().await).header("origin", "null").send().await.status, 403);
    assert_eq!(press(&word().await).header("sec-fetch-site", "cross-site").send().await.status, 403);
    for (host, status) in [("evil.example", 400), ("[::1]", 403)] {
        assert_eq!(press(&word().await).header("host", host).send().await.status, status);
        assert_eq!(api.bare("GET", &path).header("host", host).send().await.status, status);
    }
    let desk = api.bare("GET", "/owner").send().await.text;
    assert_eq!(press(behind(&desk, "name=\"form\" value=\"")).send().await.status, 403, "the word of another form");
    assert_eq!(newest(&api, "ACCEPTED").await["id"], id, "nothing happened");
    let own = press(&word().await).header("sec-fetch-site", "same-origin").header("origin", &api.running.base_url());
    assert_eq!(own.send().await.status, 200);
    assert_eq!(newest(&api, "APPROVED").await["id"], id);
    assert_eq!(decide_raw(&api, &path).await, 403, "there is nothing left to decide, and no form");
    assert_eq!(api.bare("GET", "/owner/links/UNKNOWN").send().await.status, 404);
}

async fn decide_raw(api: &Api, path: &str) -> u16 {
    api.bare("POST", path).form(&[("decision", "deny")]).send().await.status
}
