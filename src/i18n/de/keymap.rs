//! Keys that wait for the next one, and keys that mean nothing.

use crate::i18n::types::keymap::Keymap;

pub(super) const TEXTS: Keymap = Keymap {
    unbound: |key| format!("{key} ist hier keine Taste"),
    only_in: |label, place, key| format!("{label} – nur in {place} ({key})"),
    elsewhere: |key, all| format!("{key} ist hier keine Taste, aber {all}"),
    one_elsewhere: |label, place| format!("{label} in {place}"),
    anywhere: "der Liste",
    launching: |company, key| format!("Anmeldung bei {company} – Esc hält sie an, {key} sendet sofort"),
    pending: "Esc verwirft",
    title: "Wie es weitergeht",
};
