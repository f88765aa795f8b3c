//! Screen 3: open recoveries over all companies, oldest first.

use super::remote::Remote;
use crate::domain::id::{CompanyId, UserId};
use crate::domain::recovery::Recovery;
use jiff::Timestamp;

/// The screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecoveriesPane {
    /// The recoveries, oldest first.
    pub list: Remote<Vec<Recovery>>,
    /// The recovery under the cursor; none until moved, which is the oldest.
    pub cursor: Option<(CompanyId, UserId)>,
    /// The row where it was last; the place to go on from when it is gone.
    pub row: usize,
    /// When to ask again, while the screen is looked at; none is at once.
    pub due: Option<Timestamp>,
}

impl RecoveriesPane {
    /// The row under the cursor.
    #[must_use]
    pub fn selected_row(&self) -> Option<usize> {
        let list = self.list.value()?;
        match &self.cursor {
            Some((company, user)) => list.iter().position(|it| it.company == *company && it.user == *user),
            None => (!list.is_empty()).then_some(0),
        }
    }

    /// The recovery under the cursor. None when it was completed by somebody else: better none than the wrong one.
    #[must_use]
    pub fn selected(&self) -> Option<&Recovery> {
        self.list.value()?.get(self.selected_row()?)
    }

    /// Puts the cursor on a row.
    pub fn put(&mut self, row: usize) {
        self.row = row;
        let at = self.list.value().and_then(|list| list.get(row));
        self.cursor = at.map(|recovery| (recovery.company.clone(), recovery.user.clone()));
    }

    /// Takes a recovery off the list that was completed or cancelled from here; the next one takes its row.
    pub fn close(&mut self, company: &CompanyId, user: &UserId) {
        let was = self.selected_row();
        let Some(list) = self.list.value_mut() else { return };
        let Some(at) = list.iter().position(|it| it.company == *company && it.user == *user) else { return };
        list.remove(at);
        let len = list.len();
        if was == Some(at) {
            self.put(at.min(len.saturating_sub(1)));
        }
    }
}

/// Oldest first; those without a beginning last, by company and name.
#[must_use]
pub fn in_order(mut list: Vec<Recovery>) -> Vec<Recovery> {
    list.sort_by_cached_key(|it| {
        let begun = (it.begin_time.is_none(), it.begin_time);
        (begun, it.company_name.to_lowercase(), it.display_name.to_lowercase(), it.company.clone(), it.user.clone())
    });
    list
}
