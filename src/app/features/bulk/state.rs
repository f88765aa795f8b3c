//! One thing done to many companies: every name listed first, ready ones apart from blocked ones, one result each.
//! Never by a pattern: what is acted on are the companies that were marked, one by one.

use crate::app::command::DisabledReason;
use crate::app::core::text_input::TextInput;
use crate::domain::error::Error;
use crate::domain::id::{CompanyKey, Etag, ProfileId};
use crate::domain::intent::Intent;
use crate::domain::setup::{StepKind, StepState};
use crate::domain::unlink::CheckCode;
use jiff::Timestamp;

/// Requests under way at once; a browser is opened for one company after the other.
pub const AT_ONCE: usize = 4;

/// What is done to many, from the choice to the last result.
#[derive(Debug, Clone, PartialEq)]
pub struct Bulk {
    pub stage: Stage,
    /// What is done, once it is chosen.
    pub act: Option<Act>,
    /// The companies, in the order of the list when the dialog opened.
    pub items: Vec<Item>,
    pub cursor: usize,
    /// First company shown.
    pub scroll: usize,
    /// What has the focus of the review.
    pub focus: Focus,
    /// The count, typed to confirm what destroys.
    pub line: TextInput,
    /// Nothing further is begun.
    pub stopping: bool,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Choose,
    Step,
    State,
    Review,
    Running,
    Done,
}

/// What can be done to many.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    Launch,
    Tags {
        add: Vec<String>,
        remove: Vec<String>,
    },
    Setup {
        step: StepKind,
        state: StepState,
    },
    Snooze {
        /// For how many days; 0 shows it again.
        days: i64,
        /// Until when, as of the moment of the choice: what is tried again asks for the same.
        until: Timestamp,
    },
    Unlink,
    /// Tags are put back as they were, company by company.
    Restore,
}

impl Act {
    /// Cannot be taken back from here: the count has to be typed.
    pub fn destroys(&self) -> bool {
        *self == Self::Unlink
    }

    /// So many run at once.
    pub fn at_once(&self) -> usize {
        if *self == Self::Launch { 1 } else { AT_ONCE }
    }
}

/// What has the focus of the review; it starts on *Cancel*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    Cancel,
    Count,
    Go,
}

/// One company.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub key: CompanyKey,
    /// Its name as it was reviewed.
    pub name: String,
    /// What it is known by beside its name, for where it is destroyed: whether names look alike no program can tell.
    pub known_by: Vec<String>,
    /// What tells it from others of its name, if there are any.
    pub told: Option<String>,
    pub how: How,
    /// The revision that a check was about; the unlink is bound to it.
    pub etag: Option<Etag>,
    /// The tags it is to have, where they are put back.
    pub tags: Vec<String>,
    /// What is to be done, over all tries.
    pub intent: Intent,
}

/// How one company stands.
#[derive(Debug, Clone, PartialEq)]
pub enum How {
    /// It has to be checked first.
    Unchecked,
    Checking,
    /// Nothing speaks against it.
    Ready,
    Blocked(Block),
    Sending,
    /// Done; an unlink says until when the trial runs.
    Done(Option<Timestamp>),
    /// The address was given to a browser, of which nothing more is known.
    Sent,
    /// Its task in the web console was begun.
    Begun,
    Failed(Box<Error>),
}

impl How {
    /// There is nothing left to do.
    pub fn done(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Sent | Self::Begun)
    }
}

/// Why a company is left out.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Unlinked,
    /// It is not there any more.
    Gone,
    /// It is called this by now: not the company that was reviewed, as far as anybody can see.
    Renamed(String),
    AlreadySo,
    /// Nothing of it needs attention.
    NoAttention,
    Check(CheckCode, String),
    CheckFailed(Box<Error>),
    /// It may not be done in the company's account.
    NotPermitted(DisabledReason),
}

#[derive(Debug, Clone, PartialEq)]
pub enum BulkRequest {
    Check(CompanyKey),
    /// The checklist of one company, for the revision of its step.
    Step(CompanyKey),
    Item(CompanyKey),
    Open(CompanyKey),
}

impl BulkRequest {
    pub fn key(&self) -> &CompanyKey {
        match self {
            Self::Check(key) | Self::Step(key) | Self::Item(key) | Self::Open(key) => key,
        }
    }
}

impl Bulk {
    /// The accounts of its companies; one may be named again and again.
    pub fn accounts(&self) -> impl Iterator<Item = &ProfileId> {
        self.items.iter().map(|item| &item.key.profile)
    }

    /// How many stand like this.
    pub fn count(&self, which: impl Fn(&How) -> bool) -> usize {
        self.items.iter().filter(|item| which(&item.how)).count()
    }

    /// The line for the count has the keys.
    pub fn counting(&self) -> bool {
        self.stage == Stage::Review && self.focus == Focus::Count
    }

    /// Companies that it will be done to.
    pub fn ready(&self) -> usize {
        self.count(|how| *how == How::Ready)
    }

    /// Some are still to be checked.
    pub fn checking(&self) -> bool {
        self.items.iter().any(|item| matches!(item.how, How::Unchecked | How::Checking))
    }

    /// The review may be confirmed: all checks are back, something is ready, and where it destroys, the number
    /// of companies was typed.
    pub fn confirmed(&self) -> bool {
        let typed = self.line.text().trim().parse() == Ok(self.ready());
        let destroys = self.act.as_ref().is_some_and(Act::destroys);
        !self.checking() && self.ready() > 0 && (typed || !destroys)
    }
}
