//! Two clocks: the monotonic one, which stands still while a laptop sleeps, and the one on the wall, which does not
//! but may be set. Held against each other they tell that the machine slept.

use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// So much more on the wall clock than on the monotonic one is a sleep, or a clock that was put forward. Less is the
/// work of time servers.
const ASLEEP: SignedDuration = SignedDuration::from_secs(30);

/// What both clocks say at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub instant: Instant,
    pub time: Timestamp,
}

impl Moment {
    /// The present.
    pub fn now() -> Self {
        Self { instant: Instant::now(), time: crate::clock::now() }
    }

    /// How much the monotonic clock has gone on since.
    pub fn until(&self, later: &Self) -> Duration {
        later.instant.saturating_duration_since(self.instant)
    }

    /// Whether the machine slept between the two: tokens are older than they look, and connections dead without a
    /// word. A clock that was put forward looks the same, which costs one sign-in; one that was put back does not.
    pub fn slept_until(&self, later: &Self) -> bool {
        let awake = SignedDuration::try_from(self.until(later)).unwrap_or(SignedDuration::MAX);
        later.time.duration_since(self.time).saturating_sub(awake) > ASLEEP
    }
}

/// Where the client reads both clocks.
#[derive(Default)]
pub struct Clocks(OnceLock<Arc<dyn Fn() -> Moment + Send + Sync>>);

impl Clocks {
    pub fn now(&self) -> Moment {
        self.0.get().map_or_else(Moment::now, |clocks| clocks())
    }

    /// From now on it reads these. Only the first time.
    pub fn read(&self, clocks: Arc<dyn Fn() -> Moment + Send + Sync>) {
        let _first_ones_stay = self.0.set(clocks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(awake: u64, wall: i64) -> bool {
        let before = Moment::now();
        let time = before.time.checked_add(SignedDuration::from_secs(wall)).unwrap();
        before.slept_until(&Moment { instant: before.instant + Duration::from_secs(awake), time })
    }

    #[test]
    fn a_sleep_is_told_from_hours_of_work_and_from_a_clock_that_was_put_back() {
        assert!(after(5, 3_600) && after(0, 31) && after(7_200, 7_300));
        assert!(!after(3_600, 3_600) && !after(0, 30) && !after(10, 9));
        assert!(!after(5, -3_600) && !after(36_000, 0));
    }
}
