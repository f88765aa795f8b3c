//! Sign-ins that fail: slowed, so that guessing is not worth the time, and written to the log.
//!
//! Each credential has some failures free from each address, and one more every other second; so has the address as a
//! whole, for names that are no credential's. Whoever has used them up is told to wait, at most those two seconds; so a
//! right secret is never kept out for longer than somebody else goes on guessing from the same address.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

/// Failures that are free.
const FREE: u32 = 5;
/// After so long one more is.
const EACH: SignedDuration = SignedDuration::from_secs(2);
/// What is remembered at most. It grows by failures alone, and forgets those longest ago.
const MOST: usize = 4096;

/// Who guesses what: the number of a technician, or none for a name that nobody has.
pub type Guess = (IpAddr, Option<i64>);

#[derive(Default)]
pub struct Attempts(Mutex<HashMap<Guess, Timestamp>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Free,
    /// The same, but the next failure is not.
    Last,
    Wait(u32),
}

impl Attempts {
    /// Takes one free failure in advance: of many tries at once no more are looked at than of as many in a row.
    pub fn begin(&self, (address, who): Guess, now: Timestamp) -> Turn {
        let mut paid = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // When all failures so far would be forgotten. A clock that was put back must not keep anybody out.
        let full = EACH * i32::try_from(FREE).unwrap_or(1);
        let until = paid.get(&(network(address), who)).copied().unwrap_or(now).clamp(now, now + full);
        if until + EACH > now + full {
            let wait = (until + EACH).duration_since(now + full);
            return Turn::Wait(u32::try_from((wait.as_millis() + 999) / 1000).unwrap_or(2).max(1));
        }
        if paid.len() >= MOST {
            paid.retain(|_, until| *until > now);
        }
        if paid.len() >= MOST
            && let Some(oldest) = paid.iter().min_by_key(|(_, until)| **until).map(|(guess, _)| *guess)
        {
            paid.remove(&oldest);
        }
        paid.insert((network(address), who), until + EACH);
        if until + EACH + EACH > now + full { Turn::Last } else { Turn::Free }
    }

    /// It was the right secret: what was taken in advance goes back, with all failures before.
    pub fn succeeded(&self, (address, who): Guess) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&(network(address), who));
    }
}

/// Whoever has an IPv6 address has all of its network.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + seconds).unwrap()
    }

    #[test]
    fn some_failures_are_free_then_each_costs_two_seconds_and_a_success_ends_it() {
        let attempts = Attempts::default();
        let guess = (HERE, Some(1));
        let turns: Vec<_> = (0..7).map(|_| attempts.begin(guess, at(0))).collect();
        assert_eq!(turns[..4], [Turn::Free; 4]);
        assert_eq!(turns[4..], [Turn::Last, Turn::Wait(2), Turn::Wait(2)]);
        assert_eq!(attempts.begin(guess, at(1)), Turn::Wait(1), "asking does not make it longer");
        assert_eq!(attempts.begin(guess, at(2)), Turn::Last);
        assert_eq!(attempts.begin(guess, at(2)), Turn::Wait(2));
        // A thousand guesses in a row take their time.
        let looked_at = (0..1000_i64).filter(|n| !matches!(attempts.begin(guess, at(3 + n / 10)), Turn::Wait(_)));
        assert_eq!(looked_at.count(), 50);
        attempts.begin(guess, at(110));
        attempts.succeeded(guess);
        assert_eq!(attempts.begin(guess, at(110)), Turn::Free);
    }

    #[test]
    fn who_guesses_keeps_neither_other_addresses_nor_other_credentials_out() {
        let attempts = Attempts::default();
        while !matches!(attempts.begin((HERE, Some(1)), at(0)), Turn::Wait(_)) {}
        let elsewhere: IpAddr = "192.0.2.1".parse().unwrap();
        for other in [(HERE, Some(2)), (HERE, None), (elsewhere, Some(1))] {
            assert_eq!(attempts.begin(other, at(0)), Turn::Free, "{other:?}");
        }
        let network: [IpAddr; 2] = ["2001:db8::1".parse().unwrap(), "2001:db8::2:1".parse().unwrap()];
        while !matches!(attempts.begin((network[0], None), at(0)), Turn::Wait(_)) {}
        assert_eq!(attempts.begin((network[1], None), at(0)), Turn::Wait(2), "it is the same network");
    }

    #[test]
    fn a_clock_that_was_put_back_keeps_nobody_out_for_long_and_memory_is_bounded() {
        let attempts = Attempts::default();
        while !matches!(attempts.begin((HERE, None), at(86_400)), Turn::Wait(_)) {}
        assert_eq!(attempts.begin((HERE, None), at(0)), Turn::Wait(2));
        for n in 0..u32::try_from(MOST).unwrap() + 100 {
            attempts.begin((IpAddr::V4(n.into()), None), at(0));
        }
        assert_eq!(attempts.0.lock().unwrap().len(), MOST);
    }
}
