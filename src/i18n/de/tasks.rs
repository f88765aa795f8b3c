//! Tasks in the web console. Its labels stay in English: 1Password's pages publish them so.

use crate::app::features::tasks::{TaskAct, TaskProblem};
use crate::domain::launch::Opening;
use crate::domain::task::{Outcome, Step, TaskKind, TaskState, Text, Verification};
use crate::i18n::types::tasks::Tasks;
use std::borrow::Cow;

pub(super) const TEXTS: Tasks = Tasks {
    kind,
    state: |state| match state {
        TaskState::Open => "offen".into(),
        TaskState::Waiting => "wartet auf die Firma".into(),
        TaskState::Verified => "bestätigt".into(),
        TaskState::Declared => "als erledigt gemeldet".into(),
        TaskState::Cancelled => "abgebrochen".into(),
        TaskState::Other(word) => Cow::Borrowed(word),
    },
    steps: "In der Webkonsole von 1Password:",
    step,
    text: |text| match text {
        Text::Name => "Name",
        Text::Website => "Website",
        Text::AddressLine => "Adresszeile",
        Text::PostalCode => "Postleitzahl",
        Text::Locality => "Ort",
        Text::AdministrativeArea => "Bundesland oder Region",
        Text::Subject => "Betrifft",
    },
    found,
    outcome: |outcome, fact| {
        let by = fact.map(|fact| format!(" ({fact})")).unwrap_or_default();
        match outcome {
            Outcome::Verified => format!("Bestätigt: Es ist erledigt{by}"),
            Outcome::NotDone => format!("Noch nicht erledigt{by}"),
            Outcome::CannotTell => {
                "Nicht feststellbar: Seither wurde nichts beobachtet, das es zeigt. Neu importieren, oder d".into()
            }
            Outcome::Other(word) => word.clone(),
        }
    },
    title: "Aufgaben",
    count: |open, all| if open == all { format!("{open} offen") } else { format!("{open} offen von {all}") },
    loading: "Aufgaben werden geladen",
    empty: "Keine offenen Aufgaben",
    empty_hint: "Was nur die Webkonsole kann – anmelden, anlegen, verknüpfen, trennen, Personen –, beginnt eine Aufgabe.",
    what: "Aufgabe",
    company: "Firma",
    state_of: "Stand",
    by: "Begonnen von",
    since: "Seit",
    begun: |ago, moment, who| match who {
        Some(who) => format!("begonnen {ago} von {who} ({moment})"),
        None => format!("begonnen {ago} ({moment})"),
    },
    ended: |state, when, who| {
        let by = who.map(|who| format!(" von {who}")).unwrap_or_default();
        let when = when.map(|when| format!(", erledigt {when}")).unwrap_or_default();
        format!("{}{by}{when}", (TEXTS.state)(state))
    },
    list_keys: |open, ended| format!("{open} zeigt die Schritte · {ended} beendete Aufgaben"),
    about: |kind| match kind {
        TaskKind::Vault => "Tresor",
        TaskKind::Add | TaskKind::Link => "Firma",
        _ => "Person",
    },
    all_companies: "alle Firmen",
    ask_hint: "Beginnt eine Aufgabe, die auch Kollegen sehen. In 1Password geschieht nichts: Das tun Sie in der Webkonsole.",
    ask_keys: |several| {
        if several { "↑↓ Aufgabe · ↵ beginnen · Esc abbrechen" } else { "↵ beginnen · Esc abbrechen" }
    },
    asking: "Nicht gespeicherte Eingabe: Esc verwirft sie, ↵ beginnt",
    begin_hint: "Die Aufgabe ist nicht begonnen.",
    begin_keys: "↵ beginnen · Esc schließen",
    doing: |act| match act {
        TaskAct::Begin { .. } => "Aufgabe wird begonnen",
        TaskAct::Verify => "Wird geprüft",
        TaskAct::Wait | TaskAct::Declare(_) => "Wird gemeldet",
        TaskAct::Cancel => "Aufgabe wird abgebrochen",
    },
    sending_keys: "Jetzt nicht mehr abzubrechen · Esc blendet aus",
    problem: |problem| match problem {
        TaskProblem::Empty => "Angeben, um wen oder was es geht.",
        TaskProblem::TooLong => "Zu lang: höchstens 100 Zeichen.",
        TaskProblem::NoMoment => "Keine Zeitangabe. Etwa 14:30, 31.01.2026, oder beides.",
        TaskProblem::Ahead => "Das liegt in der Zukunft.",
    },
    no_steps: "Diese Version kennt die Schritte dieser Art von Aufgabe nicht.",
    reading: "Aufgabe wird geladen",
    hint: "Sie tun dies in der Webkonsole; danach meldet d es hier als erledigt.",
    waits: "Jemand aus der Firma muss handeln; d meldet hier, wenn es erledigt ist.",
    sign_in: "Anmeldeseite",
    country: "Land",
    opened: |opening| match opening {
        Opening::Opened => "Anmeldeseite im Browser geöffnet",
        Opening::Sent => "Anmeldeseite an den Browser übergeben",
    },
    no_browser: "Hier gibt es keinen Browser. c kopiert die Adresse der Anmeldeseite.",
    no_address: "Die Anmeldeadresse ist hier nicht bekannt.",
    nothing_to_copy: "Für diese Aufgabe gibt es nichts zu kopieren.",
    key_copy: |what| what.map_or_else(|| "c kopieren".to_owned(), |what| format!("c {what} kopieren")),
    key_open: "o Anmeldeseite",
    key_verify: "v prüfen",
    key_done: "d erledigt",
    key_wait: "w wartet",
    key_cancel: "x abbrechen",
    key_esc: |open| if open { "Esc später" } else { "Esc schließen" },
    when: "Wann wurde es erledigt?",
    when_hint: "Leer ist jetzt. Oder 14:30, 31.01.2026, 31.01.2026 14:30",
    declared_by: |name| format!("Gemeldet von {name}"),
    name_keys: "↵ weiter · Esc zurück",
    when_keys: "↵ als erledigt melden · Esc zurück",
    cancel_text: "Diese Aufgabe abbrechen? Nur, wenn sie in der Webkonsole nicht erledigt wurde.",
    keep: "Behalten",
    cancel: "Aufgabe abbrechen",
    cancel_keys: "Tab wechseln · ↵ wählen · Esc zurück",
};

