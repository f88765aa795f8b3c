//! Changes: rows put in and taken out, and how orders, verdicts and list catch up with them.

use super::batch::{Batch, Rows};
use super::index::Index;
use super::news::News;
use super::order;
use super::totals::Counts;
use super::visible::Verdict;
use super::{Account, Roster, keys};
use crate::domain::company::{Company, CompanyState};
use crate::domain::id::{CompanyKey, ProfileId};

/// A batch of so many companies is taken in as it lies, with its own words. Fewer are written anew: else every poll
/// would leave a list of words behind. Tests take both ways.
const LARGE: usize = if cfg!(test) { 3 } else { 64 };

/// What one change touched, until the orders have caught up with it. Each slot is named once.
#[derive(Default)]
pub(super) struct Touched {
    new: Vec<u32>,
    /// Different in any way.
    changed: Vec<u32>,
    /// Those of the changed that have another name.
    renamed: Vec<u32>,
    /// No longer there.
    gone: Vec<u32>,
}

impl Touched {
    fn note(&mut self, slot: u32, old: Option<&Company>, name: impl FnOnce() -> String) {
        match old {
            None => self.new.push(slot),
            Some(old) => {
                self.changed.push(slot);
                if old.name != name() {
                    self.renamed.push(slot);
                }
            }
        }
    }
}

impl Roster {
    /// Takes in new and changed companies of a profile; true when anything differs from before.
    pub fn upsert(&mut self, profile: &ProfileId, companies: impl Into<Batch>) -> bool {
        self.store.tidy();
        let batch = companies.into();
        let account = self.account(profile);
        let mut touched = Touched::default();
        if batch.len() >= LARGE {
            self.take_over(account, *batch.0, &mut touched);
        } else {
            for company in batch.iter() {
                let slot = self.known(account, company.id.as_str());
                let slot = slot.unwrap_or_else(|| self.new_slot(account, company.id.as_str()));
                self.put(slot, account, &company, &mut touched);
            }
        }
        self.settle(touched)
    }

    /// Takes in a batch as it lies.
    fn take_over(&mut self, account: u16, mut batch: Rows, touched: &mut Touched) {
        let mut differing = Vec::with_capacity(batch.by_name.len());
        for &its in &batch.by_name {
            let known = batch.with_id(its, |id| self.known(account, id)).flatten();
            match known.and_then(|slot| self.store.company(slot)) {
                Some(old) if batch.store.company(its).as_ref() == Some(&old) => batch.totals.take_away(&old),
                old => {
                    let slot = known.or_else(|| batch.with_id(its, |id| self.new_slot(account, id)));
                    differing.extend(slot.map(|slot| (its, slot, old)));
                }
            }
        }
        if differing.is_empty() {
            return;
        }
        // Beyond 4 GiB nothing is taken in any more.
        let Some(stored) = self.store.append(&mut batch.store) else { return };
        let Some(keyed) = self.keys.append(&mut batch.keys) else { return };
        for (its, slot, old) in differing {
            self.store.take_over(slot, account, &batch.store, its, stored);
            self.keys.take_over(slot, &batch.keys, its, keyed);
            self.forget(account, old.as_ref());
            let head = self.store.head(slot).map(|head| (head.snooze_until.is_some(), head.update_time));
            let (snoozed, changed) = head.unwrap_or_default();
            self.snooze(slot, snoozed);
            self.note_change(account, slot, changed);
            touched.note(slot, old.as_ref(), || self.store.company(slot).map(|new| new.name).unwrap_or_default());
        }
        self.count(account, |counts| *counts = counts.plus(batch.totals.counts));
        self.totals.add_all(&batch.totals);
    }

    fn known(&mut self, account: u16, id: &str) -> Option<u32> {
        let account = self.accounts.get_mut(usize::from(account))?;
        let slot = account.slots.get(id, &self.store)?;
        if let Some(seen) = account.seen.as_mut() {
            mark(seen, slot);
        }
        Some(slot)
    }

    pub(super) fn slot(&self, key: &CompanyKey) -> Option<u32> {
        let account = self.accounts.iter().find(|account| account.profile == key.profile)?;
        account.slots.get(key.company.as_str(), &self.store)
    }

