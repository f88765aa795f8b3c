//! What the server says about links: the list, and what became of a link that was accepted or taken back.

use super::{expect, fail, toast};
use crate::app::effect::{Effect, Ticket};
use crate::app::links::{LinkDialog, Wait};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::app::toast::Says;
use crate::app::update::sync;
use crate::domain::id::LinkId;
use crate::domain::link::{LinkRequest, LinkState};
use crate::domain::request::Answer;
use crate::domain::trouble::{Trouble, What};

pub(in crate::app::update) fn answered(
    model: &mut Model,
    ticket: Ticket,
    wait: Wait,
    result: Result<Answer, Trouble>,
    out: &mut Vec<Effect>,
) {
    let link = |answer| match answer {
        Answer::Link(link) => Some(*link),
        _ => None,
    };
    match wait {
        Wait::List => {
            let list = expect(What::LoadLinks, result, |answer| match answer {
                Answer::Links(list) => Some(list),
                _ => None,
            });
            loaded(model, ticket, list, out);
        }
        Wait::Accept => accepted(model, expect(What::AcceptLink, result, link)),
        Wait::Cancel(id) => cancelled(model, &id, expect(What::CancelLink, result, link)),
        // A browser answers in another way.
        Wait::Page(_) => {}
    }
}

fn loaded(model: &mut Model, ticket: Ticket, list: Result<Vec<LinkRequest>, Trouble>, out: &mut Vec<Effect>) {
    let before = model.links.list.value().cloned().unwrap_or_default();
    if !model.links.list.settle(ticket, model.now, list) {
        return;
    }
    let now = model.links.list.value().cloned().unwrap_or_default();
    let mut linked = false;
    for link in &now {
        let was_open = before.iter().any(|old| old.id == link.id && old.state.open());
        if was_open && let Some(says) = ended(link) {
            linked |= link.state == LinkState::Approved;
            toast(model, says);
        }
    }
    if model.links.cursor.as_ref().is_some_and(|id| now.iter().all(|link| link.id != *id)) {
        model.links.cursor = None;
    }
    // The company is there by now: show it without waiting for the next question.
    if linked {
        sync::ask_changes(model, &model.home(), out);
    }
}

/// What is told of a request that ended while we waited.
fn ended(link: &LinkRequest) -> Option<Says> {
    let company = link.company_name.clone();
    match link.state {
        LinkState::Approved => Some(Says::Linked { company }),
        LinkState::Denied => Some(Says::LinkDenied { company, reason: link.reason.clone() }),
        LinkState::Expired => Some(Says::LinkExpired { company }),
        _ => None,
    }
}

/// Puts a request into the list, in its place or in front.
fn put(model: &mut Model, link: LinkRequest) {
    // Look again at once: the list may hold more news than this one.
    model.links.due = Some(model.now);
    let Some(list) = model.links.list.value_mut() else { return };
    match list.iter_mut().find(|old| old.id == link.id) {
        Some(old) => *old = link,
        None => list.insert(0, link),
    }
}

fn accepted(model: &mut Model, link: Result<LinkRequest, Trouble>) {
    match link {
        Ok(link) => {
            model.overlays.retain(|overlay| !is(overlay, |dialog| matches!(dialog, LinkDialog::Accept(_))));
            toast(model, Says::LinkAccepted { company: link.company_name.clone() });
            model.screen = Screen::Links;
            model.links.cursor = Some(link.id.clone());
            put(model, link);
        }
        Err(trouble) => {
            let dialog = model.overlays.iter_mut().find_map(|overlay| match overlay {
                Overlay::Link(dialog) => match &mut **dialog {
                    LinkDialog::Accept(accept) => Some(accept),
                    _ => None,
                },
                _ => None,
            });
            let Some(accept) = dialog else { return fail(model, None, trouble) };
            accept.sending = false;
            accept.trouble = Some(Box::new(trouble.clone()));
            model.failure = Some(Box::new(trouble));
        }
    }
}

fn cancelled(model: &mut Model, id: &LinkId, link: Result<LinkRequest, Trouble>) {
    let ours = |dialog: &LinkDialog| matches!(dialog, LinkDialog::Cancel(cancel) if cancel.link == *id);
    match link {
        Ok(link) => {
            model.overlays.retain(|overlay| !is(overlay, ours));
            toast(model, Says::LinkCancelled { company: link.company_name.clone() });
            put(model, link);
        }
        Err(trouble) => {
            // Whatever the reason, somebody may have acted meanwhile: show how it stands.
            model.links.due = Some(model.now);
            let dialog = model.overlays.iter_mut().find_map(|overlay| match overlay {
                Overlay::Link(dialog) => match &mut **dialog {
                    LinkDialog::Cancel(cancel) if cancel.link == *id => Some(cancel),
                    _ => None,
                },
                _ => None,
            });
            let company = model.links.list.value().and_then(|list| list.iter().find(|link| link.id == *id));
            let company = company.map(|link| link.company_name.clone());
            let Some(cancel) = dialog else { return fail(model, company, trouble) };
            cancel.sending = false;
            cancel.confirm = false;
            cancel.trouble = Some(Box::new(trouble.clone()));
            model.failure = Some(Box::new(trouble));
        }
    }
}

fn is(overlay: &Overlay, which: impl Fn(&LinkDialog) -> bool) -> bool {
    matches!(overlay, Overlay::Link(dialog) if which(dialog))
}
