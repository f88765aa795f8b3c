//! Carrying it out: so many requests at once, one result each, and what follows for list, marks and undo.

use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::bulk::{Act, Block, Bulk, BulkRequest, How, Item, Stage, renamed};
use crate::app::features::tags::changed;
use crate::app::features::undo::Change;
use crate::app::features::{companies, sync, undo};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::domain::company::Company;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::launch::{Opening, Target};
use crate::domain::request::{
    Answer, BeginTask, CompanyChanges, EditCompany, EditStep, GetSetup, Launch, Request, Unlink, UnlinkPreflight,
};
use crate::domain::setup::Checklist;
use crate::domain::task::TaskKind;
use std::collections::BTreeSet;

fn find(model: &mut Model) -> Option<&mut Bulk> {
    model.overlays.find_mut(|_: &Bulk| true)
}

fn item<'a>(model: &'a mut Model, key: &CompanyKey) -> Option<&'a mut Item> {
    find(model)?.items.iter_mut().find(|item| item.key == *key)
}

fn set(model: &mut Model, key: &CompanyKey, how: How) {
    if let Some(item) = item(model, key) {
        item.how = how;
    }
}

/// Begins as many items as may be under way, and sees whether all are done.
pub(super) fn on(ctx: &mut Ctx<'_>) {
    while let Some((act, next)) = find(ctx.model).and_then(next) {
        let check = next.how == How::Unchecked;
        set(ctx.model, &next.key, if check { How::Checking } else { How::Sending });
        match request(ctx.model, &act, &next, check) {
            Ok((wait, request)) => {
                let profile = next.key.profile.clone();
                ctx.send(profile, PendingRequest::Bulk(wait), request);
            }
            Err(block) => set(ctx.model, &next.key, How::Blocked(block)),
        }
    }
    let over = find(ctx.model).is_some_and(|bulk| {
        let over = bulk.stage == Stage::Running && bulk.count(|how| *how == How::Sending) == 0;
        if over {
            bulk.stage = Stage::Done;
        }
        over
    });
    if over {
        finish(ctx);
    }
}

/// The next item to begin, if one may be.
fn next(bulk: &mut Bulk) -> Option<(Act, Item)> {
    let act = bulk.act.clone()?;
    let wanted = match bulk.stage {
        Stage::Review => How::Unchecked,
        Stage::Running if !bulk.stopping => How::Ready,
        _ => return None,
    };
    let busy = bulk.count(|how| matches!(how, How::Checking | How::Sending));
    let next = bulk.items.iter().find(|item| item.how == wanted)?;
    (busy < act.at_once()).then(|| (act, next.clone()))
}

fn request(model: &Model, act: &Act, item: &Item, check: bool) -> Result<(BulkRequest, Request), Block> {
    let (key, intent, id) = (item.key.clone(), item.intent.key.clone(), item.key.company.clone());
    let company = model.roster.get(&key).ok_or(Block::Gone)?;
    // A check and an unlink are about what the server calls it, which the check says.
    if let Some(block) = renamed(item, &company.name).filter(|_| *act != Act::Unlink) {
        return Err(block);
    }
    let edit = |changes: CompanyChanges| {
        let etag = company.etag.clone();
        Ok((
            BulkRequest::Item(key.clone()),
            Request::EditCompany(EditCompany { company: id.clone(), etag, changes, key: intent.clone() }),
        ))
    };
    let task = |kind: TaskKind| {
        let company = Some(id.clone());
        let request = BeginTask { kind, company, subject: None, note: None, key: intent.clone() };
        Ok((BulkRequest::Item(key.clone()), Request::BeginTask(request)))
    };
    let guided = model.guided(&key.profile);
    let tags = |tags: Vec<String>| edit(CompanyChanges { tags: Some(tags), ..CompanyChanges::default() });
    match act {
        Act::Unlink if check => {
            Ok((BulkRequest::Check(key), Request::UnlinkPreflight(UnlinkPreflight { company: id })))
        }
        Act::Unlink if guided => task(TaskKind::Unlink),
        Act::Launch if guided => task(TaskKind::Launch),
        Act::Unlink => {
            let etag = item.etag.clone().unwrap_or_else(|| company.etag.clone());
            Ok((
                BulkRequest::Item(key),
                Request::Unlink(Unlink { company: id, etag, validate_only: false, key: intent }),
            ))
        }
        Act::Launch => {
            let request = Request::Launch(Launch { company: id, target: Target::Home, vault: None, key: intent });
            Ok((BulkRequest::Item(key), request))
        }
        Act::Setup { .. } => Ok((BulkRequest::Step(key), Request::GetSetup(GetSetup { company: id }))),
        Act::Snooze { until, .. } => edit(CompanyChanges { snooze_until: Some(*until), ..CompanyChanges::default() }),
        Act::Tags { add, remove } => tags(changed(&company.tags, add, remove)),
        Act::Restore => tags(item.tags.clone()),
    }
}

