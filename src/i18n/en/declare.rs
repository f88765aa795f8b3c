//! The form for what was seen of a company in the web console.

use crate::app::features::declare::{DeclareField, DeclareProblem};
use crate::i18n::types::declare::Declare;

pub(super) const TEXTS: Declare = Declare {
    title: "What you saw in the web console",
    explain: "Leave empty what you did not look at.",
    field: |field| match field {
        DeclareField::Owners => "Owners",
        DeclareField::Seats => "Filled seats",
        DeclareField::Limit => "Seat limit",
        DeclareField::Recoveries => "Open recoveries",
        DeclareField::Status => "Status",
        DeclareField::Day => "Seen on",
    },
    hint: |field| match field {
        DeclareField::Owners => "commas between names; - if nobody has confirmed",
        DeclareField::Seats => "a whole number",
        DeclareField::Limit => "0 if there is none",
        DeclareField::Recoveries => "a whole number; 0 if none is open",
        DeclareField::Status => "← → choose",
        DeclareField::Day => "e.g. 2026-11-28",
    },
    not_seen: "not looked at",
    problem: |problem| match problem {
        DeclareProblem::NotANumber => "has to be a whole number, at most 1,000,000",
        DeclareProblem::NameTooLong => "a name has at most 100 characters",
        DeclareProblem::NotADay => "has to be a past day or time, such as 2026-11-28",
        DeclareProblem::Nothing => "say at least one of these",
    },
    saving: "Saving",
    asking: "Press Esc again to discard what you typed.",
    keys: "Tab ↑↓ fields · ↵ save · Esc cancel",
};
