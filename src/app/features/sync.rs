//! Keeping the list the servers': connect, load page by page, then ask what changed; and try again by itself
//! when that fails. Each account for itself. What is on the screen stays meanwhile.

mod listen;
mod state;

pub use state::*;

use crate::app::command::DisabledReason;
use crate::app::core::remote::Phase as Load;
use crate::app::ctx::Ctx;
use crate::app::effect::{Effect, Ticket};
use crate::app::features::accounts::{Account, refusal};
use crate::app::features::{alert, attention, companies, restore, since, sources};
use crate::app::model::Model;
use crate::app::tickets::{Delay, PendingRequest};
use crate::app::toast::Notification;
use crate::app::update::{take_answer, take_rows};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::paging::Endless;
use crate::domain::request::{Answer, Changes, GetSession, ListChanges, ListCompanies, Page};
use crate::domain::session::Session;
use jiff::Timestamp;
use listen::{listen, listens, release};

/// How old the session may be where changes come by themselves, in seconds: a role that was lost is seen by then.
const SESSION_SECONDS: i64 = 150;

pub(in crate::app) fn connect(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
    let ticket = ctx.model.tickets.issue(PendingRequest::Connect(profile.clone()));
    account.sync.phase = Phase::Connecting;
    account.sync.due = None;
    account.sync.ticket = Some(ticket);
    ctx.effects.push(Effect::Connect { ticket, profile: profile.clone() });
}

pub(in crate::app) fn connected(ctx: &mut Ctx<'_>, profile: &ProfileId, result: Result<Option<String>, Error>) {
    let now = ctx.model.now;
    let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
    match result {
        Ok(notice) => {
            account.sync.connected = true;
            account.sync.ticket = None;
            if let Some(notice) = notice {
                ctx.model.notify(Notification::Start(notice));
            }
            ask_session(ctx, profile);
            // What was kept from the last run comes first, so that only what changed since has to be asked for.
            if !restore::under_way(ctx.model, profile) {
                refresh_one(ctx, profile);
            }
        }
        Err(error) => account.sync.fail(now, error),
    }
}

fn ask_session(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
    let ticket = ctx.model.tickets.issue(PendingRequest::Session(profile.clone()));
    account.session.wait_for(ticket);
    ctx.effects.push(Effect::Call { ticket, profile: profile.clone(), request: GetSession.into() });
}

pub(in crate::app) fn session(ctx: &mut Ctx<'_>, profile: &ProfileId, ticket: Ticket, result: Result<Answer, Error>) {
    let now = ctx.model.now;
    let session = take_answer::<Session>(Operation::SignIn, result);
    let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
    let before = account.session.value().cloned();
    let refused = session.as_ref().is_err_and(refusal);
    if !account.session.settle(ticket, now, session) {
        return;
    }
    match account.session.error() {
        None => {
            account.confirmed = Some(now);
            let max_wait = account.session.value().map_or(0, |session| session.max_wait);
            account.sync.offer(now, max_wait);
        }
        // Whoever is not let in any more may do nothing any more, whatever was true a minute ago.
        Some(_) if refused => {
            if account.confirmed.take().is_some() {
                signed_out(ctx.model, profile);
            }
            return;
        }
        Some(_) => {}
    }
    if let (Some(before), None) = (before, ctx.model.accounts.get(profile).and_then(|it| it.session.error())) {
        changed(ctx, profile, &before);
    }
}

/// Said once, with what to do; from then on the list says that it is refused.
fn signed_out(model: &mut Model, profile: &ProfileId) {
    let account = model.accounts.get(profile).filter(|_| model.accounts.several());
    let account = account.map(|account| account.label.clone());
    // Names that no profile can have: of the sample, and of a credential out of the environment.
    let configured = !["sample", "default"].contains(&profile.as_str());
    model.notify(Notification::SignedOut { account, profile: configured.then(|| profile.clone()) });
}

