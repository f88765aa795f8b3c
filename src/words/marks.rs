//! Marks, tags, attention, undo.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

pub struct Marks {
    pub title: &'static str,
}

pub(super) const EN: Marks = Marks { title: "Marks" };

pub(super) const DE: Marks = Marks { title: "Marken" };
