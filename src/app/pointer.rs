//! The mouse: what was drawn where, and what a click on it means. The view says what it draws as it draws it, so that no
//! click can hit anything else than what was seen.

use crate::app::command::Command;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::companies;
use crate::app::focus::{Focus, focus};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Pane, Tab};
use crate::app::navigation;
use crate::app::screen::Screen;
use crate::app::toast::Notification;
use crate::app::update::keys::key;
use crate::app::update::run;

/// Rows that one notch of the wheel moves by.
const NOTCH: usize = 3;

/// What was done with the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    Click,
    WheelUp,
    WheelDown,
}

/// A gesture at a cell, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointed {
    pub gesture: Gesture,
    pub x: u16,
    pub y: u16,
}

/// Cells that something was drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

/// What stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Screen(Screen),
    Tab(Tab),
    /// The way back.
    Back,
    /// A pane of the first screen.
    Pane(Pane),
    /// A row of the list of companies.
    Company(usize),
    /// A row of a table of a screen or a tab, which has its cursor there.
    Row {
        cursor: Option<usize>,
        row: usize,
    },
    /// A row of the menu in front, which has its cursor there.
    Choice {
        cursor: usize,
        row: usize,
    },
    /// A button of the dialog in front, from the left.
    Button(usize),
    Command(Command),
    /// A box over the work.
    Notice,
    /// A dialog, or what it keeps from being used.
    Dialog,
}

/// What was drawn where; what was drawn last lies above.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Targets(Vec<(Area, Target)>);

impl Targets {
    pub fn add(&mut self, area: Area, target: Target) {
        self.0.push((area, target));
    }

    pub fn at(&self, x: u16, y: u16) -> Option<Target> {
        let within = |area: &Area| {
            (area.x..area.x.saturating_add(area.width)).contains(&x)
                && (area.y..area.y.saturating_add(area.height)).contains(&y)
        };
        self.0.iter().rev().find(|(area, _)| within(area)).map(|(_, target)| *target)
    }

    pub fn iter(&self) -> impl Iterator<Item = &(Area, Target)> {
        self.0.iter()
    }
}

/// Takes the mouse from the terminal, or gives it back.
pub(in crate::app) fn toggle(ctx: &mut Ctx<'_>) {
    let mouse = !ctx.model.options.mouse;
    ctx.model.options.mouse = mouse;
    ctx.effects.push(Effect::Mouse(mouse));
    ctx.model.notify(Notification::Mouse(mouse));
}

/// Does what a gesture on this means; what takes keys takes them as if they were pressed.
pub(in crate::app) fn point(ctx: &mut Ctx<'_>, gesture: Gesture, target: Target) {
    match gesture {
        Gesture::Click => click(ctx, target),
        Gesture::WheelUp => wheel(ctx, target, Movement::Up),
        Gesture::WheelDown => wheel(ctx, target, Movement::Down),
    }
}

fn click(ctx: &mut Ctx<'_>, target: Target) {
    match target {
        Target::Screen(screen) => run(ctx, screen.command()),
        Target::Back => run(ctx, Command::Back),
        Target::Command(command) => run(ctx, command),
        Target::Notice => drop(ctx.model.dismiss()),
        Target::Tab(tab) => {
            into(ctx.model, Pane::Company);
            ctx.model.tab = tab;
        }
        Target::Pane(pane) => into(ctx.model, pane),
        Target::Company(row) => company(ctx, row),
        Target::Row { cursor, row } => {
            if ctx.model.screen == Screen::Companies {
                into(ctx.model, Pane::Company);
            }
            if cursor == Some(row) {
                key(ctx, Key::plain(Code::Enter));
            } else {
                to_row(cursor.unwrap_or(0), row, |movement| navigation::step(ctx.model, movement));
            }
        }
        Target::Choice { cursor, row } => {
            to_row(cursor, row, |movement| arrow(ctx, movement));
            if let Some(chosen) = ctx.model.overlays.last().and_then(|top| top.dialog().choosing_key()) {
                key(ctx, chosen);
            }
        }
        Target::Button(at) => {
            let aimed = ctx.model.overlays.top_mut().is_some_and(|top| top.dialog_mut().aim(at));
            if aimed {
                key(ctx, Key::plain(Code::Enter));
            }
        }
        Target::Dialog => {}
    }
}

/// A click takes the row; one on the row that is taken opens it.
fn company(ctx: &mut Ctx<'_>, row: usize) {
    let here = matches!(focus(ctx.model), Focus::List | Focus::Found | Focus::Attention);
    let Some(key) = ctx.model.roster.key_at(row) else { return };
    if here && ctx.model.list.selection.key.as_ref() == Some(&key) {
        return run(ctx, Command::Open);
    }
    ctx.model.list.searching = false;
    into(ctx.model, Pane::List);
    ctx.model.list.selection.touched = true;
    companies::put_cursor(ctx.model, Some(key));
}

/// Gives a pane of the first screen the keys.
fn into(model: &mut Model, pane: Pane) {
    if model.screen != Screen::Companies || model.pane == pane || model.full {
        return;
    }
    match pane {
        Pane::List => navigation::leave_company(model),
        Pane::Company => navigation::enter(model),
    }
}

fn to_row(cursor: usize, row: usize, mut step: impl FnMut(Movement)) {
    let movement = if row > cursor { Movement::Down } else { Movement::Up };
    (0..cursor.abs_diff(row)).for_each(|_| step(movement));
}

fn arrow(ctx: &mut Ctx<'_>, movement: Movement) {
    key(ctx, Key::plain(if movement == Movement::Up { Code::Up } else { Code::Down }));
}

fn wheel(ctx: &mut Ctx<'_>, target: Target, movement: Movement) {
    for _ in 0..NOTCH {
        match target {
            Target::Company(_) | Target::Pane(Pane::List) if ctx.model.overlays.is_empty() => {
                companies::step(ctx.model, movement);
            }
            Target::Dialog | Target::Choice { .. } | Target::Button(_) => arrow(ctx, movement),
            _ if ctx.model.overlays.is_empty() && focus(ctx.model) != Focus::Search => {
                navigation::step(ctx.model, movement);
            }
            _ => {}
        }
    }
}
