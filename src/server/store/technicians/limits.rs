//! How often something may be tried, whichever instance is asked: the generic cell rate algorithm in one statement.

use crate::server::sql::{OptionalExtension, Transaction};
use crate::server::store::error::StoreError;
use std::net::{IpAddr, Ipv6Addr};

/// Times that lie further ahead than any limit are of a clock that was put back: a minute more than instances may differ.
const SKEW: i64 = 60_000;

/// Some tries are free, then one more every so many milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    pub free: i64,
    pub each: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Free,
    /// The same, but the next try is not.
    Last,
    /// For so many seconds.
    Wait(u32),
}

/// Of guesses at a secret.
pub const GUESSES: Rate = Rate { free: 5, each: 2000 };

/// Who tries from this address: whoever has one of IPv6 has all of its network.
pub fn network(peer: IpAddr) -> IpAddr {
    match peer {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// Takes one try. Asking when there is none does not make the wait longer.
pub fn take(tx: &Transaction<'_>, name: &str, rate: Rate, now: i64) -> Result<Turn, StoreError> {
    let latest = now + (rate.free - 1) * rate.each;
    let sql = "INSERT INTO limits (name, tat) VALUES (?1, ?2)
               ON CONFLICT (name) DO UPDATE SET tat =
                 CASE WHEN limits.tat < ?3 OR limits.tat > ?5 THEN ?2 ELSE limits.tat + ?6 END
               WHERE limits.tat <= ?4 OR limits.tat > ?5
               RETURNING tat";
    let params = (name, now + rate.each, now, latest, latest + rate.each + SKEW, rate.each);
    let taken: Option<i64> = tx.prepare_cached(sql)?.query_row(params, |row| row.get(0)).optional()?;
    if let Some(tat) = taken {
        tx.execute("DELETE FROM limits WHERE tat <= ?", [now])?;
        return Ok(if tat > latest { Turn::Last } else { Turn::Free });
    }
    let tat: i64 = tx.query_row("SELECT tat FROM limits WHERE name = ?", [name], |row| row.get(0))?;
    Ok(Turn::Wait(u32::try_from((tat - latest + 999) / 1000).unwrap_or(1).max(1)))
}

/// Forgets all tries.
pub fn clear(tx: &Transaction<'_>, name: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM limits WHERE name = ?", [name])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Database;
    use crate::server::store::pool::Store;

    fn at(store: &Store, name: &str, seconds: i64) -> Turn {
        store.write_now(|tx| take(tx, name, GUESSES, 1_000_000_000 + seconds * 1000)).unwrap()
    }

    fn rows(store: &Store) -> i64 {
        store.read_now(|db| Ok(db.query_row("SELECT count(*) FROM limits", [], |row| row.get(0))?)).unwrap()
    }

    #[test]
    fn some_tries_are_free_then_each_costs_two_seconds_and_a_success_ends_it() {
        let store = Store::open(&Database::Memory, false).unwrap();
        let turns: Vec<_> = (0..7).map(|_| at(&store, "a", 0)).collect();
        assert_eq!(turns[..4], [Turn::Free; 4]);
        assert_eq!(turns[4..], [Turn::Last, Turn::Wait(2), Turn::Wait(2)]);
        assert_eq!(at(&store, "b", 0), Turn::Free, "others have their own");
        assert_eq!(at(&store, "a", 1), Turn::Wait(1), "asking does not make it longer");
        assert_eq!(at(&store, "a", 2), Turn::Last);
        assert_eq!(at(&store, "a", 2), Turn::Wait(2));
        // A thousand tries in a row take their time.
        let looked_at = (0..1000_i64).filter(|n| !matches!(at(&store, "a", 3 + n / 10), Turn::Wait(_)));
        assert_eq!(looked_at.count(), 50);
        assert_eq!(rows(&store), 1, "who has waited long enough is forgotten");
        store.write_now(|tx| clear(tx, "a")).unwrap();
        assert_eq!(at(&store, "a", 103), Turn::Free);
    }

    #[test]
    fn a_clock_that_was_put_back_keeps_nobody_out() {
        let store = Store::open(&Database::Memory, false).unwrap();
        while !matches!(at(&store, "a", 86_400), Turn::Wait(_)) {}
        assert_eq!(at(&store, "a", 86_399), Turn::Wait(3), "the clocks of two instances may differ a little");
        let turns: Vec<_> = (0..6).map(|_| at(&store, "a", 0)).collect();
        assert_eq!(turns, [[Turn::Free; 4].as_slice(), &[Turn::Last, Turn::Wait(2)]].concat());
    }
}
