//! Help.

pub struct Help {
    pub title: &'static str,
    /// With the keys down, up and search.
    pub keys: fn(&str, &str, &str) -> String,
    pub keys_searching: &'static str,
    pub here: &'static str,
    pub none: &'static str,
    /// How many commands fit.
    pub found: fn(&str) -> String,
    pub form_title: &'static str,
    pub form_keys: &'static str,
    /// Keys of a form, and what they do.
    pub form: &'static [(&'static str, &'static str)],
}
