//! The dialog that takes a confirmation link: shape and region are proven before anything is sent.

use crate::app::command::Command;
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::accounts;
use crate::app::features::accounts::Choice;
use crate::app::features::links::{Accept, LinkDialog, Page, Wait};
use crate::app::features::links::{intent, links, open_page, toast};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::domain::id::ProfileId;
use crate::domain::intent::Sent;
use crate::domain::launch::Redacted;
use crate::domain::link::{ConfirmationLink, NotThisLink};
use crate::domain::request::Request;

/// The dialog on top, if it is this one.
fn top(model: &mut Model) -> Option<&mut Accept> {
    match model.overlays.last_mut() {
        Some(Overlay::Link(dialog)) => match &mut **dialog {
            LinkDialog::Accept(accept) => Some(accept),
            LinkDialog::Cancel(_) | LinkDialog::Page(_) => None,
        },
        _ => None,
    }
}

pub(super) fn dialog(ctx: &mut Ctx<'_>, key: Key) {
    let desk = links::owner_desk(ctx.model).map(ToOwned::to_owned);
    let Some(accept) = top(ctx.model) else { return };
    if accept.sending {
        return;
    }
    let asked = std::mem::take(&mut accept.asking);
    match key.code {
        Code::Esc if !accept.line.text().trim().is_empty() && !asked => accept.asking = true,
        Code::Esc => drop(ctx.model.overlays.pop()),
        Code::Enter => send(ctx),
        Code::F(2) => {
            if let Some(uri) = desk {
                open_page(ctx, Page { company: None, uri, error: None });
            }
        }
        _ => {
            if accept.line.key(key) {
                accept.problem = None;
            }
        }
    }
}

pub(in crate::app) fn paste(model: &mut Model, text: &str) {
    if let Some(accept) = top(model).filter(|accept| !accept.sending) {
        match ConfirmationLink::parse(text) {
            // Without what the mail put around it: whoever looks sees to which company it leads.
            Ok(link) => accept.line.paste(link.reveal()),
            // Perhaps a piece of it, the other comes next; no address has a blank in it.
            Err(_) if text.lines().all(|line| !line.trim().contains(' ')) => {
                accept.line.paste(&text.split_whitespace().collect::<String>());
            }
            Err(_) => accept.line.paste(text),
        }
        accept.asking = false;
        accept.problem = None;
    }
}

fn send(ctx: &mut Ctx<'_>) {
    if let Err(why) = Command::AcceptLink.permitted(ctx.model) {
        return toast(ctx.model, Notification::NotNow(Command::AcceptLink, why));
    }
    let Some(accept) = top(ctx.model) else { return };
    let link = ConfirmationLink::parse(accept.line.text()).and_then(|link| {
        let of = links::accounts_of(ctx.model, link.region);
        if of.is_empty() { Err(NotThisLink::Region(link.region)) } else { Ok(of) }
    });
    match link {
        Ok(of) => {
            if let Some(profile) = accounts::settle(ctx.model, Choice::AcceptLink, of) {
                accept_in(ctx, &profile);
            }
        }
        // Never sent: whoever keeps logs on the way must not see keys to companies of others.
        Err(problem) => {
            if let Some(accept) = top(ctx.model) {
                accept.error = None;
                accept.problem = Some(problem);
            }
        }
    }
}

/// Sends the link of the dialog on top to this account, whose region it is.
pub(in crate::app) fn accept_in(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    let Some(own) = ctx.model.accounts.get(profile).and_then(|account| account.region()).map(ToOwned::to_owned) else {
        return;
    };
    let Some(accept) = top(ctx.model) else { return };
    let Ok(link) = ConfirmationLink::for_region(accept.line.text(), &own) else { return };
    let link = Redacted::new(link.reveal().to_owned());
    let next = intent(ctx.model);
    let Some(accept) = top(ctx.model) else { return };
    accept.sending = true;
    accept.error = None;
    let key = Sent::note(&mut accept.sent, (profile.clone(), link.clone()), next);
    let ticket = ctx.model.tickets.issue(PendingRequest::Links(Wait::Accept(profile.clone())));
    ctx.effects.push(Effect::Call { ticket, profile: profile.clone(), request: Request::AcceptLink { link, key } });
}
