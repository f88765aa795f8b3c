//! What needs attention: the view, most urgent first, and setting a company's attention aside for a while.

use crate::app::command::{Command, DisabledReason};
use crate::app::core::menu::{Choice, Menu};
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::bulk::Act;
use crate::app::features::{bulk, companies, launch, sync};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, OwnList, Pane, Tab};
use crate::app::navigation;
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::{run, take_answer};
use crate::domain::company::{Attention, Company};
use crate::domain::error::{Error, Operation};
use crate::domain::id::CompanyKey;
use crate::domain::link::{LinkRequest, LinkState};
use crate::domain::people::PersonState;
use crate::domain::reason::{Due, Reason};
use crate::domain::recovery::Recovery;
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

/// What needs attention is shown.
pub fn showing(model: &Model) -> bool {
    model.list.attention.is_some()
}

/// Only what needs attention, most urgent first; once more, and the list is as it was before.
pub(in crate::app) fn show(ctx: &mut Ctx<'_>) {
    let here = ctx.model.list_in_front();
    if !(here && leave(ctx.model)) {
        enter(ctx.model);
    }
}

/// The view, whatever else was searched, sorted and filtered; of the accounts that are shown.
pub(in crate::app) fn enter(model: &mut Model) {
    companies::to_list(model);
    if showing(model) {
        return;
    }
    let own = OwnList { query: model.roster.query().clone(), key: model.list.selection.key.clone() };
    let filter = Filter { any_attention: true, accounts: own.query.filter.accounts.clone(), ..Filter::default() };
    let sort = Some(Sort { column: Column::Attention, descending: false });
    model.list.attention = Some(Box::new(own));
    (model.list.searching, model.list.line) = (false, TextInput::default());
    companies::set_query(model, Query { search: String::new(), sort, filter });
    let first = model.roster.key_at(0);
    companies::put_cursor(model, first);
}

/// Back to the list as it was, with the company that was selected in it. Says whether the view was shown.
pub(in crate::app) fn leave(model: &mut Model) -> bool {
    let Some(own) = model.list.attention.take() else { return false };
    // Which accounts are looked at is no matter of the view.
    let accounts = model.roster.query().filter.accounts.clone();
    let OwnList { mut query, key } = *own;
    query.filter.accounts = accounts;
    model.list.searching = false;
    companies::set_query(model, query);
    if let Some(key) = key.filter(|key| model.roster.position(key).is_some()) {
        companies::put_cursor(model, Some(key));
    }
    true
}

/// Also what is snoozed, or no longer.
pub(in crate::app) fn toggle_snoozed(model: &mut Model) {
    let mut query = model.roster.query().clone();
    query.filter.with_snoozed = !query.filter.with_snoozed;
    companies::set_query(model, query);
}

/// What cures a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fix {
    Complete,
    Accept,
    RaiseLimit,
    Snooze,
    Invite,
    Resend,
    AddOwner,
    OpenSetup,
    Declare,
    CopyCommand,
}

/// What cures a reason, and the command that does it on its line; nothing for a word of a newer server.
pub fn fix(reason: &Reason) -> Option<(Fix, Command)> {
    Some(match reason.kind {
        Attention::RecoveryWaiting => (Fix::Complete, Command::AttendRecovery),
        Attention::LinkWaiting => (Fix::Accept, Command::AttendLink),
        Attention::SeatLimitReached | Attention::SeatLimitNear => (Fix::RaiseLimit, Command::EditCompany),
        // Only the client can subscribe: there is nothing to be done but to know.
        Attention::TrialEnding => (Fix::Snooze, Command::Snooze),
        Attention::NoConfirmedOwner if reason.owner_invited => (Fix::Resend, Command::AttendOwner),
        Attention::NoConfirmedOwner => (Fix::Invite, Command::AttendOwner),
        Attention::SingleOwner => (Fix::AddOwner, Command::AddOwner),
        Attention::SetupStalled => (Fix::OpenSetup, Command::AttendSetup),
        // It is done on the server's machine.
        Attention::SourceExpiring | Attention::SourceFailing => (Fix::CopyCommand, Command::Copy),
        Attention::FactsDiffer | Attention::FactsStale => (Fix::Declare, Command::Declare),
        Attention::Other(_) => return None,
    })
}

