//! Keeping the list the servers': connect, load page by page, then ask what changed; and try again by itself
//! when that fails. Each account for itself. What is on the screen stays meanwhile.

mod state;

pub use state::*;

use crate::app::core::remote::Phase as Load;
use crate::app::effect::{Effect, Ticket};
use crate::app::features::accounts::{Account, refusal};
use crate::app::features::{attention, companies, restore};
use crate::app::model::Model;
use crate::app::tickets::{Delay, PendingRequest};
use crate::app::toast::Notification;
use crate::app::update::{take_answer, take_rows, toast};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::paging::Endless;
use crate::domain::request::{Answer, ListCompanies, Page, Request};
use crate::domain::session::Session;

/// Rows of a page: the most that the contract allows, for the fewest round trips.
const PAGE_SIZE: u32 = 1000;

pub(in crate::app) fn connect(model: &mut Model, profile: &ProfileId, out: &mut Vec<Effect>) {
    let Some(account) = model.accounts.get_mut(profile) else { return };
    let ticket = model.tickets.issue(PendingRequest::Connect(profile.clone()));
    account.sync.phase = Phase::Connecting;
    account.sync.due = None;
    account.sync.ticket = Some(ticket);
    out.push(Effect::Connect { ticket, profile: profile.clone() });
}

pub(in crate::app) fn connected(
    model: &mut Model,
    profile: &ProfileId,
    result: Result<Option<String>, Error>,
    out: &mut Vec<Effect>,
) {
    let now = model.now;
    let Some(account) = model.accounts.get_mut(profile) else { return };
    match result {
        Ok(notice) => {
            account.sync.connected = true;
            account.sync.ticket = None;
            if let Some(notice) = notice {
                toast(model, Notification::Start(notice));
            }
            ask_session(model, profile, out);
            // What was kept from the last run comes first, so that only what changed since has to be asked for.
            if !restore::under_way(model, profile) {
                refresh_one(model, profile, out);
            }
        }
        Err(error) => account.sync.fail(now, error),
    }
}

fn ask_session(model: &mut Model, profile: &ProfileId, out: &mut Vec<Effect>) {
    let Some(account) = model.accounts.get_mut(profile) else { return };
    let ticket = model.tickets.issue(PendingRequest::Session(profile.clone()));
    account.session.wait_for(ticket);
    out.push(Effect::Call { ticket, profile: profile.clone(), request: Request::Session });
}

pub(in crate::app) fn session(
    model: &mut Model,
    profile: &ProfileId,
    ticket: Ticket,
    result: Result<Answer, Error>,
    out: &mut Vec<Effect>,
) {
    let now = model.now;
    let session = take_answer(Operation::SignIn, result, |answer| match answer {
        Answer::Session(session) => Some(*session),
        _ => None,
    });
    let Some(account) = model.accounts.get_mut(profile) else { return };
    let before = account.session.value().cloned();
    let refused = session.as_ref().is_err_and(refusal);
    if !account.session.settle(ticket, now, session) {
        return;
    }
    match account.session.error() {
        None => account.confirmed = Some(now),
        // Whoever is not let in any more may do nothing any more, whatever was true a minute ago.
        Some(_) if refused => {
            if account.confirmed.take().is_some() {
                signed_out(model, profile);
            }
            return;
        }
        Some(_) => {}
    }
    if let (Some(before), None) = (before, model.accounts.get(profile).and_then(|it| it.session.error())) {
        changed(model, profile, &before, out);
    }
}

/// Said once, with what to do; from then on the list says that it is refused.
fn signed_out(model: &mut Model, profile: &ProfileId) {
    let account = model.accounts.get(profile).filter(|_| model.accounts.several());
    let account = account.map(|account| account.label.clone());
    // Names that no profile can have: of the sample, and of a credential out of the environment.
    let configured = !["sample", "default"].contains(&profile.as_str());
    toast(model, Notification::SignedOut { account, profile: configured.then(|| profile.clone()) });
}

/// Somebody else's rows must not stay, and a role that was lost is told.
fn changed(model: &mut Model, profile: &ProfileId, before: &Session, out: &mut Vec<Effect>) {
    let several = model.accounts.several();
    let Some(account) = model.accounts.get(profile) else { return };
    let Some(now) = account.session.value() else { return };
    if now.account.id != before.account.id {
        model.roster.begin_reload(profile);
        model.roster.end_reload(profile);
        model.links.list.forget(profile);
        model.recoveries.list.forget(profile);
        companies::rows_changed(model);
        return reload(model, profile, out);
    }
    if now.permissions != before.permissions {
        let lost = before.permissions.0.iter().filter(|had| !now.permissions.allows(had)).cloned().collect();
        let won = now.permissions.0.iter().filter(|has| !before.permissions.allows(has)).cloned().collect();
        let account = several.then(|| account.label.clone());
        toast(model, Notification::RoleChanged { account, lost, won });
    }
}

