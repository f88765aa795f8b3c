//! Orders by each column; names have their own (`domain/alphabet.rs`).

use super::encoding::Head;
use super::query::{Column, Sort};
use crate::domain::company::{Attention, CompanyState, SetupProgress};
use jiff::Timestamp;
use std::cmp::Ordering;

/// A number, and a second one for ties, that order a company in a column; `None` when it is not known, which stands last
/// in either direction. Names are compared elsewhere.
pub(super) fn rank(column: Column, company: &Head<'_>) -> Option<(u64, u32)> {
    Some(match column {
        Column::Status => (state_rank(&company.state)?, 0),
        Column::Seats => (company.seats.filled?.into(), 0),
        Column::Name => (0, 0),
        Column::Setup => (share_done(company.setup)?, company.setup.done),
        Column::Attention => urgency(company),
        Column::Owners => (company.owners.confirmed?.into(), company.owners.invited.unwrap_or_default()),
    })
}

/// The place of the most urgent kind among all; kinds of a newer server come after those that are known. Within a kind
/// what ends first, has lasted longest, or is fullest.
fn urgency(company: &Head<'_>) -> (u64, u32) {
    let Some(kind) = company.most_urgent() else { return (u64::MAX, 0) };
    let place = Attention::KNOWN.iter().position(|known| *known == kind).unwrap_or(Attention::KNOWN.len());
    let minutes = |time: Option<Timestamp>| {
        time.map_or(u32::MAX, |time| u32::try_from(time.as_second() / 60).unwrap_or_default())
    };
    let within = match kind {
        Attention::TrialEnding => minutes(company.trial_end),
        Attention::SourceExpiring => minutes(company.source_expire),
        Attention::SetupStalled => minutes(company.setup.stalled_since),
        Attention::FactsStale => minutes(company.facts_time),
        Attention::SeatLimitNear => 100_u32.saturating_sub(company.seats.percent().unwrap_or_default()),
        _ => 0,
    };
    (place as u64, within)
}

fn state_rank(state: &CompanyState) -> Option<u64> {
    Some(match state {
        CompanyState::Active => 0,
        CompanyState::Pending => 1,
        CompanyState::Suspended => 2,
        CompanyState::Unlinked => 3,
        CompanyState::Other(_) if state.unspecified() => return None,
        CompanyState::Other(_) => 4,
    })
}

/// The share of steps done, scaled so that no two different fractions of 32-bit numbers fall together: they
/// are at least 1/(2³² − 1)² apart, which is more than one step of the scale. `None` without a checklist.
fn share_done(setup: SetupProgress) -> Option<u64> {
    if !setup.known() {
        return None;
    }
    if setup.done >= setup.applicable {
        return Some(u64::MAX);
    }
    let share = u128::from(setup.done) * u128::from(u64::MAX) / u128::from(setup.applicable);
    Some(u64::try_from(share).unwrap_or(u64::MAX))
}

/// Compares two companies by a column alone: equal ones are the caller's to tell apart.
pub(super) fn compare(sort: Sort, a: &Head<'_>, b: &Head<'_>) -> Ordering {
    match (rank(sort.column, a), rank(sort.column, b)) {
        (Some(a), Some(b)) if sort.descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// Sorts slots that stand in the order of names by another column. Ties stay as they stand.
pub(super) fn by_column<'a>(by_name: &[u32], sort: Sort, head: impl Fn(u32) -> Option<Head<'a>>) -> Vec<u32> {
    let turned = |(first, second): (u64, u32)| if sort.descending { (!first, !second) } else { (first, second) };
    let mut ranked: Vec<((bool, u64, u32), u32)> = by_name
        .iter()
        .map(|&slot| {
            let rank = head(slot).and_then(|head| rank(sort.column, &head));
            let (first, second) = rank.map(turned).unwrap_or_default();
            ((rank.is_none(), first, second), slot)
        })
        .collect();
    // Stable: the order of names is in the order of the input.
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, slot)| slot).collect()
}

/// Turns an order of names round. Rows of one name keep their order among each other.
pub(super) fn reversed_by_name(by_name: &[u32], same: impl Fn(u32, u32) -> bool) -> Vec<u32> {
    let mut out = Vec::with_capacity(by_name.len());
    for run in by_name.chunk_by(|&a, &b| same(a, b)).rev() {
        out.extend_from_slice(run);
    }
    out
}

/// Takes slots out of an order; those that are not in it do not matter.
pub(super) fn take_out(order: &mut Vec<u32>, out: &[u32]) {
    match out {
        [] => {}
        [one] => order.retain(|slot| slot != one),
        many => {
            let most = many.iter().copied().max().unwrap_or_default() as usize;
            let mut marked = vec![false; most + 1];
            for &slot in many {
                if let Some(mark) = marked.get_mut(slot as usize) {
                    *mark = true;
                }
            }
            order.retain(|&slot| !marked.get(slot as usize).copied().unwrap_or_default());
        }
    }
}

/// Puts slots that are not yet in an order into it, each by a search of its place: nothing is sorted anew but
/// the few that come.
pub(super) fn merge_in(order: &mut Vec<u32>, mut fresh: Vec<u32>, compare: impl Fn(u32, u32) -> Ordering) {
    fresh.sort_unstable_by(|&a, &b| compare(a, b));
    // A page of a list that comes in this order goes to the end.
    if let (Some(&last), Some(&first)) = (order.last(), fresh.first())
        && compare(last, first).is_lt()
    {
        return order.append(&mut fresh);
    }
    let mut end = order.len();
    order.resize(end + fresh.len(), 0);
    // From the last one on: what stands behind it moves by as many places as slots are still to come.
    for (before, slot) in fresh.into_iter().enumerate().rev() {
        let known = order.get(..end).unwrap_or_default();
        let at = known.partition_point(|&other| compare(other, slot).is_lt());
        order.copy_within(at..end, at + before + 1);
        if let Some(place) = order.get_mut(at + before) {
            *place = slot;
        }
        end = at;
    }
}
