//! The tab *People*.

use super::one;
use crate::app::features::people::{Group, PeopleDisabledReason};
use crate::domain::people::{PersonKind, PersonState};
use crate::i18n::types::people::People;
use crate::i18n::{join, listed};
use std::borrow::Cow;

pub(super) const TEXTS: People = People {
    menu_keys: "↵ oder die Taste: ausführen · Esc schließen",
    state: |state| match state {
        PersonState::Active => "Aktiv".into(),
        PersonState::AwaitingConfirmation => "Wartet auf Bestätigung".into(),
        PersonState::Invited => "Eingeladen".into(),
        PersonState::RecoveryStarted => "Wiederherst. begonnen".into(),
        PersonState::RecoveryAwaitingCompletion => "Wiederherst. bereit".into(),
        PersonState::Suspended => "Gesperrt".into(),
        PersonState::Deleted => "Gelöscht".into(),
        PersonState::Other(word) if word == "STATE_UNSPECIFIED" => "nicht bekannt".into(),
        PersonState::Other(word) => Cow::Borrowed(word),
    },
    kind: |kind| match kind {
        PersonKind::Member => "Mitglied".into(),
        PersonKind::Guest => "Gast".into(),
        PersonKind::Technician => "Techniker".into(),
        PersonKind::Other(word) => Cow::Borrowed(word),
    },
    name: "Name",
    status: "Status",
    groups: "Gruppen",
    count: |people, seats| {
        format!(
            "{people} {} · {seats} {}",
            one(people, "Person", "Personen"),
            one(seats, "belegter Platz", "belegte Plätze")
        )
    },
    loading: "Personen werden geladen",
    empty: "In dieser Firma ist noch niemand",
    since: |day| format!("seit {day}"),
    groups_unknown: "Art des Kontos und Gruppen: nicht bekannt",
    possibly_technician: "Techniker?",
    listed: |[all, active, suspended, other, technicians]| {
        let mut text = format!("{all} {}", if all == 1 { "Person" } else { "Personen" });
        let parts =
            [(active, "aktiv"), (suspended, "gesperrt"), (other, "in anderem Zustand"), (technicians, "Techniker?")];
        join(&mut text, ": ", &listed(&parts));
        text
    },
    no_groups: "in keiner Gruppe",
    group: |group| match group {
        Group::Owners => "Inhaber",
        Group::Administrators => "Administratoren",
    },
    nobody_yet: |key| match key {
        Some(key) => format!("Noch ist niemand beigetreten – {key} öffnet Personen in 1Password zum Einladen"),
        None => "Noch ist niemand beigetreten".into(),
    },
    filled: |counts| {
        let members = if counts.members == 1 { "Mitglied" } else { "Mitglieder" };
        let guests = if counts.guests == 1 { "Gast" } else { "Gäste" };
        let mut text =
            format!("Belegte Plätze {} = {} {members} + {} {guests}", counts.filled(), counts.members, counts.guests);
        let parts = [
            (counts.active, "aktiv"),
            (counts.awaiting, "vor der Bestätigung"),
            (counts.recovering, "in Wiederherstellung"),
        ];
        join(&mut text, " · ", &listed(&parts));
        let parts = [
            (counts.invited, "eingeladen"),
            (counts.suspended, "gesperrt"),
            (counts.deleted, "gelöscht"),
            (counts.technicians, "Techniker"),
            (counts.unknown, "unbekannt"),
        ];
        join(&mut text, "; nicht gezählt: ", &listed(&parts));
        text
    },
    disagree: |here, there| format!("Die Firma meldet {there} belegte Plätze, ihre Personen ergeben aber {here}."),
    technicians: "Techniker",
    advanced: "Erweiterte Rechte",
    effective: |company, granted| match (company, granted) {
        (true, Some(true)) => "An",
        (false, Some(true) | None) => "Aus (Firma)",
        (true, None) => "Unbekannt",
        (true, _) => "Aus (MSP)",
        (false, _) => "Aus (beide)",
    },
    effective_full: |company, granted| match (company, granted) {
        (true, Some(true)) => "Erweiterte Rechte an: von der Firma aktiviert und vom MSP gewährt.",
        (false, Some(true)) => "Erweiterte Rechte aus: vom MSP gewährt, aber von keinem Inhaber der Firma aktiviert.",
        (true, Some(false)) => "Erweiterte Rechte aus: von der Firma aktiviert, aber vom MSP nicht gewährt.",
        (false, Some(false)) => "Erweiterte Rechte aus: von der Firma nicht aktiviert, vom MSP nicht gewährt.",
        (false, None) => "Erweiterte Rechte aus: von keinem Inhaber der Firma aktiviert.",
        (true, None) => "Erweiterte Rechte: Der Server sagt nicht, ob der MSP sie gewährt hat.",
    },
    found: |shown, all| format!("{shown} von {all}"),
    nobody: |search| format!("Niemand passt zu „{search}“"),
    disabled,
};

fn disabled(reason: &PeopleDisabledReason) -> String {
    match reason {
        PeopleDisabledReason::Gone => "existiert nicht mehr",
        PeopleDisabledReason::Nobody => "im Tab Personen jemanden auswählen",
        PeopleDisabledReason::OnlyInPeople => "nur im Tab Personen der Firma",
        PeopleDisabledReason::Technician => {
            "Techniker lassen sich hier nicht zu Inhabern machen, sperren oder wiederherstellen"
        }
        PeopleDisabledReason::Guest => "Gäste können in keiner Gruppe sein",
        PeopleDisabledReason::Deleted => "diese Person ist gelöscht",
        PeopleDisabledReason::Unknown => "unbekannte Art von Konto",
        PeopleDisabledReason::Yourself => "Sie können sich nicht selbst wiederherstellen",
        PeopleDisabledReason::Already(Group::Owners) => "schon Inhaber",
        PeopleDisabledReason::Already(Group::Administrators) => "schon Administrator",
        PeopleDisabledReason::InNeither => "weder Inhaber noch Administrator",

        PeopleDisabledReason::NotActive => "nur bei aktiven Personen",
        PeopleDisabledReason::WaitsForPerson => "die Person muss erst ein neues Passwort wählen",
        PeopleDisabledReason::NoRecovery => "keine offene Wiederherstellung",
        PeopleDisabledReason::NoVault => "im Tab Tresore einen Tresor auswählen",
        PeopleDisabledReason::HasAccess => "Sie haben schon Zugriff",
        PeopleDisabledReason::NoGroups => {
            "Gruppen der Firma noch nicht geladen; „Aktualisieren“ versucht es noch einmal"
        }
        PeopleDisabledReason::NoAccess(key) => return format!("noch kein Zugriff – {key} gibt ihn Ihnen"),
        PeopleDisabledReason::AdvancedOff => "erweiterte Rechte sind von der Firma nicht aktiviert",
        PeopleDisabledReason::AdvancedNotGranted => "Ihr MSP-Konto hat Ihnen erweiterte Rechte nicht gewährt",
    }
    .to_owned()
}
