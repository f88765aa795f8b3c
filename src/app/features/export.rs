//! Companies as a file for a spreadsheet or a script: the dialog that asks where, and the writing.

mod state;

pub use state::*;

use crate::app::command::DisabledReason;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::{fail, toast};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::export;
use crate::domain::export::BOM;
use crate::domain::id::CompanyKey;

pub(in crate::app) fn enabled(model: &Model) -> Result<(), DisabledReason> {
    if model.roster.shown().is_empty() { Err(DisabledReason::NothingHere) } else { Ok(()) }
}

/// Asks where; the marked companies, or else all that the list shows.
pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let roster = &model.roster;
    let keys: Vec<CompanyKey> = if model.marks.is_empty() {
        roster.shown().iter().filter_map(|row| roster.key(*row)).collect()
    } else {
        roster.rows().map(|(_, key)| key).filter(|key| model.marks.contains(key)).collect()
    };
    let today = model.now.to_zoned(model.options.zone.clone()).strftime("%Y-%m-%d").to_string();
    let line = TextInput::new(&format!("mspdash-companies-{today}.csv"));
    let dialog = ExportDialog { keys, line, writing: false, tried: None, error: None };
    model.overlays.push(Overlay::Export(Box::new(dialog)));
}

pub(in crate::app) fn dialog(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Export(dialog)) = ctx.model.overlays.last_mut() else { return };
    match key.code {
        // What is being written cannot be called back; its end is told.
        Code::Esc => drop(ctx.model.overlays.pop()),
        _ if dialog.writing => {}
        Code::Enter if dialog.line.text().trim().is_empty() => {}
        Code::Enter => write(ctx),
        _ => drop(dialog.line.key(key)),
    }
}

pub(in crate::app) fn paste(dialog: &mut ExportDialog, text: &str) {
    if !dialog.writing {
        dialog.line.paste(text);
    }
}

fn write(ctx: &mut Ctx<'_>) {
    let Some(Overlay::Export(dialog)) = ctx.model.overlays.last() else { return };
    let (path, replace) = (dialog.path(&ctx.model.options), dialog.replaces(&ctx.model.options));
    let account = |key: &CompanyKey| {
        let label = || ctx.model.accounts.get(&key.profile).map(|account| account.label.clone());
        ctx.model.accounts.several().then(label).flatten()
    };
    let wanted = dialog.keys.iter().filter_map(|key| Some((account(key), ctx.model.roster.get(key)?.clone())));
    let rows: Vec<_> = wanted.collect();
    let count = rows.len();
    let table = export::companies(rows.into_iter(), ctx.model.options.delimiter);
    let Some(Overlay::Export(dialog)) = ctx.model.overlays.last_mut() else { return };
    let Some(table) = table else {
        dialog.error = Some(Box::new(Error::new(Operation::Export, Cause::Local, RetryAdvice::Never)));
        return;
    };
    (dialog.writing, dialog.error, dialog.tried) = (true, None, Some(path.clone()));
    let ticket = ctx.model.tickets.issue(PendingRequest::Export { count });
    ctx.effects.push(Effect::Write { ticket, path, text: format!("{BOM}{table}"), replace });
}

/// Failed, the dialog stays: another place is a few letters away.
pub(in crate::app) fn written(model: &mut Model, count: usize, result: Result<String, Error>) {
    let at = model.overlays.iter().rposition(|overlay| matches!(overlay, Overlay::Export(it) if it.writing));
    match (result, at) {
        (Ok(path), at) => {
            at.map(|at| model.overlays.remove(at));
            toast(model, Notification::Exported { count, path });
        }
        (Err(error), Some(at)) => {
            if let Some(Overlay::Export(dialog)) = model.overlays.get_mut(at) {
                (dialog.writing, dialog.error) = (false, Some(Box::new(error)));
            }
        }
        (Err(error), None) => fail(model, None, error),
    }
}
