//! Ends from outside: signals and a vanished terminal. Both ask the UI loop first, and end the program
//! themselves when it does not get to it.

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
use crate::runtime::Exit;
use crate::runtime::queue::{Input, Queue};

/// How long the UI loop gets to notice. It needs a millisecond unless the terminal takes no bytes.
const NOTICE: Duration = Duration::from_millis(300);

/// How much longer it gets once the terminal is given back, to stop the embedded server.
const FAREWELL: Duration = Duration::from_millis(1_200);

/// What ends a program that does not listen, with the terminal as it is at that moment. Not here: SEGV and BUS, which
/// belong to the runtime (it tells an overflow of the stack by them), and [`faults`].
const FATAL: [i32; 13] = [
    SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGSYS, SIGTRAP, SIGABRT,
];

/// Further ones on Linux: STKFLT, IO, PWR, and the real-time signals.
#[cfg(target_os = "linux")]
fn fatal_here() -> impl Iterator<Item = i32> {
    [Signal::SIGSTKFLT, Signal::SIGIO, Signal::SIGPWR].into_iter().map(|signal| signal as i32).chain(34..=64)
}

#[cfg(not(target_os = "linux"))]
fn fatal_here() -> impl Iterator<Item = i32> {
    std::iter::empty()
}

/// Hears what would end the program.
pub(crate) fn hear_fatal() -> io::Result<Signals> {
    let signals = Signals::new(FATAL)?;
    // A C library may keep some of these for itself.
    fatal_here().for_each(|signal| drop(signals.add_signal(signal)));
    Ok(signals)
}

/// Ends the program from any thread.
pub(crate) struct Ending {
    screen: Arc<Screen>,
    queue: Arc<Queue>,
    asked: OnceLock<Exit>,
}

impl Ending {
    pub(crate) fn new(screen: Arc<Screen>, queue: Arc<Queue>) -> Self {
        Self { screen, queue, asked: OnceLock::new() }
    }

    /// Asks the UI loop to end, and sees to it. Asking again changes nothing.
    pub(crate) fn ask(self: &Arc<Self>, exit: Exit) {
        if self.asked.set(exit).is_err() {
            return;
        }
        self.queue.push(Input::End(exit));
        let this = Arc::clone(self);
        let reaper = thread::Builder::new().name("reaper".to_owned()).spawn(move || {
            thread::sleep(NOTICE);
            if !this.screen.is_up() {
                thread::sleep(FAREWELL);
            }
            this.now(exit)
        });
        if reaper.is_err() {
            self.now(exit);
        }
    }

    fn hear(self: &Arc<Self>, signal: i32) {
        let exit = Exit::Signal(u8::try_from(signal).unwrap_or_default());
        // Somebody who asks twice means it. Not HUP: a closed window sends it twice by itself.
        if self.asked.get().is_some() && signal != SIGHUP {
            self.now(exit);
        }
        self.ask(exit);
    }

    /// What a failure of the UI loop really is: it is the first to notice that the terminal is gone when it writes
    /// at that moment, and it cannot write any more when somebody else has given the terminal back.
    /// A report is made only of a real failure: it may take long, for its backtrace.
    pub(crate) fn explain(&self, error: io::Error) -> color_eyre::Result<Exit> {
        match self.asked.get() {
            Some(exit) => Ok(*exit),
            None if self.screen.is_gone() => Ok(Exit::Vanished),
            None => Err(error.into()),
        }
    }

    /// Gives the terminal back and ends the process.
    fn now(&self, exit: Exit) -> ! {
        self.screen.leave_for_good();
        process::exit(exit.status().into())
    }
}

/// What the processor raises for broken code, and anybody may send. They must have no handler, which could return to
/// the broken code; they can be held back and waited for. One that the processor raises ends the process as ever.
fn faults() -> SigSet {
    [Signal::SIGILL, Signal::SIGFPE].into_iter().collect()
}

/// Every thread that is started from now on holds them back, and so does every program.
fn wait_for_faults(ending: Arc<Ending>) -> io::Result<()> {
    faults().thread_block()?;
    thread::Builder::new().name("faults".to_owned()).spawn(move || {
        while let Ok(signal) = faults().wait() {
            ending.hear(signal as i32);
        }
    })?;
    Ok(())
}

/// For the start of a program that is to hold none back.
pub(crate) fn holding_nothing_back<T>(start: impl FnOnce() -> T) -> T {
    let before = faults().thread_swap_mask(SigmaskHow::SIG_UNBLOCK);
    let started = start();
    // It cannot fail for signals that exist.
    let _ = before.and_then(|before| before.thread_set_mask());
    started
}

/// Starts the signals threads. To be called before the terminal is taken or its size asked for, and before any other
/// thread is started.
pub(crate) fn hear_signals(ending: Arc<Ending>) -> io::Result<()> {
    wait_for_faults(Arc::clone(&ending))?;
    let mut signals = hear_fatal()?;
    // With XFSZ heard, a write beyond the largest size that a file may have is an error like any other.
    for signal in [SIGTSTP, SIGCONT, SIGWINCH, SIGXFSZ] {
        signals.add_signal(signal)?;
    }
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGWINCH => ending.queue.push(Input::Resized),
                SIGTSTP => ending.queue.push(Input::Suspend),
                SIGCONT => ending.queue.push(Input::Continued),
                SIGXFSZ => {}
                fatal => ending.hear(fatal),
            }
        }
    })?;
    Ok(())
}
