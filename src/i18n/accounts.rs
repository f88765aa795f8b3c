//! Several MSP accounts on one screen.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

use crate::app::features::accounts::Choice;

pub struct Accounts {
    pub column: &'static str,
    pub filter: &'static str,
    pub all: &'static str,
    pub title: fn(Choice) -> &'static str,
    pub explain: fn(Choice) -> &'static str,
    pub keys: &'static str,
    pub some_down: fn(usize, usize) -> String,
    pub some_refused: fn(usize, usize) -> String,
    pub of: fn(&str) -> String,
    pub within: fn(&str, &str) -> String,
    pub region_note: fn(&str) -> String,
    pub failed_keys: fn(&str) -> String,
    pub failure_keys: fn(usize, usize) -> String,
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
    some_down: |down, all| format!("{down} of {all} not reachable"),
    some_refused: |down, all| format!("{down} of {all} not let in"),
    within: |account, region| format!("In the MSP account {account}, whose region is {region}."),
    of: |account| format!("It will belong to the MSP account {account}."),
    region_note: |account| format!("set by the MSP account {account}"),
    failed_keys: |details| format!("↑↓ or number  ↵ choose  {details} what failed  Esc close"),
    failure_keys: |at, all| format!("{at} of {all}  ↑↓ the others  Esc close"),
    without: |account, cause| format!("Without {account}: {cause}"),
    not_yet: |account| format!("Without {account} so far: still loading"),
    as_of: |account, age, cause| format!("{account} as of {age}: {cause}"),
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
    some_down: |down, all| format!("{down} von {all} nicht erreichbar"),
    some_refused: |down, all| format!("{down} von {all} nicht eingelassen"),
    within: |account, region| format!("Im MSP-Konto {account}, dessen Region {region} ist."),
    of: |account| format!("Sie gehört dann zum MSP-Konto {account}."),
    region_note: |account| format!("vom MSP-Konto {account} vorgegeben"),
    failed_keys: |details| format!("↑↓ oder Ziffer  ↵ wählen  {details} was fehlschlug  Esc schließen"),
    failure_keys: |at, all| format!("{at} von {all}  ↑↓ die anderen  Esc schließen"),
    without: |account, cause| format!("Ohne {account}: {cause}"),
    not_yet: |account| format!("Noch ohne {account}: wird geladen"),
    as_of: |account, age, cause| format!("{account}, Stand {age}: {cause}"),
};
