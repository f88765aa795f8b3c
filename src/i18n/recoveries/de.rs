//! Auf Deutsch.

use super::{Act, Ask, Done, Group, PeopleDisabledReason, PersonAct, PersonState, Recoveries, Said, Tab, Warning};
use super::{act_of, is_recovery};
use std::borrow::Cow;

pub(in crate::i18n) const DE: Recoveries = Recoveries {
    title: "Wiederherstellungen",
    count: |count| format!("{count} offen, die älteste zuerst"),
    loading: "Die offenen Wiederherstellungen werden geladen",
    empty: "Keine Wiederherstellung ist offen",
    empty_hint: "Beginnt in einer Firma eine, erscheint sie hier von selbst.",
    nobody_yet: |key| match key {
        Some(key) => format!("Noch ist niemand aus der Firma dabei: {key} startet bei Personen, wo man sie einlädt."),
        None => "Noch ist niemand aus der Firma dabei.".into(),
    },
    person: "Person",
    company: "Firma",
    stage: "Stand",
    since: "Seit",
    by: "Begonnen von",
    can: "Helfer",
    waits: |state| match state {
        PersonState::RecoveryStarted => "wartet auf das neue Passwort".into(),
        PersonState::RecoveryAwaitingCompletion => "wartet auf Ihren Abschluss".into(),
        PersonState::Other(word) => Cow::Borrowed(word),
        _ => "nicht mehr offen".into(),
    },
    waits_short: |state| match state {
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
    ask: ASK,
    tab: TAB,
    hindered,
    said,
};

const ASK: Ask = Ask {
    question: |act, name| match act_of(act) {
        Some(Done::Member { kind: Group::Owners, added: true, .. }) => format!("{name} zum Inhaber machen?"),
        Some(Done::Member { kind: Group::Administrators, added: true, .. }) => {
            format!("{name} zum Administrator machen?")
        }
        Some(Done::Member { kind: Group::Owners, added: false, .. }) => format!("{name} aus den Inhabern nehmen?"),
        Some(Done::Member { kind: Group::Administrators, added: false, .. }) => {
            format!("{name} aus den Administratoren nehmen?")
        }
        Some(Done::Act(PersonAct::Suspend)) => format!("{name} sperren?"),
        Some(Done::Act(PersonAct::Reactivate)) => format!("{name} reaktivieren?"),
        Some(Done::Act(PersonAct::BeginRecovery)) => format!("Die Wiederherstellung von {name} beginnen?"),
        Some(Done::Act(PersonAct::CompleteRecovery)) => format!("Die Wiederherstellung von {name} abschließen?"),
        Some(Done::Act(PersonAct::CancelRecovery)) => format!("Die Wiederherstellung von {name} abbrechen?"),
        None => name.to_owned(),
    },
    means: |act| match act_of(act) {
        Some(Done::Member { kind: Group::Owners, added: true, .. }) => {
            "Inhaber besitzen das Firmenkonto mit: Sie dürfen darin alles und können Konten wiederherstellen."
        }
        Some(Done::Member { kind: Group::Administrators, added: true, .. }) => {
            "Administratoren verwalten die Firma mit und können auch Konten wiederherstellen."
        }
        Some(Done::Member { kind: Group::Owners, .. }) => {
            "Die Person besitzt das Firmenkonto nicht mehr mit. Sie bleibt in der Firma und in ihren anderen Gruppen."
        }
        Some(Done::Member { kind: Group::Administrators, .. }) => {
            "Die Person verwaltet nicht mehr mit und stellt niemanden wieder her. Sie bleibt in ihren anderen Gruppen."
        }
        Some(Done::Act(PersonAct::Suspend)) => {
            "Gesperrte können sich nicht anmelden und belegen keinen Platz. Alles bleibt, die Sperre lässt sich aufheben."
        }
        Some(Done::Act(PersonAct::Reactivate)) => "Die Person kann sich wieder anmelden und belegt wieder einen Platz.",
        Some(Done::Act(PersonAct::BeginRecovery)) => {
            "Sie beginnt jetzt mit einer E-Mail → die Person wählt ein neues Passwort → ein Administrator schließt ab."
        }
        Some(Done::Act(PersonAct::CompleteRecovery)) => {
            "Die Person hat ein neues Passwort gewählt. Das ist der letzte Schritt: Danach kann sie sich damit anmelden."
        }
        Some(Done::Act(PersonAct::CancelRecovery)) => {
            "Die Wiederherstellung endet unvollendet. Sie kann jederzeit neu beginnen."
        }
        None => "",
    },
    go: |act| match act {
        Act::Add(Group::Owners, _) => "Zum Inhaber machen",
        Act::Add(Group::Administrators, _) => "Zum Administrator machen",
        Act::TakeAway { .. } => "Herausnehmen",
        Act::Change(PersonAct::Suspend) => "Sperren",
        Act::Change(PersonAct::Reactivate) => "Reaktivieren",
        Act::Change(PersonAct::BeginRecovery) => "Beginnen",
        Act::Change(PersonAct::CompleteRecovery) => "Abschließen",
        Act::Change(PersonAct::CancelRecovery) => "Wiederherstellung beenden",
    },
    group: |group| match group {
        Group::Owners => "Inhaber",
        Group::Administrators => "Administratoren",
    },
    warning: |warning, act| match (warning, is_recovery(act)) {
        (Warning::LastOwner, _) => {
            "Das ist der letzte Inhaber – ohne ihn lässt sich die Firma nicht trennen, und der Server lehnt es ab. \
             Machen Sie zuerst jemand anderen zum Inhaber."
        }
        (Warning::FewRecoverers(0), true) => {
            "Sonst kann in der Firma niemand Konten wiederherstellen, der Server lehnt das ab. \
             Machen Sie zuerst jemanden zum Administrator."
        }
        (Warning::FewRecoverers(_), true) => "Sonst kann in der Firma nur eine Person Konten wiederherstellen.",
        (Warning::FewRecoverers(0), false) => "Danach kann in der Firma niemand mehr Konten wiederherstellen.",
        (Warning::FewRecoverers(_), false) => "Danach kann in der Firma nur noch eine Person Konten wiederherstellen.",
    },
    changed: "Das hat sich inzwischen geändert. So steht es jetzt; bitte neu bestätigen.",
    look_again: "Bitte schließen und neu ansehen.",
    cancel: "Abbrechen",
    close: "Schließen",
    sending: "Wird gesendet",
    keys: "y oder Tab, dann ↵ führt es aus · Esc abbrechen",
    keys_choice: "↑↓ Gruppe · y oder Tab, dann ↵ führt es aus · Esc abbrechen",
    keys_hindered: "↵ oder Esc schließen",
    keys_sending: "lässt sich nicht mehr aufhalten · Esc blendet aus",
};

const TAB: Tab = Tab {
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
    disagree: |here, there| format!("Die Firma selbst zählt {there} belegte Plätze, ihre Personen ergeben {here}."),
    technicians: "Techniker",
    advanced: "Erweiterte Rechte",
    effective: |company, granted| match (company, granted) {
        (true, Some(true)) => "an",
        (false, Some(true) | None) => "aus: nicht erlaubt",
        (true, None) => "unbekannt",
        (true, _) => "aus: nicht gewährt",
        (false, _) => "aus: weder noch",
    },
    effective_full: |company, granted| match (company, granted) {
        (true, Some(true)) => "Erweiterte Rechte an: von der Firma erlaubt und vom MSP gewährt.",
        (false, Some(true)) => "Erweiterte Rechte aus: vom MSP gewährt, aber ein Inhaber der Firma erlaubt sie nicht.",
        (true, Some(false)) => "Erweiterte Rechte aus: von der Firma erlaubt, aber vom MSP nicht gewährt.",
        (false, Some(false)) => "Erweiterte Rechte aus: weder von der Firma erlaubt noch vom MSP gewährt.",
        (false, None) => "Erweiterte Rechte aus: ein Inhaber der Firma erlaubt sie nicht.",
        (true, None) => "Erweiterte Rechte: Der Server sagt nicht, ob der MSP sie gewährt hat.",
    },
    found: |shown, all| format!("{shown} von {all}"),
    nobody: |search| format!("Niemand passt zu „{search}“"),
};

/// Was davon nicht nichts ist.
fn listed(parts: &[(u32, &str)]) -> String {
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

fn join(text: &mut String, lead: &str, more: &str) {
    if !more.is_empty() {
        text.push_str(lead);
        text.push_str(more);
    }
}

fn hindered(hindrance: &PeopleDisabledReason) -> String {
    match hindrance {
        PeopleDisabledReason::Gone => "es ist nicht mehr da",
        PeopleDisabledReason::Nobody => "niemand ist gewählt: öffnen Sie den Reiter Personen",
        PeopleDisabledReason::OnlyInPeople => "nur im Reiter Personen der Firma",
        PeopleDisabledReason::Technician => {
            "wer vom MSP ist, wird nicht Inhaber und von hier nicht gesperrt oder wiederhergestellt"
        }
        PeopleDisabledReason::Guest => "Gäste sind in keiner Gruppe",
        PeopleDisabledReason::Deleted => "diese Person ist gelöscht",
        PeopleDisabledReason::Unknown => "diese Version weiß nicht, was das ist",
        PeopleDisabledReason::Yourself => "niemand stellt sich selbst wieder her",
        PeopleDisabledReason::Already(Group::Owners) => "schon Inhaber",
        PeopleDisabledReason::Already(Group::Administrators) => "schon Administrator",
        PeopleDisabledReason::InNeither => "weder Inhaber noch Administrator",

        PeopleDisabledReason::NotActive => "nur bei aktiven Personen",
        PeopleDisabledReason::WaitsForPerson => "die Person muss erst ein neues Passwort wählen",
        PeopleDisabledReason::NoRecovery => "für diese Person ist keine Wiederherstellung offen",
        PeopleDisabledReason::NoVault => "kein Tresor ist gewählt: öffnen Sie den Reiter Tresore",
        PeopleDisabledReason::HasAccess => "Sie haben schon Zugriff",
        PeopleDisabledReason::NoGroups => {
            "die Gruppen der Firma sind noch nicht geladen; „Aktualisieren“ versucht es noch einmal"
        }
        PeopleDisabledReason::NoAccess(key) => return format!("Sie haben noch keinen Zugriff: {key} gibt ihn Ihnen"),
        PeopleDisabledReason::AdvancedOff => "ein Inhaber der Firma erlaubt die erweiterten Rechte nicht",
        PeopleDisabledReason::AdvancedNotGranted => "Ihr MSP-Konto hat Ihnen die erweiterten Rechte nicht gewährt",
    }
    .to_owned()
}

fn said(said: &Said) -> String {
    let (company, person, done) = match said {
        Said::Granted { company, vault } => return format!("{company}: Sie haben jetzt Zugriff auf {vault}"),
        Said::Changed { company, person, done } => (company, person, done),
    };
    let what = match done {
        Done::Member { kind: Group::Owners, added: true, .. } => "ist jetzt Inhaber",
        Done::Member { kind: Group::Administrators, added: true, .. } => "ist jetzt Administrator",
        Done::Member { kind: Group::Owners, .. } => "ist nicht mehr Inhaber",
        Done::Member { kind: Group::Administrators, .. } => "ist nicht mehr Administrator",
        Done::Act(PersonAct::Suspend) => "ist gesperrt",
        Done::Act(PersonAct::Reactivate) => "ist wieder aktiv",
        Done::Act(PersonAct::BeginRecovery) => "muss jetzt ein neues Passwort wählen",
        Done::Act(PersonAct::CompleteRecovery) => "ist wiederhergestellt",
        Done::Act(PersonAct::CancelRecovery) => "ist nicht mehr in Wiederherstellung",
    };
    format!("{company}: {person} {what}")
}
