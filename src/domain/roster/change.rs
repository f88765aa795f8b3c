//! Changes: rows put in and taken out, and how orders, verdicts and list catch up with them.

use super::index::Index;
use super::order;
use super::totals::Counts;
use super::visible::Verdict;
use super::{Account, Roster, keys};
use crate::domain::alphabet::Alphabet;
use crate::domain::company::Company;
use crate::domain::id::{CompanyId, CompanyKey, ProfileId};

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
        account.slots.get(&key.company, &self.store)
    }

    pub(super) fn account(&mut self, profile: &ProfileId) -> usize {
        self.accounts.iter().position(|account| account.profile == *profile).unwrap_or_else(|| {
            self.accounts.push(Account {
                profile: profile.clone(),
                slots: Index::default(),
                counts: Counts::default(),
                seen: None,
            });
            self.store.add_profile(profile);
            self.accounts.len() - 1
        })
    }

    pub(super) fn new_slot(&mut self, account: usize, id: &CompanyId) -> u32 {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.verdicts.push(Verdict::default());
            self.store.new_slot()
        });
        if let Some(account) = self.accounts.get_mut(account) {
            account.slots.insert(id, slot);
        }
        slot
    }

    /// Puts a company into its slot and notes what that changes.
    pub(super) fn put(
        &mut self,
        slot: u32,
        account: usize,
        company: &Company,
        alphabet: &Alphabet,
        touched: &mut Touched,
    ) {
        let old = self.store.company(slot);
        if !self.store.put(slot, account, company) {
            return;
        }
        if let Some(account) = self.accounts.get_mut(account) {
            if let Some(old) = &old {
                account.counts.take_away(old);
            }
            account.counts.add(company);
        }
        if let Some(old) = &old {
            self.totals.take_away(old);
        }
        self.totals.add(company);
        if old.as_ref().is_none_or(|old| old.name != company.name) {
            touched.renamed.push(slot);
        }
        if old.is_none_or(|old| keys::differ(&old, company)) {
            self.keys.set(slot, company, alphabet);
        }
        if company.snooze_until.is_some() {
            self.snoozed.insert(slot);
        } else {
            self.snoozed.remove(&slot);
        }
        touched.changed.push(slot);
    }

    pub(super) fn vacate(&mut self, slot: u32, touched: &mut Touched) {
        if let Some(company) = self.store.company(slot) {
            let account = self.store.head(slot).map(|head| head.account);
            if let Some(account) = account.and_then(|account| self.accounts.get_mut(account)) {
                account.counts.take_away(&company);
            }
            self.store.take_out(slot);
            self.totals.take_away(&company);
            self.snoozed.remove(&slot);
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
        let shows = self.accounts_shown();
        for &slot in &touched.changed {
            let passes = self.store.head(slot).is_some_and(|head| self.query.filter.passes(&head, &shows));
            let tier = self.search.tier(&self.keys, slot, &self.store);
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
