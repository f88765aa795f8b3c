//! The roster: all companies in memory, with what narrows and orders them. It answers every keystroke of a
//! search at once, and takes in what a poll brings without ordering anything anew.
//!
//! Rows live in *slots* that keep their number as long as the row exists. Two orders of slots are kept, by name
//! and by the column of the user's choice; the list that is shown is one walk along an order.

mod arrange;
mod change;
pub(super) mod fold;
mod highlight;
mod keys;
mod near;
mod order;
mod plain;
mod query;
mod search;
mod shown;
mod totals;

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;

pub use plain::finds;
pub use query::{Column, Filter, Query, Sort};
pub use totals::{ByState, Totals};

use super::company::Company;
use super::id::{CompanyId, CompanyKey, ProfileId};
use super::lang::Lang;
use change::{Touched, mark};
use keys::Keys;
use order::Alphabet;
use search::Search;
use shown::{Shown, Verdict};
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A row of the list: a cheap handle, good until the roster changes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RowId(u32);

/// All companies of all profiles. Cloning shares the companies themselves.
#[derive(Clone)]
pub struct Roster {
    lang: Lang,
    /// By slot; `None` is free.
    rows: Vec<Option<Arc<Row>>>,
    free: Vec<u32>,
    accounts: Vec<Account>,
    keys: Keys,
    by_name: Vec<u32>,
    /// Only while another order than the one by name is asked for.
    by_column: Option<Vec<u32>>,
    query: Query,
    search: Search,
    /// By slot.
    verdicts: Vec<Verdict>,
    shown: Shown,
    totals: Totals,
}

#[derive(Clone, PartialEq)]
struct Row {
    key: CompanyKey,
    company: Company,
}

/// The companies of one profile.
#[derive(Clone)]
struct Account {
    profile: ProfileId,
    slots: HashMap<CompanyId, u32>,
    /// While a full reload runs: which slots it has brought so far.
    seen: Option<Vec<bool>>,
}

