//! What is shown as a file for a spreadsheet or a script: the dialog that asks where, and the writing.

mod state;

pub use state::*;

use crate::app::command::DisabledReason;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
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
    let name = format!("mspdash-companies-{today}.csv");
    model.overlays.open(ExportDialog::new(Exported::Companies(keys), &name));
}

impl Dialog for ExportDialog {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match key.code {
            // What is being written cannot be called back; its end is told.
            Code::Esc => return Outcome::Close,
            _ if self.writing => {}
            Code::Enter if self.line.text().trim().is_empty() => {}
            Code::Enter => self.write(ctx),
            _ => drop(self.line.key(key)),
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if !self.writing {
            self.line.paste(text);
        }
    }

    fn takes_text(&self) -> bool {
        !self.writing
    }
}

impl ExportDialog {
    fn write(&mut self, ctx: &mut Ctx<'_>) {
        let model = &mut *ctx.model;
        let (path, replace) = (self.path(&model.options), self.replaces(&model.options));
        let (count, table) = match &self.what {
            Exported::Companies(keys) => companies(model, keys),
            Exported::Table(_, rows) => (self.rows(), export::table(rows.iter().cloned(), model.options.delimiter)),
        };
        let Some(table) = table else {
            self.error = Some(Box::new(Error::new(Operation::Export, Cause::Local, RetryAdvice::Never)));
            return;
        };
        (self.writing, self.error, self.tried) = (true, None, Some(path.clone()));
        let ticket = model.tickets.issue(PendingRequest::Export { count, kind: self.kind() });
        ctx.effects.push(Effect::Write { ticket, path, text: format!("{BOM}{table}"), replace });
    }
}

fn companies(model: &Model, keys: &[CompanyKey]) -> (usize, Option<String>) {
    let account = |key: &CompanyKey| {
        let label = || model.accounts.get(&key.profile).map(|account| account.label.clone());
        model.accounts.several().then(label).flatten()
    };
    let wanted = keys.iter().filter_map(|key| Some((account(key), model.roster.get(key)?.clone())));
    let rows: Vec<_> = wanted.collect();
    (rows.len(), export::companies(rows.into_iter(), model.options.delimiter))
}

/// Failed, the dialog stays: another place is a few letters away.
pub(in crate::app) fn on_written(model: &mut Model, (count, kind): (usize, ExportKind), result: Result<String, Error>) {
    match result {
        Ok(path) => {
            model.overlays.close::<ExportDialog>(|dialog| dialog.writing);
            model.notify(Notification::Exported { count, kind, path });
        }
        Err(error) => match model.overlays.find_mut::<ExportDialog>(|dialog| dialog.writing) {
            Some(dialog) => (dialog.writing, dialog.error) = (false, Some(Box::new(error))),
            None => model.fail(None, error),
        },
    }
}
