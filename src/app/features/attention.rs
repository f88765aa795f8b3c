//! What needs attention: the view, most urgent first, and setting a company's attention aside for a while.

use crate::app::command::{Command, DisabledReason};
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

pub(in crate::app) fn run(model: &mut Model, command: Command, _out: &mut Vec<Effect>) {
    if command == Command::Urgent {
        view(model);
    } else if let Some((key, name)) = model.selected().map(|(key, company)| (key, company.name.clone())) {
        ask(model, vec![(key, name)]);
    }
}

/// For how long, of these companies: whatever is selected by the time of the answer.
pub(in crate::app) fn ask(model: &mut Model, companies: Vec<(CompanyKey, String)>) {
    model.overlays.push(Overlay::Snooze { companies, cursor: 0 });
}

/// Only what needs attention, most urgent first; once more, and the list is as it was made before.
fn view(model: &mut Model) {
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

pub(in crate::app) fn menu(model: &mut Model, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Snooze { cursor, .. }) = model.overlays.last_mut() else { return };
    let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| (digit as usize).checked_sub(1));
    match key.code {
        Code::Down | Code::Char('j') => *cursor = (*cursor + 1).min(DAYS.len() - 1),
        Code::Up | Code::Char('k') => *cursor = cursor.saturating_sub(1),
        Code::Esc | Code::Char('q' | 'Z') => drop(model.overlays.pop()),
        Code::Enter => {
            let row = *cursor;
            choose(model, row, out);
        }
        _ => {
            if let Some(row) = digit.filter(|row| *row < DAYS.len()) {
                choose(model, row, out);
            }
        }
    }
}

fn choose(model: &mut Model, row: usize, out: &mut Vec<Effect>) {
    let Some(Overlay::Snooze { companies, .. }) = model.overlays.pop() else { return };
    let days = DAYS.get(row).copied().unwrap_or(1);
    let until = model.now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(model.now);
    let [(key, _)] = companies.as_slice() else {
        let companies = companies.into_iter().map(|(key, name)| (key, name, Vec::new())).collect();
        return bulk::review(model, &Act::Snooze { days, until }, companies);
    };
    let key = key.clone();
    let company = model.roster.get(&key).ok_or(DisabledReason::NoCompany);
    let company = company.and_then(|company| {
        Command::Snooze.permitted_in(model, &key.profile)?;
        if company.can_be_snoozed() { Ok(company) } else { Err(DisabledReason::NoAttention) }
    });
    let (etag, before) = match company {
        Ok(company) => (company.etag.clone(), company.snooze_until),
        Err(why) => return toast(model, Notification::NotNow(Command::Snooze, why)),
    };
    set(model, &key, Some(until).filter(|_| days > 0));
    let intent = intent(model);
    let ticket = model.tickets.issue(PendingRequest::Snooze { key: key.clone(), before });
    let changes = CompanyChanges { snooze_until: Some(until), ..CompanyChanges::default() };
    out.push(Effect::Call {
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
    model: &mut Model,
    key: &CompanyKey,
    before: Option<Timestamp>,
    result: Result<Answer, Error>,
    out: &mut Vec<Effect>,
) {
    let name = model.called(key, key.company.as_str());
    let company = take_answer(Operation::EditCompany, result, |answer| match answer {
        Answer::Company(company) => Some(*company),
        _ => None,
    });
    match company {
        Ok(company) => {
            let until = company.snooze_until;
            model.roster.upsert(&key.profile, vec![company]);
            companies::rows_changed(model);
            toast(model, Notification::Snoozed { company: name, until });
        }
        Err(error) => {
            set(model, key, before);
            fail(model, Some(name), error);
        }
    }
    sync::ask_changes(model, &key.profile, out);
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
