//! Texts that `PostgreSQL` takes otherwise than `SQLite`.

use super::instances::{patch, two};
use serde_json::json;

/// An index takes no more than a third of a page of a row.
#[tokio::test]
async fn the_longest_values_of_every_alphabet_are_kept() {
    let Some((_name, [api, _other])) = two().await else { return };
    for (round, first) in ['a', 'ß', 'Ω', '一', '가', '\u{20000}'].into_iter().enumerate() {
        let letters = |count: u32| -> String {
            (0..count)
                .filter_map(|n| char::from_u32(u32::from(first) + n * 37 % 200))
                .filter(|c| c.is_alphabetic())
                .collect()
        };
        let cut = |text: String, most: usize| text.chars().take(most).collect::<String>();
        let body = json!({"name": cut(letters(3000), 100), "external_id": cut(letters(3000), 100)});
        let company = api.companies("", 1000).await.remove(0);
        let seen = patch(&api, &company, &format!("long-{round}"), &body).await;
        assert_eq!(seen.status, 200, "{first}: {}", seen.text);
        assert_eq!(seen.json()["name"], body["name"]);
    }
}

/// PostgreSQL takes no NUL in a text: that must not become a failure of the server.
#[tokio::test]
async fn a_nul_is_found_nowhere_and_kept_nowhere() {
    let Some((_name, [api, _other])) = two().await else { return };
    for path in ["companies/a%00b", "companies/a%00b/users", "/launch/a%00b"] {
        let seen = api.get(path).await;
        assert!([404, 410].contains(&seen.status), "{path}: {}", seen.text);
    }
    let ask = api.bare("POST", "/v1beta1/oauth2/token").header("authorization", "Basic YQBiOmMAZA==");
    assert_eq!(ask.form(&[("grant_type", "client_credentials")]).send().await.status, 401);
    let company = api.companies("", 1000).await.remove(0);
    for field in ["name", "note", "external_id"] {
        let seen = patch(&api, &company, field, &json!({ field: "a\u{0}b" })).await;
        assert_eq!(seen.status, 400, "{field}: {}", seen.text);
    }
}
