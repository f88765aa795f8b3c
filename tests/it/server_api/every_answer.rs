//! What every answer has in common, and faults on purpose.

use super::client::Api;
use mspdash::server::{Fault, Options, write_credentials};
use serde_json::{Value, json};

#[tokio::test]
async fn unknown_paths_and_methods_are_problems_too() {
    let api = Api::start().await;
    for path in ["/", "/nowhere", "/v1beta1/accounts", "companies/", "companies/A:explode", "companies/A/setup/"] {
        let seen = api.get(path).await;
        assert_eq!((seen.status, seen.code().as_str()), (404, "NOT_FOUND"), "{path}");
    }
    let seen = api.ask("DELETE", "companies").send().await;
    assert_eq!((seen.status, seen.code().as_str()), (405, "METHOD_NOT_ALLOWED"));
    assert_eq!(seen.header("allow"), "GET, HEAD, POST, OPTIONS");
    assert_eq!(api.ask("OPTIONS", "companies").send().await.status, 204);
    let head = api.ask("HEAD", "companies").send().await;
    assert_eq!((head.status, head.text.as_str(), head.header("content-type")), (200, "", "application/json"));
}

#[tokio::test]
async fn the_request_id_is_echoed_if_sane_and_made_otherwise() {
    let api = Api::start().await;
    let seen = api.ask("GET", "companies").header("x-request-id", "from-me-1").send().await;
    assert_eq!(seen.header("x-request-id"), "from-me-1");
    assert_eq!(seen.header("cache-control"), "no-store");
    for odd in ["two words".to_owned(), "x".repeat(200), "<script>".to_owned()] {
        let seen = api.ask("GET", "companies").header("x-request-id", &odd).send().await;
        assert_eq!(seen.header("x-request-id").len(), 26, "{odd}");
    }
}

