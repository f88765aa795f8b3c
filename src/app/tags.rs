//! Tags being added or taken away, of one company or of many.

use super::line::Line;
use crate::domain::id::CompanyKey;

/// The dialog.
#[derive(Debug, Clone, PartialEq)]
pub struct TagsDialog {
    /// Of which companies.
    pub companies: Vec<CompanyKey>,
    /// What is typed.
    pub line: Line,
}
