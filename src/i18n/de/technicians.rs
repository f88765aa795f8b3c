//! Die eigenen Techniker des MSP.

use crate::app::features::technicians::Act;
use crate::domain::technician::{Role, TechnicianState};
use crate::i18n::types::technicians::Technicians;
use std::borrow::Cow;

pub(super) const TEXTS: Technicians = Technicians {
    title: |account| format!("Techniker · {account}"),
    loading: "Techniker werden geladen",
    name: "Name",
    email: "E-Mail",
    role_of: "Rolle",
    state_of: "Zugang",
    sign_in: "Zuletzt angemeldet",
    never: "nie",
    role: |role| match role {
        Role::Owner => "Inhaber".into(),
        Role::Administrator => "Administrator".into(),
        Role::MspTechnician => "Techniker".into(),
        Role::ViewOnly => "nur Lesen".into(),
        Role::NoMfa => "kein zweiter Faktor".into(),
        Role::Nothing => "keine".into(),
        Role::Other(word) => Cow::Borrowed(word),
    },
    state: |state| match state {
        TechnicianState::Active => "aktiv".into(),
        TechnicianState::Pending => "nicht eingerichtet".into(),
        TechnicianState::Revoked => "entzogen".into(),
        TechnicianState::Other(word) => Cow::Borrowed(word),
    },
    open_code: |until| format!("Ein Code ist bis {until} offen."),
    keys: "↵ Aktionen · + neu · Esc schließen",
    add_title: "Neuer Techniker",
    add_hint: "Mit einem Einmal-Code richtet er seinen eigenen Zugang ein.",
    add_keys: "Tab nächstes Feld · ←→ Rolle · ↵ anlegen · Esc abbrechen",
    asking: "Ungespeicherte Eingaben: Esc verwirft sie, ↵ behält sie",
    change_role: "Rolle ändern",
    role_title: |name| format!("Rolle von {name}"),
    menu_keys: |rows| format!("1–{rows} oder ↵ wählen · Esc abbrechen"),
    confirm_title: |act, name| match act {
        Act::Enrol => format!("Neuer Code für {name}"),
        Act::Rotate => format!("Zugang von {name} erneuern"),
        Act::Revoke => format!("{name} den Zugang entziehen"),
    },
    confirm: |act| match act {
        Act::Enrol => "Stellt einen Einmal-Code aus. Der bisherige Zugang gilt, bis der Code eingelöst ist.",
        Act::Rotate => {
            "Beendet den Zugang sofort: überall abgemeldet; neu angemeldet wird nur mit dem Code, den Sie jetzt erhalten."
        }
        Act::Revoke => "Der Zugang endet sofort. Was unter diesem Namen getan wurde, bleibt in den Aktivitäten.",
    },
    cancel: "Abbrechen",
    go: |act| match act {
        Act::Enrol => "Code ausstellen",
        Act::Rotate => "Erneuern",
        Act::Revoke => "Entziehen",
    },
    confirm_keys: "Tab wechseln · ↵ auslösen · Esc abbrechen",
    code_title: |name| format!("Code für {name}"),
    code_hint: "Geben Sie ihn jetzt weiter: Er gilt einmal und wird nicht wieder angezeigt. Auf dem anderen Rechner:",
    code_until: |until| format!("Gültig bis {until}."),
    no_code: "Der Code ist eingelöst oder abgelaufen. Stellen Sie einen neuen aus.",
    code_keys: |copy| format!("{copy} Code kopieren · Esc fertig"),
    saving: "wird gespeichert",
};
