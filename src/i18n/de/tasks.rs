//! Tasks in the web console. Its labels stay in English: 1Password's pages publish them so.

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
        Step::RemoveIntegrations => "Unter „Integrations“ entfernen, was Sie für sich eingerichtet haben",
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
