//! The rows that are shown, in their order, and where each of them stands.

use super::RowId;
use super::search::Tier;

/// No place in the list.
const NOWHERE: u32 = u32::MAX;

/// What is known of a row under the current query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// The filter lets it through.
    pub passes: bool,
    /// How well the search finds it.
    pub tier: Option<Tier>,
}

/// The list as it is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    rows: Vec<RowId>,
    place: Vec<u32>,
}

impl Shown {
    pub fn rows(&self) -> &[RowId] {
        &self.rows
    }

    /// Where a slot stands in the list.
    pub fn position(&self, slot: u32) -> Option<usize> {
        self.place.get(slot as usize).copied().filter(|&at| at != NOWHERE).map(|at| at as usize)
    }

    /// Takes the rows that pass and match, in the order given; with `ranked`, better matches come first.
    pub fn fill(&mut self, order: &[u32], verdicts: &[Verdict], ranked: bool) {
        let tier = |slot: u32| verdicts.get(slot as usize).filter(|verdict| verdict.passes)?.tier;
        self.rows.clear();
        if ranked {
            let mut counts = [0_usize; Tier::COUNT];
            for tier in order.iter().filter_map(|&slot| tier(slot)) {
                if let Some(count) = counts.get_mut(tier as usize) {
                    *count += 1;
                }
            }
            self.rows.resize(counts.iter().sum(), RowId(NOWHERE));
            let mut next = [0; Tier::COUNT];
            let mut begin = 0;
            for (next, count) in next.iter_mut().zip(counts) {
                *next = begin;
                begin += count;
            }
            for (slot, tier) in order.iter().filter_map(|&slot| Some((slot, tier(slot)?))) {
                let Some(next) = next.get_mut(tier as usize) else { continue };
                if let Some(row) = self.rows.get_mut(*next) {
                    *row = RowId(slot);
                }
                *next += 1;
            }
        } else {
            self.rows.extend(order.iter().filter(|&&slot| tier(slot).is_some()).map(|&slot| RowId(slot)));
        }
        self.place.clear();
        self.place.resize(verdicts.len(), NOWHERE);
        for (at, row) in (0..).zip(&self.rows) {
            if let Some(place) = self.place.get_mut(row.0 as usize) {
                *place = at;
            }
        }
    }
}
