//! The tab of vaults.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

pub struct Vaults {
    pub title: &'static str,
}

pub(super) const EN: Vaults = Vaults { title: "Vaults" };

pub(super) const DE: Vaults = Vaults { title: "Tresore" };
