//! The dialog of tags: of one company it changes them at once, of many it goes on to the review.

use crate::app::command::{Command, Target};
use crate::app::core::submission::Submission;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::bulk::{Act, marked, review};
use crate::app::features::tags::TagsDialog;
use crate::app::features::undo::Change;
use crate::app::features::{companies, sync, undo};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::take_answer;
use crate::domain::company::Company;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::CompanyKey;
use crate::domain::request::EditCompany;
use crate::domain::request::{Answer, CompanyChanges};

pub(super) fn open(model: &mut Model) {
    let companies = match model.selected() {
        _ if matches!(Command::Tag.target(model), Target::Marked(_)) => marked(model),
        Some((key, company)) => vec![(key, company.name.clone())],
        None => return,
    };
    let tags = match companies.as_slice() {
        [(key, _)] => model.roster.get(key).map_or_else(String::new, |company| company.tags.join(", ")),
        _ => String::new(),
    };
    let line = TextInput::new(&tags);
    let distinction = model.distinction_of_single(&companies);
    let dialog = TagsDialog { companies, distinction, line, before: tags, submission: Submission::default() };
    model.overlays.open(dialog);
}

impl Dialog for TagsDialog {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if self.submission.sending() {
            return Outcome::Keep;
        }
        let changed = self.line.text() != self.before;
        match key.code {
            Code::Esc => return self.submission.esc(changed),
            Code::Enter if !changed => return Outcome::Close,
            Code::Enter if self.single() => self.save(ctx),
            // Of many: every name is listed before anything happens.
            Code::Enter => {
                let (add, remove) = self.changes();
                let companies = self.companies.iter().map(|(key, name)| (key.clone(), name.clone(), Vec::new()));
                let review = review(ctx.model, &Act::Tags { add, remove }, companies.collect());
                return Outcome::Replace(review.into());
            }
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

    fn is_sending(&self) -> bool {
        self.submission.sending()
    }

    fn is_busy(&self) -> bool {
        false
    }

    fn holds_keys(&self) -> bool {
        self.submission.sending()
    }
}

impl TagsDialog {
    fn save(&mut self, ctx: &mut Ctx<'_>) {
        let Some((key, _)) = self.companies.first().cloned() else { return };
        if let Err(why) = Command::Tag.permitted_in(ctx.model, &key.profile) {
            return ctx.model.notify(Notification::NotNow(Command::Tag, why));
        }
        let Some(etag) = ctx.model.roster.get(&key).map(|company| company.etag.clone()) else {
            return self.submission.reject(Error::new(Operation::EditCompany, Cause::NotFound, RetryAdvice::Never));
        };
        let tags = self.tags();
        let intent = self.submission.start(tags.clone(), ctx.model.new_intent());
        let changes = CompanyChanges { tags: Some(tags), ..CompanyChanges::default() };
        let request = EditCompany { company: key.company.clone(), etag, changes, key: intent };
        ctx.send(key.profile.clone(), PendingRequest::Tags(key), request);
    }
}

pub(in crate::app) fn on_tags(ctx: &mut Ctx<'_>, key: &CompanyKey, result: Result<Answer, Error>) {
    let company = take_answer::<Company>(Operation::EditCompany, result);
    match company {
        Ok(company) => {
            ctx.model.overlays.close::<TagsDialog>(|_| true);
            let before = ctx.model.roster.get(key).map(|company| company.tags.clone()).unwrap_or_default();
            let (name, after) = (company.name.clone(), company.tags.clone());
            ctx.model.roster.upsert(&key.profile, vec![company]);
            companies::rows_changed(ctx.model);
            let company = ctx.model.called(key, &name);
            undo::remember(ctx.model, key.clone(), name, Change::Tags { before, after });
            ctx.model.notify(Notification::Saved { company });
        }
        Err(error) => failed(ctx.model, key, error),
    }
    sync::ask_changes(ctx, &key.profile);
}

/// The text stays.
fn failed(model: &mut Model, key: &CompanyKey, error: Error) {
    let name = Some(model.called(key, key.company.as_str()));
    let next = model.new_intent();
    let Some(dialog) = model.overlays.find_mut::<TagsDialog>(|_| true) else { return model.fail(name, error) };
    dialog.submission.fail(error, next);
}
