//! The cards of the overview.

use super::one;
use crate::app::features::overview::Card;
use crate::i18n::types::overview::Overview;

pub(super) const TEXTS: Overview = Overview {
    card: |card| match card {
        Card::Attention => "Hinweise",
        Card::Seats => "Plätze",
        Card::Setup => "Einrichtung",
        Card::Owners => "Inhaber und Administratoren",
        Card::Sources => "Quellen",
        Card::Activity => "Letzter Verlauf",
        Card::Details => "Angaben",
        Card::People => "Personen",
    },
    heading: |card| match card {
        Card::Attention => "HINWEISE",
        Card::Seats => "PLÄTZE",
        Card::Setup => "EINRICHT.",
        Card::Owners => "INHABER",
        Card::Sources => "QUELLEN",
        Card::Activity => "VERLAUF",
        Card::Details => "ANGABEN",
        Card::People => "PERSONEN",
    },
    nothing_to_do: "Kein Hinweis vorhanden",
    nothing_known_to_do: "Soweit hier bekannt, kein Hinweis",
    owners_ok: |count| format!("{count} bestätigte Inhaber"),
    no_recovery: "keine offene Wiederherstellung",
    since: |change, day| format!("{change} seit {day}"),
    peak: |seats| format!("Höchststand {seats}"),
    billed: |net, projection| match projection {
        Some(projection) => format!("berechnet {net} → {projection}"),
        None => format!("berechnet {net}"),
    },
    owners: "Inhaber",
    admins: "Admins",
    unlinkable: |day| format!("kann getrennt werden – Testphase bis {day}"),
    not_unlinkable: "kann nicht getrennt werden – kein bestätigter Inhaber",
    can_recover: |count| format!("{count} {} andere wiederherstellen", one(count, "Person kann", "Personen können")),
    advanced: |told| format!("Erweiterte {told}"),
    people: |counts| {
        let parts = [
            (counts.active, "aktiv"),
            (counts.awaiting, "zu bestätigen"),
            (counts.recovering, "in Wiederherstellung"),
            (counts.invited, "eingeladen"),
            (counts.suspended, "gesperrt"),
            (counts.technicians, "Techniker"),
            (counts.unknown, "nicht bekannt"),
        ];
        let told = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
        told.collect::<Vec<_>>().join("   ")
    },
    recovering: "Wiederherst.",
    to_confirm: "Zu bestätigen",
    invited: "Eingeladen",
    open: |count| format!("{count} offen"),
    events: |count, one| format!("{count} {}", if one { "Eintrag" } else { "Einträge" }),
    no_events: "Noch nichts geschehen",
    loading: "wird geladen …",
    not_loaded: "nicht geladen",
};
