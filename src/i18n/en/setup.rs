//! The tab *Setup* and the note on a step.

use super::{one, s};
use crate::domain::setup::{Fact, StepKind, StepState};
use crate::i18n::types::setup::Setup;
use std::borrow::Cow;

pub(super) const TEXTS: Setup = Setup {
    step: |kind| match kind {
        StepKind::Policies => "Policies, groups and vaults".into(),
        StepKind::RecoveryPlan => "Recovery plan".into(),
        StepKind::InviteMembers => "Invite team members".into(),
        StepKind::Provisioning => "Automated provisioning".into(),
        StepKind::DeployApps => "Deploy the apps".into(),
        StepKind::Other(word) => Cow::Borrowed(word),
    },
    explain: |kind| match kind {
        StepKind::Policies => "Set team policies, and create custom groups and shared vaults.",
        StepKind::RecoveryPlan => "Make sure someone can restore access for people who get locked out.",
        StepKind::InviteMembers => "Invite the company's people.",
        StepKind::Provisioning => "Connect the company's identity provider, if it has one.",
        StepKind::DeployApps => "Deploy 1Password for Mac and Windows.",
        StepKind::Other(_) => "This version of mspdash doesn't know this step.",
    },
    place: |kind| match kind {
        StepKind::Policies => "Policies",
        StepKind::RecoveryPlan => "Recovery",
        StepKind::InviteMembers => "People",
        StepKind::Provisioning => "Integrations",
        StepKind::DeployApps => "Downloads",
        StepKind::Other(_) => "Home",
    },
    state: |state| match state {
        StepState::Todo => "To do".into(),
        StepState::InProgress => "In progress".into(),
        StepState::Done => "Done".into(),
        StepState::NotApplicable => "Not applicable".into(),
        StepState::Other(word) => Cow::Borrowed(word),
    },
    progress: |done, of| format!("{done} of {of} done"),
    next: "next",
    reported: |who, when| format!("Marked by {who}, {when}"),
    not_reported: "Not marked yet",
    derived: "Detected",
    contradiction: |step| match (&step.kind, &step.state) {
        (_, StepState::NotApplicable) => "marked not applicable, but detected".to_owned(),
        (StepKind::RecoveryPlan, _) => "marked done, but nobody can recover others".to_owned(),
        (StepKind::InviteMembers, _) => "marked done, but nobody is invited".to_owned(),
        (StepKind::Provisioning, _) => "marked done, but no identity provider is connected".to_owned(),
        (StepKind::DeployApps, _) => "marked done, but nobody uses an app".to_owned(),
        _ => "marked done, but nothing of it was detected".to_owned(),
    },
    evidence: |evidence| {
        let n = evidence.count;
        match &evidence.fact {
            Fact::Policies => format!("{n} team {}", one(n, "policy", "policies")),
            Fact::CustomGroups => format!("{n} custom group{}", s(n)),
            Fact::SharedVaults => format!("{n} shared vault{}", s(n)),
            Fact::RecoveryPeople => format!("{n} {} can recover others", one(n, "person", "people")),
            Fact::InvitedPeople => format!("{n} invited"),
            Fact::FilledSeats => format!("{n} filled seat{}", s(n)),
            Fact::IdentityProviders => format!("{n} identity provider{}", s(n)),
            Fact::AppUsers => format!("{n} {} an app", one(n, "person uses", "people use")),
            Fact::Other(word) => format!("{word}: {n}"),
        }
    },
    nothing_detected: "nothing detected",
    label_state: "STATE",
    label_detected: "DETECTED",
    label_place: "IN 1PASSWORD",
    label_marked: "MARKED BY",
    label_note: "NOTE",
    label_history: "HISTORY",
    label_how: "HOW TO",
    change: "change state",
    open_it: "open it, signed in as you",
    write_note: "write a note",
    how: |kind| match kind {
        StepKind::Policies => &[
            "Policies: account password rules, auto-lock, two-factor authentication, sharing, app usage.",
            "Groups: one for each team or role that needs its own vaults.",
            "Vaults: shared ones for what several people use, with access by group.",
        ],
        StepKind::RecoveryPlan => &[
            "Owners and Administrators can recover accounts: there should be two people at least.",
            "Nobody can recover themselves; you can complete a recovery from here.",
            "Agree with the company who is called when somebody is locked out.",
        ],
        StepKind::InviteMembers => &[
            "Invite people by email, or let them sign up with an address of the company's domain.",
            "Invited people fill no seat until they have joined; then confirm them.",
            "Make somebody of the company an Owner: without one it can't be unlinked.",
        ],
        StepKind::Provisioning => &[
            "Connect the identity provider to create, confirm and suspend people automatically.",
            "Where there is none, mark the step as not applicable.",
        ],
        StepKind::DeployApps => &[
            "Deploy 1Password for Mac and Windows with the company's device management.",
            "Add the browser extension, and ask everybody to sign in once.",
        ],
        StepKind::Other(_) => &[],
    },
    note: "Note",
    where_: "In 1Password",
    loading: "Loading checklist",
    empty: "The server has no checklist for this company",
    saving: "saving",
    complete: "Setup complete",
    menu_keys: |rows| format!("1–{rows} or ↵ choose · Esc close"),
    now: "now",
    reopen: |state| format!("This step is done. Reopen it as “{state}”?"),
    reopen_keep: "Keep it done",
    reopen_go: "Reopen",
    reopen_keys: "Tab next · ↵ choose · Esc back",
    note_title: |step| format!("Note on “{step}”"),
    note_keys: "↵ save · Esc cancel",
    note_asking: "Unsaved changes: Esc again discards them, ↵ saves them",
};
