//! The sum over several accounts: worked out from day to day, for the peak of a sum is not the sum of the peaks.

use crate::domain::usage::{Day, Internal, Period, Thousandths, Usage};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The sum of these answers, and which of them are in it: those that reach the newest day. An account whose numbers
/// end sooner, since it does not answer any more, would make today's seats look fewer than they are.
pub(super) fn total(period: Period, answers: &[Option<&Usage>]) -> (Option<Usage>, Vec<bool>) {
    let newest = answers.iter().flatten().filter_map(|usage| last_day(usage)).max();
    let counts = |usage: &Usage| last_day(usage).is_none() || last_day(usage) == newest;
    let counted: Vec<bool> = answers.iter().map(|usage| usage.is_some_and(counts)).collect();
    let parts: Vec<&Usage> = answers.iter().flatten().copied().filter(|usage| counts(usage)).collect();
    let sum = match parts[..] {
        [] => None,
        // The server's own numbers, to the letter.
        [only] => Some(only.clone()),
        _ => Some(sum(period, &parts)),
    };
    (sum, counted)
}

fn last_day(usage: &Usage) -> Option<Date> {
    usage.days.last().map(|day| day.date)
}

fn sum(period: Period, parts: &[&Usage]) -> Usage {
    let mut seats: BTreeMap<Date, u32> = BTreeMap::new();
    for day in parts.iter().flat_map(|part| &part.days) {
        let sum = seats.entry(day.date).or_default();
        *sum = sum.saturating_add(day.seats);
    }
    let days: Vec<Day> = seats.into_iter().map(|(date, seats)| Day { date, seats }).collect();
    Usage {
        period,
        net_usage: net(parts, &days),
        projection: added(parts.iter().map(|part| part.projection)),
        peak: days.iter().map(|day| day.seats).max().unwrap_or(0),
        limit: None,
        internal: internal(parts),
        days,
    }
}

/// The sum of what the servers say, as long as they divide by the same days; else worked out from the sum's days.
fn net(parts: &[&Usage], days: &[Day]) -> Thousandths {
    if parts.iter().all(|part| part.days.len() == days.len()) {
        return added(parts.iter().map(|part| Some(part.net_usage))).unwrap_or_default();
    }
    let seats = days.iter().map(|day| u64::from(day.seats)).sum();
    Thousandths::ratio(seats, u32::try_from(days.len()).unwrap_or(u32::MAX))
}

fn added(mut all: impl Iterator<Item = Option<Thousandths>>) -> Option<Thousandths> {
    all.try_fold(Thousandths::default(), |sum, one| Some(Thousandths(sum.0.saturating_add(one?.0))))
}

/// Seats of the MSP's own people. What one account leaves of its included seats is no good to another: where one
/// has more than are included, only those that are used count as included.
fn internal(parts: &[&Usage]) -> Option<Internal> {
    let all: Vec<Internal> = parts.iter().filter_map(|part| part.internal).collect();
    let exceeds = all.iter().any(|of| of.filled > of.included);
    let included = |of: &Internal| if exceeds { of.included.min(of.filled) } else { of.included };
    let add = |of: fn(&Internal) -> u32| all.iter().map(of).fold(0, u32::saturating_add);
    let filled = add(|of| of.filled);
    let included = all.iter().map(included).fold(0, u32::saturating_add);
    (!all.is_empty()).then_some(Internal { filled, included })
}

#[cfg(test)]
mod tests {
    use crate::app::features::usage::total::*;

    fn period() -> Period {
        Period::month_of("2026-11-22".parse().unwrap())
    }

    /// Seats from the first of the month on.
    fn usage(seats: &[u32], internal: u32) -> Usage {
        let days: Vec<Day> = seats
            .iter()
            .zip(1_i8..)
            .map(|(seats, day)| Day { date: period().start.with().day(day).build().unwrap(), seats: *seats })
            .collect();
        let sum = seats.iter().map(|seats| u64::from(*seats)).sum();
        Usage {
            period: period(),
            net_usage: Thousandths::ratio(sum, u32::try_from(seats.len()).unwrap()),
            projection: Some(Thousandths(1_000)),
            peak: seats.iter().copied().max().unwrap_or(0),
            days,
            limit: None,
            internal: Some(Internal { filled: internal, included: 5 }),
        }
    }

    #[test]
    fn the_peak_of_a_sum_is_not_the_sum_of_the_peaks() {
        let (one, other) = (usage(&[10, 2, 4], 5), usage(&[1, 9, 4], 2));
        let (sum, counted) = total(period(), &[Some(&one), None, Some(&other)]);
        let sum = sum.unwrap();
        assert_eq!(counted, [true, false, true]);
        assert_eq!(sum.days.iter().map(|day| day.seats).collect::<Vec<_>>(), [11, 11, 8]);
        assert_eq!((sum.peak, one.peak + other.peak), (11, 19));
        assert_eq!((sum.net_usage, sum.projection), (Thousandths(10_000), Some(Thousandths(2_000))));
        assert_eq!(sum.internal, Some(Internal { filled: 7, included: 10 }));
    }

    #[test]
    fn one_account_is_what_its_server_says() {
        let one = Usage { net_usage: Thousandths(77), peak: 99, limit: Some(3), ..usage(&[1, 2], 0) };
        assert_eq!(total(period(), &[None, Some(&one)]).0, Some(one));
        assert_eq!(total(period(), &[None, None]), (None, vec![false, false]));
    }

    #[test]
    fn numbers_that_end_sooner_are_not_in_the_sum() {
        let (fresh, stale) = (usage(&[4, 4, 4], 0), usage(&[7, 7], 0));
        let (sum, counted) = total(period(), &[Some(&stale), Some(&fresh)]);
        assert_eq!((sum, counted), (Some(fresh), vec![false, true]));
    }

    #[test]
    fn an_account_that_began_later_counts_from_then_on() {
        let whole = usage(&[4, 4, 4], 0);
        let mut later = usage(&[1, 2, 3], 0);
        later.days.drain(..2);
        let sum = total(period(), &[Some(&whole), Some(&later)]).0.unwrap();
        assert_eq!((sum.net_usage, sum.peak), (Thousandths(5_000), 7), "15 seats over three days");
    }

    #[test]
    fn included_seats_that_one_account_leaves_are_no_good_to_another() {
        let (more, less) = (usage(&[1], 7), usage(&[1], 2));
        let sum = total(period(), &[Some(&more), Some(&less)]).0.unwrap();
        assert_eq!(sum.internal, Some(Internal { filled: 9, included: 7 }));
    }

    #[test]
    fn a_projection_of_only_some_is_none() {
        let (one, mut other) = (usage(&[1], 7), usage(&[1], 2));
        other.projection = None;
        assert_eq!(total(period(), &[Some(&one), Some(&other)]).0.unwrap().projection, None);
    }
}
