//! What was being done when something failed.

/// What was being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    Start,
    SignIn,
    ListCompanies,
    Changes,
    LoadCompany,
    EditCompany,
    Launch,
    OpenBrowser,
    Copy,
    Preflight,
    Unlink,
    LoadSetup,
    EditSetup,
    LoadPeople,
    LoadGroups,
    AddCompany,
    LoadLinks,
    AcceptLink,
    CancelLink,
    ChangeGroup,
    ChangePerson,
    Recover,
    LoadRecoveries,
    LoadVaults,
    GrantVault,
    LoadUsage,
    LoadActivity,
    LoadTechnicians,
    AddTechnician,
    ChangeTechnician,
    /// Exchanging a code for a credential.
    Enrol,
    LoadTasks,
    BeginTask,
    VerifyTask,
    DeclareTask,
    CancelTask,
    LoadSources,
    CheckSource,
    Export,
    Undo,
    Import,
    UndoImport,
    LoadImports,
    /// Letting the server check a change without making it.
    Rehearse,
}

impl Operation {
    /// Whether it changes something on the server.
    #[must_use]
    pub fn writes(self) -> bool {
        match self {
            Self::EditCompany
            | Self::Launch
            | Self::Unlink
            | Self::EditSetup
            | Self::AddCompany
            | Self::AcceptLink
            | Self::CancelLink
            | Self::ChangeGroup
            | Self::ChangePerson
            | Self::Recover
            | Self::GrantVault
            | Self::Undo
            | Self::Import
            | Self::UndoImport
            | Self::AddTechnician
            | Self::ChangeTechnician
            | Self::Enrol
            | Self::BeginTask
            | Self::VerifyTask
            | Self::DeclareTask
            | Self::CancelTask
            | Self::CheckSource => true,
            Self::Start
            | Self::SignIn
            | Self::ListCompanies
            | Self::Changes
            | Self::LoadCompany
            | Self::OpenBrowser
            | Self::Copy
            | Self::Preflight
            | Self::LoadSetup
            | Self::LoadPeople
            | Self::LoadGroups
            | Self::LoadLinks
            | Self::LoadRecoveries
            | Self::LoadVaults
            | Self::LoadUsage
            | Self::LoadActivity
            | Self::LoadTechnicians
            | Self::LoadTasks
            | Self::LoadSources
            | Self::Export
            | Self::LoadImports
            | Self::Rehearse => false,
        }
    }

    /// Whether it is asked for again without anybody doing anything: what is shown is kept up.
    #[must_use]
    pub fn is_kept_up(self) -> bool {
        let once = [Self::Preflight, Self::Rehearse, Self::Export, Self::Copy, Self::OpenBrowser];
        !self.writes() && !once.contains(&self)
    }
}
