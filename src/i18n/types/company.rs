//! One company: its tabs and the tab *Overview*.

use crate::app::features::overview::Field;
use crate::app::model::Tab;
use crate::domain::facts::FactSource;

pub struct Company {
    pub none: &'static str,
    pub none_hint: fn(&str, &str) -> String,
    pub gone_hint: fn(&str) -> String,
    pub gone: &'static str,
    pub tab: fn(Tab) -> &'static str,
    pub field: fn(Field) -> &'static str,
    pub seats: fn(u32, Option<u32>) -> String,
    pub limit: fn(&str) -> String,
    pub unknown: &'static str,
    /// Where a figure comes from, how long ago, and who says so.
    pub fact: fn(&FactSource, &str, Option<&str>) -> String,
    /// What a newer source says, and how it was observed.
    pub otherwise: fn(&str, &str) -> String,
    pub members_guests: fn(u32, u32) -> String,
    pub owners: fn(u32, u32) -> String,
    pub setup: fn(u32, u32) -> String,
    pub stalled: fn(&str) -> String,
    pub region_note: &'static str,
    pub recoveries: fn(u32) -> String,
    pub advanced: fn(bool, bool) -> &'static str,
    pub created: fn(&str) -> String,
    pub linked: fn(&str) -> String,
    pub never_launched: &'static str,
    pub unlinked: fn(&str, Option<&str>) -> String,
    pub trial: fn(&str, bool) -> String,
    pub nothing: &'static str,
    pub unknown_here: &'static str,
    pub unknown_here_hint: &'static str,
}
