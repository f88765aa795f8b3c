//! What the dashboard wants done outside: plain data, carried out by the shell. Everything with a ticket
//! answers exactly once, with its result, a time-out, *cancelled*, or the news that its task died.

use crate::domain::company::Attention;
use crate::domain::id::ProfileId;
use crate::domain::launch::Redacted;
use crate::domain::notify::Notify;
use crate::domain::request::Request;
use crate::domain::ui_state::UiState;
use std::path::PathBuf;

/// Names one open effect; never used twice in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// One thing to be done outside.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a few at a time, carried out at once and never kept in number")]
pub enum Effect {
    /// Get a server to talk to: start the embedded one, or take the configured one.
    Connect {
        /// Where the answer goes.
        ticket: Ticket,
        profile: ProfileId,
    },
    /// Read a stretch of what was kept of an account's companies in an earlier run; the first time its beginning.
    Restore {
        /// Where the answer goes.
        ticket: Ticket,
        profile: ProfileId,
    },
    Call {
        /// Where the answer goes.
        ticket: Ticket,
        profile: ProfileId,
        request: Request,
    },
    /// Give up an open effect; it answers *cancelled* unless it was done already.
    Cancel {
        ticket: Ticket,
    },
    /// End the wait for the next try of an open effect ([`crate::app::msg::Msg::Waiting`]). A try that is under way is not
    /// touched.
    EndPause {
        ticket: Ticket,
        /// The next try begins now; else there is none, and the effect answers with its last failure.
        again: bool,
    },
    /// Copy the card of the overview that is under the cursor, as it is shown.
    CopyShown {
        /// Where the answer goes.
        ticket: Ticket,
    },
    /// Open the system browser at an address that was proven safe.
    Open {
        /// Where the answer goes.
        ticket: Ticket,
        address: Redacted,
    },
    Copy {
        /// Where the answer goes.
        ticket: Ticket,
        text: Redacted,
    },
    /// Read a file as a table.
    ReadTable {
        /// Where the answer goes.
        ticket: Ticket,
        path: PathBuf,
    },
    Write {
        /// Where the answer goes.
        ticket: Ticket,
        /// Where, in full.
        path: PathBuf,
        text: String,
        /// One that is there already may be replaced.
        replace: bool,
    },
    /// Write what the screen of a profile keeps between two runs: what it was, and what it is now. Has no answer: what
    /// cannot be written is there all the same until the end.
    SaveUiState {
        profile: ProfileId,
        change: Box<(UiState, UiState)>,
    },
    /// Tell the technician, who may look elsewhere, that this is theirs to do now, at a company and at so many more.
    Alert {
        how: Notify,
        reason: Attention,
        company: String,
        more: usize,
    },
    /// Have the terminal report the mouse, or leave it the mouse, to select text with.
    Mouse(bool),
    /// Hand the terminal back to the shell until `fg`. Has no answer but [`crate::app::msg::Msg::Resumed`].
    Suspend,
    Quit,
}

impl Effect {
    /// The ticket of an effect that answers.
    pub fn ticket(&self) -> Option<Ticket> {
        match self {
            Self::Connect { ticket, .. }
            | Self::Restore { ticket, .. }
            | Self::Call { ticket, .. }
            | Self::Open { ticket, .. }
            | Self::Copy { ticket, .. }
            | Self::CopyShown { ticket }
            | Self::ReadTable { ticket, .. }
            | Self::Write { ticket, .. } => Some(*ticket),
            Self::Cancel { .. }
            | Self::EndPause { .. }
            | Self::Alert { .. }
            | Self::Mouse(_)
            | Self::SaveUiState { .. }
            | Self::Suspend
            | Self::Quit => None,
        }
    }
}
