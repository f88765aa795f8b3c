//! The dialog that writes a CSV file.

use crate::app::features::export::ExportKind;
use crate::i18n::types::export::Export;

pub(super) const TEXTS: Export = Export {
    title: |kind, count, number| {
        let companies = if count == 1 { "company" } else { "companies" };
        match kind {
            ExportKind::Companies => format!("Export {number} {companies}"),
            ExportKind::Usage => format!("Export the usage of {number} {companies}"),
            ExportKind::Days => format!("Export the seats of {number} {}", if count == 1 { "day" } else { "days" }),
        }
    },
    prompt: "Write a CSV file to",
    exists: "A file with this name already exists.",
    writing: "writing",
    keys: "↵ write · Esc cancel",
    replace_keys: "↵ replace it, or type another name · Esc cancel",
};
