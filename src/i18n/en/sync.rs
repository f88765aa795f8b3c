//! Answers that take their time or are missing in part.

use crate::i18n::types::sync::Sync;

pub(super) const TEXTS: Sync = Sync {
    asked_to_wait: |seconds| format!("server busy, retrying in {seconds} s"),
    refreshing: "refreshing",
    no_answer: |seconds| format!("no response for {seconds} s"),
    pause: |cause, seconds| format!("{cause}; retrying in {seconds} s"),
    give_up: "Esc gives up",
    left_out: |rows| match rows {
        1 => "1 unreadable row skipped".into(),
        rows => format!("{rows} unreadable rows skipped"),
    },
};
