//! People over all companies, by name or e-mail address.

use super::client::{Api, text};
use super::people::{Home, plain};
use serde_json::Value;

async fn found(api: &Api, search: &str, size: usize) -> Vec<Value> {
    let search: String = url::form_urlencoded::byte_serialize(search.as_bytes()).collect();
    let (mut all, mut token) = (Vec::new(), String::new());
    loop {
        let page = api.get(&format!("users?search={search}&max_page_size={size}&page_token={token}")).await.ok();
        all.extend(page["results"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next_page_token"].as_str() else {
            assert_eq!(page["total_size"], all.len(), "{search}");
            return all;
        };
        assert_eq!(page["results"].as_array().unwrap().len(), size);
        next.clone_into(&mut token);
    }
}

/// Whether this person of this company is among them.
fn has(found: &[Value], company: &Value, person: &Value) -> bool {
    found.iter().any(|it| it["company_id"] == company["id"] && it["user_id"] == person["id"])
}

#[tokio::test]
async fn somebody_is_found_by_parts_of_name_and_address_in_any_case_and_accent() {
    let api = Api::start().await;
    let company = api.named("Atelier Lumière SARL").await;
    let home = Home::of(&api, "Atelier Lumière SARL").await;
    let denis = home.who(|person| person["display_name"] == "Denis Nédélec").await;
    for search in ["nedelec", "NÉDÉLEC denis", "ne\u{301}de\u{301}lec", "denis lumiere.example"] {
        let found = found(&api, search, 25).await;
        assert!(has(&found, &company, &denis), "{search}: {found:?}");
        assert_eq!(found[0].as_object().unwrap().len(), 7, "{found:?}");
    }
    assert!(found(&api, "nedelec nobody", 25).await.is_empty());
    let all = found(&api, ".example", 1000).await;
    assert!(all.len() > 500 && all.iter().all(|person| person["type"] != "EXTERNAL_ACCOUNT_MANAGER"));
    assert_eq!(found(&api, ".example", 7).await, all, "however long a page is");
}

#[tokio::test]
async fn of_a_company_that_is_unlinked_nobody_is_found() {
    let api = Api::start().await;
    let home = Home::of(&api, "Bodegas Brisa Alta, S.L.").await;
    let person = home.who(plain).await;
    let (company, email) = (home.company().await, text(&person, "email"));
    assert!(has(&found(&api, &email, 25).await, &company, &person));
    let unlink = api.write("POST", &format!("{}:unlink", home.path)).header("if-match", &text(&company, "etag"));
    unlink.send().await.ok();
    assert!(!has(&found(&api, &email, 25).await, &company, &person));
}

#[tokio::test]
async fn what_is_too_short_or_too_long_is_refused_with_the_rule() {
    let api = Api::start().await;
    for search in ["", "a", " a ", "%CC%81%CC%81", &"a".repeat(101)] {
        let seen = api.get(&format!("users?search={search}")).await;
        assert_eq!((seen.status, seen.code().as_str()), (400, "INVALID_ARGUMENT"), "{search}: {}", seen.text);
        assert!(seen.text.contains("2 to 100 characters"), "{}", seen.text);
    }
}
