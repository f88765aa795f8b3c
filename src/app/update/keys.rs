//! A key goes to the top dialog, else to the search line, else to the command that it means here.

use crate::app::command::{Command, Keymap, Place};
use crate::app::effect::Effect;
use crate::app::features::bulk::Stage;
use crate::app::features::{accounts, activity, attention, bulk, export, form, links, people, setup, unlink, usage};
use crate::app::focus::{Focus, below, focus, types_text};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::update::{menu, run};

pub(in crate::app) fn key(model: &mut Model, key: Key, out: &mut Vec<Effect>) {
    // Two keys keep their meaning everywhere: a terminal user expects them to work in any state.
    if key == Key::ctrl('z') {
        out.push(Effect::Suspend);
        return;
    }
    if key == Key::ctrl('c') {
        cancel(model, out);
        return;
    }
    if asks_for_help(model, key) {
        run::run(model, Command::Help, out);
        return;
    }
    if let Some(search) = leaves_for_search(model, key) {
        to_search(model, search, out);
        return;
    }
    to_focus(model, key, out);
}

fn to_focus(model: &mut Model, key: Key, out: &mut Vec<Effect>) {
    match focus(model) {
        Focus::Overlay => overlay(model, key, out),
        Focus::Search => crate::app::features::companies::search_key(model, key, out),
        Focus::PeopleSearch => people::search_key(model, key, out),
        place => {
            if let Some(command) = model.options.keymap.command(place.places(), key) {
                run::run(model, command, out);
            }
        }
    }
}

/// ctrl-c takes the layer in front away, as Esc does; only where none is, it ends the program.
fn cancel(model: &mut Model, out: &mut Vec<Effect>) {
    match (focus(model), model.overlays.last()) {
        // Who is asked whether to leave, and asks for it once more, leaves.
        (Focus::List, _) | (_, Some(Overlay::Leave { .. })) => run::quit(model, out),
        // Esc does nothing before the answer is there: without this, nothing would lead out of the program either.
        (_, Some(overlay)) if overlay.held() => {
            if model.tickets.saving() {
                run::quit(model, out);
            }
        }
        (Focus::Company(_) | Focus::Screen(_), _) => run::run(model, Command::Back, out),
        _ => to_focus(model, Key::plain(Code::Esc), out),
    }
}

/// The command behind a key that searches, pressed in a menu or dialog without a line of its own: what is typed next
/// is meant as text, and must neither answer a question nor, should a letter close the dialog, run as commands.
fn leaves_for_search(model: &Model, key: Key) -> Option<Command> {
    let top = model.overlays.last()?;
    // What runs is not left by a slip of the hand, and none of its letters does more than scroll.
    if top.running() || top.types_text() || menu::movement(key, true).is_some() {
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
fn to_search(model: &mut Model, search: Command, out: &mut Vec<Effect>) {
    while model.overlays.last().is_some_and(|overlay| !overlay.types_text() && !overlay.running()) {
        model.overlays.pop();
    }
    if model.overlays.is_empty() && !types_text(model) {
        run::run(model, search, out);
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
fn gives_up(model: &Model, key: Key, out: &mut Vec<Effect>) -> bool {
    let sending = match model.overlays.last() {
        Some(Overlay::Form(form)) => form.busy(),
        Some(Overlay::Unlink(dialog)) => dialog.sending,
        Some(Overlay::Note(dialog)) => dialog.sending,
        Some(Overlay::Tags(dialog)) => dialog.sending,
        Some(Overlay::Link(dialog)) => dialog.sending(),
        Some(Overlay::Confirm(ask)) => ask.sending,
        Some(Overlay::Bulk(bulk)) => bulk.stage == Stage::Running,
        _ => false,
    };
    let before = out.len();
    if sending && key.code == Code::Esc {
        out.extend(model.tickets.paused(true).map(|ticket| Effect::EndPause { ticket, again: false }));
    }
    // Of many, those that have not begun are given up as well.
    out.len() > before && !matches!(model.overlays.last(), Some(Overlay::Bulk(_)))
}

fn overlay(model: &mut Model, key: Key, out: &mut Vec<Effect>) {
    if gives_up(model, key, out) {
        return;
    }
    let Some(key) = shared(model, key) else { return };
    match model.overlays.last() {
        Some(Overlay::Help { .. }) => menu::help(model, key, out),
        Some(Overlay::Palette(_)) => menu::palette(model, key, out),
        Some(Overlay::Sort { .. }) => menu::sort(model, key, out),
        Some(Overlay::Filter { .. }) => menu::filter(model, key, out),
        Some(Overlay::Launch(_)) => crate::app::features::launch::dialog(model, key, out),
        Some(Overlay::Unlink(_)) => unlink::dialog(model, key, out),
        Some(Overlay::Note(_)) => crate::app::features::company::note_key(model, key, out),
        Some(Overlay::Accounts(_)) => accounts::menu(model, key, out),
        Some(Overlay::NewCompany { .. }) => form::choice(model, key, out),
        Some(Overlay::Form(_)) => form::dialog(model, key, out),
        Some(Overlay::Added(_)) => form::added(model, key, out),
        Some(Overlay::Link(_)) => links::dialog(model, key, out),
        Some(Overlay::Confirm(_)) => people::confirm(model, key, out),
        Some(Overlay::Usage(_)) => usage::menu(model, key, out),
        Some(Overlay::Activity(_)) => activity::menu(model, key, out),
        Some(Overlay::Bulk(_)) => bulk::dialog(model, key, out),
        Some(Overlay::Export(_)) => export::dialog(model, key, out),
        Some(Overlay::Tags(_)) => bulk::tags(model, key, out),
        Some(Overlay::Snooze { .. }) => attention::menu(model, key, out),
        Some(Overlay::Step(_)) => setup::menu(model, key, out),
        Some(Overlay::Error(_)) => accounts::failure_key(model, key),
        Some(Overlay::Leave { .. }) => menu::leave(model, key, out),
        None => {}
    }
}

pub(in crate::app) fn paste(model: &mut Model, text: &str) {
    let focus = focus(model);
    let searching = focus == Focus::Search;
    match model.overlays.last_mut() {
        Some(Overlay::Palette(palette)) => {
            palette.line.paste(text);
            menu::find(model);
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
