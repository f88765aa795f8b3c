//! Which keys mean which command, and what becomes of the user's own: every key means one thing in one place. What
//! cannot be had as it was written is told, with both commands and the line.

use crate::app::command::{Command, Danger, Place, Row, TABLE};
use crate::app::key::{Code, Key, NotAKey};
use std::fmt;

/// Which keys mean which command.
#[derive(Debug, Clone, PartialEq)]
pub struct Keymap {
    bound: Vec<(Command, Vec<Key>)>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self { bound: TABLE.iter().map(|row| (row.command, defaults(row))).collect() }
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

impl Keymap {
    /// The command that the key means in any of these places, the first place first.
    pub fn command(&self, places: &[Place], key: Key) -> Option<Command> {
        places.iter().find_map(|place| {
            let here = |command: Command| command.row().place == *place;
            self.bound.iter().find(|(command, keys)| here(*command) && keys.contains(&key)).map(|(command, _)| *command)
        })
    }

    /// The keys of a command; the first is the one to show.
    pub fn keys(&self, command: Command) -> &[Key] {
        self.bound.iter().find(|(bound, _)| *bound == command).map_or(&[], |(_, keys)| keys)
    }

    /// Binds commands to keys of the user's choice. What is written takes a key from a default of the same place, and
    /// of two lines the first keeps it. What cannot be taken back wins against nothing: a habit must not open it.
    /// Where nothing of a line can be had, the default stays.
    pub fn rebind(&mut self, lines: &[Binding]) -> Vec<RejectedBinding> {
        let mut told = Vec::new();
        let mut own: Vec<Own> = Vec::new();
        for line in lines {
            let tell = |problem| RejectedBinding { line: line.line, problem };
            match TABLE.iter().find(|row| row.id == line.id) {
                None => told.push(tell(BindingProblem::NoSuchCommand(line.id.clone()))),
                Some(row) if own.iter().any(|own| own.row.command == row.command) => {
                    told.push(tell(BindingProblem::GivenTwice(row.id)));
                }
                Some(row) => {
                    let keys = readable(row, &line.keys, &mut |problem| told.push(tell(problem)));
                    if !keys.is_empty() || line.keys.is_empty() {
                        own.push(Own { line: line.line, row, keys });
                    }
                }
            }
        }
        give_way(&mut own, &mut told);
        for own in &own {
            self.set(own.row.command, own.keys.clone());
        }
        for (at, one) in own.iter().enumerate() {
            let (earlier, later) = (own.get(..at).unwrap_or_default(), own.get(at + 1..).unwrap_or_default());
            self.settle(one, earlier, later, &mut told);
        }
        told.sort_by_key(|odd| odd.line);
        told
    }

    /// Takes the keys of a line from the others of its place, or yields to an earlier line.
    fn settle(&mut self, one: &Own, earlier: &[Own], later: &[Own], told: &mut Vec<RejectedBinding>) {
        for key in &one.keys {
            let mut hidden = Vec::new();
            for other in TABLE.iter().filter(|other| other.command != one.row.command) {
                if !self.keys(other.command).contains(key) || line_of(later, other).is_some() {
                    // Of two lines the later one yields, and tells.
                    continue;
                }
                let pair = Pair { key: *key, one: one.row, other, line: line_of(earlier, other) };
                let yields = pair.line.is_some();
                if other.place == one.row.place {
                    let loser = if yields { one.row } else { other };
                    let left: Vec<Key> =
                        self.keys(loser.command).iter().filter(|bound| *bound != key).copied().collect();
                    let none_left = left.is_empty();
                    self.set(loser.command, left);
                    told.push(RejectedBinding { line: one.line, problem: BindingProblem::Taken { pair, none_left } });
                    if yields {
                        hidden.clear();
                        break;
                    }
                } else if meet(one.row, other) && !(one.row.keys_by_default(*key) && other.keys_by_default(*key)) {
                    hidden.push((other.place, other.id));
                }
            }
            if !hidden.is_empty() {
                let problem = BindingProblem::Redacted { key: *key, one: (one.row.place, one.row.id), others: hidden };
                told.push(RejectedBinding { line: one.line, problem });
            }
        }
    }

