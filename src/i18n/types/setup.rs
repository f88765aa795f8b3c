//! The tab *Setup* and the note on a step.

use crate::domain::setup::{Evidence, Step, StepKind, StepState};
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
    /// What is reported and what is derived do not agree.
    pub contradiction: fn(&Step) -> String,
    pub evidence: fn(&Evidence) -> String,
    pub nothing_detected: &'static str,
    /// In capitals, before what is told of a step.
    pub label_state: &'static str,
    pub label_detected: &'static str,
    pub label_place: &'static str,
    pub label_marked: &'static str,
    pub label_note: &'static str,
    pub label_history: &'static str,
    pub label_how: &'static str,
    pub change: &'static str,
    pub open_it: &'static str,
    pub write_note: &'static str,
    /// How it is done, in a few lines.
    pub how: fn(&StepKind) -> &'static [&'static str],
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