impl Roster {
    /// An empty roster that orders names as this language does.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            rows: Vec::new(),
            free: Vec::new(),
            accounts: Vec::new(),
            keys: Keys::default(),
            by_name: Vec::new(),
            by_column: None,
            query: Query::default(),
            search: Search::default(),
            verdicts: Vec::new(),
            shown: Shown::default(),
            totals: Totals::default(),
        }
    }

    /// Takes in new and changed companies of a profile; true when anything differs from before. Of a company
    /// that is named twice the last one counts.
    pub fn upsert(&mut self, profile: &ProfileId, companies: Vec<Company>) -> bool {
        let account = self.account(profile);
        let alphabet = Alphabet::of(self.lang);
        let mut touched = Touched::default();
        for company in companies {
            let known = self.accounts.get(account).and_then(|account| account.slots.get(&company.id).copied());
            let slot = known.unwrap_or_else(|| self.new_slot(account, &company.id));
            if let Some(seen) = self.accounts.get_mut(account).and_then(|account| account.seen.as_mut()) {
                mark(seen, slot);
            }
            self.put(slot, profile, company, &alphabet, &mut touched);
        }
        self.settle(touched)
    }

    /// Takes companies away; true when any of them was there.
    pub fn remove(&mut self, keys: &[CompanyKey]) -> bool {
        let mut touched = Touched::default();
        for key in keys {
            let account = self.accounts.iter_mut().find(|account| account.profile == key.profile);
            if let Some(slot) = account.and_then(|account| account.slots.remove(&key.company)) {
                self.vacate(slot, &mut touched);
            }
        }
        self.settle(touched)
    }

    /// From now on it is noted which companies of the profile come in: a full reload begins. Begun again, it
    /// starts over.
    pub fn begin_reload(&mut self, profile: &ProfileId) {
        let account = self.account(profile);
        if let Some(account) = self.accounts.get_mut(account) {
            account.seen = Some(Vec::new());
        }
    }

    /// The full reload is complete: companies of the profile that it did not bring are gone. True when there
    /// were any. Without a beginning nothing happens.
    pub fn end_reload(&mut self, profile: &ProfileId) -> bool {
        let Some(account) = self.accounts.iter_mut().find(|account| account.profile == *profile) else {
            return false;
        };
        let Some(seen) = account.seen.take() else {
            return false;
        };
        let mut touched = Touched::default();
        let mut missed = Vec::new();
        account.slots.retain(|_, slot| {
            let came = seen.get(*slot as usize).copied().unwrap_or_default();
            if !came {
                missed.push(*slot);
            }
            came
        });
        for slot in missed {
            self.vacate(slot, &mut touched);
        }
        self.settle(touched)
    }

    /// The company of this name, shown or not.
    #[must_use]
    pub fn get(&self, key: &CompanyKey) -> Option<&Company> {
        self.row_in(self.slot(key)?).map(|row| &row.company)
    }

    /// Changes one company in place (an edit shown before the server has confirmed it). True when that made a
    /// difference. The id stays whatever the change does to it.
    pub fn update(&mut self, key: &CompanyKey, change: impl FnOnce(&mut Company)) -> bool {
        let Some((slot, row)) = self.slot(key).and_then(|slot| Some((slot, self.row_in(slot)?))) else {
            return false;
        };
        let mut company = row.company.clone();
        change(&mut company);
        company.id = key.company.clone();
        let mut touched = Touched::default();
        self.put(slot, &key.profile, company, &Alphabet::of(self.lang), &mut touched);
        self.settle(touched)
    }

    /// How many companies there are, shown or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Whether there are none at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// All companies by name, shown or not.
    pub fn iter(&self) -> impl Iterator<Item = (&CompanyKey, &Company)> {
        self.by_name.iter().filter_map(|&slot| self.row(RowId(slot)))
    }

    /// Counts over all companies, shown or not.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The language whose alphabet orders the names.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// What narrows and orders the list.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Narrows and orders the list anew; only what differs from before is worked out again.
    pub fn set_query(&mut self, query: Query) {
        if query == self.query {
            return;
        }
        let before = std::mem::replace(&mut self.query, query);
        if before.sort != self.query.sort {
            self.sort();
        }
        if before.filter != self.query.filter {
            self.filter();
        }
        if before.search != self.query.search {
            self.search = Search::new(&self.query.search);
            self.find();
        }
        self.show();
    }

    /// The rows that are shown, in their order.
    #[must_use]
    pub fn shown(&self) -> &[RowId] {
        self.shown.rows()
    }

    /// What stands in a row.
    #[must_use]
    pub fn row(&self, id: RowId) -> Option<(&CompanyKey, &Company)> {
        self.row_in(id.0).map(|row| (&row.key, &row.company))
    }

    /// Where a company stands among the rows shown; `None` when it is not shown. Takes no longer for many rows.
    #[must_use]
    pub fn position(&self, key: &CompanyKey) -> Option<usize> {
        self.shown.position(self.slot(key)?)
    }

    /// The company at this place of the rows shown.
    #[must_use]
    pub fn key_at(&self, index: usize) -> Option<CompanyKey> {
        let row = *self.shown.rows().get(index)?;
        self.row_in(row.0).map(|row| row.key.clone())
    }

    /// The parts of the company's name that the search found: byte ranges in order, apart from each other, of
    /// whole graphemes. Meant for the visible rows: it looks at the name anew.
    #[must_use]
    pub fn highlights(&self, company: &Company) -> Vec<Range<usize>> {
        highlight::ranges(&self.search, company)
    }

    /// Companies whose name looks the same once case, accents and white space are set aside: to warn of before
    /// something is done to the wrong one. A company of that very name is among them. By name.
    #[must_use]
    pub fn look_alikes(&self, name: &str) -> Vec<CompanyKey> {
        let folded = fold::fold(name, fold::Style::Plain);
        let same = self.by_name.iter().filter(|&&slot| self.keys.texts(slot).name == folded);
        same.filter_map(|&slot| self.row_in(slot)).map(|row| row.key.clone()).collect()
    }
}

impl Default for Roster {
    fn default() -> Self {
        Self::new(Lang::default())
    }
}

/// The same companies under the same query, by whatever way they came in.
impl PartialEq for Roster {
    fn eq(&self, other: &Self) -> bool {
        self.lang == other.lang
            && self.query == other.query
            && self.len() == other.len()
            && self.iter().eq(other.iter())
    }
}

/// A hundred thousand companies in a log help nobody.
impl fmt::Debug for Roster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Roster")
            .field("lang", &self.lang)
            .field("len", &self.len())
            .field("query", &self.query)
            .field("shown", &self.shown().len())
            .finish_non_exhaustive()
    }
}
