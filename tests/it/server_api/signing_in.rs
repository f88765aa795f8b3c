//! Credentials, tokens, roles, limits.

use super::client::Api;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use mspdash::server::Options;
use serde_json::json;

#[tokio::test]
async fn a_token_lasts_fifteen_minutes_and_no_longer() {
    let api = Api::start().await;
    assert_eq!(api.get("/v1beta1/session").await.status, 200);
    api.later(SignedDuration::from_secs(899));
    assert_eq!(api.get("/v1beta1/session").await.status, 200);
    api.later(SignedDuration::from_secs(1));
    let seen = api.get("/v1beta1/session").await;
    assert_eq!((seen.status, seen.code().as_str()), (401, "UNAUTHENTICATED"));
    assert!(seen.header("www-authenticate").contains("invalid_token"));
}

#[tokio::test]
async fn without_a_token_or_with_a_wrong_one_there_is_nothing_to_see() {
    let api = Api::start().await;
    for ask in [
        api.bare("GET", "companies"),
        api.bare("GET", "companies").header("authorization", "Bearer AAAA"),
        api.bare("GET", "companies").header("authorization", "Basic AAAA"),
        api.bare("GET", "companies").basic("OWNER"),
    ] {
        let seen = ask.send().await;
        assert_eq!((seen.status, seen.code().as_str()), (401, "UNAUTHENTICATED"));
        assert!(seen.header("www-authenticate").starts_with("Bearer"));
    }
}

