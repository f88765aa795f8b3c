//! Usage and activity: whether a command can run now.

use crate::app::command::Command;
use crate::app::command::ready::DisabledReason;
use crate::app::model::{Model, Tab};
use crate::app::screen::Screen;

pub(super) fn ready(command: Command, model: &Model) -> Result<(), DisabledReason> {
    let tab = |tab| model.company_visible() && model.tab == tab;
    match command {
        Command::Period if model.screen == Screen::Usage || tab(Tab::Usage) => Ok(()),
        // The tab has one company and no table.
        Command::UsageSort | Command::UsageReverse if model.screen == Screen::Usage => Ok(()),
        Command::ActivityFilter if crate::app::features::activity::front(model).is_some() => Ok(()),
        Command::ActivityClear => match crate::app::features::activity::front_trail(model) {
            Some((place, trail)) if trail.is_some_and(|trail| trail.narrow.filters(&place) > 0) => Ok(()),
            Some(_) => Err(DisabledReason::NothingToClear),
            None => Err(DisabledReason::OnlyOn(Screen::Activity)),
        },
        Command::ActivityFilter => Err(DisabledReason::OnlyOn(Screen::Activity)),
        _ => Err(DisabledReason::OnlyOn(Screen::Usage)),
    }
}
