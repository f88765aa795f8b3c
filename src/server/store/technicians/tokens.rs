//! Bearer tokens, good on every instance and after a restart.

use crate::server::auth::TOKEN_SECONDS;
use crate::server::auth::hash::SecretHash;
use crate::server::random;
use crate::server::sql::Transaction;
use crate::server::store::error::StoreError;

/// Makes one, and forgets those that have run out.
pub fn issue(tx: &Transaction<'_>, technician_n: i64, now: i64) -> Result<String, StoreError> {
    let token = random::secret()?;
    tx.execute("DELETE FROM tokens WHERE expire_time <= ?", [now])?;
    let sql = "INSERT INTO tokens (hash, technician_n, expire_time) VALUES (?, ?, ?)";
    tx.execute(sql, (SecretHash::of(&token).as_str(), technician_n, now + i64::from(TOKEN_SECONDS) * 1000))?;
    tx.execute("UPDATE technicians SET sign_in_time = ?, state = 'ACTIVE' WHERE n = ?", (now, technician_n))?;
    Ok(token)
}

/// Ends a token, if it is the technician's own.
pub fn revoke(tx: &Transaction<'_>, technician_n: i64, token: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM tokens WHERE hash = ? AND technician_n = ?";
    tx.execute(sql, (SecretHash::of(token).as_str(), technician_n))?;
    Ok(())
}

/// Ends all that a technician has.
pub fn end_all(tx: &Transaction<'_>, technician_n: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM tokens WHERE technician_n = ?", [technician_n])?;
    Ok(())
}
