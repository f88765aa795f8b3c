//! A key goes to the top dialog, else to the search line, else to the command that it means here.

use crate::app::command::{Command, Keymap, Place};
use crate::app::core::menu::digit;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::dialog::Outcome;
use crate::app::effect::Effect;
use crate::app::features::{companies, import, launch, people, quit, usage};
use crate::app::focus::{Focus, below, focus, types_text};
use crate::app::key::{Code, Key, Sequence};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::update::{run, sequence};
use jiff::SignedDuration;

/// An Enter so soon behind the number that picked from a menu confirms it: the menu has closed already, and what is behind
/// it was not meant.
const CONFIRMS: SignedDuration = SignedDuration::from_millis(250);

pub(in crate::app) fn key(ctx: &mut Ctx<'_>, key: Key) {
    ctx.model.unbound = None;
    let picked = ctx.model.picked.take();
    if key == Key::plain(Code::Enter) && picked.is_some_and(|at| ctx.model.now.duration_since(at) <= CONFIRMS) {
        return;
    }
    // Two keys keep their meaning everywhere: a terminal user expects them to work in any state.
    if key == Key::ctrl('z') {
        sequence::drop_pending(ctx);
        ctx.effects.push(Effect::Suspend);
        return;
    }
    if (key == Key::plain(Code::Esc) || key == Key::ctrl('c')) && launch::stop(ctx.model) {
        return;
    }
    if key == Key::ctrl('c') {
        cancel(ctx);
        return;
    }
    if asks_for_help(ctx.model, key) {
        sequence::drop_pending(ctx);
        run(ctx, Command::Help);
        return;
    }
    if let Some(search) = leaves_for_search(ctx.model, key) {
        to_search(ctx, search);
        return;
    }
    to_focus(ctx, key);
}

fn to_focus(ctx: &mut Ctx<'_>, key: Key) {
    let focus = focus(ctx.model);
    if focus.places().is_empty() {
        // Something came over the place where a sequence was begun.
        sequence::drop_pending(ctx);
    }
    match focus {
        Focus::Overlay => overlay(ctx, key),
        Focus::Search => companies::search_key(ctx, key),
        Focus::PeopleSearch => people::search_key(ctx, key),
        Focus::UsageSearch => usage::search::key(ctx, key),
        _ => sequence::key(ctx, key),
    }
}

/// ctrl-c takes the layer in front away, as Esc does; only where none is, it ends the program.
fn cancel(ctx: &mut Ctx<'_>) {
    if sequence::drop_pending(ctx) {
        return;
    }
    match (focus(ctx.model), ctx.model.overlays.last()) {
        // Who is asked whether to leave, and asks for it once more, leaves.
        (Focus::List | Focus::Found, _) | (_, Some(Overlay::Quit(_))) => quit::quit(ctx),
        // Esc does nothing before the answer is there: without this, nothing would lead out of the program either.
        (_, Some(overlay)) if overlay.dialog().holds_keys() => {
            if ctx.model.tickets.saving() {
                quit::quit(ctx);
            }
        }
        (Focus::Attention | Focus::Company(_) | Focus::Screen(_), _) => run(ctx, Command::Back),
        _ => to_focus(ctx, Key::plain(Code::Esc)),
    }
}

/// The command behind a key that searches, pressed in a menu or dialog without a line of its own: what is typed next
/// is meant as text, and must neither answer a question nor, should a letter close the dialog, run as commands.
fn leaves_for_search(model: &Model, key: Key) -> Option<Command> {
    let top = model.overlays.last()?.dialog();
    // What runs is not left by a slip of the hand, and none of its letters does more than scroll.
    if top.is_running() || top.takes_text() || top.searches() || Movement::of(key, true).is_some() {
        return None;
    }
    let places = match below(model).places() {
        [] => &[Place::Anywhere],
        places => places,
    };
    let command = model.options.keymap.command(places, key)?;
    matches!(command, Command::Search | Command::FindPerson | Command::FindUsage).then_some(command)
}

/// Leaves dialogs up to one with a line of its own; behind the last of them it searches.
fn to_search(ctx: &mut Ctx<'_>, search: Command) {
    let leaves = |overlay: &Overlay| !overlay.dialog().takes_text() && !overlay.dialog().is_running();
    while ctx.model.overlays.last().is_some_and(leaves) {
        ctx.model.overlays.pop();
    }
    if ctx.model.overlays.is_empty() && !types_text(ctx.model) {
        run(ctx, search);
    }
}

