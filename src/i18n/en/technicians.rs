//! The MSP's own technicians.

use crate::app::features::technicians::Act;
use crate::domain::technician::{Role, TechnicianState};
use crate::i18n::types::technicians::Technicians;
use std::borrow::Cow;

pub(super) const TEXTS: Technicians = Technicians {
    title: |account| format!("Technicians · {account}"),
    loading: "Loading technicians",
    name: "Name",
    email: "E-mail",
    role_of: "Role",
    state_of: "Access",
    sign_in: "Last sign-in",
    never: "never",
    role: |role| match role {
        Role::Owner => "Owner".into(),
        Role::Administrator => "Administrator".into(),
        Role::MspTechnician => "Technician".into(),
        Role::ViewOnly => "View only".into(),
        Role::NoMfa => "no second factor".into(),
        Role::Nothing => "none".into(),
        Role::Other(word) => Cow::Borrowed(word),
    },
    state: |state| match state {
        TechnicianState::Active => "active".into(),
        TechnicianState::Pending => "not enrolled".into(),
        TechnicianState::Revoked => "revoked".into(),
        TechnicianState::Other(word) => Cow::Borrowed(word),
    },
    open_code: |until| format!("A code is open until {until}."),
    keys: "↵ actions · + add · Esc close",
    add_title: "New technician",
    add_hint: "They get a one-time code, and with it a credential of their own.",
    add_keys: "Tab next field · ←→ role · ↵ add · Esc cancel",
    asking: "Unsaved input: Esc discards it, ↵ keeps it",
    change_role: "Change role",
    role_title: |name| format!("Role of {name}"),
    menu_keys: |rows| format!("1–{rows} or ↵ choose · Esc cancel"),
    confirm_title: |act, name| match act {
        Act::Enrol => format!("New code for {name}"),
        Act::Rotate => format!("Rotate the credential of {name}"),
        Act::Revoke => format!("Revoke {name}"),
    },
    confirm: |act| match act {
        Act::Enrol => "Issues a one-time code. A credential that they have works until the code is used.",
        Act::Rotate => {
            "Ends their credential at once: they are signed out everywhere, and need the code that you get now."
        }
        Act::Revoke => "Takes their access away at once. What they did stays in the activity under their name.",
    },
    cancel: "Cancel",
    go: |act| match act {
        Act::Enrol => "Issue code",
        Act::Rotate => "Rotate",
        Act::Revoke => "Revoke",
    },
    confirm_keys: "Tab switch · ↵ press · Esc cancel",
    code_title: |name| format!("Code for {name}"),
    code_hint: "Pass it on now: it works once and is not shown again. On their machine:",
    code_until: |until| format!("Good until {until}."),
    no_code: "The code was used or has expired. Issue a new one.",
    code_keys: |copy| format!("{copy} copy code · Esc done"),
    saving: "saving",
};
