//! Screen 5 and the tab of the same name: who did what.

use super::remote::Remote;
use crate::domain::activity::{Event, ListActivity};
use crate::domain::id::CompanyKey;

/// A stretch of the audit trail, newest first, as far as it was loaded.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trail {
    /// What is asked for; without a page token.
    pub asked: ListActivity,
    /// The rows so far.
    pub events: Remote<Vec<Event>>,
    /// Where to go on; `None` at the end.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: Option<u64>,
    /// The row under the cursor.
    pub cursor: usize,
}

impl Trail {
    /// The event under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&Event> {
        self.events.value()?.get(self.cursor)
    }
}

/// What is waited for: a page of the screen's trail, or of a company's.
#[derive(Debug, Clone, PartialEq)]
pub struct Wait {
    /// Of a company; none is the screen.
    pub company: Option<CompanyKey>,
    /// It goes on where the last page ended.
    pub more: bool,
}

/// What narrows the trail, being chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityMenu {
    /// The row under the cursor.
    pub cursor: usize,
}