/// Somebody else's rows must not stay, and a role that was lost is told.
fn changed(ctx: &mut Ctx<'_>, profile: &ProfileId, before: &Session) {
    let several = ctx.model.accounts.several();
    let Some(account) = ctx.model.accounts.get(profile) else { return };
    let Some(now) = account.session.value() else { return };
    if now.account.id != before.account.id {
        ctx.model.roster.begin_reload(profile);
        ctx.model.roster.end_reload(profile);
        ctx.model.links.list.forget(profile);
        ctx.model.recoveries.list.forget(profile);
        ctx.model.tasks.list.forget(profile);
        companies::rows_changed(ctx.model);
        return reload(ctx, profile);
    }
    if now.permissions != before.permissions {
        let lost = before.permissions.0.iter().filter(|had| !now.permissions.allows(had)).cloned().collect();
        let won = now.permissions.0.iter().filter(|has| !before.permissions.allows(has)).cloned().collect();
        let account = several.then(|| account.label.clone());
        ctx.model.notify(Notification::RoleChanged { account, lost, won });
    }
}

/// Loads the whole list anew; rows that are not seen again are dropped at the end.
fn reload(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    release(ctx, profile);
    ctx.model.roster.begin_reload(profile);
    let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
    account.sync.begin_load();
    ask_page(ctx, profile, None);
}

fn ask_page(ctx: &mut Ctx<'_>, profile: &ProfileId, page_token: Option<String>) {
    let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
    let ticket = ctx.model.tickets.issue(PendingRequest::Page(profile.clone()));
    account.sync.ticket = Some(ticket);
    account.sync.last_page.clone_from(&page_token);
    let request = ListCompanies::roster(page_token).into();
    ctx.effects.push(Effect::Call { ticket, profile: profile.clone(), request });
}

pub(in crate::app) fn page(ctx: &mut Ctx<'_>, profile: &ProfileId, ticket: Ticket, result: Result<Answer, Error>) {
    let Some(account) = ctx.model.accounts.get_mut(profile).filter(|account| account.sync.ticket == Some(ticket))
    else {
        return;
    };
    let page = take_answer::<Page>(Operation::ListCompanies, result);
    let page = page.and_then(|mut page| {
        let rows = page.companies.len().saturating_add(page.unreadable as usize);
        page.next = account
            .sync
            .paging
            .next(rows, page.total, page.next)
            .map_err(|why| endless(Operation::ListCompanies, why))?;
        Ok(page)
    });
    match page {
        Ok(page) => take(ctx, profile, page),
        Err(error) => failed(ctx, profile, error),
    }
}

fn take(ctx: &mut Ctx<'_>, profile: &ProfileId, page: Page) {
    let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
    account.sync.received += page.companies.len() as u64;
    account.sync.unreadable = account.sync.unreadable.saturating_add(page.unreadable);
    account.sync.total = page.total;
    // The token of the first page: whatever changes while the other pages come is asked for afterwards.
    if account.sync.change_token.is_none() {
        account.sync.change_token = page.change_token;
    }
    alert::compare(ctx, profile, &page.companies);
    ctx.model.roster.upsert(profile, page.companies);
    match page.next {
        Some(next) => ask_page(ctx, profile, Some(next)),
        None => loaded(ctx, profile),
    }
    attention::wake(ctx.model);
    companies::rows_changed(ctx.model);
}

fn loaded(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    ctx.model.roster.end_reload(profile);
    let unreadable = ctx.model.accounts.get(profile).map_or(0, |account| account.sync.unreadable);
    if unreadable > 0 {
        ctx.model.notify(Notification::Unreadable(unreadable));
    }
    live(ctx, profile, None);
}

fn endless(what: Operation, why: Endless) -> Error {
    Error::new(what, Cause::Endless(why), RetryAdvice::Now)
}

