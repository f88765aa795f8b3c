//! The two lines at the top: the connection, and what is counted.

use super::n;
use crate::app::features::companies::Chip;
use crate::i18n::types::header::Header;

pub(super) const TEXTS: Header = Header {
    read_only: "NUR LESEN",
    sample: "BEISPIEL",
    connecting: "verbindet",
    starting: "startet den Beispiel-Arbeitsbereich",
    loading: |received, total| match total {
        Some(total) => format!("lädt {} von {}", n(received), n(total)),
        None => "lädt".into(),
    },
    live: "verbunden",
    synced_now: "gerade abgeglichen",
    stale: |age| format!("abgeglichen {age}"),
    never: "noch keine Daten",
    down: "nicht verbunden",
    refused: "Zugriff verweigert",
    chip: |chip| match chip {
        Chip::All => "Alle",
        Chip::Attention => "Mit Hinweis",
        Chip::InSetup => "In Einrichtung",
        Chip::Unlinked => "Getrennt",
        Chip::Pinned => "Angeheftet",
    },
    chip_short: |chip| match chip {
        Chip::All => "Alle",
        Chip::Attention => "Hinweis",
        Chip::InSetup => "Einr.",
        Chip::Unlinked => "Getrennt",
        Chip::Pinned => "",
    },
    views: "Ansichten",
    seats: |count| if count == 1 { "Platz" } else { "Plätze" },
    tasks: "Aufgaben",
    open: "offen",
    position: |first, last, all| format!("{}–{} von {}", n(first as u64), n(last as u64), n(all as u64)),
    dismiss: |back, details| format!("{back} schließt · {details} Einzelheiten"),
    in_full: |details| format!("{details} ganz lesen"),
};
