//! Finds the slot of an id without keeping the id: it stands in the packed company.

use super::store::Store;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// Slots by the hash of their id; sixteen bytes each.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    hasher: RandomState,
    slots: HashMap<u64, u32>,
    /// Ids whose hash another one had before them. Nobody will see one, and still they are found.
    others: HashMap<String, u32>,
}

impl Index {
    /// The slot of an id.
    pub fn get(&self, id: &str, store: &Store) -> Option<u32> {
        let slot = self.slots.get(&self.hasher.hash_one(id)).copied();
        slot.filter(|&slot| store.is(slot, id)).or_else(|| self.others.get(id).copied())
    }

    /// Remembers the slot of an id that has none.
    pub fn insert(&mut self, id: &str, slot: u32) {
        let first = *self.slots.entry(self.hasher.hash_one(id)).or_insert(slot);
        if first != slot {
            self.others.insert(id.to_owned(), slot);
        }
    }

    /// Forgets an id, which stands in the store still.
    pub fn remove(&mut self, id: &str, store: &Store) -> Option<u32> {
        let slot = self.get(id, store)?;
        if self.others.remove(id).is_none() {
            self.slots.remove(&self.hasher.hash_one(id));
        }
        Some(slot)
    }

    /// How many slots there are.
    pub fn len(&self) -> usize {
        self.slots.len() + self.others.len()
    }

    /// Every slot.
    pub fn slots(&self) -> impl Iterator<Item = u32> {
        self.slots.values().chain(self.others.values()).copied()
    }
}
