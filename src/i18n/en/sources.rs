//! Where what is known of a company comes from.

use crate::app::features::sources::SourceField;
use crate::domain::facts::FactSource;
use crate::domain::source::{SourceReason, SourceState};
use crate::i18n::types::sources::Sources;
use std::borrow::Cow;

pub(super) const TEXTS: Sources = Sources {
    title: |company| format!("Sources of {company}"),
    name: |source| match source {
        FactSource::UsersApi => "Users API".into(),
        FactSource::Events => "Events API".into(),
        FactSource::Op => "1Password CLI".into(),
        FactSource::Import => "Imports".into(),
        FactSource::Declared => "Web console".into(),
        FactSource::Other(word) => Cow::Borrowed(word),
    },
    gives: |source| match source {
        FactSource::UsersApi => {
            "people with name, address and state; filled seats as an estimate; suspending and reactivating people"
        }
        FactSource::Events => "what was done in the account, who signed in, who of you launched it",
        FactSource::Op => "people with their groups, owners, exact seats",
        FactSource::Import => "names, status, filled seats, limits, owners – as far as the table has columns for them",
        FactSource::Declared => "what you saw in the web console: owners, seats, limit, recoveries, status",
        FactSource::Other(_) => "",
    },
    state: |state| match state {
        SourceState::Connected => "connected".into(),
        SourceState::Failing => "failing".into(),
        SourceState::NeedsAttention => "needs you".into(),
        SourceState::Other(word) => Cow::Borrowed(word),
    },
    reason: |reason| match reason {
        SourceReason::SecretUnavailable => "the server's machine doesn't have the secret".into(),
        SourceReason::CredentialRefused => "1Password refuses the secret".into(),
        SourceReason::RightMissing => "a permission is missing".into(),
        SourceReason::WrongAccount => "it isn't this company's account".into(),
        SourceReason::NotOffered => "the data region has no such interface".into(),
        SourceReason::Refused => "1Password refuses it".into(),
        SourceReason::RateLimited => "too many requests".into(),
        SourceReason::Unreachable => "1Password doesn't answer".into(),
        SourceReason::Unreadable => "the answer can't be read".into(),
        SourceReason::Other(word) => Cow::Borrowed(word),
    },
    remedy: |reason| match reason {
        SourceReason::SecretUnavailable => {
            "On the server's machine: unlock the keyring, chmod 600 the file, or sign op in."
        }
        SourceReason::CredentialRefused => {
            "It was revoked or replaced. Make a new one in the company's account, then on the server's machine:"
        }
        SourceReason::RightMissing => {
            "Give it the permission in the company's account, under Integrations; for a token, issue another one."
        }
        SourceReason::WrongAccount => "Compare the account ID with the account in which it was made.",
        SourceReason::RateLimited | SourceReason::Unreachable => "Wait; what was known stays, with its age.",
        SourceReason::Unreadable => "Please report it: the published shapes haven't been seen live yet.",
        SourceReason::NotOffered | SourceReason::Refused | SourceReason::Other(_) => "",
    },
    field: |field| match field {
        SourceField::Gives => "Gives",
        SourceField::State => "State",
        SourceField::Detail => "Server says",
        SourceField::Remedy => "What to do",
        SourceField::Read => "Last read",
        SourceField::Next => "Next",
        SourceField::Expires => "Secret expires",
        SourceField::Writes => "Allowed",
        SourceField::Secret => "Secret",
        SourceField::Command => "Type",
    },
    none: |key| format!("No source yet; {key} shows which there are"),
    not_connected: "not connected",
    nothing_yet: "nothing yet",
    connect: |source| match source {
        FactSource::Events => {
            "Issue a token in the company's account: Integrations › Events Reporting. Then on the server's machine:"
        }
        _ => {
            "Make an OAuth application in the company's account: Integrations › Directory. Then on the server's machine:"
        }
    },
    renew: "Make a new secret in the company's account before it expires, then on the server's machine:",
    still_connected: "still connected, and not read any more",
    disconnect: "Let an Owner remove the application or token in the company's account. Whether it is gone tells, on the server's machine:",
    read: |ago| format!("read {ago}"),
    never_read: "never read",
    next: |when| format!("next {when}"),
    overdue: |ago| format!("was due {ago}; mspdash serve reads by itself"),
    not_by_itself: "only when asked to",
    expired: |day| format!("since {day}"),
    writes: |may| if may { "suspend and reactivate people" } else { "only read" },
    place: |word| match word {
        "KEYRING" => "in the keyring of the server's machine",
        "FILE" => "in a file on the server's machine",
        "OP" => "in 1Password, read by op",
        "CREDENTIAL" => "a credential of the service",
        _ => "on the server's machine",
    },
    what_to_do: "what to do",
    keys: |enter, copies| {
        let enter = enter.map(|label| format!("↵ {label} · ")).unwrap_or_default();
        let copy = if copies { "y copy the command · " } else { "" };
        format!("↑↓ source · {enter}{copy}Esc close")
    },
};
