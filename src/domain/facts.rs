//! What somebody observed about a company that only 1Password's web console shows: what about, where from, when, and
//! how exactly. A REAL workspace knows nothing else.

use super::company::CompanyState;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::fmt;

/// What a fact is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facet {
    /// Name and numbers.
    Identity,
    /// Filled seats.
    Seats,
    SeatLimit,
    People,
    /// Owners and administrators.
    Roles,
    Vaults,
    Activity,
    /// Open recoveries.
    Recovery,
    /// How the company stands: active, suspended, unlinked.
    Link,
    /// A word of a newer server.
    Other(String),
}

impl Facet {
    /// Those that this version reads values of.
    pub const VALUED: [Self; 5] = [Self::Seats, Self::SeatLimit, Self::Roles, Self::Recovery, Self::Link];
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactSource {
    /// A file or a pasted table.
    Import,
    /// A technician's word.
    Declared,
    UsersApi,
    Events,
    /// 1Password's command line.
    Op,
    /// A word of a newer server.
    Other(String),
}

/// How much a fact says; the better ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE", from = "String")]
pub enum Coverage {
    Exact,
    /// Not counted in full. What a newer server calls otherwise counts as this.
    Estimate,
    /// A technician's word.
    Declared,
}

impl From<String> for Coverage {
    fn from(word: String) -> Self {
        let known = [Self::Exact, Self::Declared].into_iter().find(|known| known.as_str() == word);
        known.unwrap_or(Self::Estimate)
    }
}

impl Coverage {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "EXACT",
            Self::Estimate => "ESTIMATE",
            Self::Declared => "DECLARED",
        }
    }
}

/// The latest of one source about one facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    pub facet: Facet,
    pub source: FactSource,
    /// When it was so.
    pub as_of: Timestamp,
    pub coverage: Coverage,
    /// Who observed it, if that is known.
    pub observer: Option<String>,
    /// What it says, where that is not what the company shows.
    pub value: Option<Figure>,
}

/// What a fact says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Figure {
    /// Filled seats, the seat limit (0 is none), confirmed owners, open recoveries.
    Count(u32),
    /// How the company stands.
    Word(String),
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::Word(word) => word.fmt(f),
        }
    }
}

/// What a technician saw in the console; what is `None` was not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Declared {
    /// When it was so; now when `None`.
    pub as_of: Option<Timestamp>,
    pub filled_seats: Option<u32>,
    /// 0 is no limit.
    pub seat_limit: Option<u32>,
    /// The confirmed owners by name.
    pub owners: Option<Vec<String>>,
    pub open_recoveries: Option<u32>,
    pub state: Option<CompanyState>,
}

impl Declared {
    /// Nothing was looked at.
    pub fn is_empty(&self) -> bool {
        *self == Self { as_of: self.as_of, ..Self::default() }
    }

    /// Something newer was declared of what it is about, which is kept in its place.
    pub fn overtaken(&self, facts: &[Fact]) -> bool {
        let about = [
            (self.filled_seats.is_some(), Facet::Seats),
            (self.seat_limit.is_some(), Facet::SeatLimit),
            (self.owners.is_some(), Facet::Roles),
            (self.open_recoveries.is_some(), Facet::Recovery),
            (self.state.is_some(), Facet::Link),
        ];
        let newer =
            |fact: &Fact| fact.source == FactSource::Declared && self.as_of.is_some_and(|time| fact.as_of > time);
        facts.iter().filter(|fact| newer(fact)).any(|fact| about.contains(&(true, fact.facet.clone())))
    }
}

/// Facts that were seen in the console age within this time, imported ones sooner.
const DECLARED_DAYS: i64 = 90;
const OTHER_DAYS: i64 = 30;

impl Fact {
    /// What is shown of several about the same: the newest exact one, else the newest estimate, else the newest word.
    pub fn headline<'a>(facts: impl Iterator<Item = &'a Self>) -> Option<&'a Self> {
        facts.min_by_key(|fact| (fact.coverage, Reverse(fact.as_of)))
    }

    /// From when on it is too old to go by.
    pub fn stale_from(&self) -> Timestamp {
        let days = if self.source == FactSource::Declared { DECLARED_DAYS } else { OTHER_DAYS };
        self.as_of.checked_add(SignedDuration::from_hours(days * 24)).unwrap_or(Timestamp::MAX)
    }
}

/// The facts that are shown: of each facet one.
pub fn headlines(facts: &[Fact]) -> impl Iterator<Item = &Fact> {
    let first = |at: usize, fact: &Fact| !facts.iter().take(at).any(|before| before.facet == fact.facet);
    let each = facts.iter().enumerate().filter(move |(at, fact)| first(*at, fact)).map(|(_, fact)| &fact.facet);
    each.filter_map(|about| Fact::headline(facts.iter().filter(|fact| fact.facet == *about)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(source: FactSource, day: i64, coverage: Coverage) -> Fact {
        let as_of = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(day * 24);
        Fact { facet: Facet::Seats, source, as_of, coverage, observer: None, value: None }
    }

    #[test]
    fn an_exact_fact_is_shown_before_newer_guesses_and_words() {
        let exact = fact(FactSource::Import, 1, Coverage::Exact);
        let newer = fact(FactSource::Op, 2, Coverage::Exact);
        let guess = fact(FactSource::UsersApi, 8, Coverage::Estimate);
        let word = fact(FactSource::Declared, 9, Coverage::Declared);
        let shown = |facts: &[&Fact]| Fact::headline(facts.iter().copied()).cloned();
        assert_eq!(shown(&[&word, &exact, &guess, &newer]), Some(newer));
        assert_eq!(shown(&[&word, &guess]), Some(guess));
        assert_eq!(shown(&[&word]), Some(word));
        assert_eq!(shown(&[]), None);
    }

    #[test]
    fn words_age_in_ninety_days_and_imports_in_thirty() {
        let days = |fact: Fact| fact.stale_from().as_second() / 86_400;
        assert_eq!(days(fact(FactSource::Declared, 1, Coverage::Declared)), 91);
        assert_eq!(days(fact(FactSource::Import, 1, Coverage::Exact)), 31);
    }

    #[test]
    fn what_was_seen_before_something_newer_is_overtaken() {
        let word = |day| fact(FactSource::Declared, day, Coverage::Declared);
        let seen = |day| Declared { as_of: Some(word(day).as_of), filled_seats: Some(1), ..Declared::default() };
        assert!(seen(3).overtaken(&[word(4)]));
        assert!(!seen(4).overtaken(&[word(4)]) && !seen(3).overtaken(&[fact(FactSource::Import, 4, Coverage::Exact)]));
        assert!(!Declared { filled_seats: None, owners: Some(Vec::new()), ..seen(3) }.overtaken(&[word(4)]));
        assert!(!Declared { as_of: None, ..seen(3) }.overtaken(&[word(4)]), "now is never before anything");
    }

    #[test]
    fn coverage_of_a_newer_server_counts_as_an_estimate() {
        let read = |word: &str| serde_json::from_str::<Coverage>(word).unwrap();
        assert_eq!((read("\"GUESSED\""), read("\"DECLARED\"")), (Coverage::Estimate, Coverage::Declared));
    }
}
