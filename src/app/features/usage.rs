//! Usage: the screen, the tab, and the curves in the list.

mod before;
pub mod curves;
pub(in crate::app) mod export;
pub(in crate::app) mod search;
mod state;
pub mod table;
mod total;

pub use before::of_company as before_of_company;
pub use state::*;

use crate::app::command::DisabledReason;
use crate::app::core::menu::{Choice, Menu};
use crate::app::core::remote::Phase;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::Ticket;
use crate::app::features::accounts::{Account, signed_in_since};
use crate::app::features::company;
use crate::app::features::usage::table::{TableSort, UsageColumn};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Tab};
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::app::update::{take_answer, take_rows};
use crate::domain::error::{Error, Operation};
use crate::domain::id::{CompanyKey, Etag};
use crate::domain::request::Request;
use crate::domain::request::{Answer, GetCompanyUsage, GetCurves, GetUsage};
use crate::domain::usage::CompanyUsage;
use crate::domain::usage::Overall;
use crate::domain::usage::Period;
use crate::domain::usage::Usage;
use jiff::Timestamp;

pub(in crate::app) fn in_front(model: &Model) -> Result<(), DisabledReason> {
    let in_front = model.screen == Screen::Usage || model.company_visible() && model.tab == Tab::Usage;
    if in_front { known(model) } else { Err(DisabledReason::OnlyOn(Screen::Usage)) }
}

/// Of workspaces of one's own only the web console shows it.
fn known(model: &Model) -> Result<(), DisabledReason> {
    let elsewhere = model.accounts.iter().all(Account::real);
    if elsewhere { Err(DisabledReason::UsageElsewhere) } else { Ok(()) }
}

/// The tab has one company and no table.
pub(in crate::app) fn on_screen(model: &Model) -> Result<(), DisabledReason> {
    if model.screen == Screen::Usage { known(model) } else { Err(DisabledReason::OnlyOn(Screen::Usage)) }
}

pub(in crate::app) fn open_period(ctx: &mut Ctx<'_>) {
    let now = period(ctx.model);
    let cursor = months(ctx.model.now).iter().position(|month| *month == now).unwrap_or(0);
    ctx.model.overlays.open(UsageMenu::Period(Menu::at(cursor)));
}

pub(in crate::app) fn open_sort(ctx: &mut Ctx<'_>) {
    let column = ctx.model.usage.sort.column;
    let cursor = UsageColumn::ALL.iter().position(|other| *other == column).unwrap_or(0);
    ctx.model.overlays.open(UsageMenu::Sort(Menu::at(cursor)));
}

pub(in crate::app) fn reverse(ctx: &mut Ctx<'_>) {
    let sort = ctx.model.usage.sort;
    order_by(ctx.model, TableSort { descending: !sort.descending, ..sort });
}

/// The axis of the charts begins at zero, or near the smallest value again.
pub(in crate::app) fn toggle_zero(ctx: &mut Ctx<'_>) {
    ctx.model.usage.from_zero = !ctx.model.usage.from_zero;
}

impl Dialog for UsageMenu {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let sorts = matches!(self, Self::Sort(_));
        let (menu, len, own) = match self {
            Self::Period(menu) => (menu, MONTHS, 'p'),
            Self::Sort(menu) => (menu, UsageColumn::ALL.len(), 's'),
        };
        match (menu.numbered_key(key, len, own), key.code) {
            (Choice::Chosen(row), _) => choose(ctx.model, sorts, row),
            (Choice::Accepted(row), _) => {
                if let Some(row) = row {
                    choose(ctx.model, sorts, row);
                }
                return Outcome::Close;
            }
            (Choice::Closed, _) => return Outcome::Close,
            (Choice::Other, Code::Char('S')) if sorts => {
                menu.choose();
                reverse(ctx);
            }
            _ => {}
        }
        Outcome::Keep
    }

    fn places(&self) -> &'static [crate::app::command::Place] {
        use crate::app::command::Place;
        &[Place::Usage, Place::Anywhere]
    }
}

fn choose(model: &mut Model, sorts: bool, row: usize) {
    if !sorts {
        let this = Period::month_of(today(model.now));
        let chosen = months(model.now).get(row).copied();
        model.usage.period = chosen.filter(|chosen| *chosen != this);
    } else if let Some(column) = UsageColumn::ALL.get(row).copied() {
        let sort = model.usage.sort;
        // Numbers begin with the largest; on the order in force it is turned round.
        let descending = if sort.column == column { !sort.descending } else { column != UsageColumn::Name };
        order_by(model, TableSort { column, descending });
    }
}

