//! Screen 5 and the tab *Activity*.

use crate::domain::activity::Action;
use std::borrow::Cow;

pub struct Activity {
    pub title: &'static str,
    pub loading: &'static str,
    pub when: &'static str,
    pub exact: &'static str,
    pub who: &'static str,
    pub what: &'static str,
    pub company: &'static str,
    pub target: &'static str,
    pub action: fn(&Action) -> Cow<'_, str>,
    /// A place in a company, by the contract's word.
    pub place: fn(&str) -> Option<&'static str>,
    /// A field of a company, by the contract's name.
    pub field: fn(&str) -> Option<&'static str>,
    pub by: fn(&str) -> String,
    pub since: fn(&str) -> String,
    pub client: fn(&str) -> String,
    pub recorded_by_1password: &'static str,
    pub id: fn(&str) -> String,
    pub more: fn(&str, Option<&str>) -> String,
    pub loading_more: fn(&str) -> String,
    pub end: fn(&str, bool) -> String,
    /// An account is missing, so there may be more.
    pub so_far: fn(&str, bool) -> String,
    pub older_missing: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    pub no_match: &'static str,
    pub no_match_hint: fn(&str) -> String,
    pub menu: &'static str,
    pub menu_keys: fn(&str) -> String,
    pub actor: &'static str,
    pub this_company: fn(&str) -> String,
    pub any_action: &'static str,
}