/// Help is one key away in every state; where letters are text, by the key of its own that is none (F1).
fn asks_for_help(model: &Model, key: Key) -> bool {
    let open = matches!(model.overlays.last(), Some(Overlay::Help(_)));
    let text = key.typed().is_some() && types_text(model);
    !open && !text && model.options.keymap.command(&[Place::Anywhere], key) == Some(Command::Help)
}

/// The key of a dialog under its default name: what a dialog shares with the rest (up, down, refresh, copy …) follows
/// the user's own keys, and a letter that was taken from such a command means it no longer. `None`: it means nothing.
fn shared(model: &Model, key: Key) -> Option<Key> {
    let places = model.overlays.last().map_or(&[] as &[Place], |overlay| overlay.dialog().places());
    // Here letters are text, or answers of the dialog's own.
    if types_text(model) || places.is_empty() {
        return Some(key);
    }
    if !matches!(key.code, Code::Char(c) if c != ' ' && !c.is_ascii_digit()) && !matches!(key.code, Code::F(_)) {
        return Some(key);
    }
    let (defaults, keymap) = (Keymap::default(), &model.options.keymap);
    let default_keys = |command: Command| defaults.keys(command).iter().filter_map(Sequence::single);
    match keymap.command(places, key) {
        Some(Command::PageDown) => Some(Key::plain(Code::PageDown)),
        Some(Command::PageUp) => Some(Key::plain(Code::PageUp)),
        Some(command) if default_keys(command).any(|default| default == key) => Some(key),
        Some(command) => default_keys(command).next().filter(|key| key.typed().is_some()).or(Some(key)),
        // A dialog knows no sequences: the first key of one stands for it.
        None => Some(key).filter(|key| {
            let own = defaults.command(places, *key);
            own.is_none_or(|own| keymap.keys(own).iter().any(|keys| keys.keys().first() == Some(key)))
        }),
    }
}

/// Esc ends the wait for the next try of what a dialog has sent, and leaves the dialog with what is in it.
fn gives_up(ctx: &mut Ctx<'_>, key: Key) -> bool {
    let top = ctx.model.overlays.last().map(Overlay::dialog);
    let (sending, running) = top.map_or((false, false), |top| (top.is_sending(), top.is_running()));
    let before = ctx.effects.len();
    if sending && key.code == Code::Esc {
        let paused = ctx.model.tickets.paused(true);
        ctx.effects.extend(paused.map(|ticket| Effect::EndPause { ticket, again: false }));
    }
    // Of many, those that have not begun are given up as well.
    ctx.effects.len() > before && !running
}

fn overlay(ctx: &mut Ctx<'_>, key: Key) {
    if gives_up(ctx, key) {
        return;
    }
    let Some(mut key) = shared(ctx.model, key) else { return };
    if key.saves() && ctx.model.overlays.last().is_some_and(|top| top.dialog().enter_saves()) {
        key = Key::plain(Code::Enter);
    }
    let Some(mut top) = ctx.model.overlays.pop() else { return };
    let outcome = top.dialog_mut().key(key, ctx);
    match outcome {
        Outcome::Keep => ctx.model.overlays.open(top),
        Outcome::Close => {
            let picked = digit(key).is_some() && ctx.model.overlays.is_empty();
            ctx.model.picked = picked.then_some(ctx.model.now);
        }
        Outcome::Open(other) => {
            ctx.model.overlays.open(top);
            ctx.model.overlays.open(other);
        }
        Outcome::Replace(other) => ctx.model.overlays.open(other),
        Outcome::Run(command) => run(ctx, command),
        Outcome::Then(then) => {
            ctx.model.overlays.open(top);
            then(ctx);
        }
    }
}

pub(in crate::app) fn paste(ctx: &mut Ctx<'_>, text: &str) {
    sequence::drop_pending(ctx);
    match focus(ctx.model) {
        Focus::Overlay => {
            if let Some(mut top) = ctx.model.overlays.pop() {
                top.dialog_mut().paste(text, ctx);
                ctx.model.overlays.open(top);
            }
        }
        Focus::PeopleSearch => people::paste(ctx.model, text),
        Focus::UsageSearch => usage::search::paste(ctx.model, text),
        Focus::Search => {
            ctx.model.list.line.paste(text);
            companies::search_changed(ctx.model);
        }
        Focus::List | Focus::Found | Focus::Attention => import::paste(ctx, text),
        // Outside of a line a paste is no command: its letters must not be taken for keys.
        _ => {}
    }
}