impl Model {
    /// The most urgent reason of a company, set aside or not, with what links and recoveries tell of it.
    pub fn reason(&self, key: &CompanyKey, company: &Company) -> Option<Reason> {
        company.attention.iter().min().map(|kind| self.reason_of(key, company, kind))
    }

    /// One of its reasons, told as fully.
    pub fn reason_of(&self, key: &CompanyKey, company: &Company, kind: &Attention) -> Reason {
        let mut reason = Reason::of(kind, company);
        match reason.kind {
            Attention::RecoveryWaiting => {
                if let Some(recovery) = self.recovery_of(key) {
                    reason.person = Some(recovery.display_name.clone()).filter(|name| !name.trim().is_empty());
                    reason.since = recovery.begin_time;
                }
            }
            Attention::LinkWaiting => {
                let waits = |link: &&LinkRequest| {
                    link.state == LinkState::Requested
                        && (link.company.as_ref() == Some(&key.company) || link.company_name == company.name)
                };
                if let Some(link) = self.links.list.of(&key.profile).find(waits) {
                    reason.since = link.create_time;
                    reason.due = link.expire_time.map_or(Due::Open, Due::At);
                }
            }
            Attention::SourceExpiring if matches!(reason.due, Due::At(end) if end <= self.now) => reason.due = Due::Now,
            _ => {}
        }
        reason
    }

    /// The recovery of this company that waits for a technician, as far as the list of recoveries is known.
    fn recovery_of(&self, key: &CompanyKey) -> Option<&Recovery> {
        let waits = |it: &Recovery| it.company == key.company && it.stage == PersonState::RecoveryAwaitingCompletion;
        let rows = self.recoveries.list.rows().iter();
        rows.filter(|row| row.profile == key.profile).map(|row| &row.item).find(|it| waits(it))
    }
}

/// The recoveries tell who waits on a line of the view or in the overview of a company, and since when.
pub(in crate::app) fn wants_recoveries(model: &Model) -> bool {
    let waits = |company: &Company| company.attention.contains(&Attention::RecoveryWaiting);
    let any = || model.roster.totals().by_attention.get(&Attention::RecoveryWaiting).is_some_and(|count| *count > 0);
    let told = || model.tab == Tab::Overview && model.selected().is_some_and(|(_, company)| waits(company));
    model.list_in_front() && showing(model) && any() || model.company_in_front() && told()
}

/// The view is shown, and the selected company has this reason.
fn has(model: &Model, kind: &Attention) -> Result<(), DisabledReason> {
    if !showing(model) || model.screen != Screen::Companies || model.pane != Pane::List {
        return Err(DisabledReason::OnlyInAttention);
    }
    let (_, company) = model.selected().ok_or(DisabledReason::NoCompany)?;
    if company.attention.contains(kind) { Ok(()) } else { Err(DisabledReason::NotItsReason) }
}

pub(in crate::app) fn can_recover(model: &Model) -> Result<(), DisabledReason> {
    has(model, &Attention::RecoveryWaiting)
}

/// Asks about the recovery of the line, on the screen of recoveries, where it is told who it is.
pub(in crate::app) fn recover(ctx: &mut Ctx<'_>) {
    let Some((key, _)) = ctx.model.selected() else { return };
    let user = ctx.model.recovery_of(&key).map(|recovery| recovery.user.clone());
    navigation::show(ctx, Screen::Recoveries);
    if let Some(user) = user {
        ctx.model.recoveries.selection.key = Some((key, user));
        ctx.model.recoveries.selection.row = ctx.model.recovery_row().unwrap_or(0);
        run(ctx, Command::Recover);
    }
}

pub(in crate::app) fn can_accept(model: &Model) -> Result<(), DisabledReason> {
    has(model, &Attention::LinkWaiting)
}

pub(in crate::app) fn can_invite(model: &Model) -> Result<(), DisabledReason> {
    has(model, &Attention::NoConfirmedOwner)?;
    launch::enabled(model)
}

pub(in crate::app) fn can_open_setup(model: &Model) -> Result<(), DisabledReason> {
    has(model, &Attention::SetupStalled)
}

/// Opens the checklist of the line's company.
pub(in crate::app) fn open_setup(ctx: &mut Ctx<'_>) {
    if let Some((key, _)) = ctx.model.selected() {
        navigation::go_to(ctx.model, key, Tab::Setup);
    }
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
