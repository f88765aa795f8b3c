//! Marks, tags, attention and undo: whether a command can run now.

use super::Why;
use crate::app::command::Command;
use crate::app::model::{Model, Pane};
use crate::app::screen::Screen;

pub(super) fn ready(command: Command, model: &Model) -> Result<(), Why> {
    let on_list = model.screen == Screen::Companies && model.pane == Pane::List;
    let selected = || model.selected().map(|_| ()).ok_or(Why::NoCompany);
    match command {
        Command::Mark | Command::MarkAll if !on_list => Err(Why::OnlyInList),
        Command::MarkAll | Command::Export if model.roster.shown().is_empty() => Err(Why::NothingHere),
        Command::Unmark | Command::Bulk if model.marks.is_empty() => Err(Why::NothingMarked),
        Command::Mark | Command::Tag => selected(),
        Command::Snooze => {
            let (_, company) = model.selected().ok_or(Why::NoCompany)?;
            if company.can_be_snoozed() { Ok(()) } else { Err(Why::NoAttention) }
        }
        Command::Undo if model.undo.is_empty() => Err(Why::NothingToUndo),
        _ => Ok(()),
    }
}
