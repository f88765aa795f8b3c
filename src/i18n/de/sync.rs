//! Answers that take their time or are missing in part.

use crate::i18n::types::sync::Sync;

pub(super) const TEXTS: Sync = Sync {
    asked_to_wait: |seconds| format!("Server ausgelastet, nächster Versuch in {seconds} s"),
    refreshing: "wird aktualisiert",
    no_answer: |seconds| format!("seit {seconds} s keine Antwort"),
    pause: |cause, seconds| format!("{cause}; nächster Versuch in {seconds} s"),
    give_up: "Esc gibt auf",
    left_out: |rows| match rows {
        1 => "1 nicht lesbare Zeile übersprungen".into(),
        rows => format!("{rows} nicht lesbare Zeilen übersprungen"),
    },
};
