//! Keeping the list the server's: connect, load page by page, then ask what changed; and try again by itself
//! when that fails. What is on the screen stays meanwhile.

use super::{attention, expect, list, toast};
use crate::app::effect::{Effect, Ticket};
use crate::app::model::Model;
use crate::app::remote::Phase as Load;
use crate::app::sync::Phase;
use crate::app::tickets::Purpose;
use crate::app::toast::Says;
use crate::domain::id::CompanyKey;
use crate::domain::request::{Answer, ListCompanies, Request};
use crate::domain::trouble::{Because, Retry, Trouble, What};

/// Rows of a page: the most that the contract allows, for the fewest round trips.
const PAGE_SIZE: u32 = 1000;

pub(super) fn connect(model: &mut Model, out: &mut Vec<Effect>) {
    model.sync.phase = Phase::Connecting;
    model.sync.due = None;
    let ticket = model.tickets.issue(Purpose::Connect);
    model.sync.ticket = Some(ticket);
    out.push(Effect::Connect { ticket });
}

pub(super) fn connected(model: &mut Model, result: Result<Option<String>, Trouble>, out: &mut Vec<Effect>) {
    match result {
        Ok(notice) => {
            model.sync.connected = true;
            if let Some(notice) = notice {
                toast(model, Says::Start(notice));
            }
            ask_session(model, out);
            reload(model, out);
        }
        Err(trouble) => model.sync.fail(model.now, trouble),
    }
}

fn ask_session(model: &mut Model, out: &mut Vec<Effect>) {
    let ticket = model.tickets.issue(Purpose::Session);
    model.session.wait_for(ticket);
    out.push(Effect::Call { ticket, request: Request::Session });
}

pub(super) fn session(model: &mut Model, ticket: Ticket, result: Result<Answer, Trouble>) {
    let session = expect(What::SignIn, result, |answer| match answer {
        Answer::Session(session) => Some(*session),
        _ => None,
    });
    model.session.settle(ticket, model.now, session);
}

/// Loads the whole list anew; rows that are not seen again are dropped at the end.
fn reload(model: &mut Model, out: &mut Vec<Effect>) {
    model.roster.begin_reload(&model.options.profile);
    model.sync.phase = Phase::Loading;
    model.sync.change_token = None;
    model.sync.received = 0;
    model.sync.total = None;
    model.sync.unreadable = 0;
    model.sync.last_page = None;
    model.sync.due = None;
    ask_page(model, None, out);
}

fn ask_page(model: &mut Model, page_token: Option<String>, out: &mut Vec<Effect>) {
    let ticket = model.tickets.issue(Purpose::Page);
    model.sync.ticket = Some(ticket);
    model.sync.last_page.clone_from(&page_token);
    let request = Request::Companies(ListCompanies {
        page_size: PAGE_SIZE,
        page_token,
        read_ahead: true,
        ..ListCompanies::default()
    });
    out.push(Effect::Call { ticket, request });
}

pub(super) fn page(model: &mut Model, ticket: Ticket, result: Result<Answer, Trouble>, out: &mut Vec<Effect>) {
    if model.sync.ticket != Some(ticket) {
        return;
    }
    let page = expect(What::ListCompanies, result, |answer| match answer {
        Answer::Page(page) => Some(page),
        _ => None,
    });
    let page = match page {
        Ok(page) if page.next.is_some() && page.next == model.sync.last_page => Err(endless()),
        other => other,
    };
    let page = match page {
        Ok(page) => page,
        Err(trouble) => return failed(model, trouble, out),
    };
    model.sync.received += page.companies.len() as u64;
    model.sync.unreadable = model.sync.unreadable.saturating_add(page.unreadable);
    model.sync.total = page.total;
    // The token of the first page: whatever changes while the other pages come is asked for afterwards.
    if model.sync.change_token.is_none() {
        model.sync.change_token = page.change_token;
    }
    model.roster.upsert(&model.options.profile, page.companies);
    match page.next {
        Some(next) => ask_page(model, Some(next), out),
        None => loaded(model, out),
    }
    attention::wake(model);
    list::rows_changed(model);
}

