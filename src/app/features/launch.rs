//! Launching: ask for a one-time address, open the browser, or show the address where there is none.

use crate::app::command::{Command, DisabledReason};
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::Effect;
use crate::app::features::{company, copy, sync, tasks};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Pane, Tab};
use crate::app::msg::Copied;
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::take_answer;
use crate::domain::error::{Cause, Error, Operation};
use crate::domain::id::{CompanyKey, VaultId};
use crate::domain::launch::{LaunchAddress, Opening, Redacted, Target};
use crate::domain::request::Request;
use crate::domain::request::{Answer, Launch};
use crate::domain::task::TaskKind;
use jiff::Timestamp;

/// The selected company can be launched.
pub(in crate::app) fn enabled(model: &Model) -> Result<(), DisabledReason> {
    let (key, _) = company::managed_company(model)?;
    if model.tickets.launching(&key) { Err(DisabledReason::UnderWay) } else { Ok(()) }
}

pub(in crate::app) fn step_enabled(model: &Model) -> Result<(), DisabledReason> {
    if model.selected().is_some() && model.selected_step().is_none() {
        return Err(DisabledReason::NoStep);
    }
    enabled(model)
}

pub(in crate::app) fn launch(ctx: &mut Ctx<'_>) {
    ask(ctx, target(ctx.model));
}

/// Launches at the people, where they are invited.
pub(in crate::app) fn launch_people(ctx: &mut Ctx<'_>) {
    ask(ctx, Target::People);
}

/// A launch that was asked for by a key, and can still be stopped.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    pub key: CompanyKey,
    pub target: Target,
    /// When it is sent.
    pub until: Timestamp,
}

/// Waits a moment before it sends, where that is wanted: the key is an arrow in other programs. Asked for again, it is
/// sent at once.
fn wait_or_send(ctx: &mut Ctx<'_>, key: CompanyKey, target: Target) {
    let again = ctx.model.launching.take().is_some_and(|waiting| waiting.key == key && waiting.target == target);
    let until = ctx.model.options.launch_delay.and_then(|delay| ctx.model.now.checked_add(delay).ok());
    match until.filter(|_| !again && !ctx.model.guided(&key.profile)) {
        Some(until) => ctx.model.launching = Some(Waiting { key, target, until }),
        None => ask_for(ctx, key, target, None),
    }
}

/// Sends the launch that has waited long enough, unless it may not be sent any more.
pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    let now = ctx.model.now;
    let Some(waiting) = ctx.model.launching.take_if(|waiting| waiting.until <= now) else { return };
    match Command::Launch.permitted_in(ctx.model, &waiting.key.profile) {
        Ok(()) => ask_for(ctx, waiting.key, waiting.target, None),
        Err(why) => ctx.model.notify(Notification::NotNow(Command::Launch, why)),
    }
}

/// Stops the launch that waits. Says whether there was one.
pub(in crate::app) fn stop(model: &mut Model) -> bool {
    let Some(waiting) = model.launching.take() else { return false };
    let company = name(model, &waiting.key);
    model.notify(Notification::LaunchStopped { company });
    true
}

/// Launches where the selected setup step is done.
pub(in crate::app) fn launch_step(ctx: &mut Ctx<'_>) {
    if let Some(target) = ctx.model.selected_step().map(|step| step.kind.target()) {
        ask(ctx, target);
    }
}

/// Where a launch lands: at what one looks at in the company.
fn target(model: &Model) -> Target {
    match (model.screen, model.pane, model.tab) {
        (Screen::Companies, Pane::Company, Tab::People) => Target::People,
        (Screen::Companies, Pane::Company, Tab::Vaults) => Target::Vaults,
        (Screen::Companies, Pane::Company, Tab::Usage) => Target::Billing,
        (Screen::Recoveries, ..) => Target::Recovery,
        _ => Target::Home,
    }
}

fn ask(ctx: &mut Ctx<'_>, target: Target) {
    let Some((key, _)) = ctx.model.selected() else { return };
    wait_or_send(ctx, key, target);
}

