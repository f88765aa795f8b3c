//! Marks, tags, attention and undo: whether a command can run now.

use crate::app::command::Command;
use crate::app::command::ready::DisabledReason;
use crate::app::model::{Model, Pane};
use crate::app::screen::Screen;

pub(super) fn ready(command: Command, model: &Model) -> Result<(), DisabledReason> {
    let on_list = model.screen == Screen::Companies && model.pane == Pane::List;
    let selected = || model.selected().map(|_| ()).ok_or(DisabledReason::NoCompany);
    match command {
        Command::Mark | Command::MarkAll if !on_list => Err(DisabledReason::OnlyInList),
        Command::MarkAll | Command::Export if model.roster.shown().is_empty() => Err(DisabledReason::NothingHere),
        Command::Unmark | Command::Bulk if model.marks.is_empty() => Err(DisabledReason::NothingMarked),
        Command::Mark | Command::Tag => selected(),
        Command::Snooze => {
            let (_, company) = model.selected().ok_or(DisabledReason::NoCompany)?;
            if company.can_be_snoozed() { Ok(()) } else { Err(DisabledReason::NoAttention) }
        }
        Command::Undo if model.undo.is_empty() => Err(DisabledReason::NothingToUndo),
        _ => Ok(()),
    }
}
