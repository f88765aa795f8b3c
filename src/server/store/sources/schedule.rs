//! When a source is read next, and by which server. Times are milliseconds.

use super::row::{self, SourceRow};
use crate::domain::facts::FactSource;
use crate::server::sql::{Connection, Transaction};
use crate::server::store::error::StoreError;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// For so long after a look into a company, somebody is taken to have it open.
const OPEN: i64 = 30 * MINUTE;
/// Longer than the longest reading: a server that died holds nobody up for longer.
pub const LEASE: i64 = 2 * MINUTE;

/// How often sources of a kind are read.
pub struct Rhythm {
    /// Between two readings while somebody has the company open.
    open: i64,
    /// Between two readings else.
    rest: i64,
}

/// `None` for what nobody reads by itself.
pub const fn rhythm(kind: &FactSource) -> Option<Rhythm> {
    match kind {
        FactSource::UsersApi => Some(Rhythm { open: 5 * MINUTE, rest: HOUR }),
        FactSource::Events => Some(Rhythm { open: MINUTE, rest: 20 * MINUTE }),
        _ => None,
    }
}

pub fn after_success(tx: &Transaction<'_>, row: &SourceRow, now: i64) -> Result<(), StoreError> {
    let wait = rhythm(&row.source).map_or(HOUR, |rhythm| rhythm.wait(row.look_time, now));
    put(tx, row, jittered(row.n, now, wait), 0)
}

/// There was more than one reading takes.
pub fn goes_on(tx: &Transaction<'_>, row: &SourceRow, now: i64) -> Result<(), StoreError> {
    put(tx, row, jittered(row.n, now, MINUTE), 0)
}

/// What may pass by itself is tried sooner, and less and less often.
pub fn after_failure(tx: &Transaction<'_>, row: &SourceRow, now: i64, may_pass: bool) -> Result<(), StoreError> {
    put(tx, row, jittered(row.n, now, retry(row.failures, may_pass)), row.failures.saturating_add(1))
}

impl Rhythm {
    fn wait(&self, look_time: Option<i64>, now: i64) -> i64 {
        if look_time.is_some_and(|look| now.saturating_sub(look) < OPEN) { self.open } else { self.rest }
    }
}

fn retry(failures: i64, may_pass: bool) -> i64 {
    if may_pass { (MINUTE << failures.clamp(0, 6)).min(HOUR) } else { HOUR }
}

/// Up to a tenth sooner or later, another one for each source and time: those that were connected together are not read
/// together for ever.
fn jittered(n: i64, now: i64, wait: i64) -> i64 {
    // Fibonacci hashing: neighbours come to lie far apart.
    let mixed = n.wrapping_mul(0x5851_F42D).wrapping_add(now).wrapping_mul(0x2545_F491_4F6C_DD1D);
    now.saturating_add(wait - wait / 10).saturating_add(mixed.rem_euclid((wait / 5).max(1)))
}

fn put(tx: &Transaction<'_>, row: &SourceRow, next: i64, failures: i64) -> Result<(), StoreError> {
    let sql = "UPDATE sources SET next_time = ?, failures = ?, lease_until = NULL WHERE n = ?";
    tx.prepare_cached(sql)?.execute((next, failures, row.n))?;
    Ok(())
}

/// Which sources are read by themselves: not those of companies that are ours no more. `quiet`: nor those of whose secret
/// the command line of 1Password may ask somebody.
fn read_by_itself(quiet: bool) -> &'static str {
    if quiet { "c.state <> 'UNLINKED' AND s.secret_ref NOT LIKE 'op://%'" } else { "c.state <> 'UNLINKED'" }
}

/// Sources of a kind, as one server reads them.
#[derive(Debug, Clone)]
pub struct Readable {
    pub kind: FactSource,
    /// See [`read_by_itself`].
    pub quiet: bool,
}

