//! Vaults of a company, as a technician sees them: names and counts, never an item (support page *technician
//! permissions*).

use super::id::VaultId;
use serde::Serialize;

/// One vault (contract: `GET companies/{id}/vaults`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Vault {
    /// Unique within the company.
    pub id: VaultId,
    pub name: String,
    pub description: Option<String>,
    pub item_count: u32,
    pub people_count: u32,
    /// The technician has access. To give it to oneself needs effective *Advanced* permission.
    pub has_access: bool,
}