    /// The number of a profile's account.
    pub(super) fn account(&mut self, profile: &ProfileId) -> u16 {
        let at = self.accounts.iter().position(|account| account.profile == *profile).unwrap_or_else(|| {
            self.accounts.push(Account {
                profile: profile.clone(),
                slots: Index::default(),
                counts: Counts::default(),
                news: News::default(),
                seen: None,
            });
            self.store.add_profile(profile);
            self.accounts.len() - 1
        });
        // Nobody has 65,536 accounts.
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    fn new_slot(&mut self, account: u16, id: &str) -> u32 {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.verdicts.push(Verdict::default());
            self.store.new_slot()
        });
        if let Some(account) = self.accounts.get_mut(usize::from(account)) {
            account.slots.insert(id, slot);
            if let Some(seen) = account.seen.as_mut() {
                mark(seen, slot);
            }
        }
        slot
    }

    /// Puts a company into its slot and notes what that changes.
    pub(super) fn put(&mut self, slot: u32, account: u16, company: &Company, touched: &mut Touched) {
        let old = self.store.company(slot);
        if old.as_ref() == Some(company) {
            return;
        }
        self.store.put(slot, account, company);
        if old.as_ref().is_none_or(|old| keys::differ(old, company)) {
            self.keys.set(slot, company);
        }
        self.count(account, |counts| counts.add(company));
        self.totals.add(company);
        self.forget(account, old.as_ref());
        self.snooze(slot, company.snooze_until.is_some());
        self.note_change(account, slot, company.update_time);
        touched.note(slot, old.as_ref(), || company.name.clone());
    }

    fn count(&mut self, account: u16, change: impl FnOnce(&mut Counts)) {
        if let Some(account) = self.accounts.get_mut(usize::from(account)) {
            change(&mut account.counts);
        }
    }

    /// Counts what was there before no longer.
    fn forget(&mut self, account: u16, old: Option<&Company>) {
        if let Some(old) = old {
            self.count(account, |counts| counts.take_away(old));
            self.totals.take_away(old);
        }
    }

    fn snooze(&mut self, slot: u32, snoozed: bool) {
        if snoozed {
            self.snoozed.insert(slot);
        } else {
            self.snoozed.remove(&slot);
        }
    }

    pub(super) fn vacate(&mut self, slot: u32, touched: &mut Touched) {
        if let Some((company, head)) = self.store.company(slot).zip(self.store.head(slot)) {
            let account = head.account;
            self.forget(account, Some(&company));
            self.store.take_out(slot);
            self.snooze(slot, false);
            self.forget_change(account, slot);
            self.keys.clear(slot);
            self.free.push(slot);
            touched.gone.push(slot);
        }
    }

    /// Lets orders, verdicts and list catch up with a change.
    pub(super) fn settle(&mut self, touched: Touched) -> bool {
        let Touched { new, changed, renamed, gone } = touched;
        if new.is_empty() && changed.is_empty() && gone.is_empty() {
            return false;
        }
        self.keys.pack();
        let mut by_name = std::mem::take(&mut self.by_name);
        order::take_out(&mut by_name, &[gone.as_slice(), &renamed].concat());
        order::merge_in(&mut by_name, [new.as_slice(), &renamed].concat(), |a, b| self.compare_names(a, b));
        self.by_name = by_name;
        let fresh = [new.as_slice(), &changed].concat();
        if let Some((mut order, sort)) = self.by_column.take().zip(self.query.sort) {
            order::take_out(&mut order, &[gone.as_slice(), &changed].concat());
            order::merge_in(&mut order, fresh.clone(), |a, b| self.compare(sort, a, b));
            self.by_column = Some(order);
        }
        let (shows, pinned) = (self.accounts_shown(), self.only_pinned());
        for &slot in &fresh {
            let head = self.store.head(slot);
            let unlinked = head.as_ref().is_some_and(|head| head.state == CompanyState::Unlinked);
            let passes = head.is_some_and(|head| self.query.filter.passes(&head, &shows))
                && pinned.as_ref().is_none_or(|pinned| pinned.contains(&slot));
            let tier = self.search.tier(&self.keys, slot, &self.store);
            if let Some(verdict) = self.verdicts.get_mut(slot as usize) {
                *verdict = Verdict { passes, tier, unlinked };
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
