//! Work that only 1Password's web console can do: a technician does it there, step by step, and says here when it is
//! done. The steps are those of 1Password's support pages *manage companies*, *recover accounts* and *billing*.

use super::company::{Actor, Company};
use super::id::{CompanyId, Etag, TaskId};
use super::session::Permission;
use jiff::Timestamp;
use serde::Serialize;

/// A piece of work in the web console, visible to all technicians.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Task {
    pub id: TaskId,
    pub etag: Etag,
    pub kind: TaskKind,
    pub state: TaskState,
    /// Absent where it is about all companies, or about one that is not in the list yet.
    #[serde(rename = "company_id")]
    pub company: Option<CompanyId>,
    pub company_name: Option<String>,
    /// The person or the vault that it is about; for a company that is not in the list yet, its name.
    pub subject: Option<String>,
    pub note: Option<String>,
    pub begun_by: Option<Actor>,
    pub create_time: Option<Timestamp>,
    /// When it was done, by the word of whoever ended it.
    pub declared_time: Option<Timestamp>,
    pub ended_by: Option<Actor>,
    pub end_time: Option<Timestamp>,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TaskKind {
    Launch,
    Add,
    Link,
    Unlink,
    /// Put a person into the Owners group.
    Owner,
    /// Take a person out of the Owners group.
    RemoveOwner,
    /// Put a person into the Administrators group.
    Administrator,
    /// Take a person out of the Administrators group.
    RemoveAdministrator,
    Suspend,
    Reactivate,
    BeginRecovery,
    CompleteRecovery,
    CancelRecovery,
    /// Give oneself access to a vault.
    Vault,
    Usage,
    /// A word of a newer server.
    Other(String),
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TaskState {
    Open,
    /// Our part is done; somebody of the company has to act.
    Waiting,
    /// Data from elsewhere show that it is done.
    Verified,
    /// Done by the word of a technician.
    Declared,
    Cancelled,
    /// A word of a newer server.
    Other(String),
}

impl TaskState {
    /// Somebody still has to act.
    pub fn open(&self) -> bool {
        matches!(self, Self::Open | Self::Waiting)
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verification {
    pub outcome: Outcome,
    /// Which source says so.
    pub source: Option<String>,
    /// For when it says so.
    pub as_of: Option<Timestamp>,
    pub task: Task,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// What was observed since shows that it is done.
    Verified,
    /// What was observed since shows that it is not.
    NotDone,
    /// Nothing that was observed since tells.
    CannotTell,
    /// A word of a newer server.
    Other(String),
}

/// What a technician does in the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    SignIn,
    ManagedCompanies,
    FindCompany,
    LaunchCompany,
    NewCompany,
    AddNewCompany,
    FillIn,
    Save,
    LinkExisting,
    FollowScreen,
    OwnerConfirms,
    RemoveIntegrations,
    UnlinkInMenu,
    OwnersGroup,
    AdministratorsGroup,
    AddPerson,
    RemovePerson,
    FindPerson,
    Suspend,
    Reactivate,
    BeginRecovery,
    PersonRecovers,
    CompleteRecovery,
    CancelRecovery,
    FindVault,
    GiveAccess,
    UsageTab,
    SetDates,
    CopyTable,
}

/// A text that a step asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    Name,
    Website,
    /// Street and house.
    AddressLine,
    PostalCode,
    Locality,
    AdministrativeArea,
    Subject,
}

impl TaskKind {
    /// Every kind that this version knows.
    pub const KNOWN: [Self; 15] = [
        Self::Launch,
        Self::Add,
        Self::Link,
        Self::Unlink,
        Self::Owner,
        Self::RemoveOwner,
        Self::Administrator,
        Self::RemoveAdministrator,
        Self::Suspend,
        Self::Reactivate,
        Self::BeginRecovery,
        Self::CompleteRecovery,
        Self::CancelRecovery,
        Self::Vault,
        Self::Usage,
    ];

    /// What is done in the console, in order; nothing is known of the kinds of a newer server.
    pub fn steps(&self) -> Vec<Step> {
        use Step as S;
        let in_company = |steps: &[Step]| [&[S::ManagedCompanies, S::FindCompany, S::LaunchCompany], steps].concat();
        let rest = match self {
            Self::Launch => in_company(&[]),
            Self::Add => vec![S::ManagedCompanies, S::NewCompany, S::AddNewCompany, S::FillIn, S::Save],
            Self::Link => {
                vec![S::ManagedCompanies, S::NewCompany, S::LinkExisting, S::FollowScreen, S::OwnerConfirms]
            }
            Self::Unlink => {
                let mut steps = in_company(&[S::RemoveIntegrations]);
                steps.extend([S::ManagedCompanies, S::FindCompany, S::UnlinkInMenu]);
                steps
            }
            Self::Owner => in_company(&[S::OwnersGroup, S::AddPerson]),
            Self::RemoveOwner => in_company(&[S::OwnersGroup, S::RemovePerson]),
            Self::Administrator => in_company(&[S::AdministratorsGroup, S::AddPerson]),
            Self::RemoveAdministrator => in_company(&[S::AdministratorsGroup, S::RemovePerson]),
            Self::Suspend => in_company(&[S::FindPerson, S::Suspend]),
            Self::Reactivate => in_company(&[S::FindPerson, S::Reactivate]),
            Self::BeginRecovery => in_company(&[S::FindPerson, S::BeginRecovery, S::PersonRecovers]),
            Self::CompleteRecovery => in_company(&[S::FindPerson, S::CompleteRecovery]),
            Self::CancelRecovery => in_company(&[S::FindPerson, S::CancelRecovery]),
            Self::Vault => in_company(&[S::FindVault, S::GiveAccess]),
            Self::Usage => vec![S::UsageTab, S::SetDates, S::CopyTable],
            Self::Other(_) => return Vec::new(),
        };
        [vec![S::SignIn], rest].concat()
    }

    /// What a technician must be allowed to do.
    pub fn permission(&self) -> Permission {
        match self {
            Self::Launch => Permission::Launch,
            Self::Add => Permission::Add,
            Self::Link => Permission::Link,
            Self::Unlink => Permission::Unlink,
            Self::Owner
            | Self::RemoveOwner
            | Self::Administrator
            | Self::RemoveAdministrator
            | Self::Suspend
            | Self::Reactivate => Permission::People,
            Self::BeginRecovery | Self::CompleteRecovery | Self::CancelRecovery => Permission::Recover,
            Self::Vault => Permission::Vaults,
            Self::Usage | Self::Other(_) => Permission::Edit,
        }
    }

    /// It is about one company of the list.
    pub fn needs_company(&self) -> bool {
        *self != Self::Usage && !self.brings_company()
    }

    /// Its company may be one that is not in the list yet: then the subject is its name, and it enters the list when
    /// the task is declared done.
    pub fn brings_company(&self) -> bool {
        matches!(self, Self::Add | Self::Link)
    }

    /// It is about one person of the company.
    pub fn needs_person(&self) -> bool {
        matches!(self.permission(), Permission::People | Permission::Recover)
    }

    /// Somebody of the company has to act after us.
    pub fn can_wait(&self) -> bool {
        matches!(self, Self::Link | Self::BeginRecovery)
    }
}

impl Step {
    /// The texts that it asks for, in the order in which the console does.
    pub fn asks_for(self) -> &'static [Text] {
        match self {
            Self::FindCompany => &[Text::Name],
            Self::FillIn => &[
                Text::Name,
                Text::Website,
                Text::AddressLine,
                Text::PostalCode,
                Text::Locality,
                Text::AdministrativeArea,
            ],
            Self::AddPerson | Self::RemovePerson | Self::FindPerson | Self::FindVault => &[Text::Subject],
            _ => &[],
        }
    }
}

