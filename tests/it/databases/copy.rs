//! `mspdash db copy`: a workspace moved from its file to `PostgreSQL`.

use crate::server_api::client::{Api, text};
use crate::support::home::{Home, Served};
use crate::support::postgres::{self, Name};
use mspdash::server::maintenance::{Copied, MaintenanceError, copy_to_postgres};
use mspdash::server::{Database, NewWorkspace, Options, PostgresAddress, create};
use rusqlite::Connection;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Not exact as a floating-point number.
const LARGE: i64 = (1 << 53) + 1;
/// What must not be taken for anything but a text.
const TRICKY: &str = "null \u{1}\t\n\r\"\\u0041\\ 'ü' ␟\u{1f}\u{2028}\u{feff}👩‍🔧 {} [] --";

struct Place {
    file: PathBuf,
    name: Name,
    _folder: tempfile::TempDir,
}

impl Place {
    async fn new() -> Option<Self> {
        let name = postgres::database().await?;
        let folder = tempfile::tempdir().unwrap();
        Some(Self { file: folder.path().join("workspace.db"), name, _folder: folder })
    }

    fn options(&self) -> Options {
        Options { database: Database::File(self.file.clone()), ..Options::default() }
    }

    fn db(&self) -> Connection {
        Connection::open(&self.file).unwrap()
    }

    async fn copy(&self) -> Result<Copied, MaintenanceError> {
        copy(&self.file, &self.name).await
    }

    /// How many tables there are on the other side.
    async fn tables(&self) -> i64 {
        let sql = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'";
        self.name.connect().await.query_one(sql, &[]).await.unwrap().get(0)
    }
}

async fn copy(file: &Path, name: &Name) -> Result<Copied, MaintenanceError> {
    let (file, address) = (file.to_owned(), PostgresAddress::read(&name.url(), &|_| None).unwrap());
    tokio::task::spawn_blocking(move || copy_to_postgres(&file, &address)).await.unwrap()
}

fn texts(db: &Connection, sql: &str) -> Vec<Vec<Option<String>>> {
    let mut statement = db.prepare(sql).unwrap();
    let width = statement.column_count();
    let rows = statement.query_map([], |row| (0..width).map(|place| row.get(place)).collect()).unwrap();
    rows.map(Result::unwrap).collect()
}

fn names(db: &Connection, sql: &str) -> Vec<String> {
    texts(db, sql).into_iter().map(|row| row[0].clone().unwrap()).collect()
}

fn tables(db: &Connection) -> Vec<String> {
    names(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
}

fn count(db: &Connection, table: &str) -> i64 {
    db.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0)).unwrap()
}

/// Gives each empty table a row, whatever its columns are.
fn fill(db: &Connection) {
    db.execute("UPDATE words SET value = ? WHERE key = 'account_name'", [TRICKY]).unwrap();
    db.execute("UPDATE companies SET note = ?", [TRICKY]).unwrap();
    // No change lies behind the newest.
    db.execute("UPDATE meta SET value = ? WHERE key = 'seq'", [LARGE]).unwrap();
    let mut empty: Vec<String> = tables(db).into_iter().filter(|table| count(db, table) == 0).collect();
    while !empty.is_empty() {
        let before = empty.len();
        empty.retain(|table| !fill_one(db, table));
        assert!(empty.len() < before, "{empty:?}");
    }
}

/// False: a table that it refers to is empty.
fn fill_one(db: &Connection, table: &str) -> bool {
    let parents = texts(db, &format!("SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list('{table}')"));
    if parents.iter().any(|parent| count(db, parent[1].as_ref().unwrap()) == 0) {
        return false;
    }
    let number = if table == "companies" { 0 } else { LARGE };
    let value = |column: &[Option<String>]| {
        let parent = parents.iter().find(|parent| parent[0] == column[0]);
        match (parent, column[1].as_deref()) {
            (Some(parent), _) => {
                format!("(SELECT \"{}\" FROM \"{}\" LIMIT 1)", parent[2].as_ref().unwrap(), parent[1].as_ref().unwrap())
            }
            (None, Some("INTEGER")) => number.to_string(),
            (None, Some("TEXT")) => format!("'{}'", TRICKY.replace('\'', "''")),
            other => panic!("{table}: {other:?}"),
        }
    };
    let columns = texts(db, &format!("SELECT name, type FROM pragma_table_info('{table}')"));
    let values: Vec<String> = columns.iter().map(|column| value(column)).collect();
    db.execute(&format!("INSERT INTO \"{table}\" VALUES ({})", values.join(", ")), []).unwrap();
    true
}

