//! Companies out of a file or a paste.

use crate::app::features::import::Kind;
use crate::domain::import::columns::Field;
use crate::domain::import::plan::Refusal;
use crate::domain::import::row::Reason;
use crate::domain::import::table::Unreadable;

pub struct Import {
    pub field: fn(Field) -> &'static str,
    pub reason: fn(&Reason) -> String,
    pub refusal: fn(&Refusal) -> String,
    pub unreadable: fn(Unreadable) -> String,
    /// Of this file, of a paste where that is empty, or of none yet.
    pub title: fn(Option<&str>) -> String,
    pub prompt: &'static str,
    pub paste_hint: &'static str,
    pub file_keys: &'static str,
    pub reading: &'static str,
    pub waiting_keys: &'static str,
    pub columns_hint: &'static str,
    pub encoding: fn(&str) -> String,
    pub broken: fn(u64) -> String,
    pub column: fn(usize) -> String,
    pub nothing: &'static str,
    pub needs_key: &'static str,
    pub unsure: &'static str,
    pub columns_keys: &'static str,
    pub checking: fn(&str, &str) -> String,
    pub all: &'static str,
    pub kind: fn(Kind) -> &'static str,
    pub no_rows: &'static str,
    pub no_limit: &'static str,
    pub as_new: &'static str,
    pub nothing_to_do: &'static str,
    /// Nothing changes, but what is known is of today.
    pub known_anew: &'static str,
    pub accepted: fn(u64, &str) -> String,
    pub preview_keys: &'static str,
    pub running: fn(&str, &str) -> String,
    pub running_keys: &'static str,
    pub stopping: &'static str,
    pub stopped: fn(&str, &str) -> String,
    pub stopped_keys: fn(&str) -> String,
    pub not_in_file: fn(u64, &str, &str) -> String,
    pub undo_hint: fn(&str) -> String,
    pub end_keys: &'static str,
}
