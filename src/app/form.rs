//! The form for a new company and for a change of one: fields that parse as one types, and keep every character
//! when saving fails.

use super::line::Line;
use crate::domain::id::CompanyKey;

/// The form.
#[derive(Debug, Clone, PartialEq)]
pub struct CompanyForm {
    /// Of which company; none for a new one.
    pub key: Option<CompanyKey>,
    /// The name.
    pub name: Line,
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// The company is being saved.
    Save(Option<CompanyKey>),
}

impl Wait {
    /// Whether it changes something on the server.
    #[must_use]
    pub fn writes(&self) -> bool {
        true
    }
}