#[tokio::test]
async fn bodies_are_read_strictly() {
    let api = Api::start().await;
    let company = api.named("Brightwater GmbH").await;
    let path = format!("companies/{}", company["id"].as_str().unwrap());
    let etag = company["etag"].as_str().unwrap();
    let ask = || api.write("PATCH", &path).header("if-match", etag);
    let json = "application/json";

    let seen = ask().header("content-type", json).body("{\"name\": ").send().await;
    assert_eq!((seen.status, seen.code().as_str()), (400, "INVALID_ARGUMENT"));
    let seen = ask().header("content-type", json).body("[1]").send().await;
    assert_eq!((seen.status, seen.code().as_str()), (400, "INVALID_ARGUMENT"));
    let seen = ask().header("content-type", json).body("[".repeat(10_000)).send().await;
    assert_eq!((seen.status, seen.code().as_str()), (400, "INVALID_ARGUMENT"));
    let seen = ask().header("content-type", json).body(b"{\"name\":\"\xff\"}".to_vec()).send().await;
    assert_eq!((seen.status, seen.code().as_str()), (400, "INVALID_ARGUMENT"));
    let seen = ask().header("content-type", "text/plain").body("{}").send().await;
    assert_eq!((seen.status, seen.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"));
    let seen = ask().header("content-type", json).body(vec![b' '; 1024 * 1024 + 1]).send().await;
    assert_eq!((seen.status, seen.code().as_str()), (413, "PAYLOAD_TOO_LARGE"));
    assert_eq!(api.company(company["id"].as_str().unwrap()).await["etag"], etag, "nothing of it changed anything");
}

#[tokio::test]
async fn what_comes_twice_is_refused_by_name_wherever_it_stands() {
    let api = Api::start().await;
    let company = api.named("Brightwater GmbH").await;
    let path = format!("companies/{}", company["id"].as_str().unwrap());
    let etag = company["etag"].as_str().unwrap();
    for body in [
        r#"{"note":"a","note":"b"}"#,
        r#"{"address":{"locality":"a","locality":"b"}}"#,
        r#"{"note":"a","n\u006fte":"b"}"#,
    ] {
        let ask = api.write("PATCH", &path).header("if-match", etag).header("content-type", "application/json");
        let seen = ask.body(body).send().await;
        assert_eq!((seen.status, seen.code().as_str()), (400, "INVALID_ARGUMENT"), "{body}");
        assert!(seen.text.contains("comes twice"), "{}", seen.text);
    }
    for header in ["idempotency-key", "if-match", "authorization", "content-type"] {
        let ask = api.write("PATCH", &path).header("if-match", etag).json(&json!({"note": "a"}));
        let seen = ask.header(header, "x").send().await;
        assert_eq!((seen.status, seen.fields()), (400, vec![header.to_owned()]));
    }
    let form = [("grant_type", "client_credentials"), ("grant_type", "client_credentials")];
    let seen = api.bare("POST", "/v1beta1/oauth2/token").basic("OWNER").form(&form).send().await;
    assert_eq!((seen.status, seen.fields()), (400, vec!["grant_type".to_owned()]));
    assert_eq!(api.company(company["id"].as_str().unwrap()).await["etag"], etag, "nothing of it changed anything");
}

#[tokio::test]
async fn unknown_parameters_are_refused_by_name() {
    let api = Api::start().await;
    let seen = api.get("companies?fliter=state%3DACTIVE").await;
    assert_eq!((seen.status, seen.fields()), (400, vec!["fliter".to_owned()]));
    let seen = api.get("companies?filter=a&filter=b").await;
    assert_eq!((seen.status, seen.fields()), (400, vec!["filter".to_owned()]));
}

#[tokio::test]
async fn faults_are_obeyed_only_where_they_were_asked_for() {
    let tame = Api::start().await;
    assert_eq!(tame.ask("GET", "companies").header("x-fault", "status=503").send().await.status, 200);

    let api = Api::with(Options { faults: true, ..Options::default() }).await;
    let seen = api.ask("GET", "companies").header("x-fault", "status=503").send().await;
    assert_eq!((seen.status, seen.code().as_str()), (503, "FAULT"));
    assert!(api.ask("GET", "companies").header("x-fault", "cut").try_send().await.is_err());
    let garbage = api.ask("GET", "companies").header("x-fault", "garbage").send().await;
    assert!(serde_json::from_str::<Value>(&garbage.text).is_err());
    let slow = api.ask("GET", "/v1beta1/session").header("x-fault", "slow-body").send().await;
    assert_eq!(slow.ok()["account"]["name"], "Harbour IT");
    let dead = api.ask("GET", "companies").header("x-fault", "panic").send().await;
    assert_eq!((dead.status, dead.code().as_str()), (500, "INTERNAL"));
    assert_eq!(api.get("companies").await.status, 200);
}

#[tokio::test]
async fn a_fault_can_be_set_for_everybody_and_ended() {
    let api = Api::start().await;
    api.running.set_fault(Some(Fault::Status(500)));
    assert_eq!(api.get("companies").await.status, 500);
    api.running.set_fault(None);
    assert_eq!(api.get("companies").await.status, 200);
}

#[tokio::test]
async fn the_credentials_file_is_complete_and_private() {
    let api = Api::start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials.json");
    write_credentials(&path, &api.running).unwrap();
    let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(file["base_url"], api.running.base_url());
    assert_eq!(file["account_id"], api.running.account_id());
    let roles: Vec<_> = file["credentials"].as_array().unwrap().iter().map(|one| one["role"].clone()).collect();
    assert_eq!(json!(roles), json!(["OWNER", "ADMINISTRATOR", "MSP_TECHNICIAN", "VIEW_ONLY", "NO_MFA"]));
    assert!(file["credentials"][0]["client_secret"].as_str().unwrap().len() >= 43);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(
        !format!("{:?}", api.running.credentials()).contains(file["credentials"][0]["client_secret"].as_str().unwrap())
    );
}

#[tokio::test]
async fn after_a_stop_nobody_listens() {
    let api = Api::start().await;
    let url = api.url("/v1beta1/session");
    api.running.stop().await;
    assert!(crate::support::http::browser().build().unwrap().get(url).send().await.is_err());
}