/// An order that was asked for shows its top.
fn order_by(model: &mut Model, sort: TableSort) {
    model.usage.sort = sort;
    arrange(model);
    model.usage.put_cursor(0);
}

fn arrange(model: &mut Model) {
    let ranks = model.roster.ranks();
    let period = period(model);
    model.usage.arrange(period, ranks);
}

/// Which accounts are shown, and of which period: what is not is not in the table, so nothing of it is selected.
fn show_accounts(model: &mut Model) {
    let filter = &model.roster.query().filter;
    let accounts = model.accounts.iter().map(|account| (&account.profile, filter.shows(&account.profile)));
    let narrowed = model.usage.show(accounts);
    for part in &mut model.usage.parts {
        let asked_at = part.asked.as_ref().map(|asked| asked.at);
        if signed_in_since(model.accounts.get(&part.profile), part.all.error(), asked_at) {
            part.asked = None;
            part.forget_before();
        }
    }
    if !narrowed && model.usage.arranged == Some(period(model)) {
        return;
    }
    arrange(model);
    let hidden = |key: &CompanyKey| !model.roster.query().filter.shows(&key.profile);
    if narrowed && model.usage.selection.key.as_ref().is_some_and(hidden) {
        model.usage.put_cursor(0);
    }
}

/// Loads what is on the screen and not there yet, and curves for the visible rows of the list.
pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    match shown(ctx.model) {
        Some(Shown::Screen) => {
            show_accounts(ctx.model);
            load_all(ctx);
            before::load_all(ctx);
        }
        Some(Shown::Tab(key)) => {
            load_company(ctx, &key);
            before::load_company(ctx, &key);
        }
        None => load_curves(ctx),
    }
}

/// When something that is on the screen is to be asked for again, by time alone.
pub fn due_at(model: &Model) -> Option<Timestamp> {
    let wanted = period(model);
    match shown(model)? {
        Shown::Tab(key) if !model.accounts.connected(&key.profile) || model.guided(&key.profile) => None,
        Shown::Screen => model.usage.parts.iter().filter_map(|part| part_due(model, part, wanted)).min(),
        Shown::Tab(key) => {
            let etag = model.roster.get(&key).map(|company| &company.etag);
            let Some(details) = model.details.get(&key) else { return Some(model.now) };
            let same = |asked: &&Asked| asked.period == wanted && asked.etag.as_ref() == etag;
            let asked = details.usage_asked.as_ref().filter(same).map(|asked| asked.at);
            REFRESH.due(&details.usage, asked, model.now)
        }
    }
}

enum Shown {
    Screen,
    Tab(CompanyKey),
}

fn shown(model: &Model) -> Option<Shown> {
    if model.screen == Screen::Usage {
        return Some(Shown::Screen);
    }
    let tab = model.company_visible() && model.tab == Tab::Usage && model.rest_at.is_none();
    model.selected().filter(|_| tab).map(|(key, _)| Shown::Tab(key))
}

/// When an account is to be asked for the screen; none for one that is hidden or has no server to ask.
fn part_due(model: &Model, part: &Part, wanted: Period) -> Option<Timestamp> {
    let asks = part.shown && model.accounts.connected(&part.profile) && !model.guided(&part.profile);
    let asked = part.asked.as_ref().filter(|asked| asked.period == wanted).map(|asked| asked.at);
    REFRESH.due(&part.all, asked, model.now).filter(|_| asks)
}

fn load_all(ctx: &mut Ctx<'_>) {
    let (now, wanted) = (ctx.model.now, period(ctx.model));
    let is_due = |part: &&Part| part_due(ctx.model, part, wanted).is_some_and(|due| due <= now);
    let profiles: Vec<_> = ctx.model.usage.parts.iter().filter(is_due).map(|part| part.profile.clone()).collect();
    for profile in profiles {
        let older = ctx.model.usage.part_mut(&profile).and_then(|part| part.all.waiting());
        ctx.cancel(older);
        let pending = PendingRequest::Usage(UsageRequest::All(profile.clone()));
        let ticket = ctx.send(profile.clone(), pending, Request::GetUsage(GetUsage { period: wanted }));
        if let Some(part) = ctx.model.usage.part_mut(&profile) {
            part.asked = Some(Asked { period: wanted, etag: None, at: now });
            part.all.wait_for(ticket);
        }
    }
}

