//! What can happen to the dashboard: keys, time, and answers to what it asked for. Plain data, so that a run
//! can be written down, compared and played again.

use crate::app::effect::Ticket;
use crate::app::features::import::Unread;
use crate::app::key::Key;
use crate::app::pointer::{Gesture, Target};
use crate::domain::cached::CacheDefect;
use crate::domain::error::{Error, Pause};
use crate::domain::import::file::ReadTable;
use crate::domain::launch::Opening;
use crate::domain::request::Answer;
use crate::domain::theme::Background;
use jiff::Timestamp;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed (never: released).
    Key(Key),
    /// The mouse did something to what was drawn there.
    Pointed {
        gesture: Gesture,
        target: Target,
    },
    /// Text was pasted, as it came; [`crate::domain::text::clean`] it before use.
    Paste(String),
    Resize(Size),
    /// The terminal told whether its background is dark.
    Background(Background),
    /// What the top dialog says has been on the screen to its end.
    ReadToEnd,
    /// The moment that [`crate::app::next_wake()`] asked for has come.
    Tick,
    /// The process is back from Ctrl-Z, or the laptop from sleep.
    Resumed,
    /// Somebody outside asks us to end (TERM, INT, HUP).
    Stop,
    /// An effect is not answered yet: a try has failed, and the next one waits for so long; `None` when it begins.
    Waiting {
        ticket: Ticket,
        pause: Option<Box<Pause>>,
    },
    /// An effect answers. Each does so exactly once.
    Reply {
        ticket: Ticket,
        reply: Reply,
    },
}

/// What an effect answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// To [`crate::app::effect::Effect::Connect`]: there is a server to talk to, with a notice that the person should
    /// read (the workspace cannot be kept), or there is none.
    Connected(Result<Option<String>, Error>),
    /// To [`crate::app::effect::Effect::Restore`].
    Restored(Restored),
    /// To [`crate::app::effect::Effect::Call`].
    Api(Result<Answer, Error>),
    /// To [`crate::app::effect::Effect::Open`]: what is known of the browser, or why there is none.
    Opened(Result<Opening, Error>),
    /// To [`crate::app::effect::Effect::Copy`].
    Copied(Result<Copied, Error>),
    /// To [`crate::app::effect::Effect::ReadTable`].
    Table(Result<Box<ReadTable>, Unread>),
    /// To [`crate::app::effect::Effect::Write`]: where the file is now.
    Written(Result<String, Error>),
}

/// What took a text that was copied.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copied {
    /// This program of the desktop did.
    pub program: Option<String>,
    /// tmux did.
    pub tmux: bool,
    /// The terminal was told; whether it took it, nobody knows.
    pub terminal: bool,
}

impl Copied {
    /// Something says that it has the text.
    pub fn certain(&self) -> bool {
        self.program.is_some() || self.tmux
    }
}

/// What was kept of an account in an earlier run, a stretch at a time.
#[derive(Debug, Clone, PartialEq)]
pub enum Restored {
    /// Nothing was kept, or nothing that is this account's.
    Nothing,
    /// It cannot be used and was put out of the way.
    SetAside(CacheDefect),
    /// What the server answered then, in that order; there is more.
    Part(Vec<Answer>),
    End {
        /// From where to ask for changes; none: everything had better be loaded anew.
        token: Option<String>,
        /// When the list was last known to be the server's.
        at: Timestamp,
    },
}

/// Columns and rows of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    pub width: u16,
    pub height: u16,
}
