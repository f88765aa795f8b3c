//! Vaults of a company: the list, access for oneself, and the way into one.

use crate::app::command::Command;
use crate::app::command::DisabledReason;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::effect::{Effect, Ticket};
use crate::app::features::company;
use crate::app::features::people::PeopleDisabledReason;
use crate::app::features::people::Wait;
use crate::app::features::{launch, people};
use crate::app::model::Model;
use crate::app::model::Pane;
use crate::app::model::Tab;
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::app::update::take_rows;
use crate::domain::alphabet;
use crate::domain::company::Company;
use crate::domain::error::{Error, Operation};
use crate::domain::id::CompanyKey;
use crate::domain::request::{Answer, ListVaults};
use crate::domain::vault::Vault;

/// The vault under the cursor in the tab *Vaults* of a company that we manage.
fn selected(model: &Model) -> Result<(CompanyKey, &Company, &Vault), DisabledReason> {
    let (key, company) = company::managed_company(model)?;
    let here = model.screen == Screen::Companies && model.pane == Pane::Company && model.tab == Tab::Vaults;
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
    let (key, company, vault) = selected(model)?;
    let granting = |pending: &PendingRequest| matches!(pending, PendingRequest::PeopleAction(Wait::Grant { key: of, vault: id, .. }) if *of == key && *id == vault.id);
    let advanced = company.advanced_permissions;
    match () {
        () if vault.has_access => Err(PeopleDisabledReason::HasAccess.into()),
        () if !advanced.allowed_by_company => Err(PeopleDisabledReason::AdvancedOff.into()),
        () if !advanced.granted_to_me => Err(PeopleDisabledReason::AdvancedNotGranted.into()),
        () if model.tickets.open().any(|(_, pending)| granting(pending)) => Err(DisabledReason::UnderWay),
        () => Ok(()),
    }
}

pub(in crate::app) fn view(ctx: &mut Ctx<'_>) {
    hold(ctx.model);
    if let Some(vault) = ctx.model.selected_vault().map(|vault| vault.id.clone()) {
        launch::ask_vault(ctx, vault);
    }
}

pub(in crate::app) fn grant(ctx: &mut Ctx<'_>) {
    hold(ctx.model);
    if let Some((id, name)) = ctx.model.selected_vault().map(|vault| (vault.id.clone(), vault.name.clone())) {
        people::open_vault(ctx.model, id, name);
    }
}

/// Asks for the vaults of the selected company, if what is there is not of its newest revision.
pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    use crate::app::features::company::{stale, supersede};
    let Some((key, etag)) = ctx.model.selected().map(|(key, company)| (key, company.etag.clone())) else { return };
    let details = ctx.model.details.entry(key.clone()).or_default();
    if !stale(&details.vaults, details.vaults_etag.as_ref(), &etag) {
        return;
    }
    details.vaults_etag = Some(etag);
    let ticket = ctx.model.tickets.issue(PendingRequest::PeopleAction(Wait::Vaults(key.clone())));
    supersede(&mut details.vaults, ticket, ctx.effects);
    ctx.effects.push(Effect::Call {
        ticket,
        profile: key.profile,
        request: ListVaults { company: key.company }.into(),
    });
}

pub(in crate::app) fn loaded(model: &mut Model, ticket: Ticket, key: &CompanyKey, result: Result<Answer, Error>) {
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
    model.rows.vault = vaults.and_then(|vaults| vaults.get(row)).map(|vault| vault.id.clone());
}

/// The vault that is first only as long as none was chosen becomes the chosen one.
fn hold(model: &mut Model) {
    if let Some(vault) = model.selected_vault().map(|vault| vault.id.clone()) {
        model.rows.vault = Some(vault);
    }
}
