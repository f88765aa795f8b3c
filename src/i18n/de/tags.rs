//! The dialog in which tags are edited.

use crate::i18n::types::tags::Tags;

pub(super) const TEXTS: Tags = Tags {
    title: |name| format!("Schlagwörter · {name}"),
    many: |count| format!("Schlagwörter von {count} markierten Firmen"),
    single_hint: "Schlagwörter, durch Kommas getrennt.",
    many_hint: "Neue Schlagwörter, durch Kommas getrennt; ein Minus davor entfernt eines (-alt). Alle Namen werden gezeigt, bevor sich etwas ändert.",
    keys: "↵ speichern · Esc abbrechen",
    many_keys: "↵ weiter · Esc abbrechen",
    asking: "Nicht gespeichert: Esc verwirft die Änderung, ↵ behält sie",
    saving: "wird gespeichert",
};
