//! Whether a workspace is whole: by `SQLite`'s own checks, and by counting again what is kept counted.

use super::{MaintenanceError, open_to_read};
use crate::server::store::pool::migrations::{SQLITE, newest};
use crate::server::store::pool::sqlite::damaged;
use rusqlite::Connection;
use serde::Serialize;
use std::path::Path;

/// So many problems of one kind are told.
const TOLD: usize = 10;

/// What a workspace holds, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Migrations that it has seen.
    pub version: i64,
    /// Those that this program knows: a server that starts adds what is missing.
    pub newest_version: i64,
    pub companies: i64,
    pub technicians: i64,
    pub audit_events: i64,
    /// In sentences without a full stop; none: it is whole.
    pub problems: Vec<String>,
}

/// Looks through a workspace and changes nothing, also while a server uses it.
pub fn check(path: &Path) -> Result<Report, MaintenanceError> {
    let (mut db, version) = open_to_read(path)?;
    let failed = |error| damaged(path, &error);
    // All counts are of one moment.
    let tx = db.transaction().map_err(failed)?;
    let mut problems = integrity(&tx).map_err(failed)?;
    let count = |table: &str| -> rusqlite::Result<i64> {
        tx.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
    };
    let counted = (|| {
        problems.extend(counts(&tx)?);
        Ok([count("companies")?, count("technicians")?, count("audit_events")?])
    })();
    let [companies, technicians, audit_events] = match counted {
        Ok(counted) => counted,
        // Of a file that is damaged the first checks have told.
        Err(_) if !problems.is_empty() => [0; 3],
        Err(error) => return Err(failed(error).into()),
    };
    let newest_version = newest(SQLITE);
    Ok(Report { version, newest_version, companies, technicians, audit_events, problems })
}

fn integrity(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut problems = Vec::new();
    let mut statement = db.prepare(&format!("PRAGMA integrity_check({TOLD})"))?;
    for line in statement.query_map([], |row| row.get::<_, String>(0))? {
        problems.push(line?);
    }
    problems.retain(|line| line != "ok");
    let mut statement = db.prepare("PRAGMA foreign_key_check")?;
    let orphans = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(2)?)))?;
    for orphan in orphans.take(TOLD) {
        let (table, parent) = orphan?;
        problems.push(format!("a row of {table} belongs to none of {parent}"));
    }
    Ok(problems)
}

/// Companies whose people are known: the others of a sample have only their counts.
const MISCOUNTED: &str = "SELECT count(*) FROM companies JOIN (
    SELECT p.company_n AS n, count(*) FILTER (WHERE p.kind IN ('MEMBER', 'GUEST') AND p.state IN
        ('ACTIVE', 'AWAITING_CONFIRMATION', 'RECOVERY_STARTED', 'RECOVERY_AWAITING_COMPLETION')) AS seats
    FROM people p GROUP BY p.company_n) AS counted USING (n) WHERE filled <> seats";

/// Places in the sequence of changes: none twice, and none behind the newest.
const TWICE: &str = "SELECT count(*) - count(DISTINCT seq) FROM
    (SELECT seq FROM companies WHERE seq > 0 UNION ALL SELECT seq FROM tombstones)";
const BEHIND: &str = "SELECT count(*) FROM (SELECT seq FROM companies UNION ALL SELECT seq FROM tombstones)
    WHERE seq > coalesce((SELECT value FROM meta WHERE key = 'seq'), 0)";

fn counts(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut problems = Vec::new();
    for (sql, what) in [
        (MISCOUNTED, "companies have other counts than their people"),
        (TWICE, "places in the sequence of changes are taken twice"),
        (BEHIND, "changes lie behind the newest"),
    ] {
        let found: i64 = db.query_row(sql, [], |row| row.get(0))?;
        if found > 0 {
            problems.push(format!("{found} {what}"));
        }
    }
    Ok(problems)
}