impl Task {
    /// The name of its company, also of one that is not in the list yet.
    pub fn name(&self) -> Option<&str> {
        self.company_name.as_deref().or(self.subject.as_deref().filter(|_| self.kind.brings_company()))
    }

    /// What can be copied for a step: only what is known. `company` is the one that the task is about.
    pub fn texts(&self, step: Step, company: Option<&Company>) -> Vec<(Text, String)> {
        let mut texts = Vec::new();
        for wanted in step.asks_for() {
            let address = company.map(|company| &company.address);
            let found = match wanted {
                Text::Name => self.name().map(str::to_owned),
                Text::Website => company.and_then(|company| company.website.clone()),
                Text::AddressLine => {
                    let lines = address.into_iter().flat_map(|address| address.lines.iter().cloned());
                    texts.extend(lines.map(|line| (Text::AddressLine, line)));
                    None
                }
                Text::PostalCode => address.and_then(|address| address.postal_code.clone()),
                Text::Locality => address.and_then(|address| address.locality.clone()),
                Text::AdministrativeArea => address.and_then(|address| address.administrative_area.clone()),
                Text::Subject => self.subject.clone(),
            };
            texts.extend(found.filter(|text| !text.trim().is_empty()).map(|text| (*wanted, text)));
        }
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_steps_and_asks_for_what_it_is_about() {
        for kind in TaskKind::KNOWN {
            let steps = kind.steps();
            assert_eq!(steps.first(), Some(&Step::SignIn), "{kind:?}");
            let asked: Vec<_> = steps.iter().flat_map(|step| step.asks_for()).collect();
            assert_eq!(asked.contains(&&Text::Subject), kind.needs_person() || kind == TaskKind::Vault, "{kind:?}");
            let named = asked.contains(&&Text::Name);
            assert_eq!(named, kind.needs_company() || kind == TaskKind::Add, "{kind:?}");
        }
        assert!(TaskKind::Other("HIBERNATE".into()).steps().is_empty());
    }
}
