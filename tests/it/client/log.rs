//! What the client logs, in a process of its own: which log lines are wanted is remembered once for all threads, so
//! that other tests, who want none, would take lines from this one.

use crate::support::mock::{SECRET, below, ok, server};
use crate::support::own_process::only;
use crate::support::test_client::{client, companies, launch};
use mspdash::domain::request::{ListCompanies, Request};
use serde_json::json;
use std::process::Command;
use std::sync::{Arc, Mutex};
use wiremock::matchers::path;
use wiremock::{Mock, ResponseTemplate};

/// A log that is kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// What was logged.
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Set in that process.
const ALONE: &str = "MSPDASH_TEST_ALONE";

#[tokio::test]
async fn the_log_names_the_call_and_holds_no_secret_address_or_query() {
    if std::env::var_os(ALONE).is_none() {
        let this = only(the_log_names_the_call_and_holds_no_secret_address_or_query);
        let child = Command::new(std::env::current_exe().unwrap()).args(this).env(ALONE, "1").output().unwrap();
        let told = String::from_utf8_lossy(&child.stdout);
        assert!(
            child.status.success() && told.contains("1 passed"),
            "{told}{}",
            String::from_utf8_lossy(&child.stderr)
        );
        return;
    }
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    let subscriber = subscriber.with_env_filter("mspdash=trace").with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = server().await;
    let answer = ok(&json!({"launch_uri": format!("{}/launch/once-only", server.uri())}));
    Mock::given(path(below("companies/COMPANY:launch"))).respond_with(answer).mount(&server).await;
    companies(
        &server,
        ResponseTemplate::new(400)
            .set_body_json(json!({"detail": "body-text", "field_violations": [{"field": "violated"}]})),
    )
    .await;
    let client = client(&server.uri());
    assert!(client.perform(launch()).await.is_ok());
    let search = ListCompanies { page_size: 1, filter: Some("secret-search".into()), ..ListCompanies::default() };
    assert!(client.perform(Request::ListCompanies(search)).await.is_err());
    let log = log.text();
    for said in ["POST", "companies/{company}:launch", "oauth2/token", "status=200", "NotAccepted", "ms="] {
        assert!(log.contains(said), "{said} in {log}");
    }
    for secret in [SECRET, "token-1", "once-only", "violated", "secret-search", "body-text", "COMPANY"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
