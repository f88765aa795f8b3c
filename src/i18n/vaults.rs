//! The tab of vaults.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

pub struct Vaults {
    pub title: &'static str,
    pub name: &'static str,
    pub items: &'static str,
    pub people: &'static str,
    pub access: &'static str,
    pub has_access: fn(bool) -> &'static str,
    pub count: fn(usize, usize) -> String,
    pub loading: &'static str,
    pub empty: &'static str,
    /// Whether the company allows it, and whether the MSP granted it.
    pub advanced: fn(bool, bool) -> &'static str,
    /// The key that gives access, and the one that views.
    pub hint: fn(bool, &str) -> String,
    pub question: fn(&str) -> String,
    pub means: &'static str,
    pub go: &'static str,
}

pub(super) const EN: Vaults = Vaults {
    title: "Vaults",
    name: "Vault",
    items: "Items",
    people: "People",
    access: "My access",
    has_access: |has| if has { "access" } else { "no access" },
    count: |all, mine| format!("{all} {}, access to {mine}", if all == 1 { "vault" } else { "vaults" }),
    loading: "Loading the vaults",
    empty: "This company has no vaults to show",
    advanced: |company, me| match (company, me) {
        (true, true) => "Advanced permission on: you can give yourself access.",
        (true, false) => "Advanced permission off: your MSP account has not granted it to you.",
        (false, true) => "Advanced permission off: an Owner of the company does not allow it.",
        (false, false) => "Advanced permission off: neither allowed by the company nor granted to you.",
    },
    hint: |has, key| if has { format!("{key} View Vault") } else { format!("{key} gives you access") },
    question: |vault| format!("Give yourself access to {vault}?"),
    means: "Owners of the company see that you have access, and the activity names you.",
    go: "Give access",
};

pub(super) const DE: Vaults = Vaults {
    title: "Tresore",
    name: "Tresor",
    items: "Einträge",
    people: "Personen",
    access: "Mein Zugriff",
    has_access: |has| if has { "Zugriff" } else { "kein Zugriff" },
    count: |all, mine| format!("{all} {}, Zugriff auf {mine}", if all == 1 { "Tresor" } else { "Tresore" }),
    loading: "Die Tresore werden geladen",
    empty: "Diese Firma hat keine Tresore zu zeigen",
    advanced: |company, me| match (company, me) {
        (true, true) => "Erweiterte Rechte an: Sie können sich Zugriff geben.",
        (true, false) => "Erweiterte Rechte aus: Ihr MSP-Konto hat sie Ihnen nicht gewährt.",
        (false, true) => "Erweiterte Rechte aus: ein Inhaber der Firma erlaubt sie nicht.",
        (false, false) => "Erweiterte Rechte aus: weder von der Firma erlaubt noch Ihnen gewährt.",
    },
    hint: |has, key| if has { format!("{key} Tresor ansehen") } else { format!("{key} gibt Ihnen Zugriff") },
    question: |vault| format!("Sich selbst Zugriff auf {vault} geben?"),
    means: "Inhaber der Firma sehen Ihren Zugriff, und der Verlauf nennt Sie.",
    go: "Zugriff geben",
};