pub(in crate::app) fn on_answer(ctx: &mut Ctx<'_>, wait: BulkRequest, result: Result<Answer, Error>) {
    let key = wait.key().clone();
    match (wait, result) {
        (BulkRequest::Check(_), Ok(Answer::Preflight(preflight))) => {
            let block = preflight.blocks().next().map(|check| Block::Check(check.code.clone(), check.title.clone()));
            if let Some(item) = item(ctx.model, &key) {
                // What is reviewed is what the unlink is bound to: the company under the name that it has now.
                let block = renamed(item, &preflight.company_name).or(block);
                item.etag = Some(preflight.etag);
                item.how = block.map_or(How::Ready, How::Blocked);
            }
        }
        (BulkRequest::Check(_), result) => {
            let error = unexpected_reply(Operation::Preflight, result);
            set(ctx.model, &key, How::Blocked(Block::CheckFailed(Box::new(error))));
        }
        (BulkRequest::Step(_), Ok(Answer::Setup(list))) => step(ctx, &key, &list),
        (BulkRequest::Item(_), Ok(answer)) => item_done(ctx, &key, answer),
        (wait, result) => {
            let what = if matches!(wait, BulkRequest::Step(_)) { Operation::LoadSetup } else { Operation::EditCompany };
            failed(ctx.model, &key, unexpected_reply(what, result));
        }
    }
    on(ctx);
}

/// A try failed. What may have been done keeps its intent; after a refusal the next try is another one.
fn failed(model: &mut Model, key: &CompanyKey, error: Error) {
    let next = model.new_intent();
    if let Some(item) = item(model, key) {
        item.how = How::Failed(Box::new(item.intent.failed(error, next)));
    }
}

fn unexpected_reply(what: Operation, result: Result<Answer, Error>) -> Error {
    result.err().unwrap_or_else(|| Error::new(what, Cause::Unreadable, RetryAdvice::Never))
}

/// The revision of the step is known now.
fn step(ctx: &mut Ctx<'_>, key: &CompanyKey, list: &Checklist) {
    let Some(Act::Setup { step: kind, state }) = find(ctx.model).and_then(|bulk| bulk.act.clone()) else { return };
    let Some(intent) = item(ctx.model, key).map(|item| item.intent.key.clone()) else { return };
    match list.step(&kind) {
        Some(step) if step.state == state => set(ctx.model, key, How::Blocked(Block::AlreadySo)),
        Some(step) => {
            let request = Request::EditStep(EditStep {
                company: key.company.clone(),
                step: kind,
                etag: step.etag.clone(),
                state: Some(state),
                note: None,
                key: intent,
            });
            ctx.send(key.profile.clone(), PendingRequest::Bulk(BulkRequest::Item(key.clone())), request);
        }
        None => failed(ctx.model, key, Error::new(Operation::EditSetup, Cause::NotFound, RetryAdvice::Never)),
    }
}

fn item_done(ctx: &mut Ctx<'_>, key: &CompanyKey, answer: Answer) {
    match answer {
        Answer::Launch(address) if ctx.model.options.browser => {
            let ticket = ctx.model.tickets.issue(PendingRequest::Bulk(BulkRequest::Open(key.clone())));
            ctx.effects.push(Effect::Open { ticket, address: address.uri });
        }
        // Never shown: many addresses, each good for a minute, help nobody.
        Answer::Launch(_) => {
            let error = Error::new(Operation::OpenBrowser, Cause::NoBrowser, RetryAdvice::Never);
            failed(ctx.model, key, error);
        }
        Answer::Company(company) => {
            set(ctx.model, key, How::Done(company.trial_end_time));
            changed_company(ctx.model, key, *company);
        }
        Answer::Task(_) => {
            set(ctx.model, key, How::Begun);
            ctx.model.tasks.list.outdate(&key.profile);
        }
        Answer::Step(_) => {
            set(ctx.model, key, How::Done(None));
            if let Some(details) = ctx.model.details.get_mut(key) {
                details.setup.outdate();
            }
        }
        _ => failed(ctx.model, key, Error::new(Operation::EditCompany, Cause::Unreadable, RetryAdvice::Never)),
    }
}

/// Tags as they were are kept, to be taken back all at once.
fn changed_company(model: &mut Model, key: &CompanyKey, company: Company) {
    let before = model.roster.get(key).map(|company| company.tags.clone());
    let act = find(model).and_then(|bulk| bulk.act.clone());
    let name = company.name.clone();
    if let (Some(Act::Tags { .. }), Some(before), Some(item)) = (&act, before, item(model, key)) {
        item.tags = before;
    }
    if act == Some(Act::Unlink) {
        undo::remember(model, key.clone(), name, Change::Unlinked);
    }
    model.roster.upsert(&key.profile, vec![company]);
    companies::rows_changed(model);
}

pub(in crate::app) fn on_opened(ctx: &mut Ctx<'_>, key: &CompanyKey, result: Result<Opening, Error>) {
    match result {
        Ok(Opening::Opened) => set(ctx.model, key, How::Done(None)),
        Ok(Opening::Sent) => set(ctx.model, key, How::Sent),
        Err(error) => failed(ctx.model, key, error),
    }
    on(ctx);
}

/// All results are in: marks stay on what was not done, tags can be taken back, and the list asks for news.
fn finish(ctx: &mut Ctx<'_>) {
    let Some(bulk) = find(ctx.model) else { return };
    let done: Vec<Item> = bulk.items.iter().filter(|item| item.how.done()).cloned().collect();
    let tags = matches!(bulk.act, Some(Act::Tags { .. }));
    for item in &done {
        ctx.model.marks.remove(&item.key);
    }
    if let (true, Some(first)) = (tags, done.first()) {
        let (key, name) = (first.key.clone(), first.name.clone());
        let all = done.iter().map(|item| (item.key.clone(), item.name.clone(), item.tags.clone())).collect();
        undo::remember(ctx.model, key, name, Change::Many(all));
    }
    let accounts: BTreeSet<ProfileId> = done.into_iter().map(|item| item.key.profile).collect();
    for profile in accounts {
        sync::ask_changes(ctx, &profile);
    }
}
