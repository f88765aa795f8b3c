//! Help.

use crate::i18n::types::help::Help;

pub(super) const TEXTS: Help = Help {
    title: "Keys",
    keys: |down, up, search| format!("{down}/{up} move · ↵ run · {search} search · Esc close"),
    keys_searching: "↵ run · ↑↓ move · names, keys and other words are found · Esc ends",
    here: "Here",
    none: "No matching command",
    found: |count| format!("{count} found"),
    form_title: "Keys of this form",
    form_keys: "Esc close",
    form: &[
        ("Tab ↓ ↵", "To the next field; on a button ↵ presses it."),
        ("⇧Tab ↑", "To the field before."),
        ("^s F2", "Save, from any field. F2 is there for terminals that keep ^s for themselves."),
        ("^u ^w ^k", "Delete the line, the word before the cursor, or what follows it."),
        ("^a ^e ← →", "To the beginning, to the end, by one letter; with Alt by a word."),
        ("Paste", "Into the field, cleaned and on one line; a note keeps its lines."),
        ("Country", "Type its name or code, choose with ↑ ↓, take it with Tab."),
        ("More …", "↵ or Space unfolds the fields that may stay empty."),
        ("Esc", "Close. What you typed is dropped only when you say so once more."),
    ],
};
