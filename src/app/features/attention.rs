//! What needs attention: the view, most urgent first, and setting a company's attention aside for a while.

use crate::app::command::{Command, DisabledReason};
use crate::app::core::menu::{Choice, Menu};
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::bulk::Act;
use crate::app::features::{bulk, companies, sync};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::take_answer;
use crate::domain::company::Company;
use crate::domain::error::{Error, Operation};
use crate::domain::id::CompanyKey;
use crate::domain::request::{Answer, CompanyChanges, EditCompany};
use crate::domain::roster::{Column, Filter, Query, Sort};
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
    let distinction = model.distinction_of_single(&companies);
    model.overlays.open(SnoozeMenu { companies, distinction, menu: Menu::default() });
}

/// Only what needs attention, most urgent first; once more, and the list is as it was made before.
pub(in crate::app) fn show(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let sort = Some(Sort { column: Column::Attention, descending: false });
    let query = model.roster.query().clone();
    let mut filter = query.filter.clone();
    let on = filter.any_attention && query.sort == sort;
    filter.any_attention = !on;
    companies::to_list(model);
    companies::set_query(model, Query { sort: if on { None } else { sort }, filter, ..query });
    let first = model.roster.key_at(0);
    companies::put_cursor(model, first);
}

/// The view, whatever else was filtered.
pub(in crate::app) fn show_all(model: &mut Model) {
    let query = model.roster.query().clone();
    let sort = Some(Sort { column: Column::Attention, descending: false });
    let filter = Filter { any_attention: true, accounts: query.filter.accounts, ..Filter::default() };
    companies::to_list(model);
    companies::set_query(model, Query { sort, filter, ..query });
}

/// For how long attention is snoozed.
#[derive(Debug, Clone, PartialEq)]
pub struct SnoozeMenu {
    pub companies: Vec<(CompanyKey, String)>,
    /// What tells a single one from others of its name.
    pub distinction: Option<String>,
    pub menu: Menu,
}

impl Dialog for SnoozeMenu {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        // One choice, one write: Space alone writes nothing.
        if key.code == Code::Char(' ') {
            return Outcome::Keep;
        }
        match self.menu.numbered_key(key, DAYS.len(), 'Z') {
            Choice::Accepted(Some(row)) => self.snooze(ctx, DAYS.get(row).copied().unwrap_or(1)),
            Choice::Accepted(None) | Choice::Closed => Outcome::Close,
            _ => Outcome::Keep,
        }
    }
}

impl SnoozeMenu {
    fn snooze(&self, ctx: &mut Ctx<'_>, days: i64) -> Outcome {
        let until = ctx.model.now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(ctx.model.now);
        let [(key, _)] = self.companies.as_slice() else {
            let companies = self.companies.iter().map(|(key, name)| (key.clone(), name.clone(), Vec::new())).collect();
            return Outcome::Replace(bulk::review(ctx.model, &Act::Snooze { days, until }, companies).into());
        };
        snooze_one(ctx, key, days, until);
        Outcome::Close
    }
}

fn snooze_one(ctx: &mut Ctx<'_>, key: &CompanyKey, days: i64, until: Timestamp) {
    let company = ctx.model.roster.get(key).ok_or(DisabledReason::NoCompany);
    let company = company.and_then(|company| {
        Command::Snooze.permitted_in(ctx.model, &key.profile)?;
        if company.can_be_snoozed() { Ok(company) } else { Err(DisabledReason::NoAttention) }
    });
    let (etag, before) = match company {
        Ok(company) => (company.etag.clone(), company.snooze_until),
        Err(why) => return ctx.model.notify(Notification::NotNow(Command::Snooze, why)),
    };
    set(ctx.model, key, Some(until).filter(|_| days > 0));
    let intent = ctx.model.new_intent();
    let changes = CompanyChanges { snooze_until: Some(until), ..CompanyChanges::default() };
    let request = EditCompany { company: key.company.clone(), etag, changes, key: intent };
    ctx.send(key.profile.clone(), PendingRequest::Snooze { key: key.clone(), before }, request);
}

/// Shows it at once; a refusal flips it back.
fn set(model: &mut Model, key: &CompanyKey, until: Option<Timestamp>) {
    model.roster.update(key, |company| company.snooze_until = until);
    companies::rows_changed(model);
}

pub(in crate::app) fn on_snoozed(
    ctx: &mut Ctx<'_>,
    key: &CompanyKey,
    before: Option<Timestamp>,
    result: Result<Answer, Error>,
) {
    let name = ctx.model.called(key, key.company.as_str());
    let company = take_answer::<Company>(Operation::EditCompany, result);
    match company {
        Ok(company) => {
            let until = company.snooze_until;
            ctx.model.roster.upsert(&key.profile, vec![company]);
            companies::rows_changed(ctx.model);
            ctx.model.notify(Notification::Snoozed { company: name, until });
        }
        Err(error) => {
            set(ctx.model, key, before);
            ctx.model.fail(Some(name), error);
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
