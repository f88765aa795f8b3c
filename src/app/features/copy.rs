//! Copying: one way for everything that is copied, and what is said of it.

pub mod menu;

pub use menu::{CopyMenu, What};

use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::launch::LaunchDialog;
use crate::app::features::overview::{Card, card};
use crate::app::features::sources;
use crate::app::model::{Model, Pane, Tab};
use crate::app::msg::Copied;
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::domain::company::Company;
use crate::domain::error::Error;
use crate::domain::launch::Redacted;

pub(in crate::app) fn copy(ctx: &mut Ctx<'_>, text: String) {
    // A notice has one line.
    let ticket = ctx.model.tickets.issue(PendingRequest::Copy { text: text.replace('\n', ", "), launch: false });
    ctx.effects.push(Effect::Copy { ticket, text: Redacted::new(text) });
}

/// Copies the address of the launch dialog, which no notice and no `Debug` shows.
pub(in crate::app) fn copy_launch(ctx: &mut Ctx<'_>, address: Redacted) {
    let ticket = ctx.model.tickets.issue(PendingRequest::Copy { text: String::new(), launch: true });
    ctx.effects.push(Effect::Copy { ticket, text: address });
}

/// Copies an enrolment code, of which a notice shows nothing.
pub(in crate::app) fn copy_code(ctx: &mut Ctx<'_>, code: Redacted) {
    let ticket = ctx
        .model
        .tickets
        .issue(PendingRequest::Copy { text: "••••-••••-••••".to_owned(), launch: false });
    ctx.effects.push(Effect::Copy { ticket, text: code });
}

pub(in crate::app) fn on_copied(model: &mut Model, text: String, launch: bool, result: Result<Copied, Error>) {
    match result {
        Ok(how) if launch => {
            if let Some(dialog) = model.overlays.find_mut::<LaunchDialog>(|_| true) {
                dialog.copied = Some(how);
            }
        }
        Ok(how) => model.notify(Notification::Copied { text, how }),
        Err(error) => model.fail(None, error),
    }
}

/// What the cursor is on: a person's address, what to type about a source, else the company's name.
fn under_cursor(model: &Model, company: &Company) -> String {
    match (model.pane, model.tab) {
        _ if model.screen == Screen::Recoveries => {
            model.selected_recovery().map_or_else(String::new, |row| row.item.email.clone())
        }
        (Pane::Company, Tab::Overview) if card(model) == Card::Sources => {
            sources::first_command(model).unwrap_or_else(|| company.name.clone())
        }
        (Pane::Company, Tab::People) => model.selected_person().map_or_else(String::new, |person| person.email.clone()),
        _ => company.name.clone(),
    }
}

/// The cursor is on a card of the overview, or on a step: their words are those of the screen.
pub fn on_shown(model: &Model) -> bool {
    let card = model.tab == Tab::Overview && card(model) != Card::Sources
        || model.tab == Tab::Setup && model.selected_step().is_some();
    model.company_in_front() && card
}

/// Copies what the cursor is on as it is shown.
fn copy_shown(ctx: &mut Ctx<'_>, company: String) {
    let ticket = ctx.model.tickets.issue(PendingRequest::Copy { text: company, launch: false });
    ctx.effects.push(Effect::CopyShown { ticket });
}

pub(in crate::app) fn copy_id(ctx: &mut Ctx<'_>) {
    if let Some((key, _)) = ctx.model.selected() {
        copy(ctx, key.company.to_string());
    }
}