/// Loads the whole list anew; rows that are not seen again are dropped at the end.
fn reload(model: &mut Model, profile: &ProfileId, out: &mut Vec<Effect>) {
    model.roster.begin_reload(profile);
    let Some(account) = model.accounts.get_mut(profile) else { return };
    account.sync.begin_load();
    ask_page(model, profile, None, out);
}

fn ask_page(model: &mut Model, profile: &ProfileId, page_token: Option<String>, out: &mut Vec<Effect>) {
    let Some(account) = model.accounts.get_mut(profile) else { return };
    let ticket = model.tickets.issue(PendingRequest::Page(profile.clone()));
    account.sync.ticket = Some(ticket);
    account.sync.last_page.clone_from(&page_token);
    let request = Request::Companies(ListCompanies {
        page_size: PAGE_SIZE,
        page_token,
        read_ahead: true,
        ..ListCompanies::default()
    });
    out.push(Effect::Call { ticket, profile: profile.clone(), request });
}

pub(in crate::app) fn page(
    model: &mut Model,
    profile: &ProfileId,
    ticket: Ticket,
    result: Result<Answer, Error>,
    out: &mut Vec<Effect>,
) {
    let Some(account) = model.accounts.get_mut(profile).filter(|account| account.sync.ticket == Some(ticket)) else {
        return;
    };
    let page = take_answer(Operation::ListCompanies, result, |answer| match answer {
        Answer::Page(page) => Some(page),
        _ => None,
    });
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
        Ok(page) => take(model, profile, page, out),
        Err(error) => failed(model, profile, error, out),
    }
}

fn take(model: &mut Model, profile: &ProfileId, page: Page, out: &mut Vec<Effect>) {
    let Some(account) = model.accounts.get_mut(profile) else { return };
    account.sync.received += page.companies.len() as u64;
    account.sync.unreadable = account.sync.unreadable.saturating_add(page.unreadable);
    account.sync.total = page.total;
    // The token of the first page: whatever changes while the other pages come is asked for afterwards.
    if account.sync.change_token.is_none() {
        account.sync.change_token = page.change_token;
    }
    model.roster.upsert(profile, page.companies);
    match page.next {
        Some(next) => ask_page(model, profile, Some(next), out),
        None => loaded(model, profile, out),
    }
    attention::wake(model);
    companies::rows_changed(model);
}

fn loaded(model: &mut Model, profile: &ProfileId, out: &mut Vec<Effect>) {
    model.roster.end_reload(profile);
    let unreadable = model.accounts.get(profile).map_or(0, |account| account.sync.unreadable);
    if unreadable > 0 {
        toast(model, Notification::Unreadable(unreadable));
    }
    live(model, profile, out);
}

fn endless(what: Operation, why: Endless) -> Error {
    Error::new(what, Cause::Endless(why), RetryAdvice::Now)
}

/// The list is the server's. After a failure: say so, and try again whatever failed meanwhile.
fn live(model: &mut Model, profile: &ProfileId, out: &mut Vec<Effect>) {
    let now = model.now;
    let several = model.accounts.several();
    let Some(account) = model.accounts.get_mut(profile) else { return };
    let was_down = account.sync.failures > 0;
    account.sync.succeed(now);
    let ask = was_down && account.session.waiting().is_none() || matches!(account.session.phase, Load::Failed(_));
    let label = several.then(|| account.label.clone());
    if was_down {
        toast(model, Notification::Back(label));
        model.links.list.try_again(profile);
        model.recoveries.list.try_again(profile);
        for (_, details) in model.details.iter_mut().filter(|(key, _)| key.profile == *profile) {
            if matches!(details.setup.phase, Load::Failed(_)) {
                details.setup.phase = Load::Idle;
            }
            crate::app::features::people::try_again(details);
        }
    }
    if ask {
        ask_session(model, profile, out);
    }
}

/// Asks an account for what changed, unless it is being asked already.
pub(in crate::app) fn ask_changes(model: &mut Model, profile: &ProfileId, out: &mut Vec<Effect>) {
    if model.accounts.get(profile).is_some_and(|account| account.sync.connected && !account.sync.busy()) {
        go_on(model, profile, out);
    }
}

fn go_on(model: &mut Model, profile: &ProfileId, out: &mut Vec<Effect>) {
    let Some(account) = model.accounts.get_mut(profile) else { return };
    let Some(since) = account.sync.change_token.clone() else { return reload(model, profile, out) };
    let ticket = model.tickets.issue(PendingRequest::Changes(profile.clone()));
    account.sync.phase = Phase::Asking;
    account.sync.due = None;
    account.sync.ticket = Some(ticket);
    out.push(Effect::Call { ticket, profile: profile.clone(), request: Request::Changes { since } });
}

