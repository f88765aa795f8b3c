//! The tab *People*.

use super::{one, s};
use crate::app::features::people::{Group, PeopleDisabledReason};
use crate::domain::people::{PersonKind, PersonState};
use crate::i18n::types::people::People;
use crate::i18n::{join, listed};
use std::borrow::Cow;

pub(super) const TEXTS: People = People {
    menu_keys: "↵ or its key: do it · Esc close",
    state: |state| match state {
        PersonState::Active => "Active".into(),
        PersonState::AwaitingConfirmation => "Awaiting confirmation".into(),
        PersonState::Invited => "Invited".into(),
        PersonState::RecoveryStarted => "Recovery started".into(),
        PersonState::RecoveryAwaitingCompletion => "Recovery ready".into(),
        PersonState::Suspended => "Suspended".into(),
        PersonState::Deleted => "Deleted".into(),
        PersonState::Other(word) if word == "STATE_UNSPECIFIED" => "not known".into(),
        PersonState::Other(word) => Cow::Borrowed(word),
    },
    kind: |kind| match kind {
        PersonKind::Member => "Member".into(),
        PersonKind::Guest => "Guest".into(),
        PersonKind::Technician => "Technician".into(),
        PersonKind::Other(word) => Cow::Borrowed(word),
    },
    name: "Name",
    status: "Status",
    groups: "Groups",
    count: |people, seats| format!("{people} {} · {seats} filled seat{}", one(people, "person", "people"), s(seats)),
    loading: "Loading people",
    empty: "Nobody is in this company yet",
    since: |day| format!("since {day}"),
    no_groups: "no groups",
    groups_unknown: "Account type and groups: not known",
    possibly_technician: "technician?",
    listed: |[all, active, suspended, other, technicians]| {
        let mut text = format!("{all} {}", one(all, "person", "people"));
        let parts =
            [(active, "active"), (suspended, "suspended"), (other, "in another state"), (technicians, "technician?")];
        join(&mut text, ": ", &listed(&parts));
        text
    },
    group: |group| match group {
        Group::Owners => "Owners",
        Group::Administrators => "Administrators",
    },
    nobody_yet: |key| match key {
        Some(key) => format!("Nobody has joined yet – press {key} to invite people in 1Password"),
        None => "Nobody has joined yet".into(),
    },
    filled: |counts| {
        let mut text = format!(
            "Filled seats {} = {} member{} + {} guest{}",
            counts.filled(),
            counts.members,
            s(counts.members),
            counts.guests,
            s(counts.guests)
        );
        let parts =
            [(counts.active, "active"), (counts.awaiting, "awaiting confirmation"), (counts.recovering, "in recovery")];
        join(&mut text, " · ", &listed(&parts));
        let technicians = if counts.technicians == 1 { "technician" } else { "technicians" };
        let parts = [
            (counts.invited, "invited"),
            (counts.suspended, "suspended"),
            (counts.deleted, "deleted"),
            (counts.technicians, technicians),
            (counts.unknown, "unknown"),
        ];
        join(&mut text, "; not counted: ", &listed(&parts));
        text
    },
    disagree: |here, there| format!("The company reports {there} filled seats, but its people add up to {here}."),
    technicians: "Technicians",
    advanced: "Adv. permissions",
    effective: |company, granted| match (company, granted) {
        (true, Some(true)) => "On",
        (false, Some(true) | None) => "Off (company)",
        (true, None) => "Unknown",
        (true, _) => "Off (MSP)",
        (false, _) => "Off (both)",
    },
    effective_full: |company, granted| match (company, granted) {
        (true, Some(true)) => "Advanced permissions on: enabled by the company and granted by the MSP.",
        (false, Some(true)) => {
            "Advanced permissions off: granted by the MSP, but not enabled by an Owner of the company."
        }
        (true, Some(false)) => "Advanced permissions off: enabled by the company, not granted by the MSP.",
        (false, Some(false)) => "Advanced permissions off: not enabled by the company, not granted by the MSP.",
        (false, None) => "Advanced permissions off: not enabled by an Owner of the company.",
        (true, None) => "Advanced permissions: the server doesn't say whether the MSP granted them.",
    },
    found: |shown, all| format!("{shown} of {all}"),
    nobody: |search| format!("Nobody matches “{search}”"),
    disabled,
};

fn disabled(reason: &PeopleDisabledReason) -> String {
    match reason {
        PeopleDisabledReason::Gone => "it no longer exists",
        PeopleDisabledReason::Nobody => "select a person in the People tab",
        PeopleDisabledReason::OnlyInPeople => "only in the company's People tab",
        PeopleDisabledReason::Technician => "technicians can't be made owners, suspended or recovered here",
        PeopleDisabledReason::Guest => "guests can't be in groups",
        PeopleDisabledReason::Deleted => "this person was deleted",
        PeopleDisabledReason::Unknown => "unknown account type",
        PeopleDisabledReason::Yourself => "you can't recover yourself",
        PeopleDisabledReason::Already(Group::Owners) => "already an owner",
        PeopleDisabledReason::Already(Group::Administrators) => "already an administrator",
        PeopleDisabledReason::InNeither => "not an owner or administrator",

        PeopleDisabledReason::NotActive => "only for active people",
        PeopleDisabledReason::WaitsForPerson => "they have to choose a new password first",
        PeopleDisabledReason::NoRecovery => "no open recovery",
        PeopleDisabledReason::NoVault => "select a vault in the Vaults tab",
        PeopleDisabledReason::HasAccess => "you already have access",
        PeopleDisabledReason::NoGroups => "the company's groups aren't loaded yet; “Refresh” tries again",
        PeopleDisabledReason::NoAccess(key) => return format!("you don't have access yet – {key} gives it to you"),
        PeopleDisabledReason::AdvancedOff => "Advanced permissions aren't enabled by the company",
        PeopleDisabledReason::AdvancedNotGranted => "your MSP account hasn't granted you Advanced permissions",
    }
    .to_owned()
}
