//! The tab *Vaults*.

use crate::i18n::types::vaults::Vaults;

pub(super) const TEXTS: Vaults = Vaults {
    title: "Tresore",
    name: "Tresor",
    items: "Einträge",
    people: "Personen",
    access: "Mein Zugriff",
    has_access: |has| if has { "Zugriff" } else { "kein Zugriff" },
    count: |all, mine| format!("{all} {}, Zugriff auf {mine}", if all == 1 { "Tresor" } else { "Tresore" }),
    loading: "Tresore werden geladen",
    empty: "Keine Tresore zu zeigen",
    advanced: |company, me| match (company, me) {
        (true, true) => "Erweiterte Rechte an: Sie können sich Zugriff geben.",
        (true, false) => "Erweiterte Rechte aus: Ihr MSP-Konto hat sie Ihnen nicht gewährt.",
        (false, true) => "Erweiterte Rechte aus: von keinem Inhaber der Firma aktiviert.",
        (false, false) => "Erweiterte Rechte aus: von der Firma nicht aktiviert, Ihnen nicht gewährt.",
    },
    hint: |has, key| if has { format!("{key} Tresor ansehen") } else { format!("{key} gibt Ihnen Zugriff") },
    question: |vault| format!("Sich selbst Zugriff auf {vault} geben?"),
    means: "Inhaber der Firma sehen Ihren Zugriff; er wird unter Ihrem Namen im Verlauf vermerkt.",
    go: "Zugriff geben",
};
