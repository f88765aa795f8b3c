//! Headings of the command line's tables.

pub struct Columns {
    /// Of a column by its key; `None` where the key itself says it.
    pub heading: fn(&str) -> Option<&'static str>,
    pub yes: &'static str,
    pub no: &'static str,
    /// In place of 0 owners, and of 0 who have joined.
    pub no_owner: &'static str,
    pub owner_invited: &'static str,
}
