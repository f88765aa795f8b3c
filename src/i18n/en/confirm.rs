//! The question before something is done to a person or a vault.

use crate::app::features::people::{Act, Done, Group, Warning};
use crate::domain::recovery::PersonAct;
use crate::i18n::is_recovery;
use crate::i18n::types::confirm::Confirm;

pub(super) const TEXTS: Confirm = Confirm {
    question: |act, name| match act.done() {
        Some(Done::Member { kind: Group::Owners, added: true, .. }) => format!("Make {name} an owner?"),
        Some(Done::Member { kind: Group::Administrators, added: true, .. }) => format!("Make {name} an administrator?"),
        Some(Done::Member { kind: Group::Owners, added: false, .. }) => format!("Remove {name} from Owners?"),
        Some(Done::Member { kind: Group::Administrators, added: false, .. }) => {
            format!("Remove {name} from Administrators?")
        }
        Some(Done::Act(PersonAct::Suspend)) => format!("Suspend {name}?"),
        Some(Done::Act(PersonAct::Reactivate)) => format!("Reactivate {name}?"),
        Some(Done::Act(PersonAct::BeginRecovery)) => format!("Start account recovery for {name}?"),
        Some(Done::Act(PersonAct::CompleteRecovery)) => format!("Complete account recovery for {name}?"),
        Some(Done::Act(PersonAct::CancelRecovery)) => format!("Cancel account recovery for {name}?"),
        None => name.to_owned(),
    },
    means: |act| match act.done() {
        Some(Done::Member { kind: Group::Owners, added: true, .. }) => {
            "Owners have full control of the company and can recover accounts."
        }
        Some(Done::Member { kind: Group::Administrators, added: true, .. }) => {
            "Administrators help manage the company and can recover accounts."
        }
        Some(Done::Member { kind: Group::Owners, .. }) => {
            "They lose full control of the company. They stay in it and in their other groups."
        }
        Some(Done::Member { kind: Group::Administrators, .. }) => {
            "They can no longer help manage the company or recover accounts. They stay in it and in their other groups."
        }
        Some(Done::Act(PersonAct::Suspend)) => {
            "Suspended people can't sign in and don't use a seat. Their data is kept; you can reactivate them."
        }
        Some(Done::Act(PersonAct::Reactivate)) => "They can sign in again and use a seat again.",
        Some(Done::Act(PersonAct::BeginRecovery)) => {
            "It starts now: they get an email → choose a new password → an administrator completes it."
        }
        Some(Done::Act(PersonAct::CompleteRecovery)) => {
            "They have chosen a new password. This is the last step: then they can sign in with it."
        }
        Some(Done::Act(PersonAct::CancelRecovery)) => {
            "The recovery ends unfinished. You can start a new one at any time."
        }
        None => "",
    },
    go: |act| match act {
        Act::Add(Group::Owners, _) => "Make owner",
        Act::Add(Group::Administrators, _) => "Make administrator",
        Act::TakeAway { .. } => "Remove role",
        Act::Change(PersonAct::Suspend) => "Suspend",
        Act::Change(PersonAct::Reactivate) => "Reactivate",
        Act::Change(PersonAct::BeginRecovery) => "Start recovery",
        Act::Change(PersonAct::CompleteRecovery) => "Complete recovery",
        Act::Change(PersonAct::CancelRecovery) => "End recovery",
    },
    warning: |warning, act| match (warning, is_recovery(act)) {
        (Warning::LastOwner, _) => {
            "This is the last owner – removing them would block unlinking, and the server refuses it. Make someone else an owner first."
        }
        (Warning::FewRecoverers(0), true) => {
            "Nobody else in the company can recover accounts, so the server refuses this. Make someone an administrator first."
        }
        (Warning::FewRecoverers(_), true) => "Only one other person in the company can recover accounts.",
        (Warning::FewRecoverers(0), false) => "After this, nobody in the company can recover accounts.",
        (Warning::FewRecoverers(_), false) => "After this, only one person in the company can recover accounts.",
    },
    changed: "This has changed. Check the current state and confirm again.",
    look_again: "Close this and check again.",
    cancel: "Cancel",
    close: "Close",
    sending: "Sending",
    keys: "y or Tab, then ↵ confirms · Esc cancel",
    keys_choice: "↑↓ group · y or Tab, then ↵ confirms · Esc cancel",
    keys_hindered: "↵ or Esc close",
    keys_sending: "Can't be cancelled now · Esc hides this",
};
