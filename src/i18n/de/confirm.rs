//! The question before something is done to a person or a vault.

use crate::app::features::people::{Act, Done, Group, Warning};
use crate::domain::recovery::PersonAct;
use crate::i18n::is_recovery;
use crate::i18n::types::confirm::Confirm;

pub(super) const TEXTS: Confirm = Confirm {
    question: |act, name| match act.done() {
        Some(Done::Member { kind: Group::Owners, added: true, .. }) => format!("{name} zum Inhaber machen?"),
        Some(Done::Member { kind: Group::Administrators, added: true, .. }) => {
            format!("{name} zum Administrator machen?")
        }
        Some(Done::Member { kind: Group::Owners, added: false, .. }) => format!("{name} die Inhaberrolle entziehen?"),
        Some(Done::Member { kind: Group::Administrators, added: false, .. }) => {
            format!("{name} die Administratorrolle entziehen?")
        }
        Some(Done::Act(PersonAct::Suspend)) => format!("{name} sperren?"),
        Some(Done::Act(PersonAct::Reactivate)) => format!("{name} reaktivieren?"),
        Some(Done::Act(PersonAct::BeginRecovery)) => format!("Wiederherstellung von {name} beginnen?"),
        Some(Done::Act(PersonAct::CompleteRecovery)) => format!("Wiederherstellung von {name} abschließen?"),
        Some(Done::Act(PersonAct::CancelRecovery)) => format!("Wiederherstellung von {name} abbrechen?"),
        None => name.to_owned(),
    },
    means: |act| match act.done() {
        Some(Done::Member { kind: Group::Owners, added: true, .. }) => {
            "Inhaber haben volle Kontrolle über die Firma und können Konten wiederherstellen."
        }
        Some(Done::Member { kind: Group::Administrators, added: true, .. }) => {
            "Administratoren verwalten die Firma mit und können auch Konten wiederherstellen."
        }
        Some(Done::Member { kind: Group::Owners, .. }) => {
            "Die Person verliert die volle Kontrolle über die Firma. Sie bleibt in der Firma und in ihren anderen Gruppen."
        }
        Some(Done::Member { kind: Group::Administrators, .. }) => {
            "Die Person verwaltet die Firma nicht mehr mit und stellt keine Konten wieder her. Sie bleibt in der Firma und in ihren anderen Gruppen."
        }
        Some(Done::Act(PersonAct::Suspend)) => {
            "Gesperrte können sich nicht anmelden und belegen keinen Platz. Ihre Daten bleiben; Sie können sie reaktivieren."
        }
        Some(Done::Act(PersonAct::Reactivate)) => "Die Person kann sich wieder anmelden und belegt wieder einen Platz.",
        Some(Done::Act(PersonAct::BeginRecovery)) => {
            "Beginnt jetzt: E-Mail an die Person → sie wählt ein neues Passwort → ein Administrator schließt ab."
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
        Act::TakeAway { .. } => "Rolle entziehen",
        Act::Change(PersonAct::Suspend) => "Sperren",
        Act::Change(PersonAct::Reactivate) => "Reaktivieren",
        Act::Change(PersonAct::BeginRecovery) => "Beginnen",
        Act::Change(PersonAct::CompleteRecovery) => "Abschließen",
        Act::Change(PersonAct::CancelRecovery) => "Wiederherstellung beenden",
    },
    warning: |warning, act| match (warning, is_recovery(act)) {
        (Warning::LastOwner, _) => {
            "Der letzte Inhaber – ohne ihn lässt sich die Firma nicht trennen, und der Server lehnt es ab. \
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
    changed: "Das hat sich geändert. Prüfen Sie den aktuellen Stand und bestätigen Sie noch einmal.",
    look_again: "Bitte schließen und noch einmal prüfen.",
    cancel: "Abbrechen",
    close: "Schließen",
    sending: "Wird gesendet",
    keys: "y oder Tab, dann ↵ bestätigt · Esc abbrechen",
    keys_choice: "↑↓ Gruppe · y oder Tab, dann ↵ bestätigt · Esc abbrechen",
    keys_hindered: "↵ oder Esc schließen",
    keys_sending: "Nicht mehr abzubrechen · Esc blendet aus",
};