pub(in crate::app) fn changes(
    model: &mut Model,
    profile: &ProfileId,
    ticket: Ticket,
    result: Result<Answer, Error>,
    out: &mut Vec<Effect>,
) {
    if model.accounts.get(profile).is_none_or(|account| account.sync.ticket != Some(ticket)) {
        return;
    }
    let (changes, unreadable) = take_rows(Operation::Changes, result, |answer| match answer {
        Answer::Changes(changes) => Some(changes),
        _ => None,
    });
    match changes {
        Ok(changes) => {
            let key = |company| CompanyKey { profile: profile.clone(), company };
            let rows = changes.companies.len().saturating_add(changes.removed.len());
            let removed: Vec<CompanyKey> = changes.removed.into_iter().map(key).collect();
            let news = model.roster.upsert(profile, changes.companies);
            let gone = model.roster.remove(&removed);
            for key in &removed {
                model.details.remove(key);
            }
            attention::wake(model);
            if news || gone {
                companies::rows_changed(model);
                crate::app::features::unlink::company_changed(model, out);
                crate::app::features::links::news(model, profile);
            }
            let Some(account) = model.accounts.get_mut(profile) else { return };
            account.sync.change_token = Some(changes.next.clone());
            let rows = rows.saturating_add(unreadable as usize);
            let more = account.sync.paging.next(rows, None, changes.more.then_some(changes.next));
            if unreadable > 0 {
                toast(model, Notification::Unreadable(unreadable));
            }
            match more {
                Ok(Some(_)) => go_on(model, profile, out),
                Ok(None) => live(model, profile, out),
                Err(why) => failed(model, profile, endless(Operation::Changes, why), out),
            }
        }
        // Too old a token, or another database: load everything again.
        Err(error) if matches!(error.cause, Cause::Gone | Cause::NotAccepted { .. }) => {
            reload(model, profile, out);
        }
        Err(error) => failed(model, profile, error, out),
    }
}

fn failed(model: &mut Model, profile: &ProfileId, error: Error, out: &mut Vec<Effect>) {
    // The credential may have been taken away: ask who we are, so that the screen says the truth.
    let waiting = model.accounts.get(profile).is_some_and(|account| account.session.waiting().is_some());
    if refusal(&error) && !waiting {
        ask_session(model, profile, out);
    }
    let now = model.now;
    let sample = model.options.sample;
    if let Some(account) = model.accounts.get_mut(profile) {
        // Somebody may sign in again outside: the next try takes the secret from where it is then. The sample's
        // server is our own and has but one.
        if error.cause == Cause::NotSignedIn && !sample {
            account.sync.connected = false;
        }
        account.sync.fail(now, error);
    }
}

/// Asks again when it is time to, also long after, when the laptop slept over it: once, whatever was missed.
pub(in crate::app) fn when_due(model: &mut Model, out: &mut Vec<Effect>) {
    let now = model.now;
    let due = |account: &&Account| !account.sync.busy() && account.sync.due.is_some_and(|due| due <= now);
    let due: Vec<ProfileId> = model.accounts.iter().filter(due).map(|account| account.profile.clone()).collect();
    for profile in due {
        refresh_one(model, &profile, out);
        // A role that was lost shows with the same poll as everything else. A server that fails is not asked twice.
        let idle = |account: &Account| {
            account.sync.connected && account.sync.failures == 0 && account.session.phase == Load::Idle
        };
        if model.accounts.get(&profile).is_some_and(idle) {
            ask_session(model, &profile, out);
        }
    }
}

/// Asks every account at once for what changed, or for everything where nothing is there yet.
pub(in crate::app) fn refresh(model: &mut Model, out: &mut Vec<Effect>) {
    for profile in model.accounts.profiles() {
        let Some(account) = model.accounts.get_mut(&profile) else { continue };
        account.sync.by_hand = true;
        if !account.sync.busy() {
            refresh_one(model, &profile, out);
        } else if let Some(ticket) = account.sync.ticket
            && matches!(model.tickets.delay(ticket, model.now), Some(Delay::Silent(_)))
        {
            ask_anew(model, &profile, ticket, out);
        }
    }
    // Whoever presses the key has waited long enough for the next try.
    out.extend(model.tickets.paused(false).map(|ticket| Effect::EndPause { ticket, again: true }));
}

/// Gives up a question that has been without an answer for too long, and asks it again.
fn ask_anew(model: &mut Model, profile: &ProfileId, ticket: Ticket, out: &mut Vec<Effect>) {
    let Some(account) = model.accounts.get(profile).filter(|account| account.sync.connected) else { return };
    let page = account.sync.last_page.clone();
    out.push(Effect::Cancel { ticket });
    if account.sync.phase == Phase::Loading {
        ask_page(model, profile, page, out);
    } else {
        go_on(model, profile, out);
    }
}

pub(in crate::app) fn refresh_one(model: &mut Model, profile: &ProfileId, out: &mut Vec<Effect>) {
    let Some(account) = model.accounts.get(profile) else { return };
    if !account.sync.connected {
        connect(model, profile, out);
    } else if account.sync.change_token.is_some() && account.sync.synced_at.is_some() {
        go_on(model, profile, out);
    } else {
        reload(model, profile, out);
    }
}
