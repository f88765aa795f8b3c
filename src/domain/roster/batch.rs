//! Companies made ready for a roster: packed, folded, keyed, counted and ordered. That is nearly all the work of taking
//! them in, and can be done on any thread.

use super::bytes::ID_BUFFER;
use super::index::Index;
use super::keys::Keys;
use super::order;
use super::store::Store;
use super::totals::Totals;
use crate::domain::company::Company;
use std::cmp::Ordering;
use std::fmt;

/// Companies of one account, each of another id. Boxed, as it travels in messages.
#[derive(Clone, Default)]
pub struct Batch(pub(super) Box<Rows>);

#[derive(Clone, Default)]
pub(super) struct Rows {
    pub store: Store,
    pub keys: Keys,
    pub totals: Totals,
    /// In the order of names.
    pub by_name: Vec<u32>,
    index: Index,
    received: usize,
}

impl Batch {
    /// How many companies came, also those of an id that came again: pages are counted by their rows.
    pub fn len(&self) -> usize {
        self.0.received
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.received == 0
    }

    /// The companies in the order in which they came; each is made as it comes.
    pub fn iter(&self) -> impl Iterator<Item = Company> {
        (0..self.0.store.slots()).filter_map(|slot| self.0.store.company(slot))
    }
}

impl Rows {
    /// Of an id that comes twice the last one counts.
    fn push(&mut self, company: &Company) {
        self.received += 1;
        let id = company.id.as_str();
        let slot = self.index.get(id, &self.store).unwrap_or_else(|| {
            let slot = self.store.new_slot();
            self.index.insert(id, slot);
            slot
        });
        if let Some(old) = self.store.company(slot) {
            self.totals.take_away(&old);
        }
        self.totals.add(company);
        self.store.put(slot, 0, company);
        self.keys.set(slot, company);
    }

    fn compare_names(&self, a: u32, b: u32) -> Ordering {
        self.keys.compare(a, b).then_with(|| self.store.compare_ids(a, b))
    }

    /// The id of a slot, handed to whoever wants to look at it.
    pub fn with_id<T>(&self, slot: u32, look: impl FnOnce(&str) -> T) -> Option<T> {
        self.store.id(slot, &mut ID_BUFFER.clone()).map(look)
    }
}

impl FromIterator<Company> for Batch {
    fn from_iter<I: IntoIterator<Item = Company>>(companies: I) -> Self {
        let mut rows = Rows::default();
        companies.into_iter().for_each(|company| rows.push(&company));
        let mut by_name = Vec::new();
        order::merge_in(&mut by_name, (0..rows.store.slots()).collect(), |a, b| rows.compare_names(a, b));
        rows.by_name = by_name;
        Self(Box::new(rows))
    }
}

impl From<Vec<Company>> for Batch {
    fn from(companies: Vec<Company>) -> Self {
        companies.into_iter().collect()
    }
}

/// The same companies in the same order.
impl PartialEq for Batch {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
