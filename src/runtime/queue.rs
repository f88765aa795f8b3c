//! The queue that the UI thread blocks on.
//!
//! Not `std::sync::mpsc`, because a whole batch is taken under one lock, and because keys are held back when too much
//! waits: a terminal that takes no output must not let input grow without bound. Everything else is bounded by what
//! is open: a ticket is answered once, and repeated terminal events are merged.

use std::collections::VecDeque;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::app::effect::Ticket;
use crate::app::key::Key;
use crate::app::msg::Reply;
use crate::app::pointer::Pointed;
use crate::domain::error::Pause;
use crate::domain::launch::Redacted;
use crate::domain::theme::Background;
use crate::terminal::shutdown::TerminalEvent;

/// The keys thread blocks while so many inputs wait.
const MAX_QUEUED: usize = 4_096;

#[derive(Debug)]
pub(crate) enum Input {
    Key(Key),
    Mouse(Pointed),
    Paste(String),
    /// The terminal told what its background is.
    Background(Background),
    Terminal(TerminalEvent),
    /// A call failed and waits for its retry, or the retry begins.
    Waiting(Ticket, Option<Box<Pause>>),
    Reply(Ticket, Reply),
    /// An escape sequence, written with the next frame.
    ToTerminal(Redacted),
    /// Keys can no longer be read.
    KeyboardFailed(io::Error),
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
        let mut waiting = self.lock();
        // A flood of signals must not fill the queue while the UI thread is stuck; a second equal event changes nothing.
        if let (Input::Terminal(event), Some(Input::Terminal(last))) = (&input, waiting.back())
            && event == last
        {
            return;
        }
        waiting.push_back(input);
        drop(waiting);
        self.filled.notify_one();
    }

    /// Blocks while the queue is full. Only for keys.
    pub(crate) fn push_blocking(&self, input: Input) {
        let mut waiting = self.lock();
        while waiting.len() >= MAX_QUEUED {
            waiting = self.drained.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        waiting.push_back(input);
        drop(waiting);
        self.filled.notify_one();
    }

    /// Moves up to `most` inputs to `batch`. Waits for the first one, forever without `wait`.
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
        // Nothing can panic while it is held; even then the inputs are intact.
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
    fn repeated_terminal_events_are_merged() {
        let queue = Queue::default();
        for event in [TerminalEvent::Resized, TerminalEvent::Resized, TerminalEvent::Continued, TerminalEvent::Resized]
        {
            queue.push(Input::Terminal(event));
        }
        let mut batch = Vec::new();
        queue.take(usize::MAX, None, &mut batch);
        assert_eq!(batch.len(), 3, "{batch:?}");
    }

    #[test]
    fn keys_are_held_back_but_signals_are_not() {
        let queue = Arc::new(Queue::default());
        for _ in 0..MAX_QUEUED {
            queue.push_blocking(key('j'));
        }
        let typist = thread::spawn({
            let queue = Arc::clone(&queue);
            move || queue.push_blocking(key('z'))
        });
        queue.push(Input::Terminal(TerminalEvent::Resized));
        assert_eq!(queue.lock().len(), MAX_QUEUED + 1, "the signal is in, the key is not");
        let mut batch = Vec::new();
        queue.take(usize::MAX, None, &mut batch);
        typist.join().unwrap();
        queue.take(usize::MAX, None, &mut batch);
        assert!(matches!(batch.last(), Some(Input::Key(last)) if *last == Key::char('z')));
    }
}
