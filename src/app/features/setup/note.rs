//! The note of a setup step.

use crate::app::command::Command;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::company::edit_step;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::toast::Notification;
use crate::app::update::{fail, intent, toast};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::CompanyKey;
use crate::domain::intent::Sent;
use crate::domain::setup::StepKind;

/// The note of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteDialog {
    pub key: CompanyKey,
    /// Its name.
    pub company: String,
    pub step: StepKind,
    /// What is typed.
    pub line: TextInput,
    pub before: String,
    /// It is being saved.
    pub sending: bool,
    /// Why the last try failed.
    pub error: Option<Box<Error>>,
    /// Esc was pressed on a changed text: asks before dropping it.
    pub asking: bool,
    /// The text that was sent last.
    pub sent: Option<Sent<String>>,
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let (Some((key, company)), Some(step)) = (model.selected(), model.selected_step()) else { return };
    let before = step.note.clone().unwrap_or_default();
    let dialog = NoteDialog {
        key,
        company: company.name.clone(),
        step: step.kind.clone(),
        line: TextInput::note(&before),
        before,
        sending: false,
        error: None,
        asking: false,
        sent: None,
    };
    model.overlays.open(dialog);
}

impl Dialog for NoteDialog {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if self.sending {
            return Outcome::Keep;
        }
        let changed = self.line.text() != self.before;
        match key.code {
            Code::Esc if changed && !self.asking => self.asking = true,
            Code::Esc => return Outcome::Close,
            Code::Enter if !changed => return Outcome::Close,
            Code::Enter => self.save(ctx),
            _ => {
                self.asking = false;
                self.line.key(key);
            }
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if !self.sending {
            self.line.paste(text);
        }
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn is_sending(&self) -> bool {
        self.sending
    }

    fn holds_keys(&self) -> bool {
        self.sending
    }
}

impl NoteDialog {
    /// Saves against the newest revision of the step, so that a try after *changed meanwhile* is a new decision.
    fn save(&mut self, ctx: &mut Ctx<'_>) {
        (self.error, self.asking) = (None, false);
        if let Err(why) = Command::EditNote.permitted_in(ctx.model, &self.key.profile) {
            return toast(ctx.model, Notification::NotNow(Command::EditNote, why));
        }
        let here = ctx.model.selected().is_some_and(|(selected, _)| selected == self.key);
        let details = ctx.model.details.get(&self.key).filter(|_| here);
        let Some(step) = details.and_then(|details| details.setup.value()?.step(&self.step).cloned()) else {
            // The company or the step vanished under the dialog; the text stays to be copied.
            self.error = Some(Box::new(Error::new(Operation::EditSetup, Cause::NotFound, RetryAdvice::Never)));
            return;
        };
        let text = self.line.text().trim().to_owned();
        let intent = Sent::note(&mut self.sent, text.clone(), intent(ctx.model));
        self.sending = true;
        edit_step(ctx, self.key.clone(), step, (None, Some(text)), intent);
    }
}

pub(in crate::app) fn failed(model: &mut Model, error: Error, company: String) {
    let next = intent(model);
    match model.overlays.find_mut::<NoteDialog>(|_| true) {
        Some(dialog) => {
            dialog.sending = false;
            let error = Sent::failed(&mut dialog.sent, error, next);
            dialog.error = Some(Box::new(error));
        }
        None => fail(model, Some(company), error),
    }
}
