//! How many readings may begin: bounded by requests a minute, and by whether the host answers at all. Times are
//! milliseconds.

use crate::domain::source::SourceReason;

/// So many are under way at once.
const AT_ONCE: usize = 4;
/// Requests that the host is sent in a minute in the long run, all companies together. The Users API publishes no limit;
/// the Events API allows 600 for one account alone.
const PER_MINUTE: i64 = 80;
/// Requests that may follow one another at once after a rest: no minute has more than 100.
const BURST: i64 = 20;
const REQUEST: i64 = 60_000 / PER_MINUTE;
/// What a reading takes at least: an access token and a page.
const READING: i64 = 2 * REQUEST;
/// How long the host is left alone that had too many requests.
const BUSY: i64 = 60_000;
/// The longest that a reading is paid off for; a clock that is put back holds nobody up for longer.
const LONGEST: i64 = 10 * 60_000;
/// So many failures of the host in a row, and it is left alone …
const BREAKS_AFTER: u32 = 10;
/// … for so long; then one reading tells whether it is back.
const BROKEN: i64 = 5 * 60_000;

#[derive(Debug)]
pub struct Throttle {
    /// Until when the requests so far take up their share of time.
    paid_until: i64,
    /// How many there were.
    sent: u64,
    failures: u32,
    broken_until: i64,
}

impl Throttle {
    /// Of a host that was sent so many requests before.
    pub const fn new(sent: u64) -> Self {
        Self { paid_until: 0, sent, failures: 0, broken_until: 0 }
    }

    /// How many readings may begin beside those under way. `sent` is how many requests the host was sent so far, by whom
    /// ever.
    pub fn free(&mut self, now: i64, sent: u64, under_way: usize) -> usize {
        let new = i64::try_from(sent.saturating_sub(self.sent)).unwrap_or(i64::MAX);
        self.sent = sent;
        let rested = self.paid_until.clamp(now - BURST * REQUEST, now + LONGEST);
        self.paid_until = rested.saturating_add(new.saturating_mul(REQUEST)).min(now + LONGEST);
        let paid = usize::try_from((now - self.paid_until) / READING).unwrap_or(0);
        let most = match self.failures {
            failures if failures < BREAKS_AFTER => AT_ONCE,
            _ if now < self.broken_until => 0,
            _ => 1,
        };
        paid.min(most).saturating_sub(under_way)
    }

    /// When the next one may begin that may not begin now, if none is under way.
    pub fn opens(&self) -> i64 {
        let broken = if self.failures < BREAKS_AFTER { 0 } else { self.broken_until };
        broken.max(self.paid_until + READING)
    }

    /// What came of a reading: why it failed, if it did.
    pub fn note(&mut self, failed: Option<&SourceReason>, now: i64) {
        match failed {
            Some(SourceReason::Unreachable) => self.fail(now),
            Some(SourceReason::RateLimited) => {
                self.paid_until = self.paid_until.max(now) + BUSY;
                self.fail(now);
            }
            // The host was not asked.
            Some(SourceReason::SecretUnavailable) => {}
            _ => self.failures = 0,
        }
    }

    fn fail(&mut self, now: i64) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= BREAKS_AFTER {
            self.broken_until = now + BROKEN;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_800_000_000_000;
    const AWAY: Option<&SourceReason> = Some(&SourceReason::Unreachable);

    #[test]
    fn a_host_that_fails_ten_times_is_left_alone_and_tried_by_one() {
        let mut throttle = Throttle::new(0);
        for _ in 0..9 {
            throttle.note(AWAY, NOW);
        }
        assert_eq!(throttle.free(NOW, 0, 0), AT_ONCE);
        throttle.note(AWAY, NOW);
        assert_eq!((throttle.free(NOW, 0, 0), throttle.opens()), (0, NOW + BROKEN));
        let back = NOW + BROKEN;
        assert_eq!((throttle.free(back - 1, 0, 0), throttle.free(back, 0, 0), throttle.free(back, 0, 1)), (0, 1, 0));
        throttle.note(AWAY, back);
        assert_eq!((throttle.free(back + 1, 0, 0), throttle.free(back + BROKEN, 0, 0)), (0, 1));
        throttle.note(Some(&SourceReason::CredentialRefused), back + BROKEN);
        assert_eq!(throttle.free(back + BROKEN, 0, 0), AT_ONCE, "it answers, whatever it says");
    }

    #[test]
    fn a_secret_that_is_not_there_says_nothing_about_the_host() {
        let mut throttle = Throttle::new(0);
        for _ in 0..50 {
            throttle.note(Some(&SourceReason::SecretUnavailable), NOW);
        }
        assert_eq!(throttle.free(NOW, 0, 0), AT_ONCE);
        (0..10).for_each(|_| throttle.note(AWAY, NOW));
        throttle.note(Some(&SourceReason::SecretUnavailable), NOW);
        assert_eq!(throttle.free(NOW, 0, 0), 0);
    }

    #[test]
    fn a_host_that_had_too_many_requests_has_its_rest() {
        let mut throttle = Throttle::new(0);
        assert_eq!(throttle.free(NOW, 0, 0), AT_ONCE);
        throttle.note(Some(&SourceReason::RateLimited), NOW);
        assert_eq!((throttle.free(NOW + BUSY, 0, 0), throttle.opens()), (0, NOW + BUSY + READING));
        assert_eq!(throttle.free(NOW + BUSY + READING, 0, 0), 1);
    }

    #[test]
    fn a_clock_that_is_put_back_stops_it_for_minutes_at_most() {
        let mut throttle = Throttle::new(0);
        throttle.free(NOW, 500, 0);
        let earlier = NOW - 365 * 24 * 3_600_000;
        assert_eq!(throttle.free(earlier, 500, 0), 0);
        assert_eq!(throttle.free(earlier + LONGEST + READING, 500, 0), 1);
    }

    proptest! {
        /// However the moments and the sizes of accounts fall.
        #[test]
        fn no_minute_has_more_than_a_hundred_requests(
            steps in prop::collection::vec((0..3000_i64, 2..8_u64), 1..400)
        ) {
            let (mut throttle, mut now, mut sent) = (Throttle::new(0), NOW, 0);
            let mut begun: Vec<(i64, u64)> = Vec::new();
            for (wait, requests) in steps {
                now += wait;
                for _ in 0..throttle.free(now, sent, 0) {
                    sent += requests;
                    begun.push((now, requests));
                }
            }
            // One round goes over it by what its readings send beyond a token and a page.
            let over = i64::try_from(AT_ONCE).unwrap() * 8;
            for (from, _) in &begun {
                let within = begun.iter().filter(|(at, _)| (*from..*from + 60_000).contains(at));
                let requests = i64::try_from(within.map(|(_, requests)| requests).sum::<u64>()).unwrap();
                prop_assert!(requests <= PER_MINUTE + BURST + over, "{}", requests);
            }
            let all = i64::try_from(sent).unwrap();
            prop_assert!(all <= (now - NOW) * PER_MINUTE / 60_000 + BURST + over, "{}", all);
        }
    }
}
