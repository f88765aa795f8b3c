//! Several MSP accounts on one screen.

use crate::app::features::accounts::Choice;

pub struct Accounts {
    pub column: &'static str,
    pub filter: &'static str,
    pub all: &'static str,
    pub title: fn(Choice) -> &'static str,
    pub explain: fn(Choice) -> &'static str,
    pub keys: &'static str,
    pub some_down: fn(usize, usize) -> String,
    pub some_refused: fn(usize, usize) -> String,
    pub of: fn(&str) -> String,
    pub within: fn(&str, &str) -> String,
    pub region_note: fn(&str) -> String,
    pub failed_keys: fn(&str) -> String,
    pub failure_keys: fn(usize, usize) -> String,
    /// An account whose answer is missing, and why.
    pub without: fn(&str, &str) -> String,
    pub not_yet: fn(&str) -> String,
    /// An account, how old its answer is, and why there is no newer one.
    pub as_of: fn(&str, &str, &str) -> String,
}