/// The list is the server's. After a failure: say so, and try again whatever failed meanwhile.
fn live(ctx: &mut Ctx<'_>, profile: &ProfileId, held: Option<(Timestamp, bool)>) {
    let now = ctx.model.now;
    let several = ctx.model.accounts.several();
    let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
    let was_down = account.sync.failures > 0;
    account.sync.succeed(now, held);
    let ask = was_down && account.session.waiting().is_none() || matches!(account.session.phase, Load::Failed(_));
    let label = several.then(|| account.label.clone());
    if was_down {
        ctx.model.notify(Notification::Back(label));
        ctx.model.links.list.try_again(profile);
        ctx.model.recoveries.list.try_again(profile);
        ctx.model.tasks.list.try_again(profile);
        for (_, details) in ctx.model.details.iter_mut().filter(|(key, _)| key.profile == *profile) {
            if matches!(details.setup.phase, Load::Failed(_)) {
                details.setup.phase = Load::Idle;
            }
            details.try_again();
        }
    }
    if ask {
        ask_session(ctx, profile);
    }
    since::refreshed(ctx.model, profile);
}

/// Asks an account for what changed, unless it is being asked already.
pub(in crate::app) fn ask_changes(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    if ctx.model.accounts.get(profile).is_some_and(|account| account.sync.connected && !account.sync.busy()) {
        go_on(ctx, profile);
    }
}

fn go_on(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    release(ctx, profile);
    let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
    let Some(since) = account.sync.change_token.clone() else { return reload(ctx, profile) };
    let ticket = ctx.model.tickets.issue(PendingRequest::Changes(profile.clone()));
    account.sync.phase = Phase::Asking;
    account.sync.due = None;
    account.sync.ticket = Some(ticket);
    ctx.effects.push(Effect::Call { ticket, profile: profile.clone(), request: ListChanges { since, wait: 0 }.into() });
}

pub(in crate::app) fn changes(ctx: &mut Ctx<'_>, profile: &ProfileId, ticket: Ticket, result: Result<Answer, Error>) {
    let Some(account) = ctx.model.accounts.get_mut(profile).filter(|account| account.sync.ticket == Some(ticket))
    else {
        return;
    };
    let held = account.sync.held.take();
    let (changes, unreadable) = take_rows::<Changes>(Operation::Changes, result);
    match changes {
        Ok(changes) => {
            let key = |company| CompanyKey { profile: profile.clone(), company };
            let rows = changes.companies.len().saturating_add(changes.removed.len());
            let removed: Vec<CompanyKey> = changes.removed.into_iter().map(key).collect();
            alert::compare(ctx, profile, &changes.companies);
            sources::news(ctx.model, profile, &changes.companies);
            let news = ctx.model.roster.upsert(profile, changes.companies);
            let gone = ctx.model.roster.remove(&removed);
            for key in &removed {
                ctx.model.details.remove(key);
            }
            attention::wake(ctx.model);
            if rows > 0 {
                crate::app::features::tasks::news(ctx.model, profile);
            }
            if news || gone {
                companies::rows_changed(ctx.model);
                crate::app::features::unlink::company_changed(ctx);
                crate::app::features::links::news(ctx.model, profile);
            }
            let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
            account.sync.change_token = Some(changes.next.clone());
            let rows = rows.saturating_add(unreadable as usize);
            let more = account.sync.paging.next(rows, None, changes.more.then_some(changes.next));
            if unreadable > 0 {
                ctx.model.notify(Notification::Unreadable(unreadable));
            }
            match more {
                Ok(Some(_)) => go_on(ctx, profile),
                Ok(None) => live(ctx, profile, held.map(|asked| (asked, rows > 0))),
                Err(why) => failed(ctx, profile, endless(Operation::Changes, why)),
            }
        }
        // Another server than the one that offered to hold questions back.
        Err(error) if held.is_some() && matches!(error.cause, Cause::NotAccepted { .. }) => {
            account.sync.max_hold = 0;
            go_on(ctx, profile);
        }
        // Too old a token, or another database: load everything again.
        Err(error) if matches!(error.cause, Cause::Gone | Cause::NotAccepted { .. }) => {
            reload(ctx, profile);
        }
        Err(error) => failed(ctx, profile, error),
    }
}

