//! Client secrets as older versions kept them: in clear. A migration keeps their hashes.

use crate::server::auth::hash::SecretHash;
use rusqlite::Transaction;

/// Which, as `user_version` counts.
pub const MIGRATION: i64 = 11;

/// Runs it: what it takes out comes back as hashes.
pub fn migrate(tx: &Transaction<'_>, sql: &str) -> rusqlite::Result<()> {
    let mut statement = tx.prepare("SELECT n, client_secret FROM technicians")?;
    let hash = |secret: String| SecretHash::of(&secret);
    let rows = statement.query_map([], |row| Ok((row.get(0)?, hash(row.get(1)?))))?;
    let hashes: Vec<(i64, SecretHash)> = rows.collect::<Result<_, _>>()?;
    drop(statement);
    tx.execute_batch(sql)?;
    for (n, hash) in hashes {
        tx.execute("UPDATE technicians SET secret_hash = ? WHERE n = ?", (hash.as_str(), n))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::server::Database;
    use crate::server::auth::hash::SecretHash;
    use crate::server::store::pool::Store;
    use crate::server::store::pool::sqlite::older_database;

    #[test]
    fn older_secrets_become_hashes_and_leave_no_trace_in_the_file() {
        let (folder, old) = older_database(super::MIGRATION - 1);
        let secret = |n: i64| format!("{}{n:04}", "SECRETINCLEAR".repeat(4));
        for n in 1..=40 {
            let sql = "INSERT INTO technicians (n, id, display_name, email, groups, role, mfa, client_secret)
                       VALUES (?1, 'T' || ?1, 'Tomma', 't@x.example', '', 'OWNER', 1, ?2)";
            old.execute(sql, (n, secret(n))).unwrap();
        }
        // What changed leaves copies behind.
        old.execute_batch(
            "UPDATE technicians SET acting_role = 'VIEW_ONLY', display_name = 'Tomma Petersen of Harbour IT' WHERE n > 20;
             UPDATE technicians SET client_secret = client_secret || 'X' WHERE n = 7; DELETE FROM technicians WHERE n = 9",
        )
        .unwrap();
        let path = folder.path().join("workspace.db");
        let bytes =
            || [&path, &folder.path().join("workspace.db-wal")].map(|file| std::fs::read(file).unwrap_or_default());
        let clear = || bytes().iter().any(|file| file.windows(13).any(|window| window == b"SECRETINCLEAR"));
        assert!(clear(), "the search finds what is there");
        let store = Store::open(&Database::File(path.clone()), false).unwrap();
        assert!(!clear());
        let sql = "SELECT secret_hash, role, state FROM technicians WHERE n = 21";
        let found: (String, String, String) =
            store.read_now(|db| Ok(db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)).unwrap();
        assert_eq!(
            found,
            (SecretHash::of(&secret(21)).as_str().to_owned(), "VIEW_ONLY".to_owned(), "ACTIVE".to_owned())
        );
        let nobody = "INSERT INTO vault_access (vault_n, technician_n) VALUES (1, 99)";
        assert!(store.write_now(|tx| Ok(tx.execute(nobody, [])?)).is_err(), "foreign keys lead to the new table");
        drop(old);
    }
}