fn loaded(model: &mut Model, out: &mut Vec<Effect>) {
    model.roster.end_reload(&model.options.profile);
    if model.sync.unreadable > 0 {
        toast(model, Says::Unreadable(model.sync.unreadable));
    }
    live(model, out);
}

/// A server that sends us round in circles.
fn endless() -> Trouble {
    let mut trouble = Trouble::new(What::ListCompanies, Because::Unreadable, Retry::Now);
    trouble.detail = "the same page token came twice".into();
    trouble
}

/// The list is the server's. After a failure: say so, and try again whatever failed meanwhile.
fn live(model: &mut Model, out: &mut Vec<Effect>) {
    let was_down = model.sync.failures > 0;
    model.sync.succeed(model.now);
    if was_down {
        toast(model, Says::Back);
        for details in model.details.values_mut() {
            if matches!(details.setup.phase, Load::Failed(_)) {
                details.setup.phase = Load::Idle;
            }
            super::people::try_again(details);
        }
    }
    if was_down && model.session.waiting().is_none() || matches!(model.session.phase, Load::Failed(_)) {
        ask_session(model, out);
    }
}

pub(super) fn ask_changes(model: &mut Model, out: &mut Vec<Effect>) {
    let Some(since) = model.sync.change_token.clone() else { return reload(model, out) };
    model.sync.phase = Phase::Asking;
    model.sync.due = None;
    let ticket = model.tickets.issue(Purpose::Changes);
    model.sync.ticket = Some(ticket);
    out.push(Effect::Call { ticket, request: Request::Changes { since } });
}

pub(super) fn changes(model: &mut Model, ticket: Ticket, result: Result<Answer, Trouble>, out: &mut Vec<Effect>) {
    if model.sync.ticket != Some(ticket) {
        return;
    }
    let changes = expect(What::Changes, result, |answer| match answer {
        Answer::Changes(changes) => Some(changes),
        _ => None,
    });
    match changes {
        Ok(changes) => {
            let profile = model.options.profile.clone();
            let key = |company| CompanyKey { profile: profile.clone(), company };
            let removed: Vec<CompanyKey> = changes.removed.into_iter().map(key).collect();
            let news = model.roster.upsert(&model.options.profile, changes.companies);
            let gone = model.roster.remove(&removed);
            for key in &removed {
                model.details.remove(key);
            }
            attention::wake(model);
            if news || gone {
                list::rows_changed(model);
                super::unlink::company_changed(model, out);
                super::links::news(model);
            }
            let circle = changes.more && model.sync.change_token.as_ref() == Some(&changes.next);
            model.sync.change_token = Some(changes.next);
            if changes.more && !circle { ask_changes(model, out) } else { live(model, out) }
        }
        // Too old a token, or another database: load everything again.
        Err(trouble) if matches!(trouble.because, Because::Gone | Because::NotAccepted { .. }) => reload(model, out),
        Err(trouble) => failed(model, trouble, out),
    }
}

fn failed(model: &mut Model, trouble: Trouble, out: &mut Vec<Effect>) {
    // The credential may have been taken away: ask who we are, so that the screen says the truth.
    let identity = matches!(trouble.because, Because::NotSignedIn | Because::NotAllowed | Because::MfaRequired);
    if identity && model.session.waiting().is_none() {
        ask_session(model, out);
    }
    model.sync.fail(model.now, trouble);
}

/// Asks again when it is time to, also long after, when the laptop slept over it.
pub(super) fn when_due(model: &mut Model, out: &mut Vec<Effect>) {
    if model.sync.busy() || model.sync.due.is_none_or(|due| due > model.now) {
        return;
    }
    refresh(model, out);
}

/// Asks at once for what changed, or for everything if nothing is there yet.
pub(super) fn refresh(model: &mut Model, out: &mut Vec<Effect>) {
    if !model.sync.connected {
        connect(model, out);
    } else if model.sync.change_token.is_some() && model.sync.synced_at.is_some() {
        ask_changes(model, out);
    } else {
        reload(model, out);
    }
}
