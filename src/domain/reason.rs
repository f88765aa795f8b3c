//! Why a company needs attention, with the figures that say how much: only what the list knows, and nothing guessed.

use super::company::{Attention, Company, Seats, SetupProgress};
use jiff::Timestamp;

/// A reason for attention of one company.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub kind: Attention,
    pub seats: Seats,
    pub setup: SetupProgress,
    /// Somebody is invited to be an owner, and has not joined.
    pub owner_invited: bool,
    /// Since when it is so, where that is known.
    pub since: Option<Timestamp>,
    pub due: Due,
}

/// Until when something has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// There is no date, or it is not known.
    Open,
    Now,
    At(Timestamp),
}

impl Reason {
    /// The most urgent reason, unless attention is set aside.
    pub fn most_urgent(company: &Company) -> Option<Self> {
        company.most_urgent().map(|kind| Self::of(kind, company))
    }

    /// A reason of this company's.
    pub fn of(kind: &Attention, company: &Company) -> Self {
        let since = match kind {
            Attention::TrialEnding => company.unlink_time,
            Attention::SetupStalled => company.setup.stalled_since,
            // Nobody has had to join before it was managed.
            Attention::NoConfirmedOwner if company.launch_time.is_none() => company.link_time,
            Attention::FactsStale => company.facts_time(),
            _ => None,
        };
        let due = match kind {
            Attention::TrialEnding => company.trial_end_time.map_or(Due::Open, Due::At),
            Attention::SeatLimitReached => Due::Now,
            _ => Due::Open,
        };
        Self {
            kind: kind.clone(),
            seats: company.seats,
            setup: company.setup,
            owner_invited: company.owners.invited.is_some_and(|invited| invited > 0),
            since,
            due,
        }
    }

    /// For how many whole days it has been so.
    pub fn days(&self, now: Timestamp) -> Option<i64> {
        self.since.map(|since| whole_days(now, since))
    }

    /// How many whole days are left.
    pub fn days_left(&self, now: Timestamp) -> Option<i64> {
        match self.due {
            Due::At(end) => Some(whole_days(end, now)),
            Due::Now | Due::Open => None,
        }
    }
}

fn whole_days(later: Timestamp, earlier: Timestamp) -> i64 {
    later.as_second().saturating_sub(earlier.as_second()).max(0) / 86_400
}
