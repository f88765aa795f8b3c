//! Tasks in the web console.

use crate::app::features::tasks::{TaskAct, TaskProblem};
use crate::domain::launch::Opening;
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
    outcome: |outcome, fact| {
        let by = fact.map(|fact| format!(" ({fact})")).unwrap_or_default();
        match outcome {
            Outcome::Verified => format!("Verified: it is done{by}"),
            Outcome::NotDone => format!("Not done yet{by}"),
            Outcome::CannotTell => "Can't tell: nothing observed since shows it. Import again, or press d".into(),
            Outcome::Other(word) => word.clone(),
        }
    },
    title: "Tasks",
    count: |open, all| if open == all { format!("{open} open") } else { format!("{open} open of {all}") },
    loading: "Loading tasks",
    empty: "No open tasks",
    empty_hint: "What only the web console can do – launch, add, link, unlink, people – begins a task.",
    what: "Task",
    company: "Company",
    state_of: "State",
    by: "Begun by",
    since: "Since",
    begun: |ago, moment, who| match who {
        Some(who) => format!("begun {ago} by {who} ({moment})"),
        None => format!("begun {ago} ({moment})"),
    },
    ended: |state, when, who| {
        let by = who.map(|who| format!(" by {who}")).unwrap_or_default();
        let when = when.map(|when| format!(", done {when}")).unwrap_or_default();
        format!("{}{by}{when}", (TEXTS.state)(state))
    },
    list_keys: |open, ended| format!("{open} shows the steps · {ended} ended tasks"),
    about: |kind| match kind {
        TaskKind::Vault => "Vault",
        TaskKind::Add | TaskKind::Link => "Company",
        _ => "Person",
    },
    all_companies: "all companies",
    ask_hint: "Begins a task that your colleagues see. It does nothing in 1Password: you do that in the web console.",
    ask_keys: |several| if several { "↑↓ task · ↵ begin · Esc cancel" } else { "↵ begin · Esc cancel" },
    asking: "Unsaved input: Esc discards it, ↵ begins",
    begin_hint: "The task has not begun.",
    begin_keys: "↵ begin · Esc close",
    doing: |act| match act {
        TaskAct::Begin { .. } => "Beginning the task",
        TaskAct::Verify => "Verifying",
        TaskAct::Wait | TaskAct::Declare(_) => "Declaring",
        TaskAct::Cancel => "Cancelling the task",
    },
    sending_keys: "Can't be cancelled now · Esc hides this",
    problem: |problem| match problem {
        TaskProblem::Empty => "Say who or what it is about.",
        TaskProblem::TooLong => "Too long: at most 100 characters.",
        TaskProblem::NoMoment => "Not a time. Write 14:30, 2026-01-31, or both.",
        TaskProblem::Ahead => "That is in the future.",
    },
    no_steps: "This version doesn't know the steps of this kind of task.",
    reading: "Loading the task",
    hint: "You do this in the web console; then d says here that it is done.",
    waits: "Someone of the company has to act; d says here when it is done.",
    sign_in: "Sign-in page",
    country: "Country",
    opened: |opening| match opening {
        Opening::Opened => "Opened the sign-in page in the browser",
        Opening::Sent => "Sent the sign-in page to the browser",
    },
    no_browser: "There is no browser here. c copies the address of the sign-in page.",
    no_address: "The sign-in address isn't known here.",
    nothing_to_copy: "Nothing to copy for this task.",
    key_copy: |what| what.map_or_else(|| "c copy".to_owned(), |what| format!("c copy {what}")),
    key_open: "o open sign-in",
    key_verify: "v verify",
    key_done: "d done",
    key_wait: "w waiting",
    key_cancel: "x cancel",
    key_esc: |open| if open { "Esc later" } else { "Esc close" },
    when: "When was it done?",
    when_hint: "Empty is now. Or 14:30, 2026-01-31, 2026-01-31 14:30",
    declared_by: |name| format!("By the word of {name}"),
    name_keys: "↵ go on · Esc back",
    when_keys: "↵ declare it done · Esc back",
    cancel_text: "Cancel this task? Do so only if it was not done in the web console.",
    keep: "Keep it",
    cancel: "Cancel task",
    cancel_keys: "Tab switch · ↵ choose · Esc back",
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
        Step::RemoveIntegrations => "Under “Integrations”, remove our application and what else you set up",
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
