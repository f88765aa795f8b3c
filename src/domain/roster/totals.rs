//! What the summary strip counts, over all companies whatever is shown.

use crate::domain::company::{Attention, Company, CompanyState};
use std::collections::BTreeMap;

/// Counts over all companies, unlinked ones included. Kept up with each change, never counted anew.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// What is counted of each account as well.
    pub counts: Counts,
    /// Companies by tag; only tags that are in use.
    pub tags: BTreeMap<String, u32>,
    /// Companies by country; those of which it is known.
    pub countries: BTreeMap<String, u32>,
    /// Companies by reason for attention; only reasons that occur.
    pub by_attention: BTreeMap<Attention, u32>,
}

/// What is counted over all companies, and over those of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// How many companies there are in each state.
    pub by_state: ByState,
    /// Filled seats of managed companies of which they are known: the number of the usage, which the MSP account pays for.
    pub seats_filled: u64,
    /// Managed companies of which nobody knows how many seats are filled.
    pub seats_unknown: u32,
    /// Managed companies whose filled seats are an estimate: the sum is one too.
    pub seats_estimated: u32,
    /// Managed companies of which nobody knows the owners.
    pub owners_unknown: u32,
    /// Managed companies with every applicable step of the set-up done.
    pub setup_complete: u32,
    /// Managed companies of which nobody knows how far the set-up is.
    pub setup_unknown: u32,
    /// Companies with at least one reason for attention that is not set aside.
    pub need_attention: u32,
    /// Companies of which attention is set aside.
    pub snoozed: u32,
    /// Companies of which nobody knows when they changed.
    pub undated: u32,
}

/// How many companies there are in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByState {
    pub active: u32,
    pub pending: u32,
    pub suspended: u32,
    pub unlinked: u32,
    /// Those in a state of a newer server.
    pub other: u32,
}

impl ByState {
    /// How many are in this state; all unknown states count together.
    pub fn of(&self, state: &CompanyState) -> u32 {
        match state {
            CompanyState::Active => self.active,
            CompanyState::Pending => self.pending,
            CompanyState::Suspended => self.suspended,
            CompanyState::Unlinked => self.unlinked,
            CompanyState::Other(_) => self.other,
        }
    }

    pub fn sum(&self) -> u32 {
        let all = [self.active, self.pending, self.suspended, self.unlinked, self.other];
        all.into_iter().fold(0, u32::saturating_add)
    }

    fn plus(self, other: Self) -> Self {
        Self {
            active: self.active.saturating_add(other.active),
            pending: self.pending.saturating_add(other.pending),
            suspended: self.suspended.saturating_add(other.suspended),
            unlinked: self.unlinked.saturating_add(other.unlinked),
            other: self.other.saturating_add(other.other),
        }
    }

    fn count(&mut self, state: &CompanyState) -> &mut u32 {
        match state {
            CompanyState::Active => &mut self.active,
            CompanyState::Pending => &mut self.pending,
            CompanyState::Suspended => &mut self.suspended,
            CompanyState::Unlinked => &mut self.unlinked,
            CompanyState::Other(_) => &mut self.other,
        }
    }
}

impl Totals {
    pub(super) fn add(&mut self, company: &Company) {
        self.counts.add(company);
        let up = |count: &mut u32| *count = count.saturating_add(1);
        for tag in distinct(&company.tags) {
            match self.tags.get_mut(tag) {
                Some(count) => up(count),
                None => drop(self.tags.insert(tag.clone(), 1)),
            }
        }
        if !company.address.country_code.is_empty() {
            match self.countries.get_mut(&company.address.country_code) {
                Some(count) => up(count),
                None => drop(self.countries.insert(company.address.country_code.clone(), 1)),
            }
        }
        for kind in distinct(&company.attention) {
            up(self.by_attention.entry(kind.clone()).or_default());
        }
    }

