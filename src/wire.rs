//! The contract's JSON as it really comes, shared by client and server. Reading is tolerant: unknown fields
//! are passed over, null means absent, unknown words survive, numbers out of range are bent into it, and a row
//! that cannot be read does not take the others with it. What passes into `domain` is cleaned for display.

pub mod activity;
pub mod company;
pub mod import;
pub mod lenient;
pub mod link;
pub mod list;
pub mod people;
pub mod problem;
pub mod recovery;
pub mod session;
pub mod setup;
pub mod source;
pub mod task;
pub mod technician;
pub mod unlink;
pub mod usage;
pub mod vault;

use crate::domain::text::{clean, clean_lines};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Who did something (contract: `updater`, `unlinked_by`, an event's `actor`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Actor {
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: String,
}

/// What a well-formed answer can still lack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Lacking {
    /// An object without its id.
    #[error("an object has no id")]
    Id,
    /// A launch answer whose address must not be opened.
    #[error("the address is not safe to open")]
    Address(crate::domain::launch::Refusal),
    /// A change answer without the token for the next question.
    #[error("there is no token to go on with")]
    Token,
}

/// Cleaned for display. Nearly all text is clean already and is not copied.
fn owned(text: String) -> String {
    let cleaned = match clean(&text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(cleaned) => Some(cleaned),
    };
    cleaned.unwrap_or(text)
}

fn some_text(text: Option<String>) -> Option<String> {
    text.map(owned).filter(|text| !text.trim().is_empty())
}

/// How something stands of which a server does not say it.
fn or_unspecified<State: for<'a> From<&'a str>>(state: Option<State>) -> State {
    state.unwrap_or_else(|| State::from(crate::domain::company::CompanyState::UNSPECIFIED))
}

fn some_lines(text: Option<String>) -> Option<String> {
    text.map(|text| clean_lines(&text).into_owned()).filter(|text| !text.trim().is_empty())
}

impl From<Actor> for crate::domain::company::Actor {
    fn from(actor: Actor) -> Self {
        Self { display_name: owned(actor.display_name) }
    }
}
