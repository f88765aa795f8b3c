//! Screen 2 and its dialog.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

pub struct Links {
    pub title: &'static str,
}

pub(super) const EN: Links = Links { title: "Links" };

pub(super) const DE: Links = Links { title: "Verknüpfungen" };
