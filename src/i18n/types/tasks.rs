//! Tasks in the web console: the panel, the list, and the steps in the words of 1Password's pages.

use crate::app::features::tasks::{TaskAct, TaskProblem};
use crate::domain::launch::Opening;
use crate::domain::task::{Outcome, Step, TaskKind, TaskState, Text, Verification};

pub struct Tasks {
    pub kind: fn(&TaskKind) -> std::borrow::Cow<'_, str>,
    pub state: fn(&TaskState) -> std::borrow::Cow<'_, str>,
    pub steps: &'static str,
    pub step: fn(Step) -> &'static str,
    /// What a text is, before it.
    pub text: fn(Text) -> &'static str,
    /// What a check found.
    pub found: fn(&Verification) -> String,
    /// The same, with what was observed when, in words.
    pub outcome: fn(&Outcome, Option<&str>) -> String,
    pub title: &'static str,
    /// Open, all that are shown.
    pub count: fn(usize, usize) -> String,
    pub loading: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    pub what: &'static str,
    pub company: &'static str,
    pub state_of: &'static str,
    pub by: &'static str,
    pub since: &'static str,
    /// When, at which moment, by whom.
    pub begun: fn(&str, &str, Option<&str>) -> String,
    /// The state, when it was done, who said so.
    pub ended: fn(&TaskState, Option<&str>, Option<&str>) -> String,
    pub list_keys: fn(&str, &str) -> String,
    /// What a kind is about, beside its company.
    pub about: fn(&TaskKind) -> &'static str,
    pub all_companies: &'static str,
    pub ask_hint: &'static str,
    pub ask_keys: fn(bool) -> &'static str,
    pub asking: &'static str,
    pub begin_hint: &'static str,
    pub begin_keys: &'static str,
    pub doing: fn(&TaskAct) -> &'static str,
    pub sending_keys: &'static str,
    pub problem: fn(TaskProblem) -> &'static str,
    pub no_steps: &'static str,
    pub reading: &'static str,
    /// Where it is done, and how that is said here.
    pub hint: &'static str,
    pub waits: &'static str,
    pub sign_in: &'static str,
    pub country: &'static str,
    pub opened: fn(Opening) -> &'static str,
    pub no_browser: &'static str,
    pub no_address: &'static str,
    pub nothing_to_copy: &'static str,
    /// Which text the key copies.
    pub key_copy: fn(Option<&str>) -> String,
    pub key_open: &'static str,
    pub key_verify: &'static str,
    pub key_done: &'static str,
    pub key_wait: &'static str,
    pub key_cancel: &'static str,
    /// Esc, as long as it is open, and after that.
    pub key_esc: fn(bool) -> &'static str,
    pub when: &'static str,
    pub when_hint: &'static str,
    pub declared_by: fn(&str) -> String,
    pub name_keys: &'static str,
    pub when_keys: &'static str,
    pub cancel_text: &'static str,
    pub keep: &'static str,
    pub cancel: &'static str,
    pub cancel_keys: &'static str,
}
