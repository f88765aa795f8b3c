//! The dialog that checks an unlink and asks for it.

use crate::domain::unlink::{Check, Consequence};

pub struct Unlink {
    pub title: fn(&str) -> String,
    pub loading: &'static str,
    pub check: fn(&Check) -> String,
    pub consequence: fn(&Consequence, Option<&str>) -> String,
    pub checks: &'static str,
    pub trial_would_end: fn(&str) -> String,
    pub consequences: &'static str,
    pub blocked: &'static str,
    pub fix_owner: fn(&str) -> String,
    pub fix_by_others: fn(&str) -> String,
    pub owner_invited: fn(Option<&str>) -> String,
    pub nobody_joined: fn(Option<&str>) -> String,
    pub transfer: &'static str,
    pub type_name: fn(&str) -> String,
    pub does_not_match: &'static str,
    pub matches: &'static str,
    /// The name is right, but not all was shown yet.
    pub read_first: &'static str,
    pub changed: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
    pub unlink: &'static str,
    /// Where only the web console unlinks.
    pub show_steps: &'static str,
    pub sending: &'static str,
    pub keys: &'static str,
    pub keys_reading: &'static str,
    pub keys_blocked: fn(&str) -> String,
    pub keys_sending: &'static str,
}