    fn set(&mut self, command: Command, keys: Vec<Key>) {
        if let Some((_, bound)) = self.bound.iter_mut().find(|(bound, _)| *bound == command) {
            *bound = keys;
        }
    }
}

/// A line that names a command, with the keys of it that can be had.
struct Own {
    line: usize,
    row: &'static Row,
    keys: Vec<Key>,
}

/// The line that names this command, if there is one.
fn line_of(own: &[Own], row: &Row) -> Option<usize> {
    own.iter().find(|own| own.row.command == row.command).map(|own| own.line)
}

impl Row {
    fn keys_by_default(&self, key: Key) -> bool {
        defaults(self).contains(&key)
    }
}

fn defaults(row: &Row) -> Vec<Key> {
    row.keys.iter().filter_map(|key| key.parse().ok()).collect()
}

/// Both can be meant by one key press: in one place, or because what works anywhere works in the other's place too.
fn meet(one: &Row, other: &Row) -> bool {
    one.place == other.place || one.place == Place::Anywhere || other.place == Place::Anywhere
}

fn readable(row: &'static Row, names: &[String], tell: &mut impl FnMut(BindingProblem)) -> Vec<Key> {
    let mut keys = Vec::new();
    for name in names {
        match name.parse::<Key>() {
            Err(error) => tell(BindingProblem::NotAKey(row.id, error)),
            Ok(key) => match reserved(row, key) {
                Some(why) => tell(BindingProblem::Reserved { id: row.id, key, why }),
                None if keys.contains(&key) => tell(BindingProblem::KeyTwice { id: row.id, key }),
                None => keys.push(key),
            },
        }
    }
    keys
}

/// Why this command cannot have this key, whatever else is bound.
fn reserved(row: &Row, key: Key) -> Option<DisabledReason> {
    let plain = !key.ctrl && !key.alt;
    match key.code {
        // Answered before the key map is asked, so that it works in any state.
        Code::Char('c') if key.ctrl && !key.alt => {
            (row.command != Command::Quit).then_some(DisabledReason::AlwaysQuits)
        }
        Code::Char('z') if key.ctrl && !key.alt => Some(DisabledReason::AlwaysSuspends),
        Code::Esc if plain => (row.command != Command::Back).then_some(DisabledReason::AlwaysBack),
        // One byte for both: terminals cannot tell them apart.
        Code::Char('i') if key.ctrl => Some(DisabledReason::SameAs(Key::plain(Code::Tab))),
        Code::Char('m') if key.ctrl => Some(DisabledReason::SameAs(Key::plain(Code::Enter))),
        Code::Char('[') if key.ctrl => Some(DisabledReason::SameAs(Key::plain(Code::Esc))),
        // Pressed without looking: to choose, to mark, to pick a row by its number.
        Code::Enter | Code::Tab | Code::BackTab | Code::Backspace | Code::Char(' ' | '0'..='9')
            if plain && row.danger == Danger::Destroys =>
        {
            Some(DisabledReason::Reflex)
        }
        _ => None,
    }
}

/// Drops the keys of what cannot be taken back that mean anything else; if none is left, the default stays.
fn give_way(own: &mut Vec<Own>, told: &mut Vec<RejectedBinding>) {
    for at in 0..own.len() {
        let Some(one) = own.get(at).filter(|own| own.row.danger == Danger::Destroys) else { continue };
        let (row, at_line, wanted) = (one.row, one.line, one.keys.clone());
        let mut kept = Vec::new();
        for key in wanted.iter().copied() {
            let bound = |other: &Row| match own.iter().find(|own| own.row.command == other.command) {
                Some(own) => own.keys.contains(&key),
                None => other.keys_by_default(key),
            };
            let other = TABLE.iter().find(|other| other.command != row.command && meet(row, other) && bound(other));
            match other {
                None => kept.push(key),
                Some(other) => {
                    let pair = Pair { key, one: row, other, line: line_of(own, other) };
                    told.push(RejectedBinding { line: at_line, problem: BindingProblem::GaveWay(pair) });
                }
            }
        }
        if let Some(one) = own.get_mut(at) {
            one.keys = kept;
        }
    }
    own.retain(|own| !own.keys.is_empty() || !told.iter().any(|odd| odd.gave_way(own.row)));
}

/// A line of the user's keys that was not taken as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedBinding {
    /// The line in the file, from 1.
    pub line: usize,
    /// What is odd.
    pub problem: BindingProblem,
}

impl RejectedBinding {
    fn gave_way(&self, row: &Row) -> bool {
        matches!(&self.problem, BindingProblem::GaveWay(pair) if pair.one.command == row.command)
    }
}

/// What is odd about a line of the user's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BindingProblem {
    NoSuchCommand(String),
    GivenTwice(&'static str),
    /// A key that is none.
    NotAKey(&'static str, NotAKey),
    KeyTwice {
        id: &'static str,
        key: Key,
    },
    Reserved {
        id: &'static str,
        key: Key,
        why: DisabledReason,
    },
    /// Two commands of one place: the line takes the key from a default, or yields to an earlier line.
    Taken {
        pair: Pair,
        /// The one that lost it has no key any more.
        none_left: bool,
    },
    /// In a narrower place the key means another command.
    Redacted {
        key: Key,
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
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    key: Key,
    one: &'static Row,
    other: &'static Row,
    /// The line of the other, if it has one.
    line: Option<usize>,
}

impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        let parts = |pair: &Self| (pair.key, pair.one.id, pair.other.id, pair.line);
        parts(self) == parts(other)
    }
}

impl Eq for Pair {}

/// In English whatever the language, as everything that is said about the file.
impl fmt::Display for BindingProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchCommand(id) => {
                write!(f, "there is no command “{}”; the README lists them", crate::domain::text::clean(id))
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
            Self::Redacted { key, one: (Place::Anywhere, id), others } => {
                let others: Vec<_> = others.iter().map(|(place, id)| format!("in {place:?} it is {id}")).collect();
                write!(f, "{id} is on {}, but {}", key.name(), others.join(", "))
            }
            Self::Redacted { key, one: (place, id), others } => {
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
        write!(f, "{} and {}{line} are both on {}", self.one.id, self.other.id, self.key.name())
    }
}

#[cfg(test)]
mod tests;
