//! What needs attention: each rule once, as SQL. Rows, filters and the expirations of `companies:changes` use the same.

use crate::domain::company::Attention;

/// 7 and 14 days in milliseconds (product: attention; support page *manage companies*: trial).
pub const SEVEN_DAYS: i64 = 7 * 24 * 3_600_000;
/// See [`SEVEN_DAYS`].
pub const FOURTEEN_DAYS: i64 = 2 * SEVEN_DAYS;

pub struct Rule {
    pub kind: Attention,
    /// A condition about a row of `companies`.
    pub condition: &'static str,
    pub times: Option<Times>,
}

/// The rule holds from some time after the column's on, until so long after it; in milliseconds.
#[derive(Clone, Copy)]
pub struct Times {
    pub column: &'static str,
    /// An index of the column. Its condition is part of the rule's.
    pub index: &'static str,
    pub from: i64,
    pub until: Option<i64>,
}

const fn rule(kind: Attention, condition: &'static str) -> Rule {
    Rule { kind, condition, times: None }
}

/// Most urgent first.
pub static RULES: [Rule; 12] = [
    Rule {
        kind: Attention::TrialEnding,
        condition: "state = 'UNLINKED' AND trial_end_time IS NOT NULL",
        times: Some(Times {
            column: "trial_end_time",
            index: "companies_by_trial_end",
            from: -SEVEN_DAYS,
            until: Some(0),
        }),
    },
    rule(Attention::RecoveryWaiting, "state <> 'UNLINKED' AND recoveries_waiting > 0"),
    rule(Attention::NoConfirmedOwner, "state <> 'UNLINKED' AND owners_confirmed = 0"),
    rule(Attention::SeatLimitReached, "state <> 'UNLINKED' AND filled >= seat_limit"),
    rule(Attention::SeatLimitNear, "state <> 'UNLINKED' AND filled < seat_limit AND filled * 100 >= seat_limit * 80"),
    rule(Attention::LinkWaiting, "state <> 'UNLINKED' AND link_waiting <> 0"),
    Rule {
        kind: Attention::SetupStalled,
        condition: "state IN ('ACTIVE', 'PENDING') AND setup_done < setup_applicable",
        times: Some(Times {
            column: "setup_moved",
            index: "companies_by_setup_moved",
            from: FOURTEEN_DAYS,
            until: None,
        }),
    },
    rule(Attention::SingleOwner, "state <> 'UNLINKED' AND owners_confirmed = 1"),
    Rule {
        kind: Attention::SourceExpiring,
        condition: "state <> 'UNLINKED' AND source_expire_time IS NOT NULL",
        times: Some(Times {
            column: "source_expire_time",
            index: "companies_by_source_expire_time",
            from: -FOURTEEN_DAYS,
            until: None,
        }),
    },
    rule(Attention::SourceFailing, "state <> 'UNLINKED' AND sources_failing <> 0"),
    // Of one that is unlinked: some table shows it still.
    rule(Attention::FactsDiffer, "facts_differ <> 0"),
    Rule {
        kind: Attention::FactsStale,
        condition: "state <> 'UNLINKED' AND facts_stale_time IS NOT NULL",
        times: Some(Times { column: "facts_stale_time", index: "companies_by_facts_stale_time", from: 0, until: None }),
    },
];

/// The times of a row that rules are about.
pub struct Moments {
    pub setup_moved: i64,
    pub trial_end: Option<i64>,
    pub facts_stale: Option<i64>,
    pub source_expire: Option<i64>,
}

/// An expression with a bit for each rule whose condition holds, for [`kinds`].
pub fn mask() -> String {
    let bit = |(place, rule): (usize, &Rule)| format!("CASE WHEN {} THEN {} ELSE 0 END", rule.condition, 1 << place);
    RULES.iter().enumerate().map(bit).collect::<Vec<_>>().join(" + ")
}

/// What holds now of a row with this [`mask`].
pub fn kinds(mask: i64, moments: &Moments, now: i64) -> Vec<Attention> {
    let in_time = |times: &Times| {
        let time = match times.column {
            "setup_moved" => Some(moments.setup_moved),
            "facts_stale_time" => moments.facts_stale,
            "source_expire_time" => moments.source_expire,
            _ => moments.trial_end,
        };
        time.is_some_and(|time| {
            time.saturating_add(times.from) <= now && times.until.is_none_or(|until| now < time.saturating_add(until))
        })
    };
    let rules = RULES.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1);
    rules.filter(|(_, rule)| rule.times.as_ref().is_none_or(in_time)).map(|(_, rule)| rule.kind.clone()).collect()
}

/// Whether no step of the set-up moved for too long.
pub fn stalled(kinds: &[Attention]) -> bool {
    kinds.contains(&Attention::SetupStalled)
}
