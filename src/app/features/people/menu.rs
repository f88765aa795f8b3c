//! What can be done to the person under the cursor: each command with its key, and why one cannot run.

use crate::app::command::{Command, Place};
use crate::app::core::menu::{Choice, Menu};
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::key::Key;
use crate::app::model::Model;
use crate::domain::id::{CompanyKey, UserId};

/// Everything that is done to somebody.
pub const COMMANDS: [Command; 6] = [
    Command::MakeOwner,
    Command::MakeAdministrator,
    Command::TakeAway,
    Command::Recover,
    Command::CancelRecovery,
    Command::Suspend,
];

#[derive(Debug, Clone, PartialEq)]
pub struct PersonMenu {
    pub key: CompanyKey,
    pub user: UserId,
    pub pick: Menu,
}

/// Opens on the first that can be done.
pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    super::keep_selected(model);
    let (Some((key, _)), Some(person)) = (model.selected(), model.selected_person()) else { return };
    let user = person.id.clone();
    let cursor = COMMANDS.iter().position(|command| command.ready(model).is_ok()).unwrap_or(0);
    model.overlays.open(PersonMenu { key, user, pick: Menu::at(cursor) });
}

impl PersonMenu {
    /// Whom it was opened about is still under the cursor.
    fn holds(&self, model: &Model) -> bool {
        model.selected().is_some_and(|(key, _)| key == self.key)
            && model.selected_person().is_some_and(|person| person.id == self.user)
    }

    fn run(&self, model: &Model, command: Command) -> Outcome {
        if self.holds(model) { Outcome::Run(command) } else { Outcome::Close }
    }
}

impl Dialog for PersonMenu {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let own = ctx.model.options.keymap.command(&[Place::People], key);
        if let Some(command) = own.filter(|command| COMMANDS.contains(command)) {
            return self.run(ctx.model, command);
        }
        let row = match self.pick.numbered_key(key, COMMANDS.len(), 'q') {
            Choice::Chosen(row) => Some(row),
            Choice::Accepted(row) => row,
            Choice::Closed => return Outcome::Close,
            Choice::Moved | Choice::Other => return Outcome::Keep,
        };
        match row.and_then(|row| COMMANDS.get(row)) {
            // What cannot run says why beside it.
            Some(command) if command.ready(ctx.model).is_ok() => self.run(ctx.model, *command),
            _ => Outcome::Keep,
        }
    }

    fn places(&self) -> &'static [Place] {
        &[]
    }
}
