//! A value that comes from a server: the last one seen *and* what is under way. Refreshing or failing keeps
//! the old value on the screen.

use crate::app::effect::Ticket;
use crate::domain::error::Error;
use jiff::Timestamp;

/// The last value seen, with its age, and the phase of the newest load.
#[derive(Debug, Clone, PartialEq)]
pub struct Remote<T> {
    /// The last value seen.
    pub seen: Option<Seen<T>>,
    /// What is under way.
    pub phase: Phase,
}

/// A value and when it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen<T> {
    pub value: T,
    /// When it came.
    pub at: Timestamp,
    /// Rows of it that could not be read and are left out.
    pub left_out: u32,
}

/// What is under way.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Nothing.
    Idle,
    /// An answer to this ticket is waited for; any other is dropped.
    Waiting(Ticket),
    /// The newest load failed.
    Failed(Box<Error>),
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self { seen: None, phase: Phase::Idle }
    }
}

impl<T> Remote<T> {
    /// The last value seen.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        self.seen.as_ref().map(|seen| &seen.value)
    }

    /// The last value seen, to change it ahead of the server's answer.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        self.seen.as_mut().map(|seen| &mut seen.value)
    }

    #[must_use]
    pub fn waiting(&self) -> Option<Ticket> {
        match self.phase {
            Phase::Waiting(ticket) => Some(ticket),
            Phase::Idle | Phase::Failed(_) => None,
        }
    }

    /// Why the newest load failed.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match &self.phase {
            Phase::Failed(error) => Some(error),
            Phase::Idle | Phase::Waiting(_) => None,
        }
    }

    /// So many rows of the value could not be read.
    pub fn leave_out(&mut self, rows: u32) {
        if let Some(seen) = self.seen.as_mut().filter(|_| self.phase == Phase::Idle) {
            seen.left_out = rows;
        }
    }

    /// A load began; answers to older tickets are dropped from now on.
    pub fn wait_for(&mut self, ticket: Ticket) {
        self.phase = Phase::Waiting(ticket);
    }

    /// Takes the answer to `ticket`, if that is the one waited for. Says whether it was.
    pub fn settle(&mut self, ticket: Ticket, at: Timestamp, answer: Result<T, Error>) -> bool {
        if self.waiting() != Some(ticket) {
            return false;
        }
        match answer {
            Ok(value) => {
                self.seen = Some(Seen { value, at, left_out: 0 });
                self.phase = Phase::Idle;
            }
            Err(error) => self.phase = Phase::Failed(Box::new(error)),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::app::core::remote::*;
    use crate::domain::error::{Cause, Operation, RetryAdvice};

    fn error() -> Error {
        Error::new(Operation::LoadSetup, Cause::TimedOut { seconds: 10 }, RetryAdvice::Now)
    }

    #[test]
    fn late_answer_is_dropped() {
        let mut remote = Remote::default();
        remote.wait_for(Ticket(1));
        remote.wait_for(Ticket(2));
        assert!(!remote.settle(Ticket(1), Timestamp::UNIX_EPOCH, Ok("old")));
        assert_eq!(remote.value(), None);
        assert!(remote.settle(Ticket(2), Timestamp::UNIX_EPOCH, Ok("new")));
        assert_eq!(remote.value(), Some(&"new"));
    }

    #[test]
    fn a_failed_refresh_keeps_the_old_value() {
        let mut remote = Remote::default();
        remote.wait_for(Ticket(1));
        remote.settle(Ticket(1), Timestamp::UNIX_EPOCH, Ok("old"));
        remote.wait_for(Ticket(2));
        assert_eq!(remote.value(), Some(&"old"));
        remote.settle(Ticket(2), Timestamp::UNIX_EPOCH, Err(error()));
        assert_eq!(remote.value(), Some(&"old"));
        assert_eq!(remote.error(), Some(&error()));
    }
}
