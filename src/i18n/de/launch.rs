//! The dialog with an address, where no browser can be opened.

use crate::i18n::types::launch::Launch;

pub(super) const TEXTS: Launch = Launch {
    title: |company| format!("Bei {company} anmelden"),
    explain: "Öffnen Sie diese Adresse in einem Browser. Sie meldet Sie an und gilt ein einziges Mal.",
    valid: |seconds| format!("gilt noch {seconds} s"),
    expired: |launch| format!("Abgelaufen – {launch} fordert eine neue an"),
    copied: super::notifications::copied_here,
    keys: |copy, launch| format!("{copy} kopieren · {launch} neue Adresse · Esc schließen"),
    no_room: "Für einen QR-Code das Fenster vergrößern",
};
