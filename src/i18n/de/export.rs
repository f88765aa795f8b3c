//! The dialog that writes a CSV file.

use crate::app::features::export::ExportKind;
use crate::i18n::types::export::Export;

pub(super) const TEXTS: Export = Export {
    title: |kind, count, number| {
        let companies = if count == 1 { "Firma" } else { "Firmen" };
        match kind {
            ExportKind::Companies => format!("{number} {companies} exportieren"),
            ExportKind::Usage => format!("Nutzung von {number} {companies} exportieren"),
            ExportKind::Days => format!("Plätze von {number} {} exportieren", if count == 1 { "Tag" } else { "Tagen" }),
        }
    },
    prompt: "Eine CSV-Datei schreiben nach",
    exists: "Eine Datei dieses Namens gibt es schon.",
    writing: "wird geschrieben",
    keys: "↵ schreiben · Esc abbrechen",
    replace_keys: "↵ ersetzen, oder anderen Namen eingeben · Esc abbrechen",
};
