//! Menus.

use super::selection::Movement;
use crate::app::key::{Code, Key};

/// A menu whose choices take effect at once: Space chooses and stays, Enter accepts and closes, a number does both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Menu {
    pub cursor: usize,
    /// Something was chosen since it opened: Enter has nothing left to choose.
    pub changed: bool,
}

/// What a key means in a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Moved,
    /// This row is chosen, and the menu stays.
    Chosen(usize),
    /// The menu closes, and this row is still to be chosen.
    Accepted(Option<usize>),
    /// Esc, q, or the key that opened it.
    Closed,
    /// A key of the menu's own, or none.
    Other,
}

impl Menu {
    /// Opens on this row.
    pub fn at(cursor: usize) -> Self {
        Self { cursor, changed: false }
    }

    /// Space: the row under the cursor is chosen, and the menu stays.
    pub fn choose(&mut self) -> usize {
        self.changed = true;
        self.cursor
    }

    /// Enter: the row that is still to be chosen as the menu closes, if nothing was decided in it before.
    pub fn accept(self) -> Option<usize> {
        (!self.changed).then_some(self.cursor)
    }

    /// What a key means over so many rows. `own` is the letter that opened the menu.
    pub fn key(&mut self, key: Key, len: usize, page: usize, own: char) -> Choice {
        self.cursor = self.cursor.min(len.saturating_sub(1));
        if let Some(movement) = Movement::of(key, true) {
            self.cursor = movement.apply(self.cursor, len, page);
            return Choice::Moved;
        }
        match key.code {
            Code::Char(' ') => Choice::Chosen(self.choose()),
            Code::Enter => Choice::Accepted(self.accept()),
            Code::Esc | Code::Char('q') => Choice::Closed,
            Code::Char(c) if c == own => Choice::Closed,
            _ => Choice::Other,
        }
    }

    /// The same where the rows are numbered from 1, and a number picks its row at once.
    pub fn numbered_key(&mut self, key: Key, len: usize, own: char) -> Choice {
        match digit(key).and_then(|digit| digit.checked_sub(1)).filter(|row| *row < len) {
            Some(row) => Choice::Accepted(Some(row)),
            None => self.key(key, len, len, own),
        }
    }
}

/// The digit that was typed.
pub fn digit(key: Key) -> Option<usize> {
    key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| usize::try_from(digit).ok())
}
