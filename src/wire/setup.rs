//! The set-up checklist.

use super::{Actor, lenient, or_unspecified, some_lines};
use crate::domain::id::Etag;
use crate::domain::setup::{self, Fact, StepKind, StepState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The answer of `GET companies/{id}/setup`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Checklist {
    #[serde(default, deserialize_with = "lenient::items")]
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    #[serde(rename = "step")]
    pub kind: StepKind,
    /// `…/companies/{company}/setup/{step}`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub path: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub etag: String,
    pub state: Option<StepState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updater: Option<Actor>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub update_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::items")]
    pub evidence: Vec<Evidence>,
}

/// A derived fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub fact: Fact,
    #[serde(default, deserialize_with = "lenient::count")]
    pub count: u32,
}

/// What `PATCH companies/{id}/setup/{step}` takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StepPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StepState>,
    /// A new note; empty takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl From<Checklist> for setup::Checklist {
    fn from(wire: Checklist) -> Self {
        Self { steps: wire.steps.into_iter().map(Into::into).collect() }
    }
}

impl From<Step> for setup::Step {
    fn from(wire: Step) -> Self {
        let evidence = wire.evidence.into_iter().map(|item| setup::Evidence { fact: item.fact, count: item.count });
        Self {
            kind: wire.kind,
            etag: Etag::new(&wire.etag),
            state: or_unspecified(wire.state),
            note: some_lines(wire.note),
            updater: wire.updater.map(Into::into),
            update_time: wire.update_time,
            evidence: evidence.collect(),
        }
    }
}
