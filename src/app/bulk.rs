//! One thing done to many companies: every name listed first, ready ones apart from blocked ones, one result each.

use crate::domain::id::CompanyKey;

/// What is done to many.
#[derive(Debug, Clone, PartialEq)]
pub struct Bulk {
    /// The companies, in the order of the list.
    pub companies: Vec<CompanyKey>,
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// One company of the many.
    Item(CompanyKey),
}
