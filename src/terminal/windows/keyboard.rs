//! Reads bytes from the keyboard.

use std::io;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use super::console_input::ConsoleInput;
use super::signals;

/// Reads that may wait until the last one is decoded; the console keeps what comes behind them.
const WAITING: usize = 64;

/// The console cannot be waited for with a limit, so a thread reads it.
pub(crate) struct Keyboard(Mutex<Unread>);

struct Unread {
    reads: Receiver<io::Result<Vec<u8>>>,
    /// What did not fit into the buffer of the last read.
    rest: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ReadOutcome {
    Bytes(usize),
    /// Timed out.
    Nothing,
    Closed,
}

impl Keyboard {
    /// The thread ends with the process, or when the console gives nothing any more.
    pub(crate) fn open() -> Self {
        let (sender, reads) = sync_channel(WAITING);
        let read = move || {
            let mut input = match ConsoleInput::open() {
                Ok(input) => input,
                Err(error) => return drop(sender.send(Err(error))),
            };
            loop {
                let came = input.next().map(|came| {
                    if came.resized {
                        signals::resized();
                    }
                    came.bytes
                });
                let failed = came.is_err();
                let nothing = matches!(&came, Ok(bytes) if bytes.is_empty());
                if !nothing && sender.send(came).is_err() || failed {
                    return;
                }
            }
        };
        // Without the thread nobody sends: the keyboard is closed.
        let _ = thread::Builder::new().name("console".to_owned()).spawn(read);
        Self(Mutex::new(Unread { reads, rest: Vec::new() }))
    }

    /// Waits for bytes, forever without a timeout.
    pub(crate) fn read(&self, buffer: &mut [u8], timeout: Option<Duration>) -> io::Result<ReadOutcome> {
        let mut unread = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if unread.rest.is_empty() {
            let read = match timeout {
                Some(timeout) => unread.reads.recv_timeout(timeout),
                None => unread.reads.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match read {
                Ok(bytes) => unread.rest = bytes?,
                Err(RecvTimeoutError::Timeout) => return Ok(ReadOutcome::Nothing),
                Err(RecvTimeoutError::Disconnected) => return Ok(ReadOutcome::Closed),
            }
        }
        let count = unread.rest.len().min(buffer.len());
        for (to, byte) in buffer.iter_mut().zip(unread.rest.drain(..count)) {
            *to = byte;
        }
        Ok(ReadOutcome::Bytes(count))
    }
}
