//! The one queue that the UI thread blocks on.
//!
//! Not `std::sync::mpsc`, for two reasons: a whole batch is taken under one lock, and keys are held back when
//! too many wait (a terminal that takes no output must not let input grow without bound), while signals and
//! answers never are.

use std::collections::VecDeque;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Exit;
use crate::app::effect::Ticket;
use crate::app::key::Key;
use crate::app::msg::Reply;
use crate::domain::error::Pause;
use crate::domain::launch::Redacted;

/// With this many inputs waiting, the keys thread waits too.
const MOST_KEYS: usize = 4_096;

/// One thing that came in from outside.
#[derive(Debug)]
pub(crate) enum Input {
    Key(Key),
    Paste(String),
    /// The size may have changed; the terminal knows it.
    Resized,
    /// TSTP from outside.
    Suspend,
    /// CONT: after our own Ctrl-Z, or after a stop that nobody could announce.
    Continued,
    /// A try of an effect failed, and the next one waits, or begins.
    Waiting(Ticket, Option<Box<Pause>>),
    Reply(Ticket, Reply),
    /// What only the terminal is told, with the next frame.
    ToTerminal(Redacted),
    /// A signal, or the terminal is gone.
    End(Exit),
    /// No more keys can be read.
    Deaf(io::Error),
}

#[derive(Debug, Default)]
pub(crate) struct Queue {
    waiting: Mutex<VecDeque<Input>>,
    filled: Condvar,
    drained: Condvar,
}

impl Queue {
    /// Never blocks.
    pub(crate) fn push(&self, input: Input) {
        self.lock().push_back(input);
        self.filled.notify_one();
    }

    /// Blocks while too much is waiting. For keys alone: whoever types can wait.
    pub(crate) fn push_patiently(&self, input: Input) {
        let mut waiting = self.lock();
        while waiting.len() >= MOST_KEYS {
            waiting = self.drained.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        waiting.push_back(input);
        drop(waiting);
        self.filled.notify_one();
    }

    /// Moves at most `most` inputs to `batch`; waits for the first one, for ever or for as long as given.
    pub(crate) fn take(&self, most: usize, wait: Option<Duration>, batch: &mut Vec<Input>) {
        let until = wait.and_then(|wait| Instant::now().checked_add(wait));
        let mut waiting = self.lock();
        while waiting.is_empty() {
            waiting = match until {
                None => self.filled.wait(waiting).unwrap_or_else(PoisonError::into_inner),
                Some(until) => {
                    let left = until.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return;
                    }
                    self.filled.wait_timeout(waiting, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        let count = most.min(waiting.len());
        batch.extend(waiting.drain(..count));
        drop(waiting);
        self.drained.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Input>> {
        // Nothing can panic while it is held; if something did, the inputs are still whole.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::thread;

    fn key(c: char) -> Input {
        Input::Key(Key::char(c))
    }

    #[test]
    fn a_batch_is_taken_in_order_and_bounded() {
        let queue = Queue::default();
        for c in "abc".chars() {
            queue.push(key(c));
        }
        let mut batch = Vec::new();
        queue.take(2, None, &mut batch);
        assert!(
            matches!(batch.as_slice(), [Input::Key(a), Input::Key(b)] if *a == Key::char('a') && *b == Key::char('b'))
        );
        batch.clear();
        queue.take(2, Some(Duration::ZERO), &mut batch);
        assert_eq!(batch.len(), 1);
        batch.clear();
        queue.take(2, Some(Duration::ZERO), &mut batch);
        assert!(batch.is_empty(), "nothing is left, and an empty queue with no time to wait answers at once");
    }

    #[test]
    fn keys_are_held_back_but_signals_are_not() {
        let queue = Arc::new(Queue::default());
        for _ in 0..MOST_KEYS {
            queue.push_patiently(key('j'));
        }
        let typist = thread::spawn({
            let queue = Arc::clone(&queue);
            move || queue.push_patiently(key('z'))
        });
        queue.push(Input::End(Exit::Vanished));
        assert_eq!(queue.lock().len(), MOST_KEYS + 1, "the signal is in, the key is not");
        let mut batch = Vec::new();
        queue.take(usize::MAX, None, &mut batch);
        typist.join().unwrap();
        queue.take(usize::MAX, None, &mut batch);
        assert!(matches!(batch.last(), Some(Input::Key(last)) if *last == Key::char('z')));
    }
}
