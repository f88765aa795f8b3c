//! Unlinking: the pre-flight, the typed confirmation, and what comes back. The one action of the dashboard
//! that cannot be taken back from our side, so it is bound to what was shown when it was confirmed.

use crate::app::command::{Command, DisabledReason, Keymap};
use crate::app::core::remote::Remote;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::effect::{Effect, Ticket};
use crate::app::features::company;
use crate::app::features::cure;
use crate::app::features::undo::Change;
use crate::app::features::{companies, sync, undo};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Tab};
use crate::app::overlay::{Overlay, UnlinkDialog, UnlinkFocus};
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::{fail, intent, take_answer, toast};
use crate::domain::company::Company;
use crate::domain::error::{Cause, ConflictCode, Error, Operation};
use crate::domain::id::CompanyKey;
use crate::domain::intent::Intent;
use crate::domain::request::{Answer, Request};

pub(in crate::app) fn enabled(model: &Model) -> Result<(), DisabledReason> {
    let (key, _) = company::managed_company(model)?;
    if model.tickets.unlinking(&key) { Err(DisabledReason::UnderWay) } else { Ok(()) }
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let Some((key, name)) = ctx.model.selected().map(|(key, company)| (key, company.name.clone())) else { return };
    open_for(ctx, key, name);
}

pub(in crate::app) fn open_for(ctx: &mut Ctx<'_>, key: CompanyKey, company: String) {
    let dialog = UnlinkDialog {
        key: key.clone(),
        company,
        preflight: Remote::default(),
        line: TextInput::default(),
        focus: UnlinkFocus::Cancel,
        scroll: 0,
        changed: false,
        sending: false,
        error: None,
        intent: Intent::new(intent(ctx.model)),
    };
    ctx.model.overlays.push(Overlay::Unlink(Box::new(dialog)));
    ask(ctx, key);
}

fn ask(ctx: &mut Ctx<'_>, key: CompanyKey) {
    let ticket = ctx.model.tickets.issue(PendingRequest::Preflight(key.clone()));
    if let Some(dialog) = find(ctx.model, &key) {
        dialog.preflight.wait_for(ticket);
    }
    ctx.effects.push(Effect::Call { ticket, profile: key.profile, request: Request::UnlinkPreflight(key.company) });
}

/// The unlink dialog of this company, wherever it is in the stack.
fn find<'a>(model: &'a mut Model, key: &CompanyKey) -> Option<&'a mut UnlinkDialog> {
    model.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Unlink(dialog) if dialog.key == *key => Some(&mut **dialog),
        _ => None,
    })
}

pub(in crate::app) fn preflight(ctx: &mut Ctx<'_>, ticket: Ticket, key: &CompanyKey, result: Result<Answer, Error>) {
    let now = ctx.model.now;
    let result = take_answer(Operation::Preflight, result, |answer| match answer {
        Answer::Preflight(preflight) => Some(preflight),
        _ => None,
    });
    let Some(dialog) = find(ctx.model, key) else { return };
    let newer = result.as_ref().ok().zip(dialog.preflight.value()).is_some_and(|(new, old)| new.etag != old.etag);
    let settled = dialog.preflight.settle(ticket, now, result);
    if settled && dialog.fresh().is_none() {
        // Nothing to confirm is on the screen: the keys to close and to check again have to work.
        dialog.focus = UnlinkFocus::Cancel;
    }
    if settled && newer {
        forget_confirmation(ctx.model, key);
    }
    // What the pre-flight found may be news to the list as well.
    sync::ask_changes(ctx, &key.profile);
}

/// What was shown has changed: what was typed confirmed something else.
fn forget_confirmation(model: &mut Model, key: &CompanyKey) {
    let next = intent(model);
    if let Some(dialog) = find(model, key) {
        if dialog.intent.unsure {
            // Bound to a revision that is past: what is shown now is the answer that was lost.
            dialog.error = None;
        }
        dialog.changed = true;
        dialog.line = TextInput::default();
        dialog.focus = UnlinkFocus::Cancel;
        dialog.intent = Intent::new(next);
    }
}

/// A poll brought another revision of the company under the open dialog: refuse what it shows, show again. After a
/// lost answer, a company that is unlinked by now is that answer.
pub(in crate::app) fn company_changed(ctx: &mut Ctx<'_>) {
    let Some((key, shown, unsure)) = ctx.model.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Unlink(dialog) if !dialog.sending && dialog.preflight.waiting().is_none() => {
            let preflight = dialog.preflight.value()?;
            Some((dialog.key.clone(), preflight.etag.clone(), dialog.intent.unsure))
        }
        _ => None,
    }) else {
        return;
    };
    let Some(company) = ctx.model.roster.get(&key) else { return };
    if unsure && !company.state.managed() {
        let company = company.clone();
        done(ctx.model, &key, company);
    } else if company.etag != shown {
        forget_confirmation(ctx.model, &key);
        ask(ctx, key);
    }
}

