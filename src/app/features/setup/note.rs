//! The note of a setup step.

use crate::app::command::Command;
use crate::app::core::submission::Submission;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::company::edit_step;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::toast::Notification;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::CompanyKey;
use crate::domain::setup::StepKind;

/// The note of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteDialog {
    pub key: CompanyKey,
    pub company: String,
    /// What tells it from others of its name.
    pub distinction: Option<String>,
    pub step: StepKind,
    pub line: TextInput,
    pub before: String,
    /// Of the text.
    pub submission: Submission<String>,
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let (Some((key, company)), Some(step)) = (model.selected(), model.selected_step()) else { return };
    let before = step.note.clone().unwrap_or_default();
    let dialog = NoteDialog {
        distinction: model.distinction(&key),
        key,
        company: company.name.clone(),
        step: step.kind.clone(),
        line: TextInput::note(&before),
        before,
        submission: Submission::default(),
    };
    model.overlays.open(dialog);
}

impl Dialog for NoteDialog {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if self.submission.sending() {
            return Outcome::Keep;
        }
        let changed = self.line.text() != self.before;
        match key.code {
            Code::Esc => return self.submission.esc(changed),
            Code::Enter if !changed => return Outcome::Close,
            Code::Enter => self.save(ctx),
            _ => {
                self.submission.keep_editing();
                self.line.key(key);
            }
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if !self.submission.sending() {
            self.line.paste(text);
        }
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn enter_saves(&self) -> bool {
        true
    }

    fn is_sending(&self) -> bool {
        self.submission.sending()
    }

    fn holds_keys(&self) -> bool {
        self.submission.sending()
    }
}

impl NoteDialog {
    /// Saves against the newest revision of the step, so that a try after *changed meanwhile* is a new decision.
    fn save(&mut self, ctx: &mut Ctx<'_>) {
        self.submission.clear_error();
        self.submission.keep_editing();
        if let Err(why) = Command::EditNote.permitted_in(ctx.model, &self.key.profile) {
            return ctx.model.notify(Notification::NotNow(Command::EditNote, why));
        }
        let here = ctx.model.selected().is_some_and(|(selected, _)| selected == self.key);
        let details = ctx.model.details.get(&self.key).filter(|_| here);
        let Some(step) = details.and_then(|details| details.setup.value()?.step(&self.step).cloned()) else {
            // The company or the step vanished under the dialog; the text stays to be copied.
            return self.submission.reject(Error::new(Operation::EditSetup, Cause::NotFound, RetryAdvice::Never));
        };
        let text = self.line.text().trim().to_owned();
        let intent = self.submission.start(text.clone(), ctx.model.new_intent());
        edit_step(ctx, self.key.clone(), step, (None, Some(text)), intent);
    }
}

pub(in crate::app) fn failed(model: &mut Model, error: Error, company: String) {
    let next = model.new_intent();
    match model.overlays.find_mut::<NoteDialog>(|_| true) {
        Some(dialog) => drop(dialog.submission.fail(error, next)),
        None => model.fail(Some(company), error),
    }
}
