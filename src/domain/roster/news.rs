//! News: companies that changed since their account was looked at last, before this run.

use super::Roster;
use crate::domain::id::{CompanyKey, ProfileId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The news of one account. Without a visit before there are none.
#[derive(Debug, Clone, Default)]
pub(super) struct News {
    visit: Option<Timestamp>,
    /// Slots of companies that changed since, and that nobody has looked at.
    slots: BTreeSet<u32>,
    /// Up to which change a company is known.
    read: BTreeMap<u32, Timestamp>,
    /// What changes now is no news.
    quiet: bool,
}

impl News {
    /// The company in this slot changed last at this moment, as far as that is known.
    fn note(&mut self, slot: u32, changed: Option<Timestamp>) {
        let since = self.read.get(&slot).copied().max(self.visit).filter(|_| self.visit.is_some());
        match since.zip(changed) {
            Some((since, changed)) if changed > since && self.quiet && !self.slots.contains(&slot) => {
                self.read.insert(slot, changed);
            }
            Some((since, changed)) if changed > since => drop(self.slots.insert(slot)),
            _ => drop(self.slots.remove(&slot)),
        }
    }

    fn forget(&mut self, slot: u32) {
        self.slots.remove(&slot);
        self.read.remove(&slot);
    }
}

impl Roster {
    /// From now on a company of the profile that changed after this moment is news.
    pub fn set_visit(&mut self, profile: &ProfileId, visit: Timestamp) {
        let account = self.account(profile);
        if let Some(account) = self.accounts.get_mut(usize::from(account)) {
            account.news.visit = Some(visit);
        }
    }

    /// Whether what changes in the profile from now on is known already: somebody here changes many companies.
    pub fn set_quiet(&mut self, profile: &ProfileId, quiet: bool) {
        if let Some(account) = self.accounts.iter_mut().find(|account| account.profile == *profile) {
            account.news.quiet = quiet;
        }
    }

    /// Whether the company changed since the last visit, and nobody has looked at it.
    pub fn is_news(&self, key: &CompanyKey) -> bool {
        let account = self.accounts.iter().find(|account| account.profile == key.profile);
        let news = account.filter(|account| !account.news.slots.is_empty());
        news.is_some_and(|account| self.slot(key).is_some_and(|slot| account.news.slots.contains(&slot)))
    }

    /// The company was looked at: how it is now is no news.
    pub fn read_news(&mut self, key: &CompanyKey) {
        let Some(slot) = self.slot(key) else { return };
        let changed = self.store.head(slot).and_then(|head| head.update_time);
        if let Some(account) = self.accounts.iter_mut().find(|account| account.profile == key.profile)
            && account.news.slots.remove(&slot)
        {
            account.news.read.extend(changed.map(|changed| (slot, changed)));
        }
    }

    /// Over the accounts that the filter shows and that were looked at before: how many companies changed since, and of
    /// how many more nobody knows.
    pub fn news(&self) -> (u64, u64) {
        let filter = &self.query.filter;
        let seen = self.accounts.iter().filter(|it| it.news.visit.is_some() && filter.shows(&it.profile));
        seen.fold((0, 0), |(news, unknown), it| {
            (news + it.news.slots.len() as u64, unknown + u64::from(it.counts.undated))
        })
    }

    pub(super) fn note_change(&mut self, account: u16, slot: u32, changed: Option<Timestamp>) {
        if let Some(account) = self.accounts.get_mut(usize::from(account)) {
            account.news.note(slot, changed);
        }
    }

    pub(super) fn forget_change(&mut self, account: u16, slot: u32) {
        if let Some(account) = self.accounts.get_mut(usize::from(account)) {
            account.news.forget(slot);
        }
    }
}
