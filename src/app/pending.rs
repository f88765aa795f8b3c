//! Keys that were pressed and have run nothing: the beginning of a sequence, a count, or a key that means nothing.

use crate::app::command::{Command, Meaning};
use crate::app::focus::focus;
use crate::app::key::{Key, Sequence};
use crate::app::model::Model;
use jiff::{SignedDuration, Timestamp};

/// How long a sequence waits for its next key before what can follow is shown, in milliseconds.
const SHOWN_AFTER: i64 = 400;
/// How long the hint bar tells that a key means nothing, in milliseconds.
const TOLD_FOR: i64 = 2_000;
/// A larger count is no count but a cat on the keyboard.
pub const MOST: usize = 9_999;

/// Keys that were pressed and have run nothing yet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pending {
    pub count: Option<usize>,
    /// The beginning of a sequence.
    pub keys: Vec<Key>,
    /// When what can follow is shown.
    pub shown_at: Option<Timestamp>,
}

/// Keys that mean nothing here.
#[derive(Debug, Clone, PartialEq)]
pub struct Unbound {
    pub keys: Sequence,
    /// What they mean in other places.
    pub elsewhere: Vec<Command>,
    pub until: Timestamp,
}

impl Pending {
    pub fn is_empty(&self) -> bool {
        self.count.is_none() && self.keys.is_empty()
    }

    /// Begins or goes on with a sequence.
    pub fn begin(&mut self, key: Key, now: Timestamp) {
        self.keys.push(key);
        self.shown_at = later_by(now, SHOWN_AFTER);
    }

    /// Takes a digit of a count; the first one is not 0.
    pub fn digit(&mut self, digit: usize) {
        let count = self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
        self.count = Some(count.min(MOST));
    }
}

impl Model {
    /// What can follow the keys of a sequence, once it has waited long enough.
    pub fn continuations(&self) -> Vec<(Sequence, Command)> {
        if self.pending.shown_at.is_none_or(|at| at > self.now) {
            return Vec::new();
        }
        self.options.keymap.continuations(focus(self).places(), &self.pending.keys)
    }

    /// Says that these keys mean nothing here.
    pub(in crate::app) fn tell_unbound(&mut self, keys: Vec<Key>) {
        let elsewhere = self.options.keymap.elsewhere(focus(self).places(), &keys);
        let until = later_by(self.now, TOLD_FOR).unwrap_or(self.now);
        self.unbound = Some(Unbound { keys: keys.into(), elsewhere, until });
    }
}

fn later_by(now: Timestamp, millis: i64) -> Option<Timestamp> {
    now.checked_add(SignedDuration::from_millis(millis)).ok()
}

/// When what is told of keys changes by time alone.
pub fn due(model: &Model) -> Option<Timestamp> {
    let pending = model.pending.shown_at.filter(|at| *at > model.now);
    [pending, model.unbound.as_ref().map(|unbound| unbound.until)].into_iter().flatten().min()
}

/// What keys mean after those that wait.
pub(in crate::app) fn meaning(model: &Model, key: Key) -> Meaning {
    let pressed: Vec<Key> = model.pending.keys.iter().copied().chain([key]).collect();
    model.options.keymap.meaning(focus(model).places(), &pressed)
}
