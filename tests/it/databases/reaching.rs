//! The way to a database: who is let in, and what is said where it cannot be used.

use crate::server_api::client::Api;
use crate::support::home::{Home, Served};
use crate::support::postgres::{self, Name};
use crate::support::real;
use mspdash::domain::session::WorkspaceKind;
use mspdash::server::{Database, Options, PostgresAddress, Running, StartError, create, start};
use serde_json::json;
use std::fs;

const PASSWORD: &str = "half-a-harbour";

async fn open(url: &str, password: Option<&str>) -> Result<Running, StartError> {
    let env = |name: &str| password.filter(|_| name == "PGPASSWORD").map(str::to_owned);
    let database = Database::Postgres(PostgresAddress::read(url, &env).unwrap());
    start(Options { database, sample_size: 1, ..Options::default() }).await
}

/// Why it is refused; the reason names the place and never a password.
async fn refused(url: &str, password: Option<&str>) -> String {
    let told = open(url, password).await.unwrap_err().to_string();
    assert!(told.starts_with("cannot use postgres://") && !told.contains(PASSWORD), "{told}");
    told
}

/// A database that belongs to the user `mira`, who has a password.
async fn of_mira() -> Option<Name> {
    let name = postgres::database().await?;
    let (admin, database) = (name.connect().await, name.url().split(['/', '?']).nth(3).unwrap().to_owned());
    let make = format!(
        "DO $$ BEGIN CREATE ROLE mira LOGIN PASSWORD '{PASSWORD}'; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
         ALTER DATABASE {database} OWNER TO mira"
    );
    admin.batch_execute(&make).await.unwrap();
    Some(name)
}

#[tokio::test]
async fn a_password_is_asked_for_and_its_owner_needs_no_more_than_a_database() {
    let Some(name) = of_mira().await else { return };
    let url = name.url_of("mira");
    let told = refused(&url, None).await;
    assert!(told.contains("PGPASSWORD"), "{told}");
    let told = refused(&url, Some("wrong")).await;
    assert!(told.contains("PGPASSWORD") && !told.contains("wrong"), "{told}");
    let running = open(&url, Some(PASSWORD)).await.unwrap();
    assert!(running.local_credential("owner").await.is_ok());
    running.stop().await;
}

#[tokio::test]
async fn over_a_network_the_certificate_has_to_be_vouched_for() {
    let Some(name) = of_mira().await else { return };
    let (url, authority) = name.url_over_tls("mira");
    let told = refused(&url, Some(PASSWORD)).await;
    assert!(told.contains("certificate"), "{told}");
    let vouched = format!("{url}&sslrootcert={}", authority.display());
    open(&vouched, Some(PASSWORD)).await.unwrap().stop().await;
    let told = refused(&vouched.replace("localhost", "127.0.0.1"), Some(PASSWORD)).await;
    assert!(told.contains("certificate"), "its name is another: {told}");
    let told = refused(&vouched.replace("ca.pem", "none.pem"), Some(PASSWORD)).await;
    assert!(told.contains("none.pem"), "{told}");
    let plain = vouched.replace("sslmode=require", "sslmode=disable");
    assert!(refused(&plain, Some(PASSWORD)).await.contains("no encryption"), "the server itself insists");
}

#[tokio::test]
async fn what_cannot_be_used_is_left_alone_and_said_in_words() {
    let Some(name) = postgres::database().await else { return };
    let told = refused(&name.url().replace("@/t", "@/missing"), None).await;
    assert!(told.contains("createdb missing"), "{told}");
    let told = refused("postgres://nobody@127.0.0.1:1/msp", None).await;
    assert!(told.contains("Check that it runs"), "{told}");

    let db = name.connect().await;
    db.batch_execute("CREATE TABLE precious (x int)").await.unwrap();
    assert!(refused(&name.url(), None).await.contains("another program"));
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(db.query_one(tables, &[]).await.unwrap().get::<_, i64>(0), 1);
    db.batch_execute("DROP TABLE precious").await.unwrap();

    open(&name.url(), None).await.unwrap().stop().await;
    db.batch_execute("UPDATE meta SET value = 9999 WHERE key = 'schema'").await.unwrap();
    assert!(refused(&name.url(), None).await.contains("newer version"));
    let fresh = Options { database: name.database(), fresh: true, ..Options::default() };
    assert!(start(fresh).await.unwrap_err().to_string().contains("--fresh"));
    assert!(db.query_one("SELECT value FROM meta WHERE key = 'schema'", &[]).await.unwrap().get::<_, i64>(0) == 9999);
}

/// Made once, whoever tries again, and opened as what it is.
#[tokio::test]
async fn a_real_workspace_is_made_in_it_and_stays_what_it_is() {
    let Some(name) = postgres::database().await else { return };
    let make = async || {
        let database = name.database();
        tokio::task::spawn_blocking(move || create(&database, &real::new())).await.unwrap()
    };
    make().await.unwrap();
    assert!(matches!(make().await, Err(StartError::Exists { .. })));
    let of = |kind| Options { database: name.database(), kind: Some(kind), ..Options::default() };
    let refused = start(of(WorkspaceKind::Sample)).await.unwrap_err();
    assert!(matches!(&refused, StartError::OtherKind { place, .. } if place.starts_with("postgres://")), "{refused}");
    let api = Api::with(of(WorkspaceKind::Real)).await;
    let entered = api.write("POST", "companies").json(&json!({"name": "Brightwater GmbH"})).send().await;
    assert_eq!(entered.status, 201, "{}", entered.text);
    let other = Api::with(of(WorkspaceKind::Real)).await;
    let company = entered.json();
    assert_eq!(other.company(company["id"].as_str().unwrap()).await, company);
    assert!(company.get("seats").is_none_or(|seats| seats.get("filled").is_none()), "not known is not 0: {company}");
}

/// As an operator does it, with two servers on the one database.
#[tokio::test]
async fn the_command_line_takes_the_address_and_several_serve_one_workspace() {
    let Some(name) = postgres::database().await else { return };
    tokio::task::spawn_blocking(move || {
        let (home, url) = (Home::new(), name.url());
        let files = ["one.json", "two.json"].map(|file| home.dir.path().join(file));
        let args = ["--port", "0", "--sample-size", "3", "--database", &url];
        let one = Served::with(&home, &files[0], &args);
        // The technicians of a sample keep their secrets where a server finds them.
        fs::copy(&files[0], &files[1]).unwrap();
        let servers = [one, Served::with(&home, &files[1], &args)];
        let list = |file: &std::path::Path| {
            home.run(&["companies", "list", "--format", "json", "--credentials", file.to_str().unwrap()])
        };
        let (one, two) = (list(&files[0]), list(&files[1]));
        assert_eq!((one.code, &one.out), (0, &two.out), "{}", one.err);
        let revoked = home.run(&["serve", "revoke", "msp-technician", "--database", &url]);
        assert_eq!(revoked.code, 0, "{}", revoked.err);
        assert!(files.iter().all(|file| list(file).code != 0), "it holds for both at once");
        let run = home.run(&["serve", "--database", "postgres://a:b@localhost/c", "--credentials", "x"]);
        assert!(run.code == 1 && run.err.contains("PGPASSWORD"), "{}", run.err);
        assert_eq!(servers.map(Served::terminate), [Some(0), Some(0)]);
        assert!(fs::read_to_string(&files[0]).unwrap().contains("base_url"));
    })
    .await
    .unwrap();
}
