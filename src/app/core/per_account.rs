//! One list over all MSP accounts: each account is asked for itself, waits and fails for itself, and what came of the
//! others stays. The rows of all stand together in one order, each with the account that it is of.

use crate::app::core::remote::Remote;
use crate::app::effect::Ticket;
use crate::app::features::accounts::Account;
use crate::app::model::Model;
use crate::domain::error::{Error, RetryAdvice};
use crate::domain::id::ProfileId;
use jiff::Timestamp;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What has a place among those of other accounts.
pub trait Listed {
    /// Which of two stands first.
    fn beside(&self, other: &Self) -> Ordering;
}

/// A row, and whose it is: two accounts may use the same ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<T> {
    pub profile: ProfileId,
    pub item: T,
}

/// How the list of one account stands.
#[derive(Debug, Clone, PartialEq, Default)]
struct Part {
    /// Whether it has answered, is waited for, or failed; the rows are with those of the others.
    load: Remote<()>,
    /// When to ask again; none is at once.
    due: Option<Timestamp>,
}

/// The lists of all accounts in one.
#[derive(Debug, Clone, PartialEq)]
pub struct PerAccount<T> {
    parts: BTreeMap<ProfileId, Part>,
    rows: Vec<Row<T>>,
}

impl<T> Default for PerAccount<T> {
    fn default() -> Self {
        Self { parts: BTreeMap::new(), rows: Vec::new() }
    }
}

impl<T> PerAccount<T> {
    /// The rows of all accounts, in their order.
    pub fn rows(&self) -> &[Row<T>] {
        &self.rows
    }

    /// The rows of one account.
    pub fn of<'a>(&'a self, profile: &'a ProfileId) -> impl Iterator<Item = &'a T> {
        self.rows.iter().filter(move |row| row.profile == *profile).map(|row| &row.item)
    }

    /// Whether an account answered, is waited for, or failed; none when it was never asked.
    pub fn load(&self, profile: &ProfileId) -> Option<&Remote<()>> {
        Some(&self.parts.get(profile)?.load)
    }

    /// The accounts that were asked, and how that stands.
    pub fn loads(&self) -> impl Iterator<Item = (&ProfileId, &Remote<()>)> {
        self.parts.iter().map(|(profile, part)| (profile, &part.load))
    }

    /// This account has answered at least once.
    pub fn answered(&self, profile: &ProfileId) -> bool {
        self.load(profile).is_some_and(|load| load.value().is_some())
    }

    /// This account is being asked.
    pub fn waiting(&self, profile: &ProfileId) -> bool {
        self.load(profile).is_some_and(|load| load.waiting().is_some())
    }

    /// When to ask this account again, where that is not at once and no answer is waited for.
    pub fn due(&self, profile: &ProfileId) -> Option<Timestamp> {
        self.parts.get(profile).filter(|part| part.load.waiting().is_none())?.due
    }

    /// It is time to ask this account.
    pub fn is_due(&self, profile: &ProfileId, now: Timestamp) -> bool {
        !self.waiting(profile) && self.due(profile).is_none_or(|due| due <= now)
    }

    /// This account is asked now, and again at `next` at the earliest.
    pub fn ask(&mut self, profile: &ProfileId, ticket: Ticket, next: Option<Timestamp>) {
        let part = self.parts.entry(profile.clone()).or_default();
        part.load.wait_for(ticket);
        part.due = next;
    }

    /// What this account has may have changed: ask as soon as it is looked at.
    pub fn outdate(&mut self, profile: &ProfileId) {
        if let Some(part) = self.parts.get_mut(profile) {
            part.due = None;
        }
    }

    /// The same of every account.
    pub fn outdate_all(&mut self) {
        self.parts.values_mut().for_each(|part| part.due = None);
    }

    /// Somebody comes to look: ask every account that is not being asked already.
    pub fn outdate_idle(&mut self) {
        self.parts.values_mut().filter(|part| part.load.waiting().is_none()).for_each(|part| part.due = None);
    }

    /// The account answers again: what failed with it is worth another try.
    pub fn try_again(&mut self, profile: &ProfileId) {
        if let Some(part) = self.parts.get_mut(profile).filter(|part| part.load.error().is_some()) {
            part.due = None;
        }
    }

    /// Nothing that is known of this account is true any more; an answer under way is dropped.
    pub fn forget(&mut self, profile: &ProfileId) {
        self.parts.remove(profile);
        self.rows.retain(|row| row.profile != *profile);
    }

    /// The rows of one account, to change them ahead of its answer. None as long as it has not answered.
    pub fn change(&mut self, profile: &ProfileId, change: impl FnOnce(&mut Vec<T>))
    where
        T: Listed,
    {
        if self.answered(profile) {
            let mut own = self.take(profile);
            change(&mut own);
            self.put(profile, own);
        }
    }

