//! What needs attention, and for how long it is snoozed.

use crate::app::features::attention::Fix;
use crate::domain::company::Attention as Kind;
use crate::domain::reason::{Group, Reason};
use jiff::Timestamp;
use std::borrow::Cow;

pub struct Attention {
    pub long: fn(&Kind) -> Cow<'_, str>,
    /// In two or three words, with the figure that says how much.
    pub brief: fn(&Reason, Timestamp) -> String,
    pub short: fn(&Kind) -> Cow<'_, str>,
    /// As the line of a day's work.
    pub what: fn(&Reason) -> String,
    pub fix: fn(Fix) -> &'static str,
    pub group: fn(Group) -> &'static str,
    pub title: &'static str,
    pub what_column: &'static str,
    pub since: &'static str,
    pub due: &'static str,
    pub fix_column: &'static str,
    pub now: &'static str,
    pub today: &'static str,
    pub days: fn(i64) -> String,
    /// How many days are left, and for how many days it has been so.
    pub left: fn(i64) -> String,
    pub lasting: fn(i64) -> String,
    pub none: &'static str,
    pub back: fn(&str, &str) -> String,
    pub kept: fn(&str) -> String,
    pub snoozed_too: fn(u32, &str) -> String,
    pub snooze: fn(i64) -> &'static str,
    pub explain: &'static str,
    pub keys: &'static str,
    pub until: fn(&str) -> String,
    pub snoozed: &'static str,
}
