//! Links: whether a command can run now.

use crate::app::command::Command;
use crate::app::command::ready::DisabledReason;
use crate::app::model::Model;
use crate::app::screen::Screen;

pub(super) fn ready(command: Command, model: &Model) -> Result<(), DisabledReason> {
    if command == Command::AcceptLink {
        return Ok(());
    }
    // From the palette of another screen nobody sees which one it would be.
    let on_screen = model.screen == Screen::Links;
    let row = model.selected_link().filter(|_| on_screen).ok_or(DisabledReason::NoLink)?;
    let link = &row.item;
    let page = link.owner_page.as_deref().is_some_and(crate::domain::link::is_own_page);
    match command {
        Command::CancelLink if !link.state.open() => Err(DisabledReason::LinkOver),
        Command::CancelLink if model.tickets.cancelling(&row.into()) => Err(DisabledReason::UnderWay),
        Command::OwnerPage if !page => Err(DisabledReason::NoOwnerPage),
        _ => Ok(()),
    }
}
