//! Reads bytes from the keyboard.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use rustix::event::PollFlags;
use rustix::io::Errno;

use super::tty::{HANG_UP, poll_one, reopen};

/// Standard input, reopened where possible; see [`super::tty`].
pub(crate) struct Keyboard(Option<OwnedFd>);

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ReadOutcome {
    Bytes(usize),
    /// Timed out.
    Nothing,
    Closed,
}

impl Keyboard {
    pub(crate) fn open() -> Self {
        Self(reopen(rustix::stdio::stdin()))
    }

    /// Waits for bytes, forever without a timeout. A signal may end the wait early.
    pub(crate) fn read(&self, buffer: &mut [u8], timeout: Option<Duration>) -> io::Result<ReadOutcome> {
        let ready = match poll_one(self.file(), PollFlags::IN, timeout) {
            Err(Errno::INTR) => return Ok(ReadOutcome::Nothing),
            Ok(ready) if ready.is_empty() => return Ok(ReadOutcome::Nothing),
            other => other?,
        };
        match rustix::io::read(self.file(), buffer) {
            Ok(0) => Ok(ReadOutcome::Closed),
            Ok(count) => Ok(ReadOutcome::Bytes(count)),
            Err(Errno::INTR | Errno::AGAIN) => Ok(ReadOutcome::Nothing),
            Err(_) if ready.intersects(HANG_UP) => Ok(ReadOutcome::Closed),
            Err(error) => Err(error.into()),
        }
    }

    fn file(&self) -> BorrowedFd<'_> {
        self.0.as_ref().map_or_else(|| rustix::stdio::stdin(), AsFd::as_fd)
    }
}