#[tokio::test]
async fn the_token_call_takes_basic_and_a_form_and_nothing_else() {
    let api = Api::start().await;
    let path = "/v1beta1/oauth2/token";
    let form = [("grant_type", "client_credentials")];
    let good = api.bare("POST", path).basic("OWNER").form(&form).send().await.ok();
    assert_eq!((good["token_type"].as_str(), good["expires_in"].as_u64()), (Some("Bearer"), Some(900)));

    let wrong = api.bare("POST", path).header("authorization", "Basic eDp5").form(&form).send().await;
    assert_eq!((wrong.status, wrong.code().as_str()), (401, "UNAUTHENTICATED"));
    assert!(wrong.header("www-authenticate").starts_with("Basic"));
    let none = api.bare("POST", path).form(&form).send().await;
    assert_eq!(none.status, 401);
    let other = api.bare("POST", path).basic("OWNER").form(&[("grant_type", "password")]).send().await;
    assert_eq!(
        (other.status, other.code().as_str(), other.fields()),
        (400, "INVALID_ARGUMENT", vec!["grant_type".into()])
    );
    let json = api.bare("POST", path).basic("OWNER").json(&json!({})).send().await;
    assert_eq!((json.status, json.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"));
}

#[tokio::test]
async fn failed_sign_ins_are_slowed_and_keep_nobody_else_out() {
    let api = Api::start().await;
    let form = [("grant_type", "client_credentials")];
    let wrong = |id: &str| {
        let basic = STANDARD.encode(format!("{id}:wrong"));
        api.bare("POST", "/v1beta1/oauth2/token").header("authorization", &format!("Basic {basic}")).form(&form).send()
    };
    let right = |role: &str| api.bare("POST", "/v1beta1/oauth2/token").basic(role).form(&form).send();
    let owner = api.credential("OWNER").0;
    for id in [owner.as_str(), "NOBODY"] {
        let mut seen = Vec::new();
        for _ in 0..50 {
            seen.push(wrong(id).await);
        }
        let statuses: Vec<_> = seen.iter().map(|seen| seen.status).collect();
        assert!(statuses[..5] == [401; 5] && statuses[5..] == [429; 45], "{id}: {statuses:?}");
        assert_eq!((seen[49].code().as_str(), seen[49].header("retry-after")), ("RATE_LIMITED", "2"), "{id}");
    }
    assert_eq!(right("OWNER").await.status, 429, "guessing on would find out nothing");
    assert_eq!(right("VIEW_ONLY").await.status, 200);
    api.later(SignedDuration::from_secs(2));
    assert_eq!(right("OWNER").await.status, 200, "and nobody is kept out for long");
    assert_eq!(wrong(&owner).await.status, 401);
}

#[tokio::test]
async fn a_revoked_token_is_dead_and_others_cannot_revoke_it() {
    let api = Api::start().await;
    let form = [("token", api.token.as_str())];
    let path = "/v1beta1/oauth2/revoke";
    let empty = api.bare("POST", path).basic("OWNER").form(&[("token", "")]).send().await;
    assert_eq!((empty.status, empty.fields()), (400, vec!["token".to_owned()]));
    assert_eq!(api.bare("POST", path).basic("OWNER").form(&form).send().await.status, 200);
    assert_eq!(api.get("/v1beta1/session").await.status, 200, "it was not the owner's");
    assert_eq!(api.bare("POST", path).basic("MSP_TECHNICIAN").form(&form).send().await.status, 200);
    assert_eq!(api.get("/v1beta1/session").await.status, 401);
}

#[tokio::test]
async fn the_session_says_who_and_what_is_allowed() {
    let mut api = Api::start().await;
    let session = api.get("/v1beta1/session").await.ok();
    assert_eq!(session["account"]["name"], "Harbour IT");
    assert_eq!(session["account"]["region"], "1password.eu");
    assert_eq!(session["account"]["sign_in_host"], "harbour-it.1password.eu");
    assert_eq!(session["technician"]["display_name"], "Tomma Petersen");
    assert_eq!(session["technician"]["email"], "technician@harbour.example");
    assert_eq!(session["technician"]["groups"], json!(["MSP Technicians"]));
    assert!(session["permissions"].as_array().unwrap().contains(&json!("UNLINK_COMPANIES")));
    assert_eq!(session["limits"], json!({"max_page_size": 1000, "requests_per_minute": 6000, "max_wait": 45}));
    api.sign_in("VIEW_ONLY").await;
    assert_eq!(api.get("/v1beta1/session").await.ok()["permissions"], json!(["VIEW_COMPANIES"]));
}

#[tokio::test]
async fn without_multi_factor_authentication_only_the_session_answers() {
    let mut api = Api::start().await;
    let id = api.named("Brightwater GmbH").await["id"].as_str().unwrap().to_owned();
    api.sign_in("NO_MFA").await;
    assert_eq!(api.get("/v1beta1/session").await.ok()["technician"]["mfa"], false);
    for path in ["companies".to_owned(), format!("companies/{id}"), format!("companies/{id}/setup")] {
        let seen = api.get(&path).await;
        assert_eq!((seen.status, seen.code().as_str()), (403, "MFA_REQUIRED"), "{path}");
    }
}

#[tokio::test]
async fn a_view_only_technician_reads_everything_and_writes_nothing() {
    let mut api = Api::start().await;
    let company = api.named("Brightwater GmbH").await;
    let (id, etag) = (company["id"].as_str().unwrap(), company["etag"].as_str().unwrap());
    api.sign_in("VIEW_ONLY").await;
    for path in ["", "/setup", "/users", "/groups", ":unlinkPreflight"] {
        assert_eq!(api.get(&format!("companies/{id}{path}")).await.status, 200, "{path}");
    }
    for (method, path) in [
        ("PATCH", ""),
        ("POST", ":launch"),
        ("POST", ":unlink"),
        ("POST", ":unlink?validate_only=true"),
        ("PATCH", "/setup/DEPLOY_APPS"),
    ] {
        let ask = api.write(method, &format!("companies/{id}{path}")).header("if-match", etag).json(&json!({}));
        let seen = ask.send().await;
        assert_eq!((seen.status, seen.code().as_str()), (403, "PERMISSION_DENIED"), "{path}");
    }
    let preflight = api.get(&format!("companies/{id}:unlinkPreflight")).await.ok();
    let denied = preflight["checks"]
        .as_array()
        .unwrap()
        .iter()
        .any(|check| check["code"] == "PERMISSION_DENIED" && check["severity"] == "BLOCK");
    assert!(denied, "{preflight}");
}

#[tokio::test]
async fn too_many_requests_are_told_when_to_come_back() {
    let api = Api::with(Options { requests_per_minute: 3, ..Options::default() }).await;
    let first = api.get("/v1beta1/session").await;
    assert_eq!((first.header("ratelimit-limit"), first.header("ratelimit-remaining")), ("3", "2"));
    assert_eq!(first.header("ratelimit-reset"), "60");
    api.get("companies").await;
    api.get("companies").await;
    api.later(SignedDuration::from_secs(20));
    let seen = api.get("companies").await;
    assert_eq!((seen.status, seen.code().as_str()), (429, "RATE_LIMITED"));
    assert_eq!((seen.header("retry-after"), seen.header("ratelimit-remaining")), ("40", "0"));
    api.later(SignedDuration::from_secs(40));
    assert_eq!(api.get("companies").await.status, 200);
}

#[tokio::test]
async fn another_accounts_companies_are_not_there() {
    let api = Api::start().await;
    let path = format!("/v1beta1/accounts/{}/companies", "A".repeat(26));
    let seen = api.get(&path).await;
    assert_eq!((seen.status, seen.code().as_str()), (404, "NOT_FOUND"));
}
