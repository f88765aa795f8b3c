//! Keys of the dialog: what to do, every name, the count, and what became of each.

use crate::app::command::Command;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::features::bulk::{Act, Bulk, Focus, How, Stage};
use crate::app::features::bulk::{go, standing};
use crate::app::key::{Code, Key};
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::app::update::toast;
use crate::domain::setup::{StepKind, StepState};

/// What the first menu offers, each with the command that it is many of.
pub const CHOICES: [Command; 5] =
    [Command::Launch, Command::Tag, Command::ToggleStep, Command::Export, Command::Unlink];

pub(in crate::app) fn dialog(ctx: &mut Ctx<'_>, key: Key) {
    let page = ctx.model.page().max(2) / 2;
    let Some(Overlay::Bulk(bulk)) = ctx.model.overlays.last_mut() else { return };
    match bulk.stage {
        Stage::Choose | Stage::Step | Stage::State => menu(ctx, key),
        Stage::Review => review(ctx, key),
        Stage::Running if key.code == Code::Esc => bulk.stopping = true,
        Stage::Done if matches!(key.code, Code::Esc | Code::Enter | Code::Char('q')) => drop(ctx.model.overlays.pop()),
        Stage::Done if key.code == Code::Char('r') => retry(ctx),
        Stage::Running | Stage::Done => scroll(bulk, key, page),
    }
}

fn scroll(bulk: &mut Bulk, key: Key, page: usize) {
    let last = bulk.items.len().saturating_sub(1);
    bulk.scroll = match key.code {
        Code::Down | Code::Char('j') => bulk.scroll.saturating_add(1).min(last),
        Code::Up | Code::Char('k') => bulk.scroll.saturating_sub(1),
        Code::PageDown => bulk.scroll.saturating_add(page).min(last),
        Code::PageUp => bulk.scroll.saturating_sub(page),
        _ => bulk.scroll,
    };
}

fn menu(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Bulk(bulk)) = ctx.model.overlays.last_mut() else { return };
    let len = match (bulk.stage, &bulk.act) {
        (Stage::Step, _) => StepKind::KNOWN.len(),
        (Stage::State, Some(Act::Setup { step, .. })) => step.states().len(),
        _ => CHOICES.len(),
    };
    let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| (digit as usize).checked_sub(1));
    match key.code {
        Code::Down | Code::Char('j') => bulk.cursor = Movement::Down.apply(bulk.cursor, len, len),
        Code::Up | Code::Char('k') => bulk.cursor = bulk.cursor.saturating_sub(1),
        Code::Enter => choose(ctx),
        Code::Esc | Code::Char('q' | 'b') => drop(ctx.model.overlays.pop()),
        _ => {
            if let Some(row) = digit.filter(|row| *row < len) {
                bulk.cursor = row;
                choose(ctx);
            }
        }
    }
}

fn choose(ctx: &mut Ctx<'_>) {
    let Some(Overlay::Bulk(bulk)) = ctx.model.overlays.last_mut() else { return };
    match (bulk.stage, &bulk.act) {
        (Stage::Step, _) => {
            let step = StepKind::KNOWN.get(bulk.cursor).cloned().unwrap_or(StepKind::Policies);
            bulk.act = Some(Act::Setup { step, state: StepState::Done });
            bulk.stage = Stage::State;
            // *Done* is what one does to many.
            bulk.cursor = 2;
        }
        (Stage::State, Some(Act::Setup { step, .. })) => {
            let step = step.clone();
            let state = step.states().get(bulk.cursor).cloned().unwrap_or(StepState::Done);
            begin_review(ctx, Act::Setup { step, state });
        }
        _ => {
            let command = CHOICES.get(bulk.cursor).copied().unwrap_or(Command::Launch);
            first_choice(ctx, command);
        }
    }
}

/// What the first menu does, also where the choice was made by the key of the command itself.
pub(super) fn first_choice(ctx: &mut Ctx<'_>, command: Command) {
    let Some(Overlay::Bulk(bulk)) = ctx.model.overlays.last() else { return };
    if let Err(why) = crate::app::command::permitted_among(command, ctx.model, bulk.accounts()) {
        return toast(ctx.model, Notification::NotNow(command, why));
    }
    match command {
        Command::Launch => begin_review(ctx, Act::Launch),
        Command::Unlink => begin_review(ctx, Act::Unlink),
        Command::ToggleStep => {
            if let Some(Overlay::Bulk(bulk)) = ctx.model.overlays.last_mut() {
                (bulk.stage, bulk.cursor) = (Stage::Step, 0);
            }
        }
        other => {
            ctx.model.overlays.pop();
            crate::app::update::run(ctx, other);
        }
    }
}

