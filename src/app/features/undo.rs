//! Taking the last change back: the inverse of what was done, bound to the revision that it made. What somebody
//! else changed since stays as it is.

mod state;

pub use state::*;

use crate::app::command::{Command, DisabledReason};
use crate::app::ctx::Ctx;
use crate::app::features::bulk::Act;
use crate::app::features::{bulk, companies, company, sync};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::{CompanyKey, Etag, ProfileId};
use crate::domain::intent::Intent;
use crate::domain::request::{
    AddMember, Answer, CompanyChanges, EditCompany, EditStep, IdempotencyKey, RemoveMember, Request, UndoImport,
};

/// Keeps a change that was made, to be taken back.
pub(in crate::app) fn remember(model: &mut Model, key: CompanyKey, company: String, change: Change) {
    model.undo.push(Undo { key, company, change, intent: None });
    if model.undo.len() > MOST {
        model.undo.remove(0);
    }
}

pub(in crate::app) fn enabled(model: &Model) -> Result<(), DisabledReason> {
    if model.undo.is_empty() { Err(DisabledReason::NothingToUndo) } else { Ok(()) }
}

/// The account of the change that would be undone.
pub(in crate::app) fn account(model: &Model) -> Option<ProfileId> {
    model.undo.last().map(|undo| undo.key.profile.clone())
}

pub(in crate::app) fn undo(ctx: &mut Ctx<'_>) {
    let Some(mut undo) = ctx.model.undo.pop() else { return };
    // What it takes to take something back is what it took to do it.
    let needed = match &undo.change {
        Change::Step { .. } => Command::ToggleStep,
        Change::Group { .. } => Command::MakeOwner,
        Change::Import(_) => Command::Import,
        Change::Unlinked => {
            let company = ctx.model.called(&undo.key, &undo.company);
            return ctx.model.notify(Notification::NoWayBack { company });
        }
        Change::Declared(kind) => {
            let company = ctx.model.called(&undo.key, &undo.company);
            return ctx.model.notify(Notification::DoneOutside { company, kind: kind.clone() });
        }
        Change::Tags { .. } | Change::Note { .. } | Change::Many(_) => Command::Tag,
    };
    if let Err(why) = needed.permitted_in(ctx.model, &undo.key.profile) {
        ctx.model.undo.push(undo);
        return ctx.model.notify(Notification::NotNow(Command::Undo, why));
    }
    if let Change::Many(all) = undo.change {
        let review = bulk::review(ctx.model, &Act::Restore, all);
        return ctx.model.overlays.open(review);
    }
    let intent = undo.intent.clone().unwrap_or_else(|| Intent::new(ctx.model.new_intent()));
    undo.intent = Some(intent.clone());
    match request(ctx.model, &undo, intent.key) {
        Ok(request) => {
            let profile = undo.key.profile.clone();
            ctx.send(profile, PendingRequest::Undo(UndoRequest(Box::new(undo))), request);
        }
        Err(cause) => {
            let error = Error::new(Operation::Undo, cause, RetryAdvice::Never);
            let company = ctx.model.called(&undo.key, &undo.company);
            ctx.model.fail(Some(company), error);
        }
    }
}

fn request(model: &Model, undo: &Undo, key: IdempotencyKey) -> Result<Request, Cause> {
    if let Change::Import(run) = &undo.change {
        return Ok(Request::UndoImport(UndoImport { run: run.clone(), key }));
    }
    let company = model.roster.get(&undo.key).ok_or(Cause::NotFound)?;
    let id = undo.key.company.clone();
    let edit = |changes: CompanyChanges, untouched: bool| {
        let etag = company.etag.clone();
        let request = Request::EditCompany(EditCompany { company: id.clone(), etag, changes, key: key.clone() });
        // Another technician's change on top of ours is not ours to take back.
        if untouched { Ok(request) } else { Err(Cause::ChangedMeanwhile) }
    };
    match &undo.change {
        Change::Tags { before, after } => {
            let changes = CompanyChanges { tags: Some(before.clone()), ..CompanyChanges::default() };
            edit(changes, company.tags == *after)
        }
        Change::Note { before, after } => {
            let note = Some(before.clone().unwrap_or_default());
            edit(CompanyChanges { note, ..CompanyChanges::default() }, company.note == *after)
        }
        Change::Step { step, etag, before: (state, note), .. } => {
            let (step, etag) = (step.clone(), etag.clone());
            let (state, note) = (Some(state.clone()), Some(note.clone().unwrap_or_default()));
            Ok(Request::EditStep(EditStep { company: id, step, etag, state, note, key }))
        }
        Change::Group { group, user, added: true, .. } => {
            Ok(Request::RemoveMember(RemoveMember { company: id, group: group.clone(), user: user.clone(), key }))
        }
        Change::Group { group, user, added: false, .. } => {
            Ok(Request::AddMember(AddMember { company: id, group: group.clone(), user: user.clone(), key }))
        }
        Change::Many(_) | Change::Unlinked | Change::Declared(_) | Change::Import(_) => Err(Cause::Local),
    }
}

/// The step stands again as an earlier change of ours left it: that one can be taken back from its new revision.
fn rebind(model: &mut Model, done: &Undo, now: &Etag) {
    let Change::Step { step: kind, on, .. } = &done.change else { return };
    for earlier in model.undo.iter_mut().filter(|earlier| earlier.key == done.key) {
        if let Change::Step { step, etag, .. } = &mut earlier.change
            && step == kind
            && etag == on
        {
            etag.clone_from(now);
        }
    }
}

pub(in crate::app) fn on_answer(ctx: &mut Ctx<'_>, UndoRequest(undo): UndoRequest, result: Result<Answer, Error>) {
    let key = undo.key.clone();
    match result {
        Ok(answer) => {
            match answer {
                Answer::Company(new) => {
                    ctx.model.roster.upsert(&key.profile, vec![*new]);
                    companies::rows_changed(ctx.model);
                }
                Answer::Step(step) => {
                    rebind(ctx.model, &undo, &step.etag);
                    company::show_step(ctx.model, &key, *step);
                }
                _ => {}
            }
            if let Some(details) = ctx.model.details.get_mut(&key) {
                details.setup.outdate();
                details.outdate_people();
            }
            let company = ctx.model.called(&key, &undo.company);
            ctx.model.notify(Notification::TakenBack { company, change: Box::new(undo.change) });
        }
        Err(error) => {
            let company = Some(ctx.model.called(&key, &undo.company));
            let (mut undo, next) = (undo, ctx.model.new_intent());
            let error = undo.intent.as_mut().map_or(error.clone(), |intent| intent.failed(error, next));
            let what =
                if error.operation.writes() || error.outcome_unknown() { Operation::Undo } else { error.operation };
            // No answer: it may have been done. The same key again is the same intent.
            if error.outcome_unknown() {
                ctx.model.undo.push(*undo);
            }
            ctx.model.fail(company, Error { operation: what, ..error });
        }
    }
    sync::ask_changes(ctx, &key.profile);
}
