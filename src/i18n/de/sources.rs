//! Where what is known of a company comes from.

use crate::app::features::sources::SourceField;
use crate::domain::facts::FactSource;
use crate::domain::source::{SourceReason, SourceState};
use crate::i18n::types::sources::Sources;
use std::borrow::Cow;

pub(super) const TEXTS: Sources = Sources {
    title: |company| format!("Quellen von {company}"),
    name: |source| match source {
        FactSource::UsersApi => "Users API".into(),
        FactSource::Events => "Events API".into(),
        FactSource::Op => "1Password CLI".into(),
        FactSource::Import => "Importe".into(),
        FactSource::Declared => "Webkonsole".into(),
        FactSource::Other(word) => Cow::Borrowed(word),
    },
    gives: |source| match source {
        FactSource::UsersApi => {
            "Personen mit Name, Adresse und Status; belegte Plätze als Schätzung; Personen sperren und reaktivieren"
        }
        FactSource::Events => "was im Konto getan wurde, wer sich angemeldet hat, wer von Ihnen darin war",
        FactSource::Op => "Personen mit ihren Gruppen, Inhaber, genaue Plätze",
        FactSource::Import => "Namen, Status, belegte Plätze, Limits, Inhaber – soweit die Tabelle Spalten dafür hat",
        FactSource::Declared => {
            "was Sie in der Webkonsole gesehen haben: Inhaber, Plätze, Limit, Wiederherstellungen, Status"
        }
        FactSource::Other(_) => "",
    },
    state: |state| match state {
        SourceState::Connected => "verbunden".into(),
        SourceState::Failing => "gestört".into(),
        SourceState::NeedsAttention => "braucht Sie".into(),
        SourceState::Other(word) => Cow::Borrowed(word),
    },
    reason: |reason| match reason {
        SourceReason::SecretUnavailable => "auf dem Rechner des Servers fehlt das Geheimnis".into(),
        SourceReason::CredentialRefused => "1Password lehnt das Geheimnis ab".into(),
        SourceReason::RightMissing => "eine Berechtigung fehlt".into(),
        SourceReason::WrongAccount => "es ist nicht das Konto dieser Firma".into(),
        SourceReason::NotOffered => "die Datenregion hat diese Schnittstelle nicht".into(),
        SourceReason::Refused => "1Password lehnt es ab".into(),
        SourceReason::RateLimited => "zu viele Anfragen".into(),
        SourceReason::Unreachable => "1Password antwortet nicht".into(),
        SourceReason::Unreadable => "die Antwort ist nicht lesbar".into(),
        SourceReason::Other(word) => Cow::Borrowed(word),
    },
    remedy: |reason| match reason {
        SourceReason::SecretUnavailable => {
            "Auf dem Rechner des Servers: den Schlüsselbund entsperren, chmod 600 für die Datei, oder op anmelden."
        }
        SourceReason::CredentialRefused => {
            "Es wurde entzogen oder ersetzt. Im Konto der Firma ein neues anlegen, dann auf dem Rechner des Servers:"
        }
        SourceReason::RightMissing => {
            "Im Konto der Firma unter „Integrations“ die Berechtigung geben; ein Token neu ausstellen."
        }
        SourceReason::WrongAccount => "Die Konto-ID mit dem Konto vergleichen, in dem der Zugang angelegt wurde.",
        SourceReason::RateLimited | SourceReason::Unreachable => "Abwarten; was bekannt war, bleibt mit seinem Alter.",
        SourceReason::Unreadable => "Bitte melden: die veröffentlichten Formate hat noch niemand im Betrieb gesehen.",
        SourceReason::NotOffered | SourceReason::Refused | SourceReason::Other(_) => "",
    },
    field: |field| match field {
        SourceField::Gives => "Liefert",
        SourceField::State => "Stand",
        SourceField::Detail => "Server meldet",
        SourceField::Remedy => "Zu tun",
        SourceField::Read => "Zuletzt",
        SourceField::Next => "Nächstes Mal",
        SourceField::Expires => "Läuft ab",
        SourceField::Writes => "Erlaubt",
        SourceField::Secret => "Geheimnis",
        SourceField::Command => "Befehl",
    },
    none: |key| format!("Noch keine Quelle; {key} zeigt, welche es gibt"),
    not_connected: "nicht verbunden",
    nothing_yet: "noch nichts",
    connect: |source| match source {
        FactSource::Events => {
            "Im Konto der Firma ein Token ausstellen: Integrations › Events Reporting. Dann auf dem Rechner des Servers:"
        }
        _ => {
            "Im Konto der Firma eine OAuth-Anwendung anlegen: Integrations › Directory. Dann auf dem Rechner des Servers:"
        }
    },
    renew: "Vor dem Ablauf im Konto der Firma ein neues Geheimnis anlegen, dann auf dem Rechner des Servers:",
    still_connected: "noch verbunden, wird nicht mehr gelesen",
    disconnect: "Ein Inhaber muss Anwendung oder Token im Konto der Firma entfernen. Ob das geschehen ist, zeigt auf dem Rechner des Servers:",
    read: |ago| format!("gelesen {ago}"),
    never_read: "nie gelesen",
    next: |when| format!("wieder {when}"),
    overdue: |ago| format!("fällig {ago}; von selbst liest mspdash serve"),
    not_by_itself: "nur auf Wunsch",
    expired: |day| format!("seit {day}"),
    writes: |may| if may { "Personen sperren und reaktivieren" } else { "nur lesen" },
    place: |word| match word {
        "KEYRING" => "im Schlüsselbund auf dem Rechner des Servers",
        "FILE" => "in einer Datei auf dem Rechner des Servers",
        "OP" => "in 1Password, gelesen mit op",
        "CREDENTIAL" => "ein Credential des Dienstes",
        _ => "auf dem Rechner des Servers",
    },
    what_to_do: "was zu tun ist",
    keys: |enter, copies| {
        let enter = enter.map(|label| format!("↵ {label} · ")).unwrap_or_default();
        let copy = if copies { "y Befehl kopieren · " } else { "" };
        format!("↑↓ Quelle · {enter}{copy}Esc schließen")
    },
};
