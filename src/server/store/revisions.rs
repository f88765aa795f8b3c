//! Revisions of companies: what an etag names, and a place in the sequence of changes.

use crate::server::error::ApiError;
use axum::http::StatusCode;
use rusqlite::Transaction;

/// Gives a company its next revision and its place in the sequence of changes.
pub fn touch(tx: &Transaction<'_>, company_n: i64, now: i64) -> Result<(), ApiError> {
    let seq: i64 =
        tx.query_row("UPDATE meta SET value = value + 1 WHERE key = 'seq' RETURNING value", [], |row| row.get(0))?;
    tx.execute("UPDATE companies SET rev = rev + 1, seq = ?, update_time = ? WHERE n = ?", (seq, now, company_n))?;
    Ok(())
}

/// 412 for a change bound to another revision.
pub fn same_revision(given: &str, current: &str) -> Result<(), ApiError> {
    if given == current {
        return Ok(());
    }
    let detail = "It changed meanwhile. Load it again and decide anew.";
    Err(ApiError::new(StatusCode::PRECONDITION_FAILED, "PRECONDITION_FAILED", detail))
}
