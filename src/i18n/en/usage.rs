//! Screen 4 and the tab *Usage*.

use crate::app::features::usage::table::UsageColumn;
use crate::i18n::types::usage::Usage;

pub(super) const TEXTS: Usage = Usage {
    title: "Usage",
    loading: "Loading usage",
    companies: |count, one| format!("{count} {}", if one { "company" } else { "companies" }),
    billed: "Billed so far (net usage)",
    billed_short: "Billed so far",
    billed_over: "Billed (net usage)",
    counted: |counted, of| if counted == of { format!("{of} days") } else { format!("{counted} of {of} days counted") },
    projection: "Month-end projection",
    if_stays: "if seats stay as today",
    explain: "Net usage = sum of end-of-day seats ÷ days counted",
    today: "Seats today",
    last_day: "Seats on the last day",
    of_limit: |filled, limit| format!("{filled} of {limit}"),
    left: |seats| format!("{seats} left"),
    no_limit: "no seat limit",
    peak: |seats, days| format!("peak {seats} on {days}"),
    compared: |month| format!("Compared with {month}"),
    before: |month, net| format!("{month} {net}"),
    before_unknown: |month| format!("{month} is not known"),
    versus: |month| format!("vs {month}"),
    internal: |filled, included| {
        if filled <= included {
            format!("own team: {filled} of {included} included seats, not billed, not counted here")
        } else {
            format!("own team: {filled} seats, {included} of them included; not counted here")
        }
    },
    chart: |month| format!("Seats at the end of each day, {month}"),
    chart_short: |month| format!("Seats per day, {month}"),
    axis: |low, key| format!("axis from {low} ({key}: from zero)"),
    axis_zero: "axis from zero",
    dots: "dots: if seats stay as today",
    limit: |limit| format!("limit {limit}"),
    above: |limit| format!("seat limit {limit} (above this chart)"),
    zero: "No filled seats in this period",
    nothing: "No data for this period yet",
    empty: "No companies to count yet",
    empty_hint: "Companies managed by your MSP account appear here automatically.",
    elsewhere: "Only the web console of 1Password shows usage",
    elsewhere_hint: |key| {
        let steps = key.map(|key| format!("{key} shows the steps. ")).unwrap_or_default();
        format!("{steps}A table copied there can be pasted into the list of companies.")
    },
    ends: |day| format!("data until {day}"),
    curve: "30 days",
    column: |column| match column {
        UsageColumn::Name => "Company",
        UsageColumn::Seats => "Seats",
        UsageColumn::Share => "Limit",
        UsageColumn::Peak => "Peak",
        UsageColumn::Net => "Net",
        UsageColumn::Projection => "Month end",
        UsageColumn::Change => "Change",
    },
    column_whole: |column| match column {
        UsageColumn::Name => "company",
        UsageColumn::Seats => "seats",
        UsageColumn::Share => "share of the seat limit",
        UsageColumn::Peak => "peak",
        UsageColumn::Net => "net usage so far",
        UsageColumn::Projection => "projected net usage",
        UsageColumn::Change => "change from last month",
    },
    per_day: "Per day",
    of_all: "Share",
    full: "full",
    unlinked: |day| day.map_or_else(|| "unlinked".to_owned(), |day| format!("unlinked {day}")),
    found: |found, all| format!("{found} of {all}"),
    none_found: |search| format!("No company is called “{search}”"),
    period: "Period",
    this_month: "this month",
    last_month: "last month",
    period_keys: "↵ choose · Esc close",
    sort: "Sort usage by",
    sort_keys: "↵ choose, again to reverse · Esc close",
};
