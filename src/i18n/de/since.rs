//! Since last time, the first line, and the tour.

use crate::app::command::Command::{
    Back, Help, Import, Launch, NewCompany, Open, Palette, Search, SinceVisit, Undo, Unlink, Urgent,
};
use crate::i18n::types::since::{Page, Since};

pub(super) const TEXTS: Since = Since {
    changed: |count, clock, visit| {
        let since = format!("seit {}", clock.visit(visit));
        [format!("{count} geändert {since}"), format!("{count} {since}")]
    },
    shows: "zeigt, wer",
    alert: |what, company, more| match more {
        0 => format!("{what}: {company}"),
        _ => format!("{what}: {company} und {more} weitere"),
    },
    welcome: |key| {
        let keys = format!("{} Tasten · {}tour", key(Help), key(Palette));
        let hides = format!("{} blendet aus", key(Back));
        [format!("Neu hier: {keys} zeigt das Wichtigste · {hides}"), format!("{keys} · {hides}")]
    },
    page: |page, key| match page {
        0 => Page {
            about: "Fünf Tasten am Tag",
            lines: vec![
                (key(Search), "Namen, Tags, Inhaber suchen"),
                (key(Open), "die Firma öffnen"),
                (key(Launch), "bei ihr anmelden"),
                (key(Urgent), "was zu tun ist"),
                (key(Palette), "zu jeder Firma, Person, jedem Befehl"),
            ],
        },
        1 => Page {
            about: "Was auf Sie wartet",
            lines: vec![
                (key(Urgent), "die Arbeit des Tages, je mit ihrer Taste"),
                ("⚑".into(), "zählt neben einer Ansicht, was dort wartet"),
                (key(SinceVisit), "was seit dem letzten Besuch geschah: Firmen mit •"),
            ],
        },
        2 => Page {
            about: "Sicher trennen",
            lines: vec![
                (key(Unlink), "prüft zuerst und zeigt die Folgen"),
                ("…".into(), "Namen eintippen: vorher wird nichts gesendet"),
                (key(Undo), "nimmt anderes zurück, nie eine Trennung"),
            ],
        },
        _ => Page {
            about: "Ihre eigenen Firmen",
            lines: vec![
                ("$".into(), "mspdash init: ein leerer Arbeitsbereich"),
                (key(Import), "füllt ihn aus Datei oder Tabelle"),
                (key(NewCompany), "legt eine Firma an"),
                (key(Help), "zeigt alle Tasten"),
            ],
        },
    },
    title: |page, pages, about| format!("Rundgang {page} von {pages} · {about}"),
    keys: "↵ weiter · ← zurück · Esc Ende",
};
