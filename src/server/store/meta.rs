//! Single values of the workspace: numbers (`meta`) and texts (`words`).

use super::error::StoreError;
use crate::server::sql::{Connection, OptionalExtension, Transaction};

pub fn find_number(db: &Connection, key: &str) -> Result<Option<i64>, StoreError> {
    Ok(db.query_row("SELECT value FROM meta WHERE key = ?", [key], |row| row.get(0)).optional()?)
}

/// A number that every workspace has.
pub fn number(db: &Connection, key: &str) -> Result<i64, StoreError> {
    find_number(db, key)?.ok_or_else(|| missing(key))
}

pub fn set_number(tx: &Transaction<'_>, key: &str, number: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    tx.execute(sql, (key, number))?;
    Ok(())
}

pub fn find_word(db: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    Ok(db.query_row("SELECT value FROM words WHERE key = ?", [key], |row| row.get(0)).optional()?)
}

/// A text that every workspace has.
pub fn word(db: &Connection, key: &str) -> Result<String, StoreError> {
    find_word(db, key)?.ok_or_else(|| missing(key))
}

pub fn set_word(tx: &Transaction<'_>, key: &str, word: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO words (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    tx.execute(sql, (key, word))?;
    Ok(())
}

fn missing(key: &str) -> StoreError {
    StoreError::internal("the workspace lacks a value", &key)
}
