//! The dialog in which tags are edited.

use crate::i18n::types::tags::Tags;

pub(super) const TEXTS: Tags = Tags {
    title: |name| format!("Tags · {name}"),
    many: |count| format!("Tags on {count} marked companies"),
    single_hint: "Comma-separated tags.",
    many_hint: "Comma-separated tags to add; a minus in front removes a tag (-old). You see every name before anything changes.",
    keys: "↵ save · Esc cancel",
    many_keys: "↵ continue · Esc cancel",
    asking: "Unsaved changes: Esc discards them, ↵ keeps them",
    saving: "saving",
};
