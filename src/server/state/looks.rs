//! Into which companies somebody looks, for the pollers: those are read first and more often.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::watch;

/// In milliseconds. A look that follows another one so soon says nothing new.
const MINUTE: i64 = 60_000;
/// Long enough for every poller to have seen it.
const KEPT: i64 = 10 * MINUTE;

pub struct Looks {
    /// Number and time of the last look, by the company's id.
    last: Mutex<HashMap<String, (u64, i64)>>,
    newest: watch::Sender<u64>,
}

impl Default for Looks {
    fn default() -> Self {
        Self { last: Mutex::default(), newest: watch::Sender::new(0) }
    }
}

impl Looks {
    /// Somebody looks into this company now.
    pub fn note(&self, company: &str, now: i64) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.get(company).is_some_and(|(_, time)| now.saturating_sub(*time) < MINUTE) {
            return;
        }
        last.retain(|_, (_, time)| now.saturating_sub(*time) < KEPT);
        self.newest.send_modify(|newest| {
            *newest += 1;
            last.insert(company.to_owned(), (*newest, now));
        });
    }

    /// Those that were looked into since the look of this number.
    pub fn since(&self, number: u64) -> Vec<String> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.iter().filter(|(_, (of, _))| *of > number).map(|(company, _)| company.clone()).collect()
    }

    /// Hears the number of each look.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_told_once_a_minute_and_forgotten_after_ten() {
        let looks = Looks::default();
        let mut told = looks.subscribe();
        looks.note("A", 0);
        looks.note("A", MINUTE - 1);
        assert_eq!((looks.since(0), *told.borrow_and_update()), (vec!["A".to_owned()], 1));
        assert!(looks.since(1).is_empty() && !told.has_changed().unwrap());
        looks.note("A", MINUTE);
        assert_eq!(looks.since(1), ["A"]);
        looks.note("B", MINUTE + KEPT);
        assert_eq!((looks.since(0), *told.borrow_and_update()), (vec!["B".to_owned()], 3));
    }
}
