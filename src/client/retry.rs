//! Whether and when to try again: few tries, full jitter, a budget over all calls, `RetryAdvice-After` honoured.
//! Figures as in the standard mode of the AWS SDKs.

use super::Limits;
use crate::domain::error::{Cause, Error};
use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use jiff::Timestamp;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Three tries are two retries.
const RETRIES: usize = 2;
/// The longest that a call waits between its tries, also when the server asks for more: then the person decides.
const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// Waits are this much longer when the server is busy (1 s instead of 50 ms).
const WHEN_BUSY: u32 = 20;
/// What the budget holds at most.
const BUDGET: u32 = 500;
/// What a retry costs.
const COST: u32 = 5;
/// What a retry after a timeout costs.
const COST_OF_TIMEOUT: u32 = 10;

/// A try that failed.
#[derive(Debug)]
pub struct Failure {
    pub error: Error,
    pub again: Again,
}

impl Failure {
    /// Trying again would not help, or was done already.
    pub fn final_word(error: Error) -> Self {
        Self { error, again: Again::Never }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::final_word(error)
    }
}

/// Whether another try may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    Never,
    /// After a moment.
    Soon,
    /// After a longer moment: the server is busy.
    Slowly,
    /// When the server said.
    After(Duration),
}

/// Retries that all calls together may spend: when a server is down, asking it three times each makes it worse.
pub struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(BUDGET))
    }
}

impl Budget {
    fn take(&self, cost: u32) -> bool {
        self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(cost)).is_ok()
    }

    fn give(&self, back: u32) {
        let add = |left: u32| Some(left.saturating_add(back).min(BUDGET));
        // The closure always says yes.
        let _ = self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, add);
    }
}

/// How one call is getting on.
pub struct Progress<'a> {
    budget: &'a Budget,
    patience: Duration,
    base: Duration,
    repeatable: bool,
    waits: ExponentialBackoff,
    spent: Duration,
    waited: Duration,
    last_cost: u32,
}

impl<'a> Progress<'a> {
    pub fn new(budget: &'a Budget, limits: &Limits, repeatable: bool) -> Self {
        let waits = ExponentialBuilder::default()
            .with_min_delay(limits.retry_base)
            .with_max_delay(LONGEST_WAIT)
            .with_max_times(RETRIES)
            .build();
        let (patience, base) = (limits.patience, limits.retry_base);
        Self { budget, patience, base, repeatable, waits, spent: Duration::ZERO, waited: Duration::ZERO, last_cost: 0 }
    }

    /// A try succeeded: what its retry cost goes back, or a little for a call that needed none.
    pub fn succeeded(&self) {
        self.budget.give(self.last_cost.max(1));
    }

    /// How long to wait for the next try; `None` when there is none. `took` is how long the failed one lasted.
    pub fn wait(&mut self, failure: &Failure, took: Duration) -> Option<Duration> {
        self.spent += took;
        if !self.repeatable || self.spent >= self.patience {
            return None;
        }
        let pause = match failure.again {
            Again::Never => return None,
            Again::After(wait) if self.waited.saturating_add(wait) > LONGEST_WAIT => return None,
            // Not earlier than the server said, and not all at the same moment. A server that is busy and says *now*,
            // or names a moment that has passed, is not asked sooner than one that says nothing.
            Again::After(wait) => {
                self.waits.next().map(|own| wait.max(jittered(own * WHEN_BUSY)) + jittered(self.base))
            }
            Again::Soon => self.waits.next().map(jittered),
            Again::Slowly => self.waits.next().map(|wait| jittered(wait.saturating_mul(WHEN_BUSY))),
        }?;
        let timed_out = matches!(failure.error.cause, Cause::TimedOut { .. });
        let cost = if timed_out { COST_OF_TIMEOUT } else { COST };
        if !self.budget.take(cost) {
            return None;
        }
        self.last_cost = cost;
        let pause = pause.min(LONGEST_WAIT + self.base);
        self.waited += pause;
        Some(pause)
    }
}

