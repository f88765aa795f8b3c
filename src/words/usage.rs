//! Screen 4 and the tab.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

pub struct Usage {
    pub title: &'static str,
}

pub(super) const EN: Usage = Usage { title: "Usage" };

pub(super) const DE: Usage = Usage { title: "Nutzung" };
