//! The roster: all companies in memory, with what narrows and orders them. It answers every keystroke of a
//! search at once, and takes in what a poll brings without ordering anything anew.
//!
//! Rows live in *slots* that keep their number as long as the row exists. Two orders of slots are kept, by name
//! and by the column of the user's choice; the list that is shown is one walk along an order.

mod batch;
mod bytes;
mod change;
mod encoding;
pub(super) mod fold;
mod fuzzy;
mod highlight;
mod identity;
mod index;
mod interner;
mod keys;
mod matching;
mod news;
mod order;
mod query;
mod search;
mod sort;
mod store;
mod totals;
mod unpacked;
mod visible;

#[cfg(test)]
pub(crate) mod tests;

pub use batch::Batch;
pub use query::{Column, Figure, Filter, Query, Sort};
pub use search::Tier;
pub use totals::{ByState, Counts, Totals};
pub use unpacked::{all_stand_in, finds, spellings, words};

use super::company::Company;
use super::id::{CompanyKey, ProfileId};
use super::lang::Lang;
use super::reason::Group;
use change::Touched;
use index::Index;
use jiff::Timestamp;
use keys::Keys;
use news::News;
use search::Search;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use store::Store;
use visible::{Shown, Verdict};

/// A row of the list: a cheap handle, good until the roster changes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RowId(u32);

/// All companies of all profiles, packed: what is handed out is made when somebody looks at it.
#[derive(Clone)]
pub struct Roster {
    lang: Lang,
    store: Store,
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
    /// Slots of companies of which attention is set aside.
    snoozed: BTreeSet<u32>,
    pins: BTreeSet<CompanyKey>,
}

/// The companies of one profile.
#[derive(Clone)]
struct Account {
    profile: ProfileId,
    slots: Index,
    counts: Counts,
    news: News,
    /// While a full reload runs: which slots it has brought so far.
    seen: Option<Vec<bool>>,
}

