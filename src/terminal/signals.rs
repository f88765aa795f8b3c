//! The signals of Unix: those that end a program, and what the terminal tells by one.

use std::io;
use std::sync::Arc;
use std::thread;

use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::iterator::Signals;

use super::shutdown::{Shutdown, TerminalEvent};

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
                SIGWINCH => shutdown.tell(TerminalEvent::Resized),
                SIGTSTP => shutdown.tell(TerminalEvent::Suspend),
                SIGCONT => shutdown.tell(TerminalEvent::Continued),
                SIGXFSZ => {}
                fatal => shutdown.on_signal(fatal),
            }
        }
    })?;
    Ok(())
}
