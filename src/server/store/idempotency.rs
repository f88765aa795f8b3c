//! What was answered under which key: a write that is repeated is not carried out again (contract: *Writes*).

use super::error::StoreError;
use super::requester::Requester;
use crate::server::sql::{Connection, OptionalExtension, Transaction};

/// How long a key is kept, in milliseconds: 24 h.
const KEPT: i64 = 24 * 3_600_000;

/// The status and the body of an answer.
pub type Answer = (u16, String);

/// Carries `work` out once. `request` is what makes two requests the same. Failures leave no trace, so the same key may
/// be used again once their cause is gone.
pub fn run_once(
    tx: &Transaction<'_>,
    requester: &Requester,
    (key, request): (&str, &str),
    work: impl FnOnce() -> Result<Answer, StoreError>,
) -> Result<Answer, StoreError> {
    tx.execute("DELETE FROM idempotency WHERE create_time <= ?", [requester.now.saturating_sub(KEPT)])?;
    let sql = "SELECT request, status, body FROM idempotency WHERE technician_n = ? AND key = ?";
    let first = tx.query_row(sql, (requester.technician_n, key), |row| {
        Ok((row.get::<_, String>("request")?, (row.get("status")?, row.get("body")?)))
    });
    match first.optional()? {
        Some((seen, answer)) if seen == request => return Ok(answer),
        Some(_) => return Err(StoreError::KeyReused),
        None => {}
    }
    let (status, body) = work()?;
    tx.execute(
        "INSERT INTO idempotency (technician_n, key, request, status, body, create_time) VALUES (?, ?, ?, ?, ?, ?)",
        (requester.technician_n, key, request, status, &body, requester.now),
    )?;
    Ok((status, body))
}

/// What was answered under this key before, for work that goes beyond the database: it must not be done twice.
pub fn answered(
    db: &Connection,
    (technician_n, now): (i64, i64),
    (key, request): (&str, &str),
) -> Result<Option<Answer>, StoreError> {
    let sql = "SELECT request, status, body FROM idempotency WHERE technician_n = ? AND key = ? AND create_time > ?";
    let since = now.saturating_sub(KEPT);
    let first = db.prepare_cached(sql)?.query_row((technician_n, key, since), |row| {
        Ok((row.get::<_, String>("request")?, (row.get("status")?, row.get("body")?)))
    });
    match first.optional()? {
        Some((seen, answer)) if seen == request => Ok(Some(answer)),
        Some(_) => Err(StoreError::KeyReused),
        None => Ok(None),
    }
}

/// Runs every check, and nothing stays.
pub fn dry_run<T>(tx: &Transaction<'_>, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    tx.execute_batch("SAVEPOINT dry_run")?;
    let answer = work()?;
    tx.execute_batch("ROLLBACK TO dry_run; RELEASE dry_run")?;
    Ok(answer)
}
