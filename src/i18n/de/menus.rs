//! Menus, help, palette and the question before leaving.

use crate::domain::roster::Figure;
use crate::domain::theme::BuiltIn;
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
    theme: "Farbschema",
    theme_keys: "↑↓ ansehen · ↵ übernehmen · Esc wie vorher",
    theme_about: |theme| match theme {
        BuiltIn::Terminal => "die Farben des Terminals",
        BuiltIn::Dark => "eigene Farben, dunkel",
        BuiltIn::Light => "eigene Farben, hell",
        BuiltIn::Contrast => "höchster Kontrast",
        BuiltIn::Deuteranopia => "Blau und Orange",
        BuiltIn::Mono => "ohne Farben",
    },
    theme_own: |parent| format!("von Ihnen, nach {}", parent.as_str()),
    theme_no_colour: "Farben sind aus (NO_COLOR oder TERM).",
    theme_on_dark: "Ihr Terminal ist dunkel.",
    theme_on_light: "Ihr Terminal ist hell.",
    theme_on_unknown: "Ihr Terminal sagt nicht, ob es dunkel oder hell ist.",
    theme_keep: |name| format!("Zum Behalten: theme = \"{name}\" in config.toml"),
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
