//! Which keys mean which command. A key or a sequence of keys means one command in one place; what of the user's own
//! cannot be had as it was written is told, with both commands and the line.

mod preset;
mod problem;
mod rebind;
#[cfg(test)]
mod tests;

pub use preset::Preset;
pub use problem::{BindingProblem, RejectedBinding};

use crate::app::command::{Command, Place, TABLE};
use crate::app::key::{Key, Sequence};

/// Which keys mean which command.
#[derive(Debug, Clone, PartialEq)]
pub struct Keymap {
    bound: Vec<(Command, Vec<Sequence>)>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::of(Preset::Default)
    }
}

/// One line of the user's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The line in the file, from 1.
    pub line: usize,
    pub id: String,
    /// Its keys; none at all is allowed, the palette still has the command.
    pub keys: Vec<String>,
}

/// What keys mean that were pressed one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Runs(Command),
    /// They are the beginning of a sequence.
    Begins,
    Nothing,
}

impl Keymap {
    /// The keys of a preset.
    pub fn of(preset: Preset) -> Self {
        Self { bound: TABLE.iter().map(|row| (row.command, preset.keys(row))).collect() }
    }

    /// What these keys mean in any of these places, the first place first: in a narrower place a key may mean another
    /// command, or begin a sequence.
    pub fn meaning(&self, places: &[Place], pressed: &[Key]) -> Meaning {
        for place in places {
            let here = || self.bound.iter().filter(|(command, _)| command.row().place == *place);
            let is = |keys: &[Sequence]| keys.iter().any(|sequence| sequence.keys() == pressed);
            if let Some((command, _)) = here().find(|(_, keys)| is(keys)) {
                return Meaning::Runs(*command);
            }
            let begins = |keys: &[Sequence]| keys.iter().any(|sequence| sequence.keys().starts_with(pressed));
            if here().any(|(_, keys)| begins(keys)) {
                return Meaning::Begins;
            }
        }
        Meaning::Nothing
    }

    /// The command that this key alone means in any of these places, the first place first.
    pub fn command(&self, places: &[Place], key: Key) -> Option<Command> {
        match self.meaning(places, &[key]) {
            Meaning::Runs(command) => Some(command),
            Meaning::Begins | Meaning::Nothing => None,
        }
    }

    /// What can follow these keys in these places, and what it would run, in the order of the command table.
    pub fn continuations(&self, places: &[Place], pressed: &[Key]) -> Vec<(Sequence, Command)> {
        let rests = self.bound.iter().flat_map(|(command, keys)| {
            let reached = |sequence: &&Sequence| self.meaning(places, sequence.keys()) == Meaning::Runs(*command);
            keys.iter().filter(reached).filter_map(|sequence| Some((sequence.after(pressed)?, *command)))
        });
        rests.filter(|(rest, _)| !rest.keys().is_empty()).collect()
    }

    /// The commands that these keys mean in other places than these.
    pub fn elsewhere(&self, places: &[Place], pressed: &[Key]) -> Vec<Command> {
        // What cures a line of what needs attention is named on that line.
        let leads = |place| !matches!(place, Place::Attention | Place::Found) && !places.contains(&place);
        let means = |(command, keys): &&(Command, Vec<Sequence>)| {
            leads(command.row().place) && keys.iter().any(|sequence| sequence.keys() == pressed)
        };
        self.bound.iter().filter(means).map(|(command, _)| *command).collect()
    }

    /// The keys of a command; the first is the one to show.
    pub fn keys(&self, command: Command) -> &[Sequence] {
        self.bound.iter().find(|(bound, _)| *bound == command).map_or(&[], |(_, keys)| keys)
    }

    fn set(&mut self, command: Command, keys: Vec<Sequence>) {
        if let Some((_, bound)) = self.bound.iter_mut().find(|(bound, _)| *bound == command) {
            *bound = keys;
        }
    }
}
