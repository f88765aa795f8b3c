//! The menu of a setup step: one choice, one write. What is done is opened again only after a question.

pub(in crate::app) mod note;

pub use note::NoteDialog;

use crate::app::command::{Command, DisabledReason};
use crate::app::core::menu::digit;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::company;
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Tab};
use crate::app::toast::Notification;
use crate::domain::company::CompanyState;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::CompanyKey;
use crate::domain::setup::{Step, StepKind, StepState};

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
    model.overlays.open(menu);
}

/// The step as it stands now; none when it is gone, or its company.
pub fn step_of<'a>(model: &'a Model, menu: &StepMenu) -> Option<&'a Step> {
    model.details.get(&menu.key)?.setup.value()?.step(&menu.step)
}

/// The states of a setup step, to choose one: one choice, one write.
#[derive(Debug, Clone, PartialEq)]
pub struct StepMenu {
    pub key: CompanyKey,
    pub company: String,
    pub step: StepKind,
    pub cursor: usize,
    /// What was chosen would open a step again that is done: asks first.
    pub reopen: Option<Reopen>,
}

/// Asks before a step that is done is opened again.
#[derive(Debug, Clone, PartialEq)]
pub struct Reopen {
    pub to: StepState,
    /// *Open again* has the focus, not *Keep*: Enter alone never does it.
    pub go: bool,
}

impl Dialog for StepMenu {
    fn aim(&mut self, button: usize) -> bool {
        self.reopen.as_mut().map(|reopen| reopen.go = button == 1).is_some()
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let states = self.step.states();
        if let Some(reopen) = &mut self.reopen {
            match key.code {
                Code::Tab | Code::BackTab | Code::Left | Code::Right | Code::Char('h' | 'l') => reopen.go = !reopen.go,
                Code::Enter if reopen.go => {
                    let to = reopen.to.clone();
                    return self.set(ctx, to);
                }
                Code::Enter => return Outcome::Close,
                Code::Esc => self.reopen = None,
                _ => {}
            }
            return Outcome::Keep;
        }
        if let Some(movement) = Movement::of(key, true) {
            self.cursor = movement.apply(self.cursor, states.len(), states.len());
            return Outcome::Keep;
        }
        let row =
            if key.code == Code::Enter { Some(self.cursor) } else { digit(key).and_then(|digit| digit.checked_sub(1)) };
        match row.and_then(|row| states.into_iter().nth(row)) {
            Some(state) => self.choose(ctx, state),
            None if matches!(key.code, Code::Esc | Code::Char('q' | 'x')) => Outcome::Close,
            None => Outcome::Keep,
        }
    }
}

impl StepMenu {
    /// What it is already is not written; what is done asks first.
    fn choose(&mut self, ctx: &mut Ctx<'_>, to: StepState) -> Outcome {
        match step_of(ctx.model, self).map(|step| &step.state) {
            Some(now) if *now == to => Outcome::Close,
            Some(StepState::Done) => {
                self.reopen = Some(Reopen { to, go: false });
                Outcome::Keep
            }
            _ => self.set(ctx, to),
        }
    }

    fn set(&self, ctx: &mut Ctx<'_>, to: StepState) -> Outcome {
        let Some(step) = step_of(ctx.model, self).cloned() else {
            let error = Error::new(Operation::EditSetup, Cause::NotFound, RetryAdvice::Never);
            ctx.model.fail(Some(self.company.clone()), error);
            return Outcome::Close;
        };
        if let Err(why) = ready(ctx.model, self) {
            ctx.model.notify(Notification::NotNow(Command::ToggleStep, why));
        } else if step.state != to {
            // Else somebody was quicker: nothing is left to write.
            let intent = ctx.model.new_intent();
            company::edit_step(ctx, self.key.clone(), step, (Some(to), None), intent);
        }
        Outcome::Close
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