/// When the next one is due, if there is one at all.
pub fn next(db: &Connection, what: &Readable) -> Result<Option<i64>, StoreError> {
    let sql = format!(
        "SELECT min(CASE WHEN coalesce(s.lease_until, 0) > s.next_time THEN s.lease_until ELSE s.next_time END)
         FROM sources s JOIN companies c ON c.n = s.company_n WHERE s.source = ? AND {}",
        read_by_itself(what.quiet)
    );
    Ok(db.prepare_cached(&sql)?.query_row([what.kind.as_str()], |row| row.get(0))?)
}

/// Somebody looks into this company: it is due when its last reading is as old as those of an open one get.
pub fn look(tx: &Transaction<'_>, kind: &FactSource, company: &str, now: i64) -> Result<(), StoreError> {
    let open = rhythm(kind).map_or(HOUR, |rhythm| rhythm.open);
    let sql = "UPDATE sources SET look_time = ?1, next_time = CASE
            WHEN next_time > coalesce(last_try_time, 0) + ?2 THEN coalesce(last_try_time, 0) + ?2 ELSE next_time END
        WHERE source = ?3 AND company_n = (SELECT n FROM companies WHERE id = ?4)";
    tx.prepare_cached(sql)?.execute((now, open, kind.as_str(), company))?;
    Ok(())
}

/// Takes what is due, open companies first. No other server reads them until the lease ends.
pub fn lease(tx: &Transaction<'_>, what: &Readable, now: i64, most: usize) -> Result<Vec<SourceRow>, StoreError> {
    let sql = format!(
        "SELECT s.n FROM sources s JOIN companies c ON c.n = s.company_n
         WHERE s.source = ?1 AND s.next_time <= ?2 AND coalesce(s.lease_until, 0) <= ?2 AND {}
         ORDER BY CASE WHEN coalesce(s.look_time, 0) > ?3 THEN 0 ELSE 1 END, s.next_time, s.n LIMIT ?4",
        read_by_itself(what.quiet)
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let given = (what.kind.as_str(), now, now.saturating_sub(OPEN), most);
    let due: Vec<i64> = tx.prepare_cached(&sql)?.query_map(given, |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut rows = Vec::new();
    for n in due {
        let sql = "UPDATE sources SET lease_until = ? WHERE n = ?";
        tx.prepare_cached(sql)?.execute((now.saturating_add(LEASE), n))?;
        rows.extend(row::by_number(tx, n)?);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const NOW: i64 = 1_800_000_000_000;

    #[test]
    fn people_are_read_every_five_minutes_while_somebody_looks_and_else_every_hour() {
        let users = rhythm(&FactSource::UsersApi).unwrap();
        for (look, minutes) in [(None, 60), (Some(0), 5), (Some(29), 5), (Some(30), 60), (Some(600), 60)] {
            let look = look.map(|ago| NOW - ago * MINUTE);
            assert_eq!(users.wait(look, NOW) / MINUTE, minutes, "{look:?}");
        }
        assert!(rhythm(&FactSource::Import).is_none() && rhythm(&FactSource::Declared).is_none());
    }

    #[test]
    fn what_may_pass_is_tried_less_and_less_often_and_anything_else_every_hour() {
        for (failures, minutes) in [(0, 1), (1, 2), (4, 16), (5, 32), (6, 60), (60, 60), (i64::MAX, 60)] {
            assert_eq!(retry(failures, true) / MINUTE, minutes, "{failures}");
            assert_eq!(retry(failures, false), HOUR);
        }
    }

    #[test]
    fn what_was_connected_together_is_not_read_together_for_ever() {
        let mut minutes: BTreeMap<i64, usize> = BTreeMap::new();
        for n in 1..=500 {
            let wait = jittered(n, NOW, HOUR) - NOW;
            assert!((54 * MINUTE..66 * MINUTE).contains(&wait), "{wait}");
            *minutes.entry(wait / MINUTE).or_default() += 1;
        }
        assert!(minutes.len() == 12 && minutes.values().all(|count| *count < 84), "{minutes:?}");
        assert_ne!(jittered(7, NOW, HOUR) - NOW, jittered(7, NOW + HOUR, HOUR) - NOW - HOUR);
    }
}
