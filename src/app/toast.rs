//! Short notices at the edge of the screen: what was done, or what failed away from where one looks.

use crate::app::command::{Command, DisabledReason};
use crate::app::features::export::ExportKind;
use crate::app::features::people::PeopleNotice;
use crate::app::features::undo::Change;
use crate::app::model::Model;
use crate::app::msg::Copied;
use crate::domain::cached::CacheDefect;
use crate::domain::error::Error;
use crate::domain::id::ProfileId;
use crate::domain::launch::Opening;
use crate::domain::session::Permission;
use crate::domain::setup::{StepKind, StepState};
use crate::domain::task::{TaskKind, TaskState};
use jiff::{SignedDuration, Timestamp};

/// A notice and when it goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    pub says: Notification,
    pub until: Timestamp,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq)]
pub enum Notification {
    /// The browser was opened at this company, or the address was given to it.
    Launched {
        company: String,
        opening: Opening,
    },
    /// A launch was stopped before it was sent.
    LaunchStopped {
        company: String,
    },
    Unlinked {
        company: String,
        trial_end: Option<Timestamp>,
    },
    StepChanged {
        company: String,
        step: StepKind,
        state: StepState,
    },
    NoteSaved {
        company: String,
    },
    Cleared(Dropped),
    Copied {
        /// What, shortened by the view.
        text: String,
        how: Copied,
    },
    /// Something was done to a person or a vault.
    PeopleAction(PeopleNotice),
    /// A command cannot run now.
    NotNow(Command, DisabledReason),
    Failed {
        /// Which company it is about, if any.
        company: Option<String>,
        error: Box<Error>,
    },
    Saved {
        company: String,
    },
    /// What was noted of it for an earlier day changes nothing about what was seen since.
    SeenLater {
        company: String,
    },
    Exported {
        count: usize,
        kind: ExportKind,
        /// Where.
        path: String,
    },
    /// Attention was set aside, or is not any more.
    Snoozed {
        company: String,
        /// Until when.
        until: Option<Timestamp>,
    },
    TakenBack {
        company: String,
        change: Box<Change>,
    },
    /// An unlink cannot be taken back.
    NoWayBack {
        company: String,
    },
    /// A task was begun, or ended.
    Task(Box<TaskNotice>),
    /// It was done in the web console: nothing here takes it back.
    DoneOutside {
        /// Empty where it is about all companies.
        company: String,
        kind: TaskKind,
    },
    /// The server answers again; of which account, where there are several.
    Back(Option<String>),
    /// The server does not take the credential any more.
    SignedOut {
        /// Of which account, where there are several.
        account: Option<String>,
        /// Under which name one can sign in again, where it is a configured one.
        profile: Option<ProfileId>,
    },
    /// What the technician may do has changed.
    RoleChanged {
        /// In which account, where there are several.
        account: Option<String>,
        /// No longer.
        lost: Vec<Permission>,
        /// From now on.
        won: Vec<Permission>,
    },
    /// Rows of the list could not be read.
    Unreadable(u32),
    /// A link was accepted; an Owner of the company has to finish.
    LinkAccepted {
        company: String,
    },
    LinkCancelled {
        company: String,
    },
    /// An Owner approved: the company is linked.
    Linked {
        company: String,
    },
    LinkDenied {
        company: String,
        /// In the Owner's words.
        reason: Option<String>,
    },
    /// Nobody acted in time.
    LinkExpired {
        company: String,
    },
    /// A page of the sample workspace was opened in the browser, or its address was given to it.
    PageOpened(Opening),
    /// What was kept in an earlier run cannot be used.
    SetAside {
        /// Of which account, where there are several.
        account: Option<String>,
        flaw: CacheDefect,
    },
    /// The mouse is ours from now on, or the terminal's again.
    Mouse(bool),
    /// A notice of the start: a file that could not be used and what was done instead.
    Start(String),
}

/// What became of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskNotice {
    pub kind: TaskKind,
    /// Of its company, or what else it is about.
    pub name: Option<String>,
    pub state: TaskState,
}

/// What kind of news a notice is: its sign follows from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What was asked for was done, or something turned out well.
    Done,
    /// It was handed on, to a browser or a terminal that does not say what became of it.
    Sent,
    /// A company was unlinked: done, and nothing to be glad of.
    Unlinked,
    /// Something to know, or the answer to something that cannot be done.
    Notice,
    /// It is not known whether it was done.
    Unknown,
    Failed,
}

impl Notification {
    /// What kind of news it is. Every notice is named: a new one must not pass for good news.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Failed { error, .. } if error.outcome_unknown() => Kind::Unknown,
            Self::Failed { .. } | Self::SignedOut { .. } => Kind::Failed,
            Self::NotNow(..)
            | Self::LaunchStopped { .. }
            | Self::NoWayBack { .. }
            | Self::SeenLater { .. }
            | Self::DoneOutside { .. }
            | Self::Mouse(_)
            | Self::Unreadable(_)
            | Self::Start(_)
            | Self::RoleChanged { .. }
            | Self::SetAside { .. }
            | Self::LinkDenied { .. }
            | Self::LinkExpired { .. } => Kind::Notice,
            Self::Unlinked { .. } => Kind::Unlinked,
            Self::Launched { opening: Opening::Sent, .. } | Self::PageOpened(Opening::Sent) => Kind::Sent,
            Self::Copied { how, .. } if !how.certain() => Kind::Sent,
            Self::Launched { .. }
            | Self::StepChanged { .. }
            | Self::NoteSaved { .. }
            | Self::Cleared(_)
            | Self::Copied { .. }
            | Self::PeopleAction(_)
            | Self::Saved { .. }
            | Self::Exported { .. }
            | Self::Snoozed { .. }
            | Self::TakenBack { .. }
            | Self::Task(_)
            | Self::Back(_)
            | Self::LinkAccepted { .. }
            | Self::LinkCancelled { .. }
            | Self::Linked { .. }
            | Self::PageOpened(Opening::Opened) => Kind::Done,
        }
    }
}

