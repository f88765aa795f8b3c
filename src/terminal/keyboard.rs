//! The terminal's other direction: bytes from the keyboard.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::device::again;

/// Standard input, in an open file of our own where that is possible; see [`super::device`].
pub(crate) struct Keyboard(Option<OwnedFd>);

/// What reading came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// So many bytes.
    Bytes(usize),
    /// Nothing came in the time that was given.
    Nothing,
    /// The other end is closed.
    Closed,
}

impl Keyboard {
    pub(crate) fn open() -> Self {
        Self(again(rustix::stdio::stdin()))
    }

    /// Waits for bytes, for ever or as long as given. A signal may end the wait early, with nothing.
    pub(crate) fn read(&self, buffer: &mut [u8], patience: Option<Duration>) -> io::Result<Read> {
        let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
        let mut files = [PollFd::from_borrowed_fd(self.file(), PollFlags::IN)];
        match poll(&mut files, patience.as_ref()) {
            Ok(0) | Err(Errno::INTR) => return Ok(Read::Nothing),
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        let closed = files.iter().any(|file| file.revents().intersects(PollFlags::HUP | PollFlags::ERR));
        match rustix::io::read(self.file(), buffer) {
            Ok(0) => Ok(Read::Closed),
            Ok(count) => Ok(Read::Bytes(count)),
            Err(Errno::INTR | Errno::AGAIN) => Ok(Read::Nothing),
            Err(_) if closed => Ok(Read::Closed),
            Err(error) => Err(error.into()),
        }
    }

    fn file(&self) -> BorrowedFd<'_> {
        self.0.as_ref().map_or_else(|| rustix::stdio::stdin(), AsFd::as_fd)
    }
}
