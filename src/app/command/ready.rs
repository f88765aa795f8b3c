//! Whether a command can run now, and if not, why. The only place that knows; what is shown as disabled and
//! what is refused when pressed come from the same answer.

mod form;
mod links;
mod marks;
mod people;
mod usage;

use crate::app::command::{Command, Danger, Target};
use crate::app::model::{Model, Pane, Tab};
use crate::app::screen::Screen;
use crate::domain::company::CompanyState;
use crate::domain::id::ProfileId;
use crate::domain::session::Permission;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Why a command cannot run now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DisabledReason {
    /// No company is selected.
    NoCompany,
    /// The list is empty.
    NothingHere,
    /// Read-only mode.
    ReadOnly,
    /// The technician's role may only look.
    ViewOnly,
    /// The technician lacks this permission.
    NotPermitted(Permission),
    /// Not signed in yet.
    NotSignedIn,
    /// The server does not let this technician in, or not for this.
    NotLetIn,
    /// What is shown is from an earlier run, of this moment: nothing is destroyed on its word.
    NotFresh(Option<Timestamp>),
    /// It is unlinked already; since when, and until when the trial runs.
    AlreadyUnlinked {
        trial_end: Option<Timestamp>,
    },
    /// No step is selected, or the checklist is not there yet.
    NoStep,
    /// The same is under way.
    UnderWay,
    /// Nothing narrows or orders the list.
    NothingToClear,
    /// The list has no order of its own to turn round.
    NotSorted,
    NothingFailed,
    /// Marks are made in the list.
    OnlyInList,
    /// No company is marked.
    NothingMarked,
    /// Nothing of this company needs attention.
    NoAttention,
    /// Nothing was changed that could be taken back.
    NothingToUndo,
    /// No link request is selected.
    NoLink,
    /// The link request is over.
    LinkOver,
    /// There is no page for an Owner: only the sample workspace has one.
    NoOwnerPage,
    /// Of people, recoveries and vaults.
    PeopleAction(crate::app::features::people::PeopleDisabledReason),
    /// It belongs to this screen, or to the tab of the same name.
    OnlyOn(Screen),
}

