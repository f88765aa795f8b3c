//! The imperative shell around the pure core: turns keys, signals and replies into messages, runs effects, and draws.
//! Nothing here decides anything about companies.
//!
//! ```text
//!  keys thread ────┐                     ┌─> Program::update ─> effects ─┬─ EffectRunner (tokio): Connect, Call, Open, Copy …
//!  signals thread ─┼─> Queue ─> UI loop ─┤                               └─ at once: Suspend, Quit
//!  watchdog ───────┤        (main thread)└─> Program::draw ─> TerminalBackend ─> Screen, one write for each batch
//!  task replies ───┘
//! ```
//!
//! The UI thread blocks on the queue, and on nothing else but a terminal that takes no output. Signals and the watchdog
//! have their own threads, so they can end a program whose UI thread is stuck there.

mod app;
pub mod browser;
pub mod child;
pub mod clipboard;
mod effect_runner;
mod event_loop;
pub mod export;
pub mod file_limit;
mod input;
pub mod log;
mod notification;
mod prompt;
pub(crate) mod queue;
mod read_table;
mod save_ui_state;
#[cfg(test)]
mod test_programs;
pub mod window;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::Frame;

use crate::app::effect::Effect;
use crate::app::msg::{Msg, Restored, Size};
use crate::app::pointer::Targets;
use crate::domain::company::Attention;
use crate::domain::error::Error;
use crate::domain::id::ProfileId;
use crate::domain::request::{Answer, Request};

pub use crate::terminal::{Exit, Hyperlink, NoTerminal};
pub use app::run;
pub use event_loop::run_with;
pub use prompt::prompt_for_secret;
pub use save_ui_state::SaveUiState;

pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Connects to a server: starts the embedded one or takes the configured one. Called on the tokio runtime after the
/// first frame, once for each [`Effect::Connect`].
pub type Connect = Arc<dyn Fn(ProfileId) -> BoxFuture<'static, Result<Connection, Error>> + Send + Sync>;

/// Opens the cached roster of an account. May block on the disk.
pub type Restore = Arc<dyn Fn(&ProfileId) -> Box<dyn CacheReader> + Send + Sync>;

/// The cached roster of an account, read in chunks.
pub trait CacheReader: Send {
    /// The next chunk; `None` after the last. May block on the disk.
    fn next(&mut self) -> Option<Chunk>;
}

/// A chunk as it was kept, to be made ready on any thread. So chunks can be made ready at the same time.
pub type Chunk = Box<dyn FnOnce() -> Restored + Send>;

#[derive(Clone)]
pub struct Sources {
    pub connect: Connect,
    /// `None` where there is no cache.
    pub restore: Option<Restore>,
    /// `None` where nothing is kept.
    pub save_ui_state: Option<SaveUiState>,
}

impl From<Connect> for Sources {
    fn from(connect: Connect) -> Self {
        Self { connect, restore: None, save_ui_state: None }
    }
}

/// Ends what [`Connect`] started.
pub type Stop = Box<dyn FnOnce() -> BoxFuture<'static, ()> + Send>;

pub struct Connection {
    pub client: Arc<dyn Caller>,
    /// What to show the user about it.
    pub notice: Option<String>,
    /// Stops the embedded server gracefully; it gets one second at exit.
    pub stop: Option<Stop>,
}

/// Sends requests: the HTTP client, or a fake in tests.
pub trait Caller: Send + Sync {
    /// Dropping the future cancels the request.
    fn call(&self, request: Request) -> BoxFuture<'static, Result<Answer, Error>>;
}

/// What the event loop runs: the dashboard's model, or a smaller program in tests.
pub trait Program {
    fn update(&mut self, now: Timestamp, msg: Msg) -> Vec<Effect>;
    /// When [`Msg::Tick`] is due next; with `None` nothing wakes the process.
    fn next_wake(&self) -> Option<Timestamp>;
    fn title(&self) -> String;
    fn draw(&self, frame: &mut Frame<'_>);
    /// What the frame that was just drawn means to it; told once.
    fn shown(&self, _size: Size) -> Option<Msg> {
        None
    }
    /// It looks otherwise on a dark terminal than on a light one.
    fn asks_background(&self) -> bool {
        false
    }
    /// What a notification says of this reason for attention, at a company and at so many more.
    fn alert(&self, _reason: &Attention, _company: &str, _more: usize) -> String {
        String::new()
    }
    /// Draws, and tells what the mouse meets where.
    fn draw_targets(&self, frame: &mut Frame<'_>) -> Targets {
        self.draw(frame);
        Targets::default()
    }
    /// Hyperlinks (OSC 8) of the frame that was just drawn.
    fn links(&self, _size: Size) -> Vec<Hyperlink> {
        Vec::new()
    }
}

/// The end of `main`: prints the error and returns the exit status: that of [`Exit::status`], 2 without a terminal, 1
/// for any other failure.
pub fn report(result: &color_eyre::Result<Exit>) -> u8 {
    use std::io::Write as _;
    let error = match result {
        Ok(exit) => return exit.status(),
        Err(error) => error,
    };
    // A closed stderr must not panic on the way out.
    let _ = writeln!(std::io::stderr(), "mspdash: {error:#}");
    if error.is::<NoTerminal>() { 2 } else { 1 }
}
