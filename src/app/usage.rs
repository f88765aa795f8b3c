//! Screen 4, the tab of the same name, and the curves in the list.

use super::remote::Remote;
use crate::domain::id::{CompanyId, CompanyKey};
use crate::domain::usage::{Overall, Period};

/// The screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UsagePane {
    /// The period; none is this month.
    pub period: Option<Period>,
    /// Everything in that period.
    pub all: Remote<Overall>,
    /// The company under the cursor of the table.
    pub cursor: Option<CompanyId>,
}

impl UsagePane {
    /// The company under the cursor of the table.
    #[must_use]
    pub fn selected(&self) -> Option<&CompanyId> {
        self.cursor.as_ref()
    }
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// Usage over all.
    All,
    /// Usage of a company.
    Company(CompanyKey),
    /// Curves of companies in the list.
    Curves,
}

/// A menu of the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum UsageMenu {
    /// Which month.
    Period {
        /// The row under the cursor.
        cursor: usize,
    },
    /// Which order.
    Sort {
        /// The row under the cursor.
        cursor: usize,
    },
}
