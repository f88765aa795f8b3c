//! Whether and when to try again: few tries, full jitter, a budget over all calls, `Retry-After` honoured. Figures as
//! in the standard mode of the AWS SDKs. By hand: no crate has a budget over all calls, and `backon` only adds jitter to
//! its delays.

use crate::client::Limits;
use crate::domain::error::{Cause, Error};
use jiff::Timestamp;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Three tries are two retries.
const RETRIES: u32 = 2;
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
pub struct FailedAttempt {
    pub error: Error,
    pub again: RetryDelay,
}

impl FailedAttempt {
    /// Trying again would not help, or was done already.
    pub fn permanent(error: Error) -> Self {
        Self { error, again: RetryDelay::Never }
    }
}

impl From<Error> for FailedAttempt {
    fn from(error: Error) -> Self {
        Self::permanent(error)
    }
}

/// Whether another try may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryDelay {
    Never,
    Short,
    /// After a longer moment: the server is busy.
    Long,
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
pub struct RetryState<'a> {
    budget: &'a Budget,
    patience: Duration,
    base: Duration,
    repeatable: bool,
    retries: u32,
    spent: Duration,
    waited: Duration,
    last_cost: u32,
}

impl<'a> RetryState<'a> {
    pub fn new(budget: &'a Budget, limits: &Limits, repeatable: bool) -> Self {
        let (patience, base) = (limits.patience, limits.retry_base);
        let (spent, waited) = (Duration::ZERO, Duration::ZERO);
        Self { budget, patience, base, repeatable, retries: 0, spent, waited, last_cost: 0 }
    }

    /// A try succeeded: what its retry cost goes back, or a little for a call that needed none.
    pub fn succeeded(&self) {
        self.budget.give(self.last_cost.max(1));
    }

    /// How long to wait for the next try; `None` when there is none. `took` is how long the failed one lasted.
    pub fn wait(&mut self, failure: &FailedAttempt, took: Duration) -> Option<Duration> {
        self.spent += took;
        if !self.repeatable || self.spent >= self.patience {
            return None;
        }
        let pause = match failure.again {
            RetryDelay::Never => return None,
            RetryDelay::After(wait) if self.waited.saturating_add(wait) > LONGEST_WAIT => return None,
            // Not earlier than the server said, and not all at the same moment. A server that is busy and says *now*,
            // or names a moment that has passed, is not asked sooner than one that says nothing.
            RetryDelay::After(wait) => {
                self.step().map(|own| wait.max(full_jitter(own * WHEN_BUSY)) + full_jitter(self.base))
            }
            RetryDelay::Short => self.step().map(full_jitter),
            RetryDelay::Long => self.step().map(|wait| full_jitter(wait * WHEN_BUSY)),
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

    /// The next step of the back-off, which doubles; `None` after the last retry.
    fn step(&mut self) -> Option<Duration> {
        let step = self.base.saturating_mul(2_u32.saturating_pow(self.retries));
        self.retries += 1;
        (self.retries <= RETRIES).then_some(step.min(LONGEST_WAIT))
    }
}

/// Anything between nothing and `most`.
pub fn full_jitter(most: Duration) -> Duration {
    most.mul_f64(fastrand::f64())
}

/// `Retry-After` as seconds or as a date. What cannot be read, and a negative number, is no hint at all.
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

    fn failure(again: RetryDelay) -> FailedAttempt {
        FailedAttempt { error: Error::new(Operation::ListCompanies, Cause::TooManyRequests, RetryAdvice::Now), again }
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
            let mut progress = RetryState::new(&budget, &Limits::default(), true);
            let first = progress.wait(&failure(RetryDelay::Short), Duration::ZERO).unwrap();
            let second = progress.wait(&failure(RetryDelay::Short), Duration::ZERO).unwrap();
            assert!(first <= Duration::from_millis(50) && second <= Duration::from_millis(100));
            assert_eq!(progress.wait(&failure(RetryDelay::Short), Duration::ZERO), None);
            budget.give(2 * COST);
        }
    }

    #[test]
    fn a_server_that_asks_for_too_long_a_wait_is_not_waited_for() {
        let budget = Budget::default();
        let mut progress = RetryState::new(&budget, &Limits::default(), true);
        let ten_years = Duration::from_hours(87_600);
        assert_eq!(progress.wait(&failure(RetryDelay::After(ten_years)), Duration::ZERO), None);
        let wait = progress.wait(&failure(RetryDelay::After(Duration::from_secs(3))), Duration::ZERO).unwrap();
        assert!((3000..=3050).contains(&wait.as_millis()), "{wait:?}");
    }

    #[test]
    fn all_waits_of_a_call_together_are_no_longer_than_the_longest() {
        let budget = Budget::default();
        let mut progress = RetryState::new(&budget, &Limits::default(), true);
        let busy = failure(RetryDelay::After(Duration::from_secs(19)));
        assert!(progress.wait(&busy, Duration::ZERO).is_some());
        assert_eq!(progress.wait(&busy, Duration::ZERO), None, "38 s would be silence");
    }

    #[test]
    fn a_server_that_says_now_is_not_asked_at_once() {
        // Jitter may make one wait short; the sum of many is not.
        let budget = Budget::default();
        let sum: Duration = (0..20)
            .map(|_| {
                let mut progress = RetryState::new(&budget, &Limits::default(), true);
                let now = failure(RetryDelay::After(Duration::ZERO));
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
        assert_eq!(RetryState::new(&budget, &limits, true).wait(&failure(RetryDelay::Short), limits.patience), None);
        assert_eq!(RetryState::new(&budget, &limits, false).wait(&failure(RetryDelay::Short), Duration::ZERO), None);
        assert_eq!(RetryState::new(&budget, &limits, true).wait(&failure(RetryDelay::Never), Duration::ZERO), None);
    }

    #[test]
    fn the_budget_runs_out_and_fills_again_by_successes() {
        let budget = Budget::default();
        let limits = Limits::default();
        let retry =
            || RetryState::new(&budget, &limits, true).wait(&failure(RetryDelay::Short), Duration::ZERO).is_some();
        assert_eq!((0..200).filter(|_| retry()).count(), 100);
        for _ in 0..5 {
            RetryState::new(&budget, &limits, true).succeeded();
        }
        assert!(retry());
        assert!(!retry());
    }
}
