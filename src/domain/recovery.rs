//! Recoveries that are open, over all companies. Stages: begin → the person makes a new password → an administrator
//! completes. Nobody recovers themself (contract: `SELF_RECOVERY`).

use super::company::Actor;
use super::id::{CompanyId, Etag, UserId};
use super::people::PersonState;
use jiff::Timestamp;
use serde::Serialize;

/// One open recovery (contract: `GET recoveries`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recovery {
    #[serde(rename = "company_id")]
    pub company: CompanyId,
    pub company_name: String,
    #[serde(rename = "user_id")]
    pub user: UserId,
    pub display_name: String,
    pub email: String,
    /// [`PersonState::RecoveryStarted`] or [`PersonState::RecoveryAwaitingCompletion`].
    #[serde(rename = "state")]
    pub stage: PersonState,
    pub begin_time: Option<Timestamp>,
    pub begun_by: Option<Actor>,
    /// How many people of the company could complete it, the person themself not counted.
    pub recoverers: u32,
    /// The revision of the person.
    pub etag: Option<Etag>,
}

/// What is done to a person (contract: the custom verbs of `users/{id}`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonAct {
    /// They cannot sign in until reactivated, and fill no seat.
    Suspend,
    Reactivate,
    /// The person gets a mail and makes a new password.
    BeginRecovery,
    /// Confirms the person's new password.
    CompleteRecovery,
    CancelRecovery,
}

impl PersonAct {
    /// It is a step of a recovery.
    pub fn recovers(self) -> bool {
        matches!(self, Self::BeginRecovery | Self::CompleteRecovery | Self::CancelRecovery)
    }

    /// The verb of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Reactivate => "reactivate",
            Self::BeginRecovery => "beginRecovery",
            Self::CompleteRecovery => "completeRecovery",
            Self::CancelRecovery => "cancelRecovery",
        }
    }
}
