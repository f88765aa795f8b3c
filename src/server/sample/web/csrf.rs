//! CSRF tokens: each form carries one that only its page knows, good once, for one purpose, for an hour; on every server of
//! the workspace, and not kept in clear. They are limits of their own kind: a form may be sent once.

use crate::server::auth::hash::SecretHash;
use crate::server::random;
use crate::server::sql::{OptionalExtension, Transaction};
use crate::server::store::error::StoreError;
use crate::server::store::pool::Store;
use jiff::Timestamp;

/// In milliseconds: an hour.
const LIFETIME: i64 = 3_600_000;
/// Pages that nobody sends must not fill the database.
const MAX_TOKENS: i64 = 2000;

fn name(token: &str, purpose: &str) -> String {
    format!("form {purpose} {}", SecretHash::of(token).as_str())
}

pub async fn issue(store: &Store, purpose: &str, now: Timestamp) -> Result<String, StoreError> {
    let (token, now) = (random::secret()?, now.as_millisecond());
    let name = name(&token, purpose);
    store.write(move |tx| insert(tx, &name, now)).await?;
    Ok(token)
}

fn insert(tx: &Transaction<'_>, name: &str, now: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM limits WHERE tat <= ? OR name IN
               (SELECT name FROM limits WHERE name >= 'form ' AND name < 'form!' ORDER BY tat DESC LIMIT 1000 OFFSET ?)";
    tx.execute(sql, (now, MAX_TOKENS - 1))?;
    tx.execute("INSERT INTO limits (name, tat) VALUES (?, ?)", (name, now + LIFETIME))?;
    Ok(())
}

/// Uses a token up; false when it was not one, was used, is too old, or is that of another form.
pub async fn take(store: &Store, token: &str, purpose: &str, now: Timestamp) -> Result<bool, StoreError> {
    let (name, now) = (name(token, purpose), now.as_millisecond());
    let sql = "DELETE FROM limits WHERE name = ? AND tat > ? RETURNING tat";
    let good = store.write(move |tx| Ok(tx.query_row(sql, (name, now), |row| row.get::<_, i64>(0)).optional()?));
    Ok(good.await?.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Database;
    use jiff::SignedDuration;

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    #[tokio::test]
    async fn a_form_is_good_once_for_its_purpose_and_not_for_long() {
        let (store, now) = (Store::open(&Database::Memory, false).unwrap(), Timestamp::UNIX_EPOCH);
        let token = issue(&store, "start", now).await.unwrap();
        assert!(!take(&store, &token, "answer", now).await.unwrap());
        assert!(!take(&store, "", "start", now).await.unwrap());
        assert!(take(&store, &token, "start", now).await.unwrap());
        assert!(!take(&store, &token, "start", now).await.unwrap());
        let old = issue(&store, "start", now).await.unwrap();
        assert!(!take(&store, &old, "start", now + HOUR).await.unwrap());
    }

    #[tokio::test]
    async fn pages_that_nobody_sends_are_forgotten() {
        let (store, now) = (Store::open(&Database::Memory, false).unwrap(), Timestamp::UNIX_EPOCH);
        let first = issue(&store, "start", now).await.unwrap();
        let fill =
            |tx: &Transaction<'_>| (1..=MAX_TOKENS).try_for_each(|n| insert(tx, &format!("form x {n}"), n % 60 + 1));
        store.write_now(fill).unwrap();
        assert!(!take(&store, &first, "start", now).await.unwrap());
        let count = store.read_now(|db| Ok(db.query_row("SELECT count(*) FROM limits", [], |row| row.get(0))?));
        assert_eq!(count, Ok(MAX_TOKENS));
    }
}
