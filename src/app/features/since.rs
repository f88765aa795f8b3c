//! Since last time: which companies changed between two visits, and who did what.

use crate::app::command::DisabledReason;
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::activity;
use crate::app::model::Model;
use crate::app::navigation;
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::domain::id::{CompanyId, CompanyKey, ProfileId};
use crate::domain::request::{Answer, Request};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// The moment of the visit that is kept is so exact: a terminal that is closed ends a run without a word.
const NOTED: SignedDuration = SignedDuration::from_mins(10);
/// A change that comes so soon after a write from here is that write's.
const OWN: SignedDuration = SignedDuration::from_secs(120);
/// The name under which it is kept that the first line was read.
const WELCOME: &str = "welcome";

/// What is known of the last visit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Since {
    /// When each account was looked at last, before this run.
    visits: BTreeMap<ProfileId, Timestamp>,
    /// Until when changes of a company are taken for what was done from here.
    own: BTreeMap<CompanyKey, Timestamp>,
    /// The same of accounts in which many companies are changed at once.
    imports: BTreeMap<ProfileId, Timestamp>,
    /// Nobody has read the first line yet.
    pub welcome: bool,
}

/// Takes up the last visit. One that lies far ahead was noted by a wrong clock.
pub(in crate::app) fn begin(model: &mut Model) {
    for profile in model.accounts.profiles() {
        let visit = model.ui.of(&profile).and_then(|state| state.last_visit);
        if let Some(visit) = visit.filter(|visit| visit.duration_since(model.now) < NOTED) {
            model.roster.set_visit(&profile, visit);
            model.since.visits.insert(profile, visit);
        }
    }
    let read = model.ui.screen().is_some_and(|state| state.dismissed.contains(WELCOME));
    model.since.welcome = model.options.welcome && !read;
}

/// The first line was read, or is not needed any more.
pub(in crate::app) fn dismiss_welcome(model: &mut Model) {
    if std::mem::take(&mut model.since.welcome)
        && let Some(state) = model.ui.screen_mut()
    {
        state.dismissed.insert(WELCOME.to_owned());
    }
}

/// After each message: what is done from here is no news.
pub(in crate::app) fn watch(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let now = model.now;
    for effect in ctx.effects.iter() {
        if let Effect::Call { profile, request, .. } = effect
            && request.writes()
        {
            model.since.sent(now, profile, request);
        }
    }
    model.since.own.retain(|_, until| *until >= now);
    for key in model.since.own.keys() {
        model.roster.read_news(key);
    }
    for (profile, until) in &model.since.imports {
        model.roster.set_quiet(profile, *until >= now);
    }
    model.since.imports.retain(|_, until| *until >= now);
}

/// The list of an account was just seen as its server has it.
pub(in crate::app) fn refreshed(model: &mut Model, profile: &ProfileId) {
    let now = model.now;
    if let Some(state) = model.ui.of_mut(profile)
        && state.last_visit.is_none_or(|noted| now.duration_since(noted).abs() >= NOTED)
    {
        state.last_visit = Some(now);
    }
}

/// The visit ends: what came after a list was the server's for the last time was not seen.
pub(in crate::app) fn end(model: &mut Model) {
    for account in model.accounts.iter().filter(|account| account.sync.fresh) {
        let seen = if account.sync.failures > 0 { account.sync.synced_at } else { Some(model.now) };
        if let Some(state) = model.ui.of_mut(&account.profile) {
            state.last_visit = seen.or(state.last_visit);
        }
    }
}

impl Since {
    fn sent(&mut self, now: Timestamp, profile: &ProfileId, request: &Request) {
        if let Request::ImportCompanies(_) | Request::UndoImport(_) = request {
            self.imports.insert(profile.clone(), soon(now));
        } else if let Some(company) = changed_by(request) {
            self.own(now, profile, company);
        }
    }

    fn own(&mut self, now: Timestamp, profile: &ProfileId, company: &CompanyId) {
        self.own.insert(CompanyKey { profile: profile.clone(), company: company.clone() }, soon(now));
    }
}

fn soon(now: Timestamp) -> Timestamp {
    now.checked_add(OWN).unwrap_or(Timestamp::MAX)
}

/// The company that a request changes, as far as the request says.
fn changed_by(request: &Request) -> Option<&CompanyId> {
    match request {
        Request::EditCompany(it) => Some(&it.company),
        Request::Declare(it) => Some(&it.company),
        Request::Launch(it) => Some(&it.company),
        Request::Unlink(it) => Some(&it.company),
        Request::EditStep(it) => Some(&it.company),
        Request::ChangePerson(it) => Some(&it.company),
        Request::AddMember(it) => Some(&it.company),
        Request::RemoveMember(it) => Some(&it.company),
        Request::GrantVault(it) => Some(&it.company),
        Request::BeginTask(it) => it.company.as_ref(),
        _ => None,
    }
}

/// The answer to a write tells of companies that the request could not name: new ones, and those of links and tasks.
pub(in crate::app) fn answered(model: &mut Model, profile: Option<&ProfileId>, to: &PendingRequest, answer: &Answer) {
    let company = match answer {
        Answer::Company(company) => Some(&company.id),
        Answer::Task(task) => task.company.as_ref(),
        Answer::Verification(verification) => verification.task.company.as_ref(),
        Answer::Link(link) => link.company.as_ref(),
        _ => None,
    };
    if let (Some(profile), Some(company), true) = (profile, company, to.writes()) {
        model.since.own(model.now, profile, company);
    }
}

impl Model {
    /// The earliest last visit of the accounts that are shown.
    pub fn last_visit(&self) -> Option<Timestamp> {
        let filter = &self.roster.query().filter;
        let shown = self.since.visits.iter().filter(|(profile, _)| filter.shows(profile));
        shown.map(|(_, visit)| *visit).min()
    }
}

pub(in crate::app) fn visited(model: &Model) -> Result<(), DisabledReason> {
    model.last_visit().map(drop).ok_or(DisabledReason::FirstVisit)
}

/// Who did what since the last visit.
pub(in crate::app) fn show(ctx: &mut Ctx<'_>) {
    if let Some(visit) = ctx.model.last_visit() {
        navigation::show(ctx, Screen::Activity);
        activity::since(ctx, visit);
    }
}
