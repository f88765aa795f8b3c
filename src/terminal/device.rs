//! The terminal as a file.
//!
//! It is opened a second time, so that it can be set non-blocking: on the descriptors we inherit this would
//! also hit the shell we were started from. Only with that can a frame be given up when the program has to end
//! while the terminal takes no bytes. Where the terminal cannot be opened (another user's after `su`), stdout
//! itself is used and a write may block.

use std::env;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::termios::{self, OptionalActions, QueueSelector, Termios};

use super::NoTerminal;
use crate::app::msg::Size;

/// What is drawn of a window at most: the largest screens there are, in letters of 6×12 pixels. A terminal may claim
/// 65535×65535, for which there is no memory.
const LARGEST: Size = Size { width: 1_280, height: 400 };

pub(super) struct Device(OwnedFd);

impl Device {
    pub(super) fn open() -> color_eyre::Result<Self> {
        let (stdin, stdout) = (rustix::stdio::stdin(), rustix::stdio::stdout());
        if !termios::isatty(stdin) || !termios::isatty(stdout) {
            return Err(NoTerminal::NotATerminal.into());
        }
        if env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(NoTerminal::Dumb.into());
        }
        Ok(Self(match again(stdout) {
            Some(own) => own,
            None => rustix::io::fcntl_dupfd_cloexec(stdout, 3)?,
        }))
    }

    /// Lets the watchdog look at the same file.
    pub(super) fn file(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }

    pub(super) fn settings(&self) -> io::Result<Termios> {
        retried(|| termios::tcgetattr(&self.0))
    }

    pub(super) fn set(&self, settings: &Termios) -> io::Result<()> {
        // Not `Drain`: that waits for a terminal that may never read.
        retried(|| termios::tcsetattr(&self.0, OptionalActions::Now, settings))
    }

    /// No larger than [`LARGEST`].
    pub(super) fn size(&self) -> Size {
        termios::tcgetwinsize(&self.0).map_or_else(
            |_| Size::default(),
            |size| Size { width: size.ws_col.min(LARGEST.width), height: size.ws_row.min(LARGEST.height) },
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

    /// Whether all bytes were taken in time. Asks before each write, so that it keeps its time also where a write
    /// may block.
    pub(super) fn write_within(&self, bytes: &[u8], patience: Duration) -> bool {
        let until = Instant::now() + patience;
        let mut rest = bytes;
        while !rest.is_empty() {
            match self.wait_until_writable(Some(until.saturating_duration_since(Instant::now()))) {
                Ok(true) => {}
                Ok(false) => return false,
                // Gone: nothing that waiting or discarding could mend.
                Err(_) => return true,
            }
            match self.write(rest) {
                Ok(count) => rest = rest.get(count.unwrap_or_default()..).unwrap_or_default(),
                Err(_) => return true,
            }
        }
        true
    }

    /// Waits until something can be written, for ever or as long as given; whether it can.
    pub(super) fn wait_until_writable(&self, patience: Option<Duration>) -> io::Result<bool> {
        let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
        let mut files = [PollFd::new(&self.0, PollFlags::OUT)];
        match poll(&mut files, patience.as_ref()) {
            Ok(ready) => Ok(ready > 0),
            Err(Errno::INTR) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the other end is closed.
    pub(super) fn is_gone(&self) -> bool {
        let mut files = [PollFd::new(&self.0, PollFlags::empty())];
        let asked = poll(&mut files, Some(&Timespec::default()));
        asked.is_ok() && files.iter().any(|file| file.revents().intersects(PollFlags::HUP | PollFlags::ERR))
    }

    /// Throws away what was written but not taken yet.
    pub(super) fn discard_output(&self) {
        let _ = termios::tcflush(&self.0, QueueSelector::OFlush);
    }
}

/// The same terminal in an open file of our own. By its name rather than `/dev/tty`: a terminal that is not the
/// controlling one works as well, and must not become it by being opened.
pub(super) fn again(terminal: BorrowedFd<'_>) -> Option<OwnedFd> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let name = termios::ttyname(terminal, Vec::new()).ok()?;
    let own = rustix::fs::open(name.as_c_str(), flags, Mode::empty()).ok()?;
    termios::isatty(own.as_fd()).then_some(own)
}

fn retried<T>(mut ask: impl FnMut() -> Result<T, Errno>) -> io::Result<T> {
    loop {
        match ask() {
            Err(Errno::INTR) => {}
            other => return other.map_err(io::Error::from),
        }
    }
}
