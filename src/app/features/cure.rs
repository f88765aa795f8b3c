//! Ways out that are offered beside what is wrong: only those that lead out. What cannot run now, or cannot help, is
//! not offered.

use crate::app::command::{Command, DisabledReason};
use crate::app::model::Model;
use crate::domain::id::CompanyKey;
use crate::domain::people::{Person, PersonKind, PersonState};

/// The key of a command for running text, if it has one and can run now.
pub fn key(model: &Model, command: Command) -> Option<String> {
    bound(model, command).filter(|_| command.ready(model).is_ok())
}

fn bound(model: &Model, command: Command) -> Option<String> {
    // A dialog knows no sequences.
    let keys = model.options.keymap.keys(command);
    keys.iter().find(|keys| keys.single().is_some()).or(keys.first()).map(ToString::to_string)
}

/// What helps a company that has no confirmed owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// Somebody who has joined can be made one, by this command.
    Make(Command),
    /// The owners are invited and have not joined: they can be invited again where this command leads, if it may run.
    Invited(Option<Command>),
    /// Nobody has joined who could be made one: somebody can be invited where this command leads, if it may run.
    Nobody(Option<Command>),
    /// Somebody could be made one, but not by this technician.
    NotYours(DisabledReason),
}

impl Owner {
    /// The command that is offered.
    pub fn command(&self) -> Option<Command> {
        match self {
            Self::Make(command) => Some(*command),
            Self::Invited(command) | Self::Nobody(command) => *command,
            Self::NotYours(_) => None,
        }
    }

    /// Its key: the dialog that offers it takes it, whatever is selected beneath.
    pub fn key(&self, model: &Model) -> Option<String> {
        bound(model, self.command()?)
    }
}

/// What helps this company, as far as its people are known; else as far as the list counts them.
pub fn owner(model: &Model, key: &CompanyKey) -> Owner {
    let may = |command: Command| command.permitted_in(model, &key.profile);
    let company = model.roster.get(key);
    let people = model.details.get(key).and_then(|details| details.people.value());
    let joined = match people {
        // Nobody observes who has joined.
        _ if model.guided(&key.profile) => true,
        Some(people) => people.iter().any(could_be_owner),
        None => company.is_some_and(|company| company.seats.members > Some(0)),
    };
    let launch = || Some(Command::Launch).filter(|launch| may(*launch).is_ok());
    match may(Command::MakeOwner) {
        Ok(()) if joined => Owner::Make(Command::AddOwner),
        Err(why) if joined => Owner::NotYours(why),
        _ if company.is_some_and(|company| company.owners.invited > Some(0)) => Owner::Invited(launch()),
        _ => Owner::Nobody(launch()),
    }
}

/// Made an owner, they would be a confirmed one.
fn could_be_owner(person: &Person) -> bool {
    person.kind == PersonKind::Member && person.state == PersonState::Active
}
