//! Changes: rows put in and taken out, and how orders, verdicts and list catch up with them.

use super::order::{self, Alphabet};
use super::shown::Verdict;
use super::{Account, Roster, Row, keys};
use crate::domain::company::Company;
use crate::domain::id::{CompanyId, CompanyKey, ProfileId};
use std::collections::HashMap;
use std::sync::Arc;

/// What one change touched, until the orders have caught up with it.
#[derive(Default)]
pub(super) struct Touched {
    /// New or different in any way.
    changed: Vec<u32>,
    /// New, or with another name.
    renamed: Vec<u32>,
    /// No longer there.
    gone: Vec<u32>,
}

impl Roster {
    pub(super) fn slot(&self, key: &CompanyKey) -> Option<u32> {
        let account = self.accounts.iter().find(|account| account.profile == key.profile)?;
        account.slots.get(&key.company).copied()
    }

    pub(super) fn row_in(&self, slot: u32) -> Option<&Row> {
        self.rows.get(slot as usize)?.as_deref()
    }

    pub(super) fn account(&mut self, profile: &ProfileId) -> usize {
        self.accounts.iter().position(|account| account.profile == *profile).unwrap_or_else(|| {
            self.accounts.push(Account { profile: profile.clone(), slots: HashMap::new(), seen: None });
            self.accounts.len() - 1
        })
    }

    pub(super) fn new_slot(&mut self, account: usize, id: &CompanyId) -> u32 {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.rows.push(None);
            self.verdicts.push(Verdict::default());
            // Four thousand million companies do not fit into memory.
            u32::try_from(self.rows.len() - 1).unwrap_or(u32::MAX)
        });
        if let Some(account) = self.accounts.get_mut(account) {
            account.slots.insert(id.clone(), slot);
        }
        slot
    }

    /// Puts a company into its slot and notes what that changes.
    pub(super) fn put(
        &mut self,
        slot: u32,
        profile: &ProfileId,
        company: Company,
        alphabet: &Alphabet,
        touched: &mut Touched,
    ) {
        let Some(place) = self.rows.get_mut(slot as usize) else {
            return;
        };
        let before = place.take();
        if before.as_ref().is_some_and(|row| row.company == company) {
            *place = before;
            return;
        }
        if let Some(row) = &before {
            self.totals.take_away(&row.company);
        }
        self.totals.add(&company);
        let old = before.as_ref().map(|row| &row.company);
        if old.is_none_or(|old| old.name != company.name) {
            touched.renamed.push(slot);
        }
        if old.is_none_or(|old| keys::differ(old, &company)) {
            self.keys.set(slot, &company, alphabet);
        }
        let key = CompanyKey { profile: profile.clone(), company: company.id.clone() };
        *place = Some(Arc::new(Row { key, company }));
        touched.changed.push(slot);
    }

    pub(super) fn vacate(&mut self, slot: u32, touched: &mut Touched) {
        if let Some(row) = self.rows.get_mut(slot as usize).and_then(Option::take) {
            self.totals.take_away(&row.company);
            self.keys.clear(slot);
            self.free.push(slot);
            touched.gone.push(slot);
        }
    }

    /// Lets orders, verdicts and list catch up with a change.
    pub(super) fn settle(&mut self, mut touched: Touched) -> bool {
        if touched.changed.is_empty() && touched.gone.is_empty() {
            return false;
        }
        for slots in [&mut touched.changed, &mut touched.renamed] {
            slots.sort_unstable();
            slots.dedup();
        }
        self.keys.pack();
        let mut by_name = std::mem::take(&mut self.by_name);
        order::take_out(&mut by_name, &[touched.gone.as_slice(), &touched.renamed].concat());
        order::merge_in(&mut by_name, touched.renamed, |a, b| self.compare_names(a, b));
        self.by_name = by_name;
        if let Some((mut order, sort)) = self.by_column.take().zip(self.query.sort) {
            order::take_out(&mut order, &[touched.gone.as_slice(), &touched.changed].concat());
            order::merge_in(&mut order, touched.changed.clone(), |a, b| self.compare(sort, a, b));
            self.by_column = Some(order);
        }
        for &slot in &touched.changed {
            let passes = self.row_in(slot).is_some_and(|row| self.query.filter.passes(&row.company));
            let id = self.row_in(slot).map(|row| row.key.company.clone());
            let tier = self.search.tier(&self.keys, slot, id.as_ref().map_or("", |id| id.as_str()));
            if let Some(verdict) = self.verdicts.get_mut(slot as usize) {
                *verdict = Verdict { passes, tier };
            }
        }
        self.show();
        true
    }
}

pub(super) fn mark(seen: &mut Vec<bool>, slot: u32) {
    let at = slot as usize;
    if at >= seen.len() {
        seen.resize(at + 1, false);
    }
    if let Some(seen) = seen.get_mut(at) {
        *seen = true;
    }
}
