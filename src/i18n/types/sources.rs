//! Where what is known of a company comes from.

use crate::app::features::sources::SourceField;
use crate::domain::facts::FactSource;
use crate::domain::source::{SourceReason, SourceState};
use std::borrow::Cow;

pub struct Sources {
    pub title: fn(&str) -> String,
    pub name: fn(&FactSource) -> Cow<'_, str>,
    pub gives: fn(&FactSource) -> &'static str,
    pub state: fn(&SourceState) -> Cow<'_, str>,
    /// In few words.
    pub reason: fn(&SourceReason) -> Cow<'_, str>,
    /// A sentence; empty where 1Password's own words have to do.
    pub remedy: fn(&SourceReason) -> &'static str,
    pub field: fn(SourceField) -> &'static str,
    /// Where nothing is connected, imported or declared; the key that tells more.
    pub none: fn(&str) -> String,
    pub not_connected: &'static str,
    /// Nothing was imported, or declared.
    pub nothing_yet: &'static str,
    /// How to connect it.
    pub connect: fn(&FactSource) -> &'static str,
    /// Its secret ends soon.
    pub renew: &'static str,
    /// A company that is not ours any more is connected still.
    pub still_connected: &'static str,
    pub disconnect: &'static str,
    pub read: fn(&str) -> String,
    pub never_read: &'static str,
    /// When it is read next.
    pub next: fn(&str) -> String,
    /// When it should have been.
    pub overdue: fn(&str) -> String,
    pub not_by_itself: &'static str,
    pub expired: fn(&str) -> String,
    pub writes: fn(bool) -> &'static str,
    /// The kind of place of the secret, in the contract's word.
    pub place: fn(&str) -> &'static str,
    pub what_to_do: &'static str,
    /// What Enter does, and whether there is something to copy.
    pub keys: fn(Option<&str>, bool) -> String,
}
