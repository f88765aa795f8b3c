//! What can be taken back, newest last. Only what truth allows: an unlink is on the list to be answered honestly.

use crate::domain::id::{CompanyKey, Etag, GroupId, ImportRunId, UserId};
use crate::domain::intent::Intent;
use crate::domain::setup::{StepKind, StepState};
use crate::domain::task::TaskKind;

/// So many changes are kept.
pub const MOST: usize = 50;

/// One change that can be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Undo {
    pub key: CompanyKey,
    /// Its name then.
    pub company: String,
    pub change: Change,
    /// The intent to take it back; kept when an answer was lost.
    pub intent: Option<Intent>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Tags; as they were and as they were made.
    Tags { before: Vec<String>, after: Vec<String> },
    /// The note of the company.
    Note { before: Option<String>, after: Option<String> },
    Step {
        step: StepKind,
        on: Etag,
        /// Its revision after the change: taken back only if nobody touched it since.
        etag: Etag,
        before: (StepState, Option<String>),
    },
    /// Somebody was added to a group or taken out.
    Group {
        group: GroupId,
        /// Which of the two that are given from here.
        kind: crate::app::features::people::Group,
        user: UserId,
        person: String,
        added: bool,
    },
    /// Tags of many companies, as they were before.
    Many(Vec<(CompanyKey, String, Vec<String>)>),
    /// An import; its file stands for the company.
    Import(ImportRunId),
    /// An unlink: cannot be taken back.
    Unlinked,
    /// Declared done in the web console, where alone it could be taken back.
    Declared(TaskKind),
}

#[derive(Debug, Clone, PartialEq)]
pub struct UndoRequest(pub Box<Undo>);
