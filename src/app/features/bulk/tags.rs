//! The dialog of tags: of one company it changes them at once, of many it goes on to the review.

use crate::app::command::{Command, Target};
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::bulk::Act;
use crate::app::features::bulk::marked;
use crate::app::features::tags::TagsDialog;
use crate::app::features::undo::Change;
use crate::app::features::{companies, sync, undo};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::{fail, take_answer, toast};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::CompanyKey;
use crate::domain::intent::Sent;
use crate::domain::request::{Answer, CompanyChanges, Request};

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
    let dialog = TagsDialog { companies, line, before: tags, sending: false, error: None, asking: false, sent: None };
    model.overlays.push(Overlay::Tags(Box::new(dialog)));
}

pub(in crate::app) fn dialog(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Tags(dialog)) = ctx.model.overlays.last_mut() else { return };
    if dialog.sending {
        return;
    }
    let changed = dialog.line.text() != dialog.before;
    match key.code {
        Code::Esc if changed && !dialog.asking => dialog.asking = true,
        Code::Esc => drop(ctx.model.overlays.pop()),
        Code::Enter if !changed => drop(ctx.model.overlays.pop()),
        Code::Enter if dialog.single() => save(ctx),
        Code::Enter => go_on(ctx.model),
        _ => {
            dialog.asking = false;
            dialog.line.key(key);
        }
    }
}

/// Of many: every name is listed before anything happens.
fn go_on(model: &mut Model) {
    let Some(Overlay::Tags(dialog)) = model.overlays.pop() else { return };
    let (add, remove) = dialog.changes();
    let companies = dialog.companies.into_iter().map(|(key, name)| (key, name, Vec::new())).collect();
    crate::app::features::bulk::review(model, &Act::Tags { add, remove }, companies);
}

fn save(ctx: &mut Ctx<'_>) {
    let Some(Overlay::Tags(dialog)) = ctx.model.overlays.last() else { return };
    let Some((key, _)) = dialog.companies.first().cloned() else { return };
    if let Err(why) = Command::Tag.permitted_in(ctx.model, &key.profile) {
        return toast(ctx.model, Notification::NotNow(Command::Tag, why));
    }
    let next = crate::app::update::intent(ctx.model);
    let Some(Overlay::Tags(dialog)) = ctx.model.overlays.last_mut() else { return };
    let tags = dialog.tags();
    let Some(etag) = ctx.model.roster.get(&key).map(|company| company.etag.clone()) else {
        dialog.error = Some(Box::new(Error::new(Operation::EditCompany, Cause::NotFound, RetryAdvice::Never)));
        return;
    };
    (dialog.sending, dialog.asking, dialog.error) = (true, false, None);
    let intent = Sent::note(&mut dialog.sent, tags.clone(), next);
    let ticket = ctx.model.tickets.issue(PendingRequest::Tags(key.clone()));
    let changes = CompanyChanges { tags: Some(tags), ..CompanyChanges::default() };
    ctx.effects.push(Effect::Call {
        ticket,
        profile: key.profile.clone(),
        request: Request::EditCompany { company: key.company, etag, changes, key: intent },
    });
}

pub(in crate::app) fn saved(ctx: &mut Ctx<'_>, key: &CompanyKey, result: Result<Answer, Error>) {
    let company = take_answer(Operation::EditCompany, result, |answer| match answer {
        Answer::Company(company) => Some(*company),
        _ => None,
    });
    match company {
        Ok(company) => {
            ctx.model.overlays.retain(|overlay| !matches!(overlay, Overlay::Tags(_)));
            let before = ctx.model.roster.get(key).map(|company| company.tags.clone()).unwrap_or_default();
            let (name, after) = (company.name.clone(), company.tags.clone());
            ctx.model.roster.upsert(&key.profile, vec![company]);
            companies::rows_changed(ctx.model);
            let company = ctx.model.called(key, &name);
            undo::remember(ctx.model, key.clone(), name, Change::Tags { before, after });
            toast(ctx.model, Notification::Saved { company });
        }
        Err(error) => failed(ctx.model, key, error),
    }
    sync::ask_changes(ctx, &key.profile);
}

/// The text stays.
fn failed(model: &mut Model, key: &CompanyKey, error: Error) {
    let name = Some(model.called(key, key.company.as_str()));
    let next = crate::app::update::intent(model);
    let dialog = model.overlays.iter_mut().rev().find_map(|overlay| match overlay {
        Overlay::Tags(dialog) => Some(dialog),
        _ => None,
    });
    let Some(dialog) = dialog else { return fail(model, name, error) };
    dialog.sending = false;
    let error = Sent::failed(&mut dialog.sent, error, next);
    dialog.error = Some(Box::new(error));
}
