//! Screen 4 and the tab *Usage*.

use crate::app::features::usage::table::UsageColumn;
use crate::i18n::types::usage::Usage;

pub(super) const TEXTS: Usage = Usage {
    title: "Nutzung",
    loading: "Nutzung wird geladen",
    companies: |count, one| format!("{count} {}", if one { "Firma" } else { "Firmen" }),
    billed: "Bisher berechnet (netto)",
    billed_short: "Bisher berechnet",
    billed_over: "Berechnet (netto)",
    counted: |counted, of| {
        if counted == of { format!("{of} Tage") } else { format!("{counted} von {of} Tagen gezählt") }
    },
    projection: "Hochrechnung Monatsende",
    if_stays: "wenn die Plätze gleich bleiben",
    explain: "Nettonutzung = Summe der Plätze am Tagesende ÷ gezählte Tage",
    today: "Plätze heute",
    last_day: "Plätze am letzten Tag",
    of_limit: |filled, limit| format!("{filled} von {limit}"),
    left: |seats| format!("{seats} frei"),
    no_limit: "kein Platzlimit",
    peak: |seats, days| format!("Höchststand {seats} am {days}"),
    compared: |month| format!("Verglichen mit {month}"),
    before: |month, net| format!("{month} {net}"),
    before_unknown: |month| format!("{month} ist nicht bekannt"),
    versus: |month| format!("zu {month}"),
    internal: |filled, included| {
        if filled <= included {
            format!("eigenes Team: {filled} von {included} inbegriffenen Plätzen, nicht berechnet, hier nicht gezählt")
        } else {
            format!("eigenes Team: {filled} Plätze, davon {included} inbegriffen; hier nicht gezählt")
        }
    },
    chart: |month| format!("Plätze am Ende jedes Tages, {month}"),
    chart_short: |month| format!("Plätze je Tag, {month}"),
    axis: |low, key| format!("Achse ab {low} ({key}: ab null)"),
    axis_zero: "Achse ab null",
    dots: "Punkte: wenn die Plätze gleich bleiben",
    limit: |limit| format!("Limit {limit}"),
    above: |limit| format!("Platzlimit {limit} (über diesem Diagramm)"),
    zero: "In diesem Zeitraum keine belegten Plätze",
    nothing: "Noch keine Daten für diesen Zeitraum",
    empty: "Noch keine Firmen zu zählen",
    empty_hint: "Firmen, die Ihr MSP-Konto verwaltet, erscheinen hier automatisch.",
    elsewhere: "Die Nutzung zeigt nur die Webkonsole von 1Password",
    elsewhere_hint: |key| {
        let steps = key.map(|key| format!("{key} zeigt die Schritte. ")).unwrap_or_default();
        format!("{steps}Eine dort kopierte Tabelle lässt sich in die Liste der Firmen einfügen.")
    },
    ends: |day| format!("Daten bis {day}"),
    curve: "30 Tage",
    column: |column| match column {
        UsageColumn::Name => "Firma",
        UsageColumn::Seats => "Plätze",
        UsageColumn::Share => "Limit",
        UsageColumn::Peak => "Höchst",
        UsageColumn::Net => "Netto",
        UsageColumn::Projection => "Monatsende",
        UsageColumn::Change => "Änderung",
    },
    column_whole: |column| match column {
        UsageColumn::Name => "Firma",
        UsageColumn::Seats => "Plätze",
        UsageColumn::Share => "Anteil am Platzlimit",
        UsageColumn::Peak => "Höchststand",
        UsageColumn::Net => "Nettonutzung bisher",
        UsageColumn::Projection => "hochgerechnete Nettonutzung",
        UsageColumn::Change => "Änderung zum Vormonat",
    },
    per_day: "Je Tag",
    of_all: "Anteil",
    full: "voll",
    unlinked: |day| day.map_or_else(|| "getrennt".to_owned(), |day| format!("getrennt {day}")),
    found: |found, all| format!("{found} von {all}"),
    none_found: |search| format!("Keine Firma heißt „{search}“"),
    period: "Zeitraum",
    this_month: "dieser Monat",
    last_month: "letzter Monat",
    period_keys: "↵ wählen · Esc schließen",
    sort: "Nutzung sortieren nach",
    sort_keys: "↵ wählen, noch einmal: umkehren · Esc schließen",
};
