//! Arrangement: which rows are shown in which order.

use super::Roster;
use super::encoding::Head;
use super::order;
use super::query::{Column, Sort};
use super::visible::Unlinked;
use std::cmp::Ordering;
use std::collections::BTreeSet;

impl Roster {
    /// A total order: no two rows are equal.
    pub(super) fn compare_names(&self, a: u32, b: u32) -> Ordering {
        self.keys.compare(a, b).then_with(|| self.compare_ids(a, b))
    }

    fn compare_ids(&self, a: u32, b: u32) -> Ordering {
        self.store.compare_ids(a, b)
    }

    pub(super) fn compare(&self, sort: Sort, a: u32, b: u32) -> Ordering {
        if sort.column == Column::Name {
            let names = self.keys.compare(a, b);
            let names = if sort.descending { names.reverse() } else { names };
            return names.then_with(|| self.compare_ids(a, b));
        }
        let column = self.store.head(a).zip(self.store.head(b));
        let column = column.map_or(Ordering::Equal, |(a, b)| order::compare(sort, &a, &b));
        column.then_with(|| self.compare_names(a, b))
    }

    pub(super) fn sort(&mut self) {
        self.by_column = match self.query.sort {
            None | Some(Sort { column: Column::Name, descending: false }) => None,
            Some(Sort { column: Column::Name, descending: true }) => {
                let same = |a, b| self.keys.compare(a, b).is_eq();
                Some(order::reversed_by_name(&self.by_name, same))
            }
            Some(sort) => Some(order::by_column(&self.by_name, sort, |slot| self.store.head(slot))),
        };
    }

    /// By the place of each account: whether its companies may be shown.
    pub(super) fn accounts_shown(&self) -> Vec<bool> {
        self.accounts.iter().map(|account| self.query.filter.shows(&account.profile)).collect()
    }

    /// The slots of the pinned companies, if only those are shown.
    pub(super) fn only_pinned(&self) -> Option<BTreeSet<u32>> {
        let pinned = || self.pins.iter().filter_map(|key| self.slot(key)).collect();
        self.query.filter.pinned.then(pinned)
    }

    pub(super) fn filter(&mut self) {
        let (filter, shows, pinned) = (&self.query.filter, self.accounts_shown(), self.only_pinned());
        let passes = |slot, head: &Head<'_>| {
            filter.passes(head, &shows) && pinned.as_ref().is_none_or(|pinned| pinned.contains(&slot))
        };
        for (slot, verdict) in (0..).zip(&mut self.verdicts) {
            verdict.passes = filter.is_empty() || self.store.head(slot).is_some_and(|head| passes(slot, &head));
        }
    }

    /// Where unlinked companies stand. By urgency they stand where their trial puts them.
    fn unlinked(&self) -> Unlinked {
        match self.query.sort {
            _ if self.query.filter.hides_unlinked() => Unlinked::Hidden,
            Some(Sort { column: Column::Attention, .. }) => Unlinked::AsOrdered,
            _ => Unlinked::Last,
        }
    }

    pub(super) fn find(&mut self) {
        for (slot, verdict) in (0..).zip(&mut self.verdicts) {
            verdict.tier = self.search.tier(&self.keys, slot, &self.store);
        }
    }

    pub(super) fn show(&mut self) {
        let order = self.by_column.as_ref().unwrap_or(&self.by_name);
        let ranked = !self.search.is_empty() && self.query.sort.is_none();
        let unlinked = self.unlinked();
        self.shown.fill(order, &self.verdicts, ranked, unlinked);
    }
}
