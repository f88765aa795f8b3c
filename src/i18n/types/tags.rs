//! The dialog in which tags are edited.

pub struct Tags {
    pub title: fn(&str) -> String,
    pub many: fn(u64) -> String,
    pub single_hint: &'static str,
    pub many_hint: &'static str,
    pub keys: &'static str,
    pub many_keys: &'static str,
    pub asking: &'static str,
    pub saving: &'static str,
}