fn failed(ctx: &mut Ctx<'_>, profile: &ProfileId, error: Error) {
    // The credential may have been taken away: ask who we are, so that the screen says the truth.
    let waiting = ctx.model.accounts.get(profile).is_some_and(|account| account.session.waiting().is_some());
    if refusal(&error) && !waiting {
        ask_session(ctx, profile);
    }
    let now = ctx.model.now;
    let sample = ctx.model.options.sample;
    if let Some(account) = ctx.model.accounts.get_mut(profile) {
        // Somebody may sign in again outside: the next try takes the secret from where it is then. The sample's
        // server is our own and has but one.
        if error.cause == Cause::NotSignedIn && !sample {
            account.sync.connected = false;
        }
        account.sync.fail(now, error);
    }
}

/// Asks again when it is time to, also long after, when the laptop slept over it: once, whatever was missed.
pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    let now = ctx.model.now;
    let due = |account: &&Account| !account.sync.busy() && account.sync.due.is_some_and(|due| due <= now);
    let due: Vec<ProfileId> = ctx.model.accounts.iter().filter(due).map(|account| account.profile.clone()).collect();
    for profile in due {
        if ctx.model.accounts.get(&profile).is_some_and(listens) {
            listen(ctx, &profile);
        } else {
            refresh_one(ctx, &profile);
        }
        // A role that was lost shows with the same poll as everything else. A server that fails is not asked twice.
        let young = |confirmed: Timestamp| (0..SESSION_SECONDS).contains(&now.duration_since(confirmed).as_secs());
        let idle = |account: &Account| {
            let known = account.sync.max_hold > 0 && account.confirmed.is_some_and(young);
            account.sync.connected && account.sync.failures == 0 && account.session.phase == Load::Idle && !known
        };
        if ctx.model.accounts.get(&profile).is_some_and(idle) {
            ask_session(ctx, &profile);
        }
    }
}

/// What is late may be asked for anew.
pub(in crate::app) fn can_refresh(model: &Model) -> Result<(), DisabledReason> {
    let busy = model.accounts.busy() && !model.tickets.late(model.now);
    if busy { Err(DisabledReason::UnderWay) } else { Ok(()) }
}

/// Asks every account at once for what changed, or for everything where nothing is there yet.
pub(in crate::app) fn refresh(ctx: &mut Ctx<'_>) {
    for profile in ctx.model.accounts.profiles() {
        let Some(account) = ctx.model.accounts.get_mut(&profile) else { continue };
        account.sync.by_hand = true;
        if !account.sync.busy() {
            refresh_one(ctx, &profile);
        } else if let Some(ticket) = account.sync.ticket
            && matches!(ctx.model.tickets.delay(ticket, ctx.model.now), Some(Delay::Silent(_)))
        {
            ask_anew(ctx, &profile, ticket);
        }
    }
    // Whoever presses the key has waited long enough for the next try.
    ctx.effects.extend(ctx.model.tickets.paused(false).map(|ticket| Effect::EndPause { ticket, again: true }));
}

/// Gives up a question that has been without an answer for too long, and asks it again.
fn ask_anew(ctx: &mut Ctx<'_>, profile: &ProfileId, ticket: Ticket) {
    let Some(account) = ctx.model.accounts.get(profile).filter(|account| account.sync.connected) else { return };
    let page = account.sync.last_page.clone();
    ctx.effects.push(Effect::Cancel { ticket });
    if account.sync.phase == Phase::Loading {
        ask_page(ctx, profile, page);
    } else {
        go_on(ctx, profile);
    }
}

pub(in crate::app) fn refresh_one(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    let Some(account) = ctx.model.accounts.get(profile) else { return };
    if !account.sync.connected {
        connect(ctx, profile);
    } else if account.sync.change_token.is_some() && account.sync.synced_at.is_some() {
        go_on(ctx, profile);
    } else {
        reload(ctx, profile);
    }
}
