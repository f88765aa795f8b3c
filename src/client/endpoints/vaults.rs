//! The vaults of a company.

use super::prelude::*;
use crate::domain::vault::Vault;

list_endpoint!(ListVaults: wire::vault::Vault => Vault, "companies/{company}/vaults", company);

endpoint!(GrantVault: wire::vault::Vault => Vault, |request| {
    let ids = [request.company.as_str(), request.vault.as_str()];
    Call::post("companies/{company}/vaults/{vault}:grantAccess", &ids, &request.key)
});
