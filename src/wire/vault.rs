//! Vaults.

use super::{Lacking, lenient, owned, some_text};
use crate::domain::id::VaultId;
use crate::domain::vault;
use serde::{Deserialize, Serialize};

/// A vault, as the contract writes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vault {
    /// 26 characters `[A-Z2-7]`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// `…/companies/{company}/vaults/{id}`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub path: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, deserialize_with = "lenient::count")]
    pub item_count: u32,
    #[serde(default, deserialize_with = "lenient::count")]
    pub people_count: u32,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub has_access: bool,
}

impl TryFrom<Vault> for vault::Vault {
    type Error = Lacking;

    fn try_from(wire: Vault) -> Result<Self, Lacking> {
        if wire.id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            id: VaultId::new(&wire.id),
            name: owned(wire.name),
            description: some_text(wire.description),
            item_count: wire.item_count,
            people_count: wire.people_count,
            has_access: wire.has_access,
        })
    }
}
