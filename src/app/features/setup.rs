//! The menu of a setup step: one choice, one write. What is done is opened again only after a question.

use crate::app::command::{Command, DisabledReason};
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::features::company;
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Tab};
use crate::app::overlay::{Overlay, Reopen, StepMenu};
use crate::app::toast::Notification;
use crate::app::update::{fail, intent, toast};
use crate::domain::company::CompanyState;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::setup::{Step, StepState};

pub(in crate::app) fn enabled(model: &Model) -> Result<(), DisabledReason> {
    let (key, _) = company::managed_company(model)?;
    let step = model.selected_step().filter(|_| model.tab == Tab::Setup).ok_or(DisabledReason::NoStep)?;
    if model.tickets.editing(&key, &step.kind) { Err(DisabledReason::UnderWay) } else { Ok(()) }
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let (Some((key, company)), Some(step)) = (model.selected(), model.selected_step()) else { return };
    let next = step.state.next();
    let cursor = step.kind.states().iter().position(|state| *state == next).unwrap_or(0);
    let menu = StepMenu { key, company: company.name.clone(), step: step.kind.clone(), cursor, reopen: None };
    // The cursor stays on this step, although the next step to do may soon be another.
    model.rows.setup = Some(model.step_row());
    model.overlays.push(Overlay::Step(Box::new(menu)));
}

/// The step as it stands now; none when it is gone, or its company.
#[must_use]
pub fn step_of<'a>(model: &'a Model, menu: &StepMenu) -> Option<&'a Step> {
    model.details.get(&menu.key)?.setup.value()?.step(&menu.step)
}

pub(in crate::app) fn menu(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Step(menu)) = ctx.model.overlays.last_mut() else { return };
    let states = menu.step.states();
    if let Some(reopen) = &mut menu.reopen {
        match key.code {
            Code::Tab | Code::BackTab | Code::Left | Code::Right | Code::Char('h' | 'l') => reopen.go = !reopen.go,
            Code::Enter if reopen.go => {
                let to = reopen.to.clone();
                set(ctx, to);
            }
            Code::Enter => drop(ctx.model.overlays.pop()),
            Code::Esc => menu.reopen = None,
            _ => {}
        }
        return;
    }
    if let Some(movement) = Movement::of(key, true) {
        menu.cursor = movement.apply(menu.cursor, states.len(), states.len());
        return;
    }
    let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| (digit as usize).checked_sub(1));
    let row = if key.code == Code::Enter { Some(menu.cursor) } else { digit };
    if let Some(state) = row.and_then(|row| states.into_iter().nth(row)) {
        choose(ctx, state);
    } else if matches!(key.code, Code::Esc | Code::Char('q' | 'x')) {
        ctx.model.overlays.pop();
    }
}

/// What it is already is not written; what is done asks first.
fn choose(ctx: &mut Ctx<'_>, to: StepState) {
    let Some(Overlay::Step(menu)) = ctx.model.overlays.last() else { return };
    match step_of(ctx.model, menu).map(|step| step.state.clone()) {
        Some(now) if now == to => drop(ctx.model.overlays.pop()),
        Some(StepState::Done) => {
            if let Some(Overlay::Step(menu)) = ctx.model.overlays.last_mut() {
                menu.reopen = Some(Reopen { to, go: false });
            }
        }
        _ => set(ctx, to),
    }
}

fn set(ctx: &mut Ctx<'_>, to: StepState) {
    let Some(Overlay::Step(menu)) = ctx.model.overlays.pop() else { return };
    let Some(step) = step_of(ctx.model, &menu).cloned() else {
        return fail(
            ctx.model,
            Some(menu.company),
            Error::new(Operation::EditSetup, Cause::NotFound, RetryAdvice::Never),
        );
    };
    if let Err(why) = ready(ctx.model, &menu) {
        return toast(ctx.model, Notification::NotNow(Command::ToggleStep, why));
    }
    // Somebody else was quicker: nothing is left to write.
    if step.state != to {
        let intent = intent(ctx.model);
        company::edit_step(ctx, menu.key, step, (Some(to), None), intent);
    }
}

/// Asked again when it is sent: the menu may have stood open for long.
fn ready(model: &Model, menu: &StepMenu) -> Result<(), DisabledReason> {
    Command::ToggleStep.permitted_in(model, &menu.key.profile)?;
    match model.roster.get(&menu.key) {
        Some(company) if company.state == CompanyState::Unlinked => {
            Err(DisabledReason::AlreadyUnlinked { trial_end: company.trial_end_time })
        }
        _ if model.tickets.editing(&menu.key, &menu.step) => Err(DisabledReason::UnderWay),
        _ => Ok(()),
    }
}
