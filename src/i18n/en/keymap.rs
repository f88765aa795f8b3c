//! Keys that wait for the next one, and keys that mean nothing.

use crate::i18n::types::keymap::Keymap;

pub(super) const TEXTS: Keymap = Keymap {
    unbound: |key| format!("{key} is not a key here"),
    only_in: |label, place, key| format!("{label} – only in {place} ({key})"),
    elsewhere: |key, all| format!("{key} is not a key here, but {all}"),
    one_elsewhere: |label, place| format!("{label} in {place}"),
    anywhere: "the list",
    launching: |company, key| format!("Launching {company} – Esc stops it, {key} sends it now"),
    pending: "Esc drops",
    title: "What can follow",
};
