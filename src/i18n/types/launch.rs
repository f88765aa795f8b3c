//! The dialog with an address, where no browser can be opened.

use crate::app::msg::Copied;

pub struct Launch {
    pub title: fn(&str) -> String,
    pub explain: &'static str,
    pub valid: fn(i64) -> String,
    pub expired: fn(&str) -> String,
    pub copied: fn(&Copied) -> String,
    pub keys: fn(&str, &str) -> String,
    pub no_room: &'static str,
}
