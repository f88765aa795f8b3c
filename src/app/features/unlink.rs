//! Unlinking: the pre-flight, the typed confirmation, and what comes back. The one action of the dashboard
//! that cannot be taken back from our side, so it is bound to what was shown when it was confirmed.

use crate::app::command::{Command, Keymap};
use crate::app::core::remote::Remote;
use crate::app::core::text_input::TextInput;
use crate::app::effect::{Effect, Ticket};
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

pub(in crate::app) fn open(model: &mut Model, out: &mut Vec<Effect>) {
    let Some((key, name)) = model.selected().map(|(key, company)| (key, company.name.clone())) else { return };
    open_for(model, key, name, out);
}

pub(in crate::app) fn open_for(model: &mut Model, key: CompanyKey, company: String, out: &mut Vec<Effect>) {
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
        intent: Intent::new(intent(model)),
    };
    model.overlays.push(Overlay::Unlink(Box::new(dialog)));
    ask(model, key, out);
}

fn ask(model: &mut Model, key: CompanyKey, out: &mut Vec<Effect>) {
    let ticket = model.tickets.issue(PendingRequest::Preflight(key.clone()));
    if let Some(dialog) = find(model, &key) {
        dialog.preflight.wait_for(ticket);
    }
    out.push(Effect::Call { ticket, profile: key.profile, request: Request::UnlinkPreflight(key.company) });
}

/// The unlink dialog of this company, wherever it is in the stack.
fn find<'a>(model: &'a mut Model, key: &CompanyKey) -> Option<&'a mut UnlinkDialog> {
    model.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Unlink(dialog) if dialog.key == *key => Some(&mut **dialog),
        _ => None,
    })
}

pub(in crate::app) fn preflight(
    model: &mut Model,
    ticket: Ticket,
    key: &CompanyKey,
    result: Result<Answer, Error>,
    out: &mut Vec<Effect>,
) {
    let now = model.now;
    let result = take_answer(Operation::Preflight, result, |answer| match answer {
        Answer::Preflight(preflight) => Some(preflight),
        _ => None,
    });
    let Some(dialog) = find(model, key) else { return };
    let newer = result.as_ref().ok().zip(dialog.preflight.value()).is_some_and(|(new, old)| new.etag != old.etag);
    let settled = dialog.preflight.settle(ticket, now, result);
    if settled && dialog.fresh().is_none() {
        // Nothing to confirm is on the screen: the keys to close and to check again have to work.
        dialog.focus = UnlinkFocus::Cancel;
    }
    if settled && newer {
        forget_confirmation(model, key);
    }
    // What the pre-flight found may be news to the list as well.
    sync::ask_changes(model, &key.profile, out);
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
pub(in crate::app) fn company_changed(model: &mut Model, out: &mut Vec<Effect>) {
    let Some((key, shown, unsure)) = model.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Unlink(dialog) if !dialog.sending && dialog.preflight.waiting().is_none() => {
            let preflight = dialog.preflight.value()?;
            Some((dialog.key.clone(), preflight.etag.clone(), dialog.intent.unsure))
        }
        _ => None,
    }) else {
        return;
    };
    let Some(company) = model.roster.get(&key) else { return };
    if unsure && !company.state.managed() {
        let company = company.clone();
        done(model, &key, company);
    } else if company.etag != shown {
        forget_confirmation(model, &key);
        ask(model, key, out);
    }
}

