//! What changes about a company by time alone: its set-up stalls, its trial is about to end or has ended, attention
//! was set aside until now. Nobody writes anything then, so the rules in `company_row` look at the clock whenever
//! somebody asks. Who only asks *what changed* would never hear of it: therefore, before changes are told, each
//! company that such a moment has passed for gets the next place in the sequence of changes. Its revision stays:
//! nobody changed it, and what somebody is about to write still fits.
//!
//! Up to which moment that is done is kept in the database, so that a moment at which no server ran is not lost.
//! Only what lies between then and now is looked for, by indexes: a poll does not look at companies.

use super::answer::Fail;
use super::company_row::{FOURTEEN_DAYS, SEVEN_DAYS};
use super::house::House;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// A time of companies' rows with its index and the condition of that, and how long after it something happens, in
/// milliseconds. The same rules stand in `company_row`; a test holds them together.
type Moment = (&'static str, &'static str, &'static str, i64);

const MOMENTS: [Moment; 4] = [
    (
        "setup_moved",
        "companies_by_setup_moved",
        "state IN ('ACTIVE', 'PENDING') AND setup_done < setup_applicable",
        FOURTEEN_DAYS,
    ),
    ("trial_end_time", "companies_by_trial_end", "trial_end_time IS NOT NULL", -SEVEN_DAYS),
    ("trial_end_time", "companies_by_trial_end", "trial_end_time IS NOT NULL", 0),
    ("snooze_until", "companies_by_snooze", "snooze_until IS NOT NULL", 0),
];

/// Lets moments that have passed count as changes.
///
/// # Errors
/// The database cannot be used; it is tried again with the next question.
pub async fn tell(house: &House, now: Timestamp) -> Result<(), Fail> {
    let now = now.as_millisecond();
    if house.store.read(move |db| due(db, now)).await? {
        house.store.write(move |tx| pass(tx, now)).await?;
    }
    Ok(())
}

/// From when on moments count: at the start of a database that does not know yet.
///
/// # Errors
/// The database cannot be written.
pub fn begin(tx: &Transaction<'_>, now: i64) -> Result<(), Fail> {
    tx.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('told_until', ?)", [now])?;
    Ok(())
}

fn told_until(db: &Connection) -> Result<Option<i64>, Fail> {
    let sql = "SELECT value FROM meta WHERE key = 'told_until'";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?)
}

/// What lies between two times. A clock that was put back takes things back too: then they are the same companies.
fn between(told: i64, now: i64) -> (i64, i64) {
    (told.min(now), told.max(now))
}

/// Names the index: left to itself, `SQLite` looks at all companies of a state first.
fn query(selected: &str, (column, index, condition, _): Moment, limit: &str) -> String {
    format!(
        "SELECT {selected} FROM companies INDEXED BY {index} WHERE {condition} AND {column} > ? AND {column} <= ? {limit}"
    )
}

fn due(db: &Connection, now: i64) -> Result<bool, Fail> {
    let Some(told) = told_until(db)? else { return Ok(true) };
    if now < told {
        // The new time has to be kept, even if nothing lies between: else a moment to come would count as told.
        return Ok(true);
    }
    let (from, upto) = between(told, now);
    for moment in MOMENTS {
        let mut statement = db.prepare_cached(&query("1", moment, "LIMIT 1"))?;
        if statement.exists((from.saturating_sub(moment.3), upto.saturating_sub(moment.3)))? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn pass(tx: &Transaction<'_>, now: i64) -> Result<(), Fail> {
    begin(tx, now)?;
    // Read anew: another server on the same workspace may have been here since.
    let (from, upto) = between(told_until(tx)?.unwrap_or(now), now);
    let mut companies: Vec<i64> = Vec::new();
    for moment in MOMENTS {
        let mut statement = tx.prepare_cached(&query("n", moment, ""))?;
        let range = (from.saturating_sub(moment.3), upto.saturating_sub(moment.3));
        let found = statement.query_map(range, |row| row.get::<_, i64>(0))?;
        for n in found {
            companies.push(n?);
        }
    }
    companies.sort_unstable();
    companies.dedup();
    let next = "UPDATE meta SET value = value + 1 WHERE key = 'seq' RETURNING value";
    for n in companies {
        let seq: i64 = tx.prepare_cached(next)?.query_row([], |row| row.get(0))?;
        tx.prepare_cached("UPDATE companies SET seq = ? WHERE n = ?")?.execute((seq, n))?;
    }
    tx.execute("UPDATE meta SET value = ? WHERE key = 'told_until'", [now])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::Store;
    use crate::server::{Database, Options};

    #[test]
    fn a_poll_looks_for_moments_by_index_and_never_at_all_companies() {
        let store = Store::open(&Database::Memory, false).unwrap();
        let plans: Vec<String> = store
            .read_now(|db| {
                let mut plans = Vec::new();
                for moment in MOMENTS {
                    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {}", query("n", moment, "")))?;
                    let rows = statement.query_map((0, 1), |row| row.get::<_, String>(3))?;
                    plans.extend(rows.collect::<Result<Vec<_>, _>>()?);
                }
                Ok(plans)
            })
            .unwrap();
        assert_eq!(plans.len(), MOMENTS.len());
        for (plan, (column, index, ..)) in plans.iter().zip(MOMENTS) {
            assert!(plan.starts_with("SEARCH companies USING"), "{plan}");
            // A range of times within the index: nothing else is read.
            assert!(plan.contains(&format!("INDEX {index} ({column}>? AND {column}<?)")), "{plan}");
        }
    }

    const SEQ: &str = "SELECT value FROM meta WHERE key = 'seq'";

    #[test]
    fn a_moment_passes_once_and_a_clock_put_back_takes_it_back() {
        let options = Options::default();
        let house = House::open(&options, String::new()).unwrap();
        let (store, start) = (&house.store, house.now().as_millisecond());
        let count = |now: i64| {
            let seq = || store.read_now(|db| Ok(db.query_row(SEQ, [], |row| row.get::<_, i64>(0))?)).unwrap();
            let before = seq();
            if store.read_now(|db| due(db, now)).unwrap() {
                store.write_now(|tx| pass(tx, now)).unwrap();
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
        assert_eq!(count(later), passed, "and are told again when the time comes");
    }
}
