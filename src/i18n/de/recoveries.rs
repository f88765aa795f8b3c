//! Screen 3, the open recoveries of all companies.

use crate::domain::people::PersonState;
use crate::i18n::types::recoveries::Recoveries;
use std::borrow::Cow;

pub(super) const TEXTS: Recoveries = Recoveries {
    title: "Wiederherstellungen",
    count: |count| format!("{count} offen, die älteste zuerst"),
    loading: "Offene Wiederherstellungen werden geladen",
    empty: "Keine offenen Wiederherstellungen",
    empty_hint: "Neue Wiederherstellungen aller Firmen erscheinen hier automatisch.",
    person: "Person",
    company: "Firma",
    stage: "Stand",
    since: "Seit",
    by: "Begonnen von",
    can: "Wiederhersteller",
    stage_long: |state| match state {
        PersonState::RecoveryStarted => "wartet auf das neue Passwort".into(),
        PersonState::RecoveryAwaitingCompletion => "bereit zum Abschließen".into(),
        PersonState::Other(word) => Cow::Borrowed(word),
        _ => "nicht mehr offen".into(),
    },
    stage_short: |state| match state {
        PersonState::RecoveryStarted => "neues Passwort".into(),
        PersonState::RecoveryAwaitingCompletion => "abschließen".into(),
        PersonState::Other(word) => Cow::Borrowed(word),
        _ => "–".into(),
    },
    begun: |ago, moment, by| match by {
        Some(by) => format!("begonnen {ago} ({moment}) von {by}"),
        None => format!("begonnen {ago} ({moment})"),
    },
    recoverers: |count| match count {
        0 => "Niemand in der Firma kann sie abschließen.".into(),
        1 => "Nur eine Person in der Firma kann sie abschließen.".into(),
        count => format!("{count} Personen in der Firma können sie abschließen."),
    },
};
