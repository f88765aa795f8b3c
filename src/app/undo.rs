//! What can be taken back, newest last. Only what truth allows: an unlink is on the list to be answered honestly.

use crate::domain::id::{CompanyKey, Etag, GroupId, UserId};
use crate::domain::intent::Intent;
use crate::domain::setup::{StepKind, StepState};

/// So many changes are kept.
pub const MOST: usize = 50;

/// One change that can be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Undo {
    /// The company.
    pub key: CompanyKey,
    /// Its name then.
    pub company: String,
    /// What was changed.
    pub change: Change,
    /// The intent to take it back; kept when an answer was lost.
    pub intent: Option<Intent>,
}

/// What was changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Tags; as they were and as they were made.
    Tags {
        /// Before.
        before: Vec<String>,
        /// After.
        after: Vec<String>,
    },
    /// The note of the company.
    Note {
        /// Before.
        before: Option<String>,
        /// After.
        after: Option<String>,
    },
    /// A setup step.
    Step {
        /// Which.
        step: StepKind,
        /// The revision that was changed.
        on: Etag,
        /// Its revision after the change: taken back only if nobody touched it since.
        etag: Etag,
        /// Before.
        before: (StepState, Option<String>),
    },
    /// Somebody was added to a group or taken out.
    Group {
        /// Which group.
        group: GroupId,
        /// Which of the two that are given from here.
        kind: super::people::Group,
        /// Whom.
        user: UserId,
        /// Their name.
        person: String,
        /// They were added.
        added: bool,
    },
    /// Tags of many companies, as they were before.
    Many(Vec<(CompanyKey, String, Vec<String>)>),
    /// An unlink: cannot be taken back.
    Unlinked,
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
pub struct Wait(pub Box<Undo>);
