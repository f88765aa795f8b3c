//! Both engines have the same tables.

use crate::support::postgres;
use mspdash::server::{Database, Options, start};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use tokio_postgres::Client;

/// Of a table: its columns with their type and whether they have to be there; its indexes, by their columns (an expression
/// is an empty one) without the row's number at the end, whether they are unique, and whether they are for some rows only.
type Table = (BTreeMap<String, (String, bool)>, BTreeSet<(Vec<String>, bool, bool)>);

fn indexed(mut columns: Vec<String>, unique: bool, partial: bool) -> (Vec<String>, bool, bool) {
    // `SQLite`'s indexes end with it by nature.
    if columns.len() > 1 {
        columns.pop_if(|last| last == "n");
    }
    (columns, unique, partial)
}

fn of_sqlite(db: &rusqlite::Connection) -> BTreeMap<String, Table> {
    let texts = |sql: &str, of: &str| -> Vec<Vec<String>> {
        let mut statement = db.prepare(sql).unwrap();
        let width = statement.column_count();
        let params = if sql.contains('?') { vec![of.to_owned()] } else { Vec::new() };
        let rows = statement.query_map(rusqlite::params_from_iter(params), |row| {
            (0..width).map(|place| row.get::<_, Option<String>>(place).map(Option::unwrap_or_default)).collect()
        });
        rows.unwrap().map(Result::unwrap).collect()
    };
    let mut tables = BTreeMap::new();
    for name in texts("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'", "") {
        let columns = texts("SELECT name, type, CAST(\"notnull\" OR pk AS TEXT) FROM pragma_table_info(?)", &name[0]);
        let mut indexes = BTreeSet::new();
        let key = "SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk";
        let key = texts(key, &name[0]).concat();
        indexes.extend((!key.is_empty()).then(|| indexed(key, true, false)));
        let list = "SELECT name, CAST(\"unique\" AS TEXT), CAST(partial AS TEXT) FROM pragma_index_list(?)";
        for index in texts(list, &name[0]) {
            let of_index = texts("SELECT name FROM pragma_index_info(?) ORDER BY seqno", &index[0]).concat();
            indexes.insert(indexed(of_index, index[1] == "1", index[2] == "1"));
        }
        let columns = columns.into_iter().map(|column| {
            let [name, ty, needed] = column.try_into().unwrap();
            (name, (ty.to_lowercase().replace("integer", "bigint"), needed == "1"))
        });
        tables.insert(name[0].clone(), (columns.collect(), indexes));
    }
    tables
}

async fn of_postgres(db: &Client) -> BTreeMap<String, Table> {
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    let columns =
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO', collation_name::text
                   FROM information_schema.columns WHERE table_schema = 'public'";
    for row in db.query(columns, &[]).await.unwrap() {
        let (table, column, ty): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let collation: Option<String> = row.get(4);
        assert_eq!(collation.as_deref(), (ty == "text").then_some("C"), "{table}.{column}: ordered by its bytes");
        tables.entry(table).or_default().0.insert(column, (ty, row.get(3)));
    }
    let indexes = "SELECT t.relname::text, i.indisunique, i.indpred IS NOT NULL,
                     ARRAY(SELECT coalesce(a.attname::text, '') FROM unnest(i.indkey) WITH ORDINALITY AS k(n, place)
                           LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.n ORDER BY k.place)
                   FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
                   WHERE t.relnamespace = 'public'::regnamespace";
    for row in db.query(indexes, &[]).await.unwrap() {
        let (table, columns): (String, Vec<String>) = (row.get(0), row.get(3));
        tables.entry(table).or_default().1.insert(indexed(columns, row.get(1), row.get(2)));
    }
    tables
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_indexes() {
    let Some(name) = postgres::database().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("workspace.db");
    for database in [Database::File(file.clone()), name.database()] {
        start(Options { database, sample_size: 0, ..Options::default() }).await.unwrap().stop().await;
    }
    let (here, there) =
        (of_sqlite(&rusqlite::Connection::open(&file).unwrap()), of_postgres(&name.connect().await).await);
    assert!(here.len() > 15, "{here:?}");
    let names = |tables: &BTreeMap<String, Table>| tables.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&there), names(&here));
    for (name, table) in &here {
        assert_eq!(&there[name], table, "{name}: PostgreSQL, SQLite");
    }
}

/// A migration of one engine alone would leave the other behind.
#[test]
fn every_migration_is_there_for_both_engines() {
    let names = |engine: &str| -> BTreeSet<String> {
        let files = fs::read_dir(format!("assets/migrations/{engine}")).unwrap();
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    };
    let (sqlite, mut postgres) = (names("sqlite"), names("postgres"));
    // Where PostgreSQL begins, with all tables there were.
    assert!(postgres.remove("0012_workspace.sql"));
    let later: BTreeSet<String> = sqlite.into_iter().filter(|name| name.as_str() > "0012_imports.sql").collect();
    assert_eq!(postgres, later);
}
