//! The dialog that writes a CSV file.

use crate::i18n::types::export::Export;

pub(super) const TEXTS: Export = Export {
    title: |count, number| format!("{number} {} exportieren", if count == 1 { "Firma" } else { "Firmen" }),
    prompt: "Eine CSV-Datei schreiben nach",
    exists: "Eine Datei dieses Namens gibt es schon.",
    writing: "wird geschrieben",
    keys: "↵ schreiben · Esc abbrechen",
    replace_keys: "↵ ersetzen, oder anderen Namen eingeben · Esc abbrechen",
};
