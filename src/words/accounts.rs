//! Several MSP accounts on one screen.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

use crate::app::account::Choice;

pub struct Accounts {
    pub column: &'static str,
    pub filter: &'static str,
    pub all: &'static str,
    pub title: fn(Choice) -> &'static str,
    pub explain: fn(Choice) -> &'static str,
    pub keys: &'static str,
    pub companies: fn(u64, &str) -> String,
    pub some_down: fn(usize, usize) -> String,
    pub kept: &'static str,
    pub of: fn(&str, &str) -> String,
    /// An account whose answer is missing, and why.
    pub without: fn(&str, &str) -> String,
    pub not_yet: fn(&str) -> String,
    /// An account, how old its answer is, and why there is no newer one.
    pub as_of: fn(&str, &str, &str) -> String,
}

pub(super) const EN: Accounts = Accounts {
    column: "Account",
    filter: "Account",
    all: "All accounts",
    title: |choice| match choice {
        Choice::Switch => "MSP accounts",
        Choice::NewCompany => "Add a new company to which MSP account?",
        Choice::AcceptLink => "Link it to which MSP account?",
    },
    explain: |choice| match choice {
        Choice::Switch => "",
        Choice::NewCompany => "The company’s data will be in the region of the MSP account.",
        Choice::AcceptLink => "Several of your MSP accounts are in the region of this link.",
    },
    keys: "↑↓ or number  ↵ choose  Esc close",
    companies: |count, number| if count == 1 { "1 company".into() } else { format!("{number} companies") },
    some_down: |down, all| format!("{down} of {all} not reachable"),
    kept: "kept",
    of: |account, region| format!("In the MSP account {account}, whose region is {region}."),
    without: |account, because| format!("Without {account}: {because}"),
    not_yet: |account| format!("Without {account} so far: still loading"),
    as_of: |account, age, because| format!("{account} as of {age}: {because}"),
};

pub(super) const DE: Accounts = Accounts {
    column: "Konto",
    filter: "Konto",
    all: "Alle Konten",
    title: |choice| match choice {
        Choice::Switch => "MSP-Konten",
        Choice::NewCompany => "In welchem MSP-Konto die neue Firma anlegen?",
        Choice::AcceptLink => "Mit welchem MSP-Konto verknüpfen?",
    },
    explain: |choice| match choice {
        Choice::Switch => "",
        Choice::NewCompany => "Die Daten der Firma liegen dann in der Region des MSP-Kontos.",
        Choice::AcceptLink => "Mehrere Ihrer MSP-Konten sind in der Region dieses Links.",
    },
    keys: "↑↓ oder Ziffer  ↵ wählen  Esc schließen",
    companies: |count, number| if count == 1 { "1 Firma".into() } else { format!("{number} Firmen") },
    some_down: |down, all| format!("{down} von {all} nicht erreichbar"),
    kept: "gemerkt",
    of: |account, region| format!("Im MSP-Konto {account}, dessen Region {region} ist."),
    without: |account, because| format!("Ohne {account}: {because}"),
    not_yet: |account| format!("Noch ohne {account}: wird geladen"),
    as_of: |account, age, because| format!("{account}, Stand {age}: {because}"),
};
