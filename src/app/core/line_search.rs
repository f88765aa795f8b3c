//! The search of what is shown: a line, typed into or kept.

use crate::app::core::text_input::TextInput;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineSearch {
    /// Letters go into it.
    pub open: bool,
    pub line: TextInput,
}

impl LineSearch {
    /// There is one, typed into or kept.
    pub fn there(&self) -> bool {
        self.open || !self.line.text().is_empty()
    }
}
