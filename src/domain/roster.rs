//! The roster: all companies in memory, with what narrows and orders them. It answers every keystroke of a
//! search at once, and takes in what a poll brings without ordering anything anew.
//!
//! Rows live in *slots* that keep their number as long as the row exists. Two orders of slots are kept, by name
//! and by the column of the user's choice; the list that is shown is one walk along an order.

mod fold;
mod highlight;
mod keys;
mod order;
mod query;
mod search;
mod shown;
mod totals;

pub use query::{Column, Filter, Query, Sort};
pub use totals::{ByState, Totals};

use super::company::Company;
use super::id::{CompanyId, CompanyKey, ProfileId};
use super::lang::Lang;
use keys::Keys;
use order::Alphabet;
use search::Search;
use shown::{Shown, Verdict};
use std::cmp::Ordering;
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

/// What one change touched, until the orders have caught up with it.
#[derive(Default)]
struct Touched {
    /// New or different in any way.
    changed: Vec<u32>,
    /// New, or with another name.
    renamed: Vec<u32>,
    /// No longer there.
    gone: Vec<u32>,
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

/// The work behind it.
impl Roster {
    fn slot(&self, key: &CompanyKey) -> Option<u32> {
        let account = self.accounts.iter().find(|account| account.profile == key.profile)?;
        account.slots.get(&key.company).copied()
    }

    fn row_in(&self, slot: u32) -> Option<&Row> {
        self.rows.get(slot as usize)?.as_deref()
    }

    fn account(&mut self, profile: &ProfileId) -> usize {
        self.accounts.iter().position(|account| account.profile == *profile).unwrap_or_else(|| {
            self.accounts.push(Account { profile: profile.clone(), slots: HashMap::new(), seen: None });
            self.accounts.len() - 1
        })
    }

    fn new_slot(&mut self, account: usize, id: &CompanyId) -> u32 {
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
    fn put(&mut self, slot: u32, profile: &ProfileId, company: Company, alphabet: &Alphabet, touched: &mut Touched) {
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

    fn vacate(&mut self, slot: u32, touched: &mut Touched) {
        if let Some(row) = self.rows.get_mut(slot as usize).and_then(Option::take) {
            self.totals.take_away(&row.company);
            self.keys.clear(slot);
            self.free.push(slot);
            touched.gone.push(slot);
        }
    }

    /// Lets orders, verdicts and list catch up with a change.
    fn settle(&mut self, mut touched: Touched) -> bool {
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
            let tier = self.search.tier(&self.keys, slot);
            if let Some(verdict) = self.verdicts.get_mut(slot as usize) {
                *verdict = Verdict { passes, tier };
            }
        }
        self.show();
        true
    }

    /// A total order: no two rows are equal.
    fn compare_names(&self, a: u32, b: u32) -> Ordering {
        self.keys.sort_key(a).cmp(self.keys.sort_key(b)).then_with(|| self.compare_ids(a, b))
    }

    fn compare_ids(&self, a: u32, b: u32) -> Ordering {
        let id = |slot| self.row_in(slot).map(|row| (&row.key.company, &row.key.profile));
        id(a).cmp(&id(b))
    }

    fn compare(&self, sort: Sort, a: u32, b: u32) -> Ordering {
        if sort.column == Column::Name {
            let names = self.keys.sort_key(a).cmp(self.keys.sort_key(b));
            let names = if sort.descending { names.reverse() } else { names };
            return names.then_with(|| self.compare_ids(a, b));
        }
        let column = self.row_in(a).zip(self.row_in(b));
        let column = column.map_or(Ordering::Equal, |(a, b)| order::compare(sort, &a.company, &b.company));
        column.then_with(|| self.compare_names(a, b))
    }

    fn sort(&mut self) {
        self.by_column = match self.query.sort {
            None | Some(Sort { column: Column::Name, descending: false }) => None,
            Some(Sort { column: Column::Name, descending: true }) => {
                let same = |a, b| self.keys.sort_key(a) == self.keys.sort_key(b);
                Some(order::reversed_by_name(&self.by_name, same))
            }
            Some(sort) => {
                let company = |slot| self.row_in(slot).map(|row| &row.company);
                Some(order::by_column(&self.by_name, sort, company))
            }
        };
    }

    fn filter(&mut self) {
        for (row, verdict) in self.rows.iter().zip(&mut self.verdicts) {
            verdict.passes = row.as_ref().is_some_and(|row| self.query.filter.passes(&row.company));
        }
    }

    fn find(&mut self) {
        for (slot, verdict) in (0..).zip(&mut self.verdicts) {
            verdict.tier = self.search.tier(&self.keys, slot);
        }
    }

    fn show(&mut self) {
        let order = self.by_column.as_ref().unwrap_or(&self.by_name);
        let ranked = !self.search.is_empty() && self.query.sort.is_none();
        self.shown.fill(order, &self.verdicts, ranked);
    }
}

fn mark(seen: &mut Vec<bool>, slot: u32) {
    let at = slot as usize;
    if at >= seen.len() {
        seen.resize(at + 1, false);
    }
    if let Some(seen) = seen.get_mut(at) {
        *seen = true;
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
