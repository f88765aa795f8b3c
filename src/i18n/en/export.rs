//! The dialog that writes a CSV file.

use crate::i18n::types::export::Export;

pub(super) const TEXTS: Export = Export {
    title: |count, number| format!("Export {number} {}", if count == 1 { "company" } else { "companies" }),
    prompt: "Write a CSV file to",
    exists: "A file with this name already exists.",
    writing: "writing",
    keys: "↵ write · Esc cancel",
    replace_keys: "↵ replace it, or type another name · Esc cancel",
};
