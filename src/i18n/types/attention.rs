//! What needs attention, and for how long it is snoozed.

use crate::domain::company::Attention as Kind;
use crate::domain::reason::Reason;
use jiff::Timestamp;
use std::borrow::Cow;

pub struct Attention {
    pub long: fn(&Kind) -> Cow<'_, str>,
    /// In two or three words, with the figure that says how much.
    pub brief: fn(&Reason, Timestamp) -> String,
    pub short: fn(&Kind) -> Cow<'_, str>,
    pub snooze: fn(i64) -> &'static str,
    pub explain: &'static str,
    pub keys: &'static str,
    pub until: fn(&str) -> String,
    pub snoozed: &'static str,
}
