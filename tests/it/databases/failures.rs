//! What a server on `PostgreSQL` does when another one, a session or the database fails it.

use super::instances::{patch, path, two};
use crate::server_api::client::{Api, text};
use crate::server_api::killed::write_and_kill;
use crate::support::postgres;
use mspdash::server::{Options, write_credentials};
use serde_json::json;
use std::time::{Duration, Instant};

/// What stands for the right to write, as the servers have it.
const LOCK: &str = "SELECT pg_advisory_xact_lock(x'6D737064'::int)";

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_loses_nothing_that_was_answered_and_holds_nobody_up() {
    let Some(name) = postgres::database().await else { return };
    let survivor = Api::with(Options { database: name.database(), ..Options::default() }).await;
    let folder = tempfile::tempdir().unwrap();
    // So the other one does not end this one's credentials.
    write_credentials(&folder.path().join("credentials.json"), &survivor.running).unwrap();
    let (id, answered) = write_and_kill(folder.path(), Some(name.url())).await;
    // The one that goes on has a token from before, as everybody's dashboard has.
    let company = survivor.company(&id).await;
    let note: u32 = text(&company, "note").parse().unwrap();
    assert!(note == answered || note == answered + 1, "{note} kept, {answered} answered");
    let db = name.connect().await;
    let count = async |sql: &str| db.query_one(sql, &[]).await.unwrap().get::<_, i64>(0);
    assert_eq!(count("SELECT count(*) FROM idempotency").await, i64::from(note), "each write with its key, or neither");
    assert_eq!(patch(&survivor, &company, "on", &json!({"note": "goes on"})).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_lock_that_hangs_writers_are_told_in_time_and_go_on_afterwards() {
    let Some((name, [one, other])) = two().await else { return };
    let company = one.companies("", 1000).await.remove(0);
    let hanging = name.connect().await;
    hanging.batch_execute(&format!("BEGIN; {LOCK}")).await.unwrap();
    let asked = Instant::now();
    let body = json!({"note": "later"});
    let (left, right) = tokio::join!(patch(&one, &company, "l", &body), patch(&other, &company, "r", &body));
    assert!(asked.elapsed() < Duration::from_secs(15), "{:?}", asked.elapsed());
    for seen in [left, right] {
        assert_eq!((seen.status, seen.code().as_str(), seen.header("retry-after")), (503, "UNAVAILABLE", "1"));
    }
    assert_eq!(other.company(&text(&company, "id")).await["etag"], company["etag"], "reading goes on");
    hanging.batch_execute("ROLLBACK").await.unwrap();
    assert_eq!(patch(&other, &company, "r", &body).await.status, 200);
}

/// As a restart of the database does it.
#[tokio::test(flavor = "multi_thread")]
async fn sessions_that_end_are_replaced_and_nobody_hears_more_than_to_come_back() {
    let Some((name, [one, other])) = two().await else { return };
    let company = one.companies("", 1000).await.remove(0);
    let admin = name.connect().await;
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for round in 0..5 {
        admin.query(end, &[]).await.unwrap();
        for api in [&one, &other] {
            let mut left = 50;
            loop {
                let current = api.get(&path(&company)).await;
                let key = format!("key {} {round}", api.running.base_url());
                let seen = match current.status {
                    200 => patch(api, &current.json(), &key, &json!({"note": key})).await,
                    _ => current,
                };
                if seen.status == 200 {
                    break;
                }
                assert_eq!((seen.status, seen.code().as_str()), (503, "UNAVAILABLE"), "{}", seen.text);
                left -= 1;
                assert!(left > 0, "it does not come back");
            }
        }
    }
    assert_eq!(one.company(&text(&company, "id")).await["note"], format!("key {} 4", other.running.base_url()));
}
