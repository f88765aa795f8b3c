//! A value that comes from a server: the last one seen *and* what is under way. Refreshing or failing keeps
//! the old value on the screen.

use crate::app::effect::Ticket;
use crate::domain::error::Error;
use crate::domain::id::Etag;
use jiff::Timestamp;
use std::ops::{Deref, DerefMut};

/// The last value seen, with its age, and the phase of the newest load.
#[derive(Debug, Clone, PartialEq)]
pub struct Remote<T> {
    /// The last value seen.
    pub seen: Option<Seen<T>>,
    pub phase: Phase,
}

/// A value and when it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen<T> {
    pub value: T,
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
    pub fn value(&self) -> Option<&T> {
        self.seen.as_ref().map(|seen| &seen.value)
    }

    /// The last value seen, to change it ahead of the server's answer.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        self.seen.as_mut().map(|seen| &mut seen.value)
    }

    pub fn waiting(&self) -> Option<Ticket> {
        match self.phase {
            Phase::Waiting(ticket) => Some(ticket),
            Phase::Idle | Phase::Failed(_) => None,
        }
    }

    /// Why the newest load failed.
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

    /// A failure is no reason any more not to ask.
    pub fn forget_error(&mut self) {
        if self.error().is_some() {
            self.phase = Phase::Idle;
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

/// What belongs to a company, and the revision of the company that it was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Versioned<T> {
    remote: Remote<T>,
    etag: Option<Etag>,
}

impl<T> Default for Versioned<T> {
    fn default() -> Self {
        Self { remote: Remote::default(), etag: None }
    }
}

impl<T> Deref for Versioned<T> {
    type Target = Remote<T>;

    fn deref(&self) -> &Remote<T> {
        &self.remote
    }
}

impl<T> DerefMut for Versioned<T> {
    fn deref_mut(&mut self) -> &mut Remote<T> {
        &mut self.remote
    }
}

impl<T> Versioned<T> {
    /// It was asked for this revision.
    pub fn is_of(&self, etag: &Etag) -> bool {
        self.etag.as_ref() == Some(etag)
    }

    /// Nothing there yet, or there from another revision of the company. A failure waits for the next success of
    /// the list or for the refresh key, so that a broken server is not asked in a loop.
    pub fn stale(&self, now: &Etag) -> bool {
        match self.phase {
            Phase::Idle => self.seen.is_none() || !self.is_of(now),
            Phase::Waiting(_) => !self.is_of(now),
            Phase::Failed(_) => false,
        }
    }

    /// It is asked for this revision.
    pub fn ask(&mut self, ticket: Ticket, etag: Etag) {
        self.etag = Some(etag);
        self.remote.wait_for(ticket);
    }

    /// It is of no revision any more: asked for as soon as it is looked at.
    pub fn outdate(&mut self) {
        self.etag = None;
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
