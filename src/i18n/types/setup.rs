//! The tab *Setup* and the note on a step.

use crate::domain::setup::{Evidence, StepKind, StepState};
use std::borrow::Cow;

pub struct Setup {
    pub step: fn(&StepKind) -> Cow<'_, str>,
    pub explain: fn(&StepKind) -> &'static str,
    pub place: fn(&StepKind) -> &'static str,
    pub state: fn(&StepState) -> Cow<'_, str>,
    pub progress: fn(u32, u32) -> String,
    pub next: &'static str,
    pub reported: fn(&str, &str) -> String,
    pub not_reported: &'static str,
    pub derived: &'static str,
    pub evidence: fn(&Evidence) -> String,
    pub note: &'static str,
    pub where_: &'static str,
    pub loading: &'static str,
    pub empty: &'static str,
    pub saving: &'static str,
    pub complete: &'static str,
    pub menu_keys: fn(usize) -> String,
    pub now: &'static str,
    pub reopen: fn(&str) -> String,
    pub reopen_keep: &'static str,
    pub reopen_go: &'static str,
    pub reopen_keys: &'static str,
    pub note_title: fn(&str) -> String,
    pub note_keys: &'static str,
    pub note_asking: &'static str,
}
