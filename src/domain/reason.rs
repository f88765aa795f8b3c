//! Why a company needs attention, with the figures that say how much: only what the list knows, and nothing guessed.

use super::company::{Attention, Company, Seats, SetupProgress};
use jiff::Timestamp;

/// What kind of work a reason is; the order is the order of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Somebody waits for the technician, who can finish it.
    Now,
    /// There is a limit or an end ahead.
    Soon,
    /// Set-up and owners.
    Setup,
    /// What is known has to be looked at again, or is a word of a newer server.
    Records,
    /// Attention was set aside.
    Snoozed,
}

impl Group {
    /// Of a reason; none is set aside.
    pub fn of(kind: Option<&Attention>) -> Self {
        match kind {
            Some(Attention::RecoveryWaiting | Attention::LinkWaiting) => Self::Now,
            Some(
                Attention::SeatLimitReached
                | Attention::TrialEnding
                | Attention::SeatLimitNear
                | Attention::SourceExpiring,
            ) => Self::Soon,
            Some(Attention::NoConfirmedOwner | Attention::SingleOwner | Attention::SetupStalled) => Self::Setup,
            Some(Attention::SourceFailing | Attention::FactsDiffer | Attention::FactsStale | Attention::Other(_)) => {
                Self::Records
            }
            None => Self::Snoozed,
        }
    }
}

/// A reason for attention of one company.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub kind: Attention,
    pub seats: Seats,
    /// `~` where the filled seats are an estimate.
    pub seats_sign: &'static str,
    pub setup: SetupProgress,
    /// Somebody is invited to be an owner, and has not joined.
    pub owner_invited: bool,
    /// Who waits, where that is known.
    pub person: Option<String>,
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
            Attention::SourceExpiring => company.source_expire_time.map_or(Due::Open, Due::At),
            Attention::SeatLimitReached => Due::Now,
            _ => Due::Open,
        };
        Self {
            kind: kind.clone(),
            seats: company.seats,
            seats_sign: company.seats_sign(),
            setup: company.setup,
            owner_invited: company.owners.invited.is_some_and(|invited| invited > 0),
            person: None,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::tests::company;
    use jiff::SignedDuration;

    #[test]
    fn groups_come_in_the_order_of_urgency() {
        let groups: Vec<Group> = Attention::KNOWN.iter().map(|kind| Group::of(Some(kind))).collect();
        assert!(groups.is_sorted(), "{groups:?}");
        assert!(Attention::KNOWN.is_sorted(), "the first of a company's is its most urgent");
        assert!(Group::of(Some(&Attention::Other("NEW".into()))) < Group::of(None));
    }

    #[test]
    fn nothing_is_told_that_the_list_does_not_know() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let at = |days: i64| now.checked_add(SignedDuration::from_hours(24 * days)).ok();
        let mut acme = company("A", "Acme");
        for kind in Attention::KNOWN {
            let reason = Reason::of(&kind, &acme);
            let due = if kind == Attention::SeatLimitReached { Due::Now } else { Due::Open };
            assert_eq!((reason.since, reason.due, reason.days_left(now)), (None, due, None), "{kind:?}");
        }
        (acme.trial_end_time, acme.unlink_time) = (at(3), at(-11));
        let trial = Reason::of(&Attention::TrialEnding, &acme);
        assert_eq!((trial.days(now), trial.days_left(now)), (Some(11), Some(3)));
        acme.trial_end_time = at(-1);
        assert_eq!(Reason::of(&Attention::TrialEnding, &acme).days_left(now), Some(0), "over is over");
        acme.source_expire_time = at(13);
        assert_eq!(Reason::of(&Attention::SourceExpiring, &acme).days_left(now), Some(13));
        acme.setup.stalled_since = at(-61);
        assert_eq!(Reason::of(&Attention::SetupStalled, &acme).days(now), Some(61));
        acme.link_time = at(-4);
        assert_eq!(Reason::of(&Attention::NoConfirmedOwner, &acme).days(now), Some(4), "since it is managed");
        acme.launch_time = at(-1);
        assert_eq!(Reason::of(&Attention::NoConfirmedOwner, &acme).since, None, "somebody may have been there");
        acme.attention = vec![Attention::SetupStalled, Attention::LinkWaiting];
        assert_eq!(Reason::most_urgent(&acme).map(|reason| reason.kind), Some(Attention::LinkWaiting));
        acme.snooze_until = at(1);
        assert_eq!(Reason::most_urgent(&acme), None);
    }
}
