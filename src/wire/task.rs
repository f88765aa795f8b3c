//! Tasks: work that only 1Password's web console can do.

use super::{Actor, Lacking, lenient, or_unspecified, owned, some_lines, some_text};
use crate::domain::id::{CompanyId, Etag, TaskId};
use crate::domain::task::{self, Outcome, TaskKind, TaskState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A task, as the contract writes one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// 26 characters `[A-Z2-7]`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// `…/tasks/{id}`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub path: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub etag: String,
    pub kind: Option<TaskKind>,
    pub state: Option<TaskState>,
    /// Absent where it is about all companies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_name: Option<String>,
    /// The person or the vault that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_by: Option<Actor>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub create_time: Option<Timestamp>,
    /// When it was done, by the word of whoever ended it.
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub declared_time: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<Actor>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub end_time: Option<Timestamp>,
}

/// What `POST tasks` takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTask {
    pub kind: TaskKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What `POST tasks/{id}:declare` takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// `DECLARED` unless it says `WAITING`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<TaskState>,
    /// When it was done; absent: now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_time: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verification {
    pub outcome: Option<Outcome>,
    /// Which source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// For when it says so.
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    pub task: Task,
}

impl TryFrom<Task> for task::Task {
    type Error = Lacking;

    fn try_from(wire: Task) -> Result<Self, Lacking> {
        if wire.id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            id: TaskId::new(&wire.id),
            etag: Etag::new(&wire.etag),
            kind: or_unspecified(wire.kind),
            state: or_unspecified(wire.state),
            company: wire.company_id.as_deref().filter(|id| !id.is_empty()).map(CompanyId::new),
            company_name: some_text(wire.company_name),
            subject: some_text(wire.subject),
            note: some_lines(wire.note),
            begun_by: wire.begun_by.map(Into::into),
            create_time: wire.create_time,
            declared_time: wire.declared_time,
            ended_by: wire.ended_by.map(Into::into),
            end_time: wire.end_time,
        })
    }
}

impl TryFrom<Verification> for task::Verification {
    type Error = Lacking;

    fn try_from(wire: Verification) -> Result<Self, Lacking> {
        Ok(Self {
            outcome: wire.outcome.unwrap_or(Outcome::CannotTell),
            source: wire.source.map(owned),
            as_of: wire.as_of,
            task: wire.task.try_into()?,
        })
    }
}
