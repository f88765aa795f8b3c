//! The dialog that checks an unlink and asks for it.

use super::{one, s};
use crate::domain::unlink::{CheckCode, ConsequenceCode};
use crate::i18n::types::unlink::Unlink;

pub(super) const TEXTS: Unlink = Unlink {
    title: |company| format!("Unlink {company}"),
    loading: "Checking with the server",
    check: |check| {
        let names = check.people.join(", ");
        let n = check.count.unwrap_or_else(|| u32::try_from(check.people.len()).unwrap_or(u32::MAX));
        match &check.code {
            CheckCode::ConfirmedOwners => format!("Confirmed {}: {names}", one(n, "owner", "owners")),
            CheckCode::NoConfirmedOwner if names.is_empty() => "No confirmed owner (technicians don't count)".into(),
            CheckCode::NoConfirmedOwner => format!("No confirmed owner; invited: {names}"),
            CheckCode::OpenRecoveries => {
                format!("{n} open {} will stay open: {names}", one(n, "recovery", "recoveries"))
            }
            CheckCode::PendingInvites => {
                format!("{n} invited {} joined yet", one(n, "person hasn't", "people haven't"))
            }
            CheckCode::FilledSeats => format!("{n} filled seat{}", s(n)),
            CheckCode::SeatsEstimated => format!("~{n} filled seat{}, an estimate", s(n)),
            CheckCode::OwnersUnknown => "Who owns it is not known here: look in the web console first".into(),
            CheckCode::RecoveriesUnknown => "Open recoveries are not known here".into(),
            CheckCode::SeatsUnknown => "Filled seats are not known here".into(),
            CheckCode::SourceConnected => {
                "Connected with its account: first remove our access there, under “Integrations”".into()
            }
            CheckCode::AlreadyUnlinked => "Already unlinked".into(),
            CheckCode::PermissionDenied => "Your role can't unlink companies".into(),
            CheckCode::Other(_) => check.title.clone(),
        }
    },
    consequence: |consequence, day| match &consequence.code {
        ConsequenceCode::TrialStarts => match day {
            Some(day) => {
                format!("A 14-day free trial runs until {day}; the account works normally.")
            }
            None => "A 14-day free trial starts; until it ends the account works normally.".into(),
        },
        ConsequenceCode::DataStays => "People, vaults and items stay as they are.".into(),
        ConsequenceCode::AccessEnds => "Technicians of this MSP lose access immediately.".into(),
        ConsequenceCode::OwnerMustAct => {
            "Before the trial ends, an Owner must subscribe or link to another MSP.".into()
        }
        ConsequenceCode::OnlyOwnerCanRelink => {
            "You can't undo this. Only an Owner of the company can link it again.".into()
        }
        ConsequenceCode::Other(_) => consequence.title.clone(),
    },
    checks: "Checked just now",
    trial_would_end: |day| format!("the trial would end on {day}"),
    consequences: "What happens next",
    blocked: "This company can't be unlinked now.",
    fix_owner: |key| format!("{key}  add an owner (shows the company's people)"),
    fix_by_others: |why| format!("Someone else has to add an owner: {why}."),
    owner_invited: |key| match key {
        Some(key) => {
            format!(
                "The owner is invited but hasn't joined yet. {key} opens People in 1Password, where you can resend the invitation."
            )
        }
        None => "The owner is invited but hasn't joined yet. The invitation can be resent in 1Password, under People."
            .into(),
    },
    nobody_joined: |key| match key {
        Some(key) => {
            format!(
                "Nobody who could be made an owner has joined yet. {key} opens People in 1Password, where you can invite someone."
            )
        }
        None => {
            "Nobody who could be made an owner has joined yet. People can be invited in 1Password, under People.".into()
        }
    },
    transfer: "To move to another MSP: unlink here, then an Owner links to the new MSP.",
    type_name: |name| format!("Type the company's name to confirm: {name}"),
    does_not_match: "doesn't match yet",
    matches: "matches",
    read_first: "matches – read on first",
    changed: "The company has changed. Check the current state and confirm again.",
    cancel: "Cancel",
    close: "Close",
    unlink: "Unlink",
    show_steps: "Begin – show the steps",
    sending: "Unlinking",
    keys: "Tab next · ↵ choose · F5 check again · Esc cancel",
    keys_reading: "↓ read on · Tab next · ↵ choose · Esc cancel",
    keys_blocked: |again| format!("↵ close · {again} check again · Esc close"),
    keys_sending: "Can't be cancelled now · Esc hides this",
};
