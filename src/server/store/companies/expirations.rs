//! What changes about a company by time alone: its set-up stalls, its trial is about to end or has ended, a snooze
//! expires. Nobody writes anything then, so the rules in `attention` compare with the clock on every read. Who only
//! asks *what changed* would never hear of it: before `companies:changes` is answered, every company whose deadline has
//! passed since the last time gets the next place in the sequence of changes. Its revision stays: nobody changed it,
//! and a write that is under way still fits.
//!
//! Up to when that is done is kept in the database (`told_until`), so that a deadline at which no server ran is not lost. Only what
//! lies between then and now is looked for, by indexes: a poll does not scan the companies.

use super::attention::{RULES, Times};
use crate::server::sql::{Connection, OptionalExtension, Transaction};
use crate::server::store::error::StoreError;
use crate::server::store::meta;
use crate::server::store::pool::Store;
use crate::server::store::requester::next_seq;
use std::sync::Arc;

const PUBLISHED_UNTIL: &str = "told_until";

/// Something that happens so long after a time of a company's row.
#[derive(Clone, Copy)]
struct Expiration {
    column: &'static str,
    index: &'static str,
    condition: &'static str,
    after: i64,
}

const SNOOZE: Expiration = Expiration {
    column: "snooze_until",
    index: "companies_by_snooze",
    condition: "snooze_until IS NOT NULL",
    after: 0,
};

/// A snooze ends; a rule of attention begins to hold, or does not hold any more.
fn expirations() -> impl Iterator<Item = Expiration> {
    let timed = RULES.iter().filter_map(|rule| rule.times.map(|times| (rule.condition, times)));
    let both = timed.flat_map(|(condition, times)| {
        let Times { column, index, from, until } = times;
        [Some(from), until].into_iter().flatten().map(move |after| Expiration { column, index, condition, after })
    });
    both.chain([SNOOZE])
}

/// Makes deadlines that have passed changes. If the database cannot be used, it is tried again with the next question.
pub async fn publish(store: &Arc<Store>, now: i64) -> Result<(), StoreError> {
    if store.read(move |db| due(db, now)).await? {
        store.write(move |tx| publish_until(tx, now)).await?;
    }
    Ok(())
}

/// From when on deadlines count: the start of a new database.
pub fn initialize(tx: &Transaction<'_>, now: i64) -> Result<(), StoreError> {
    if meta::find_number(tx, PUBLISHED_UNTIL)?.is_none() {
        meta::set_number(tx, PUBLISHED_UNTIL, now)?;
    }
    Ok(())
}

/// What lies between two times. A clock that was put back takes things back too: then they are the same companies.
fn between(published: i64, now: i64) -> (i64, i64) {
    (published.min(now), published.max(now))
}

/// Names the index: left to itself, `SQLite` looks at all companies of a state first.
fn query(selected: &str, Expiration { column, index, condition, .. }: Expiration, limit: &str) -> String {
    format!(
        "SELECT {selected} FROM companies INDEXED BY {index} WHERE {condition} AND {column} > ? AND {column} <= ? {limit}"
    )
}

fn due(db: &Connection, now: i64) -> Result<bool, StoreError> {
    let Some(published) = meta::find_number(db, PUBLISHED_UNTIL)? else { return Ok(true) };
    if now < published {
        // The new time has to be kept, even if nothing lies between: else a deadline to come would count as published.
        return Ok(true);
    }
    let (from, upto) = between(published, now);
    for expiration in expirations() {
        let mut statement = db.prepare_cached(&query("1", expiration, "LIMIT 1"))?;
        if statement.exists((from.saturating_sub(expiration.after), upto.saturating_sub(expiration.after)))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// When the next deadline passes, in milliseconds since 1970.
pub fn next(db: &Connection, now: i64) -> Result<Option<i64>, StoreError> {
    let mut soonest: Option<i64> = None;
    for expiration in expirations() {
        let sql = query(expiration.column, expiration, &format!("ORDER BY {} LIMIT 1", expiration.column));
        let range = (now.saturating_sub(expiration.after), i64::MAX);
        let found: Option<i64> = db.prepare_cached(&sql)?.query_row(range, |row| row.get(0)).optional()?;
        let passes = found.map(|time| time.saturating_add(expiration.after));
        soonest = soonest.into_iter().chain(passes).min();
    }
    Ok(soonest)
}

fn publish_until(tx: &Transaction<'_>, now: i64) -> Result<(), StoreError> {
    initialize(tx, now)?;
    // Read anew: another server on the same workspace may have been here since.
    let (from, upto) = between(meta::find_number(tx, PUBLISHED_UNTIL)?.unwrap_or(now), now);
    let mut companies: Vec<i64> = Vec::new();
    for expiration in expirations() {
        let mut statement = tx.prepare_cached(&query("n", expiration, ""))?;
        let range = (from.saturating_sub(expiration.after), upto.saturating_sub(expiration.after));
        let found = statement.query_map(range, |row| row.get::<_, i64>(0))?;
        for n in found {
            companies.push(n?);
        }
    }
    companies.sort_unstable();
    companies.dedup();
    for n in companies {
        let seq = next_seq(tx)?;
        tx.prepare_cached("UPDATE companies SET seq = ? WHERE n = ?")?.execute((seq, n))?;
    }
    meta::set_number(tx, PUBLISHED_UNTIL, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::state::AppState;
    use crate::server::store::companies::attention::FOURTEEN_DAYS;
    use crate::server::{Database, Options};

    #[test]
    fn a_poll_looks_for_deadlines_by_index_and_never_at_all_companies() {
        let store = Store::open(&Database::Memory, false).unwrap();
        let plans: Vec<String> = store
            .read_now(|db| {
                let mut plans = Vec::new();
                for expiration in expirations() {
                    let mut statement =
                        db.prepare_cached(&format!("EXPLAIN QUERY PLAN {}", query("n", expiration, "")))?;
                    let rows = statement.query_map((0, 1), |row| row.get::<_, String>(3))?;
                    plans.extend(rows.collect::<Result<Vec<_>, _>>()?);
                }
                Ok(plans)
            })
            .unwrap();
        assert_eq!(plans.len(), 6);
        for (plan, Expiration { column, index, .. }) in plans.iter().zip(expirations()) {
            assert!(plan.starts_with("SEARCH companies USING"), "{plan}");
            // A range of times within the index: nothing else is read.
            assert!(plan.contains(&format!("INDEX {index} ({column}>? AND {column}<?)")), "{plan}");
        }
    }

    #[test]
    fn a_deadline_passes_once_and_a_clock_put_back_takes_it_back() {
        let options = Options::default();
        let app = AppState::open(&options, String::new()).unwrap();
        let (store, start) = (&app.store, app.now().as_millisecond());
        let count = |now: i64| {
            let seq = || store.read_now(|db| meta::number(db, "seq")).unwrap();
            let before = seq();
            if store.read_now(|db| due(db, now)).unwrap() {
                store.write_now(|tx| publish_until(tx, now)).unwrap();
            }
            seq() - before
        };
        assert_eq!(count(start), 0, "what a new workspace shows is known with its list");
        let later = start + 3 * FOURTEEN_DAYS;
        let passed = count(later);
        assert!(passed > 0);
        assert_eq!(count(later), 0);
        assert_eq!(count(start), passed, "the same companies look as before");
        assert_eq!(count(start + 1), 0);
        assert_eq!(count(later), passed, "and are published again when the time comes");
    }
}
