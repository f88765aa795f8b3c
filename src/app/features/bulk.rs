//! Many companies at once: marks, the dialog that lists every name, and one result each.

mod go;
mod review;
mod state;
mod tags;

pub use state::*;

pub(in crate::app) use go::{on_answer, on_opened};
pub use review::CHOICES;
pub(in crate::app) use tags::on_tags;

use crate::app::command::{Command, DisabledReason};
use crate::app::core::selection::Movement;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::features::{companies, company, copy, unlink};
use crate::app::model::Model;
use crate::domain::company::Company;
use crate::domain::id::CompanyKey;
use crate::domain::intent::Intent;
use crate::domain::text::as_seen;
use std::collections::BTreeMap;

/// In the list, with something to mark in it.
pub(in crate::app) fn can_mark(model: &Model) -> Result<(), DisabledReason> {
    on_list(model)?;
    company::selected(model)
}

pub(in crate::app) fn can_mark_all(model: &Model) -> Result<(), DisabledReason> {
    on_list(model)?;
    if model.roster.shown().is_empty() { Err(DisabledReason::NothingHere) } else { Ok(()) }
}

fn on_list(model: &Model) -> Result<(), DisabledReason> {
    let on_list = model.list_in_front();
    if on_list { Ok(()) } else { Err(DisabledReason::OnlyInList) }
}

pub(in crate::app) fn any_marked(model: &Model) -> Result<(), DisabledReason> {
    if model.marks.is_empty() { Err(DisabledReason::NothingMarked) } else { Ok(()) }
}

pub(in crate::app) fn open_tags(ctx: &mut Ctx<'_>) {
    tags::open(ctx.model);
}

pub(in crate::app) fn unmark(ctx: &mut Ctx<'_>) {
    ctx.model.marks.clear();
}

pub(in crate::app) fn launch(ctx: &mut Ctx<'_>) {
    review::begin(ctx, Command::Launch);
}

pub(in crate::app) fn change_step(ctx: &mut Ctx<'_>) {
    review::begin(ctx, Command::ToggleStep);
}

/// Of a single one, its name is typed instead of the count.
pub(in crate::app) fn unlink(ctx: &mut Ctx<'_>) {
    if let [(key, name)] = marked(ctx.model).as_slice() {
        return unlink::open_for(ctx, key.clone(), name.clone());
    }
    review::begin(ctx, Command::Unlink);
}

/// The names of the marked companies, one on each line.
pub(in crate::app) fn copy_names(ctx: &mut Ctx<'_>) {
    let names: Vec<String> = marked(ctx.model).into_iter().map(|(_, name)| name).collect();
    copy::copy(ctx, names.join("\n"));
}

pub(in crate::app) fn copy_ids(ctx: &mut Ctx<'_>) {
    let ids: Vec<String> = marked(ctx.model).into_iter().map(|(key, _)| key.company.to_string()).collect();
    copy::copy(ctx, ids.join("\n"));
}

/// Marks the company under the cursor, or takes its mark away, and goes on to the next row.
pub(in crate::app) fn mark(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let Some(key) = model.list.selection.key.clone() else { return };
    if !model.marks.remove(&key) {
        model.marks.insert(key);
    }
    companies::step(model, Movement::Down);
}

pub(in crate::app) fn mark_all(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let keys: Vec<CompanyKey> = model.roster.shown().iter().filter_map(|row| model.roster.key(*row)).collect();
    model.marks.extend(keys);
}

/// Marks of companies that are gone mark nothing.
pub(in crate::app) fn forget_gone(model: &mut Model) {
    if !model.marks.is_empty() {
        let roster = &model.roster;
        model.marks.retain(|key| roster.contains(key));
    }
}

/// The marked companies by name, shown or not.
pub(in crate::app) fn marked(model: &Model) -> Vec<(CompanyKey, String)> {
    let all = model.roster.rows().filter(|(_, key)| model.marks.contains(key));
    all.filter_map(|(row, _)| model.roster.read(row)).map(|(key, company)| (key, company.name)).collect()
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let companies = marked(model).into_iter().map(|(key, name)| (key, name, Vec::new())).collect();
    let items = items(model, companies);
    model.overlays.open(bulk(Stage::Choose, None, items));
}

fn bulk(stage: Stage, act: Option<Act>, items: Vec<Item>) -> Bulk {
    Bulk { stage, act, items, cursor: 0, scroll: 0, focus: Focus::Cancel, line: TextInput::default(), stopping: false }
}

/// The companies as they are called now, with what tells each from others of its name.
fn items(model: &mut Model, companies: Vec<(CompanyKey, String, Vec<String>)>) -> Vec<Item> {
    let mut told: BTreeMap<CompanyKey, String> = model.roster.told_apart(companies.iter().map(|(key, ..)| key));
    let mut item = |(key, had, tags): (CompanyKey, String, Vec<String>)| {
        let intent = Intent::new(model.new_intent());
        let company = model.roster.get(&key);
        let name = company.map_or(had, |company| company.name.clone());
        let known_by = company.into_iter().flat_map(Company::known_by).map(ToOwned::to_owned).collect();
        Item { told: told.remove(&key), key, name, known_by, how: How::Ready, etag: None, tags, intent }
    };
    companies.into_iter().map(&mut item).collect()
}

/// The name that the company of an item has by now, if it looks another than the one that was reviewed.
fn renamed(item: &Item, name: &str) -> Option<Block> {
    (as_seen(&item.name) != as_seen(name)).then(|| Block::Renamed(name.to_owned()))
}

/// Shows every name, what is ready apart from what is not, before anything happens.
pub(in crate::app) fn review(model: &mut Model, act: &Act, companies: Vec<(CompanyKey, String, Vec<String>)>) -> Bulk {
    let items = items(model, companies);
    let mut dialog = bulk(Stage::Review, Some(act.clone()), items);
    for item in &mut dialog.items {
        item.how = standing(model, act, item);
    }
    dialog
}

/// How a company stands before anything was asked of the server.
fn standing(model: &Model, act: &Act, item: &Item) -> How {
    let Some(company) = model.roster.get(&item.key) else { return How::Blocked(Block::Gone) };
    if let Err(why) = review::command(act).permitted_in(model, &item.key.profile) {
        return How::Blocked(Block::NotPermitted(why));
    }
    if let Some(block) = renamed(item, &company.name) {
        return How::Blocked(block);
    }
    let unlinked = !company.state.managed();
    match act {
        Act::Launch | Act::Setup { .. } | Act::Unlink if unlinked => How::Blocked(Block::Unlinked),
        Act::Unlink => How::Unchecked,
        Act::Tags { add, remove }
            if crate::app::features::tags::changed(&company.tags, add, remove) == company.tags =>
        {
            How::Blocked(Block::AlreadySo)
        }
        Act::Snooze { .. } if !company.can_be_snoozed() => How::Blocked(Block::NoAttention),
        Act::Snooze { days: 0, .. } if company.snooze_until.is_none() => How::Blocked(Block::AlreadySo),
        Act::Restore if company.tags == item.tags => How::Blocked(Block::AlreadySo),
        _ => How::Ready,
    }
}
