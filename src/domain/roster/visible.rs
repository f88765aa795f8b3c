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
    /// It is no longer managed.
    pub unlinked: bool,
}

/// Where unlinked companies stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unlinked {
    /// Behind all others; in a search behind those that match as well.
    Last,
    Hidden,
    /// Among the others.
    AsOrdered,
}

/// The list as it is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    rows: Vec<RowId>,
    place: Vec<u32>,
    /// How many would be shown if unlinked companies were not hidden.
    hidden: usize,
    /// How many of the rows stand at the end because they are unlinked.
    unlinked: usize,
}

impl Shown {
    pub fn rows(&self) -> &[RowId] {
        &self.rows
    }

    pub fn hidden(&self) -> usize {
        self.hidden
    }

    pub fn unlinked(&self) -> usize {
        self.unlinked
    }

    /// Where a slot stands in the list.
    pub fn position(&self, slot: u32) -> Option<usize> {
        self.place.get(slot as usize).copied().filter(|&at| at != NOWHERE).map(|at| at as usize)
    }

    /// Takes the rows that pass and match, in the order given; with `ranked`, better matches come first.
    pub fn fill(&mut self, order: &[u32], verdicts: &[Verdict], ranked: bool, unlinked: Unlinked) {
        // Rows of one bucket stay in their order: behind the better matches, those that are no longer managed.
        let bucket = |slot: u32| {
            let verdict = verdicts.get(slot as usize).filter(|verdict| verdict.passes)?;
            let tier = if ranked { verdict.tier? as usize } else { verdict.tier.map(|_| 0)? };
            Some((tier * 2 + usize::from(verdict.unlinked && unlinked != Unlinked::AsOrdered), verdict.unlinked))
        };
        let hides = |gone: bool| gone && unlinked == Unlinked::Hidden;
        let mut counts = [0_usize; Tier::COUNT * 2];
        self.hidden = 0;
        for (bucket, gone) in order.iter().filter_map(|&slot| bucket(slot)) {
            match counts.get_mut(bucket) {
                _ if hides(gone) => self.hidden += 1,
                Some(count) => *count += 1,
                None => {}
            }
        }
        self.unlinked = counts.iter().skip(1).step_by(2).sum();
        self.rows.clear();
        self.rows.resize(counts.iter().sum(), RowId(NOWHERE));
        let mut next = [0; Tier::COUNT * 2];
        let mut begin = 0;
        for (next, count) in next.iter_mut().zip(counts) {
            *next = begin;
            begin += count;
        }
        for (slot, (bucket, gone)) in order.iter().filter_map(|&slot| Some((slot, bucket(slot)?))) {
            let Some(next) = next.get_mut(bucket).filter(|_| !hides(gone)) else { continue };
            if let Some(row) = self.rows.get_mut(*next) {
                *row = RowId(slot);
            }
            *next += 1;
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
