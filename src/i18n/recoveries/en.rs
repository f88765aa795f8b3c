//! In English.

use super::{Act, Ask, Done, Group, PeopleDisabledReason, PersonAct, PersonState, Recoveries, Said, Tab, Warning};
use super::{act_of, is_recovery};
use std::borrow::Cow;

pub(in crate::i18n) const EN: Recoveries = Recoveries {
    title: "Recoveries",
    count: |count| format!("{count} open, oldest first"),
    loading: "Loading the open recoveries",
    empty: "No recovery is open",
    empty_hint: "When one begins in any company, it appears here by itself.",
    nobody_yet: |key| match key {
        Some(key) => format!("Nobody of the company is in it yet: {key} launches at People, where they are invited."),
        None => "Nobody of the company is in it yet.".into(),
    },
    person: "Person",
    company: "Company",
    stage: "Stage",
    since: "Since",
    by: "Begun by",
    can: "Can recover",
    waits: |state| match state {
        PersonState::RecoveryStarted => "waits for the person's new password".into(),
        PersonState::RecoveryAwaitingCompletion => "waits for you to complete".into(),
        PersonState::Other(word) => Cow::Borrowed(word),
        _ => "not open any more".into(),
    },
    waits_short: |state| match state {
        PersonState::RecoveryStarted => "new password".into(),
        PersonState::RecoveryAwaitingCompletion => "you complete".into(),
        PersonState::Other(word) => Cow::Borrowed(word),
        _ => "–".into(),
    },
    begun: |ago, moment, by| match by {
        Some(by) => format!("begun {ago} ({moment}) by {by}"),
        None => format!("begun {ago} ({moment})"),
    },
    recoverers: |count| match count {
        0 => "Nobody in the company can complete it.".into(),
        1 => "Only one person in the company can complete it.".into(),
        count => format!("{count} people in the company can complete it."),
    },
    ask: ASK,
    tab: TAB,
    hindered,
    said,
};

const ASK: Ask = Ask {
    question: |act, name| match act_of(act) {
        Some(Done::Member { kind: Group::Owners, added: true, .. }) => format!("Make {name} an owner?"),
        Some(Done::Member { kind: Group::Administrators, added: true, .. }) => format!("Make {name} an administrator?"),
        Some(Done::Member { kind: Group::Owners, added: false, .. }) => format!("Take {name} out of Owners?"),
        Some(Done::Member { kind: Group::Administrators, added: false, .. }) => {
            format!("Take {name} out of Administrators?")
        }
        Some(Done::Act(PersonAct::Suspend)) => format!("Suspend {name}?"),
        Some(Done::Act(PersonAct::Reactivate)) => format!("Reactivate {name}?"),
        Some(Done::Act(PersonAct::BeginRecovery)) => format!("Begin a recovery of {name}?"),
        Some(Done::Act(PersonAct::CompleteRecovery)) => format!("Complete the recovery of {name}?"),
        Some(Done::Act(PersonAct::CancelRecovery)) => format!("Cancel the recovery of {name}?"),
        None => name.to_owned(),
    },
    means: |act| match act_of(act) {
        Some(Done::Member { kind: Group::Owners, added: true, .. }) => {
            "Owners co-own the company: they can do everything in it, and recover accounts."
        }
        Some(Done::Member { kind: Group::Administrators, added: true, .. }) => {
            "Administrators co-manage the company, and can also recover accounts."
        }
        Some(Done::Member { kind: Group::Owners, .. }) => {
            "They no longer co-own the company. They stay in it, and in their other groups."
        }
        Some(Done::Member { kind: Group::Administrators, .. }) => {
            "They no longer co-manage the company or recover accounts. They stay in it, and in their other groups."
        }
        Some(Done::Act(PersonAct::Suspend)) => {
            "Suspended people cannot sign in and fill no seat. Everything of theirs stays; they can be reactivated."
        }
        Some(Done::Act(PersonAct::Reactivate)) => "They can sign in again, and fill a seat again.",
        Some(Done::Act(PersonAct::BeginRecovery)) => {
            "It begins now with an e-mail to them → they make a new password → an administrator completes it."
        }
        Some(Done::Act(PersonAct::CompleteRecovery)) => {
            "They made a new password. This is the last stage: after it they can sign in with that password."
        }
        Some(Done::Act(PersonAct::CancelRecovery)) => {
            "The recovery ends unfinished. It can be begun again at any time."
        }
        None => "",
    },
    go: |act| match act {
        Act::Add(Group::Owners, _) => "Make owner",
        Act::Add(Group::Administrators, _) => "Make administrator",
        Act::TakeAway { .. } => "Take away",
        Act::Change(PersonAct::Suspend) => "Suspend",
        Act::Change(PersonAct::Reactivate) => "Reactivate",
        Act::Change(PersonAct::BeginRecovery) => "Begin recovery",
        Act::Change(PersonAct::CompleteRecovery) => "Complete recovery",
        Act::Change(PersonAct::CancelRecovery) => "End recovery",
    },
    group: |group| match group {
        Group::Owners => "Owners",
        Group::Administrators => "Administrators",
    },
    warning: |warning, act| match (warning, is_recovery(act)) {
        (Warning::LastOwner, _) => {
            "This is the last owner – this will block unlinking, and the server refuses it. Make another owner first."
        }
        (Warning::FewRecoverers(0), true) => {
            "Nobody else in the company can recover accounts, so the server refuses this. Make an administrator first."
        }
        (Warning::FewRecoverers(_), true) => "Only one other person in the company can recover accounts.",
        (Warning::FewRecoverers(0), false) => "After this nobody in the company can recover accounts.",
        (Warning::FewRecoverers(_), false) => "After this only one person in the company can recover accounts.",
    },
    changed: "This changed meanwhile. It is shown as it stands now; confirm it anew.",
    look_again: "Close this and look at it again.",
    cancel: "Cancel",
    close: "Close",
    sending: "Sending",
    keys: "y or Tab, then ↵ to do it · Esc cancel",
    keys_choice: "↑↓ which group · y or Tab, then ↵ to do it · Esc cancel",
    keys_hindered: "↵ or Esc close",
    keys_sending: "can no longer be stopped · Esc hides",
};

