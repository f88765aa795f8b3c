//! What needs attention, and for how long it is snoozed.

use crate::domain::company::Attention as Kind;
use crate::i18n::types::attention::Attention;
use std::borrow::Cow;

pub(super) const TEXTS: Attention = Attention {
    long: |kind| match kind {
        Kind::TrialEnding => "Free trial ends within 7 days".into(),
        Kind::RecoveryWaiting => "Recovery ready to complete".into(),
        Kind::NoConfirmedOwner => "No confirmed owner – can't be unlinked".into(),
        Kind::SeatLimitReached => "Seat limit reached".into(),
        Kind::SeatLimitNear => "Seats at least 80% full".into(),
        Kind::LinkWaiting => "Link request to accept".into(),
        Kind::SetupStalled => "Setup idle for at least 14 days".into(),
        Kind::SingleOwner => "Only one owner".into(),
        Kind::FactsDiffer => "A newer source says otherwise".into(),
        Kind::FactsStale => "What is known is out of date".into(),
        Kind::Other(word) => Cow::Borrowed(word),
    },
    brief: |reason, now| match &reason.kind {
        Kind::TrialEnding => match reason.days_left(now) {
            Some(0) => "trial ends today".into(),
            Some(days) => format!("trial ends in {days} d"),
            None => "trial ends soon".into(),
        },
        Kind::RecoveryWaiting => "recovery ready".into(),
        Kind::NoConfirmedOwner if reason.owner_invited => "owner not joined".into(),
        Kind::NoConfirmedOwner => "no owner yet".into(),
        Kind::SeatLimitReached => "seat limit reached".into(),
        Kind::SeatLimitNear => match reason.seats.percent() {
            Some(percent) => format!("seats {percent}% full"),
            None => "seats nearly full".into(),
        },
        Kind::LinkWaiting => "link to accept".into(),
        Kind::SetupStalled => match reason.days(now) {
            Some(days) => format!("setup idle {days} d"),
            None => "setup idle".into(),
        },
        Kind::SingleOwner => "only one owner".into(),
        Kind::FactsDiffer => "sources differ".into(),
        Kind::FactsStale => "out of date".into(),
        Kind::Other(word) => word.clone(),
    },
    short: |kind| match kind {
        Kind::TrialEnding => "trial ends".into(),
        Kind::RecoveryWaiting => "recovery".into(),
        Kind::NoConfirmedOwner => "no owner".into(),
        Kind::SeatLimitReached => "seats full".into(),
        Kind::SeatLimitNear => "near limit".into(),
        Kind::LinkWaiting => "link".into(),
        Kind::SetupStalled => "idle".into(),
        Kind::SingleOwner => "one owner".into(),
        Kind::FactsDiffer => "differs".into(),
        Kind::FactsStale => "old".into(),
        Kind::Other(word) => Cow::Borrowed(word),
    },
    snooze: |days| match days {
        1 => "For a day",
        7 => "For a week",
        30 => "For 30 days",
        _ => "Stop snoozing",
    },
    explain: "Snooze for everyone in the MSP account:",
    keys: "1–4 or ↵ choose · Esc close",
    until: |day| format!("Snoozed until {day}"),
    snoozed: "snoozed",
};
