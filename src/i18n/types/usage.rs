//! Screen 4 and the tab *Usage*.

use crate::app::features::usage::table::UsageColumn;

pub struct Usage {
    pub title: &'static str,
    pub loading: &'static str,
    pub companies: fn(&str, bool) -> String,
    /// Net usage of a period that runs, and of one that is over.
    pub billed: &'static str,
    pub billed_short: &'static str,
    pub billed_over: &'static str,
    /// Days counted, days of the period.
    pub counted: fn(u32, u32) -> String,
    pub projection: &'static str,
    pub if_stays: &'static str,
    pub explain: &'static str,
    pub today: &'static str,
    pub last_day: &'static str,
    /// Filled, the limit.
    pub of_limit: fn(&str, &str) -> String,
    pub left: fn(&str) -> String,
    pub no_limit: &'static str,
    /// Seats, and on which days.
    pub peak: fn(&str, &str) -> String,
    /// The month before.
    pub compared: fn(&str) -> String,
    /// The same month and its net usage.
    pub before: fn(&str, &str) -> String,
    pub before_unknown: fn(&str) -> String,
    /// The month before, in short.
    pub versus: fn(&str) -> String,
    /// Filled, included.
    pub internal: fn(u32, u32) -> String,
    /// The month.
    pub chart: fn(&str) -> String,
    pub chart_short: fn(&str) -> String,
    /// The lowest value, and the key that begins the axis at zero.
    pub axis: fn(&str, &str) -> String,
    pub axis_zero: &'static str,
    pub dots: &'static str,
    pub limit: fn(&str) -> String,
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
    /// Columns that order nothing.
    pub per_day: &'static str,
    pub of_all: &'static str,
    pub full: &'static str,
    /// The day, if it is known.
    pub unlinked: fn(Option<&str>) -> String,
    /// Found, of how many.
    pub found: fn(&str, &str) -> String,
    pub none_found: fn(&str) -> String,
    pub period: &'static str,
    pub this_month: &'static str,
    pub last_month: &'static str,
    pub period_keys: &'static str,
    pub sort: &'static str,
    pub sort_keys: &'static str,
}
