//! Questions for changes that are held back until there are some (contract: `companies:changes?wait=`): how many may be
//! open, and what ends them besides news.
//!
//! While it is held, a question has a task and a connection to the client, and nothing of the database. Beyond the limit
//! questions are answered at once, so that those who ask in this way leave connections for everybody else.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit, watch};

/// Held at the same time for one technician: dashboards on several machines, each with several profiles.
const PER_TECHNICIAN: usize = 32;

/// Of questions that are woken by the same change, so many look for it at the same time: each needs a thread and a
/// connection to the database.
const LOOKING: usize = 4;

/// The longest wait of the contract. Proxies commonly give up after 50 or 60 seconds without an answer.
pub const LONGEST: Duration = Duration::from_secs(45);

pub struct LongPolls {
    /// The longest that a question is held; zero: none is.
    pub longest: Duration,
    limit: usize,
    by_technician: Mutex<HashMap<i64, usize>>,
    count: watch::Sender<usize>,
    stopping: watch::Sender<bool>,
    looking: Semaphore,
}

/// One question that is held.
pub struct Held<'a> {
    polls: &'a LongPolls,
    technician: i64,
}

impl LongPolls {
    /// At most three of four connections are for questions that are held.
    pub fn new(longest: Duration, connections: usize) -> Self {
        Self {
            longest: longest.min(LONGEST),
            limit: connections / 4 * 3,
            by_technician: Mutex::default(),
            count: watch::Sender::new(0),
            stopping: watch::Sender::new(false),
            looking: Semaphore::new(LOOKING),
        }
    }

    /// Holds a question of this technician, unless too many are held.
    pub fn hold(&self, technician: i64) -> Option<Held<'_>> {
        let mut by_technician = self.by_technician.lock().unwrap_or_else(PoisonError::into_inner);
        let own = by_technician.entry(technician).or_default();
        if *own >= PER_TECHNICIAN || *self.count.borrow() >= self.limit {
            return None;
        }
        *own += 1;
        self.count.send_modify(|count| *count += 1);
        Some(Held { polls: self, technician })
    }

    /// Ends all of them, and every later one as soon as it comes.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    pub fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// How many are held.
    pub fn count(&self) -> usize {
        *self.count.borrow()
    }

    pub async fn stopped(&self) {
        // Fails only without a sender, which is our own.
        let _ = self.stopping.subscribe().wait_for(|stopping| *stopping).await;
    }

    /// A turn at the database, first come first served.
    pub async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.looking.acquire().await.ok()
    }

    /// Waits until so many are held.
    pub async fn held(&self, count: usize) {
        let _ = self.count.subscribe().wait_for(|held| *held == count).await;
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut by_technician = self.polls.by_technician.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = by_technician.get_mut(&self.technician) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                by_technician.remove(&self.technician);
            }
        }
        self.polls.count.send_modify(|count| *count = count.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_all_places_and_a_quarter_of_the_connections_stays_free() {
        let polls = LongPolls::new(LONGEST, 60);
        let of_one: Vec<_> = (0..40).filter_map(|_| polls.hold(1)).collect();
        assert_eq!(of_one.len(), PER_TECHNICIAN);
        let of_others: Vec<_> = (0..40).filter_map(|n| polls.hold(2 + n)).collect();
        assert_eq!(of_one.len() + of_others.len(), 45);
        drop(of_one);
        assert!(polls.hold(1).is_some(), "places that were left are free again");
        assert_eq!(*polls.count.borrow(), of_others.len());
    }

    #[tokio::test]
    async fn a_stop_ends_also_what_comes_after_it() {
        let polls = LongPolls::new(LONGEST, 8);
        polls.stop();
        polls.stopped().await;
        polls.stopped().await;
    }
}
