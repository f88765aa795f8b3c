//! The dialog that writes a CSV file.

use crate::app::features::export::ExportKind;

pub struct Export {
    pub title: fn(ExportKind, u64, &str) -> String,
    pub prompt: &'static str,
    pub exists: &'static str,
    pub writing: &'static str,
    pub keys: &'static str,
    pub replace_keys: &'static str,
}
