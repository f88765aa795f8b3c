//! The tab *Vaults*.

pub struct Vaults {
    pub title: &'static str,
    pub name: &'static str,
    pub items: &'static str,
    pub people: &'static str,
    pub access: &'static str,
    pub has_access: fn(bool) -> &'static str,
    pub count: fn(usize, usize) -> String,
    pub loading: &'static str,
    pub empty: &'static str,
    /// Whether the company allows it, and whether the MSP granted it.
    pub advanced: fn(bool, bool) -> &'static str,
    /// The key that gives access, and the one that views.
    pub hint: fn(bool, &str) -> String,
    pub question: fn(&str) -> String,
    pub means: &'static str,
    pub go: &'static str,
}
