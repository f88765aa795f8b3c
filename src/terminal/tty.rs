//! The terminal as a file.
//!
//! It is opened a second time to make it non-blocking: on the inherited descriptors that would affect the shell we
//! were started from. Only then can a frame be abandoned when the program has to end while the terminal takes no
//! output. Where it cannot be opened (another user's after `su`), stdout itself is used and a write may block.

use std::env;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::termios::{self, OptionalActions, QueueSelector, Termios};

pub(super) use rustix::termios::Termios as Settings;

use super::NoTerminal;
use crate::app::msg::Size;

/// The largest screens there are, with characters of 6×12 pixels. A terminal may claim 65535×65535, for which there
/// is no memory.
const MAX_SIZE: Size = Size { width: 1_280, height: 400 };

pub(super) struct Tty(OwnedFd);

impl Tty {
    pub(super) fn open() -> color_eyre::Result<Self> {
        let (stdin, stdout) = (rustix::stdio::stdin(), rustix::stdio::stdout());
        if !termios::isatty(stdin) || !termios::isatty(stdout) {
            return Err(NoTerminal::NotATerminal.into());
        }
        if env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(NoTerminal::Dumb.into());
        }
        Ok(Self(match reopen(stdout) {
            Some(own) => own,
            None => rustix::io::fcntl_dupfd_cloexec(stdout, 3)?,
        }))
    }

    /// For the watchdog.
    pub(super) fn file(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }

    pub(super) fn settings(&self) -> io::Result<Termios> {
        retry_interrupted(|| termios::tcgetattr(&self.0))
    }

    pub(super) fn set(&self, settings: &Termios) -> io::Result<()> {
        // Not `Drain`, which waits for a terminal that may never read.
        retry_interrupted(|| termios::tcsetattr(&self.0, OptionalActions::Now, settings))
    }

    /// At most [`MAX_SIZE`].
    pub(super) fn size(&self) -> Size {
        termios::tcgetwinsize(&self.0).map_or_else(
            |_| Size::default(),
            |size| Size { width: size.ws_col.min(MAX_SIZE.width), height: size.ws_row.min(MAX_SIZE.height) },
        )
    }

    /// Writes what fits now; `None` when nothing fits.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<Option<usize>> {
        match rustix::io::write(&self.0, bytes) {
            Ok(count) => Ok(Some(count)),
            Err(Errno::AGAIN) => Ok(None),
            Err(Errno::INTR) => Ok(Some(0)),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether everything was written in time. Polls before each write, so that the limit holds even where a write
    /// may block.
    pub(super) fn write_within(&self, bytes: &[u8], timeout: Duration) -> bool {
        let until = Instant::now() + timeout;
        let mut rest = bytes;
        while !rest.is_empty() {
            match self.wait_until_writable(Some(until.saturating_duration_since(Instant::now()))) {
                Ok(true) => {}
                Ok(false) => return false,
                // Gone: waiting or discarding would not help.
                Err(_) => return true,
            }
            match self.write(rest) {
                Ok(count) => rest = rest.get(count.unwrap_or_default()..).unwrap_or_default(),
                Err(_) => return true,
            }
        }
        true
    }

    /// Waits until something can be written, forever without a timeout; returns whether it can.
    pub(super) fn wait_until_writable(&self, timeout: Option<Duration>) -> io::Result<bool> {
        match poll_one(self.file(), PollFlags::OUT, timeout) {
            Ok(ready) => Ok(!ready.is_empty()),
            Err(Errno::INTR) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn is_hung_up(&self) -> bool {
        poll_one(self.file(), PollFlags::empty(), Some(Duration::ZERO)).is_ok_and(|ready| ready.intersects(HANG_UP))
    }

    /// Discards output that was not read yet.
    pub(super) fn discard_output(&self) {
        let _ = termios::tcflush(&self.0, QueueSelector::OFlush);
    }
}

/// Opens the same terminal again. By name instead of `/dev/tty`, because it need not be the controlling terminal, and
/// must not become it by being opened.
pub(super) fn reopen(terminal: BorrowedFd<'_>) -> Option<OwnedFd> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let name = termios::ttyname(terminal, Vec::new()).ok()?;
    let own = rustix::fs::open(name.as_c_str(), flags, Mode::empty()).ok()?;
    termios::isatty(own.as_fd()).then_some(own)
}

/// Hang-up and error are reported whatever was asked for.
pub(super) const HANG_UP: PollFlags = PollFlags::HUP.union(PollFlags::ERR);

/// What a file is ready for; empty after the timeout.
pub(super) fn poll_one(file: BorrowedFd<'_>, wanted: PollFlags, timeout: Option<Duration>) -> Result<PollFlags, Errno> {
    let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
    let mut files = [PollFd::from_borrowed_fd(file, wanted)];
    poll(&mut files, timeout.as_ref())?;
    let [file] = files;
    Ok(file.revents())
}

fn retry_interrupted<T>(mut ask: impl FnMut() -> Result<T, Errno>) -> io::Result<T> {
    loop {
        match ask() {
            Err(Errno::INTR) => {}
            other => return other.map_err(io::Error::from),
        }
    }
}
