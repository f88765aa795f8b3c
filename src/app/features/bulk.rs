//! Many companies at once: marks, the dialog that lists every name, and one result each.

mod go;
mod review;
mod state;
mod tags;

pub use state::*;

pub(in crate::app) use go::{answered, opened};
pub use review::CHOICES;
pub(in crate::app) use review::dialog;
pub(in crate::app) use tags::{dialog as tags, saved as tags_saved};

use crate::app::command::Command;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::features::companies;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::domain::company::Company;
use crate::domain::id::CompanyKey;
use crate::domain::intent::Intent;
use crate::domain::text::as_seen;
use std::collections::BTreeMap;

pub(in crate::app) fn run(ctx: &mut Ctx<'_>, command: Command) {
    match command {
        Command::Mark => mark(ctx.model),
        Command::MarkAll => mark_all(ctx.model),
        Command::Unmark => ctx.model.marks.clear(),
        Command::Bulk => open(ctx.model),
        Command::Export => crate::app::features::export::open(ctx.model),
        Command::Tag => tags::open(ctx.model),
        Command::Snooze => crate::app::features::attention::ask(ctx.model, marked(ctx.model)),
        Command::Copy | Command::CopyId => copy(ctx, command),
        // Of a single one, its name is typed instead of the count.
        Command::Unlink if ctx.model.marks.len() == 1 => {
            if let Some((key, name)) = marked(ctx.model).pop() {
                crate::app::features::unlink::open_for(ctx, key, name);
            }
        }
        Command::Launch | Command::Unlink | Command::ToggleStep => {
            open(ctx.model);
            review::first_choice(ctx, command);
        }
        _ => {}
    }
}

/// Names or ids of the marked companies, one on each line.
fn copy(ctx: &mut Ctx<'_>, command: Command) {
    let marked = marked(ctx.model);
    let line = |(key, name): &(CompanyKey, String)| {
        if command == Command::Copy { name.clone() } else { key.company.to_string() }
    };
    let lines: Vec<String> = marked.iter().map(line).collect();
    crate::app::features::copy::copy(ctx, lines.join("\n"));
}

/// Marks the company under the cursor, or takes its mark away, and goes on to the next row.
fn mark(model: &mut Model) {
    let Some(key) = model.list.cursor.clone() else { return };
    if !model.marks.remove(&key) {
        model.marks.insert(key);
    }
    companies::step(model, Command::Down);
}

fn mark_all(model: &mut Model) {
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

fn open(model: &mut Model) {
    let companies = marked(model).into_iter().map(|(key, name)| (key, name, Vec::new())).collect();
    let items = items(model, companies);
    model.overlays.push(Overlay::Bulk(Box::new(bulk(Stage::Choose, None, items))));
}

fn bulk(stage: Stage, act: Option<Act>, items: Vec<Item>) -> Bulk {
    Bulk { stage, act, items, cursor: 0, scroll: 0, focus: Focus::Cancel, line: TextInput::default(), stopping: false }
}

/// The companies as they are called now, with what tells each from others of its name.
fn items(model: &mut Model, companies: Vec<(CompanyKey, String, Vec<String>)>) -> Vec<Item> {
    let mut told: BTreeMap<CompanyKey, String> = model.roster.told_apart(companies.iter().map(|(key, ..)| key));
    let mut item = |(key, had, tags): (CompanyKey, String, Vec<String>)| {
        let intent = Intent::new(crate::app::update::intent(model));
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
pub(in crate::app) fn review(model: &mut Model, act: &Act, companies: Vec<(CompanyKey, String, Vec<String>)>) {
    let items = items(model, companies);
    let mut dialog = bulk(Stage::Review, Some(act.clone()), items);
    for item in &mut dialog.items {
        item.how = standing(model, act, item);
    }
    model.overlays.push(Overlay::Bulk(Box::new(dialog)));
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

pub(in crate::app) fn paste(model: &mut Model, text: &str) {
    match model.overlays.last_mut() {
        Some(Overlay::Bulk(bulk)) if bulk.stage == Stage::Review && bulk.focus == Focus::Count => bulk.line.paste(text),
        Some(Overlay::Tags(dialog)) if !dialog.sending => dialog.line.paste(text),
        _ => {}
    }
}
