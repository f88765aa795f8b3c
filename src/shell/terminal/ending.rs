//! Ends from outside: signals and a vanished terminal. Both ask the UI loop first, and end the program
//! themselves when it does not get to it.

use std::io;
use std::process;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::Screen;
use crate::shell::Exit;
use crate::shell::queue::{Input, Queue};

/// How long the UI loop gets to notice. It needs a millisecond unless the terminal takes no bytes.
const NOTICE: Duration = Duration::from_millis(300);

/// How much longer it gets once the terminal is given back, to stop the embedded server.
const FAREWELL: Duration = Duration::from_millis(1_200);

/// Ends the program from any thread.
pub(in crate::shell) struct Ending {
    screen: Arc<Screen>,
    queue: Arc<Queue>,
    asked: OnceLock<Exit>,
}

impl Ending {
    pub(in crate::shell) fn new(screen: Arc<Screen>, queue: Arc<Queue>) -> Self {
        Self { screen, queue, asked: OnceLock::new() }
    }

    /// Asks the UI loop to end, and sees to it. Asking again changes nothing.
    pub(in crate::shell) fn ask(self: &Arc<Self>, exit: Exit) {
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

    /// What a failure of the UI loop really is: it is the first to notice that the terminal is gone when it writes
    /// at that moment, and it cannot write any more when somebody else has given the terminal back.
    /// A report is made only of a real failure: it may take long, for its backtrace.
    pub(in crate::shell) fn explain(&self, error: io::Error) -> color_eyre::Result<Exit> {
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

/// Starts the signals thread. To be called before the terminal is taken or its size asked for.
pub(in crate::shell) fn hear_signals(ending: Arc<Ending>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGWINCH => ending.queue.push(Input::Resized),
                SIGTSTP => ending.queue.push(Input::Suspend),
                SIGCONT => ending.queue.push(Input::Continued),
                other => {
                    let exit = Exit::Signal(u8::try_from(other).unwrap_or_default());
                    // Somebody who asks twice means it. Not HUP: a closed window sends it twice by itself.
                    if ending.asked.get().is_some() && other != SIGHUP {
                        ending.now(exit);
                    }
                    ending.ask(exit);
                }
            }
        }
    })?;
    Ok(())
}
