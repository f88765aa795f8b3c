//! Screen 3, the open recoveries of all companies.

use crate::domain::people::PersonState;
use crate::i18n::types::recoveries::Recoveries;
use std::borrow::Cow;

pub(super) const TEXTS: Recoveries = Recoveries {
    title: "Recoveries",
    count: |count| format!("{count} open, oldest first"),
    loading: "Loading open recoveries",
    empty: "No open recoveries",
    empty_hint: "New recoveries from any company appear here automatically.",
    person: "Person",
    company: "Company",
    stage: "Stage",
    since: "Since",
    by: "Started by",
    can: "Can recover",
    stage_long: |state| match state {
        PersonState::RecoveryStarted => "waiting for new password".into(),
        PersonState::RecoveryAwaitingCompletion => "ready to complete".into(),
        PersonState::Other(word) => Cow::Borrowed(word),
        _ => "no longer open".into(),
    },
    stage_short: |state| match state {
        PersonState::RecoveryStarted => "new password".into(),
        PersonState::RecoveryAwaitingCompletion => "your turn".into(),
        PersonState::Other(word) => Cow::Borrowed(word),
        _ => "–".into(),
    },
    begun: |ago, moment, by| match by {
        Some(by) => format!("started {ago} ({moment}) by {by}"),
        None => format!("started {ago} ({moment})"),
    },
    recoverers: |count| match count {
        0 => "Nobody in the company can complete it.".into(),
        1 => "Only one person in the company can complete it.".into(),
        count => format!("{count} people in the company can complete it."),
    },
};
