//! The terminal: what is switched on when the dashboard takes it, and switched off on every way out.

mod canvas;
mod device;
mod encoder;
pub(super) mod ending;
mod hooks;
pub(super) mod keyboard;
mod letters;
pub(super) mod suspend;
mod watchdog;

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::termios::Termios;

use crate::app::msg::Size;

pub(super) use canvas::Canvas;
pub(super) use hooks::install as install_panic_hook;
pub(super) use watchdog::watch as watch_terminal;

use device::Device;

/// Title on the stack, other screen, no cursor, pastes marked as such.
const ENTER: &[u8] = b"\x1b[22;0t\x1b[?1049h\x1b[2J\x1b[?25l\x1b[?2004h";

/// The same backwards. It begins with the end of a synchronized update and of a hyperlink, because a frame may
/// have been cut off in the middle.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b]8;;\x1b\\\x1b[0m\x1b[?2004l\x1b[?1049l\x1b[?25h\x1b[23;0t";

/// How long a terminal gets to take what it was sent before that is thrown away in favour of [`LEAVE`].
const PATIENCE: Duration = Duration::from_millis(100);

/// Why the dashboard cannot run here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoTerminal {
    /// Standard input or output is a file or a pipe.
    #[error(
        "the dashboard needs a terminal for input and output. In scripts and pipes use the one-shot commands, \
         e.g. `mspdash companies list --format json`; see `mspdash --help`"
    )]
    NotATerminal,
    /// `TERM=dumb`: no cursor to move.
    #[error(
        "this terminal says that it cannot move its cursor (TERM=dumb). Use the one-shot commands, \
         e.g. `mspdash companies list`; see `mspdash --help`"
    )]
    Dumb,
}

/// The terminal while it is ours. Shared by the UI thread, which draws, and whoever may have to end the
/// program: signals, the watchdog, the panic hook. [`Screen::leave`] may be called by any of them, at any time
/// and any number of times.
pub(super) struct Screen {
    device: Device,
    /// How the terminal was set before us.
    before: OnceLock<Termios>,
    up: AtomicBool,
    /// Set by the one who ends the program; from then on nobody takes the terminal again.
    over: AtomicBool,
    /// Held for a write that does not block, never while waiting (see [`Device`] for the one exception).
    turn: Mutex<()>,
}

impl Screen {
    pub(super) fn open() -> color_eyre::Result<Self> {
        Ok(Self {
            device: Device::open()?,
            before: OnceLock::new(),
            up: AtomicBool::new(false),
            over: AtomicBool::new(false),
            turn: Mutex::new(()),
        })
    }

    /// Takes the terminal. Stops the process for as long as it is in the background.
    pub(super) fn enter(&self) -> io::Result<()> {
        let current = self.device.settings()?;
        let mut raw = self.before.get_or_init(|| current).clone();
        raw.make_raw();
        self.device.set(&raw)?;
        {
            let _turn = self.turn();
            if self.over.load(Ordering::SeqCst) {
                return Err(closed());
            }
            self.up.store(true, Ordering::SeqCst);
        }
        self.write(ENTER)
    }

    /// Gives the terminal back as it was. Takes 200 ms at most, however slow the terminal is.
    pub(super) fn leave(&self) {
        // Without the turn, somebody is blocked in a write; restoring the line settings is then what can be done.
        let _turn = self.turn_within(PATIENCE);
        if !self.up.swap(false, Ordering::SeqCst) {
            return;
        }
        if let Some(before) = self.before.get() {
            // A terminal that is gone cannot be restored; there is nobody to tell either.
            let _ = self.device.set(before);
        }
        if !self.device.write_within(LEAVE, PATIENCE) {
            // Still full of a frame that nobody will look at. CAN ends a sequence that is cut off by this.
            self.device.discard_output();
            self.device.write_within(b"\x18", Duration::ZERO);
            self.device.write_within(LEAVE, Duration::from_millis(20));
        }
    }

    /// [`Screen::leave`], and nobody takes the terminal again.
    pub(super) fn leave_for_good(&self) {
        self.over.store(true, Ordering::SeqCst);
        self.leave();
    }

    pub(super) fn is_up(&self) -> bool {
        self.up.load(Ordering::SeqCst)
    }

    /// Whether the other end is closed.
    pub(super) fn is_gone(&self) -> bool {
        self.device.is_gone()
    }

    /// Columns and rows; 0×0 where the terminal does not tell.
    pub(super) fn size(&self) -> Size {
        self.device.size()
    }

    /// Writes everything, waiting for a slow terminal as long as it takes, unless the terminal is given back
    /// meanwhile.
    ///
    /// # Errors
    /// The terminal is gone, or given back.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let written = {
                let _turn = self.turn();
                if !self.is_up() {
                    return Err(closed());
                }
                self.device.write(rest)?
            };
            match written {
                Some(count) => rest = rest.get(count..).unwrap_or_default(),
                None => drop(self.device.wait_until_writable(None)?),
            }
        }
        Ok(())
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn_within(&self, patience: Duration) -> Option<MutexGuard<'_, ()>> {
        let until = Instant::now() + patience;
        loop {
            match self.turn.try_lock() {
                Ok(turn) => return Some(turn),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if Instant::now() >= until => return None,
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
            }
        }
    }
}

/// Leaves the terminal when a scope ends, however it ends: return, `?` or unwinding.
pub(super) struct Guard(pub(super) Arc<Screen>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.leave_for_good();
    }
}

fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the terminal has been given back")
}
