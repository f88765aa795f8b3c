//! What can go wrong, as data. `i18n` makes it a sentence in the user's language.

mod cause;
mod operation;

use jiff::Timestamp;
use std::time::Duration;

pub use cause::{Cause, ConflictCode, Extra, FileFault, NotWritten, Outcome, Violation};
pub use operation::Operation;

/// A failure that a person can act on: what failed, why, and when to try again. Never holds a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    pub operation: Operation,
    pub cause: Cause,
    pub retry: RetryAdvice,
    /// The server's own words or the library's, cleaned for display; empty when there are none.
    pub detail: String,
    /// The server's name for this request, to quote to its operator.
    pub request_id: Option<String>,
    /// An earlier try of the same intent was left without an answer, and this one brought none about it.
    pub earlier_outcome_unknown: bool,
}

impl Error {
    /// A trouble without further words.
    #[must_use]
    pub fn new(operation: Operation, cause: Cause, retry: RetryAdvice) -> Self {
        Self { operation, cause, retry, detail: String::new(), request_id: None, earlier_outcome_unknown: false }
    }

    /// Whether a write that ended like this may have been done all the same. It has to be sent again under the same
    /// idempotency key, and must not be told as a failure. The one definition of *the answer was lost*.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        self.earlier_outcome_unknown || self.operation.writes() && self.cause.outcome() == Outcome::Unknown
    }

    /// This failure, after an earlier try of the same intent that may have been done: only an answer to the write
    /// itself settles that.
    #[must_use]
    pub fn after(mut self, outcome_unknown: bool) -> Self {
        self.earlier_outcome_unknown |= outcome_unknown && self.cause.outcome() != Outcome::Answered;
        self
    }

    /// A failed rehearsal: nothing was to be done, so nothing can have been.
    #[must_use]
    pub fn of_rehearsal(mut self) -> Self {
        if self.outcome_unknown() {
            (self.operation, self.earlier_outcome_unknown) = (Operation::Rehearse, false);
        }
        self
    }
}

/// A call that failed and will be tried again by itself, but not at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Pause {
    pub wait: Duration,
    pub error: Error,
}

/// How long a wait is told to be, of milliseconds: rounded up, but not for the moment by which it is longer than what
/// the server asked for.
#[must_use]
pub fn whole_seconds(millis: u128) -> i64 {
    i64::try_from(millis.saturating_add(949) / 1000).unwrap_or(i64::MAX)
}

/// What trying again would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAdvice {
    /// Nothing, until something else changes.
    Never,
    /// Might work at once.
    Now,
    /// Might work from this moment on.
    At(Timestamp),
}
