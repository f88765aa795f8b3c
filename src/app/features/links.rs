//! Screen 2: links, and the dialogs that belong to it.

mod accept;
mod answers;
mod state;

pub use state::*;

use crate::app::command::{Command, DisabledReason};
use crate::app::core::per_account::Row;
use crate::app::core::selection::Movement;
use crate::app::core::submission::Submission;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::Effect;
use crate::app::features::accounts::{self, Choice, Settled};
use crate::app::features::{copy, launch, links, tasks};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::take_answer;
use crate::domain::error::Error;
use crate::domain::id::ProfileId;
use crate::domain::launch::{Opening, Redacted};
use crate::domain::link::{LinkRequest, is_own_page};
use crate::domain::request::Request;
use crate::domain::request::{CancelLink, ListLinks};

pub(in crate::app) use accept::accept_in;
pub(in crate::app) use answers::on_answer;

/// The account of the selected link request.
pub(in crate::app) fn selected_account(model: &Model) -> Option<ProfileId> {
    model.selected_link().map(|row| row.profile.clone())
}

/// The selected link request; from the palette of another screen nobody sees which one it would be.
fn selected(model: &Model) -> Result<&Row<LinkRequest>, DisabledReason> {
    model.selected_link().filter(|_| model.screen == Screen::Links).ok_or(DisabledReason::NoLink)
}

pub(in crate::app) fn can_cancel(model: &Model) -> Result<(), DisabledReason> {
    let row = selected(model)?;
    match () {
        () if !row.item.state.open() => Err(DisabledReason::LinkOver),
        () if model.tickets.cancelling(&row.into()) => Err(DisabledReason::UnderWay),
        () => Ok(()),
    }
}

pub(in crate::app) fn has_owner_page(model: &Model) -> Result<(), DisabledReason> {
    let page = selected(model)?.item.owner_page.as_deref();
    if page.is_some_and(is_own_page) { Ok(()) } else { Err(DisabledReason::NoOwnerPage) }
}

pub(in crate::app) fn open_owner_page(ctx: &mut Ctx<'_>) {
    let page = ctx.model.selected_link().and_then(|row| {
        let link = &row.item;
        Some(PageDialog { company: Some(link.company_name.clone()), uri: link.owner_page.clone()?, error: None })
    });
    if let Some(page) = page {
        open_page(ctx, page);
    }
}

/// The dialog that takes a confirmation link; where only the web console links, the task.
pub(in crate::app) fn open_accept(ctx: &mut Ctx<'_>) {
    if let Some(dialog) = accept_dialog(ctx.model) {
        ctx.model.overlays.open(dialog);
    }
}

pub(in crate::app) fn accept_dialog(model: &mut Model) -> Option<Overlay> {
    let guided = tasks::guided_accounts(model);
    if guided.len() < model.accounts.iter().count() {
        return Some(AcceptDialog::default().into());
    }
    match accounts::settle(model, Choice::AcceptLink, guided) {
        Settled::Account(profile) => Some(tasks::link_in(model, profile).into()),
        Settled::Ask(menu) => Some(menu.into()),
        Settled::Refused => None,
    }
}

pub(in crate::app) fn open_cancel(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let Some(row) = model.selected_link() else { return };
    let dialog = CancelDialog {
        key: row.into(),
        company: row.item.company_name.clone(),
        confirm: false,
        submission: Submission::default(),
    };
    model.overlays.open(dialog);
}

impl Dialog for PageDialog {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match key.code {
            Code::Char('y' | 'c') => copy::copy(ctx, self.uri.clone()),
            Code::Esc | Code::Enter | Code::Char('q') => return Outcome::Close,
            _ => {}
        }
        Outcome::Keep
    }
}

impl Dialog for CancelDialog {
    fn aim(&mut self, button: usize) -> bool {
        self.confirm = button == 1;
        true
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match key.code {
            // It cannot be called back; Esc only takes the dialog away, the answer will be told.
            Code::Esc => return Outcome::Close,
            _ if self.submission.sending() => {}
            Code::Tab | Code::BackTab | Code::Left | Code::Right | Code::Char('h' | 'l') => {
                self.confirm = !self.confirm;
            }
            Code::Enter if self.confirm => self.send(ctx),
            Code::Enter | Code::Char('q') => return Outcome::Close,
            _ => {}
        }
        Outcome::Keep
    }

    fn is_sending(&self) -> bool {
        self.submission.sending()
    }
}

impl CancelDialog {
    fn send(&mut self, ctx: &mut Ctx<'_>) {
        let LinkKey { profile, link } = self.key.clone();
        if let Err(why) = Command::CancelLink.permitted_in(ctx.model, &profile) {
            return ctx.model.notify(Notification::NotNow(Command::CancelLink, why));
        }
        let key = self.submission.start((), ctx.model.new_intent());
        let request = Request::CancelLink(CancelLink { link, key });
        ctx.send(profile, PendingRequest::Links(LinksRequest::Cancel(self.key.clone())), request);
    }
}

/// Opens a page of the sample workspace, which is on this machine, or shows where it is.
fn open_page(ctx: &mut Ctx<'_>, page: PageDialog) {
    if !is_own_page(&page.uri) {
        return;
    }
    if !ctx.model.options.browser {
        return show_page(ctx.model, page);
    }
    let address = Redacted::new(page.uri.clone());
    let ticket = ctx.model.tickets.issue(PendingRequest::Links(LinksRequest::Page(page)));
    ctx.effects.push(Effect::Open { ticket, address });
}

fn show_page(model: &mut Model, page: PageDialog) {
    model.overlays.open(page);
}

pub(in crate::app) fn on_page_opened(model: &mut Model, page: PageDialog, result: Result<Opening, Error>) {
    match result {
        Ok(opening) => model.notify(Notification::PageOpened(opening)),
        Err(error) if !launch::refused(&error) => {
            show_page(model, PageDialog { error: Some(Box::new(error)), ..page });
        }
        Err(error) => model.fail(None, error),
    }
}

/// Loads when the screen comes to the front, and again from time to time while somebody may act on a request. Each
/// account for itself.
pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    let in_front = ctx.model.screen == Screen::Links;
    if in_front && !ctx.model.links.in_front {
        ctx.model.links.list.outdate_idle();
    }
    ctx.model.links.in_front = in_front;
    for profile in links::to_watch(ctx.model) {
        if ctx.model.links.list.is_due(&profile, ctx.model.now) {
            let pending = PendingRequest::Links(LinksRequest::List(profile.clone()));
            let ticket = ctx.send(profile.clone(), pending, Request::ListLinks(ListLinks));
            ctx.model.links.list.ask(&profile, ticket, REFRESH.next(ctx.model.now));
        }
    }
}

/// Companies of an account changed: a link may be the reason.
pub(in crate::app) fn news(model: &mut Model, profile: &ProfileId) {
    model.links.list.outdate(profile);
}

pub(in crate::app) fn step(model: &mut Model, movement: Movement) {
    let (len, page) = (model.links_shown().count(), model.page());
    let to = movement.apply_from(model.link_row(), 0, len, page);
    let key = model.links_shown().nth(to).map(LinkKey::from);
    if key.is_some() {
        model.links.selection.put(to, key);
    }
}

pub(in crate::app) fn refresh(model: &mut Model) {
    if model.screen == Screen::Links {
        model.links.list.outdate_idle();
    }
}
