//! `mspdash vaults …`: names and counts, never an item.

use super::args::{Grant, ListVaults, Vaults};
use super::company::bare;
use super::desk::{Desk, End, intent, odd};
use super::table::{columns, name};
use crate::domain::error::Operation;
use crate::domain::id::VaultId;
use crate::domain::request::{Answer, Request};
use crate::domain::vault::Vault;
use serde::Serialize;

/// A vault in JSON.
#[derive(Serialize)]
struct VaultRecord<'a> {
    id: &'a str,
    name: &'a str,
    description: Option<&'a str>,
    item_count: u32,
    people_count: u32,
    /// The technician has access.
    has_access: bool,
}

impl<'a> From<&'a Vault> for VaultRecord<'a> {
    fn from(vault: &'a Vault) -> Self {
        Self {
            id: vault.id.as_str(),
            name: &vault.name,
            description: vault.description.as_deref(),
            item_count: vault.item_count,
            people_count: vault.people_count,
            has_access: vault.has_access,
        }
    }
}

pub(super) async fn run(command: &Vaults, desk: &mut Desk<'_>) -> Result<(), End> {
    match command {
        Vaults::List(args) => list(args, desk).await,
        Vaults::Grant(args) => grant(args, desk).await,
    }
}

async fn list(args: &ListVaults, desk: &mut Desk<'_>) -> Result<(), End> {
    let request = Request::Vaults(desk.company_id(&args.company).await?);
    let Answer::Vaults(vaults) = desk.ask(request).await? else { return Err(odd(Operation::LoadVaults)) };
    let records: Vec<VaultRecord<'_>> = vaults.iter().map(Into::into).collect();
    desk.show(args.format, &records, || table(&vaults))
}

async fn grant(args: &Grant, desk: &mut Desk<'_>) -> Result<(), End> {
    let (company, vault) = (desk.company_id(&args.company).await?, VaultId::new(&bare(&args.vault)));
    let request = Request::GrantVault { company, vault, key: intent() };
    let Answer::Vault(vault) = desk.change(request, args.write).await? else { return Err(odd(Operation::GrantVault)) };
    desk.show(args.write.format, &VaultRecord::from(&*vault), || table(std::slice::from_ref(&vault)))
}

fn table(vaults: &[Vault]) -> String {
    let row = |vault: &Vault| {
        [
            name(&vault.name),
            vault.item_count.to_string(),
            vault.people_count.to_string(),
            if vault.has_access { "yes" } else { "no" }.to_owned(),
            vault.id.to_string(),
        ]
    };
    columns(["VAULT", "ITEMS", "PEOPLE", "MY ACCESS", "ID"], &[1, 2], vaults.iter().map(row))
}
