//! The dialog that checks an unlink and asks for it.

use super::one;
use crate::domain::unlink::{CheckCode, ConsequenceCode};
use crate::i18n::types::unlink::Unlink;

pub(super) const TEXTS: Unlink = Unlink {
    title: |company| format!("{company} trennen"),
    loading: "Wird beim Server geprüft",
    check: |check| {
        let names = check.people.join(", ");
        let n = check.count.unwrap_or_else(|| u32::try_from(check.people.len()).unwrap_or(u32::MAX));
        match &check.code {
            CheckCode::ConfirmedOwners => format!("Bestätigte Inhaber: {names}"),
            CheckCode::NoConfirmedOwner if names.is_empty() => {
                "Kein bestätigter Inhaber (Techniker zählen nicht)".into()
            }
            CheckCode::NoConfirmedOwner => format!("Kein bestätigter Inhaber; eingeladen: {names}"),
            CheckCode::OpenRecoveries => {
                format!(
                    "{n} offene {} offen: {names}",
                    one(n, "Wiederherstellung bleibt", "Wiederherstellungen bleiben")
                )
            }
            CheckCode::PendingInvites => {
                format!("{n} eingeladene {} noch nicht beigetreten", one(n, "Person ist", "Personen sind"))
            }
            CheckCode::FilledSeats => format!("{n} {}", one(n, "belegter Platz", "belegte Plätze")),
            CheckCode::SeatsEstimated => format!("~{n} {}, geschätzt", one(n, "belegter Platz", "belegte Plätze")),
            CheckCode::OwnersUnknown => {
                "Wem sie gehört, ist hier nicht bekannt: zuerst in der Webkonsole nachsehen".into()
            }
            CheckCode::RecoveriesUnknown => "Offene Wiederherstellungen sind hier nicht bekannt".into(),
            CheckCode::SeatsUnknown => "Belegte Plätze sind hier nicht bekannt".into(),
            CheckCode::SourceConnected => {
                "Mit ihrem Konto verbunden: zuerst unseren Zugang dort unter „Integrations“ entfernen".into()
            }
            CheckCode::AlreadyUnlinked => "Schon getrennt".into(),
            CheckCode::PermissionDenied => "Ihre Rolle darf keine Firmen trennen".into(),
            CheckCode::Other(_) => check.title.clone(),
        }
    },
    consequence: |consequence, day| match &consequence.code {
        ConsequenceCode::TrialStarts => match day {
            Some(day) => {
                format!("Eine 14-tägige Testphase läuft bis {day}; das Konto funktioniert wie gewohnt.")
            }
            None => "Eine 14-tägige Testphase beginnt; bis zu ihrem Ende funktioniert das Konto wie gewohnt.".into(),
        },
        ConsequenceCode::DataStays => "Personen, Tresore und Einträge bleiben, wie sie sind.".into(),
        ConsequenceCode::AccessEnds => "Techniker dieses MSP verlieren sofort ihren Zugriff.".into(),
        ConsequenceCode::OwnerMustAct => {
            "Vor ihrem Ende muss ein Inhaber ein Abo abschließen oder mit einem anderen MSP verknüpfen.".into()
        }
        ConsequenceCode::OnlyOwnerCanRelink => {
            "Sie können das nicht rückgängig machen. Nur ein Inhaber der Firma kann sie neu verknüpfen.".into()
        }
        ConsequenceCode::Other(_) => consequence.title.clone(),
    },
    checks: "Gerade geprüft",
    trial_would_end: |day| format!("die Testphase würde am {day} enden"),
    consequences: "Folgen",
    blocked: "Diese Firma kann jetzt nicht getrennt werden.",
    fix_owner: |key| format!("{key}  Inhaber hinzufügen (zeigt die Personen der Firma)"),
    fix_by_others: |why| format!("Einen Inhaber muss jemand anders hinzufügen: {why}."),
    owner_invited: |key| {
        match key {
        Some(key) => {
            format!(
                "Der Inhaber ist eingeladen, aber noch nicht beigetreten. {key} öffnet Personen in 1Password, um neu einzuladen."
            )
        }
        None => {
            "Der Inhaber ist eingeladen, aber noch nicht beigetreten. In 1Password lässt er sich unter Personen neu einladen."
                .into()
        }
    }
    },
    nobody_joined: |key| {
        match key {
        Some(key) => {
            format!(
                "Noch ist niemand beigetreten, der Inhaber werden kann. {key} öffnet Personen in 1Password, um jemanden einzuladen."
            )
        }
        None => {
            "Noch ist niemand beigetreten, der Inhaber werden kann. In 1Password lässt sich unter Personen jemand einladen."
                .into()
        }
    }
    },
    transfer: "Wechsel zu einem anderen MSP: hier trennen, dann verknüpft ein Inhaber mit dem neuen MSP.",
    type_name: |name| format!("Zur Bestätigung den Namen der Firma eingeben: {name}"),
    does_not_match: "stimmt noch nicht",
    matches: "stimmt",
    read_first: "stimmt – bitte weiterlesen",
    changed: "Die Firma hat sich geändert. Prüfen Sie den aktuellen Stand und bestätigen Sie noch einmal.",
    cancel: "Abbrechen",
    close: "Schließen",
    unlink: "Trennen",
    show_steps: "Beginnen – Schritte zeigen",
    sending: "Wird getrennt",
    keys: "Tab: nächstes · ↵ wählen · F5 neu prüfen · Esc abbrechen",
    keys_reading: "↓ weiterlesen · Tab: nächstes · ↵ wählen · Esc abbrechen",
    keys_blocked: |again| format!("↵ schließen · {again} neu prüfen · Esc schließen"),
    keys_sending: "Nicht mehr abzubrechen · Esc blendet aus",
};
