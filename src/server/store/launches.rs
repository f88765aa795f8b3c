//! Launch addresses: good once, and not for long.

use super::companies::counters::still_managed;
use super::companies::row::time;
use super::error::StoreError;
use super::requester::Requester;
use super::vaults;
use crate::domain::activity::Action;
use crate::domain::launch::Target;
use crate::server::random;
use crate::server::sql::{OptionalExtension, Transaction};
use crate::wire::company::LaunchAnswer;

/// How long an address is good for, in milliseconds: 60 s.
const GOOD_FOR: i64 = 60_000;

/// An address that begins with `base`.
pub fn begin(
    tx: &Transaction<'_>,
    requester: &Requester,
    company: &str,
    (target, vault): (Target, Option<&str>),
    base: &str,
) -> Result<LaunchAnswer, StoreError> {
    let record = requester.scope.record(tx, company)?;
    still_managed(&record)?;
    let vault = vault.map(|id| vaults::one(tx, &requester.scope, &record, requester.technician_n, id)).transpose()?;
    let token = random::secret()?;
    let until = requester.now.saturating_add(GOOD_FOR);
    tx.execute("DELETE FROM launches WHERE expire_time < ?", [requester.now])?;
    tx.execute(
        "INSERT INTO launches (token, company_n, technician_n, target, expire_time, vault_n)
         VALUES (?, ?, ?, ?, ?, ?)",
        (&token, record.n, requester.technician_n, target.as_str(), until, vault.as_ref().map(|(n, _)| *n)),
    )?;
    tx.execute("UPDATE companies SET launch_time = ? WHERE n = ?", (requester.now, record.n))?;
    requester.touch(tx, record.n)?;
    // The address itself is a key and stays out of the record.
    requester.audit(tx, Action::CompanyLaunched, record.named(), Some(target.as_str()))?;
    Ok(LaunchAnswer { launch_uri: format!("{base}/launch/{token}"), expire_time: time(Some(until)) })
}

/// What an address opens.
pub struct Launch {
    pub company_id: String,
    pub technician_n: i64,
    pub target: Target,
    pub vault_n: Option<i64>,
}

/// Uses an address up; `None` for one that is not good any more.
pub fn open(tx: &Transaction<'_>, token: &str, now: i64) -> Result<Option<Launch>, StoreError> {
    let sql = "UPDATE launches SET used_time = ?1 WHERE token = ?2 AND used_time IS NULL AND expire_time > ?1
               RETURNING (SELECT id FROM companies WHERE n = company_n) AS company_id, technician_n, target, vault_n";
    let launch = tx.query_row(sql, (now, token), |row| {
        let target: String = row.get("target")?;
        Ok(Launch {
            company_id: row.get("company_id")?,
            technician_n: row.get("technician_n")?,
            target: Target::ALL.into_iter().find(|known| known.as_str() == target).unwrap_or(Target::Home),
            vault_n: row.get("vault_n")?,
        })
    });
    Ok(launch.optional()?)
}
