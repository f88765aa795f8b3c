//! What a dialog sends: idle, on its way or failed, and under which idempotency key it is sent again.

use crate::app::dialog::Outcome;
use crate::domain::error::Error;
use crate::domain::intent::Sent;
use crate::domain::request::IdempotencyKey;

/// The tries of a dialog to write; `T` is what was sent, where a change of it makes it another intent.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission<T = ()> {
    state: State,
    /// What was sent last.
    sent: Option<Sent<T>>,
    /// Esc was pressed on a changed text: asks before dropping it.
    asking: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum State {
    Idle,
    Sending,
    Failed(Box<Error>),
}

impl<T> Default for Submission<T> {
    fn default() -> Self {
        Self { state: State::Idle, sent: None, asking: false }
    }
}

impl<T: PartialEq> Submission<T> {
    pub fn sending(&self) -> bool {
        self.state == State::Sending
    }

    /// Why the last try failed.
    pub fn error(&self) -> Option<&Error> {
        match &self.state {
            State::Failed(error) => Some(error),
            State::Idle | State::Sending => None,
        }
    }

    pub fn asking(&self) -> bool {
        self.asking
    }

    /// What was sent last.
    pub fn sent(&self) -> Option<&T> {
        self.sent.as_ref().map(|sent| &sent.what)
    }

    /// The key of what was sent last, or what the next try of the same is sent under.
    pub fn key(&self) -> Option<&IdempotencyKey> {
        self.sent.as_ref().map(|sent| &sent.intent.key)
    }

    /// The answer to a try was lost: it may have been done.
    pub fn outcome_unknown(&self) -> bool {
        self.sent.as_ref().is_some_and(|sent| sent.intent.outcome_unknown)
    }

    /// This is being sent; answers under which key: under `next` unless it is a further try.
    pub fn start(&mut self, what: T, next: IdempotencyKey) -> IdempotencyKey {
        (self.state, self.asking) = (State::Sending, false);
        Sent::note(&mut self.sent, what, next)
    }

    /// The server did not do it, or its answer was lost; answers what is to be told of it.
    pub fn fail(&mut self, error: Error, next: IdempotencyKey) -> Error {
        let error = Sent::failed(&mut self.sent, error, next);
        self.reject(error.clone());
        error
    }

    /// Failed without having been sent, or with an answer that leads on to another revision.
    pub fn reject(&mut self, error: Error) {
        self.state = State::Failed(Box::new(error));
    }

    /// The error is about something that is not shown any more.
    pub fn clear_error(&mut self) {
        if self.error().is_some() {
            self.state = State::Idle;
        }
    }

    /// What is sent next is another intent, although a lost answer may still mean that the last one was done.
    pub fn renew_key(&mut self, next: IdempotencyKey) {
        if let Some(sent) = &mut self.sent {
            sent.intent.key = next;
        }
    }

    /// What is sent next is another intent.
    pub fn forget_intent(&mut self) {
        self.sent = None;
    }

    /// Esc: what was changed is dropped only when it is pressed again.
    pub fn esc(&mut self, changed: bool) -> Outcome {
        if changed && !std::mem::replace(&mut self.asking, true) { Outcome::Keep } else { Outcome::Close }
    }

    /// Anything but Esc: nothing is to be dropped.
    pub fn keep_editing(&mut self) {
        self.asking = false;
    }
}
