//! What becomes of the user's own keys. What is written takes a key from another command of the same place, and of two
//! lines the first keeps it. What cannot be taken back wins against nothing: a habit must not open it.

use super::problem::{BindingProblem, DisabledReason, Pair, RejectedBinding};
use super::{Binding, Keymap};
use crate::app::command::{Command, Danger, Place, Row, TABLE};
use crate::app::key::{Code, Key, Sequence};
use crate::domain::nearest::nearest;

impl Keymap {
    /// Binds commands to keys of the user's choice, over what is bound so far. Where nothing of a line can be had, that
    /// stays.
    pub fn rebind(&mut self, lines: &[Binding]) -> Vec<RejectedBinding> {
        let base = self.clone();
        let mut told = Vec::new();
        let mut own: Vec<Own> = Vec::new();
        for line in lines {
            let tell = |problem| RejectedBinding { line: line.line, problem };
            match TABLE.iter().find(|row| row.id == line.id) {
                None => told.push(tell(BindingProblem::NoSuchCommand(line.id.clone(), similar(&line.id)))),
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
        give_way(&base, &mut own, &mut told);
        for own in &own {
            self.set(own.row.command, own.keys.clone());
        }
        for (at, one) in own.iter().enumerate() {
            let (earlier, later) = (own.get(..at).unwrap_or_default(), own.get(at + 1..).unwrap_or_default());
            self.settle(&base, one, (earlier, later), &mut told);
        }
        told.sort_by_key(|odd| odd.line);
        told
    }

    /// Takes the keys of a line from the others of its place, or yields to an earlier line.
    fn settle(&mut self, base: &Self, one: &Own, (earlier, later): (&[Own], &[Own]), told: &mut Vec<RejectedBinding>) {
        for key in &one.keys {
            let mut hidden = Vec::new();
            for other in TABLE.iter().filter(|other| other.command != one.row.command) {
                // Of two lines the later one yields, and tells.
                let Some(other_key) = self.clash(other, key).filter(|_| line_of(later, other).is_none()) else {
                    continue;
                };
                let line = line_of(earlier, other);
                let pair = Pair { key: key.clone(), one: one.row, other, other_key: other_key.clone(), line };
                if other.place == one.row.place {
                    let yields = line.is_some();
                    let loser = if yields { one.row } else { other }.command;
                    let left: Vec<Sequence> =
                        self.keys(loser).iter().filter(|bound| !bound.clashes(key)).cloned().collect();
                    let none_left = left.is_empty();
                    self.set(loser, left);
                    told.push(RejectedBinding { line: one.line, problem: BindingProblem::Taken { pair, none_left } });
                    if yields {
                        hidden.clear();
                        break;
                    }
                } else if meet(one.row, other) && !(base.has(one.row, key) && base.has(other, &other_key)) {
                    hidden.push((other.place, other.id));
                }
            }
            if !hidden.is_empty() {
                let key = key.clone();
                let problem = BindingProblem::Shadowed { key, one: (one.row.place, one.row.id), others: hidden };
                told.push(RejectedBinding { line: one.line, problem });
            }
        }
    }

    fn has(&self, row: &Row, key: &Sequence) -> bool {
        self.keys(row.command).contains(key)
    }

    /// The key of a command that stands in this key's way.
    fn clash(&self, row: &Row, key: &Sequence) -> Option<Sequence> {
        self.keys(row.command).iter().find(|bound| bound.clashes(key)).cloned()
    }
}

/// A line that names a command, with the keys of it that can be had.
struct Own {
    line: usize,
    row: &'static Row,
    keys: Vec<Sequence>,
}

/// The line that names this command, if there is one.
fn line_of(own: &[Own], row: &Row) -> Option<usize> {
    own.iter().find(|own| own.row.command == row.command).map(|own| own.line)
}

/// The command that a mistyped id was meant to be: among those of its group, else by its group, else by its last word.
fn similar(id: &str) -> Option<&'static str> {
    let (group, typed) = id.split_once('.').unwrap_or(("", id));
    let of = |row: &Row| row.id.split_once('.').unwrap_or(("", row.id));
    let by_name = |named: &str, fits: &dyn Fn(&Row) -> bool| {
        let rows = || TABLE.iter().filter(|row| fits(row));
        let name = nearest(named, rows().map(|row| of(row).1))?;
        rows().find(|row| of(row).1 == name).map(|row| row.id)
    };
    let meant = nearest(group, TABLE.iter().map(|row| of(row).0));
    by_name(typed, &|row| of(row).0 == group)
        .or_else(|| by_name(typed, &|row| Some(of(row).0) == meant))
        .or_else(|| by_name(typed, &|_| true))
}

/// Both can be meant by one key press: in one place, or because what works anywhere works in the other's place too.
pub(super) fn meet(one: &Row, other: &Row) -> bool {
    one.place == other.place || one.place == Place::Anywhere || other.place == Place::Anywhere
}

fn readable(row: &'static Row, names: &[String], tell: &mut impl FnMut(BindingProblem)) -> Vec<Sequence> {
    let mut keys: Vec<Sequence> = Vec::new();
    for name in names {
        match name.parse::<Sequence>() {
            Err(error) => tell(BindingProblem::NotAKey(row.id, error)),
            Ok(key) => match reserved(row, &key) {
                Some(why) => tell(BindingProblem::Reserved { id: row.id, key, why }),
                None if keys.iter().any(|had| had.clashes(&key)) => tell(BindingProblem::KeyTwice { id: row.id, key }),
                None => keys.push(key),
            },
        }
    }
    keys
}

/// Why this command cannot have this key, whatever else is bound.
pub(super) fn reserved(row: &Row, keys: &Sequence) -> Option<DisabledReason> {
    if let Some(key) = keys.single() {
        return taken(row, key).or_else(|| {
            let reflex = reflex(key) && row.danger == Danger::Destroys;
            reflex.then_some(DisabledReason::Reflex)
        });
    }
    // Within a sequence nothing but a plain key is left to it: Esc drops it, whatever command it is for.
    let within = keys.keys().iter().find_map(|key| match key.code {
        Code::Esc => Some(DisabledReason::AlwaysBack),
        Code::Char('c') if key.ctrl && !key.alt => Some(DisabledReason::AlwaysQuits),
        _ => taken(row, *key),
    });
    let reflex = row.danger == Danger::Destroys && keys.keys().iter().all(|key| reflex(*key));
    within.or_else(|| reflex.then_some(DisabledReason::Reflex))
}

fn taken(row: &Row, key: Key) -> Option<DisabledReason> {
    match key.code {
        // Answered before the key map is asked, so that it works in any state.
        Code::Char('c') if key.ctrl && !key.alt => {
            (row.command != Command::Quit).then_some(DisabledReason::AlwaysQuits)
        }
        Code::Char('z') if key.ctrl && !key.alt => Some(DisabledReason::AlwaysSuspends),
        Code::Esc if !key.ctrl && !key.alt => (row.command != Command::Back).then_some(DisabledReason::AlwaysBack),
        // One byte for both: terminals cannot tell them apart.
        Code::Char('i') if key.ctrl => Some(DisabledReason::SameAs(Key::plain(Code::Tab))),
        Code::Char('m') if key.ctrl => Some(DisabledReason::SameAs(Key::plain(Code::Enter))),
        Code::Char('[') if key.ctrl => Some(DisabledReason::SameAs(Key::plain(Code::Esc))),
        _ => None,
    }
}

/// Pressed without looking: to choose, to mark, to pick a row by its number.
fn reflex(key: Key) -> bool {
    let codes =
        matches!(key.code, Code::Enter | Code::Tab | Code::BackTab | Code::Backspace | Code::Char(' ' | '0'..='9'));
    codes && !key.ctrl && !key.alt
}

/// Drops the keys of what cannot be taken back that mean anything else; if none is left, those before stay.
fn give_way(base: &Keymap, own: &mut Vec<Own>, told: &mut Vec<RejectedBinding>) {
    for at in 0..own.len() {
        let Some(one) = own.get(at).filter(|own| own.row.danger == Danger::Destroys) else { continue };
        let (row, at_line, wanted) = (one.row, one.line, one.keys.clone());
        let mut kept = Vec::new();
        for key in wanted {
            let bound = |other: &Row| match own.iter().find(|own| own.row.command == other.command) {
                Some(own) => own.keys.iter().find(|bound| bound.clashes(&key)).cloned(),
                None => base.clash(other, &key),
            };
            let mut others = TABLE.iter().filter(|other| other.command != row.command && meet(row, other));
            match others.find_map(|other| Some((*other, bound(other)?))) {
                None => kept.push(key),
                Some((other, other_key)) => {
                    let pair = Pair { key, one: row, other, other_key, line: line_of(own, other) };
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
