//! The company: loading its checklist and people when they are looked at, and changing the checklist. Changes
//! show at once and flip back, with the reason, if the server refuses.

use crate::app::command::DisabledReason;
use crate::app::core::remote::Versioned;
use crate::app::ctx::Ctx;
use crate::app::effect::Ticket;
use crate::app::features::setup::{NoteDialog, note};
use crate::app::features::undo::Change;
use crate::app::features::{companies, sync, undo};
use crate::app::model::{Details, Model, Tab};
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::take_answer;
use crate::domain::company::{Company, CompanyState};
use crate::domain::error::{Cause, Error, Operation};
use crate::domain::id::{CompanyKey, Etag};
use crate::domain::request::{Answer, EditStep, GetSetup, IdempotencyKey, Request};
use crate::domain::setup::{Checklist, Step, StepState};

/// Companies whose details are kept; the least useful is forgotten first.
const MOST_DETAILS: usize = 200;

/// A company is selected.
pub(in crate::app) fn selected(model: &Model) -> Result<(), DisabledReason> {
    model.selected().map(drop).ok_or(DisabledReason::NoCompany)
}

/// The selected company is one that we manage.
pub(in crate::app) fn managed(model: &Model) -> Result<(), DisabledReason> {
    managed_company(model).map(drop)
}

/// The selected company, if we manage it.
pub(in crate::app) fn managed_company(model: &Model) -> Result<(CompanyKey, &Company), DisabledReason> {
    let (key, company) = model.selected().ok_or(DisabledReason::NoCompany)?;
    match company.state {
        CompanyState::Unlinked => Err(DisabledReason::AlreadyUnlinked { trial_end: company.trial_end_time }),
        _ => Ok((key, company)),
    }
}

/// Loads what the visible tab shows, when the cursor rests on the company and what is there is not its newest.
pub(in crate::app) fn load_when_due(ctx: &mut Ctx<'_>) {
    if ctx.model.rest_at.is_some_and(|moment| moment > ctx.model.now) {
        return;
    }
    ctx.model.rest_at = None;
    if !ctx.model.company_visible() || ctx.model.tab == Tab::Overview {
        return;
    }
    let Some((key, company)) = ctx.model.selected().filter(|(key, _)| ctx.model.accounts.connected(&key.profile))
    else {
        return;
    };
    let etag = company.etag.clone();
    match ctx.model.tab {
        Tab::Setup if !saving(ctx.model, &key) => {
            let request = Request::GetSetup(GetSetup { company: key.company.clone() });
            load(ctx, &key, &etag, |details| &mut details.setup, PendingRequest::Setup(key.clone()), request);
        }
        Tab::People => crate::app::features::people::load(ctx, &key, &etag),
        Tab::Vaults => crate::app::features::vaults::load(ctx, &key, &etag),
        _ => return,
    }
    forget_some(ctx.model, &key);
}

/// A step of its checklist is being changed.
pub(in crate::app) fn saving(model: &Model, key: &CompanyKey) -> bool {
    let saves = |pending: &PendingRequest| matches!(pending, PendingRequest::EditStep { key: of, .. } if of == key);
    model.tickets.open().any(|(_, pending)| saves(pending))
}

/// Asks for a part of the details, unless what is there is of this revision of the company.
pub(in crate::app) fn load<T>(
    ctx: &mut Ctx<'_>,
    key: &CompanyKey,
    etag: &Etag,
    part: fn(&mut Details) -> &mut Versioned<T>,
    pending: PendingRequest,
    request: Request,
) {
    let there = part(ctx.model.details.entry(key.clone()).or_default());
    if !there.stale(etag) {
        return;
    }
    let older = there.waiting();
    ctx.cancel(older);
    let ticket = ctx.send(key.profile.clone(), pending, request);
    part(ctx.model.details.entry(key.clone()).or_default()).ask(ticket, etag.clone());
}