fn load_company(ctx: &mut Ctx<'_>, key: &CompanyKey) {
    if due_at(ctx.model).is_none_or(|due| due > ctx.model.now) {
        return;
    }
    let wanted = period(ctx.model);
    let etag = ctx.model.roster.get(key).map(|company| company.etag.clone());
    ask_company(ctx, key, wanted, etag);
    company::forget_some(ctx.model, key);
}

/// Once for each revision of the company and each period; a failure waits for the refresh key.
pub(in crate::app) fn load_for_overview(ctx: &mut Ctx<'_>, key: &CompanyKey, etag: &Etag) {
    let wanted = period(ctx.model);
    let asked = ctx.model.details.get(key).and_then(|details| details.usage_asked.as_ref());
    if asked.is_none_or(|asked| asked.period != wanted || asked.etag.as_ref() != Some(etag)) {
        ask_company(ctx, key, wanted, Some(etag.clone()));
    }
}

fn ask_company(ctx: &mut Ctx<'_>, key: &CompanyKey, wanted: Period, etag: Option<Etag>) {
    let older = ctx.model.details.get(key).and_then(|details| details.usage.waiting());
    ctx.cancel(older);
    let request = Request::GetCompanyUsage(GetCompanyUsage { company: key.company.clone(), period: wanted });
    let ticket = ctx.send(key.profile.clone(), PendingRequest::Usage(UsageRequest::Company(key.clone())), request);
    let details = ctx.model.details.entry(key.clone()).or_default();
    details.usage_asked = Some(Asked { period: wanted, etag, at: ctx.model.now });
    details.usage.wait_for(ticket);
}

fn load_curves(ctx: &mut Ctx<'_>) {
    let day = today(ctx.model.now);
    let wanted = curves::wanted(ctx.model, day);
    let Some(profile) = wanted.first().map(|(key, _)| key.profile.clone()) else { return };
    let companies = wanted.iter().map(|(key, _)| key.company.clone()).collect();
    let request = Request::GetCurves(GetCurves { companies, period: curves::span(day) });
    let ticket = ctx.send(profile, PendingRequest::Usage(UsageRequest::Curves), request);
    ctx.model.usage.curves.open = Some(curves::Open { ticket, asked: wanted, day });
}

pub(in crate::app) fn step(model: &mut Model, movement: Movement) {
    if model.screen != Screen::Usage {
        return;
    }
    let row = movement.apply(model.usage.selection.row, model.usage.order.len(), model.page());
    model.usage.put_cursor(row);
}

/// The refresh key: what is there is old from now on, and failures are forgotten.
pub(in crate::app) fn refresh(model: &mut Model) {
    for part in &mut model.usage.parts {
        part.asked = None;
        part.forget_before();
    }
    model.usage.curves.failed.clear();
    if let Some((key, _)) = model.selected()
        && let Some(details) = model.details.get_mut(&key)
    {
        details.usage_asked = None;
        if details.usage_before.error().is_some() {
            details.usage_before_asked = None;
        }
    }
}

pub(in crate::app) fn on_answer(model: &mut Model, ticket: Ticket, wait: UsageRequest, result: Result<Answer, Error>) {
    match wait {
        UsageRequest::All(profile) => {
            let (all, left_out) = take_rows::<Overall>(Operation::LoadUsage, result);
            let now = model.now;
            let Some(part) = model.usage.part_mut(&profile) else { return };
            if part.all.settle(ticket, now, all) && part.all.phase == Phase::Idle {
                part.all.leave_out(left_out);
                arrange(model);
                if model.usage.selection.key.is_none() {
                    model.usage.put_cursor(0);
                }
            }
        }
        UsageRequest::AllBefore(profile) => {
            let before = take_answer::<Overall>(Operation::LoadUsage, result).map(MonthBefore::from);
            let now = model.now;
            let Some(part) = model.usage.part_mut(&profile) else { return };
            if part.before.settle(ticket, now, before) {
                arrange(model);
            }
        }
        UsageRequest::CompanyBefore(key) => {
            let usage = take_answer::<Usage>(Operation::LoadUsage, result);
            if let Some(details) = model.details.get_mut(&key) {
                details.usage_before.settle(ticket, model.now, usage);
            }
        }
        UsageRequest::Company(key) => {
            let usage = take_answer::<Usage>(Operation::LoadUsage, result);
            if let Some(details) = model.details.get_mut(&key) {
                details.usage.settle(ticket, model.now, usage);
            }
        }
        UsageRequest::Curves => {
            let rows = take_answer::<Vec<CompanyUsage>>(Operation::LoadUsage, result);
            model.usage.curves.settle(ticket, rows.ok());
        }
    }
}
