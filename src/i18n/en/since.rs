//! Since last time, the first line, and the tour.

use crate::app::command::Command::{
    Back, Help, Import, Launch, NewCompany, Open, Palette, Search, SinceVisit, Undo, Unlink, Urgent,
};
use crate::i18n::types::since::{Page, Since};

pub(super) const TEXTS: Since = Since {
    changed: |count, clock, visit| {
        let since = format!("since {}", clock.visit(visit));
        [format!("{count} changed {since}"), format!("{count} {since}")]
    },
    shows: "shows who",
    alert: |what, company, more| match more {
        0 => format!("{what}: {company}"),
        _ => format!("{what}: {company} and {more} more"),
    },
    welcome: |key| {
        let keys = format!("{} keys · {}tour", key(Help), key(Palette));
        let hides = format!("{} hides this", key(Back));
        [format!("New here: {keys} shows you around · {hides}"), format!("{keys} · {hides}")]
    },
    page: |page, key| match page {
        0 => Page {
            about: "Five keys for the day",
            lines: vec![
                (key(Search), "search names, tags and owners"),
                (key(Open), "open the company"),
                (key(Launch), "sign in to it, as yourself"),
                (key(Urgent), "what needs attention"),
                (key(Palette), "go to anything by name"),
            ],
        },
        1 => Page {
            about: "What waits for you",
            lines: vec![
                (key(Urgent), "the work of the day, with the key that does it"),
                ("⚑".into(), "counts beside a screen what waits there"),
                (key(SinceVisit), "who did what since your last visit: those with •"),
            ],
        },
        2 => Page {
            about: "Unlink safely",
            lines: vec![
                (key(Unlink), "checks first, and shows what would happen"),
                ("…".into(), "type the name: before that nothing is sent"),
                (key(Undo), "undoes other changes, but never an unlink"),
            ],
        },
        _ => Page {
            about: "Your own companies",
            lines: vec![
                ("$".into(), "mspdash init: an empty workspace of your own"),
                (key(Import), "fills it from a file or a pasted table"),
                (key(NewCompany), "adds a company"),
                (key(Help), "lists every key"),
            ],
        },
    },
    title: |page, pages, about| format!("Tour {page} of {pages} · {about}"),
    keys: "↵ next · ← back · Esc close",
};
