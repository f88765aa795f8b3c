//! Screen 4 and the tab *Usage*.

use crate::app::features::usage::table::UsageColumn;

pub struct Usage {
    pub title: &'static str,
    pub loading: &'static str,
    pub companies: fn(&str, bool) -> String,
    /// Net usage, days counted, days of the period.
    pub so_far: fn(&str, u32, u32) -> String,
    pub over: fn(&str, u32, u32) -> String,
    /// The last day of the period, the projection.
    pub projected: fn(&str, &str) -> String,
    pub explain: &'static str,
    pub today: fn(&str) -> String,
    pub last_day: fn(&str) -> String,
    pub peak: fn(&str) -> String,
    pub limit: fn(&str) -> String,
    pub no_limit: &'static str,
    /// Filled, included.
    pub internal: fn(u32, u32) -> String,
    pub fact: &'static str,
    pub ahead: &'static str,
    pub above: fn(&str) -> String,
    pub zero: &'static str,
    pub nothing: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    /// Only the web console knows it, and which key shows how to copy it there.
    pub elsewhere: &'static str,
    pub elsewhere_hint: fn(Option<&str>) -> String,
    /// The last day of an account that is left out of the sum.
    pub ends: fn(&str) -> String,
    pub curve: &'static str,
    pub column: fn(UsageColumn) -> &'static str,
    /// The same for a menu, which has room.
    pub column_whole: fn(UsageColumn) -> &'static str,
    /// Per cent, the limit.
    pub share: fn(&str, &str) -> String,
    pub period: &'static str,
    pub this_month: &'static str,
    pub last_month: &'static str,
    pub period_keys: &'static str,
    pub sort: &'static str,
    pub sort_keys: &'static str,
}