/// Full jitter: anything between nothing and `most`. (What `backon` calls jitter only adds to the delay.)
pub fn jittered(most: Duration) -> Duration {
    // The first half of a random UUID: 60 random bits are enough to spread clients.
    let random = uuid::Uuid::new_v4().as_u64_pair().1 & 0xffff_ffff;
    let nanos = (most.as_nanos() * u128::from(random)) >> 32;
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

/// `RetryAdvice-After` as seconds or as a date. What cannot be read, and a negative number, is no hint at all.
pub fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // Only too many digits can go wrong here: longer than anybody waits.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    // A date that has passed means now.
    Some(Duration::try_from(date.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::error::{Operation, RetryAdvice};

    fn failure(again: Again) -> Failure {
        Failure { error: Error::new(Operation::ListCompanies, Cause::TooManyRequests, RetryAdvice::Now), again }
    }

    fn after(value: &str) -> Option<Duration> {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().unwrap());
        retry_after(&headers, now)
    }

    #[test]
    fn retry_after_is_read_in_both_forms_and_nonsense_is_no_hint() {
        let seconds = |n| Some(Duration::from_secs(n));
        assert_eq!(after("7"), seconds(7));
        assert_eq!(after("0"), seconds(0));
        assert_eq!(after("Sun, 22 Nov 2026 12:00:30 GMT"), seconds(30));
        assert_eq!(after("Sun, 22 Nov 2026 11:00:00 GMT"), seconds(0));
        assert_eq!(after("99999999999999999999999999"), seconds(u64::MAX));
        for nonsense in ["", "-5", "soon", "1.5", "1e3", "Sun, 99 Nov 2026 12:00:30 GMT"] {
            assert_eq!(after(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn there_are_three_tries_with_growing_waits_within_bounds() {
        let budget = Budget::default();
        for _ in 0..50 {
            let mut progress = Progress::new(&budget, &Limits::default(), true);
            let first = progress.wait(&failure(Again::Soon), Duration::ZERO).unwrap();
            let second = progress.wait(&failure(Again::Soon), Duration::ZERO).unwrap();
            assert!(first <= Duration::from_millis(50) && second <= Duration::from_millis(100));
            assert_eq!(progress.wait(&failure(Again::Soon), Duration::ZERO), None);
            budget.give(2 * COST);
        }
    }

    #[test]
    fn a_server_that_asks_for_too_long_a_wait_is_not_waited_for() {
        let budget = Budget::default();
        let mut progress = Progress::new(&budget, &Limits::default(), true);
        let ten_years = Duration::from_hours(87_600);
        assert_eq!(progress.wait(&failure(Again::After(ten_years)), Duration::ZERO), None);
        let wait = progress.wait(&failure(Again::After(Duration::from_secs(3))), Duration::ZERO).unwrap();
        assert!((3000..=3050).contains(&wait.as_millis()), "{wait:?}");
    }

    #[test]
    fn all_waits_of_a_call_together_are_no_longer_than_the_longest() {
        let budget = Budget::default();
        let mut progress = Progress::new(&budget, &Limits::default(), true);
        let busy = failure(Again::After(Duration::from_secs(19)));
        assert!(progress.wait(&busy, Duration::ZERO).is_some());
        assert_eq!(progress.wait(&busy, Duration::ZERO), None, "38 s would be silence");
    }

    #[test]
    fn a_server_that_says_now_is_not_asked_at_once() {
        // Jitter may make one wait short; the sum of many is not.
        let budget = Budget::default();
        let sum: Duration = (0..20)
            .map(|_| {
                let mut progress = Progress::new(&budget, &Limits::default(), true);
                let now = failure(Again::After(Duration::ZERO));
                let waits = [Duration::ZERO; 2].map(|took| progress.wait(&now, took).unwrap_or_default());
                waits.iter().sum::<Duration>()
            })
            .sum();
        // Two waits of up to 1 and 2 s each: 30 s on average.
        assert!(sum > Duration::from_secs(10), "{sum:?}");
    }

    #[test]
    fn no_try_begins_when_the_patience_is_used_up_or_the_call_must_not_be_repeated() {
        let budget = Budget::default();
        let limits = Limits::default();
        assert_eq!(Progress::new(&budget, &limits, true).wait(&failure(Again::Soon), limits.patience), None);
        assert_eq!(Progress::new(&budget, &limits, false).wait(&failure(Again::Soon), Duration::ZERO), None);
        assert_eq!(Progress::new(&budget, &limits, true).wait(&failure(Again::Never), Duration::ZERO), None);
    }

    #[test]
    fn the_budget_runs_out_and_fills_again_by_successes() {
        let budget = Budget::default();
        let limits = Limits::default();
        let retry = || Progress::new(&budget, &limits, true).wait(&failure(Again::Soon), Duration::ZERO).is_some();
        assert_eq!((0..200).filter(|_| retry()).count(), 100);
        for _ in 0..5 {
            Progress::new(&budget, &limits, true).succeeded();
        }
        assert!(retry());
        assert!(!retry());
    }
}