pub(in crate::app) fn dialog(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Unlink(dialog)) = ctx.model.overlays.last_mut() else { return };
    if dialog.sending {
        // It cannot be called back; Esc only takes the dialog away, the answer will be told.
        if key.code == Code::Esc {
            ctx.model.overlays.pop();
        }
        return;
    }
    let allowed = dialog.fresh().is_some_and(crate::domain::unlink::Preflight::allowed);
    if dialog.focus == UnlinkFocus::Cancel && dialog.lacks_owner() {
        let company = dialog.key.clone();
        let cure = cure::owner(ctx.model, &company).command();
        // Keys of a dialog come under their default names.
        if let Some(command) = cure.filter(|cure| Keymap::default().keys(*cure).contains(&key)) {
            ctx.model.overlays.pop();
            crate::app::navigation::go_to(ctx.model, company, Tab::People);
            if command == Command::Launch {
                // At the people of the company, since that is what one looks at by now.
                crate::app::update::run(ctx, command);
            }
            return;
        }
    }
    let Some(Overlay::Unlink(dialog)) = ctx.model.overlays.last_mut() else { return };
    match (key.code, dialog.focus) {
        (Code::Esc, _) | (Code::Enter, UnlinkFocus::Cancel) => drop(ctx.model.overlays.pop()),
        (Code::Tab, focus) if allowed => dialog.focus = next(focus, dialog.confirmed()),
        (Code::BackTab, focus) if allowed => dialog.focus = previous(focus, dialog.confirmed()),
        (Code::Down, _) => dialog.scroll = dialog.scroll.saturating_add(1).min(most_scroll(dialog)),
        (Code::Up, _) => dialog.scroll = dialog.scroll.saturating_sub(1),
        (Code::Enter, UnlinkFocus::Unlink) if dialog.confirmed() => send(ctx),
        // Enter in the line never confirms, it only goes on to the button; and that only if the name is right.
        (Code::Enter, UnlinkFocus::Name) if dialog.confirmed() => dialog.focus = UnlinkFocus::Unlink,
        (Code::Enter, _) => {}
        (_, UnlinkFocus::Name) => {
            dialog.line.key(key);
        }
        (Code::Char('r'), _) => {
            let company = dialog.key.clone();
            if dialog.preflight.waiting().is_none() {
                ask(ctx, company);
            }
        }
        (Code::Char('q'), _) => drop(ctx.model.overlays.pop()),
        _ => {}
    }
}

/// As far as there can be anything to read, at two lines for each sentence.
fn most_scroll(dialog: &UnlinkDialog) -> usize {
    dialog.preflight.value().map_or(0, |preflight| (preflight.checks.len() + preflight.consequences.len() + 2) * 2)
}

fn next(focus: UnlinkFocus, confirmed: bool) -> UnlinkFocus {
    match focus {
        UnlinkFocus::Cancel => UnlinkFocus::Name,
        UnlinkFocus::Name if confirmed => UnlinkFocus::Unlink,
        UnlinkFocus::Name | UnlinkFocus::Unlink => UnlinkFocus::Cancel,
    }
}

fn previous(focus: UnlinkFocus, confirmed: bool) -> UnlinkFocus {
    match focus {
        UnlinkFocus::Cancel if confirmed => UnlinkFocus::Unlink,
        UnlinkFocus::Cancel | UnlinkFocus::Unlink => UnlinkFocus::Name,
        UnlinkFocus::Name => UnlinkFocus::Cancel,
    }
}

/// A pasted name counts as typed, but only where names are typed.
pub(in crate::app) fn paste(dialog: &mut UnlinkDialog, text: &str) {
    if dialog.focus == UnlinkFocus::Name {
        dialog.line.paste(text);
    }
}

fn send(ctx: &mut Ctx<'_>) {
    let Some(Overlay::Unlink(dialog)) = ctx.model.overlays.last() else { return };
    if let Err(why) = Command::Unlink.permitted_in(ctx.model, &dialog.key.profile) {
        return toast(ctx.model, Notification::NotNow(Command::Unlink, why));
    }
    let Some(Overlay::Unlink(dialog)) = ctx.model.overlays.last_mut() else { return };
    let Some(etag) = dialog.preflight.value().map(|preflight| preflight.etag.clone()) else { return };
    dialog.sending = true;
    dialog.error = None;
    let (key, intent) = (dialog.key.clone(), dialog.intent.key.clone());
    let ticket = ctx.model.tickets.issue(PendingRequest::Unlink(key.clone()));
    let request = Request::Unlink { company: key.company, etag, validate_only: false, key: intent };
    ctx.effects.push(Effect::Call { ticket, profile: key.profile, request });
}

pub(in crate::app) fn unlinked(ctx: &mut Ctx<'_>, key: &CompanyKey, result: Result<Answer, Error>) {
    let company = take_answer(Operation::Unlink, result, |answer| match answer {
        Answer::Company(company) => Some(*company),
        _ => None,
    });
    match company {
        Ok(company) => done(ctx.model, key, company),
        Err(error) => refused(ctx, key, error),
    }
    sync::ask_changes(ctx, &key.profile);
}

fn done(model: &mut Model, key: &CompanyKey, company: Company) {
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Unlink(dialog) if dialog.key == *key));
    let (name, trial_end) = (company.name.clone(), company.trial_end_time);
    model.roster.upsert(&key.profile, vec![company]);
    companies::rows_changed(model);
    let company = model.called(key, &name);
    undo::remember(model, key.clone(), name, Change::Unlinked);
    toast(model, Notification::Unlinked { company, trial_end });
}

/// Refused, or the answer was lost. After a lost answer the same intent is sent again on the next Enter: the
/// server does it once. If the company changed, a new pre-flight is shown and has to be confirmed anew.
fn refused(ctx: &mut Ctx<'_>, key: &CompanyKey, error: Error) {
    let again = matches!(
        error.cause,
        Cause::ChangedMeanwhile | Cause::Conflict(ConflictCode::NoConfirmedOwner | ConflictCode::AlreadyUnlinked)
    );
    let (name, next) = (ctx.model.called(key, key.company.as_str()), intent(ctx.model));
    let Some(dialog) = find(ctx.model, key) else {
        return fail(ctx.model, Some(name), error);
    };
    dialog.sending = false;
    dialog.focus = UnlinkFocus::Cancel;
    let error = dialog.intent.failed(error, next);
    dialog.error = Some(Box::new(error.clone()));
    ctx.model.failure = Some(Box::new(error));
    if again {
        forget_confirmation(ctx.model, key);
        ask(ctx, key.clone());
    }
}
