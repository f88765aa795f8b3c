//! Menus, help, palette and the question before leaving.

use crate::domain::roster::Figure;

pub struct Menus {
    pub sort: &'static str,
    pub sort_keys: &'static str,
    pub filter: &'static str,
    pub filter_keys: fn(&str) -> String,
    pub any_attention: &'static str,
    pub known: &'static str,
    pub unknown: fn(Figure) -> &'static str,
    pub older: fn(i64) -> String,
    pub views: &'static str,
    pub views_keys: &'static str,
    pub view_name: &'static str,
    pub view_name_keys: &'static str,
    pub columns: &'static str,
    pub columns_keys: fn(&str) -> String,
    pub found: &'static str,
    pub error: &'static str,
    pub history: &'static str,
    pub now: &'static str,
    pub trouble_keys: &'static str,
    pub leave: &'static str,
    pub leave_text: &'static str,
    pub leave_stay: &'static str,
    pub leave_go: &'static str,
    pub trademark: &'static str,
    pub too_small: &'static str,
    pub too_small_hint: fn(u16, u16) -> String,
    pub key_quit: fn(&str) -> String,
}
