//! Answers that take their time, are missing in part, or never end.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

use crate::domain::error::Extra;
use crate::domain::paging::Endless;

pub struct Waits {
    /// In the header.
    pub asked_to_wait: fn(i64) -> String,
    pub no_answer: fn(i64) -> String,
    pub refreshing: &'static str,
    /// Below what is being saved: why it failed, and how long until the next try.
    pub pause: fn(&str, i64) -> String,
    pub give_up: &'static str,
    /// Rows of a list that could not be read.
    pub left_out: fn(u32) -> String,
    pub endless: fn(&Endless) -> String,
    pub extra: fn(&str, Extra) -> String,
    pub extra_hint: fn(Extra) -> &'static str,
}

pub(super) const EN: Waits = Waits {
    asked_to_wait: |seconds| format!("server busy, next try in {seconds} s"),
    no_answer: |seconds| format!("no answer for {seconds} s"),
    refreshing: "refreshing",
    pause: |cause, seconds| format!("{cause}; next try in {seconds} s"),
    give_up: "Esc gives up",
    left_out: |rows| match rows {
        1 => "1 row could not be read and is left out".into(),
        rows => format!("{rows} rows could not be read and are left out"),
    },
    endless: |endless| match endless {
        Endless::SameToken => "the list has no end: the server sends the same page again".into(),
        Endless::MoreThan(rows) => format!("the list has no end: the server said {rows} rows and sends more and more"),
        Endless::Empty => "the list has no end: the server sends one empty page after another".into(),
        Endless::TooLong => "the list has no end: it was given up".into(),
    },
    extra: |address, extra| match extra {
        Extra::Credentials => format!("the server address has a user name or password in it ({address})"),
        Extra::Query => format!("the server address has something behind ? or # ({address})"),
    },
    extra_hint: |extra| match extra {
        Extra::Credentials => "Leave them out; mspdash signs in with the client id and secret of the profile.",
        Extra::Query => "Leave that out; the address ends with the path.",
    },
};

pub(super) const DE: Waits = Waits {
    asked_to_wait: |seconds| format!("Server ausgelastet, nächster Versuch in {seconds} s"),
    no_answer: |seconds| format!("seit {seconds} s keine Antwort"),
    refreshing: "wird aktualisiert",
    pause: |cause, seconds| format!("{cause}; nächster Versuch in {seconds} s"),
    give_up: "Esc gibt auf",
    left_out: |rows| match rows {
        1 => "1 Zeile ist nicht lesbar und fehlt hier".into(),
        rows => format!("{rows} Zeilen sind nicht lesbar und fehlen hier"),
    },
    endless: |endless| match endless {
        Endless::SameToken => "die Liste hat kein Ende: der Server schickt dieselbe Seite noch einmal".into(),
        Endless::MoreThan(rows) => {
            format!("die Liste hat kein Ende: der Server nannte {rows} Zeilen und schickt immer mehr")
        }
        Endless::Empty => "die Liste hat kein Ende: der Server schickt eine leere Seite nach der anderen".into(),
        Endless::TooLong => "die Liste hat kein Ende: sie wurde aufgegeben".into(),
    },
    extra: |address, extra| match extra {
        Extra::Credentials => format!("die Serveradresse enthält einen Namen oder ein Kennwort ({address})"),
        Extra::Query => format!("die Serveradresse enthält etwas hinter ? oder # ({address})"),
    },
    extra_hint: |extra| match extra {
        Extra::Credentials => "Lassen Sie das weg; mspdash meldet sich mit Client-ID und Geheimnis des Profils an.",
        Extra::Query => "Lassen Sie das weg; die Adresse endet mit dem Pfad.",
    },
};
