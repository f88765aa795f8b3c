//! What is shown of all that was observed of one company: of each facet the best, in columns of `companies`.

use super::{FactValue, json};
use crate::domain::company::CompanyState;
use crate::domain::facts::{Coverage, Facet, Fact as DomainFact, FactSource, headlines};
use crate::server::store::companies::edit::Column;
use crate::server::store::companies::register::UNSPECIFIED;
use crate::server::store::companies::row::listed;
use crate::server::store::error::StoreError;
use crate::wire::Actor;
use crate::wire::company::Fact;
use jiff::Timestamp;

/// Names of owners that a company is found by, at most.
const MOST_NAMES: usize = 10;

/// A row of `facts`.
pub struct Kept {
    pub fact: DomainFact,
    pub observer: Actor,
    pub value: String,
}

impl Kept {
    /// Whether it still counts: how a company stood before it was linked does not.
    fn counts(&self, linked: Option<i64>) -> bool {
        self.fact.facet != Facet::Link
            || self.fact.source == FactSource::Declared
            || linked.is_none_or(|time| self.fact.as_of.as_millisecond() >= time)
    }

    /// What the seats are, if it is about them.
    fn seats(&self) -> Option<u32> {
        match serde_json::from_str(&self.value) {
            Ok(FactValue::Seats { filled, .. }) => Some(filled),
            _ => None,
        }
    }

    /// Whether it says otherwise than the one that is shown. An estimate leaves out who cannot be seen: it does so where it
    /// is further away than a tenth.
    fn contradicts(&self, shown: &Self) -> bool {
        match (self.seats(), shown.seats()) {
            (Some(estimate), Some(shown)) if self.fact.coverage == Coverage::Estimate => {
                estimate.abs_diff(shown) > (shown / 10).max(1)
            }
            _ => self.value != shown.value,
        }
    }

    /// A technician says that the company is unlinked. That stands until a technician says otherwise: a table that still
    /// shows the company contradicts it, and revives nothing.
    fn ends_care(&self) -> bool {
        let unlinked = || json(&FactValue::stands(&CompanyState::Unlinked)).is_ok_and(|json| json == self.value);
        self.fact.source == FactSource::Declared && self.fact.facet == Facet::Link && unlinked()
    }
}

/// What is shown: of each facet one.
fn best(counting: &[&Kept]) -> Vec<usize> {
    let facts: Vec<DomainFact> = counting.iter().map(|kept| kept.fact.clone()).collect();
    let place = |headline: &DomainFact| {
        let about = |kept: &&&Kept| kept.fact.facet == headline.facet;
        let word = counting.iter().position(|kept| about(&kept) && kept.ends_care());
        word.or_else(|| counting.iter().position(|kept| kept.fact == *headline))
    };
    headlines(&facts).filter_map(place).collect()
}

/// What the columns of a company say.
#[derive(Default)]
pub struct Shown {
    seats: (Option<u32>, Option<u32>, Option<u32>),
    seat_limit: Option<u32>,
    owners: (Option<u32>, Option<u32>),
    owner_names: Vec<String>,
    open_recoveries: Option<u32>,
    state: Option<String>,
    /// When the oldest of what is shown was observed, and from when on one of it is too old.
    time: Option<Timestamp>,
    until: Option<Timestamp>,
    differ: bool,
    /// All that is kept, as the contract has it.
    facts: Vec<Fact>,
    /// A technician says that it is unlinked.
    pub ended: bool,
}

impl Shown {
    /// The best of all that is kept about a company that was linked at this time, in milliseconds.
    pub fn of(kept: &[Kept], linked: Option<i64>) -> Self {
        let counting: Vec<&Kept> = kept.iter().filter(|kept| kept.counts(linked)).collect();
        let best: Vec<&Kept> = best(&counting).into_iter().filter_map(|place| counting.get(place).copied()).collect();
        let mut shown = Self {
            time: best.iter().map(|kept| kept.fact.as_of).min(),
            until: best.iter().map(|kept| kept.fact.stale_from()).min(),
            ended: best.iter().any(|kept| kept.ends_care()),
            ..Self::default()
        };
        for best in &best {
            // A value of a newer version stays in the list of facts, and is shown by no column.
            if let Ok(value) = serde_json::from_str(&best.value) {
                shown.take(value);
            }
            let otherwise = |kept: &&&Kept| {
                kept.fact.facet == best.fact.facet && kept.fact.as_of > best.fact.as_of && kept.contradicts(best)
            };
            // Of a company that is not ours any more only that is of interest whether it is so.
            let of_interest = best.fact.facet == Facet::Link || !shown.ended;
            shown.differ |= of_interest && counting.iter().any(|kept| otherwise(&kept));
        }
        let otherwise = |kept: &Kept| {
            let shown = best.iter().find(|best| best.fact.facet == kept.fact.facet);
            kept.counts(linked) && shown.is_some_and(|shown| shown.value != kept.value)
        };
        shown.facts = kept.iter().map(|kept| written(kept, otherwise(kept))).collect();
        shown
    }

    fn take(&mut self, value: FactValue) {
        match value {
            FactValue::Seats { filled, members, guests } => self.seats = (Some(filled), members, guests),
            FactValue::SeatLimit { limit } => self.seat_limit = limit,
            FactValue::Roles { confirmed, invited, names } => {
                self.owners = (Some(confirmed), invited);
                self.owner_names = names.into_iter().take(MOST_NAMES).collect();
            }
            FactValue::Recovery { open } => self.open_recoveries = Some(open),
            FactValue::Link { state } => self.state = Some(state),
            FactValue::People { .. } => {}
        }
    }

    pub fn columns(self) -> Result<[Column; 13], StoreError> {
        let number = |number: Option<u32>| number.map(i64::from).into();
        let milliseconds = |time: Option<Timestamp>| time.map(Timestamp::as_millisecond).into();
        Ok([
            ("filled", number(self.seats.0)),
            ("members", number(self.seats.1)),
            ("guests", number(self.seats.2)),
            ("seat_limit", number(self.seat_limit)),
            ("owners_confirmed", number(self.owners.0)),
            ("owners_invited", number(self.owners.1)),
            ("owner_names", listed(&self.owner_names).into()),
            ("open_recoveries", number(self.open_recoveries)),
            ("state", self.state.unwrap_or_else(|| UNSPECIFIED.to_owned()).into()),
            ("facts", json(&self.facts)?.into()),
            ("facts_time", milliseconds(self.time)),
            ("facts_stale_time", milliseconds(self.until)),
            ("facts_differ", i64::from(self.differ).into()),
        ])
    }
}

/// With what it says, where that is `otherwise` than what is shown.
fn written(kept: &Kept, otherwise: bool) -> Fact {
    let DomainFact { facet, source, as_of, coverage, .. } = kept.fact.clone();
    let value = if otherwise { serde_json::from_str(&kept.value).ok().map(FactValue::figure) } else { None };
    Fact { facet, source, as_of: Some(as_of), coverage, observer: Some(kept.observer.clone()), value }
}