pub(in crate::app) fn dialog(model: &mut Model, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Unlink(dialog)) = model.overlays.last_mut() else { return };
    if dialog.sending {
        // It cannot be called back; Esc only takes the dialog away, the answer will be told.
        if key.code == Code::Esc {
            model.overlays.pop();
        }
        return;
    }
    let allowed = dialog.fresh().is_some_and(crate::domain::unlink::Preflight::allowed);
    if dialog.focus == UnlinkFocus::Cancel && dialog.lacks_owner() {
        let company = dialog.key.clone();
        let cure = cure::owner(model, &company).command();
        // Keys of a dialog come under their default names.
        if let Some(command) = cure.filter(|cure| Keymap::default().keys(*cure).contains(&key)) {
            model.overlays.pop();
            crate::app::update::screens::go_to(model, company, Tab::People);
            if command == Command::Launch {
                // At the people of the company, since that is what one looks at by now.
                crate::app::update::run::run(model, command, out);
            }
            return;
        }
    }
    let Some(Overlay::Unlink(dialog)) = model.overlays.last_mut() else { return };
    match (key.code, dialog.focus) {
        (Code::Esc, _) | (Code::Enter, UnlinkFocus::Cancel) => drop(model.overlays.pop()),
        (Code::Tab, focus) if allowed => dialog.focus = next(focus, dialog.confirmed()),
        (Code::BackTab, focus) if allowed => dialog.focus = previous(focus, dialog.confirmed()),
        (Code::Down, _) => dialog.scroll = dialog.scroll.saturating_add(1).min(most_scroll(dialog)),
        (Code::Up, _) => dialog.scroll = dialog.scroll.saturating_sub(1),
        (Code::Enter, UnlinkFocus::Unlink) if dialog.confirmed() => send(model, out),
        // Enter in the line never confirms, it only goes on to the button; and that only if the name is right.
        (Code::Enter, UnlinkFocus::Name) if dialog.confirmed() => dialog.focus = UnlinkFocus::Unlink,
        (Code::Enter, _) => {}
        (_, UnlinkFocus::Name) => {
            dialog.line.key(key);
        }
        (Code::Char('r'), _) => {
            let company = dialog.key.clone();
            if dialog.preflight.waiting().is_none() {
                ask(model, company, out);
            }
        }
        (Code::Char('q'), _) => drop(model.overlays.pop()),
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

fn send(model: &mut Model, out: &mut Vec<Effect>) {
    let Some(Overlay::Unlink(dialog)) = model.overlays.last() else { return };
    if let Err(why) = Command::Unlink.permitted_in(model, &dialog.key.profile) {
        return toast(model, Notification::NotNow(Command::Unlink, why));
    }
    let Some(Overlay::Unlink(dialog)) = model.overlays.last_mut() else { return };
    let Some(etag) = dialog.preflight.value().map(|preflight| preflight.etag.clone()) else { return };
    dialog.sending = true;
    dialog.error = None;
    let (key, intent) = (dialog.key.clone(), dialog.intent.key.clone());
    let ticket = model.tickets.issue(PendingRequest::Unlink(key.clone()));
    let request = Request::Unlink { company: key.company, etag, validate_only: false, key: intent };
    out.push(Effect::Call { ticket, profile: key.profile, request });
}

pub(in crate::app) fn unlinked(
    model: &mut Model,
    key: &CompanyKey,
    result: Result<Answer, Error>,
    out: &mut Vec<Effect>,
) {
    let company = take_answer(Operation::Unlink, result, |answer| match answer {
        Answer::Company(company) => Some(*company),
        _ => None,
    });
    match company {
        Ok(company) => done(model, key, company),
        Err(error) => refused(model, key, error, out),
    }
    sync::ask_changes(model, &key.profile, out);
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
fn refused(model: &mut Model, key: &CompanyKey, error: Error, out: &mut Vec<Effect>) {
    let again = matches!(
        error.cause,
        Cause::ChangedMeanwhile | Cause::Conflict(ConflictCode::NoConfirmedOwner | ConflictCode::AlreadyUnlinked)
    );
    let (name, next) = (model.called(key, key.company.as_str()), intent(model));
    let Some(dialog) = find(model, key) else {
        return fail(model, Some(name), error);
    };
    dialog.sending = false;
    dialog.focus = UnlinkFocus::Cancel;
    let error = dialog.intent.failed(error, next);
    dialog.error = Some(Box::new(error.clone()));
    model.failure = Some(Box::new(error));
    if again {
        forget_confirmation(model, key);
        ask(model, key.clone(), out);
    }
}