fn begin_review(ctx: &mut Ctx<'_>, act: Act) {
    let Some(Overlay::Bulk(mut bulk)) = ctx.model.overlays.pop() else { return };
    for item in &mut bulk.items {
        // The first time that names are read: as they are now, and not when the menu opened.
        if let Some(company) = ctx.model.roster.get(&item.key) {
            item.name.clone_from(&company.name);
        }
        item.how = standing(ctx.model, &act, item);
    }
    (bulk.stage, bulk.act, bulk.cursor) = (Stage::Review, Some(act), 0);
    ctx.model.overlays.push(Overlay::Bulk(bulk));
    go::on(ctx);
}

fn review(ctx: &mut Ctx<'_>, key: Key) {
    let page = ctx.model.page().max(2) / 2;
    let Some(Overlay::Bulk(bulk)) = ctx.model.overlays.last_mut() else { return };
    let destroys = bulk.act.as_ref().is_some_and(Act::destroys);
    match (key.code, bulk.focus) {
        (Code::Esc, _) | (Code::Enter, Focus::Cancel) => drop(ctx.model.overlays.pop()),
        (Code::Tab | Code::Right | Code::BackTab | Code::Left, focus) => {
            let back = matches!(key.code, Code::BackTab | Code::Left);
            bulk.focus = next(focus, destroys, bulk.confirmed(), back);
        }
        (Code::Enter, Focus::Go) if bulk.confirmed() => start(ctx),
        // Enter on the count goes on to the button, and only if the count is right.
        (Code::Enter, Focus::Count) if bulk.confirmed() => bulk.focus = Focus::Go,
        (Code::Enter, _) => {}
        (Code::Down | Code::Up | Code::PageDown | Code::PageUp, _) => scroll(bulk, key, page),
        (_, Focus::Count) => {
            bulk.line.key(key);
        }
        _ => scroll(bulk, key, page),
    }
}

fn next(focus: Focus, destroys: bool, confirmed: bool, back: bool) -> Focus {
    let mut stops = vec![Focus::Cancel];
    if destroys {
        stops.push(Focus::Count);
    }
    if confirmed {
        stops.push(Focus::Go);
    }
    let at = stops.iter().position(|stop| *stop == focus).unwrap_or(0);
    let by = if back { stops.len() - 1 } else { 1 };
    stops.get((at + by) % stops.len()).copied().unwrap_or(Focus::Cancel)
}

/// The command that one of the many is.
pub(super) fn command(act: &Act) -> Command {
    match act {
        Act::Launch => Command::Launch,
        Act::Tags { .. } | Act::Restore => Command::Tag,
        Act::Setup { .. } => Command::ToggleStep,
        Act::Snooze { .. } => Command::Snooze,
        Act::Unlink => Command::Unlink,
    }
}

fn start(ctx: &mut Ctx<'_>) {
    let Some(Overlay::Bulk(bulk)) = ctx.model.overlays.last() else { return };
    // The right to do it may have been lost while the names were read.
    let command = bulk.act.as_ref().map_or(Command::Bulk, command);
    if let Err(why) = crate::app::command::permitted_among(command, ctx.model, bulk.accounts()) {
        return toast(ctx.model, Notification::NotNow(command, why));
    }
    if let Some(Overlay::Bulk(bulk)) = ctx.model.overlays.last_mut() {
        (bulk.stage, bulk.stopping, bulk.scroll) = (Stage::Running, false, 0);
    }
    go::on(ctx);
}

/// Only what failed, or was not begun. What destroys is checked and confirmed anew.
fn retry(ctx: &mut Ctx<'_>) {
    let Some(Overlay::Bulk(mut bulk)) = ctx.model.overlays.pop() else { return };
    let act = bulk.act.clone();
    let mut again = 0;
    for item in &mut bulk.items {
        if matches!(item.how, How::Failed(_) | How::Ready) {
            again += 1;
            item.how = act.as_ref().map_or(How::Ready, |act| standing(ctx.model, act, item));
        }
    }
    if again > 0 {
        bulk.stopping = false;
        (bulk.line, bulk.focus) = (crate::app::core::text_input::TextInput::default(), Focus::Cancel);
        bulk.stage = if act.is_some_and(|act| act.destroys()) { Stage::Review } else { Stage::Running };
    }
    ctx.model.overlays.push(Overlay::Bulk(bulk));
    go::on(ctx);
}
