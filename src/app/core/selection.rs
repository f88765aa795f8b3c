//! Moving over rows, and what is selected among them.

use crate::app::key::{Code, Key};

/// A step of a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movement {
    Down,
    Up,
    Top,
    Bottom,
    PageDown,
    PageUp,
    HalfPageDown,
    HalfPageUp,
    /// To the row of this number, from 0.
    Row(usize),
}

impl Movement {
    /// Where a cursor goes from row `at` of `len`, with so many rows on a page.
    pub fn apply(self, at: usize, len: usize, page: usize) -> usize {
        let last = len.saturating_sub(1);
        match self {
            Self::Down => at.saturating_add(1).min(last),
            Self::Up => at.saturating_sub(1).min(last),
            Self::Top => 0,
            Self::Bottom => last,
            Self::PageDown => at.saturating_add(page).min(last),
            Self::PageUp => at.saturating_sub(page).min(last),
            Self::HalfPageDown => at.saturating_add((page / 2).max(1)).min(last),
            Self::HalfPageUp => at.saturating_sub((page / 2).max(1)).min(last),
            Self::Row(row) => row.min(last),
        }
    }

    /// The same where the selected row may have vanished: the first step only takes up the row that is there now.
    pub fn apply_from(self, selected: Option<usize>, vanished: usize, len: usize, page: usize) -> usize {
        match (selected, self) {
            (Some(row), _) => self.apply(row, len, page),
            (None, Self::Down | Self::Up) => vanished.min(len.saturating_sub(1)),
            (None, _) => self.apply(0, len, page),
        }
    }

    /// What a key means in a menu: arrows always, letters where none are typed.
    pub fn of(key: Key, letters: bool) -> Option<Self> {
        Some(match (key.code, key.ctrl) {
            (Code::Down, _) | (Code::Char('n'), true) => Self::Down,
            (Code::Up, _) | (Code::Char('p'), true) => Self::Up,
            (Code::PageDown, _) | (Code::Char('d'), true) => Self::PageDown,
            (Code::PageUp, _) => Self::PageUp,
            (Code::Char('u'), true) if letters => Self::HalfPageUp,
            (Code::Char('j'), false) if letters => Self::Down,
            (Code::Char('k'), false) if letters => Self::Up,
            (Code::Char('g') | Code::Home, false) if letters => Self::Top,
            (Code::Char('G') | Code::End, false) if letters => Self::Bottom,
            _ => return None,
        })
    }
}

/// The row under the cursor: by key, so that rows that come and go never move a command to another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection<K> {
    /// None until moved, which is the first row.
    pub key: Option<K>,
    /// Where it was last; the place to go on from when it is gone.
    pub row: usize,
    /// The user has moved it.
    pub touched: bool,
}

impl<K> Default for Selection<K> {
    fn default() -> Self {
        Self { key: None, row: 0, touched: false }
    }
}

impl<K> Selection<K> {
    /// Which of these rows is selected: none when it has vanished, better none than the wrong one.
    pub fn index<R>(&self, rows: impl IntoIterator<Item = R>, is: impl Fn(&R, &K) -> bool) -> Option<usize> {
        rows.into_iter().position(|row| self.key.as_ref().is_none_or(|key| is(&row, key)))
    }

    /// The same where [`Self::follow`] has kept the row.
    pub fn kept(&self, len: usize, is: impl Fn(usize, &K) -> bool) -> Option<usize> {
        let row = if self.key.is_some() { self.row } else { 0 };
        (row < len && self.key.as_ref().is_none_or(|key| is(row, key))).then_some(row)
    }

    pub fn put(&mut self, row: usize, key: Option<K>) {
        (self.row, self.key) = (row, key);
    }

    /// The rows are others now, and what is selected is in this one of them, or gone.
    pub fn follow(&mut self, found: Option<usize>, len: usize) {
        self.row = found.unwrap_or_else(|| self.row.min(len.saturating_sub(1)));
    }
}
