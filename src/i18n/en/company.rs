//! One company: its tabs and the tab *Overview*.

use super::{n, s};
use crate::app::features::overview::Field;
use crate::app::model::Tab;
use crate::domain::facts::FactSource;
use crate::i18n::types::company::Company;

pub(super) const TEXTS: Company = Company {
    none: "No company selected",
    none_hint: |down, up| format!("Use {down} and {up} to select one"),
    gone_hint: |key| format!("{key} goes back to the list"),
    gone: "This company is no longer in the list",
    tab: |tab| match tab {
        Tab::Overview => "Overview",
        Tab::Setup => "Setup",
        Tab::People => "People",
        Tab::Vaults => "Vaults",
        Tab::Usage => "Usage",
        Tab::Activity => "Activity",
    },
    field: |field| match field {
        Field::State => "Status",
        Field::Attention => "Attention",
        Field::Seats => "Filled seats",
        Field::Owners => "Owners",
        Field::Setup => "Setup",
        Field::ExternalId => "External ID",
        Field::Website => "Website",
        Field::Address => "Address",
        Field::Region => "Data region",
        Field::SignIn => "Sign-in",
        Field::Recoveries => "Recoveries",
        Field::Origin => "Managed",
        Field::Launched => "Last launch",
        Field::Unlinked => "Unlinked",
        Field::Trial => "Free trial",
        Field::Tags => "Tags",
        Field::Note => "Note",
        Field::Id => "ID",
    },
    seats: |filled, limit| match limit {
        Some(limit) => format!("{} of {}", n(filled), n(limit)),
        None => format!("{}, no limit", n(filled)),
    },
    limit: |fact| format!("limit: {fact}"),
    unknown: "not known",
    fact: |source, ago, who| {
        let said = match source {
            FactSource::Import => "imported".to_owned(),
            FactSource::Declared => "checked in the console".to_owned(),
            FactSource::UsersApi => "Users API".to_owned(),
            FactSource::Events => "Events API".to_owned(),
            FactSource::Op => "1Password CLI".to_owned(),
            FactSource::Other(word) => word.clone(),
        };
        who.map_or_else(|| format!("{said} {ago}"), |who| format!("{said} {ago} by {who}"))
    },
    otherwise: |value, fact| format!("but {value}, {fact}"),
    members_guests: |members, guests| format!("{} member{}, {} guest{}", n(members), s(members), n(guests), s(guests)),
    owners: |confirmed, invited| match (confirmed, invited) {
        (0, 0) => "none".into(),
        (0, invited) => format!("none confirmed, {invited} invited"),
        (confirmed, 0) => format!("{confirmed} confirmed"),
        (confirmed, invited) => format!("{confirmed} confirmed, {invited} invited"),
    },
    setup: |done, of| format!("{done} of {of}"),
    stalled: |day| format!("idle since {day}"),
    region_note: "follows your MSP account",
    recoveries: |count| format!("{count} open"),
    advanced: |company, me| match (company, me) {
        (true, true) => "permissions on",
        (true, false) => "permissions off (MSP)",
        (false, true) => "permissions off (company)",
        (false, false) => "permissions off (both)",
    },
    created: |day| format!("since {day} (added)"),
    linked: |day| format!("since {day} (linked)"),
    never_launched: "never",
    unlinked: |day, who| match who {
        Some(who) => format!("{day} by {who}"),
        None => day.to_owned(),
    },
    trial: |day, over| {
        if over { format!("14-day free trial ended {day}") } else { format!("14-day free trial until {day}") }
    },
    nothing: "–",
    unknown_here: "Not known here",
    unknown_here_hint: "Only the web console of 1Password shows them.",
};
