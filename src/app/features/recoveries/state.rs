//! Screen 3: open recoveries over all companies of all accounts, oldest first.

use crate::app::core::per_account;
use crate::app::core::per_account::{Listed, PerAccount, Row};
use crate::app::core::selection::Selection;
use crate::app::features::attention;
use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::domain::alphabet;
use crate::domain::id::{CompanyKey, UserId};
use crate::domain::recovery::Recovery;
use jiff::Timestamp;
use std::cmp::Ordering;

/// The screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecoveriesPane {
    /// The recoveries of all accounts, oldest first.
    pub list: PerAccount<Recovery>,
    pub selection: Selection<(CompanyKey, UserId)>,
}

/// Whose company a recovery is of.
pub fn company_of(row: &Row<Recovery>) -> CompanyKey {
    CompanyKey { profile: row.profile.clone(), company: row.item.company.clone() }
}

impl Model {
    /// The recoveries of the accounts that are shown, oldest first.
    pub fn recoveries_shown(&self) -> impl Iterator<Item = &Row<Recovery>> {
        let filter = &self.roster.query().filter;
        self.recoveries.list.rows().iter().filter(|row| filter.shows(&row.profile))
    }

    /// The row under the cursor, among those that are shown.
    pub fn recovery_row(&self) -> Option<usize> {
        self.recoveries.selection.index(self.recoveries_shown(), |row, (key, user)| {
            row.profile == key.profile && row.item.company == key.company && row.item.user == *user
        })
    }

    /// The recovery under the cursor. None when it was completed by somebody else: better none than the wrong one.
    pub fn selected_recovery(&self) -> Option<&Row<Recovery>> {
        self.recoveries_shown().nth(self.recovery_row()?)
    }

    /// Puts the cursor on a row.
    pub fn put_on_recovery(&mut self, row: usize) {
        let at = self.recoveries_shown().nth(row).map(|it| (company_of(it), it.item.user.clone()));
        self.recoveries.selection.put(row, at);
    }
}

/// When to ask an account again, while the screen is looked at.
pub fn due(model: &Model) -> Option<Timestamp> {
    let looks = model.screen == Screen::Recoveries || attention::wants_recoveries(model);
    let of = if looks { per_account::askable(model) } else { Vec::new() };
    of.iter().filter_map(|profile| model.recoveries.list.due(profile)).min()
}

/// Oldest first; those without a beginning last, by company and name.
impl Listed for Recovery {
    fn beside(&self, other: &Self) -> Ordering {
        let begun = |it: &Self| (it.begin_time.is_none(), it.begin_time);
        let named = |it: &Self| (alphabet::key(&it.company_name), alphabet::key(&it.display_name));
        let ids = |it: &Self| (it.company.clone(), it.user.clone());
        // Names only where the moment does not decide.
        begun(self)
            .cmp(&begun(other))
            .then_with(|| named(self).cmp(&named(other)))
            .then_with(|| ids(self).cmp(&ids(other)))
    }
}

/// In the order of the screen.
pub fn in_order(mut list: Vec<Recovery>) -> Vec<Recovery> {
    list.sort_by(Listed::beside);
    list
}
