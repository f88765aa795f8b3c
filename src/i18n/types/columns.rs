//! Headings of the command line's tables.

pub struct Columns {
    /// Of a column by its key; `None` where the key itself says it.
    pub heading: fn(&str) -> Option<&'static str>,
    pub yes: &'static str,
    pub no: &'static str,
}
