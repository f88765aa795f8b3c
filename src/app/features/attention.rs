//! What needs attention: the view, most urgent first, and setting a company's attention aside for a while.

use crate::app::command::{Command, DisabledReason};
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::bulk::Act;
use crate::app::features::{bulk, companies, sync};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Pane};
use crate::app::overlay::Overlay;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::{fail, intent, take_answer, toast};
use crate::domain::error::{Error, Operation};
use crate::domain::id::CompanyKey;
use crate::domain::request::{Answer, CompanyChanges, Request};
use crate::domain::roster::{Column, Query, Sort};
use jiff::{SignedDuration, Timestamp};

/// For how many days attention can be set aside; 0 ends that.
pub const DAYS: [i64; 4] = [1, 7, 30, 0];

pub(in crate::app) fn can_snooze(model: &Model) -> Result<(), DisabledReason> {
    let (_, company) = model.selected().ok_or(DisabledReason::NoCompany)?;
    if company.can_be_snoozed() { Ok(()) } else { Err(DisabledReason::NoAttention) }
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    if let Some((key, name)) = ctx.model.selected().map(|(key, company)| (key, company.name.clone())) {
        ask(ctx.model, vec![(key, name)]);
    }
}

pub(in crate::app) fn open_marked(ctx: &mut Ctx<'_>) {
    ask(ctx.model, bulk::marked(ctx.model));
}

/// For how long, of these companies: whatever is selected by the time of the answer.
fn ask(model: &mut Model, companies: Vec<(CompanyKey, String)>) {
    model.overlays.push(Overlay::Snooze { companies, cursor: 0 });
}

/// Only what needs attention, most urgent first; once more, and the list is as it was made before.
pub(in crate::app) fn show(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let sort = Some(Sort { column: Column::Attention, descending: false });
    let query = model.roster.query().clone();
    let mut filter = query.filter.clone();
    let on = filter.any_attention && query.sort == sort;
    filter.any_attention = !on;
    model.screen = crate::app::screen::Screen::Companies;
    (model.pane, model.full, model.pinned) = (Pane::List, false, None);
    companies::set_query(model, Query { sort: if on { None } else { sort }, filter, ..query });
    let first = model.roster.key_at(0);
    companies::put_cursor(model, first);
}

pub(in crate::app) fn menu(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Snooze { cursor, .. }) = ctx.model.overlays.last_mut() else { return };
    let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| (digit as usize).checked_sub(1));
    match key.code {
        Code::Down | Code::Char('j') => *cursor = (*cursor + 1).min(DAYS.len() - 1),
        Code::Up | Code::Char('k') => *cursor = cursor.saturating_sub(1),
        Code::Esc | Code::Char('q' | 'Z') => drop(ctx.model.overlays.pop()),
        Code::Enter => {
            let row = *cursor;
            choose(ctx, row);
        }
        _ => {
            if let Some(row) = digit.filter(|row| *row < DAYS.len()) {
                choose(ctx, row);
            }
        }
    }
}

fn choose(ctx: &mut Ctx<'_>, row: usize) {
    let Some(Overlay::Snooze { companies, .. }) = ctx.model.overlays.pop() else { return };
    let days = DAYS.get(row).copied().unwrap_or(1);
    let until = ctx.model.now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(ctx.model.now);
    let [(key, _)] = companies.as_slice() else {
        let companies = companies.into_iter().map(|(key, name)| (key, name, Vec::new())).collect();
        return bulk::review(ctx.model, &Act::Snooze { days, until }, companies);
    };
    let key = key.clone();
    let company = ctx.model.roster.get(&key).ok_or(DisabledReason::NoCompany);
    let company = company.and_then(|company| {
        Command::Snooze.permitted_in(ctx.model, &key.profile)?;
        if company.can_be_snoozed() { Ok(company) } else { Err(DisabledReason::NoAttention) }
    });
    let (etag, before) = match company {
        Ok(company) => (company.etag.clone(), company.snooze_until),
        Err(why) => return toast(ctx.model, Notification::NotNow(Command::Snooze, why)),
    };
    set(ctx.model, &key, Some(until).filter(|_| days > 0));
    let intent = intent(ctx.model);
    let ticket = ctx.model.tickets.issue(PendingRequest::Snooze { key: key.clone(), before });
    let changes = CompanyChanges { snooze_until: Some(until), ..CompanyChanges::default() };
    ctx.effects.push(Effect::Call {
        ticket,
        profile: key.profile.clone(),
        request: Request::EditCompany { company: key.company, etag, changes, key: intent },
    });
}

/// Shows it at once; a refusal flips it back.
fn set(model: &mut Model, key: &CompanyKey, until: Option<Timestamp>) {
    model.roster.update(key, |company| company.snooze_until = until);
    companies::rows_changed(model);
}

pub(in crate::app) fn snoozed(
    ctx: &mut Ctx<'_>,
    key: &CompanyKey,
    before: Option<Timestamp>,
    result: Result<Answer, Error>,
) {
    let name = ctx.model.called(key, key.company.as_str());
    let company = take_answer(Operation::EditCompany, result, |answer| match answer {
        Answer::Company(company) => Some(*company),
        _ => None,
    });
    match company {
        Ok(company) => {
            let until = company.snooze_until;
            ctx.model.roster.upsert(&key.profile, vec![company]);
            companies::rows_changed(ctx.model);
            toast(ctx.model, Notification::Snoozed { company: name, until });
        }
        Err(error) => {
            set(ctx.model, key, before);
            fail(ctx.model, Some(name), error);
        }
    }
    sync::ask_changes(ctx, &key.profile);
}

/// Attention that was set aside until a moment that has passed is back.
pub(in crate::app) fn wake(model: &mut Model) {
    if model.roster.totals().counts.snoozed == 0 {
        return;
    }
    for key in model.roster.awake(model.now) {
        set(model, &key, None);
    }
}