const TAB: Tab = Tab {
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
    disagree: |here, there| format!("The company itself counts {there} filled seats, its people come to {here}."),
    technicians: "Technicians",
    advanced: "Advanced permission",
    effective: |company, granted| match (company, granted) {
        (true, Some(true)) => "on",
        (false, Some(true) | None) => "off: not allowed",
        (true, None) => "unknown",
        (true, _) => "off: not granted",
        (false, _) => "off: neither",
    },
    effective_full: |company, granted| match (company, granted) {
        (true, Some(true)) => "Advanced permission on: the company allows it and the MSP granted it.",
        (false, Some(true)) => {
            "Advanced permission off: the MSP granted it, but an Owner of the company does not allow it."
        }
        (true, Some(false)) => "Advanced permission off: the company allows it, but the MSP has not granted it.",
        (false, Some(false)) => "Advanced permission off: neither allowed by the company nor granted by the MSP.",
        (false, None) => "Advanced permission off: an Owner of the company does not allow it.",
        (true, None) => "Advanced permission: the server does not say whether the MSP granted it.",
    },
    found: |shown, all| format!("{shown} of {all}"),
    nobody: |search| format!("Nobody matches “{search}”"),
};

fn s(count: u32) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Those of the parts that are not nothing.
fn listed(parts: &[(u32, &str)]) -> String {
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

fn join(text: &mut String, lead: &str, more: &str) {
    if !more.is_empty() {
        text.push_str(lead);
        text.push_str(more);
    }
}

fn hindered(hindrance: &PeopleDisabledReason) -> String {
    match hindrance {
        PeopleDisabledReason::Gone => "it is not there any more",
        PeopleDisabledReason::Nobody => "nobody is selected: open the People tab",
        PeopleDisabledReason::OnlyInPeople => "only in the People tab of the company",
        PeopleDisabledReason::Technician => "technicians are no owners, and are not suspended or recovered from here",
        PeopleDisabledReason::Guest => "guests are in no group",
        PeopleDisabledReason::Deleted => "this person is deleted",
        PeopleDisabledReason::Unknown => "this version does not know what they are",
        PeopleDisabledReason::Yourself => "nobody can recover themself",
        PeopleDisabledReason::Already(Group::Owners) => "already an owner",
        PeopleDisabledReason::Already(Group::Administrators) => "already an administrator",
        PeopleDisabledReason::InNeither => "neither an owner nor an administrator",

        PeopleDisabledReason::NotActive => "only for people who are active",
        PeopleDisabledReason::WaitsForPerson => "they have to make a new password first",
        PeopleDisabledReason::NoRecovery => "no recovery of theirs is open",
        PeopleDisabledReason::NoVault => "no vault is selected: open the Vaults tab",
        PeopleDisabledReason::HasAccess => "you have access already",
        PeopleDisabledReason::NoGroups => "the groups of the company are not loaded yet; “Refresh” tries again",
        PeopleDisabledReason::NoAccess(key) => return format!("you have no access yet: {key} gives it to you"),
        PeopleDisabledReason::AdvancedOff => "an Owner of the company does not allow Advanced permissions",
        PeopleDisabledReason::AdvancedNotGranted => "your MSP account has not granted you Advanced permissions",
    }
    .to_owned()
}

fn said(said: &Said) -> String {
    let (company, person, done) = match said {
        Said::Granted { company, vault } => return format!("{company}: you have access to {vault} now"),
        Said::Changed { company, person, done } => (company, person, done),
    };
    let what = match done {
        Done::Member { kind: Group::Owners, added: true, .. } => "is an owner now",
        Done::Member { kind: Group::Administrators, added: true, .. } => "is an administrator now",
        Done::Member { kind: Group::Owners, .. } => "is no longer an owner",
        Done::Member { kind: Group::Administrators, .. } => "is no longer an administrator",
        Done::Act(PersonAct::Suspend) => "is suspended",
        Done::Act(PersonAct::Reactivate) => "is active again",
        Done::Act(PersonAct::BeginRecovery) => "has to make a new password now",
        Done::Act(PersonAct::CompleteRecovery) => "is recovered",
        Done::Act(PersonAct::CancelRecovery) => "is no longer in recovery",
    };
    format!("{company}: {person} {what}")
}
