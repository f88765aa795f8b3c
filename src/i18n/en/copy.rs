//! The menu of what can be copied.

use crate::app::features::copy::What;
use crate::i18n::types::copy::Copy;

pub(super) const TEXTS: Copy = Copy {
    title: |company| format!("Copy · {company}"),
    keys: "a letter or ↵ copies · ↑↓ move · Esc close",
    what: |what| match what {
        What::UnderCursor => "Under the cursor",
        What::Name => "Name",
        What::SignIn => "Sign-in address",
        What::Address => "Postal address",
        What::Id => "ID",
        What::Markdown => "Markdown for a ticket",
        What::ReplaceToken => "Command: new token",
        What::TellSources => "Command: see why",
    },
};
