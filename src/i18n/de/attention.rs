//! What needs attention, and for how long it is snoozed.

use super::n;
use crate::app::features::attention::Fix;
use crate::domain::company::Attention as Kind;
use crate::domain::reason::{Due, Group, Reason};
use crate::i18n::types::attention::Attention;
use std::borrow::Cow;

pub(super) const TEXTS: Attention = Attention {
    long: |kind| match kind {
        Kind::TrialEnding => "Testphase endet binnen 7 Tagen".into(),
        Kind::RecoveryWaiting => "Wiederherstellung bereit".into(),
        Kind::NoConfirmedOwner => "Kein Inhaber bestätigt, nicht trennbar".into(),
        Kind::SeatLimitReached => "Platzlimit erreicht".into(),
        Kind::SeatLimitNear => "Plätze zu mindestens 80 % belegt".into(),
        Kind::LinkWaiting => "Verknüpfung anzunehmen".into(),
        Kind::SetupStalled => "Einrichtung ruht seit mind. 14 Tagen".into(),
        Kind::SingleOwner => "Nur ein Inhaber".into(),
        Kind::SourceExpiring => "Events-Token läuft binnen 14 Tagen ab".into(),
        Kind::SourceFailing => "Eine Quelle ist nicht lesbar: Sie sind gefragt".into(),
        Kind::FactsDiffer => "Eine neuere Quelle sagt anderes".into(),
        Kind::FactsStale => "Angaben sind veraltet".into(),
        Kind::Other(word) => Cow::Borrowed(word),
    },
    brief: |reason, now| match &reason.kind {
        Kind::TrialEnding => match reason.days_left(now) {
            Some(0) => "Testphase endet heute".into(),
            Some(1) => "Testphase noch 1 Tag".into(),
            Some(days) => format!("Testphase noch {days} Tage"),
            None => "Testphase endet".into(),
        },
        Kind::RecoveryWaiting => "Wiederherst. bereit".into(),
        Kind::NoConfirmedOwner if reason.owner_invited => "Inhaber fehlt noch".into(),
        Kind::NoConfirmedOwner => "kein Inhaber".into(),
        Kind::SeatLimitReached => "Platzlimit erreicht".into(),
        Kind::SeatLimitNear => match reason.seats.percent() {
            Some(percent) => format!("Plätze {}{percent} % belegt", reason.seats_sign),
            None => "Plätze fast belegt".into(),
        },
        Kind::LinkWaiting => "Link anzunehmen".into(),
        Kind::SetupStalled => match reason.days(now) {
            Some(days) => format!("Einr. ruht {days} Tage"),
            None => "Einrichtung ruht".into(),
        },
        Kind::SingleOwner => "nur ein Inhaber".into(),
        Kind::SourceExpiring if reason.due == Due::Now => "Token abgelaufen".into(),
        Kind::SourceExpiring => match reason.days_left(now) {
            Some(0) => "Token endet heute".into(),
            Some(1) => "Token noch 1 Tag".into(),
            Some(days) => format!("Token noch {days} Tage"),
            None => "Token endet bald".into(),
        },
        Kind::SourceFailing => "Quelle unlesbar".into(),
        Kind::FactsDiffer => "Quellen uneins".into(),
        Kind::FactsStale => "veraltet".into(),
        Kind::Other(word) => word.clone(),
    },
    short: |kind| match kind {
        Kind::TrialEnding => "Testphase".into(),
        Kind::RecoveryWaiting => "Wiederh.".into(),
        Kind::NoConfirmedOwner => "ohne Inh.".into(),
        Kind::SeatLimitReached => "voll".into(),
        Kind::SeatLimitNear => "fast voll".into(),
        Kind::LinkWaiting => "Verknüpf.".into(),
        Kind::SetupStalled => "ruht".into(),
        Kind::SingleOwner => "ein Inh.".into(),
        Kind::SourceExpiring => "Token".into(),
        Kind::SourceFailing => "unlesbar".into(),
        Kind::FactsDiffer => "uneins".into(),
        Kind::FactsStale => "veraltet".into(),
        Kind::Other(word) => Cow::Borrowed(word),
    },
    what: |reason| match &reason.kind {
        Kind::RecoveryWaiting => match &reason.person {
            Some(person) => format!("Wiederherstellung: {person} abschließen"),
            None => "Wiederherstellung bereit".into(),
        },
        Kind::LinkWaiting => "Verknüpfung annehmen".into(),
        Kind::SeatLimitReached => format!("Platzlimit erreicht{}", seats(reason)),
        Kind::SeatLimitNear => match reason.seats.percent() {
            Some(percent) => format!("Plätze {}{percent} % belegt{}", reason.seats_sign, seats(reason)),
            None => "Plätze fast belegt".into(),
        },
        Kind::TrialEnding => "Testphase endet; der Kunde muss abonnieren".into(),
        Kind::NoConfirmedOwner if reason.owner_invited => "Inhaber eingeladen, noch nicht beigetreten".into(),
        Kind::NoConfirmedOwner => "Noch kein Inhaber".into(),
        Kind::SingleOwner => "Nur ein Inhaber".into(),
        Kind::SetupStalled => format!("Einrichtung ruht: {} von {}", reason.setup.done, reason.setup.applicable),
        Kind::SourceExpiring if reason.due == Due::Now => "Events-Token ist abgelaufen: ersetzen".into(),
        Kind::SourceExpiring => "Events-Token läuft ab: ersetzen".into(),
        Kind::SourceFailing => "Eine Quelle ist nicht lesbar".into(),
        Kind::FactsDiffer => "Eine neuere Quelle sagt anderes".into(),
        Kind::FactsStale => "Angaben sind veraltet".into(),
        Kind::Other(word) => word.clone(),
    },
    fix: |fix| match fix {
        Fix::Complete => "abschließen",
        Fix::Accept => "Link einfüg.",
        Fix::RaiseLimit => "mehr Plätze",
        Fix::Snooze => "später",
        Fix::Invite => "einladen",
        Fix::Resend => "neu einladen",
        Fix::AddOwner => "Inhaber dazu",
        Fix::OpenSetup => "Einrichtung",
        Fix::Declare => "notieren",
        Fix::CopyCommand => "Befehl kop.",
    },
    group: |group| match group {
        Group::Now => "JETZT – das können Sie abschließen",
        Group::Soon => "BALD",
        Group::Setup => "EINRICHTUNG UND INHABER",
        Group::Records => "ANGABEN PRÜFEN",
        Group::Snoozed => "ZURÜCKGESTELLT",
    },
    title: "Mit Hinweis",
    what_column: "Was",
    since: "Seit",
    due: "Frist",
    fix_column: "Abhilfe",
    now: "jetzt",
    today: "heute",
    days: |days| if days == 1 { "1 Tag".into() } else { format!("{days} Tg") },
    left: |days| if days == 1 { "noch 1 Tag".into() } else { format!("noch {days} Tage") },
    lasting: |days| if days == 1 { "seit 1 Tag".into() } else { format!("seit {days} Tagen") },
    none: "Keine Firma hat einen Hinweis",
    back: |key, kept| format!("{key} zurück zu Ihrer Liste{kept}"),
    kept: |what| format!(" ({what} bleibt)"),
    snoozed_too: |count, key| format!("{key} zeigt {count} zurückgestellte"),
    snooze: |days| match days {
        1 => "Für einen Tag",
        7 => "Für eine Woche",
        30 => "Für 30 Tage",
        _ => "Wieder anzeigen",
    },
    explain: "Zurückstellen für alle im MSP-Konto:",
    keys: "1–4 oder ↵ wählen · Esc schließen",
    until: |day| format!("Zurückgestellt bis {day}"),
    snoozed: "zurückg.",
};

/// `: 42 von 50`, where both are known.
fn seats(reason: &Reason) -> String {
    let both = reason.seats.filled.zip(reason.seats.limit);
    let about = reason.seats_sign;
    both.map(|(filled, limit)| format!(": {about}{} von {}", n(filled), n(limit))).unwrap_or_default()
}