    /// Takes an account's answer to `ticket`, if that is the one waited for: its rows take the place of its old ones.
    /// They keep the order in which they are given. Says whether it was waited for.
    pub fn settle(&mut self, profile: &ProfileId, ticket: Ticket, at: Timestamp, answer: Result<Vec<T>, Error>) -> bool
    where
        T: Listed,
    {
        let Some(part) = self.parts.get_mut(profile).filter(|part| part.load.waiting() == Some(ticket)) else {
            return false;
        };
        let (load, list) = match answer {
            Ok(list) => (Ok(()), Some(list)),
            Err(error) => (Err(error), None),
        };
        // A server that names a moment is not asked before it, however often the screen looks.
        if let Err(Error { retry: RetryAdvice::At(moment), .. }) = &load {
            part.due = part.due.max(Some(*moment));
        }
        part.load.settle(ticket, at, load);
        if let Some(list) = list {
            self.take(profile);
            self.put(profile, list);
        }
        true
    }

    /// So many rows of an account's answer could not be read.
    pub fn leave_out(&mut self, profile: &ProfileId, rows: u32) {
        if let Some(part) = self.parts.get_mut(profile) {
            part.load.leave_out(rows);
        }
    }

    fn take(&mut self, profile: &ProfileId) -> Vec<T> {
        let (own, others): (Vec<_>, Vec<_>) = self.rows.drain(..).partition(|row| row.profile == *profile);
        self.rows = others;
        own.into_iter().map(|row| row.item).collect()
    }

    fn put(&mut self, profile: &ProfileId, list: Vec<T>)
    where
        T: Listed,
    {
        // An account alone keeps its server's order.
        let alone = self.rows.is_empty();
        self.rows.extend(list.into_iter().map(|item| Row { profile: profile.clone(), item }));
        if !alone {
            // Stable, so that rows of one account that are alike stay as they came.
            self.rows.sort_by(|one, other| one.item.beside(&other.item).then_with(|| one.profile.cmp(&other.profile)));
        }
    }
}

/// The accounts that the switcher shows, in the order of the configuration.
pub fn shown(model: &Model) -> impl Iterator<Item = &Account> {
    let filter = &model.roster.query().filter;
    model.accounts.iter().filter(|account| filter.shows(&account.profile))
}

/// The accounts that may be asked: those that are shown and have a server to talk to.
pub fn askable(model: &Model) -> Vec<ProfileId> {
    shown(model).filter(|account| account.sync.connected).map(|account| account.profile.clone()).collect()
}

#[cfg(test)]
mod tests {
    use crate::app::core::per_account::*;
    use crate::app::fixture::{lost, noon};
    use crate::domain::error::Operation;

    impl Listed for u32 {
        fn beside(&self, other: &Self) -> Ordering {
            self.cmp(other)
        }
    }

    fn of(name: &str) -> ProfileId {
        ProfileId::new(name)
    }

    fn told(list: &PerAccount<u32>) -> Vec<(String, u32)> {
        list.rows().iter().map(|row| (row.profile.to_string(), row.item)).collect()
    }

    fn rows(of: &[(&str, u32)]) -> Vec<(String, u32)> {
        of.iter().map(|(profile, item)| ((*profile).to_owned(), *item)).collect()
    }

    fn settle(list: &mut PerAccount<u32>, profile: &str, ticket: u64, answer: Result<Vec<u32>, Error>) -> bool {
        list.ask(&of(profile), Ticket(ticket), None);
        list.settle(&of(profile), Ticket(ticket), noon(), answer)
    }

    #[test]
    fn an_account_alone_keeps_its_servers_order_and_several_are_merged() {
        let mut list = PerAccount::default();
        assert!(settle(&mut list, "b", 1, Ok(vec![3, 1, 5])));
        assert_eq!(told(&list), rows(&[("b", 3), ("b", 1), ("b", 5)]));
        assert!(settle(&mut list, "a", 2, Ok(vec![1, 4])));
        assert_eq!(told(&list), rows(&[("a", 1), ("b", 1), ("b", 3), ("a", 4), ("b", 5)]));
        assert!(settle(&mut list, "b", 3, Ok(vec![2])), "new rows take the place of the old ones");
        assert_eq!(told(&list), rows(&[("a", 1), ("b", 2), ("a", 4)]));
    }

    #[test]
    fn a_failure_of_one_account_keeps_its_rows_and_those_of_the_others() {
        let mut list = PerAccount::default();
        settle(&mut list, "a", 1, Ok(vec![1]));
        settle(&mut list, "b", 2, Ok(vec![2]));
        assert!(settle(&mut list, "b", 3, Err(lost(Operation::LoadLinks))));
        assert_eq!(told(&list), rows(&[("a", 1), ("b", 2)]));
        assert!(list.load(&of("a")).is_some_and(|load| load.error().is_none()));
        assert!(list.load(&of("b")).is_some_and(|load| load.error().is_some()));
    }

    #[test]
    fn an_answer_of_an_account_that_was_forgotten_is_dropped() {
        let mut list = PerAccount::default();
        list.ask(&of("a"), Ticket(1), None);
        list.forget(&of("a"));
        assert!(!list.settle(&of("a"), Ticket(1), noon(), Ok(vec![1])));
        list.ask(&of("a"), Ticket(2), None);
        assert!(!list.settle(&of("a"), Ticket(1), noon(), Ok(vec![1])), "a late one");
        assert!(list.rows().is_empty() && !list.answered(&of("a")));
    }
}
