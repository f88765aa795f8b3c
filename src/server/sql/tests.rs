use super::*;

fn database() -> Connection {
    let db = Connection::from(rusqlite::Connection::open_in_memory().unwrap());
    db.execute_batch("CREATE TABLE things (n INTEGER PRIMARY KEY, name TEXT) STRICT").unwrap();
    db
}

fn count(db: &Connection) -> i64 {
    db.query_row("SELECT count(*) FROM things", [], |row| row.get(0)).unwrap()
}

#[test]
fn what_is_not_committed_is_rolled_back() {
    let mut db = database();
    let insert = "INSERT INTO things (name) VALUES (?)";
    let tx = db.transaction(Access::Write).unwrap();
    assert_eq!(tx.execute(insert, ["kept"]).unwrap(), 1);
    tx.commit().unwrap();
    let tx = db.transaction(Access::Write).unwrap();
    tx.execute(insert, ["lost"]).unwrap();
    assert_eq!(count(&tx), 2);
    drop(tx);
    assert_eq!(count(&db), 1);
}

#[test]
fn values_come_back_as_they_were_put_in_or_are_refused() {
    let db = database();
    let sql = "INSERT INTO things (n, name) VALUES (?, ?) RETURNING n, name";
    let row = db.query_row(sql, (7, Some("Å")), |row| Ok((row.get::<_, u32>(0)?, row.get::<_, String>("name")?)));
    assert_eq!(row.unwrap(), (7, "Å".to_owned()));
    let none = db.query_row(sql, (-1, None::<String>), |row| row.get::<_, Option<String>>(1));
    assert_eq!(none.unwrap(), None);
    let mut all = db.prepare_cached("SELECT n, name FROM things ORDER BY n").unwrap();
    let texts: Vec<_> = all.query_map([], |row| row.get::<_, String>("name")).unwrap().map(Result::ok).collect();
    assert_eq!(texts, [None, Some("Å".to_owned())]);
    let out_of_range = all.query_row([], |row| row.get::<_, u32>(0)).unwrap_err();
    assert!(matches!(out_of_range, Error::Column(_)), "{out_of_range}");
    let missing = db.query_row("SELECT n FROM things WHERE n = ?", [9], |row| row.get::<_, i64>(0)).optional();
    assert_eq!(missing.unwrap(), None);
}