async fn rows_there(client: &tokio_postgres::Client, sql: &str) -> Vec<Vec<Option<String>>> {
    let rows = client.query(sql, &[]).await.unwrap();
    rows.iter().map(|row| (0..row.len()).map(|place| row.get(place)).collect()).collect()
}

#[tokio::test]
async fn every_row_of_every_table_arrives_as_it_is() {
    for real in [false, true] {
        let Some(place) = Place::new().await else { return };
        if real {
            let new = NewWorkspace { name: "Harbour IT".into(), technician: "Ida Harms".into(), ..Default::default() };
            create(&Database::File(place.file.clone()), &new).unwrap();
        } else {
            mspdash::server::start(place.options()).await.unwrap().stop().await;
        }
        let db = place.db();
        fill(&db);
        let copied = place.copy().await.unwrap();
        assert!(!copied.in_use);
        let client = place.name.connect().await;
        let mut tables = tables(&db);
        tables.sort();
        assert_eq!(copied.tables.iter().map(|table| table.table.clone()).collect::<Vec<_>>(), tables);
        for (table, told) in tables.iter().zip(&copied.tables) {
            let columns = names(&db, &format!("SELECT name FROM pragma_table_info('{table}')"));
            let columns: Vec<_> = columns.iter().map(|column| format!("CAST(\"{column}\" AS TEXT)")).collect();
            let own = if table == "meta" { "WHERE key <> 'schema'" } else { "" };
            let sql = format!("SELECT {} FROM \"{table}\" {own}", columns.join(", "));
            let (mut here, mut there) = (texts(&db, &sql), rows_there(&client, &sql).await);
            here.sort();
            there.sort();
            assert!(!here.is_empty() && here == there, "{table}: {here:?}\n{there:?}");
            assert_eq!(told.rows, here.len() as u64, "{table}");
        }
        let counters = "SELECT table_name::text, column_name::text FROM information_schema.columns
                        WHERE table_schema = 'public' AND is_identity = 'YES'";
        for counter in rows_there(&client, counters).await {
            let (table, column) = (counter[0].as_ref().unwrap(), counter[1].as_ref().unwrap());
            let sql = format!(
                "SELECT (nextval(pg_get_serial_sequence('\"{table}\"', '{column}')) - max(\"{column}\"))::text FROM \"{table}\""
            );
            assert_eq!(rows_there(&client, &sql).await, [[Some("1".to_owned())]], "{table}.{column}");
        }
        let triggers = "SELECT tgname::text FROM pg_trigger WHERE tgenabled = 'D'";
        assert!(rows_there(&client, triggers).await.is_empty(), "they work again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_the_same_workspace_there_of_one_moment() {
    let Some(place) = Place::new().await else { return };
    let here = Arc::new(Api::with(place.options()).await);
    let id = text(&here.companies("", 1000).await[0], "id");
    let since = text(&here.get("companies?max_page_size=1").await.ok(), "change_token");
    let (done, writing) = (Arc::new(AtomicBool::new(false)), Arc::new(tokio::sync::Notify::new()));
    let writer = {
        let (api, id, done, writing) = (Arc::clone(&here), id.clone(), Arc::clone(&done), Arc::clone(&writing));
        tokio::spawn(async move {
            for number in 1.. {
                let etag = text(&api.company(&id).await, "etag");
                let ask = api.write("PATCH", &format!("companies/{id}")).header("if-match", &etag);
                ask.json(&json!({"note": number.to_string()})).send().await.ok();
                writing.notify_one();
                if done.load(Ordering::SeqCst) {
                    return;
                }
            }
        })
    };
    writing.notified().await;
    let copied = place.copy().await.unwrap();
    assert!(copied.in_use, "a server runs on the file");
    done.store(true, Ordering::SeqCst);
    writer.await.unwrap();

    let options = Options { database: place.name.database(), ..Options::default() };
    let there = Api::with_known(options, here.running.credentials()).await;
    let company = there.company(&id).await;
    let note: i64 = text(&company, "note").parse().unwrap();
    let client = place.name.connect().await;
    let keys: i64 = client.query_one("SELECT count(*) FROM idempotency", &[]).await.unwrap().get(0);
    assert_eq!(keys, note, "each write with its key, or neither");
    // Tokens and changes go on.
    let session = there.bare("GET", "/v1beta1/session").header("authorization", &format!("Bearer {}", here.token));
    assert_eq!(session.send().await.status, 200);
    let changes = there.get(&format!("companies:changes?since={since}")).await.ok();
    assert_eq!((&changes["results"], changes["removed"].as_array().map(Vec::len)), (&json!([company]), Some(0)));
    let body = json!({"name": "Added there", "address": {"country_code": "DE"}});
    let added = there.ask("POST", "companies").header("idempotency-key", "added").json(&body).send().await;
    assert_eq!(added.status, 201, "{}", added.text);
    assert_eq!(there.companies("", 1000).await.len(), 49);
}

#[tokio::test]
async fn what_cannot_be_copied_whole_is_not_copied_at_all() {
    let Some(place) = Place::new().await else { return };
    assert!(matches!(place.copy().await, Err(MaintenanceError::NoWorkspace { .. })));
    mspdash::server::start(place.options()).await.unwrap().stop().await;
    let db = place.db();
    // In a table that comes late.
    db.execute("INSERT INTO words VALUES ('tricky', CAST(x'610062' AS TEXT))", []).unwrap();
    let said = place.copy().await.unwrap_err().to_string();
    assert!(said.contains("words: a text has a NUL") && said.contains("Nothing was changed"), "{said}");
    assert_eq!(place.tables().await, 0);
    db.execute("DELETE FROM words WHERE key = 'tricky'", []).unwrap();
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    db.pragma_update(None, "user_version", version - 1).unwrap();
    let said = place.copy().await.unwrap_err().to_string();
    assert!(said.contains("mspdash db migrate --database "), "{said}");
    db.pragma_update(None, "user_version", version).unwrap();

    let client = place.name.connect().await;
    client.batch_execute("CREATE TABLE theirs (a int)").await.unwrap();
    let said = place.copy().await.unwrap_err().to_string();
    assert!(said.contains("another program") && place.tables().await == 1, "{said}");
    client.batch_execute("DROP TABLE theirs").await.unwrap();
    assert!(!place.copy().await.unwrap().tables.is_empty());
    client.batch_execute("UPDATE companies SET note = 'kept'").await.unwrap();
    assert!(matches!(place.copy().await, Err(MaintenanceError::NotEmpty { .. })));
    let kept: i64 = client.query_one("SELECT count(*) FROM companies WHERE note = 'kept'", &[]).await.unwrap().get(0);
    assert_eq!(kept, 48);
}

#[tokio::test]
async fn the_command_says_what_was_copied_and_what_to_mind() {
    let Some(name) = postgres::database().await else { return };
    let to = name.url();
    tokio::task::spawn_blocking(move || {
        let home = Home::new();
        let [from, file] = ["w.db", "c.json"].map(|file| home.dir.path().join(file).to_str().unwrap().to_owned());
        let args = ["--port", "0", "--sample-size", "3", "--database", &from];
        let running = Served::with(&home, Path::new(&file), &args);
        let wrong = [
            ([to.as_str(), to.as_str()], "FROM is the file"),
            ([&from, &from], "TO is a PostgreSQL database"),
            ([&from, "postgres://a:hush@localhost/c"], "PGPASSWORD"),
        ];
        for ([from, to], said) in wrong {
            let run = home.run(&["db", "copy", from, to]);
            assert!(run.code == 1 && run.err.contains(said) && !run.err.contains("hush"), "{}", run.err);
        }
        let run = home.run(&["db", "copy", &from, &to, "--format", "json"]);
        assert_eq!(run.code, 0, "{}", run.err);
        crate::cli::schemas::holds("db-copy.json", &run.json());
        assert!(run.err.contains("the same in both") && run.err.contains("w.db is in use"), "{}", run.err);
        let again = home.run(&["db", "copy", &from, &to, "--format", "json"]);
        assert!(again.code == 1 && again.err.contains("is not empty"), "{}", again.err);
        assert_eq!(running.terminate(), Some(0));
        // With the credentials that it had.
        let args = ["--port", "0", "--database", &to];
        let running = Served::with(&home, Path::new(&file), &args);
        let list = home.run(&["companies", "list", "--format", "json", "--credentials", &file]);
        assert_eq!((list.code, list.json().as_array().map(Vec::len)), (0, Some(3)), "{}", list.err);
        assert_eq!(running.terminate(), Some(0));
    })
    .await
    .unwrap();
}
