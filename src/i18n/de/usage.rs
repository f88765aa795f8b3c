//! Screen 4 and the tab *Usage*.

use crate::app::features::usage::table::UsageColumn;
use crate::i18n::types::usage::Usage;

pub(super) const TEXTS: Usage = Usage {
    title: "Nutzung",
    loading: "Nutzung wird geladen",
    companies: |count, one| format!("{count} {}", if one { "Firma" } else { "Firmen" }),
    so_far: |net, counted, of| format!("Nettonutzung bisher {net} ({counted} von {of} Tagen)"),
    over: |net, counted, of| {
        if counted == of {
            format!("Nettonutzung {net} ({of} Tage)")
        } else {
            format!("Nettonutzung {net} ({counted} von {of} Tagen)")
        }
    },
    projected: |day, net| format!("Hochrechnung bis {day}: {net} (bei gleichbleibenden Plätzen)"),
    explain: "Nettonutzung = Summe der Plätze am Tagesende ÷ gezählte Tage",
    today: |seats| format!("Plätze heute {seats}"),
    last_day: |seats| format!("Plätze am letzten Tag {seats}"),
    peak: |seats| format!("Höchststand {seats}"),
    limit: |limit| format!("Platzlimit {limit}"),
    no_limit: "kein Platzlimit",
    internal: |filled, included| {
        if filled <= included {
            format!(
                "Ihr eigenes Team: {filled} von {included} inbegriffenen Plätzen, nicht berechnet, oben nicht gezählt"
            )
        } else {
            format!("Ihr eigenes Team: {filled} Plätze, davon {included} inbegriffen; oben nicht gezählt")
        }
    },
    fact: "Tagesende",
    ahead: "hochgerechnet",
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
        UsageColumn::Projection => "Hochger.",
    },
    column_whole: |column| match column {
        UsageColumn::Name => "Firma",
        UsageColumn::Seats => "Plätze",
        UsageColumn::Share => "Anteil am Platzlimit",
        UsageColumn::Peak => "Höchststand",
        UsageColumn::Net => "Nettonutzung bisher",
        UsageColumn::Projection => "hochgerechnete Nettonutzung",
    },
    share: |percent, limit| format!("{percent} % v. {limit}"),
    period: "Zeitraum",
    this_month: "dieser Monat",
    last_month: "letzter Monat",
    period_keys: "↵ wählen · Esc schließen",
    sort: "Nutzung sortieren nach",
    sort_keys: "↵ wählen, noch einmal: umkehren · Esc schließen",
};
