//! One intent to change something, over all its tries: its idempotency key, and whether a try may have been done.
//! The one rule of when the key is renewed, for every door that writes.

use super::error::Error;
use super::request::IdempotencyKey;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Under which each try of it is sent.
    pub key: IdempotencyKey,
    /// The answer to a try was lost, and no later one told what became of it.
    pub outcome_unknown: bool,
}

impl Intent {
    /// A new intent.
    #[must_use]
    pub fn new(key: IdempotencyKey) -> Self {
        Self { key, outcome_unknown: false }
    }

    /// A try failed; answers what is to be told of it. After a lost answer the next try goes under the same key, so
    /// that the server does it once. A refusal is an answer: what is tried after it is another intent, `next`, else the
    /// server would repeat the refusal.
    #[must_use]
    pub fn failed(&mut self, error: Error, next: IdempotencyKey) -> Error {
        let error = error.after(self.outcome_unknown);
        self.outcome_unknown = error.outcome_unknown();
        if !self.outcome_unknown {
            self.key = next;
        }
        error
    }
}

/// What was sent, and its intent: the same again is the same intent, anything else is another.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent<T> {
    pub what: T,
    pub intent: Intent,
}

impl<T: PartialEq> Sent<T> {
    /// Notes that this is being sent, and answers under which key; under `next` unless it is a further try.
    pub fn note(slot: &mut Option<Self>, what: T, next: IdempotencyKey) -> IdempotencyKey {
        match slot {
            Some(sent) if sent.what == what => sent.intent.key.clone(),
            slot => slot.insert(Self { what, intent: Intent::new(next) }).intent.key.clone(),
        }
    }

    /// The try that was noted failed; answers what is to be told of it, as [`Intent::failed`].
    #[must_use]
    pub fn failed(slot: &mut Option<Self>, error: Error, next: IdempotencyKey) -> Error {
        match slot {
            Some(sent) => sent.intent.failed(error, next),
            None => error,
        }
    }
}
