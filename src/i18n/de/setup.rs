//! The tab *Setup* and the note on a step.

use super::one;
use crate::domain::setup::{Fact, StepKind, StepState};
use crate::i18n::types::setup::Setup;
use std::borrow::Cow;

pub(super) const TEXTS: Setup = Setup {
    step: |kind| match kind {
        StepKind::Policies => "Richtlinien, Gruppen, Tresore".into(),
        StepKind::RecoveryPlan => "Wiederherstellungsplan".into(),
        StepKind::InviteMembers => "Teammitglieder einladen".into(),
        StepKind::Provisioning => "Automatische Bereitstellung".into(),
        StepKind::DeployApps => "Apps verteilen".into(),
        StepKind::Other(word) => Cow::Borrowed(word),
    },
    explain: |kind| match kind {
        StepKind::Policies => "Teamrichtlinien, eigene Gruppen und geteilte Tresore einrichten.",
        StepKind::RecoveryPlan => "Sicherstellen, dass jemand Ausgesperrten wieder Zugriff geben kann.",
        StepKind::InviteMembers => "Die Personen der Firma einladen.",
        StepKind::Provisioning => "Den Identitätsanbieter der Firma anbinden, wenn sie einen hat.",
        StepKind::DeployApps => "1Password für Mac und Windows verteilen.",
        StepKind::Other(_) => "Diese Version von mspdash kennt diesen Schritt nicht.",
    },
    place: |kind| match kind {
        StepKind::Policies => "Richtlinien",
        StepKind::RecoveryPlan => "Wiederherstellung",
        StepKind::InviteMembers => "Personen",
        StepKind::Provisioning => "Integrationen",
        StepKind::DeployApps => "Downloads",
        StepKind::Other(_) => "Startseite",
    },
    state: |state| match state {
        StepState::Todo => "Offen".into(),
        StepState::InProgress => "Begonnen".into(),
        StepState::Done => "Erledigt".into(),
        StepState::NotApplicable => "Nicht nötig".into(),
        StepState::Other(word) => Cow::Borrowed(word),
    },
    progress: |done, of| format!("{done} von {of} erledigt"),
    next: "als Nächstes",
    reported: |who, when| format!("Markiert von {who}, {when}"),
    not_reported: "Noch nicht markiert",
    derived: "Erkannt",
    contradiction: |step| match (&step.kind, &step.state) {
        (_, StepState::NotApplicable) => "als nicht nötig markiert, aber erkannt".to_owned(),
        (StepKind::RecoveryPlan, _) => "als erledigt markiert, aber niemand kann andere wiederherstellen".to_owned(),
        (StepKind::InviteMembers, _) => "als erledigt markiert, aber niemand ist eingeladen".to_owned(),
        (StepKind::Provisioning, _) => "als erledigt markiert, aber kein Identitätsanbieter ist verbunden".to_owned(),
        (StepKind::DeployApps, _) => "als erledigt markiert, aber niemand nutzt eine App".to_owned(),
        _ => "als erledigt markiert, aber nichts davon erkannt".to_owned(),
    },
    evidence: |evidence| {
        let n = evidence.count;
        match &evidence.fact {
            Fact::Policies => format!("{n} {}", one(n, "Teamrichtlinie", "Teamrichtlinien")),
            Fact::CustomGroups => format!("{n} eigene {}", one(n, "Gruppe", "Gruppen")),
            Fact::SharedVaults => format!("{n} {}", one(n, "geteilter Tresor", "geteilte Tresore")),
            Fact::RecoveryPeople => {
                format!("{n} {} andere wiederherstellen", one(n, "Person kann", "Personen können"))
            }
            Fact::InvitedPeople => format!("{n} eingeladen"),
            Fact::FilledSeats => format!("{n} {}", one(n, "belegter Platz", "belegte Plätze")),
            Fact::IdentityProviders => format!("{n} Identitätsanbieter"),
            Fact::AppUsers => format!("{n} {} eine App", one(n, "Person nutzt", "Personen nutzen")),
            Fact::Other(word) => format!("{word}: {n}"),
        }
    },
    nothing_detected: "nichts erkannt",
    label_state: "STATUS",
    label_detected: "ERKANNT",
    label_place: "IN 1PASSWORD",
    label_marked: "MARKIERT VON",
    label_note: "NOTIZ",
    label_history: "VERLAUF",
    label_how: "SO GEHT ES",
    change: "Status ändern",
    open_it: "öffnen, als Sie angemeldet",
    write_note: "Notiz schreiben",
    how: |kind| match kind {
        StepKind::Policies => &[
            "Richtlinien: Regeln für Kontokennwörter, automatische Sperre, Zwei-Faktor, Freigaben, Apps.",
            "Gruppen: eine für jedes Team, das eigene Tresore braucht.",
            "Tresore: gemeinsame für das, was mehrere nutzen, mit Zugriff über Gruppen.",
        ],
        StepKind::RecoveryPlan => &[
            "Inhaber und Administratoren können Konten wiederherstellen: Es sollten mindestens zwei sein.",
            "Niemand stellt sich selbst wieder her; abschließen können Sie von hier aus.",
            "Mit der Firma vereinbaren, wer angerufen wird, wenn jemand ausgesperrt ist.",
        ],
        StepKind::InviteMembers => &[
            "Personen per E-Mail einladen, oder sie mit einer Adresse der Firma selbst beitreten lassen.",
            "Eingeladene belegen keinen Platz, bis sie beigetreten sind; dann bestätigen.",
            "Jemanden der Firma zum Inhaber machen: ohne Inhaber lässt sie sich nicht trennen.",
        ],
        StepKind::Provisioning => &[
            "Den Identitätsanbieter verbinden: Er legt Personen an, bestätigt und sperrt sie.",
            "Wo es keinen gibt, den Schritt als nicht nötig markieren.",
        ],
        StepKind::DeployApps => &[
            "1Password für Mac und Windows über die Geräteverwaltung der Firma verteilen.",
            "Die Browser-Erweiterung hinzufügen; alle melden sich einmal an.",
        ],
        StepKind::Other(_) => &[],
    },
    note: "Notiz",
    where_: "In 1Password",
    loading: "Checkliste wird geladen",
    empty: "Der Server hat keine Checkliste für diese Firma",
    saving: "wird gespeichert",
    complete: "Einrichtung fertig",
    menu_keys: |rows| format!("1–{rows} oder ↵ wählen · Esc schließen"),
    now: "jetzt",
    reopen: |state| format!("Dieser Schritt ist erledigt. Wieder öffnen als „{state}“?"),
    reopen_keep: "Erledigt lassen",
    reopen_go: "Wieder öffnen",
    reopen_keys: "Tab: nächstes · ↵ wählen · Esc zurück",
    note_title: |step| format!("Notiz zu „{step}“"),
    note_keys: "↵ speichern · Esc abbrechen",
    note_asking: "Nicht gespeichert: Esc verwirft die Änderung, ↵ speichert sie",
};
