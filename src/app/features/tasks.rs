//! Screen 6, the tasks of REAL workspaces, and the panel that leads through one.

mod answers;
mod begin;
mod panel;
mod state;

pub use state::*;

pub(in crate::app) use answers::{on_answer, on_copied, on_opened};
pub(in crate::app) use begin::{ask_about, enabled, for_company, guided_accounts, kinds, link_in, usage, usage_in};

use crate::app::command::DisabledReason;
use crate::app::core::per_account;
use crate::app::core::refresh::Refresh;
use crate::app::core::selection::{Movement, Selection};
use crate::app::ctx::Ctx;
use crate::app::features::accounts::Account;
use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::domain::id::ProfileId;
use crate::domain::request::{ListTasks, Request};
use jiff::Timestamp;

/// While the screen is looked at; else what changed comes with the companies.
const REFRESH: Refresh = Refresh::every(30);

/// Loads once the companies are there, whenever some of them change, and from time to time while the screen is looked
/// at. Each account for itself.
pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    let in_front = ctx.model.screen == Screen::Tasks;
    if in_front && !ctx.model.tasks.in_front {
        ctx.model.tasks.list.outdate_idle();
    }
    ctx.model.tasks.in_front = in_front;
    for profile in to_watch(ctx.model) {
        let (list, now) = (&ctx.model.tasks.list, ctx.model.now);
        let outdated = !list.waiting(&profile) && list.due(&profile).is_none();
        if outdated || in_front && list.is_due(&profile, now) {
            let request = ListTasks { open_only: !ctx.model.tasks.ended, company: None };
            let pending = PendingRequest::Tasks(TasksRequest::List(profile.clone()));
            let ticket = ctx.send(profile.clone(), pending, Request::ListTasks(request));
            ctx.model.tasks.list.ask(&profile, ticket, REFRESH.next(now));
        }
    }
}

fn to_watch(model: &Model) -> Vec<ProfileId> {
    // A server that fails, or asks for patience, is not asked behind the user's back too.
    let watched = |account: &Account| {
        let well = account.sync.fresh && account.sync.failures == 0;
        account.real() && (model.screen == Screen::Tasks || well)
    };
    let mut of = per_account::askable(model);
    of.retain(|profile| model.accounts.get(profile).is_some_and(watched));
    of
}

/// When to ask an account again, while the screen is looked at.
pub fn due(model: &Model) -> Option<Timestamp> {
    let of = if model.screen == Screen::Tasks { to_watch(model) } else { Vec::new() };
    of.iter().filter_map(|profile| model.tasks.list.due(profile)).min()
}

/// Companies of an account changed: a task may be the reason.
pub(in crate::app) fn news(model: &mut Model, profile: &ProfileId) {
    model.tasks.list.outdate(profile);
}

pub(in crate::app) fn refresh(model: &mut Model) {
    model.tasks.list.outdate_idle();
}

pub(in crate::app) fn step(model: &mut Model, movement: Movement) {
    let (len, page) = (model.tasks_shown().count(), model.page());
    let row = movement.apply_from(model.task_row(), model.tasks.selection.row, len, page);
    let key = model.tasks_shown().nth(row).map(TaskKey::from);
    model.tasks.selection.put(row, key);
}

/// A task is under the cursor.
pub(in crate::app) fn selected(model: &Model) -> Result<(), DisabledReason> {
    model.selected_task().map(drop).ok_or(DisabledReason::NothingHere)
}

/// Opens the panel of the task under the cursor.
pub(in crate::app) fn open_selected(ctx: &mut Ctx<'_>) {
    let Some((key, task)) = ctx.model.selected_task().map(|row| (TaskKey::from(row), row.item.clone())) else { return };
    // What is first only as long as nothing was chosen becomes what is chosen.
    let row = ctx.model.task_row().unwrap_or(0);
    ctx.model.tasks.selection.put(row, Some(key.clone()));
    let mut panel = begin::panel_of(ctx, &key, task);
    panel.read(ctx);
    ctx.model.overlays.open(panel);
}

/// The ended ones belong to this screen.
pub(in crate::app) fn on_screen(model: &Model) -> Result<(), DisabledReason> {
    if model.screen == Screen::Tasks { Ok(()) } else { Err(DisabledReason::OnlyOn(Screen::Tasks)) }
}

/// Shows ended tasks as well, or open ones alone.
pub(in crate::app) fn show_ended(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    model.tasks.ended = !model.tasks.ended;
    model.tasks.selection = Selection::default();
    if model.tasks.ended {
        // The open ones alone must not pass for all.
        for profile in model.accounts.profiles() {
            model.tasks.list.forget(&profile);
        }
    }
}
