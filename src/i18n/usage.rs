//! Screen 4 and the tab.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

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
    /// Why an account is not in the sum: its last day.
    pub ends: fn(&str) -> String,
    pub curve: &'static str,
    pub column: fn(UsageColumn) -> &'static str,
    /// The same in a menu, where there is room for it.
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

pub(super) const EN: Usage = Usage {
    title: "Usage",
    loading: "Loading the usage",
    companies: |count, one| format!("{count} {}", if one { "company" } else { "companies" }),
    so_far: |net, counted, of| format!("Net usage so far {net} ({counted} of {of} days)"),
    over: |net, counted, of| {
        if counted == of {
            format!("Net usage {net} ({of} days)")
        } else {
            format!("Net usage {net} ({counted} of {of} days)")
        }
    },
    projected: |day, net| format!("Projected to {day}: {net} if today's seats stay"),
    explain: "Net usage is the sum of end-of-day seats ÷ days counted",
    today: |seats| format!("Seats today {seats}"),
    last_day: |seats| format!("Seats on the last day {seats}"),
    peak: |seats| format!("peak {seats}"),
    limit: |limit| format!("seat limit {limit}"),
    no_limit: "no seat limit",
    internal: |filled, included| {
        if filled <= included {
            format!("Internal seats {filled} of {included} included, not counted above")
        } else {
            format!("Internal seats {filled}, of which {included} are included; not counted above")
        }
    },
    fact: "end of day",
    ahead: "if seats stay",
    above: |limit| format!("seat limit {limit}, above this chart"),
    zero: "No seat was filled in this period",
    nothing: "No day of this period is counted yet",
    empty: "No companies to count yet",
    empty_hint: "Companies that your MSP account manages appear here by themselves.",
    ends: |day| format!("its numbers end on {day}"),
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
    share: |percent, limit| format!("{percent} % of {limit}"),
    period: "Period",
    this_month: "this month",
    last_month: "last month",
    period_keys: "↵ choose · Esc close",
    sort: "Sort the usage by",
    sort_keys: "↵ choose, again to reverse · Esc close",
};

pub(super) const DE: Usage = Usage {
    title: "Nutzung",
    loading: "Die Nutzung wird geladen",
    companies: |count, one| format!("{count} {}", if one { "Firma" } else { "Firmen" }),
    so_far: |net, counted, of| format!("Nettonutzung bisher {net} ({counted} von {of} Tagen)"),
    over: |net, counted, of| {
        if counted == of {
            format!("Nettonutzung {net} ({of} Tage)")
        } else {
            format!("Nettonutzung {net} ({counted} von {of} Tagen)")
        }
    },
    projected: |day, net| format!("Hochgerechnet bis {day}: {net}, wenn die Plätze von heute bleiben"),
    explain: "Nettonutzung: Summe der Plätze am Ende jedes Tages ÷ gezählte Tage",
    today: |seats| format!("Plätze heute {seats}"),
    last_day: |seats| format!("Plätze am letzten Tag {seats}"),
    peak: |seats| format!("Höchststand {seats}"),
    limit: |limit| format!("Platzgrenze {limit}"),
    no_limit: "keine Platzgrenze",
    internal: |filled, included| {
        if filled <= included {
            format!("Interne Plätze: {filled} von {included} inbegriffenen, oben nicht gezählt")
        } else {
            format!("Interne Plätze: {filled}, davon {included} inbegriffen; oben nicht gezählt")
        }
    },
    fact: "Tagesende",
    ahead: "wenn es so bleibt",
    above: |limit| format!("Platzgrenze {limit}, über diesem Bild"),
    zero: "In diesem Zeitraum war kein Platz belegt",
    nothing: "Noch ist kein Tag dieses Zeitraums gezählt",
    empty: "Noch keine Firmen zu zählen",
    empty_hint: "Firmen, die Ihr MSP-Konto verwaltet, erscheinen hier von selbst.",
    ends: |day| format!("die Zahlen enden am {day}"),
    curve: "30 Tage",
    column: |column| match column {
        UsageColumn::Name => "Firma",
        UsageColumn::Seats => "Plätze",
        UsageColumn::Share => "Grenze",
        UsageColumn::Peak => "Höchst",
        UsageColumn::Net => "Netto",
        UsageColumn::Projection => "Hochger.",
    },
    column_whole: |column| match column {
        UsageColumn::Name => "Firma",
        UsageColumn::Seats => "Plätze",
        UsageColumn::Share => "Anteil an der Platzgrenze",
        UsageColumn::Peak => "Höchststand",
        UsageColumn::Net => "Nettonutzung bisher",
        UsageColumn::Projection => "hochgerechnete Nettonutzung",
    },
    share: |percent, limit| format!("{percent} % v. {limit}"),
    period: "Zeitraum",
    this_month: "dieser Monat",
    last_month: "letzter Monat",
    period_keys: "↵ wählen · Esc schließen",
    sort: "Nutzung ordnen nach",
    sort_keys: "↵ wählen, nochmals dreht um · Esc schließen",
};
