//! People are invited on the page of a launched company: the sample's stand-in for the company's own pages.

use super::client::{Api, text};
use serde_json::{Value, json};

fn behind<'a>(page: &'a str, mark: &str) -> &'a str {
    let (_, rest) = page.split_once(mark).unwrap_or_else(|| panic!("{mark} is not on the page:\n{page}"));
    rest.split('"').next().unwrap()
}

/// A company that was just added, and the page of its people.
async fn launched(api: &Api) -> (Value, String) {
    let new = json!({"name": "Newcomer GmbH", "address": {"country_code": "DE"}});
    let company = api.write("POST", "companies").json(&new).send().await.json();
    let path = format!("companies/{}:launch", text(&company, "id"));
    let launch = api.write("POST", &path).json(&json!({"target": "PEOPLE"})).send().await.ok();
    (company, api.bare("GET", &text(&launch, "launch_uri")).send().await.text)
}

fn fields<'a>(page: &'a str, name: &'a str) -> [(&'a str, &'a str); 4] {
    let hidden = |field: &str| behind(page, &format!("name=\"{field}\" value=\""));
    [("form", hidden("form")), ("company", hidden("company")), ("technician", hidden("technician")), ("name", name)]
}

#[tokio::test]
async fn who_is_invited_fills_a_seat_and_can_become_an_owner() {
    let api = Api::start().await;
    let (company, page) = launched(&api).await;
    let seen = api.bare("POST", "/launch/people").form(&fields(&page, "Petra Özdemir")).send().await;
    assert_eq!(seen.status, 200);
    let path = format!("companies/{}", text(&company, "id"));
    let after = api.get(&path).await.ok();
    assert_eq!((&after["state"], &after["seats"]["filled"]), (&json!("ACTIVE"), &json!(1)), "somebody has signed in");
    let people = api.get(&format!("{path}/users?max_page_size=100")).await.ok();
    let petra = people["results"].as_array().unwrap().iter().find(|one| one["display_name"] == "Petra Özdemir");
    let petra = petra.unwrap();
    let groups = api.get(&format!("{path}/groups")).await.ok();
    let owners = groups["results"].as_array().unwrap().iter().find(|group| group["kind"] == "OWNERS").unwrap();
    let members = format!("{path}/groups/{}/members", text(owners, "id"));
    api.write("POST", &members).json(&json!({"user_id": petra["id"]})).send().await.ok();
    let owned = api.get(&path).await.ok();
    assert_eq!((&owned["owners"]["confirmed"], &owned["owners"]["names"]), (&json!(1), &json!(["Petra Özdemir"])));
    let trail = api.get("audit_events?max_page_size=2").await.ok();
    assert_eq!(trail["results"][1]["action"], "PERSON_INVITED");
    assert_eq!(trail["results"][1]["actor"]["display_name"], "Tomma Petersen");
}

#[tokio::test]
async fn a_form_is_good_once_for_its_company_and_its_technician() {
    let api = Api::start().await;
    let (_, page) = launched(&api).await;
    let (other, _) = launched(&api).await;
    let other = text(&other, "id");
    let mut elsewhere = fields(&page, "Mallory");
    elsewhere[1].1 = &other;
    assert_eq!(api.bare("POST", "/launch/people").form(&elsewhere).send().await.status, 403);
    let good = fields(&page, "Ada");
    let foreign = api.bare("POST", "/launch/people").header("origin", "https://evil.example").form(&good);
    assert_eq!(foreign.send().await.status, 403);
    assert_eq!(api.bare("POST", "/launch/people").form(&good).send().await.status, 200);
    assert_eq!(api.bare("POST", "/launch/people").form(&good).send().await.status, 403, "sent already");
}

#[tokio::test]
async fn a_name_is_needed_and_is_shown_as_text() {
    let api = Api::start().await;
    let (_, page) = launched(&api).await;
    assert_eq!(api.bare("POST", "/launch/people").form(&fields(&page, " \u{200b} ")).send().await.status, 400);
    let (_, page) = launched(&api).await;
    let seen = api.bare("POST", "/launch/people").form(&fields(&page, "<b>Eve</b>")).send().await;
    assert!(seen.text.contains("&lt;b&gt;Eve&lt;/b&gt;") && !seen.text.contains("<b>Eve</b>"));
}
