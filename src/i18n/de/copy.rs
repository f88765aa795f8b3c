//! The menu of what can be copied.

use crate::app::features::copy::What;
use crate::i18n::types::copy::Copy;

pub(super) const TEXTS: Copy = Copy {
    title: |company| format!("Kopieren · {company}"),
    keys: "ein Buchstabe oder ↵ kopiert · ↑↓ bewegen · Esc schließen",
    what: |what| match what {
        What::UnderCursor => "Unter dem Cursor",
        What::Name => "Name",
        What::SignIn => "Anmeldeadresse",
        What::Address => "Postadresse",
        What::Id => "ID",
        What::Markdown => "Markdown fürs Ticket",
        What::ReplaceToken => "Befehl: neuer Token",
        What::TellSources => "Befehl: Ursache",
    },
};