/// Launches to one vault.
pub(in crate::app) fn ask_vault(ctx: &mut Ctx<'_>, vault: VaultId) {
    let Some((key, _)) = ctx.model.selected() else { return };
    ask_for(ctx, key, Target::Vaults, Some(vault));
}

fn ask_for(ctx: &mut Ctx<'_>, key: CompanyKey, target: Target, vault: Option<VaultId>) {
    if ctx.model.guided(&key.profile) {
        let panel = tasks::for_company(ctx, TaskKind::Launch, key);
        return ctx.model.overlays.open(panel);
    }
    let intent = ctx.model.new_intent();
    let pending = PendingRequest::Launch(key.clone());
    ctx.send(key.profile, pending, Request::Launch(Launch { company: key.company, target, vault, key: intent }));
}

pub(in crate::app) fn on_address(ctx: &mut Ctx<'_>, key: CompanyKey, result: Result<Answer, Error>) {
    let address = take_answer::<LaunchAddress>(Operation::Launch, result);
    let (launched, profile) = (address.is_ok(), key.profile.clone());
    match address {
        Ok(address) if ctx.model.options.browser => {
            let ticket = ctx.model.tickets.issue(PendingRequest::Open { key, address: address.clone() });
            ctx.effects.push(Effect::Open { ticket, address: address.uri });
        }
        Ok(address) => show(ctx.model, key, address, None),
        Err(error) => {
            let company = name(ctx.model, &key);
            ctx.model.fail(Some(company), error);
        }
    } // *Last launch* is news, and the company's revision with it.
    if launched {
        sync::ask_changes(ctx, &profile);
    }
}

pub(in crate::app) fn on_opened(
    model: &mut Model,
    key: CompanyKey,
    address: LaunchAddress,
    result: Result<Opening, Error>,
) {
    match result {
        Ok(opening) => {
            let company = name(model, &key);
            model.notify(Notification::Launched { company, opening });
        }
        // The address is good for a minute: better shown than lost.
        Err(error) if !refused(&error) => show(model, key, address, Some(error)),
        Err(error) => {
            let company = name(model, &key);
            model.fail(Some(company), error);
        }
    }
}

/// It was the address itself that must not be opened, so it is not shown either.
pub(in crate::app) fn refused(error: &Error) -> bool {
    matches!(error.cause, Cause::UnsafeAddress(_))
}

fn show(model: &mut Model, key: CompanyKey, address: LaunchAddress, error: Option<Error>) {
    let (company, distinction, error) = (name(model, &key), model.distinction(&key), error.map(Box::new));
    model.overlays.close::<LaunchDialog>(|_| true);
    model.overlays.open(LaunchDialog { key, company, distinction, address, copied: None, error });
}

fn name(model: &Model, key: &CompanyKey) -> String {
    model.called(key, key.company.as_str())
}

/// An address to open elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct LaunchDialog {
    pub key: CompanyKey,
    /// Its name when it was asked for.
    pub company: String,
    /// What tells it from others of its name.
    pub distinction: Option<String>,
    pub address: LaunchAddress,
    pub copied: Option<Copied>,
    /// Why the browser was not opened, where it was tried.
    pub error: Option<Box<Error>>,
}

impl Dialog for LaunchDialog {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match key.code {
            Code::Esc | Code::Char('q') => return Outcome::Close,
            Code::Char('y' | 'c') => copy::copy_launch(ctx, Redacted::new(self.address.uri.reveal().to_owned())),
            // The address works once and for a minute: a fresh one is one key away.
            Code::Char('l' | 'r') if !ctx.model.tickets.launching(&self.key) => {
                match Command::Launch.permitted_in(ctx.model, &self.key.profile) {
                    Ok(()) => ask_for(ctx, self.key.clone(), Target::Home, None),
                    Err(why) => ctx.model.notify(Notification::NotNow(Command::Launch, why)),
                }
            }
            _ => {}
        }
        Outcome::Keep
    }
}
