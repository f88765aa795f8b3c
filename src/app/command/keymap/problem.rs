//! What is told of the user's own keys.

use crate::app::command::{Place, Row};
use crate::app::key::{Key, NotAKey, Sequence};
use crate::domain::text::clean;
use std::fmt;

/// A line of the user's keys that was not taken as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedBinding {
    /// The line in the file, from 1.
    pub line: usize,
    /// What is odd.
    pub problem: BindingProblem,
}

impl RejectedBinding {
    pub(super) fn gave_way(&self, row: &Row) -> bool {
        matches!(&self.problem, BindingProblem::GaveWay(pair) if pair.one.command == row.command)
    }
}

/// What is odd about a line of the user's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BindingProblem {
    /// A command that is none, and the one that was meant, where that can be told.
    NoSuchCommand(String, Option<&'static str>),
    GivenTwice(&'static str),
    /// A key that is none.
    NotAKey(&'static str, NotAKey),
    KeyTwice {
        id: &'static str,
        key: Sequence,
    },
    Reserved {
        id: &'static str,
        key: Sequence,
        why: DisabledReason,
    },
    /// Two commands of one place: the line takes the key from a default, or yields to an earlier line.
    Taken {
        pair: Pair,
        /// The one that lost it has no key any more.
        none_left: bool,
    },
    /// In a narrower place the key means another command.
    Shadowed {
        key: Sequence,
        /// The command of the line, and where it works.
        one: (Place, &'static str),
        /// The others, and where they work.
        others: Vec<(Place, &'static str)>,
    },
    /// What cannot be taken back does not get a key that means something else.
    GaveWay(Pair),
}

/// Why a key is not to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisabledReason {
    AlwaysQuits,
    AlwaysSuspends,
    AlwaysBack,
    /// A terminal sends the same for both.
    SameAs(Key),
    /// It is pressed without looking.
    Reflex,
}

/// Two commands on one key.
#[derive(Debug, Clone)]
pub struct Pair {
    pub(super) key: Sequence,
    pub(super) one: &'static Row,
    pub(super) other: &'static Row,
    /// The same key, or one that begins alike.
    pub(super) other_key: Sequence,
    /// The line of the other, if it has one.
    pub(super) line: Option<usize>,
}

impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        let parts = |pair: &Self| (pair.one.id, pair.other.id, pair.line);
        parts(self) == parts(other) && self.key == other.key && self.other_key == other.other_key
    }
}

impl Eq for Pair {}

/// In English whatever the language, as everything that is said about the file.
impl fmt::Display for BindingProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchCommand(id, Some(meant)) => {
                write!(f, "there is no command “{}”; did you mean {meant}?", clean(id))
            }
            Self::NoSuchCommand(id, None) => {
                write!(f, "there is no command “{}”; `mspdash keys` lists them", clean(id))
            }
            Self::GivenTwice(id) => write!(f, "{id} has a line above already, which counts"),
            Self::NotAKey(id, error) => write!(f, "{id}: {error}"),
            Self::KeyTwice { id, key } => write!(f, "{id} names {} twice", key.name()),
            Self::Reserved { id, key, why } => {
                write!(f, "{id} cannot be on {}: ", key.name())?;
                match why {
                    DisabledReason::AlwaysQuits => f.write_str("it always quits"),
                    DisabledReason::AlwaysSuspends => f.write_str("it always suspends mspdash"),
                    DisabledReason::AlwaysBack => f.write_str("it always goes back"),
                    DisabledReason::SameAs(key) => write!(f, "a terminal cannot tell it from {}", key.name()),
                    DisabledReason::Reflex => {
                        f.write_str("it cannot be undone, and that key is pressed without looking")
                    }
                }
            }
            Self::Taken { pair, none_left } => {
                let (winner, loser, has) = match pair.line {
                    Some(_) => (pair.other, pair.one, "keeps it"),
                    None => (pair.one, pair.other, "has it now"),
                };
                write!(f, "{pair}; {} {has}", winner.id)?;
                if *none_left { write!(f, ", and {} has no key left", loser.id) } else { Ok(()) }
            }
            Self::Shadowed { key, one: (Place::Anywhere, id), others } => {
                let others: Vec<_> = others.iter().map(|(place, id)| format!("in {place:?} it is {id}")).collect();
                write!(f, "{id} is on {}, but {}", key.name(), others.join(", "))
            }
            Self::Shadowed { key, one: (place, id), others } => {
                let others: Vec<_> = others.iter().map(|(_, id)| *id).collect();
                write!(f, "{id} is on {} in {place:?}, but elsewhere it is {}", key.name(), others.join(", "))
            }
            Self::GaveWay(pair) => {
                write!(f, "{pair}; {} cannot be undone, so {} keeps it", pair.one.id, pair.other.id)
            }
        }
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line.map(|line| format!(" (line {line})")).unwrap_or_default();
        let (one, other, key) = (self.one.id, self.other.id, self.key.name());
        if self.key == self.other_key {
            return write!(f, "{one} and {other}{line} are both on {key}");
        }
        write!(f, "{one} on {key} and {other}{line} on {} begin alike", self.other_key.name())
    }
}
