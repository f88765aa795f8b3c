//! Why something could not be had from 1Password: a reason for programs, a sentence for people, never a secret.

use super::exchange::Fault;
use crate::domain::source::SourceReason;
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub reason: SourceReason,
    pub detail: String,
}

impl Failure {
    pub fn new(reason: SourceReason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }

    /// What an answer means. `missing` is what 404 stands for here.
    pub(super) fn of(fault: Fault, missing: SourceReason) -> Self {
        let Fault::Status { status, said } = fault else {
            return match fault {
                Fault::Unreachable(words) => Self::new(SourceReason::Unreachable, words),
                Fault::Unreadable(words) => Self::new(SourceReason::Unreadable, words),
                Fault::Status { .. } => Self::new(SourceReason::Unreadable, ""),
            };
        };
        let reason = match status {
            401 => SourceReason::CredentialRefused,
            403 => SourceReason::RightMissing,
            404 => missing,
            429 => SourceReason::RateLimited,
            500..=599 => SourceReason::Unreachable,
            300..=399 => SourceReason::Unreadable,
            _ => SourceReason::Refused,
        };
        let said = if said.is_empty() { String::new() } else { format!(": {said}") };
        Self::new(reason, format!("1Password answers {status}{said}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

/// A call that did not get to its answer.
pub(super) enum Called {
    Fault(Fault),
    /// Before it was sent.
    Failure(Failure),
}

impl Called {
    /// `missing` is what 404 stands for here.
    pub fn failure(self, missing: SourceReason) -> Failure {
        match self {
            Self::Fault(fault) => Failure::of(fault, missing),
            Self::Failure(failure) => failure,
        }
    }
}
