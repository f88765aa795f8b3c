//! The tab *People*.

use crate::app::features::people::{Group, PeopleCounts, PeopleDisabledReason};
use crate::domain::people::{PersonKind, PersonState};
use std::borrow::Cow;

pub struct People {
    pub menu_keys: &'static str,
    pub state: fn(&PersonState) -> Cow<'_, str>,
    pub kind: fn(&PersonKind) -> Cow<'_, str>,
    pub name: &'static str,
    pub status: &'static str,
    pub groups: &'static str,
    pub count: fn(usize, usize) -> String,
    pub loading: &'static str,
    pub empty: &'static str,
    pub since: fn(&str) -> String,
    pub no_groups: &'static str,
    /// The groups are not told, and the account type neither.
    pub groups_unknown: &'static str,
    /// Told by the address: a guess.
    pub possibly_technician: &'static str,
    /// How many there are, of which are active, suspended, otherwise, and look like technicians. Seats are an estimate.
    pub listed: fn([usize; 5]) -> String,
    pub group: fn(Group) -> &'static str,
    /// Only technicians are in the company.
    pub nobody_yet: fn(Option<&str>) -> String,
    pub filled: fn(&PeopleCounts) -> String,
    pub disagree: fn(u32, u32) -> String,
    pub technicians: &'static str,
    pub advanced: &'static str,
    pub effective: fn(bool, Option<bool>) -> &'static str,
    pub effective_full: fn(bool, Option<bool>) -> &'static str,
    pub found: fn(usize, usize) -> String,
    pub nobody: fn(&str) -> String,
    pub disabled: fn(&PeopleDisabledReason) -> String,
}