impl Roster {
    /// An empty roster that orders names as this language does.
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            store: Store::default(),
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
            snoozed: BTreeSet::new(),
            pins: BTreeSet::new(),
        }
    }

    /// From now on these companies are pinned, whether they are here already or not.
    pub fn set_pins(&mut self, pins: BTreeSet<CompanyKey>) {
        self.pins = pins;
        if self.query.filter.pinned {
            self.filter();
            self.show();
        }
    }

    /// How many of the pinned companies there are.
    pub fn pinned(&self) -> usize {
        self.pins.iter().filter(|key| self.contains(key)).count()
    }

    /// Takes companies away; true when any of them was there.
    pub fn remove(&mut self, keys: &[CompanyKey]) -> bool {
        let mut touched = Touched::default();
        for key in keys {
            let account = self.accounts.iter_mut().find(|account| account.profile == key.profile);
            if let Some(slot) = account.and_then(|account| account.slots.remove(key.company.as_str(), &self.store)) {
                self.vacate(slot, &mut touched);
            }
        }
        self.settle(touched)
    }

    /// From now on it is noted which companies of the profile come in: a full reload begins. Begun again, it
    /// starts over.
    pub fn begin_reload(&mut self, profile: &ProfileId) {
        let account = self.account(profile);
        if let Some(account) = self.accounts.get_mut(usize::from(account)) {
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
        let came = |slot: &u32| seen.get(*slot as usize).copied().unwrap_or_default();
        let missed: Vec<u32> = account.slots.slots().filter(|slot| !came(slot)).collect();
        for &slot in &missed {
            if let Some(key) = self.store.key(slot) {
                account.slots.remove(key.company.as_str(), &self.store);
            }
        }
        for slot in missed {
            self.vacate(slot, &mut touched);
        }
        self.settle(touched)
    }

    /// The company of this name, shown or not. For a few companies: each that was asked for is kept unpacked
    /// for a while.
    pub fn get(&self, key: &CompanyKey) -> Option<&Company> {
        self.store.row(self.slot(key)?).map(|row| &row.company)
    }

    /// Whether there is a company of this name, shown or not.
    pub fn contains(&self, key: &CompanyKey) -> bool {
        self.slot(key).is_some()
    }

    /// Changes one company in place (an edit shown before the server has confirmed it). True when that made a
    /// difference. The id stays whatever the change does to it.
    pub fn update(&mut self, key: &CompanyKey, change: impl FnOnce(&mut Company)) -> bool {
        let Some((slot, mut company)) = self.slot(key).and_then(|slot| Some((slot, self.store.company(slot)?))) else {
            return false;
        };
        change(&mut company);
        company.id = key.company.clone();
        let account = self.account(&key.profile);
        let mut touched = Touched::default();
        self.put(slot, account, &company, &mut touched);
        self.settle(touched)
    }

    /// How many companies there are, shown or not.
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// How many companies of this profile there are, shown or not.
    pub fn len_of(&self, profile: &ProfileId) -> usize {
        self.accounts.iter().find(|account| account.profile == *profile).map_or(0, |account| account.slots.len())
    }

    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// All companies by name, shown or not; each is made as it comes.
    pub fn iter(&self) -> impl Iterator<Item = (CompanyKey, Company)> {
        self.by_name.iter().filter_map(|&slot| self.read(RowId(slot)))
    }

    /// The names of all companies, in the order of [`Roster::iter`], without the companies.
    pub fn rows(&self) -> impl Iterator<Item = (RowId, CompanyKey)> {
        self.by_name.iter().filter_map(|&slot| Some((RowId(slot), self.store.key(slot)?)))
    }

    /// Where each company stands by name among all, shown or not.
    pub fn ranks(&self) -> impl Fn(&CompanyKey) -> Option<u32> {
        let mut ranks = vec![0; self.store.slots() as usize];
        for (rank, &slot) in (0..).zip(&self.by_name) {
            if let Some(place) = ranks.get_mut(slot as usize) {
                *place = rank;
            }
        }
        move |key| ranks.get(self.slot(key)? as usize).copied()
    }

    /// Companies of which attention was set aside until a moment that has come.
    pub fn awake(&self, now: Timestamp) -> Vec<CompanyKey> {
        let until = |slot| self.store.head(slot).and_then(|head| head.snooze_until);
        let over = self.snoozed.iter().filter(|&&slot| until(slot).is_some_and(|until| until <= now));
        over.filter_map(|&slot| self.store.key(slot)).collect()
    }

    /// Counts over all companies, shown or not.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The same counts over the companies of the accounts that the filter shows.
    pub fn counts(&self) -> Counts {
        let filter = &self.query.filter;
        if filter.accounts.is_empty() {
            return self.totals.counts;
        }
        let shown = self.accounts.iter().filter(|account| filter.shows(&account.profile));
        shown.fold(Counts::default(), |sum, account| sum.plus(account.counts))
    }

    /// The language whose alphabet orders the names.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// What narrows and orders the list.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Narrows and orders the list anew; only what differs from before is worked out again.
    pub fn set_query(&mut self, query: Query) {
        if query == self.query {
            return;
        }
        self.store.tidy();
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
    pub fn shown(&self) -> &[RowId] {
        self.shown.rows()
    }

    /// Where each group begins among the rows shown, while they stand by urgency. Takes no longer for many rows.
    pub fn groups(&self) -> Vec<(Group, usize)> {
        if self.query.sort != Some(Sort { column: Column::Attention, descending: false }) {
            return Vec::new();
        }
        let group = |row: &RowId| Group::of(self.store.head(row.0).and_then(|head| head.most_urgent()).as_ref());
        let (rows, mut groups, mut at) = (self.shown(), Vec::new(), 0);
        while let Some(first) = rows.get(at) {
            let this = group(first);
            groups.push((this, at));
            at += rows.get(at..).unwrap_or_default().partition_point(|row| group(row) <= this).max(1);
        }
        groups
    }

    /// How many unlinked companies are not shown only because they are hidden.
    pub fn hidden(&self) -> usize {
        self.shown.hidden()
    }

    /// Whether the rows shown end with unlinked companies that stand there whatever the order is.
    pub fn ends_with_unlinked(&self) -> bool {
        self.shown.unlinked() > 0
    }

    /// What stands in a row, made anew.
    pub fn read(&self, id: RowId) -> Option<(CompanyKey, Company)> {
        self.store.key(id.0).zip(self.store.company(id.0))
    }

    /// Which company stands in a row.
    pub fn key(&self, id: RowId) -> Option<CompanyKey> {
        self.store.key(id.0)
    }

    /// Where a company stands among the rows visible; `None` when it is not shown. Takes no longer for many rows.
    pub fn position(&self, key: &CompanyKey) -> Option<usize> {
        self.shown.position(self.slot(key)?)
    }

    /// The company at this place of the rows shown.
    pub fn key_at(&self, index: usize) -> Option<CompanyKey> {
        let row = *self.shown.rows().get(index)?;
        self.key(row)
    }

    /// The parts of the company's name that the search found: byte ranges in order, apart from each other, of
    /// whole graphemes. Meant for the visible rows: it looks at the name anew.
    pub fn highlights(&self, company: &Company) -> Vec<Range<usize>> {
        highlight::ranges(&self.search, company)
    }

    /// Companies whose name looks the same once case, accents and white space are set aside: to warn of before
    /// something is done to the wrong one. A company of that very name is among them. By name.
    pub fn look_alikes(&self, name: &str) -> Vec<CompanyKey> {
        let folded = fold::fold(name, fold::Style::Plain);
        let same = self.by_name.iter().filter(|&&slot| self.keys.texts(slot).name == folded);
        same.filter_map(|&slot| self.store.key(slot)).collect()
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
