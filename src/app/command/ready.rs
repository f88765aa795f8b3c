//! Whether a command can run now, and if not, why. The only place that knows; what is shown as disabled and
//! what is refused when pressed come from the same answer.

mod form;
mod links;
mod marks;
mod people;
mod usage;

use super::{Command, Danger};
use crate::app::model::{Model, Pane, Tab};
use crate::app::screen::Screen;
use crate::domain::company::CompanyState;
use crate::domain::session::Permission;
use jiff::Timestamp;

/// Why a command cannot run now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
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
    /// It is unlinked already; since when, and until when the trial runs.
    AlreadyUnlinked {
        /// End of the trial.
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
    /// Nothing failed.
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
    Folk(crate::app::people::Hindrance),
    /// It belongs to this screen, or to the tab of the same name.
    OnlyOn(Screen),
}

pub(super) fn ready(command: Command, model: &Model) -> Result<(), Why> {
    permitted(command, model)?;
    match command {
        Command::Open | Command::Copy | Command::CopyId => model.selected().map(|_| ()).ok_or(Why::NoCompany),
        // The way out of the company's pane stays open when its company has vanished.
        Command::NextPane if model.pane == Pane::Company => Ok(()),
        Command::NextTab | Command::PreviousTab | Command::NextPane => {
            model.selected().map(|_| ()).ok_or(Why::NoCompany)
        }
        Command::AddOwner => model.selected().map(|_| ()).ok_or(Why::NoCompany),
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
        Command::Reverse if model.roster.query().sort.is_none() => Err(Why::NotSorted),
        Command::ClearAll if !model.narrowed() => Err(Why::NothingToClear),
        Command::Refresh if model.sync.busy() => Err(Why::UnderWay),
        Command::Details if model.last_trouble().is_none() => Err(Why::NothingFailed),
        Command::Down | Command::Up | Command::Top | Command::Bottom | Command::PageDown | Command::PageUp => {
            let empty = model.screen == Screen::Companies && model.roster.shown().is_empty();
            if empty { Err(Why::NothingHere) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// Read-only mode, by flag and by role, in one place.
pub(super) fn permitted(command: Command, model: &Model) -> Result<(), Why> {
    if command.row().danger == Danger::Reads {
        return Ok(());
    }
    if model.options.read_only {
        return Err(Why::ReadOnly);
    }
    let Some(session) = model.session.value() else { return Err(Why::NotSignedIn) };
    match command.needs() {
        _ if session.permissions.view_only() => Err(Why::ViewOnly),
        Some(needed) if !session.permissions.allows(&needed) => Err(Why::NotPermitted(needed)),
        _ => Ok(()),
    }
}

fn launch(command: Command, model: &Model) -> Result<(), Why> {
    let (key, company) = model.selected().ok_or(Why::NoCompany)?;
    if command == Command::LaunchStep && model.selected_step().is_none() {
        return Err(Why::NoStep);
    }
    match &company.state {
        CompanyState::Unlinked => Err(Why::AlreadyUnlinked { trial_end: company.trial_end_time }),
        _ if model.tickets.launching(&key) => Err(Why::UnderWay),
        _ => Ok(()),
    }
}

fn unlink(model: &Model) -> Result<(), Why> {
    let (key, company) = model.selected().ok_or(Why::NoCompany)?;
    match &company.state {
        CompanyState::Unlinked => Err(Why::AlreadyUnlinked { trial_end: company.trial_end_time }),
        _ if model.tickets.unlinking(&key) => Err(Why::UnderWay),
        _ => Ok(()),
    }
}

fn step(model: &Model) -> Result<(), Why> {
    let (key, company) = model.selected().ok_or(Why::NoCompany)?;
    if company.state == CompanyState::Unlinked {
        return Err(Why::AlreadyUnlinked { trial_end: company.trial_end_time });
    }
    if model.tab != Tab::Setup {
        return Err(Why::NoStep);
    }
    let step = model.selected_step().ok_or(Why::NoStep)?;
    if model.tickets.editing(&key, &step.kind) { Err(Why::UnderWay) } else { Ok(()) }
}
