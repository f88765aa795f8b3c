//! What the server says about links: the list, and what became of a link that was accepted or taken back.

use crate::app::core::selection::Selection;
use crate::app::ctx::Ctx;
use crate::app::effect::Ticket;
use crate::app::features::links::{AcceptDialog, CancelDialog, LinkKey, LinksRequest, called, take_answer};
use crate::app::features::sync;
use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::app::toast::Notification;
use crate::app::update::take_rows;
use crate::domain::error::{Error, Operation};
use crate::domain::id::{LinkId, ProfileId};
use crate::domain::link::{LinkRequest, LinkState};
use crate::domain::request::Answer;

pub(in crate::app) fn on_answer(ctx: &mut Ctx<'_>, ticket: Ticket, wait: LinksRequest, result: Result<Answer, Error>) {
    match wait {
        LinksRequest::List(of) => {
            let list = take_rows::<Vec<LinkRequest>>(Operation::LoadLinks, result);
            on_list(ctx, &of, ticket, list);
        }
        LinksRequest::Accept(of) => on_accepted(ctx.model, of, take_answer(Operation::AcceptLink, result)),
        LinksRequest::Cancel(key) => on_cancelled(ctx.model, &key, take_answer(Operation::CancelLink, result)),
        // A browser answers in another way.
        LinksRequest::Page(_) => {}
    }
}

fn on_list(
    ctx: &mut Ctx<'_>,
    profile: &ProfileId,
    ticket: Ticket,
    (list, left_out): (Result<Vec<LinkRequest>, Error>, u32),
) {
    let open = |link: &&LinkRequest| link.state.open();
    let open: Vec<LinkId> = ctx.model.links.list.of(profile).filter(open).map(|link| link.id.clone()).collect();
    if !ctx.model.links.list.settle(profile, ticket, ctx.model.now, list) {
        return;
    }
    ctx.model.links.list.leave_out(profile, left_out);
    let now: Vec<LinkRequest> = ctx.model.links.list.of(profile).cloned().collect();
    let mut linked = false;
    for link in now.iter().filter(|link| open.contains(&link.id)) {
        if let Some(says) = ended(link, called(ctx.model, profile, link)) {
            linked |= link.state == LinkState::Approved;
            ctx.model.notify(says);
        }
    }
    let gone = |key: &LinkKey| key.profile == *profile && now.iter().all(|link| link.id != key.link);
    if ctx.model.links.selection.key.as_ref().is_some_and(gone) {
        ctx.model.links.selection = Selection::default();
    }
    // The company is there by now: show it without waiting for the next question.
    if linked {
        sync::ask_changes(ctx, profile);
    }
}

/// What is told of a request that ended while we waited.
fn ended(link: &LinkRequest, company: String) -> Option<Notification> {
    match link.state {
        LinkState::Approved => Some(Notification::Linked { company }),
        LinkState::Denied => Some(Notification::LinkDenied { company, reason: link.reason.clone() }),
        LinkState::Expired => Some(Notification::LinkExpired { company }),
        _ => None,
    }
}

/// Puts a request into the list of its account, in its place or in front.
fn put(model: &mut Model, profile: &ProfileId, link: LinkRequest) {
    // Look again at once: the list may hold more news than this one.
    model.links.list.outdate(profile);
    model.links.list.change(profile, |list| match list.iter_mut().find(|old| old.id == link.id) {
        Some(old) => *old = link,
        None => list.insert(0, link),
    });
}

fn on_accepted(model: &mut Model, profile: ProfileId, link: Result<LinkRequest, Error>) {
    match link {
        Ok(link) => {
            model.overlays.close::<AcceptDialog>(|_| true);
            let company = called(model, &profile, &link);
            model.notify(Notification::LinkAccepted { company });
            model.screen = Screen::Links;
            put(model, &profile, link.clone());
            model.links.selection.put(0, Some(LinkKey { profile, link: link.id }));
        }
        Err(error) => {
            let next = model.new_intent();
            let dialog = model.overlays.find_mut::<AcceptDialog>(|_| true);
            let Some(accept) = dialog else { return model.fail(None, error) };
            let error = accept.submission.fail(error, next);
            model.failure = Some(Box::new(error));
        }
    }
}

fn on_cancelled(model: &mut Model, key: &LinkKey, link: Result<LinkRequest, Error>) {
    let ours = |dialog: &CancelDialog| dialog.key == *key;
    match link {
        Ok(link) => {
            model.overlays.close(ours);
            let company = called(model, &key.profile, &link);
            model.notify(Notification::LinkCancelled { company });
            put(model, &key.profile, link);
        }
        Err(error) => {
            let next = model.new_intent();
            // Whatever the reason, somebody may have acted meanwhile: show how it stands.
            model.links.list.outdate(&key.profile);
            let company = model.links.list.of(&key.profile).find(|link| link.id == key.link);
            let company = company.map(|link| called(model, &key.profile, link));
            let Some(cancel) = model.overlays.find_mut(ours) else { return model.fail(company, error) };
            cancel.confirm = false;
            let error = cancel.submission.fail(error, next);
            model.failure = Some(Box::new(error));
        }
    }
}
