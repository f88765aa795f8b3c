//! Screen 3: open recoveries over all companies, oldest first.

use super::remote::Remote;
use crate::domain::id::{CompanyId, UserId};
use crate::domain::recovery::Recovery;

/// The screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecoveriesPane {
    /// The recoveries, oldest first.
    pub list: Remote<Vec<Recovery>>,
    /// The recovery under the cursor.
    pub cursor: Option<(CompanyId, UserId)>,
}

impl RecoveriesPane {
    /// The recovery under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&Recovery> {
        let list = self.list.value()?;
        match &self.cursor {
            Some((company, user)) => list.iter().find(|it| it.company == *company && it.user == *user),
            None => list.first(),
        }
    }
}
