//! Many companies at once: marks, the dialog that lists every name, and one result each.

mod export;
mod go;
mod review;
mod tags;

pub(super) use go::{answered, opened};
pub(super) use review::dialog;
pub use review::{CHOICES, states};
pub(super) use tags::{dialog as tags, saved as tags_saved};

use super::list;
use crate::app::bulk::{Act, Block, Bulk, Focus, How, Item, Stage};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::line::Line;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::domain::company::CompanyState;
use crate::domain::id::CompanyKey;

pub(super) fn exported(model: &mut Model, count: usize, result: Result<String, crate::domain::trouble::Trouble>) {
    export::written(model, count, result);
}

pub(super) fn run(model: &mut Model, command: Command, out: &mut Vec<Effect>) {
    match command {
        Command::Mark => mark(model),
        Command::MarkAll => mark_all(model),
        Command::Unmark => model.marks.clear(),
        Command::Bulk => open(model),
        Command::Export => export::run(model, out),
        Command::Tag => tags::open(model),
        _ => {}
    }
}

/// Marks the company under the cursor, or takes its mark away, and goes on to the next row.
fn mark(model: &mut Model) {
    let Some(key) = model.list.cursor.clone() else { return };
    if !model.marks.remove(&key) {
        model.marks.insert(key);
    }
    list::step(model, Command::Down);
}

fn mark_all(model: &mut Model) {
    let keys: Vec<CompanyKey> = model.roster.shown().iter().filter_map(|row| model.roster.key(*row)).collect();
    model.marks.extend(keys);
}

/// Marks of companies that are gone mark nothing.
pub(super) fn forget_gone(model: &mut Model) {
    if !model.marks.is_empty() {
        let roster = &model.roster;
        model.marks.retain(|key| roster.contains(key));
    }
}

/// The marked companies by name, shown or not.
pub(super) fn marked(model: &Model) -> Vec<(CompanyKey, String)> {
    let all = model.roster.rows().filter(|(_, key)| model.marks.contains(key));
    all.filter_map(|(row, _)| model.roster.read(row)).map(|(key, company)| (key, company.name)).collect()
}

fn open(model: &mut Model) {
    let items = marked(model).into_iter().map(|(key, name)| item(model, key, name, Vec::new())).collect();
    model.overlays.push(Overlay::Bulk(Box::new(bulk(Stage::Choose, None, items))));
}

fn bulk(stage: Stage, act: Option<Act>, items: Vec<Item>) -> Bulk {
    Bulk { stage, act, items, cursor: 0, scroll: 0, focus: Focus::Cancel, line: Line::default(), stopping: false }
}

fn item(model: &mut Model, key: CompanyKey, name: String, tags: Vec<String>) -> Item {
    let intent = super::intent(model);
    Item { key, name, how: How::Ready, etag: None, tags, intent }
}

/// Shows every name, what is ready apart from what is not, before anything happens.
pub(super) fn review(model: &mut Model, act: &Act, companies: Vec<(CompanyKey, String, Vec<String>)>) {
    let items = companies.into_iter().map(|(key, name, tags)| item(model, key, name, tags)).collect();
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
    let unlinked = company.state == CompanyState::Unlinked;
    match act {
        Act::Launch | Act::Setup { .. } | Act::Unlink if unlinked => How::Blocked(Block::Unlinked),
        Act::Unlink => How::Unchecked,
        Act::Tags { add, remove } if crate::app::tags::changed(&company.tags, add, remove) == company.tags => {
            How::Blocked(Block::AlreadySo)
        }
        Act::Restore if company.tags == item.tags => How::Blocked(Block::AlreadySo),
        _ => How::Ready,
    }
}

pub(super) fn paste(model: &mut Model, text: &str) {
    match model.overlays.last_mut() {
        Some(Overlay::Bulk(bulk)) if bulk.stage == Stage::Review && bulk.focus == Focus::Count => bulk.line.paste(text),
        Some(Overlay::Tags(dialog)) if !dialog.sending => dialog.line.paste(text),
        _ => {}
    }
}
