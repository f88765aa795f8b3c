//! The thin shell around the pure core: it turns keys, signals and answers into messages, carries out effects,
//! and draws. Nothing here decides anything about companies.
//!
//! ```text
//!  keys thread ────┐                     ┌─> Program::update ─> effects ─┬─ perform: Connect, Call, Open, Copy … (tokio)
//!  signals thread ─┼─> Queue ─> UI loop ─┤                               └─ at once:  Suspend, Quit
//!  watchdog ───────┤        (main thread)└─> Program::draw ─> Canvas ─> Screen, one write for each batch
//!  tasks' answers ─┘
//! ```
//!
//! The UI thread blocks on the queue and on nothing else but a terminal that does not take its bytes. Signals
//! and the watchdog have threads of their own, so both also end a program whose UI thread is stuck there.

mod ask;
pub mod browser;
pub mod child;
pub mod clipboard;
pub mod export;
#[cfg(test)]
mod fake;
pub mod handles;
mod input;
pub mod log;
mod perform;
mod program;
pub(crate) mod queue;
mod run;
pub mod window;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::Frame;

use crate::app::effect::Effect;
use crate::app::msg::{Msg, Restored, Size};
use crate::domain::error::Error;
use crate::domain::id::ProfileId;
use crate::domain::request::{Answer, Request};

pub use crate::terminal::NoTerminal;
pub use ask::ask_secret;
pub use program::run;
pub use run::run_with;

/// A boxed future, as traits and closures need it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Gets a server to talk to: starts the embedded one or takes the configured one. Called inside the runtime,
/// never before the first frame; once for each [`Effect::Connect`], with the account that it is for.
pub type Connect = Arc<dyn Fn(ProfileId) -> BoxFuture<'static, Result<Link, Error>> + Send + Sync>;

/// Opens what was kept of an account in an earlier run. May wait for the disk.
pub type Restore = Arc<dyn Fn(&ProfileId) -> Box<dyn Kept> + Send + Sync>;

/// What was kept of an account, read a stretch at a time.
pub trait Kept: Send {
    /// The next stretch. After the end, or after nothing, it is not asked again. May wait for the disk.
    fn next(&mut self) -> Restored;
}

/// Where the dashboard's data come from.
#[derive(Clone)]
pub struct Sources {
    /// Gets a server to talk to.
    pub connect: Connect,
    /// Opens what was kept; `None` where nothing is kept.
    pub restore: Option<Restore>,
}

impl From<Connect> for Sources {
    fn from(connect: Connect) -> Self {
        Self { connect, restore: None }
    }
}

/// Ends what [`Connect`] started; what must live as long as the link is kept inside the closure.
pub type Stop = Box<dyn FnOnce() -> BoxFuture<'static, ()> + Send>;

/// A server to talk to.
pub struct Link {
    /// Asks it.
    pub client: Arc<dyn Caller>,
    /// What the person should know about it, if anything.
    pub notice: Option<String>,
    /// Ends the embedded server gracefully; it gets one second when the program ends.
    pub stop: Option<Stop>,
}

/// Whoever can carry out a request. The client on HTTP does; tests have their own.
pub trait Caller: Send + Sync {
    /// Carries out one request. Dropping the future gives it up.
    fn call(&self, request: Request) -> BoxFuture<'static, Result<Answer, Error>>;
}

/// What the loop runs: the dashboard's model, or a smaller one in tests.
pub trait Program {
    /// Takes in one thing that happened.
    fn update(&mut self, now: Timestamp, msg: Msg) -> Vec<Effect>;
    /// When [`Msg::Tick`] is wanted next; `None`: not at all, and nothing wakes the process.
    fn next_wake(&self) -> Option<Timestamp>;
    /// The terminal's title.
    fn title(&self) -> String;
    /// Draws everything.
    fn draw(&self, frame: &mut Frame<'_>);
    /// Texts on the screen that are links, for terminals that know OSC 8. Asked for after each drawing.
    fn links(&self, size: Size) -> Vec<Hyperlink> {
        let _ = size;
        Vec::new()
    }
}

/// A text on the screen that leads somewhere. It is written over what was drawn, with the same characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hyperlink {
    /// Column of its first cell.
    pub x: u16,
    /// Row.
    pub y: u16,
    /// The characters there, cleaned and no wider than the screen.
    pub text: String,
    /// Where to, proven safe.
    pub uri: String,
}

/// How the dashboard ended, when nothing failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The person quit.
    Quit,
    /// A signal, by its number.
    Signal(u8),
    /// The terminal is gone.
    Vanished,
}

impl Exit {
    /// The exit status, as a shell expects it: 0, 128 + signal, and for a vanished terminal that of HUP.
    #[must_use]
    pub fn status(self) -> u8 {
        match self {
            Self::Quit => 0,
            Self::Signal(number) => 128_u8.saturating_add(number),
            Self::Vanished => 129,
        }
    }
}

/// The end of `main`: says on stderr what failed, and gives the exit status: that of [`Exit::status`], 2 where
/// there is no terminal, 1 for any other failure.
#[must_use]
pub fn report(result: &color_eyre::Result<Exit>) -> u8 {
    use std::io::Write as _;
    let error = match result {
        Ok(exit) => return exit.status(),
        Err(error) => error,
    };
    // A closed stderr is no reason to panic on the way out.
    let _ = writeln!(std::io::stderr(), "mspdash: {error:#}");
    if error.is::<NoTerminal>() { 2 } else { 1 }
}
