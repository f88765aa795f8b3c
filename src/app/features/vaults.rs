//! Vaults of a company: the list, access for oneself, and the way into one.

use crate::app::command::{Command, DisabledReason};
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::effect::Ticket;
use crate::app::features::people::{PeopleDisabledReason, PeopleRequest};
use crate::app::features::{company, launch, people, tasks};
use crate::app::model::{Model, Tab};
use crate::app::tickets::PendingRequest;
use crate::app::update::take_rows;
use crate::domain::alphabet;
use crate::domain::company::Company;
use crate::domain::error::{Error, Operation};
use crate::domain::id::{CompanyKey, Etag};
use crate::domain::request::{Answer, ListVaults, Request};
use crate::domain::task::TaskKind;
use crate::domain::vault::Vault;

/// The vault under the cursor in the tab *Vaults* of a company that we manage.
fn selected(model: &Model) -> Result<(CompanyKey, &Company, &Vault), DisabledReason> {
    let (key, company) = company::managed_company(model)?;
    let here = model.company_in_front() && model.tab == Tab::Vaults;
    let vault = model.selected_vault().filter(|_| here).ok_or(PeopleDisabledReason::NoVault)?;
    Ok((key, company, vault))
}

pub(in crate::app) fn can_view(model: &Model) -> Result<(), DisabledReason> {
    let (key, _, vault) = selected(model)?;
    if !vault.has_access {
        let key = model.options.keymap.keys(Command::GrantVault).first().map(ToString::to_string);
        let key = key.unwrap_or_else(|| Command::GrantVault.row().id.to_owned());
        return Err(PeopleDisabledReason::NoAccess(key).into());
    }
    if model.tickets.launching(&key) { Err(DisabledReason::UnderWay) } else { Ok(()) }
}

pub(in crate::app) fn can_grant(model: &Model) -> Result<(), DisabledReason> {
    if let Ok((key, _)) = company::managed_company(model)
        && model.guided(&key.profile)
    {
        return Ok(());
    }
    let (key, company, vault) = selected(model)?;
    let granting = |pending: &PendingRequest| matches!(pending, PendingRequest::PeopleAction(PeopleRequest::Grant { key: of, vault: id, .. }) if *of == key && *id == vault.id);
    let advanced = company.advanced_permissions.unwrap_or_default();
    match () {
        () if vault.has_access => Err(PeopleDisabledReason::HasAccess.into()),
        () if !advanced.allowed_by_company => Err(PeopleDisabledReason::AdvancedOff.into()),
        () if !advanced.granted_to_me => Err(PeopleDisabledReason::AdvancedNotGranted.into()),
        () if model.tickets.open().any(|(_, pending)| granting(pending)) => Err(DisabledReason::UnderWay),
        () => Ok(()),
    }
}

pub(in crate::app) fn view(ctx: &mut Ctx<'_>) {
    keep_selected(ctx.model);
    if let Some(vault) = ctx.model.selected_vault().map(|vault| vault.id.clone()) {
        launch::ask_vault(ctx, vault);
    }
}

pub(in crate::app) fn grant(ctx: &mut Ctx<'_>) {
    keep_selected(ctx.model);
    if let Some((key, _)) = ctx.model.selected()
        && ctx.model.guided(&key.profile)
    {
        let proposed = ctx.model.selected_vault().map(|vault| vault.name.clone()).unwrap_or_default();
        return tasks::ask_about(ctx.model, vec![TaskKind::Vault], key, &proposed);
    }
    if let Some((id, name)) = ctx.model.selected_vault().map(|vault| (vault.id.clone(), vault.name.clone())) {
        people::open_vault(ctx.model, id, name);
    }
}

pub(in crate::app) fn load(ctx: &mut Ctx<'_>, key: &CompanyKey, etag: &Etag) {
    let pending = PendingRequest::PeopleAction(PeopleRequest::Vaults(key.clone()));
    company::load(
        ctx,
        key,
        etag,
        |details| &mut details.vaults,
        pending,
        Request::ListVaults(ListVaults { company: key.company.clone() }),
    );
}

pub(in crate::app) fn on_list(model: &mut Model, ticket: Ticket, key: &CompanyKey, result: Result<Answer, Error>) {
    let (vaults, left_out) = take_rows::<Vec<Vault>>(Operation::LoadVaults, result);
    let vaults = vaults.map(in_order);
    if let Some(details) = model.details.get_mut(key)
        && details.vaults.settle(ticket, model.now, vaults)
    {
        details.vaults.leave_out(left_out);
    }
}

/// By name.
fn in_order(mut vaults: Vec<Vault>) -> Vec<Vault> {
    vaults.sort_by_cached_key(|vault| (alphabet::key(&vault.name), vault.id.clone()));
    vaults
}

/// Puts the vault as the server answered into the list, in its place.
pub(in crate::app) fn show(model: &mut Model, key: &CompanyKey, vault: Vault) {
    let Some(vaults) = model.details.get_mut(key).and_then(|details| details.vaults.value_mut()) else { return };
    vaults.retain(|other| other.id != vault.id);
    vaults.push(vault);
    *vaults = in_order(std::mem::take(vaults));
}

pub(in crate::app) fn step(model: &mut Model, movement: Movement) {
    let vaults = model.selected_details().and_then(|details| details.vaults.value());
    let len = vaults.map_or(0, Vec::len);
    let row = movement.apply_from(model.vault_row(), 0, len, model.page());
    let vault = vaults.and_then(|vaults| vaults.get(row)).map(|vault| vault.id.clone());
    model.rows.vault.put(row, vault);
}

/// The vault that is first only as long as none was chosen becomes the chosen one.
fn keep_selected(model: &mut Model) {
    if let Some(vault) = model.selected_vault().map(|vault| vault.id.clone()) {
        model.rows.vault.put(0, Some(vault));
    }
}