pub(super) fn ready(command: Command, model: &Model) -> Result<(), DisabledReason> {
    permitted(command, model)?;
    if let Target::Marked(_) = command.target(model) {
        // Which of them are left out, and why, is listed by name before anything is done.
        return Ok(());
    }
    match command {
        Command::Open | Command::Copy | Command::CopyId => {
            model.selected().map(|_| ()).ok_or(DisabledReason::NoCompany)
        }
        // The way out of the company's pane stays open when its company has vanished.
        Command::NextPane if model.pane == Pane::Company => Ok(()),
        Command::NextTab | Command::PreviousTab | Command::NextPane => {
            model.selected().map(|_| ()).ok_or(DisabledReason::NoCompany)
        }
        Command::AddOwner => model.selected().map(|_| ()).ok_or(DisabledReason::NoCompany),
        Command::Launch | Command::LaunchStep => launch(command, model),
        Command::NewCompany | Command::EditCompany => form::ready(command, model),
        Command::AcceptLink | Command::CancelLink | Command::OwnerPage => links::ready(command, model),
        Command::FindPerson
        | Command::MakeOwner
        | Command::MakeAdministrator
        | Command::TakeAway
        | Command::Suspend
        | Command::Recover
        | Command::CancelRecovery
        | Command::GrantVault
        | Command::ViewVault => people::ready(command, model),
        Command::Period
        | Command::UsageSort
        | Command::UsageReverse
        | Command::ActivityFilter
        | Command::ActivityClear => usage::ready(command, model),
        Command::Mark
        | Command::MarkAll
        | Command::Unmark
        | Command::Bulk
        | Command::Export
        | Command::Tag
        | Command::Snooze
        | Command::Urgent
        | Command::Undo => marks::ready(command, model),
        Command::Unlink => unlink(model),
        Command::ToggleStep | Command::EditNote => step(model),
        Command::Reverse if model.roster.query().sort.is_none() => Err(DisabledReason::NotSorted),
        Command::ClearAll if !model.narrowed() => Err(DisabledReason::NothingToClear),
        // What is late may be asked for anew.
        Command::Refresh if model.accounts.busy() && !model.tickets.late(model.now) => Err(DisabledReason::UnderWay),
        Command::Details if model.last_trouble().is_none() => Err(DisabledReason::NothingFailed),
        Command::Down | Command::Up | Command::Top | Command::Bottom | Command::PageDown | Command::PageUp => {
            let empty = model.screen == Screen::Companies && model.roster.shown().is_empty();
            if empty { Err(DisabledReason::NothingHere) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// Read-only mode, by flag and by role, in one place: of the account that the command is about, or of any where it
/// may be about several.
pub(super) fn permitted(command: Command, model: &Model) -> Result<(), DisabledReason> {
    if command.row().danger == Danger::Reads {
        return Ok(());
    }
    permitted_among(command, model, &concerned(command, model))
}

pub(super) fn permitted_among<'a>(
    command: Command,
    model: &Model,
    profiles: impl IntoIterator<Item = &'a ProfileId>,
) -> Result<(), DisabledReason> {
    let mut first = None;
    for profile in profiles {
        match permitted_in(command, model, profile) {
            Ok(()) => return Ok(()),
            Err(why) => first = first.or(Some(why)),
        }
    }
    Err(first.unwrap_or(DisabledReason::NotSignedIn))
}

pub(super) fn permitted_in(command: Command, model: &Model, profile: &ProfileId) -> Result<(), DisabledReason> {
    let danger = command.row().danger;
    let Some(account) = model.accounts.get(profile) else { return Err(DisabledReason::NoCompany) };
    if danger == Danger::Reads {
        return Ok(());
    }
    if account.read_only {
        return Err(DisabledReason::ReadOnly);
    }
    if danger == Danger::Destroys && account.sync.kept && !account.sync.fresh {
        return Err(DisabledReason::NotFresh(account.sync.synced_at));
    }
    let Some(session) = account.session.value().filter(|_| account.confirmed.is_some()) else {
        return Err(if account.refused() { DisabledReason::NotLetIn } else { DisabledReason::NotSignedIn });
    };
    match command.needs() {
        _ if session.permissions.view_only() => Err(DisabledReason::ViewOnly),
        Some(needed) if !session.permissions.allows(&needed) => Err(DisabledReason::NotPermitted(needed)),
        _ => Ok(()),
    }
}

/// The accounts that a command would be about.
fn concerned(command: Command, model: &Model) -> Vec<ProfileId> {
    if let Target::Marked(_) = command.target(model) {
        return marked(model);
    }
    let one = match command {
        Command::NewCompany | Command::AcceptLink => None,
        Command::CancelLink => model.selected_link().map(|row| row.profile.clone()),
        Command::Undo => model.undo.last().map(|undo| undo.key.profile.clone()),
        _ => model.selected().map(|(key, _)| key.profile),
    };
    one.map_or_else(|| model.accounts.profiles(), |profile| vec![profile])
}

fn marked(model: &Model) -> Vec<ProfileId> {
    let of: BTreeSet<&ProfileId> = model.marks.iter().map(|key| &key.profile).collect();
    let of: Vec<ProfileId> = model.accounts.profiles().into_iter().filter(|profile| of.contains(profile)).collect();
    if of.is_empty() { model.accounts.profiles() } else { of }
}

fn launch(command: Command, model: &Model) -> Result<(), DisabledReason> {
    let (key, company) = model.selected().ok_or(DisabledReason::NoCompany)?;
    if command == Command::LaunchStep && model.selected_step().is_none() {
        return Err(DisabledReason::NoStep);
    }
    match &company.state {
        CompanyState::Unlinked => Err(DisabledReason::AlreadyUnlinked { trial_end: company.trial_end_time }),
        _ if model.tickets.launching(&key) => Err(DisabledReason::UnderWay),
        _ => Ok(()),
    }
}

fn unlink(model: &Model) -> Result<(), DisabledReason> {
    let (key, company) = model.selected().ok_or(DisabledReason::NoCompany)?;
    match &company.state {
        CompanyState::Unlinked => Err(DisabledReason::AlreadyUnlinked { trial_end: company.trial_end_time }),
        _ if model.tickets.unlinking(&key) => Err(DisabledReason::UnderWay),
        _ => Ok(()),
    }
}

fn step(model: &Model) -> Result<(), DisabledReason> {
    let (key, company) = model.selected().ok_or(DisabledReason::NoCompany)?;
    if company.state == CompanyState::Unlinked {
        return Err(DisabledReason::AlreadyUnlinked { trial_end: company.trial_end_time });
    }
    if model.tab != Tab::Setup {
        return Err(DisabledReason::NoStep);
    }
    let step = model.selected_step().ok_or(DisabledReason::NoStep)?;
    if model.tickets.editing(&key, &step.kind) { Err(DisabledReason::UnderWay) } else { Ok(()) }
}
