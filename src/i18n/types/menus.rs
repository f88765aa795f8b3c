//! Menus, help, palette and the question before leaving.

use crate::domain::roster::Figure;
use crate::domain::theme::BuiltIn;

pub struct Menus {
    pub sort: &'static str,
    pub sort_keys: &'static str,
    pub filter: &'static str,
    pub filter_keys: fn(&str) -> String,
    pub any_attention: &'static str,
    pub known: &'static str,
    pub unknown: fn(Figure) -> &'static str,
    pub older: fn(i64) -> String,
    pub theme: &'static str,
    pub theme_keys: &'static str,
    pub theme_about: fn(BuiltIn) -> &'static str,
    /// One of the user's own, from its parent.
    pub theme_own: fn(BuiltIn) -> String,
    pub theme_no_colour: &'static str,
    pub theme_on_dark: &'static str,
    pub theme_on_light: &'static str,
    pub theme_on_unknown: &'static str,
    /// How it is there at every start, from its name.
    pub theme_keep: fn(&str) -> String,
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
