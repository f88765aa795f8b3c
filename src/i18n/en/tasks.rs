//! Tasks in the web console.

use crate::domain::task::{Outcome, Step, TaskKind, TaskState, Text, Verification};
use crate::i18n::types::tasks::Tasks;
use std::borrow::Cow;

pub(super) const TEXTS: Tasks = Tasks {
    kind,
    state: |state| match state {
        TaskState::Open => "open".into(),
        TaskState::Waiting => "waiting for the company".into(),
        TaskState::Verified => "verified".into(),
        TaskState::Declared => "declared done".into(),
        TaskState::Cancelled => "cancelled".into(),
        TaskState::Other(word) => Cow::Borrowed(word),
    },
    steps: "In the web console of 1Password:",
    step,
    text: |text| match text {
        Text::Name => "Name",
        Text::Website => "Website",
        Text::AddressLine => "Address line",
        Text::PostalCode => "Postal code",
        Text::Locality => "Town",
        Text::AdministrativeArea => "State or region",
        Text::Subject => "About",
    },
    found,
};

fn kind(kind: &TaskKind) -> Cow<'_, str> {
    match kind {
        TaskKind::Launch => "Launch".into(),
        TaskKind::Add => "Add a company".into(),
        TaskKind::Link => "Link an account".into(),
        TaskKind::Unlink => "Unlink".into(),
        TaskKind::Owner => "Make owner".into(),
        TaskKind::RemoveOwner => "Remove owner".into(),
        TaskKind::Administrator => "Make administrator".into(),
        TaskKind::RemoveAdministrator => "Remove administrator".into(),
        TaskKind::Suspend => "Suspend".into(),
        TaskKind::Reactivate => "Reactivate".into(),
        TaskKind::BeginRecovery => "Begin recovery".into(),
        TaskKind::CompleteRecovery => "Complete recovery".into(),
        TaskKind::CancelRecovery => "Cancel recovery".into(),
        TaskKind::Vault => "Access to a vault".into(),
        TaskKind::Usage => "Usage".into(),
        TaskKind::Other(word) => Cow::Borrowed(word),
    }
}

fn step(step: Step) -> &'static str {
    match step {
        Step::SignIn => "Sign in to your MSP account",
        Step::ManagedCompanies => "Select “Managed Companies” in the sidebar",
        Step::FindCompany => "Find the company by its name",
        Step::LaunchCompany => "Select the launch button beside it",
        Step::NewCompany => "Select “New company”",
        Step::AddNewCompany => "Choose “Add a new company”",
        Step::FillIn => "Enter name, website, country or region and address",
        Step::Save => "Select “Save”",
        Step::LinkExisting => "Choose “Link an existing account”",
        Step::FollowScreen => "Follow the steps on the screen",
        Step::OwnerConfirms => "An Owner of the company confirms at their end",
        Step::RemoveIntegrations => "Under “Integrations”, remove what you set up for yourself",
        Step::UnlinkInMenu => "Select the ellipsis beside it, then “Unlink”",
        Step::OwnersGroup => "Select “Groups” in the sidebar, then “Owners”",
        Step::AdministratorsGroup => "Select “Groups” in the sidebar, then “Administrators”",
        Step::AddPerson => "Add the person to the group",
        Step::RemovePerson => "Remove the person from the group",
        Step::FindPerson => "Select “People” in the sidebar, then the person",
        Step::Suspend => "Suspend the person",
        Step::Reactivate => "Reactivate the person",
        Step::BeginRecovery => "Select “Begin Recovery”",
        Step::PersonRecovers => "The person follows the link in their mail",
        Step::CompleteRecovery => "Select “Complete Recovery”",
        Step::CancelRecovery => "Cancel the recovery",
        Step::FindVault => "Select “Vaults” in the sidebar, then the vault",
        Step::GiveAccess => "Give yourself access, then select “View Vault”",
        Step::UsageTab => "Select “Billing and Seats”, then “Usage”",
        Step::SetDates => "Set the dates",
        Step::CopyTable => "Select the table and copy it",
    }
}

fn found(found: &Verification) -> String {
    match (&found.outcome, &found.source, found.as_of) {
        (Outcome::Verified, Some(source), Some(time)) => format!("verified: {source} of {time} shows that it is done"),
        (Outcome::Verified, ..) => "verified: it is done".into(),
        (Outcome::NotDone, Some(source), Some(time)) => format!("not done: {source} of {time} shows it as it was"),
        (Outcome::NotDone, ..) => "not done: it is as it was".into(),
        _ => "cannot be told: nothing was observed since that shows it".into(),
    }
}
