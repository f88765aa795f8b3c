//! The tab *Vaults*.

use crate::i18n::types::vaults::Vaults;

pub(super) const TEXTS: Vaults = Vaults {
    title: "Vaults",
    name: "Vault",
    items: "Items",
    people: "People",
    access: "My access",
    has_access: |has| if has { "access" } else { "no access" },
    count: |all, mine| format!("{all} {}, access to {mine}", if all == 1 { "vault" } else { "vaults" }),
    loading: "Loading vaults",
    empty: "This company has no vaults to show",
    advanced: |company, me| match (company, me) {
        (true, true) => "Advanced permissions on: you can give yourself access.",
        (true, false) => "Advanced permissions off: your MSP account hasn't granted them to you.",
        (false, true) => "Advanced permissions off: not enabled by an Owner of the company.",
        (false, false) => "Advanced permissions off: not enabled by the company, not granted to you.",
    },
    hint: |has, key| if has { format!("{key} View Vault") } else { format!("{key} gives you access") },
    question: |vault| format!("Give yourself access to {vault}?"),
    means: "The company's Owners can see your access, and it is recorded in the activity under your name.",
    go: "Give access",
};