pub(in crate::app) fn forget_some(model: &mut Model, keep: &CompanyKey) {
    let idle = |details: &Details| {
        let loads =
            [details.setup.waiting(), details.people.waiting(), details.usage.waiting(), details.sources.waiting()];
        loads.iter().all(Option::is_none) && details.usage_before.waiting().is_none() && !details.activity.waiting()
    };
    while model.details.len() > MOST_DETAILS {
        let victim =
            model.details.iter().find(|(key, details)| *key != keep && idle(details)).map(|(key, _)| key.clone());
        match victim {
            Some(key) => drop(model.details.remove(&key)),
            None => return,
        }
    }
}

/// The refresh key: what is shown of the company is asked for again, also after a failure.
pub(in crate::app) fn forget_age(model: &mut Model) {
    let Some((key, _)) = model.selected() else { return };
    if let Some(details) = model.details.get_mut(&key) {
        details.setup.outdate();
        details.outdate_people();
        details.vaults.outdate();
        details.sources.outdate();
        details.setup.forget_error();
        details.try_again();
    }
}

pub(in crate::app) fn on_setup(model: &mut Model, ticket: Ticket, key: &CompanyKey, result: Result<Answer, Error>) {
    let checklist = take_answer::<Checklist>(Operation::LoadSetup, result);
    if let Some(details) = model.details.get_mut(key) {
        details.setup.settle(ticket, model.now, checklist);
    }
}

/// Changes the state or the note of a step, in the revision that `before` shows.
pub(in crate::app) fn edit_step(
    ctx: &mut Ctx<'_>,
    key: CompanyKey,
    before: Step,
    (state, note): (Option<StepState>, Option<String>),
    intent: IdempotencyKey,
) {
    let is_note = note.is_some();
    let mut after = before.clone();
    if let Some(state) = &state {
        after.state = state.clone();
    }
    if let Some(note) = &note {
        after.note = Some(note.clone()).filter(|note| !note.is_empty());
    }
    let (step, etag) = (before.kind.clone(), before.etag.clone());
    let purpose = PendingRequest::EditStep { key: key.clone(), before: Box::new(before), note: is_note };
    if !is_note {
        show_step(ctx.model, &key, after);
    }
    let request = Request::EditStep(EditStep { company: key.company, step, etag, state, note, key: intent });
    ctx.send(key.profile, purpose, request);
}

/// Puts a step into the checklist, and what follows from it into the list.
pub(in crate::app) fn show_step(model: &mut Model, key: &CompanyKey, step: Step) {
    let Some(checklist) = model.details.get_mut(key).and_then(|details| details.setup.value_mut()) else { return };
    if let Some(old) = checklist.steps.iter_mut().find(|old| old.kind == step.kind) {
        *old = step;
    }
    let progress = Checklist::progress(checklist);
    model.roster.update(key, |company| {
        company.setup.done = progress.done;
        company.setup.applicable = progress.applicable;
    });
    // The list may be ordered by that very progress.
    companies::rows_changed(model);
}

pub(in crate::app) fn on_step(
    ctx: &mut Ctx<'_>,
    key: &CompanyKey,
    before: Step,
    note: bool,
    result: Result<Answer, Error>,
) {
    let company = ctx.model.called(key, key.company.as_str());
    let step = take_answer::<Step>(Operation::EditSetup, result);
    match step {
        Ok(step) => {
            let (kind, state) = (step.kind.clone(), step.state.clone());
            let change = Change::Step {
                step: kind.clone(),
                on: before.etag.clone(),
                etag: step.etag.clone(),
                before: (before.state.clone(), before.note.clone()),
            };
            undo::remember(ctx.model, key.clone(), company.clone(), change);
            show_step(ctx.model, key, step);
            if note {
                ctx.model.overlays.close::<NoteDialog>(|_| true);
                ctx.model.notify(Notification::NoteSaved { company });
            } else {
                ctx.model.notify(Notification::StepChanged { company, step: kind, state });
            }
        }
        Err(error) => {
            let changed = error.cause == Cause::ChangedMeanwhile || error.outcome_unknown();
            if note {
                note::failed(ctx.model, error, company);
            } else {
                show_step(ctx.model, key, before);
                ctx.model.fail(Some(company), error);
            }
            // Somebody else was quicker, or the answer was lost: show how it stands.
            if changed && let Some(details) = ctx.model.details.get_mut(key) {
                details.setup.outdate();
            }
        }
    }
    sync::ask_changes(ctx, &key.profile);
}
