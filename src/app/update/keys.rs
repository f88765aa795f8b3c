//! A key goes to the top dialog, else to the search line, else to the command that it means here.

use crate::app::command::{Command, Keymap, Place};
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::bulk::Stage;
use crate::app::features::companies;
use crate::app::features::errors;
use crate::app::features::help;
use crate::app::features::palette;
use crate::app::features::quit;
use crate::app::features::{accounts, activity, attention, bulk, export, form, links, people, setup, unlink, usage};
use crate::app::focus::{Focus, below, focus, types_text};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::Overlay;

pub(in crate::app) fn key(ctx: &mut Ctx<'_>, key: Key) {
    // Two keys keep their meaning everywhere: a terminal user expects them to work in any state.
    if key == Key::ctrl('z') {
        ctx.effects.push(Effect::Suspend);
        return;
    }
    if key == Key::ctrl('c') {
        cancel(ctx);
        return;
    }
    if asks_for_help(ctx.model, key) {
        crate::app::update::run(ctx, Command::Help);
        return;
    }
    if let Some(search) = leaves_for_search(ctx.model, key) {
        to_search(ctx, search);
        return;
    }
    to_focus(ctx, key);
}

fn to_focus(ctx: &mut Ctx<'_>, key: Key) {
    match focus(ctx.model) {
        Focus::Overlay => overlay(ctx, key),
        Focus::Search => crate::app::features::companies::search_key(ctx, key),
        Focus::PeopleSearch => people::search_key(ctx, key),
        place => {
            if let Some(command) = ctx.model.options.keymap.command(place.places(), key) {
                crate::app::update::run(ctx, command);
            }
        }
    }
}

/// ctrl-c takes the layer in front away, as Esc does; only where none is, it ends the program.
fn cancel(ctx: &mut Ctx<'_>) {
    match (focus(ctx.model), ctx.model.overlays.last()) {
        // Who is asked whether to leave, and asks for it once more, leaves.
        (Focus::List, _) | (_, Some(Overlay::Leave { .. })) => quit::quit(ctx),
        // Esc does nothing before the answer is there: without this, nothing would lead out of the program either.
        (_, Some(overlay)) if overlay.held() => {
            if ctx.model.tickets.saving() {
                quit::quit(ctx);
            }
        }
        (Focus::Company(_) | Focus::Screen(_), _) => crate::app::update::run(ctx, Command::Back),
        _ => to_focus(ctx, Key::plain(Code::Esc)),
    }
}

/// The command behind a key that searches, pressed in a menu or dialog without a line of its own: what is typed next
/// is meant as text, and must neither answer a question nor, should a letter close the dialog, run as commands.
fn leaves_for_search(model: &Model, key: Key) -> Option<Command> {
    let top = model.overlays.last()?;
    // What runs is not left by a slip of the hand, and none of its letters does more than scroll.
    if top.running() || top.types_text() || Movement::of(key, true).is_some() {
        return None;
    }
    let places = match below(model).places() {
        [] => &[Place::Anywhere],
        places => places,
    };
    let command = model.options.keymap.command(places, key)?;
    matches!(command, Command::Search | Command::FindPerson).then_some(command)
}

/// Leaves dialogs up to one with a line of its own; behind the last of them it searches.
fn to_search(ctx: &mut Ctx<'_>, search: Command) {
    while ctx.model.overlays.last().is_some_and(|overlay| !overlay.types_text() && !overlay.running()) {
        ctx.model.overlays.pop();
    }
    if ctx.model.overlays.is_empty() && !types_text(ctx.model) {
        crate::app::update::run(ctx, search);
    }
}

/// Help is one key away in every state; where letters are text, by the key of its own that is none (F1).
fn asks_for_help(model: &Model, key: Key) -> bool {
    let open = matches!(model.overlays.last(), Some(Overlay::Help { .. }));
    let text = key.typed().is_some() && types_text(model);
    !open && !text && model.options.keymap.command(&[Place::Anywhere], key) == Some(Command::Help)
}

/// The key of a dialog under its default name: what a dialog shares with the rest (up, down, refresh, copy …) follows
/// the user's own keys, and a letter that was taken from such a command means it no longer. `None`: it means nothing.
fn shared(model: &Model, key: Key) -> Option<Key> {
    let places: &[Place] = match model.overlays.last() {
        // Here letters are text, or answers of the dialog's own.
        _ if types_text(model) => return Some(key),
        Some(Overlay::Confirm(_) | Overlay::Leave { .. }) | None => return Some(key),
        Some(Overlay::Activity(_)) => &[Place::Activity, Place::Anywhere],
        Some(Overlay::Usage(_)) => &[Place::Usage, Place::Anywhere],
        Some(_) => &[Place::Anywhere],
    };
    if !matches!(key.code, Code::Char(c) if c != ' ' && !c.is_ascii_digit()) && !matches!(key.code, Code::F(_)) {
        return Some(key);
    }
    let defaults = Keymap::default();
    match model.options.keymap.command(places, key) {
        Some(command) if defaults.keys(command).contains(&key) => Some(key),
        Some(command) => defaults.keys(command).first().copied().filter(|key| key.typed().is_some()).or(Some(key)),
        None => Some(key).filter(|key| defaults.command(places, *key).is_none()),
    }
}

