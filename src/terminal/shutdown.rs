//! Exits from outside: signals and a vanished terminal. Both ask the event loop first, and end the process themselves
//! when it does not react.

use std::io;
use std::process;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use super::Screen;

/// How long the event loop gets to react. It needs a millisecond, unless the terminal takes no output.
const LOOP_TIMEOUT: Duration = Duration::from_millis(300);

/// How much longer it gets after leaving the terminal, to stop the embedded server.
const CLEANUP_TIMEOUT: Duration = Duration::from_millis(1_200);

/// The number of HUP, everywhere.
const HANG_UP: i32 = 1;

/// How the dashboard ended, if it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Quit,
    /// Its number.
    Signal(u8),
    /// The terminal is gone.
    Vanished,
}

impl Exit {
    /// As a shell expects it: 0, 128 + signal, and for a vanished terminal that of HUP.
    pub fn status(self) -> u8 {
        match self {
            Self::Quit => 0,
            Self::Signal(number) => 128_u8.saturating_add(number),
            Self::Vanished => 129,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TerminalEvent {
    /// The size may have changed.
    Resized,
    /// TSTP from outside.
    #[cfg_attr(windows, expect(dead_code, reason = "no shell of Windows stops a program"))]
    Suspend,
    /// CONT: after our own Ctrl-Z, or after a STOP, which cannot be caught.
    #[cfg_attr(windows, expect(dead_code, reason = "no shell of Windows stops a program"))]
    Continued,
    Exit(Exit),
}

/// Ends the program from any thread.
pub(crate) struct Shutdown {
    screen: Arc<Screen>,
    /// Must not block.
    send: Box<dyn Fn(TerminalEvent) + Send + Sync>,
    requested: OnceLock<Exit>,
}

impl Shutdown {
    pub(crate) fn new(screen: Arc<Screen>, send: impl Fn(TerminalEvent) + Send + Sync + 'static) -> Self {
        Self { screen, send: Box::new(send), requested: OnceLock::new() }
    }

    /// Asks the event loop to end, and ends the process if it does not. Further calls change nothing.
    pub(crate) fn request(self: &Arc<Self>, exit: Exit) {
        if self.requested.set(exit).is_err() {
            return;
        }
        (self.send)(TerminalEvent::Exit(exit));
        let this = Arc::clone(self);
        let reaper = thread::Builder::new().name("reaper".to_owned()).spawn(move || {
            thread::sleep(LOOP_TIMEOUT);
            if !this.screen.is_active() {
                thread::sleep(CLEANUP_TIMEOUT);
            }
            this.exit_now(exit)
        });
        if reaper.is_err() {
            self.exit_now(exit);
        }
    }

    /// A size that may have changed, and what else the terminal has to tell.
    pub(super) fn tell(&self, event: TerminalEvent) {
        (self.send)(event);
    }

    pub(super) fn on_signal(self: &Arc<Self>, signal: i32) {
        let exit = Exit::Signal(u8::try_from(signal).unwrap_or_default());
        // A second signal means it. Not HUP: closing a window may send it twice.
        if self.requested.get().is_some() && signal != HANG_UP {
            self.exit_now(exit);
        }
        self.request(exit);
    }

    /// What an error of the event loop really means: when the terminal vanishes it is the first to notice, by a
    /// failed write, and it cannot write any more after another thread left the terminal. Only a real error becomes a
    /// report, because collecting a backtrace may take long.
    pub(crate) fn exit_for(&self, error: io::Error) -> color_eyre::Result<Exit> {
        match self.requested.get() {
            Some(exit) => Ok(*exit),
            None if self.screen.is_hung_up() => Ok(Exit::Vanished),
            None => Err(error.into()),
        }
    }

    /// Leaves the terminal and ends the process.
    fn exit_now(&self, exit: Exit) -> ! {
        self.screen.close();
        process::exit(exit.status().into())
    }
}
