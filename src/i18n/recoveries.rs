//! Screen 3, and what is done to people.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

mod de;
mod en;

use crate::app::features::people::{Act, Done, Group, PeopleCounts, PeopleDisabledReason, Said, Warning};
use crate::domain::people::PersonState;
use crate::domain::recovery::PersonAct;
use std::borrow::Cow;

pub(super) use de::DE;
pub(super) use en::EN;

pub struct Recoveries {
    pub title: &'static str,
    pub count: fn(usize) -> String,
    pub loading: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    /// Of the tab: only technicians are in the company.
    pub nobody_yet: fn(Option<&str>) -> String,
    pub person: &'static str,
    pub company: &'static str,
    pub stage: &'static str,
    pub since: &'static str,
    pub by: &'static str,
    pub can: &'static str,
    pub waits: fn(&PersonState) -> Cow<'_, str>,
    pub waits_short: fn(&PersonState) -> Cow<'_, str>,
    pub begun: fn(&str, &str, Option<&str>) -> String,
    pub recoverers: fn(u32) -> String,
    pub ask: Ask,
    pub tab: Tab,
    pub hindered: fn(&PeopleDisabledReason) -> String,
    pub said: fn(&Said) -> String,
}

/// The question before something is done.
pub struct Ask {
    pub question: fn(&Act, &str) -> String,
    pub means: fn(&Act) -> &'static str,
    pub go: fn(&Act) -> &'static str,
    pub group: fn(Group) -> &'static str,
    pub warning: fn(Warning, &Act) -> &'static str,
    pub changed: &'static str,
    pub look_again: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
    pub sending: &'static str,
    pub keys: &'static str,
    pub keys_choice: &'static str,
    pub keys_hindered: &'static str,
    pub keys_sending: &'static str,
}

/// What the tab *People* says beside its table.
pub struct Tab {
    pub filled: fn(&PeopleCounts) -> String,
    pub disagree: fn(u32, u32) -> String,
    pub technicians: &'static str,
    pub advanced: &'static str,
    pub effective: fn(bool, Option<bool>) -> &'static str,
    pub effective_full: fn(bool, Option<bool>) -> &'static str,
    pub found: fn(usize, usize) -> String,
    pub nobody: fn(&str) -> String,
}

/// What an act comes to, for texts that do not tell first from later stages apart.
fn act_of(act: &Act) -> Option<Done> {
    act.done()
}

/// Whether an act begins or completes a recovery; the others may take the power to recover away.
fn is_recovery(act: &Act) -> bool {
    matches!(act, Act::Change(PersonAct::BeginRecovery | PersonAct::CompleteRecovery))
}
