//! Screen 1, the list of companies.

use super::n;
use crate::domain::company::CompanyState;
use crate::domain::list_column::ListColumn;
use crate::domain::roster::Column;
use crate::i18n::types::companies::Companies;
use std::borrow::Cow;

pub(super) const TEXTS: Companies = Companies {
    title: "Managed Companies",
    of: |shown, all| {
        let (shown, all) = (n(shown as u64), n(all as u64));
        if shown == all { all } else { format!("{shown} of {all}") }
    },
    company: "Company",
    status: "Status",
    seats: "Seats",
    setup: "Setup",
    owners: "Owners",
    owners_short: "Own",
    launched: "Last",
    usage: "30 days",
    tags: "Tags",
    external_id: "Id",
    list_column: |column| match column {
        ListColumn::Status => "Status and reason",
        ListColumn::Seats => "Filled seats",
        ListColumn::Setup => "Setup",
        ListColumn::Owners => "Owners",
        ListColumn::Launched => "Last launch",
        ListColumn::Usage => "30 days of seats",
        ListColumn::Tags => "Tags",
        ListColumn::ExternalId => "External ID",
    },
    view: |name| format!("view: {name}"),
    restored: "last view",
    in_setup: "in setup",
    pinned: "pinned",
    hide_unlinked: "hide unlinked",
    hidden: |_, count| format!("{count} unlinked hidden"),
    unlinked_last: "unlinked last",
    column: |column| match column {
        Column::Status => "status",
        Column::Seats => "filled seats",
        Column::Name => "name",
        Column::Setup => "setup",
        Column::Owners => "owners",
        Column::Attention => "attention",
    },
    filter_status: "status",
    filter_attention: "attention",
    filter_tag: "tag",
    loading: "Loading companies",
    empty: "No companies yet",
    empty_hint: "Companies managed by your MSP account appear here automatically.",
    own_hint: "This workspace is your own: nothing in it is invented.",
    own_by_import: |key| format!("{key}  import a file, or paste a table here"),
    own_by_hand: |key| format!("{key}  enter a company by hand"),
    own_by_script: "mspdash import companies FILE  does it from a script",
    sample_hint: "These companies are invented · begin with your own: mspdash init",
    no_match: |search| format!("No company matches “{search}”"),
    no_match_hint: |back, clear| format!("{back} clears the search · {clear} clears all"),
    no_match_clear: |clear| format!("{clear} clears all"),
    no_match_filter: "No company matches the filters",
    trial_until: |day| format!("trial to {day}"),
    trial_over: "trial over",
    failed_keys: |retry, details| format!("{retry} try now · {details} details · mspdash doctor checks the connection"),
    search_keys: "↵ keep · Esc clear · ↑↓ move · tag: owner: id: Tab completes",
    state: |state| match state {
        CompanyState::Active => "Active".into(),
        CompanyState::Pending => "Pending".into(),
        CompanyState::Suspended => "Suspended".into(),
        CompanyState::Unlinked => "Unlinked".into(),
        CompanyState::Other(word) if word == "STATE_UNSPECIFIED" => "not known".into(),
        CompanyState::Other(word) => Cow::Borrowed(word),
    },
};
