//! The MSP accounts: narrowing everything to one of them, and choosing one where it matters.

mod state;

pub use state::*;

use crate::app::command::DisabledReason;
use crate::app::core::menu::{self, Menu, digit};
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::{companies, errors, form, links, tasks, technicians};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::toast::Notification;
use crate::domain::id::ProfileId;
use crate::domain::roster::{Filter, Query};

/// The rows of the menu: all together where one narrows, and each account.
pub fn rows<'a>(model: &'a Model, menu: &AccountMenu) -> Vec<Option<&'a Account>> {
    let all = (menu.choice == Choice::Switch && model.accounts.several()).then_some(None);
    let meant = |account: &&Account| menu.of.is_empty() || menu.of.contains(&account.profile);
    all.into_iter().chain(model.accounts.iter().filter(meant).map(Some)).collect()
}

/// One of these accounts has an MSP's own companies. What a sample has is invented: nothing is observed or imported there.
pub(in crate::app) fn only_real<'a>(of: impl Iterator<Item = &'a Account>) -> Result<(), DisabledReason> {
    let mut why = DisabledReason::NotSignedIn;
    for account in of {
        if account.real() {
            return Ok(());
        }
        if account.sample() {
            why = DisabledReason::SampleWorkspace;
        }
    }
    Err(why)
}

pub(in crate::app) fn open(model: &mut Model) {
    let mut menu = AccountMenu { choice: Choice::Switch, of: Vec::new(), pick: Menu::default() };
    let narrowed = model.roster.query().filter.accounts.first();
    let of: Vec<_> = rows(model, &menu).into_iter().map(|account| account.map(|account| &account.profile)).collect();
    menu.pick.cursor = of.iter().position(|profile| *profile == narrowed).unwrap_or(0);
    model.overlays.open(menu);
}

/// Which account something is done in.
pub(in crate::app) enum Settled {
    Account(ProfileId),
    Ask(AccountMenu),
    /// It may be done in none, and that was said.
    Refused,
}

/// Which account something is done in: the only one where it may be done, the one that everything is narrowed to,
/// or none yet, and then it is asked.
pub(in crate::app) fn settle(model: &mut Model, choice: Choice, of: Vec<ProfileId>) -> Settled {
    let command = choice.command();
    if let [only] = of.as_slice()
        && let Err(why) = command.permitted_in(model, only)
    {
        model.notify(Notification::NotNow(command, why));
        return Settled::Refused;
    }
    let may: Vec<ProfileId> =
        of.iter().filter(|profile| command.permitted_in(model, profile).is_ok()).cloned().collect();
    let narrowed: Vec<&ProfileId> = may.iter().filter(|profile| model.roster.query().filter.shows(profile)).collect();
    match (may.as_slice(), narrowed.as_slice()) {
        ([only], _) => Settled::Account(only.clone()),
        (_, [only]) => Settled::Account((*only).clone()),
        _ => Settled::Ask(AccountMenu { choice, of, pick: Menu::default() }),
    }
}

impl Dialog for AccountMenu {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let len = rows(ctx.model, self).len();
        self.pick.cursor = self.pick.cursor.min(len.saturating_sub(1));
        // Zero is all, as it stands above the first.
        let first = usize::from(self.choice != Choice::Switch || len < 2);
        if let Some(row) = digit(key).and_then(|digit| digit.checked_sub(first)).filter(|row| *row < len) {
            return self.choose(ctx, row, true);
        }
        // Where the choice leads on to a write, only Enter makes it.
        if key.code == Code::Char(' ') && self.choice != Choice::Switch {
            return Outcome::Keep;
        }
        match (self.pick.key(key, len, len, 'A'), key.code) {
            (menu::Choice::Chosen(row), _) => self.choose(ctx, row, false),
            (menu::Choice::Accepted(Some(row)), _) => self.choose(ctx, row, true),
            (menu::Choice::Accepted(None) | menu::Choice::Closed, _) => Outcome::Close,
            (menu::Choice::Other, Code::Char('!')) => self.details(ctx.model),
            _ => Outcome::Keep,
        }
    }
}

impl AccountMenu {
    /// Why the account under the cursor failed, in full.
    fn details(&self, model: &Model) -> Outcome {
        match rows(model, self).get(self.pick.cursor) {
            Some(Some(account)) if account.sync.error().is_some() => {
                Outcome::Open(errors::failures(model, Some(&account.profile)).into())
            }
            _ => Outcome::Keep,
        }
    }

    fn choose(&self, ctx: &mut Ctx<'_>, row: usize, close: bool) -> Outcome {
        let chosen = rows(ctx.model, self).get(row).map(|account| account.map(|account| account.profile.clone()));
        match (self.choice, chosen) {
            (Choice::Switch, Some(chosen)) => {
                narrow(ctx.model, chosen);
                if close { Outcome::Close } else { Outcome::Keep }
            }
            (choice, Some(Some(profile))) => {
                if let Err(why) = choice.command().permitted_in(ctx.model, &profile) {
                    ctx.model.notify(Notification::NotNow(choice.command(), why));
                    return Outcome::Keep;
                }
                if choice == Choice::NewCompany {
                    return Outcome::Replace(form::blank(ctx.model, profile).into());
                }
                if choice == Choice::Technicians {
                    return Outcome::Replace(technicians::of_account(ctx, profile).into());
                }
                if choice == Choice::Usage {
                    return Outcome::Replace(tasks::usage_in(ctx, profile).into());
                }
                if ctx.model.guided(&profile) {
                    return Outcome::Replace(tasks::link_in(ctx.model, profile).into());
                }
                links::accept_in(ctx, &profile);
                Outcome::Close
            }
            _ => Outcome::Keep,
        }
    }
}

/// Shows one account only, or all.
fn narrow(model: &mut Model, to: Option<ProfileId>) {
    let query = model.roster.query().clone();
    let filter = Filter { accounts: to.into_iter().collect(), ..query.filter };
    companies::set_query(model, Query { filter, ..query });
}
