//! Screen 3, and what is done to people.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

pub struct Recoveries {
    pub title: &'static str,
}

pub(super) const EN: Recoveries = Recoveries { title: "Recoveries" };

pub(super) const DE: Recoveries = Recoveries { title: "Wiederherstellungen" };
