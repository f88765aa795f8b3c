//! Several MSP accounts on one screen.

use crate::app::features::accounts::Choice;
use crate::i18n::types::accounts::Accounts;

pub(super) const TEXTS: Accounts = Accounts {
    column: "Account",
    filter: "Account",
    all: "All accounts",
    title: |choice| match choice {
        Choice::Switch => "MSP accounts",
        Choice::NewCompany => "Add a new company to which MSP account?",
        Choice::AcceptLink => "Link it to which MSP account?",
        Choice::Usage => "Whose usage?",
        Choice::Technicians => "Whose technicians?",
    },
    explain: |choice| match choice {
        Choice::Switch | Choice::Technicians | Choice::Usage => "",
        Choice::NewCompany => "The company's data is stored in the MSP account's region.",
        Choice::AcceptLink => "Several of your MSP accounts are in this link's region.",
    },
    keys: "↑↓ or number · ↵ choose · Esc close",
    some_down: |down, all| format!("{down} of {all} unreachable"),
    some_refused: |down, all| format!("access denied ({down} of {all})"),
    of: |account| format!("It will belong to MSP account {account}."),
    within: |account, region| format!("In MSP account {account}, region {region}."),
    region_note: |account| format!("follows MSP account {account}"),
    failed_keys: |details| format!("↑↓ or number · ↵ choose · {details} error details · Esc close"),
    failure_keys: |at, all| format!("{at} of {all} · ↑↓ others · Esc close"),
    without: |account, cause| format!("Without {account}: {cause}"),
    not_yet: |account| format!("Without {account} so far: still loading"),
    as_of: |account, age, cause| format!("{account} as of {age}: {cause}"),
};
