//! The dialog that takes a confirmation link: shape and region are proven before anything is sent.

use crate::app::command::Command;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::accounts;
use crate::app::features::accounts::{Account, Choice, Settled};
use crate::app::features::links::{AcceptDialog, LinksRequest, PageDialog, links, open_page};
use crate::app::features::tasks;
use crate::app::key::{Code, Key};
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::domain::id::ProfileId;
use crate::domain::launch::Redacted;
use crate::domain::link::{ConfirmationLink, NotThisLink};
use crate::domain::request::AcceptLink;
use crate::domain::request::Request;

impl Dialog for AcceptDialog {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if self.submission.sending() {
            return Outcome::Keep;
        }
        if key.code == Code::Esc {
            return self.submission.esc(!self.line.text().trim().is_empty());
        }
        self.submission.keep_editing();
        match key.code {
            Code::Enter => return self.send(ctx),
            Code::F(2) if links::owner_desk(ctx.model).is_some() => return Outcome::Then(open_owners_page),
            _ => {
                if self.line.key(key) {
                    self.problem = None;
                }
            }
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if self.submission.sending() {
            return;
        }
        match ConfirmationLink::parse(text) {
            // Without what the mail put around it: whoever looks sees to which company it leads.
            Ok(link) => self.line.paste(link.reveal()),
            // Perhaps a piece of it, the other comes next; no address has a blank in it.
            Err(_) if text.lines().all(|line| !line.trim().contains(' ')) => {
                self.line.paste(&text.split_whitespace().collect::<String>());
            }
            Err(_) => self.line.paste(text),
        }
        self.submission.keep_editing();
        self.problem = None;
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn is_sending(&self) -> bool {
        self.submission.sending()
    }

    fn holds_keys(&self) -> bool {
        self.submission.sending()
    }
}

fn open_owners_page(ctx: &mut Ctx<'_>) {
    if let Some(uri) = links::owner_desk(ctx.model).map(ToOwned::to_owned) {
        open_page(ctx, PageDialog { company: None, uri, error: None });
    }
}

impl AcceptDialog {
    fn send(&mut self, ctx: &mut Ctx<'_>) -> Outcome {
        if let Err(why) = Command::AcceptLink.permitted(ctx.model) {
            ctx.model.notify(Notification::NotNow(Command::AcceptLink, why));
            return Outcome::Keep;
        }
        let link = ConfirmationLink::parse(self.line.text()).and_then(|link| {
            let of = links::accounts_of(ctx.model, link.region);
            if of.is_empty() { Err(NotThisLink::Region(link.region)) } else { Ok(of) }
        });
        match link.map(|of| accounts::settle(ctx.model, Choice::AcceptLink, of)) {
            Ok(Settled::Account(profile)) if ctx.model.guided(&profile) => {
                return Outcome::Replace(tasks::link_in(ctx.model, profile).into());
            }
            Ok(Settled::Account(profile)) => self.send_to(ctx, &profile),
            Ok(Settled::Ask(menu)) => return Outcome::Open(menu.into()),
            Ok(Settled::Refused) => {}
            // Never sent: whoever keeps logs on the way must not see keys to companies of others.
            Err(problem) => {
                self.submission.clear_error();
                self.problem = Some(problem);
            }
        }
        Outcome::Keep
    }

    /// Sends the link to this account, whose region it is.
    fn send_to(&mut self, ctx: &mut Ctx<'_>, profile: &ProfileId) {
        let Some(own) = ctx.model.accounts.get(profile).and_then(Account::region) else { return };
        let Ok(link) = ConfirmationLink::for_region(self.line.text(), own) else { return };
        let link = Redacted::new(link.reveal().to_owned());
        let key = self.submission.start((profile.clone(), link.clone()), ctx.model.new_intent());
        let pending = PendingRequest::Links(LinksRequest::Accept(profile.clone()));
        ctx.send(profile.clone(), pending, Request::AcceptLink(AcceptLink { link, key }));
    }
}

/// Sends the link of the dialog that asked for an account.
pub(in crate::app) fn accept_in(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    ctx.with_dialog(|_: &AcceptDialog| true, |dialog, ctx| dialog.send_to(ctx, profile));
}
