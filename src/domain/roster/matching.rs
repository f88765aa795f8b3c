//! Companies that a search finds beside the one of the list: for what goes to one of them by name.

use super::Roster;
use super::search::{Search, Tier};
use crate::domain::id::CompanyKey;

impl Roster {
    /// The companies that match best, best first and by name among equals, so many at most. Nothing typed finds
    /// nothing.
    pub fn matching(&self, typed: &str, most: usize) -> Vec<(CompanyKey, Tier)> {
        let mut search = Search::new(typed);
        if search.is_empty() || most == 0 {
            return Vec::new();
        }
        let mut found: [Vec<u32>; Tier::COUNT] = Default::default();
        for &slot in &self.by_name {
            let Some(tier) = search.tier(&self.keys, slot, &self.store) else { continue };
            if let Some(bucket) = found.get_mut(tier as usize).filter(|bucket| bucket.len() < most) {
                bucket.push(slot);
            }
        }
        let ranked =
            Tier::ALL.into_iter().zip(found).flat_map(|(tier, slots)| slots.into_iter().map(move |it| (it, tier)));
        ranked.take(most).filter_map(|(slot, tier)| Some((self.store.key(slot)?, tier))).collect()
    }
}
