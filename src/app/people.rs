//! The tab *People*: what is searched there, what is asked before a change, and what is waited for.

use super::line::Line;
use crate::domain::id::CompanyKey;

/// The search of the tab.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeopleSearch {
    /// The line has the keys.
    pub open: bool,
    /// What is typed.
    pub line: Line,
}

/// A question before something is done to a person or a vault.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    /// The company.
    pub key: CompanyKey,
    /// Its name.
    pub company: String,
    /// *Do it* has the focus, not *Cancel*.
    pub go: bool,
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// The groups of a company.
    Groups(CompanyKey),
    /// A change of somebody.
    Change(CompanyKey),
    /// Open recoveries.
    Recoveries,
    /// The vaults of a company.
    Vaults(CompanyKey),
    /// Access to a vault.
    Grant(CompanyKey),
}

impl Wait {
    /// Whether it changes something on the server.
    #[must_use]
    pub fn writes(&self) -> bool {
        matches!(self, Self::Change(_) | Self::Grant(_))
    }
}