impl Notification {
    /// Failures, and what cannot be taken back, have a box over the work; the rest has the line above the hints.
    pub fn is_boxed(&self) -> bool {
        let kind = matches!(self.kind(), Kind::Failed | Kind::Unknown | Kind::Unlinked);
        kind || matches!(self, Self::Start(_) | Self::SetAside { .. })
    }
}

/// What *Clear all* dropped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dropped {
    pub search: Option<String>,
    pub sort: bool,
    pub filters: usize,
}

impl Toast {
    /// A notice that stays long enough to be read: failures longer than good news.
    pub fn new(now: Timestamp, says: Notification) -> Self {
        let seconds = match &says {
            Notification::Failed { .. }
            | Notification::Start(_)
            | Notification::Unreadable(_)
            | Notification::RoleChanged { .. }
            | Notification::SignedOut { .. }
            | Notification::SetAside { .. }
            | Notification::Linked { .. }
            | Notification::LinkDenied { .. }
            | Notification::LinkExpired { .. } => 12,
            Notification::Copied { how, .. } if !how.certain() => 7,
            Notification::NotNow(..)
            | Notification::Unlinked { .. }
            | Notification::NoWayBack { .. }
            | Notification::DoneOutside { .. }
            | Notification::Mouse(_)
            | Notification::Task(_)
            | Notification::Exported { .. } => 7,
            _ => 4,
        };
        let until = now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX);
        Self { says, until }
    }
}

/// A notice that was shown, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct LogEntry {
    pub at: Timestamp,
    pub says: Notification,
}

/// The most notices on the screen at once.
const MOST: usize = 3;
/// The most notices that are kept to be read again.
const MOST_LOGGED: usize = 200;

impl Model {
    /// Shows a notice; the oldest makes room.
    pub fn notify(&mut self, says: Notification) {
        // The same again is one line of the log, with the newer moment.
        self.log.pop_if(|past| past.says == says);
        self.log.push(LogEntry { at: self.now, says: says.clone() });
        if self.log.len() > MOST_LOGGED {
            self.log.remove(0);
        }
        self.toasts.retain(|toast| toast.says != says);
        self.toasts.push(Toast::new(self.now, says));
        if self.toasts.len() > MOST {
            self.toasts.remove(0);
        }
    }

    /// Takes every notice off the screen. Whether one of them lay over the work, so that taking it away is all that Esc
    /// was pressed for.
    pub fn dismiss(&mut self) -> bool {
        std::mem::take(&mut self.toasts).iter().any(|toast| toast.says.is_boxed())
    }

    /// Shows a failure and keeps it to be read in full.
    pub fn fail(&mut self, company: Option<String>, error: Error) {
        self.failure = Some(Box::new(error.clone()));
        self.notify(Notification::Failed { company, error: Box::new(error) });
    }
}

#[cfg(test)]
mod tests {
    use crate::app::fixture::{error, lost};
    use crate::app::toast::*;
    use crate::domain::error::{Cause, Operation};

    #[test]
    fn only_what_was_done_is_good_news() {
        let company = || "Alpen".to_owned();
        let failed = |error: Error| Notification::Failed { company: None, error: Box::new(error) };
        for (says, kind) in [
            (Notification::NoWayBack { company: company() }, Kind::Notice),
            (Notification::SeenLater { company: company() }, Kind::Notice),
            (Notification::NotNow(Command::Unlink, DisabledReason::ReadOnly), Kind::Notice),
            (Notification::Start("the file is not used".into()), Kind::Notice),
            (Notification::Unreadable(1), Kind::Notice),
            (Notification::LinkDenied { company: company(), reason: None }, Kind::Notice),
            (Notification::LinkExpired { company: company() }, Kind::Notice),
            (Notification::SignedOut { account: None, profile: None }, Kind::Failed),
            (failed(error(Operation::Unlink, Cause::NotAllowed)), Kind::Failed),
            (failed(lost(Operation::ListCompanies)), Kind::Failed),
            (failed(lost(Operation::Unlink)), Kind::Unknown),
            (failed(error(Operation::SignIn, Cause::NotSignedIn).after(true)), Kind::Unknown),
            (Notification::Unlinked { company: company(), trial_end: None }, Kind::Unlinked),
            (Notification::TakenBack { company: company(), change: Box::new(Change::Unlinked) }, Kind::Done),
            (Notification::Saved { company: company() }, Kind::Done),
        ] {
            assert_eq!(says.kind(), kind, "{says:?}");
        }
    }
}