    /// Adds the counts over other companies.
    pub(super) fn add_all(&mut self, other: &Self) {
        self.counts = self.counts.plus(other.counts);
        let up = |count: &mut u32, more: u32| *count = count.saturating_add(more);
        other.tags.iter().for_each(|(tag, &more)| up(self.tags.entry(tag.clone()).or_default(), more));
        other.countries.iter().for_each(|(code, &more)| up(self.countries.entry(code.clone()).or_default(), more));
        other
            .by_attention
            .iter()
            .for_each(|(kind, &more)| up(self.by_attention.entry(kind.clone()).or_default(), more));
    }

    pub(super) fn take_away(&mut self, company: &Company) {
        self.counts.take_away(company);
        let down = |count: &mut u32| *count = count.saturating_sub(1);
        for tag in distinct(&company.tags) {
            if self.tags.get_mut(tag).is_some_and(|count| {
                down(count);
                *count == 0
            }) {
                self.tags.remove(tag);
            }
        }
        if let Some(count) = self.countries.get_mut(&company.address.country_code) {
            down(count);
            if *count == 0 {
                self.countries.remove(&company.address.country_code);
            }
        }
        for kind in distinct(&company.attention) {
            if self.by_attention.get_mut(kind).is_some_and(|count| {
                down(count);
                *count == 0
            }) {
                self.by_attention.remove(kind);
            }
        }
    }
}

impl Counts {
    pub(super) fn add(&mut self, company: &Company) {
        self.seats_filled = self.seats_filled.saturating_add(paid_seats(company));
        self.each(company, |count| *count = count.saturating_add(1));
    }

    pub(super) fn take_away(&mut self, company: &Company) {
        self.seats_filled = self.seats_filled.saturating_sub(paid_seats(company));
        self.each(company, |count| *count = count.saturating_sub(1));
    }

    /// With these added.
    pub fn plus(self, other: Self) -> Self {
        Self {
            by_state: self.by_state.plus(other.by_state),
            seats_filled: self.seats_filled.saturating_add(other.seats_filled),
            seats_unknown: self.seats_unknown.saturating_add(other.seats_unknown),
            seats_estimated: self.seats_estimated.saturating_add(other.seats_estimated),
            owners_unknown: self.owners_unknown.saturating_add(other.owners_unknown),
            setup_complete: self.setup_complete.saturating_add(other.setup_complete),
            setup_unknown: self.setup_unknown.saturating_add(other.setup_unknown),
            need_attention: self.need_attention.saturating_add(other.need_attention),
            snoozed: self.snoozed.saturating_add(other.snoozed),
            undated: self.undated.saturating_add(other.undated),
        }
    }

    fn each(&mut self, company: &Company, step: impl Fn(&mut u32)) {
        step(self.by_state.count(&company.state));
        let managed = company.state.managed();
        for (holds, count) in [
            (managed && company.seats.filled.is_none(), &mut self.seats_unknown),
            (managed && company.seats_estimated(), &mut self.seats_estimated),
            (managed && company.owners.confirmed.is_none(), &mut self.owners_unknown),
            (managed && company.setup.complete(), &mut self.setup_complete),
            (managed && !company.setup.known(), &mut self.setup_unknown),
            (company.update_time.is_none(), &mut self.undated),
        ] {
            if holds {
                step(count);
            }
        }
        if company.most_urgent().is_some() {
            step(&mut self.need_attention);
        }
        if company.snooze_until.is_some() {
            step(&mut self.snoozed);
        }
    }
}

fn paid_seats(company: &Company) -> u64 {
    if company.state.managed() { company.seats.filled.map_or(0, u64::from) } else { 0 }
}

/// A server may name a tag twice; the company still counts once.
fn distinct<T: PartialEq>(items: &[T]) -> impl Iterator<Item = &T> {
    items.iter().enumerate().filter(|(at, item)| !items.iter().take(*at).any(|before| before == *item)).map(|(_, i)| i)
}
