//! What needs attention, and for how long it is snoozed.

use super::n;
use crate::app::features::attention::Fix;
use crate::domain::company::Attention as Kind;
use crate::domain::reason::{Due, Group, Reason};
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
        Kind::SourceExpiring => "Events token expires within 14 days".into(),
        Kind::SourceFailing => "A source can't be read: it needs you".into(),
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
            Some(percent) => format!("seats {}{percent}% full", reason.seats_sign),
            None => "seats nearly full".into(),
        },
        Kind::LinkWaiting => "link to accept".into(),
        Kind::SetupStalled => match reason.days(now) {
            Some(days) => format!("setup idle {days} d"),
            None => "setup idle".into(),
        },
        Kind::SingleOwner => "only one owner".into(),
        Kind::SourceExpiring if reason.due == Due::Now => "token has expired".into(),
        Kind::SourceExpiring => match reason.days_left(now) {
            Some(0) => "token ends today".into(),
            Some(days) => format!("token ends in {days} d"),
            None => "token ends soon".into(),
        },
        Kind::SourceFailing => "source can't be read".into(),
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
        Kind::SourceExpiring => "token".into(),
        Kind::SourceFailing => "can't read".into(),
        Kind::FactsDiffer => "differs".into(),
        Kind::FactsStale => "old".into(),
        Kind::Other(word) => Cow::Borrowed(word),
    },
    what: |reason| match &reason.kind {
        Kind::RecoveryWaiting => match &reason.person {
            Some(person) => format!("Recovery: {person} can be completed"),
            None => "Recovery ready to complete".into(),
        },
        Kind::LinkWaiting => "Link request: accept it".into(),
        Kind::SeatLimitReached => format!("Seat limit reached{}", seats(reason)),
        Kind::SeatLimitNear => match reason.seats.percent() {
            Some(percent) => format!("Seats {}{percent}% full{}", reason.seats_sign, seats(reason)),
            None => "Seats nearly full".into(),
        },
        Kind::TrialEnding => "Trial ends; the client must subscribe".into(),
        Kind::NoConfirmedOwner if reason.owner_invited => "Owner invited, has not joined".into(),
        Kind::NoConfirmedOwner => "No owner yet".into(),
        Kind::SingleOwner => "Only one owner".into(),
        Kind::SetupStalled => format!("Setup idle: {} of {} done", reason.setup.done, reason.setup.applicable),
        Kind::SourceExpiring if reason.due == Due::Now => "Events token has expired: replace it".into(),
        Kind::SourceExpiring => "Events token expires: replace it".into(),
        Kind::SourceFailing => "A source can't be read: it needs you".into(),
        Kind::FactsDiffer => "A newer source says otherwise".into(),
        Kind::FactsStale => "What is known is out of date".into(),
        Kind::Other(word) => word.clone(),
    },
    fix: |fix| match fix {
        Fix::Complete => "complete",
        Fix::Accept => "paste link",
        Fix::RaiseLimit => "raise limit",
        Fix::Snooze => "snooze",
        Fix::Invite => "invite one",
        Fix::Resend => "resend",
        Fix::AddOwner => "add owner",
        Fix::OpenSetup => "open setup",
        Fix::Declare => "note facts",
        Fix::CopyCommand => "copy command",
    },
    group: |group| match group {
        Group::Now => "NOW – you can finish these",
        Group::Soon => "SOON",
        Group::Setup => "SETUP AND OWNERS",
        Group::Records => "RECORDS TO CHECK",
        Group::Snoozed => "SNOOZED",
    },
    title: "Needs attention",
    what_column: "What",
    since: "Since",
    due: "Due",
    fix_column: "Fix",
    now: "now",
    today: "today",
    days: |days| format!("{days} d"),
    left: |days| if days == 1 { "1 day left".into() } else { format!("{days} days left") },
    lasting: |days| if days == 1 { "for 1 day".into() } else { format!("for {days} days") },
    none: "Nothing needs attention",
    back: |key, kept| format!("{key} back to your list{kept}"),
    kept: |what| format!(" ({what} kept)"),
    snoozed_too: |count, key| format!("{key} shows {count} snoozed"),
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

/// `: 42 of 50`, where both are known.
fn seats(reason: &Reason) -> String {
    let both = reason.seats.filled.zip(reason.seats.limit);
    let about = reason.seats_sign;
    both.map(|(filled, limit)| format!(": {about}{} of {}", n(filled), n(limit))).unwrap_or_default()
}
