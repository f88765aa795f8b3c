//! The cards of the overview.

use crate::app::features::overview::Card;
use crate::app::features::people::PeopleCounts;

pub struct Overview {
    pub card: fn(Card) -> &'static str,
    /// The same in capitals, in the pane: ten cells at most.
    pub heading: fn(Card) -> &'static str,
    pub nothing_to_do: &'static str,
    /// Of a company of which much is not known.
    pub nothing_known_to_do: &'static str,
    pub owners_ok: fn(u32) -> String,
    pub no_recovery: &'static str,
    /// The change with its sign, the first day.
    pub since: fn(&str, &str) -> String,
    pub peak: fn(&str) -> String,
    /// Net usage so far, its projection.
    pub billed: fn(&str, Option<&str>) -> String,
    pub owners: &'static str,
    pub admins: &'static str,
    /// When the trial would end.
    pub unlinkable: fn(&str) -> String,
    pub not_unlinkable: &'static str,
    pub can_recover: fn(usize) -> String,
    pub advanced: fn(&str) -> String,
    pub people: fn(&PeopleCounts) -> String,
    pub recovering: &'static str,
    pub to_confirm: &'static str,
    pub invited: &'static str,
    pub open: fn(&str) -> String,
    pub events: fn(&str, bool) -> String,
    pub no_events: &'static str,
    pub loading: &'static str,
    pub not_loaded: &'static str,
}
