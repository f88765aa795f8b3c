//! Vaults: what is listed, who may give themselves access, and launching to one.

use super::client::{Api, Seen, text};
use super::people::Home;
use mspdash::server::Options;
use serde_json::{Value, json};

#[track_caller]
fn refused(seen: &Seen, status: u16, code: &str) {
    assert_eq!((seen.status, seen.code().as_str()), (status, code), "{}", seen.text);
}

async fn vaults(home: &Home<'_>) -> Vec<Value> {
    home.api.get(&format!("{}/vaults?max_page_size=1000", home.path)).await.ok()["results"].as_array().unwrap().clone()
}

async fn grant(home: &Home<'_>, vault: &Value) -> Seen {
    home.api.write("POST", &format!("{}/vaults/{}:grantAccess", home.path, text(vault, "id"))).send().await
}

#[tokio::test]
async fn a_company_has_the_vaults_that_its_checklist_counts() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let all = vaults(&home).await;
    assert_eq!(all.len(), 5);
    assert_eq!((&all[0]["name"], &all[0]["people_count"]), (&json!("Shared"), &json!(42)));
    assert!(all.iter().all(|vault| vault["people_count"].as_u64().unwrap() <= 45 && vault["path"].is_string()));
    let page = api.get(&format!("{}/vaults?max_page_size=2", home.path)).await.ok();
    assert_eq!((&page["total_size"], &page["results"]), (&json!(5), &json!(all[..2])));
    let token = text(&page, "next_page_token");
    let rest = api.get(&format!("{}/vaults?max_page_size=3&page_token={token}", home.path)).await.ok();
    assert_eq!((&rest["results"], &rest["next_page_token"]), (&json!(all[2..]), &Value::Null));
    let other = Home::of(&api, "Bright & Söhne KG").await;
    assert_eq!(vaults(&other).await, Vec::<Value>::new());
}

#[tokio::test]
async fn the_same_seed_gives_the_same_vaults_beyond_the_made_companies_too() {
    let options = || Options { sample_size: 2010, ..Options::default() };
    let (one, two) = (Api::with(options()).await, Api::with(options()).await);
    let all = one.companies("", 1000).await;
    let late = all.iter().find(|company| text(company, "website") == "client-2005.example").unwrap();
    let path = format!("companies/{}", text(late, "id"));
    let first = vaults(&Home { api: &one, path: path.clone() }).await;
    assert_eq!(first, vaults(&Home { api: &two, path: path.clone() }).await);
    assert_eq!(first, vaults(&Home { api: &one, path }).await, "made once");
}

#[tokio::test]
async fn a_technician_gives_themself_access_and_nobody_else() {
    let mut api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let closed = vaults(&home).await.into_iter().find(|vault| vault["has_access"] == false).unwrap();
    let dry = format!("{}/vaults/{}:grantAccess?validate_only=true", home.path, text(&closed, "id"));
    assert_eq!(api.write("POST", &dry).send().await.ok()["has_access"], true);
    assert!(vaults(&home).await.contains(&closed), "nothing happened");
    let open = grant(&home, &closed).await.ok();
    assert_eq!((&open["has_access"], &open["id"]), (&json!(true), &closed["id"]));
    assert_eq!(open["people_count"], closed["people_count"].as_u64().unwrap() + 1);
    assert_eq!(grant(&home, &closed).await.ok(), open, "once more is the same");
    let path = home.path.clone();
    let missing = format!("{path}/vaults/{}:grantAccess", "A".repeat(26));
    refused(&api.write("POST", &missing).send().await, 404, "NOT_FOUND");
    api.sign_in("VIEW_ONLY").await;
    let home = Home { api: &api, path };
    let seen = vaults(&home).await.into_iter().find(|vault| vault["id"] == closed["id"]).unwrap();
    assert_eq!(seen["has_access"], false, "of a colleague");
    refused(&grant(&home, &closed).await, 403, "PERMISSION_DENIED");
}

#[tokio::test]
async fn advanced_permissions_take_the_company_and_the_msp() {
    let mut api = Api::start().await;
    let linked = Home::of(&api, "Cantiere Bianchi S.p.A.").await;
    assert_eq!(linked.company().await["advanced_permissions"]["allowed_by_company"], false);
    let all = api.companies("", 1000).await;
    let off = all
        .iter()
        .find(|company| company["state"] == "ACTIVE" && company["advanced_permissions"]["allowed_by_company"] == false);
    let off = Home { api: &api, path: format!("companies/{}", text(off.unwrap(), "id")) };
    refused(&grant(&off, &vaults(&off).await[0]).await, 403, "ADVANCED_PERMISSION_OFF");
    let home = Home::of(&api, "Seagrass Studios Ltd").await;
    let advanced = home.company().await["advanced_permissions"].clone();
    assert_eq!(advanced, json!({"allowed_by_company": true, "granted_to_me": false}));
    let vault = vaults(&home).await[0].clone();
    refused(&grant(&home, &vault).await, 403, "ADVANCED_PERMISSION_NOT_GRANTED");
    let granted: Vec<_> = home.people().await.iter().map(|person| person["advanced_granted"].clone()).collect();
    let technicians: Vec<_> = granted.iter().filter(|granted| !granted.is_null()).collect();
    assert_eq!(technicians, [&json!(true), &json!(true), &json!(false)]);
    let gone = Home::of(&api, "Pelican Print Ltd").await;
    refused(&grant(&gone, &vaults(&gone).await[0]).await, 409, "WRONG_STATE");
    let path = home.path.clone();
    api.sign_in("OWNER").await;
    let home = Home { api: &api, path };
    assert_eq!(grant(&home, &vault).await.ok()["has_access"], true);
}

#[tokio::test]
async fn unlinking_ends_the_access() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    for vault in vaults(&home).await {
        grant(&home, &vault).await.ok();
    }
    let etag = text(&home.company().await, "etag");
    api.write("POST", &format!("{}:unlink", home.path)).header("if-match", &etag).send().await.ok();
    assert!(vaults(&home).await.iter().all(|vault| vault["has_access"] == false));
}

#[tokio::test]
async fn a_launch_can_lead_to_one_vault() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let vault = vaults(&home).await[1].clone();
    let launch = async |body: Value| api.write("POST", &format!("{}:launch", home.path)).json(&body).send().await;
    let uri = text(&launch(json!({"target": "VAULTS", "vault_id": vault["id"]})).await.ok(), "launch_uri");
    let page = api.bare("GET", &uri).send().await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("<dt>Vault</dt><dd dir=\"auto\">IT</dd>") && page.text.contains("Brightwater GmbH"));
    let uri = text(&launch(json!({"target": "VAULTS"})).await.ok(), "launch_uri");
    let page = api.bare("GET", &uri).send().await.text;
    assert!(!page.contains("<dt>Vault</dt>") && page.contains("Finance"), "all of them: {page}");
    assert_eq!(launch(json!({"target": "PEOPLE", "vault_id": vault["id"]})).await.fields(), ["vault_id"]);
    assert_eq!(launch(json!({"vault_id": vault["id"]})).await.fields(), ["vault_id"]);
    refused(&launch(json!({"target": "VAULTS", "vault_id": "A".repeat(26)})).await, 404, "NOT_FOUND");
    let elsewhere = vaults(&Home::of(&api, "Wattwurm Software GmbH").await).await[0].clone();
    refused(&launch(json!({"target": "VAULTS", "vault_id": elsewhere["id"]})).await, 404, "NOT_FOUND");
}
