//! Exits from outside: signals and a vanished terminal. Both ask the event loop first, and end the process themselves
//! when it does not react.

use std::io;
use std::process;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::iterator::Signals;

use super::Screen;

/// How long the event loop gets to react. It needs a millisecond, unless the terminal takes no output.
const LOOP_TIMEOUT: Duration = Duration::from_millis(300);

/// How much longer it gets after leaving the terminal, to stop the embedded server.
const CLEANUP_TIMEOUT: Duration = Duration::from_millis(1_200);

/// Signals that end a process by default. Without SEGV and BUS, which belong to Rust's runtime (it reports stack
/// overflows by them), and [`fault_signals`].
const FATAL: [i32; 13] = [
    SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGSYS, SIGTRAP, SIGABRT,
];

/// On Linux also STKFLT, IO, PWR and the real-time signals.
#[cfg(target_os = "linux")]
fn platform_fatal_signals() -> impl Iterator<Item = i32> {
    [Signal::SIGSTKFLT, Signal::SIGIO, Signal::SIGPWR].into_iter().map(|signal| signal as i32).chain(34..=64)
}

#[cfg(not(target_os = "linux"))]
fn platform_fatal_signals() -> impl Iterator<Item = i32> {
    std::iter::empty()
}

/// Catches the signals that would end the program.
pub(crate) fn fatal_signals() -> io::Result<Signals> {
    let signals = Signals::new(FATAL)?;
    // A C library may reserve some of them.
    platform_fatal_signals().for_each(|signal| drop(signals.add_signal(signal)));
    Ok(signals)
}

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
    Suspend,
    /// CONT: after our own Ctrl-Z, or after a STOP, which cannot be caught.
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

    fn on_signal(self: &Arc<Self>, signal: i32) {
        let exit = Exit::Signal(u8::try_from(signal).unwrap_or_default());
        // A second signal means it. Not HUP: closing a window may send it twice.
        if self.requested.get().is_some() && signal != SIGHUP {
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

/// Raised by the processor for broken code, but anybody may send them. A handler could only return to the broken
/// code, so they are blocked and waited for instead. One that the processor raises still ends the process.
fn fault_signals() -> SigSet {
    [Signal::SIGILL, Signal::SIGFPE].into_iter().collect()
}

/// All threads started later inherit the mask, and so do child processes.
fn listen_for_faults(shutdown: Arc<Shutdown>) -> io::Result<()> {
    fault_signals().thread_block()?;
    thread::Builder::new().name("faults".to_owned()).spawn(move || {
        while let Ok(signal) = fault_signals().wait() {
            shutdown.on_signal(signal as i32);
        }
    })?;
    Ok(())
}

/// Child processes should not inherit the mask.
pub(crate) fn with_signals_unblocked<T>(start: impl FnOnce() -> T) -> T {
    let before = fault_signals().thread_swap_mask(SigmaskHow::SIG_UNBLOCK);
    let started = start();
    // Cannot fail for signals that exist.
    let _ = before.and_then(|before| before.thread_set_mask());
    started
}

/// Starts the signal threads. Call it before the terminal is entered or measured, and before any other thread starts.
pub(crate) fn listen_for_signals(shutdown: Arc<Shutdown>) -> io::Result<()> {
    listen_for_faults(Arc::clone(&shutdown))?;
    let mut signals = fatal_signals()?;
    // With XFSZ caught, exceeding the file size limit is an ordinary error.
    for signal in [SIGTSTP, SIGCONT, SIGWINCH, SIGXFSZ] {
        signals.add_signal(signal)?;
    }
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGWINCH => (shutdown.send)(TerminalEvent::Resized),
                SIGTSTP => (shutdown.send)(TerminalEvent::Suspend),
                SIGCONT => (shutdown.send)(TerminalEvent::Continued),
                SIGXFSZ => {}
                fatal => shutdown.on_signal(fatal),
            }
        }
    })?;
    Ok(())
}
