//! How often the same is asked for again.

use crate::app::core::remote::{Phase, Remote};
use crate::domain::error::RetryAdvice;
use jiff::{SignedDuration, Timestamp};

/// Between two questions, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refresh {
    pub every: i64,
    /// While it fails, and the server names no time.
    pub backoff: i64,
}

impl Refresh {
    pub const fn every(seconds: i64) -> Self {
        Self { every: seconds, backoff: seconds }
    }

    /// When to ask again after a question that is asked now.
    pub fn next(self, now: Timestamp) -> Option<Timestamp> {
        later(now, self.every)
    }

    /// When to ask for a value that was asked for at `asked`; `None` while an answer is waited for, and when nothing
    /// will change by time alone.
    pub fn due<T>(self, remote: &Remote<T>, asked: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        let Some(asked) = asked else { return Some(now) };
        // A clock that was set back would have us wait until it has caught up.
        let after = |seconds| if asked > now { Some(now) } else { later(asked, seconds) };
        match &remote.phase {
            Phase::Waiting(_) => None,
            Phase::Idle if remote.seen.is_none() => Some(now),
            Phase::Idle => after(self.every),
            Phase::Failed(error) => match error.retry {
                RetryAdvice::Never => None,
                RetryAdvice::Now => after(self.backoff),
                RetryAdvice::At(moment) => after(self.backoff).map(|soonest| moment.max(soonest)),
            },
        }
    }
}

/// A moment so many milliseconds later.
pub fn later_millis(moment: Timestamp, milliseconds: i64) -> Option<Timestamp> {
    moment.checked_add(SignedDuration::from_millis(milliseconds)).ok()
}

pub fn later(moment: Timestamp, seconds: i64) -> Option<Timestamp> {
    moment.checked_add(SignedDuration::from_secs(seconds)).ok()
}
