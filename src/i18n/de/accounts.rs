//! Several MSP accounts on one screen.

use crate::app::features::accounts::Choice;
use crate::i18n::types::accounts::Accounts;

pub(super) const TEXTS: Accounts = Accounts {
    column: "Konto",
    filter: "Konto",
    all: "Alle Konten",
    title: |choice| match choice {
        Choice::Switch => "MSP-Konten",
        Choice::NewCompany => "In welchem MSP-Konto die neue Firma anlegen?",
        Choice::AcceptLink => "Mit welchem MSP-Konto verknüpfen?",
        Choice::Usage => "Nutzung welches MSP-Kontos?",
        Choice::Technicians => "Techniker welches MSP-Kontos?",
    },
    explain: |choice| match choice {
        Choice::Switch | Choice::Technicians | Choice::Usage => "",
        Choice::NewCompany => "Die Daten der Firma liegen dann in der Region des MSP-Kontos.",
        Choice::AcceptLink => "Mehrere Ihrer MSP-Konten sind in der Region dieses Links.",
    },
    keys: "↑↓ oder Ziffer · ↵ wählen · Esc schließen",
    some_down: |down, all| format!("{down} von {all} nicht erreichbar"),
    some_refused: |down, all| format!("Zugriff verweigert ({down} von {all})"),
    of: |account| format!("Sie gehört dann zum MSP-Konto {account}."),
    within: |account, region| format!("Im MSP-Konto {account}, Region {region}."),
    region_note: |account| format!("wie das MSP-Konto {account}"),
    failed_keys: |details| format!("↑↓ oder Ziffer · ↵ wählen · {details} Fehlerdetails · Esc schließen"),
    failure_keys: |at, all| format!("{at} von {all} · ↑↓ andere · Esc schließen"),
    without: |account, cause| format!("Ohne {account}: {cause}"),
    not_yet: |account| format!("Noch ohne {account}: wird geladen"),
    as_of: |account, age, cause| format!("{account}, Stand {age}: {cause}"),
};
