//! Screen 1, the list of companies.

use crate::domain::company::CompanyState;
use crate::domain::roster::Column;
use std::borrow::Cow;

pub struct Companies {
    pub title: &'static str,
    pub of: fn(usize, usize) -> String,
    pub company: &'static str,
    pub status: &'static str,
    pub seats: &'static str,
    pub setup: &'static str,
    pub owners: &'static str,
    pub attention: &'static str,
    pub invited: fn(u32) -> String,
    pub column: fn(Column) -> &'static str,
    pub filter_status: &'static str,
    pub filter_attention: &'static str,
    pub filter_tag: &'static str,
    pub loading: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    pub own_hint: &'static str,
    pub own_by_import: fn(&str) -> String,
    pub own_by_hand: fn(&str) -> String,
    pub own_by_script: &'static str,
    pub sample_hint: &'static str,
    pub no_match: fn(&str) -> String,
    pub no_match_hint: fn(&str, &str) -> String,
    pub no_match_clear: fn(&str) -> String,
    pub no_match_filter: &'static str,
    pub trial_until: fn(&str) -> String,
    pub trial_ended: fn(&str) -> String,
    pub search_keys: &'static str,
    pub state: fn(&CompanyState) -> Cow<'_, str>,
}
