//! The terminal: set up when the dashboard takes it, restored at every exit.

mod backend;
mod encoder;
mod graphemes;
mod panic_hook;
pub(super) mod shutdown;

// The console of Windows has the same functions in its folder.
#[cfg(windows)]
#[path = "terminal/windows/console_input.rs"]
pub(super) mod console_input;
#[cfg_attr(windows, path = "terminal/windows/keyboard.rs")]
pub(super) mod keyboard;
#[cfg_attr(windows, path = "terminal/windows/signals.rs")]
pub(super) mod signals;
#[cfg_attr(windows, path = "terminal/windows/suspend.rs")]
pub(super) mod suspend;
#[cfg_attr(windows, path = "terminal/windows/tty.rs")]
pub(super) mod tty;
#[cfg_attr(windows, path = "terminal/windows/watchdog.rs")]
mod watchdog;

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::msg::Size;

pub use crate::view::Link as Hyperlink;
pub use shutdown::Exit;

pub(super) use backend::TerminalBackend;
pub(super) use panic_hook::install as install_panic_hook;
pub(super) use watchdog::watch as watch_terminal;

use tty::{Settings, Tty};

/// Push the title, alternate screen, hide the cursor, bracketed paste.
const ENTER: &[u8] = b"\x1b[22;0t\x1b[?1049h\x1b[2J\x1b[?25l\x1b[?2004h";

/// The reverse. Begins by ending a synchronized update and a hyperlink, because a frame may have been cut off in the
/// middle.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b]8;;\x1b\\\x1b[0m\x1b[?2004l\x1b[?1049l\x1b[?25h\x1b[23;0t";

/// Asks for the background (OSC 11), which most terminals answer.
pub(super) const ASK_BACKGROUND: &[u8] = b"\x1b]11;?\x1b\\";

/// Whether the terminal is one that does not print what it does not understand.
pub(super) fn answers_questions() -> bool {
    let term = std::env::var("TERM").unwrap_or_default();
    !["", "linux", "cons25"].contains(&term.as_str()) && !term.starts_with("eterm")
}

/// Clicks and the wheel, in the form that knows no last column.
const MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1006h";

/// The reverse.
const NO_MOUSE: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// How long a terminal gets to read pending output before that is discarded in favour of [`LEAVE`].
const TIMEOUT: Duration = Duration::from_millis(100);

/// Why the dashboard cannot run here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoTerminal {
    #[error(
        "the dashboard needs a terminal for input and output. In scripts and pipes use the one-shot commands, \
         e.g. `mspdash companies list --format json`; see `mspdash --help`"
    )]
    NotATerminal,
    #[error(
        "this terminal says that it cannot move its cursor (TERM=dumb). Use the one-shot commands, \
         e.g. `mspdash companies list`; see `mspdash --help`"
    )]
    Dumb,
}

/// The terminal while it is ours. Shared by the UI thread, which draws, and whoever may end the program: signals, the
/// watchdog, the panic hook. Any of them may call [`Screen::leave`], at any time and repeatedly.
pub(super) struct Screen {
    tty: Tty,
    /// The settings before we changed them.
    original: OnceLock<Settings>,
    active: AtomicBool,
    /// The mouse is reported to us.
    mouse: AtomicBool,
    /// Set at exit; from then on nobody can enter the terminal again.
    closed: AtomicBool,
    /// Held for a non-blocking write, never while waiting (see [`Tty`] for the one exception).
    write_lock: Mutex<()>,
}

impl Screen {
    pub(super) fn open() -> color_eyre::Result<Self> {
        Ok(Self {
            tty: Tty::open()?,
            original: OnceLock::new(),
            active: AtomicBool::new(false),
            mouse: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            write_lock: Mutex::new(()),
        })
    }

    /// Takes the terminal. Stops the process while it is in the background.
    pub(super) fn enter(&self) -> io::Result<()> {
        let current = self.tty.settings()?;
        let mut raw = self.original.get_or_init(|| current).clone();
        raw.make_raw();
        self.tty.set(&raw)?;
        {
            let _turn = self.write_lock();
            if self.closed.load(Ordering::SeqCst) {
                return Err(given_back());
            }
            self.active.store(true, Ordering::SeqCst);
        }
        self.write(ENTER)?;
        if self.mouse.load(Ordering::SeqCst) { self.write(MOUSE) } else { Ok(()) }
    }

    /// Takes the mouse from the terminal, or gives it back.
    pub(super) fn take_mouse(&self, on: bool) -> io::Result<()> {
        self.mouse.store(on, Ordering::SeqCst);
        self.write(if on { MOUSE } else { NO_MOUSE })
    }

    /// Restores the terminal. Takes 200 ms at most, however slow the terminal is.
    pub(super) fn leave(&self) {
        // Without the lock somebody is blocked in a write; restoring the line settings still works.
        let _turn = self.write_lock_within(TIMEOUT);
        if !self.active.swap(false, Ordering::SeqCst) {
            return;
        }
        if let Some(original) = self.original.get() {
            // A terminal that is gone cannot be restored, and there is nobody to report it to.
            let _ = self.tty.set(original);
        }
        let mouse = if self.mouse.load(Ordering::SeqCst) { NO_MOUSE } else { &[] };
        let leave = [mouse, LEAVE].concat();
        if !self.tty.write_within(&leave, TIMEOUT) {
            // Still full of a frame that nobody will see. CAN ends a sequence that this cuts off.
            self.tty.discard_output();
            self.tty.write_within(b"\x18", Duration::ZERO);
            self.tty.write_within(&leave, Duration::from_millis(20));
        }
    }

    /// [`Screen::leave`]; nobody can enter the terminal again.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.leave();
    }

    pub(super) fn is_active(&self) -> bool {
        self.active.load(Ordering::SeqCst)
    }

    pub(super) fn is_hung_up(&self) -> bool {
        self.tty.is_hung_up()
    }

    /// 0×0 where the terminal does not report its size.
    pub(super) fn size(&self) -> Size {
        self.tty.size()
    }

    /// Writes everything, waiting as long as a slow terminal takes, unless the terminal is left meanwhile.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let written = {
                let _turn = self.write_lock();
                if !self.is_active() {
                    return Err(given_back());
                }
                self.tty.write(rest)?
            };
            match written {
                Some(count) => rest = rest.get(count..).unwrap_or_default(),
                None => drop(self.tty.wait_until_writable(None)?),
            }
        }
        Ok(())
    }

    fn write_lock(&self) -> MutexGuard<'_, ()> {
        self.write_lock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_lock_within(&self, timeout: Duration) -> Option<MutexGuard<'_, ()>> {
        let until = Instant::now() + timeout;
        loop {
            match self.write_lock.try_lock() {
                Ok(write_lock) => return Some(write_lock),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if Instant::now() >= until => return None,
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
            }
        }
    }
}

/// Leaves the terminal when a scope ends: by return, `?` or unwinding.
pub(super) struct ScreenGuard(pub(super) Arc<Screen>);

impl Drop for ScreenGuard {
    fn drop(&mut self) {
        self.0.close();
    }
}

fn given_back() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the terminal has been given back")
}
