//! Tasks in the web console: the panel, the list, and the steps in the words of 1Password's pages.

use crate::domain::task::{Step, TaskKind, TaskState, Text, Verification};

pub struct Tasks {
    pub kind: fn(&TaskKind) -> std::borrow::Cow<'_, str>,
    pub state: fn(&TaskState) -> std::borrow::Cow<'_, str>,
    pub steps: &'static str,
    pub step: fn(Step) -> &'static str,
    /// What a text is, before it.
    pub text: fn(Text) -> &'static str,
    /// What a check found.
    pub found: fn(&Verification) -> String,
}