fn kind(kind: &TaskKind) -> Cow<'_, str> {
    match kind {
        TaskKind::Launch => "Anmelden".into(),
        TaskKind::Add => "Firma anlegen".into(),
        TaskKind::Link => "Konto verknüpfen".into(),
        TaskKind::Unlink => "Trennen".into(),
        TaskKind::Owner => "Zum Inhaber machen".into(),
        TaskKind::RemoveOwner => "Inhaber entfernen".into(),
        TaskKind::Administrator => "Zum Administrator machen".into(),
        TaskKind::RemoveAdministrator => "Administrator entfernen".into(),
        TaskKind::Suspend => "Sperren".into(),
        TaskKind::Reactivate => "Entsperren".into(),
        TaskKind::BeginRecovery => "Wiederherst. beginnen".into(),
        TaskKind::CompleteRecovery => "Wiederherst. abschließen".into(),
        TaskKind::CancelRecovery => "Wiederherst. abbrechen".into(),
        TaskKind::Vault => "Tresorzugriff".into(),
        TaskKind::Usage => "Nutzung".into(),
        TaskKind::Other(word) => Cow::Borrowed(word),
    }
}

fn step(step: Step) -> &'static str {
    match step {
        Step::SignIn => "Beim MSP-Konto anmelden",
        Step::ManagedCompanies => "In der Seitenleiste „Managed Companies“ wählen",
        Step::FindCompany => "Die Firma nach ihrem Namen suchen",
        Step::LaunchCompany => "Daneben die Startschaltfläche wählen",
        Step::NewCompany => "„New company“ wählen",
        Step::AddNewCompany => "„Add a new company“ wählen",
        Step::FillIn => "Name, Website, Land oder Region und Adresse eingeben",
        Step::Save => "„Save“ wählen",
        Step::LinkExisting => "„Link an existing account“ wählen",
        Step::FollowScreen => "Den Schritten auf dem Bildschirm folgen",
        Step::OwnerConfirms => "Ein Inhaber der Firma bestätigt auf seiner Seite",
        Step::RemoveIntegrations => "Unter „Integrations“ unsere Anwendung und andere eigene Zugänge entfernen",
        Step::UnlinkInMenu => "Daneben die drei Punkte wählen, dann „Unlink“",
        Step::OwnersGroup => "In der Seitenleiste „Groups“ wählen, dann „Owners“",
        Step::AdministratorsGroup => "In der Seitenleiste „Groups“ wählen, dann „Administrators“",
        Step::AddPerson => "Die Person in die Gruppe aufnehmen",
        Step::RemovePerson => "Die Person aus der Gruppe entfernen",
        Step::FindPerson => "In der Seitenleiste „People“ wählen, dann die Person",
        Step::Suspend => "Die Person sperren",
        Step::Reactivate => "Die Person entsperren",
        Step::BeginRecovery => "„Begin Recovery“ wählen",
        Step::PersonRecovers => "Die Person folgt dem Link in ihrer Mail",
        Step::CompleteRecovery => "„Complete Recovery“ wählen",
        Step::CancelRecovery => "Die Wiederherstellung abbrechen",
        Step::FindVault => "In der Seitenleiste „Vaults“ wählen, dann den Tresor",
        Step::GiveAccess => "Sich selbst Zugriff geben, dann „View Vault“ wählen",
        Step::UsageTab => "„Billing and Seats“ wählen, dann „Usage“",
        Step::SetDates => "Den Zeitraum einstellen",
        Step::CopyTable => "Die Tabelle markieren und kopieren",
    }
}

fn found(found: &Verification) -> String {
    match (&found.outcome, &found.source, found.as_of) {
        (Outcome::Verified, Some(source), Some(time)) => format!("bestätigt: {source} vom {time} zeigt es erledigt"),
        (Outcome::Verified, ..) => "bestätigt: Es ist erledigt".into(),
        (Outcome::NotDone, Some(source), Some(time)) => {
            format!("nicht erledigt: {source} vom {time} zeigt es wie zuvor")
        }
        (Outcome::NotDone, ..) => "nicht erledigt: Es ist wie zuvor".into(),
        _ => "nicht feststellbar: Seither wurde nichts beobachtet, das es zeigt".into(),
    }
}