/// Esc ends the wait for the next try of what a dialog has sent, and leaves the dialog with what is in it.
fn gives_up(ctx: &mut Ctx<'_>, key: Key) -> bool {
    let sending = match ctx.model.overlays.last() {
        Some(Overlay::Form(form)) => form.busy(),
        Some(Overlay::Unlink(dialog)) => dialog.sending,
        Some(Overlay::Note(dialog)) => dialog.sending,
        Some(Overlay::Tags(dialog)) => dialog.sending,
        Some(Overlay::Link(dialog)) => dialog.sending(),
        Some(Overlay::Confirm(ask)) => ask.sending,
        Some(Overlay::Bulk(bulk)) => bulk.stage == Stage::Running,
        _ => false,
    };
    let before = ctx.effects.len();
    if sending && key.code == Code::Esc {
        let paused = ctx.model.tickets.paused(true);
        ctx.effects.extend(paused.map(|ticket| Effect::EndPause { ticket, again: false }));
    }
    // Of many, those that have not begun are given up as well.
    ctx.effects.len() > before && !matches!(ctx.model.overlays.last(), Some(Overlay::Bulk(_)))
}

fn overlay(ctx: &mut Ctx<'_>, key: Key) {
    if gives_up(ctx, key) {
        return;
    }
    let Some(key) = shared(ctx.model, key) else { return };
    match ctx.model.overlays.last() {
        Some(Overlay::Help { .. }) => help::key(ctx, key),
        Some(Overlay::Palette(_)) => palette::key(ctx, key),
        Some(Overlay::Sort { .. }) => companies::sort::key(ctx, key),
        Some(Overlay::Filter { .. }) => companies::filter::key(ctx, key),
        Some(Overlay::Launch(_)) => crate::app::features::launch::dialog(ctx, key),
        Some(Overlay::Unlink(_)) => unlink::dialog(ctx, key),
        Some(Overlay::Note(_)) => crate::app::features::company::note_key(ctx, key),
        Some(Overlay::Accounts(_)) => accounts::menu(ctx, key),
        Some(Overlay::NewCompany { .. }) => form::choice(ctx, key),
        Some(Overlay::Form(_)) => form::dialog(ctx, key),
        Some(Overlay::Added(_)) => form::added(ctx, key),
        Some(Overlay::Link(_)) => links::dialog(ctx, key),
        Some(Overlay::Confirm(_)) => people::confirm(ctx, key),
        Some(Overlay::Usage(_)) => usage::menu(ctx, key),
        Some(Overlay::Activity(_)) => activity::menu(ctx, key),
        Some(Overlay::Bulk(_)) => bulk::dialog(ctx, key),
        Some(Overlay::Export(_)) => export::dialog(ctx, key),
        Some(Overlay::Tags(_)) => bulk::tags(ctx, key),
        Some(Overlay::Snooze { .. }) => attention::menu(ctx, key),
        Some(Overlay::Step(_)) => setup::menu(ctx, key),
        Some(Overlay::Error(_)) => errors::key(ctx.model, key),
        Some(Overlay::Leave { .. }) => quit::key(ctx, key),
        None => {}
    }
}

pub(in crate::app) fn paste(model: &mut Model, text: &str) {
    let focus = focus(model);
    let searching = focus == Focus::Search;
    match model.overlays.last_mut() {
        Some(Overlay::Palette(palette)) => {
            palette.line.paste(text);
            palette::find(model);
        }
        Some(Overlay::Unlink(dialog)) if !dialog.sending => unlink::paste(dialog, text),
        Some(Overlay::Note(dialog)) if !dialog.sending => dialog.line.paste(text),
        Some(Overlay::Form(_)) => form::paste(model, text),
        Some(Overlay::Export(dialog)) => export::paste(dialog, text),
        Some(Overlay::Link(_)) => links::paste(model, text),
        Some(Overlay::Activity(_)) => activity::paste(model, text),
        Some(Overlay::Bulk(_) | Overlay::Tags(_)) => bulk::paste(model, text),
        None if focus == Focus::PeopleSearch => people::paste(model, text),
        None if searching => {
            model.list.line.paste(text);
            crate::app::features::companies::search_changed(model);
        }
        // Outside of a line a paste is no command: its letters must not be taken for keys.
        _ => {}
    }
}
