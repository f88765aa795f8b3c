//! Screen 3, the open recoveries of all companies.

use crate::domain::people::PersonState;
use std::borrow::Cow;

pub struct Recoveries {
    pub title: &'static str,
    pub count: fn(usize) -> String,
    pub loading: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    pub person: &'static str,
    pub company: &'static str,
    pub stage: &'static str,
    pub since: &'static str,
    pub by: &'static str,
    pub can: &'static str,
    pub stage_long: fn(&PersonState) -> Cow<'_, str>,
    pub stage_short: fn(&PersonState) -> Cow<'_, str>,
    pub begun: fn(&str, &str, Option<&str>) -> String,
    pub recoverers: fn(u32) -> String,
}
