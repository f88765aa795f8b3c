//! The MSP accounts: narrowing everything to one of them, and choosing one where it matters.

mod state;

pub use state::*;

use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::features::{companies, errors, form, links};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::{Overlay, Pick};
use crate::app::toast::Notification;
use crate::app::update::toast;
use crate::domain::id::ProfileId;
use crate::domain::roster::{Filter, Query};

/// The rows of the menu: all together where one narrows, and each account.
#[must_use]
pub fn rows<'a>(model: &'a Model, menu: &AccountMenu) -> Vec<Option<&'a Account>> {
    let all = (menu.choice == Choice::Switch && model.accounts.several()).then_some(None);
    let meant = |account: &&Account| menu.of.is_empty() || menu.of.contains(&account.profile);
    all.into_iter().chain(model.accounts.iter().filter(meant).map(Some)).collect()
}

pub(in crate::app) fn open(model: &mut Model) {
    let mut menu = AccountMenu { choice: Choice::Switch, of: Vec::new(), pick: Pick::default() };
    let narrowed = model.roster.query().filter.accounts.first();
    let of: Vec<_> = rows(model, &menu).into_iter().map(|account| account.map(|account| &account.profile)).collect();
    menu.pick.cursor = of.iter().position(|profile| *profile == narrowed).unwrap_or(0);
    model.overlays.push(Overlay::Accounts(menu));
}

/// Which account something is done in: the only one where it may be done, the one that everything is narrowed to,
/// or none yet, and then it is asked.
pub(in crate::app) fn settle(model: &mut Model, choice: Choice, of: Vec<ProfileId>) -> Option<ProfileId> {
    let command = choice.command();
    if let [only] = of.as_slice()
        && let Err(why) = command.permitted_in(model, only)
    {
        toast(model, Notification::NotNow(command, why));
        return None;
    }
    let may: Vec<ProfileId> =
        of.iter().filter(|profile| command.permitted_in(model, profile).is_ok()).cloned().collect();
    let narrowed: Vec<&ProfileId> = may.iter().filter(|profile| model.roster.query().filter.shows(profile)).collect();
    match (may.as_slice(), narrowed.as_slice()) {
        ([only], _) => Some(only.clone()),
        (_, [only]) => Some((*only).clone()),
        _ => {
            model.overlays.push(Overlay::Accounts(AccountMenu { choice, of, pick: Pick::default() }));
            None
        }
    }
}

pub(in crate::app) fn menu(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Accounts(shown)) = ctx.model.overlays.last() else { return };
    let len = rows(ctx.model, shown).len();
    let Some(Overlay::Accounts(shown)) = ctx.model.overlays.last_mut() else { return };
    shown.pick.cursor = shown.pick.cursor.min(len.saturating_sub(1));
    if let Some(movement) = Movement::of(key, true) {
        shown.pick.cursor = movement.apply(shown.pick.cursor, len, len);
        return;
    }
    let at = shown.pick.cursor;
    // Zero is all, as it stands above the first.
    let first = usize::from(shown.choice != Choice::Switch || len < 2);
    let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| usize::try_from(digit).ok());
    let picked = digit.and_then(|digit| digit.checked_sub(first)).filter(|row| *row < len);
    match (picked, key.code) {
        (Some(row), _) => choose(ctx, row, true),
        // Where the choice leads on to a write, only Enter makes it.
        (None, Code::Char(' ')) if shown.choice == Choice::Switch => {
            let row = shown.pick.choose();
            choose(ctx, row, false);
        }
        (None, Code::Enter) => match shown.pick.accept() {
            Some(row) => choose(ctx, row, true),
            None => drop(ctx.model.overlays.pop()),
        },
        (None, Code::Char('!')) => details(ctx.model, at),
        (None, Code::Esc | Code::Char('q' | 'A')) => drop(ctx.model.overlays.pop()),
        _ => {}
    }
}

/// Why the account under the cursor failed, in full.
fn details(model: &mut Model, row: usize) {
    let Some(Overlay::Accounts(menu)) = model.overlays.last() else { return };
    let Some(Some(account)) = rows(model, menu).get(row).copied() else { return };
    if account.sync.error().is_none() {
        return;
    }
    let profile = account.profile.clone();
    model.overlays.push(Overlay::Error(Box::new(errors::failures(model, Some(&profile)))));
}

fn choose(ctx: &mut Ctx<'_>, row: usize, close: bool) {
    let Some(Overlay::Accounts(menu)) = ctx.model.overlays.last().cloned() else { return };
    let Some(chosen) = rows(ctx.model, &menu).get(row).map(|account| account.map(|account| account.profile.clone()))
    else {
        return;
    };
    match (menu.choice, chosen) {
        (Choice::Switch, chosen) => {
            if close {
                ctx.model.overlays.pop();
            }
            narrow(ctx.model, chosen);
        }
        (choice, Some(profile)) => {
            if let Err(why) = choice.command().permitted_in(ctx.model, &profile) {
                return toast(ctx.model, Notification::NotNow(choice.command(), why));
            }
            ctx.model.overlays.pop();
            if choice == Choice::NewCompany {
                form::begin(ctx.model, profile);
            } else {
                links::accept_in(ctx, &profile);
            }
        }
        (_, None) => {}
    }
}

/// Shows one account only, or all.
fn narrow(model: &mut Model, to: Option<ProfileId>) {
    let query = model.roster.query().clone();
    let filter = Filter { accounts: to.into_iter().collect(), ..query.filter };
    companies::set_query(model, Query { filter, ..query });
}
