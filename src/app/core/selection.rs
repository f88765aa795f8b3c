//! Moving over rows.

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
}

impl Movement {
    /// Where a cursor goes from row `at` of `len`, with so many rows on a page.
    #[must_use]
    pub fn apply(self, at: usize, len: usize, page: usize) -> usize {
        let last = len.saturating_sub(1);
        match self {
            Self::Down => at.saturating_add(1).min(last),
            Self::Up => at.saturating_sub(1).min(last),
            Self::Top => 0,
            Self::Bottom => last,
            Self::PageDown => at.saturating_add(page).min(last),
            Self::PageUp => at.saturating_sub(page).min(last),
        }
    }

    /// The same where the selected row may have vanished: the first step only takes up the row that is there now.
    #[must_use]
    pub fn apply_from(self, selected: Option<usize>, vanished: usize, len: usize, page: usize) -> usize {
        match (selected, self) {
            (Some(row), _) => self.apply(row, len, page),
            (None, Self::Down | Self::Up) => vanished.min(len.saturating_sub(1)),
            (None, _) => self.apply(0, len, page),
        }
    }

    /// What a key means in a menu: arrows always, letters where none are typed.
    #[must_use]
    pub fn of(key: Key, letters: bool) -> Option<Self> {
        Some(match (key.code, key.ctrl) {
            (Code::Down, _) | (Code::Char('n'), true) => Self::Down,
            (Code::Up, _) | (Code::Char('p'), true) => Self::Up,
            (Code::PageDown, _) | (Code::Char('d'), true) => Self::PageDown,
            (Code::PageUp, _) => Self::PageUp,
            (Code::Char('j'), false) if letters => Self::Down,
            (Code::Char('k'), false) if letters => Self::Up,
            (Code::Char('g') | Code::Home, false) if letters => Self::Top,
            (Code::Char('G') | Code::End, false) if letters => Self::Bottom,
            _ => return None,
        })
    }
}
