//! Screen 4 and the tab *Usage*.

use crate::app::features::usage::table::UsageColumn;
use crate::i18n::types::usage::Usage;

pub(super) const TEXTS: Usage = Usage {
    title: "Usage",
    loading: "Loading usage",
    companies: |count, one| format!("{count} {}", if one { "company" } else { "companies" }),
    so_far: |net, counted, of| format!("Net usage so far {net} ({counted} of {of} days)"),
    over: |net, counted, of| {
        if counted == of {
            format!("Net usage {net} ({of} days)")
        } else {
            format!("Net usage {net} ({counted} of {of} days)")
        }
    },
    projected: |day, net| format!("Projection to {day}: {net} (if seats stay the same)"),
    explain: "Net usage = sum of end-of-day seats ÷ days counted",
    today: |seats| format!("Seats today {seats}"),
    last_day: |seats| format!("Seats on the last day {seats}"),
    peak: |seats| format!("peak {seats}"),
    limit: |limit| format!("seat limit {limit}"),
    no_limit: "no seat limit",
    internal: |filled, included| {
        if filled <= included {
            format!("Your own team: {filled} of {included} included seats, not billed, not counted above")
        } else {
            format!("Your own team: {filled} seats, {included} of them included; not counted above")
        }
    },
    fact: "end of day",
    ahead: "projected",
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
        UsageColumn::Share => "Of limit",
        UsageColumn::Peak => "Peak",
        UsageColumn::Net => "Net usage",
        UsageColumn::Projection => "Projected",
    },
    column_whole: |column| match column {
        UsageColumn::Name => "company",
        UsageColumn::Seats => "seats",
        UsageColumn::Share => "share of the seat limit",
        UsageColumn::Peak => "peak",
        UsageColumn::Net => "net usage so far",
        UsageColumn::Projection => "projected net usage",
    },
    share: |percent, limit| format!("{percent}% of {limit}"),
    period: "Period",
    this_month: "this month",
    last_month: "last month",
    period_keys: "↵ choose · Esc close",
    sort: "Sort usage by",
    sort_keys: "↵ choose, again to reverse · Esc close",
};
