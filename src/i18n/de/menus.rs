//! Menus, help, palette and the question before leaving.

use crate::domain::roster::Figure;
use crate::i18n::types::menus::Menus;

pub(super) const TEXTS: Menus = Menus {
    sort: "Sortieren nach",
    sort_keys: "↵ wählen, noch einmal: umkehren · Esc schließen",
    filter: "Filter",
    filter_keys: |clear| format!("Leertaste wählt · ↵ übernehmen · {clear} leeren · Esc schließen"),
    any_attention: "beliebiger Grund",
    known: "Bekannt",
    unknown: |figure| match figure {
        Figure::Seats => "Plätze unbekannt",
        Figure::Owners => "Inhaber unbekannt",
    },
    older: |days| format!("älter als {days} Tage"),
    views: "Ansichten",
    views_keys: "↵ zeigen · s Liste so speichern · d entfernen · Esc schließen",
    view_name: "Suche, Filter, Sortierung und Spalten speichern als",
    view_name_keys: "↵ speichern · Esc abbrechen",
    columns: "Spalten",
    columns_keys: |clear| format!("Leertaste ein/aus · J/K verschieben · {clear} wie eingestellt · Esc schließen"),
    found: "einer behaltenen Suche",
    error: "Fehlerdetails",
    history: "Meldungen",
    now: "jetzt",
    trouble_keys: "Esc schließen",
    leave: "Jetzt beenden?",
    leave_text: "Eine Änderung wird noch gespeichert. Wenn Sie jetzt beenden, ist offen, ob sie gespeichert wird.",
    leave_stay: "Bleiben",
    leave_go: "Beenden",
    trademark: "mspdash ist unabhängig von AgileBits. „1Password“ ist eine Marke ihres Inhabers.",
    too_small: "Fenster zu klein",
    too_small_hint: |width, height| format!("mindestens {width}×{height}"),
    key_quit: |quit| format!("{quit} beendet"),
};
