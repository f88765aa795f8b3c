//! Who did what to which company, and when: the audit trail (contract: `audit_events`).

use super::company::Actor;
use super::id::{CompanyId, EventId};
use jiff::Timestamp;
use serde::Serialize;

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Unique within the MSP account.
    pub id: EventId,
    pub time: Option<Timestamp>,
    pub actor: Actor,
    pub action: Action,
    #[serde(rename = "company_id")]
    pub company: Option<CompanyId>,
    /// Its name then, cleaned for display.
    pub company_name: Option<String>,
    /// What exactly: a step, a person, the fields changed.
    pub target: Option<String>,
    /// With which program.
    pub client: Option<String>,
    pub origin: EventOrigin,
}

/// Who recorded an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum EventOrigin {
    /// This server: it was done through it.
    #[default]
    Ours,
    /// 1Password, in the company's account.
    OnePassword,
    /// A word of a newer server.
    Other(String),
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Action {
    CompanyCreated,
    CompanyUpdated,
    /// Something was seen in the console, and noted.
    CompanyObserved,
    CompanyLaunched,
    CompanyUnlinked,
    LinkAccepted,
    LinkCancelled,
    LinkApproved,
    LinkDenied,
    SetupUpdated,
    MemberAdded,
    MemberRemoved,
    PersonInvited,
    PersonSuspended,
    PersonReactivated,
    RecoveryBegun,
    RecoveryCompleted,
    RecoveryCancelled,
    VaultAccessGranted,
    /// An import that brought or changed the company was taken back.
    ImportUndone,
    TechnicianAdded,
    TechnicianChanged,
    TechnicianEnrolled,
    TechnicianRevoked,
    TechnicianRestored,
    TechnicianSignedOut,
    /// A code by which a technician gets a credential.
    EnrolmentIssued,
    /// The credential was ended, and a code issued for a new one.
    CredentialRotated,
    TaskBegun,
    TaskWaiting,
    TaskDeclared,
    TaskVerified,
    TaskCancelled,
    /// A company's account was connected, or connected anew.
    SourceConnected,
    SourceRemoved,
    PersonDeleted,
    MemberRoleChanged,
    VaultAccessChanged,
    VaultAccessRevoked,
    /// Somebody did not get in.
    SignInFailed,
    /// What happened in this time is not known: 1Password remembered it no more when it was asked.
    ActivityMissing,
    /// A word of a newer server, or of 1Password; shown as it came.
    Other(String),
}

impl Action {
    /// Every action that this version knows.
    pub const KNOWN: [Self; 41] = [
        Self::CompanyCreated,
        Self::CompanyUpdated,
        Self::CompanyObserved,
        Self::CompanyLaunched,
        Self::CompanyUnlinked,
        Self::LinkAccepted,
        Self::LinkCancelled,
        Self::LinkApproved,
        Self::LinkDenied,
        Self::SetupUpdated,
        Self::MemberAdded,
        Self::MemberRemoved,
        Self::PersonInvited,
        Self::PersonSuspended,
        Self::PersonReactivated,
        Self::RecoveryBegun,
        Self::RecoveryCompleted,
        Self::RecoveryCancelled,
        Self::VaultAccessGranted,
        Self::ImportUndone,
        Self::TechnicianAdded,
        Self::TechnicianChanged,
        Self::TechnicianEnrolled,
        Self::TechnicianRevoked,
        Self::TechnicianRestored,
        Self::TechnicianSignedOut,
        Self::EnrolmentIssued,
        Self::CredentialRotated,
        Self::TaskBegun,
        Self::TaskWaiting,
        Self::TaskDeclared,
        Self::TaskVerified,
        Self::TaskCancelled,
        Self::SourceConnected,
        Self::SourceRemoved,
        Self::PersonDeleted,
        Self::MemberRoleChanged,
        Self::VaultAccessChanged,
        Self::VaultAccessRevoked,
        Self::SignInFailed,
        Self::ActivityMissing,
    ];
}

/// What to ask of the trail; every part narrows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListActivity {
    pub company: Option<CompanyId>,
    /// By actors whose name holds this text.
    pub actor: Option<String>,
    pub action: Option<Action>,
    pub page_token: Option<String>,
}

/// One page of the trail, newest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActivityPage {
    pub events: Vec<Event>,
    /// Where to go on; `None` at the end.
    pub next: Option<String>,
    pub total: Option<u64>,
}

impl ActivityPage {
    /// What of it was done from this moment on, or nobody knows when. Below what is older there is nothing more to ask
    /// for; how much there is in all is not what was counted.
    pub fn since(mut self, moment: Timestamp) -> Self {
        let all = self.events.len();
        self.events.retain(|event| event.time.is_none_or(|time| time >= moment));
        self.total = None;
        self.next = self.next.filter(|_| self.events.len() == all);
        self
    }
}
