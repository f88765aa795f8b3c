//! `kill -9` in the middle of writes: what was answered is there, whole.

use super::client::{Api, NOW, text};
use crate::support::own_process::only;
use mspdash::server::{Credential, Database, Options, PostgresAddress, start, write_credentials};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

const FOLDER: &str = "MSPDASH_TEST_FOLDER";
const ADDRESS: &str = "MSPDASH_TEST_ADDRESS";

/// Not a test of its own: the process that the next one kills.
#[tokio::test]
#[ignore = "the child of another test"]
async fn serve_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let database = match std::env::var(ADDRESS) {
        Ok(address) => Database::Postgres(PostgresAddress::read(&address, &|_| None).unwrap()),
        Err(_) => Database::File(folder.join("workspace.db")),
    };
    // By the same clock as the servers beside it.
    let clock = Arc::new(|| NOW.parse().unwrap());
    let mut running = start(Options { database, clock, ..Options::default() }).await.unwrap();
    running.issue_credentials(&known(&folder)).await.unwrap();
    write_credentials(&folder.join("credentials.json"), &running).unwrap();
    println!("\nready");
    std::io::stdout().flush().unwrap();
    std::future::pending::<()>().await;
}

/// Those of another server on the same workspace.
fn known(folder: &Path) -> Vec<Credential> {
    let Ok(file) = std::fs::read(folder.join("credentials.json")) else { return Vec::new() };
    let file: Value = serde_json::from_slice(&file).unwrap();
    let credential = |row: &Value| Credential {
        display_name: text(row, "display_name"),
        role: text(row, "role"),
        client_id: text(row, "client_id"),
        client_secret: text(row, "client_secret"),
    };
    file["credentials"].as_array().unwrap().iter().map(credential).collect()
}

async fn token(http: &reqwest::Client, file: &Value) -> String {
    let credential = &file["credentials"][0];
    let ask = http
        .post(format!("{}/v1beta1/oauth2/token", file["base_url"].as_str().unwrap()))
        .basic_auth(text(credential, "client_id"), Some(text(credential, "client_secret")))
        .form(&[("grant_type", "client_credentials")]);
    text(&ask.send().await.unwrap().json().await.unwrap(), "access_token")
}

/// Ends the child whatever becomes of the test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Writes notes 1, 2, 3 … until the server is gone; says which was the last one answered.
async fn write_until_cut(
    http: reqwest::Client,
    token: String,
    company: String,
    reached: tokio::sync::mpsc::Sender<u32>,
) -> u32 {
    let first: Value = http.get(&company).bearer_auth(&token).send().await.unwrap().json().await.unwrap();
    let (mut etag, mut answered) = (text(&first, "etag"), 0);
    loop {
        let next = answered + 1;
        let ask = http.patch(&company).bearer_auth(&token).header("if-match", &etag);
        let ask = ask.header("idempotency-key", format!("k{next}")).json(&json!({"note": next.to_string()}));
        let Ok(answer) = ask.send().await else { return answered };
        assert_eq!(answer.status(), 200);
        let Ok(after) = answer.json::<Value>().await else { return answered };
        (etag, answered) = (text(&after, "etag"), next);
        // Nobody may be waiting any more.
        reached.send(answered).await.ok();
    }
}

/// Writes through a server of its own process and kills that; says about which company, and the last note answered.
/// Without an address the workspace is in a file of the folder.
pub async fn write_and_kill(folder: &Path, address: Option<String>) -> (String, u32) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(only(serve_until_killed)).env(FOLDER, folder).envs(address.map(|address| (ADDRESS, address)));
    let mut child = Killed(command.stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "ready"));
    let file: Value = serde_json::from_slice(&std::fs::read(folder.join("credentials.json")).unwrap()).unwrap();
    let http = crate::support::http::browser().build().unwrap();
    let token = token(&http, &file).await;
    let base = format!("{}/v1beta1/accounts/{}/companies", text(&file, "base_url"), text(&file, "account_id"));
    let list: Value = http.get(&base).bearer_auth(&token).send().await.unwrap().json().await.unwrap();
    let id = text(&list["results"][0], "id");

    let (reached, mut reports) = tokio::sync::mpsc::channel(1);
    let writer = tokio::spawn(write_until_cut(http, token, format!("{base}/{id}"), reached));
    while reports.recv().await.unwrap() < 20 {}
    // SIGKILL, while the next write is on its way.
    child.0.kill().unwrap();
    drop(reports);
    let answered = writer.await.unwrap();
    child.0.wait().unwrap();
    (id, answered)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_of_writes_loses_nothing_that_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let (id, answered) = write_and_kill(folder.path(), None).await;
    let database = Database::File(folder.path().join("workspace.db"));
    let api = Api::with(Options { database, ..Options::default() }).await;
    let note: u32 = text(&api.company(&id).await, "note").parse().unwrap();
    assert!(note == answered || note == answered + 1, "{note} kept, {answered} answered");
    let db = rusqlite::Connection::open(folder.path().join("workspace.db")).unwrap();
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap();
    // What the sample tells is older.
    let events = "SELECT count(*) FROM audit_events WHERE time >= (SELECT value FROM meta WHERE key = 'created')";
    assert_eq!(count(events), note, "each write with its event, or neither");
    assert_eq!(count("SELECT count(*) FROM idempotency"), note);
    let check: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
}
