//! What is asked of file and server, one thing after the other, and what their answers lead to.

use super::{CHOICES, ImportDialog, ImportRequest, Item, Kind, RowStatus, Stage};
use crate::app::ctx::Ctx;
use crate::app::effect::Ticket;
use crate::app::features::sync;
use crate::app::features::undo::{self, Change};
use crate::app::model::Model;
use crate::app::msg::Reply;
use crate::app::tickets::PendingRequest;
use crate::app::update::take_answer;
use crate::domain::country;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::{CompanyId, CompanyKey};
use crate::domain::import::file::ReadTable;
use crate::domain::import::mapping::Mapping;
use crate::domain::import::plan::{Choice, Outcome};
use crate::domain::import::proposal::Proposal;
use crate::domain::import::row::{self, ImportRow, Rejected};
use crate::domain::import::run::{Answered, AnsweredRow, Batch, Counts, ImportRun, batches};
use crate::domain::intent::Intent;
use crate::domain::request::{GetImport, ImportCompanies, ListImportMaps, Request};

/// An answer to what an import asked for. One that was closed meanwhile waits for nothing.
pub(in crate::app) fn on_reply(ctx: &mut Ctx<'_>, ticket: Ticket, wait: ImportRequest, reply: Reply) {
    let is = |dialog: &ImportDialog| dialog.ticket == Some(ticket);
    ctx.with_dialog(is, |dialog, ctx| answered(dialog, wait, reply, ctx));
}

fn answered(dialog: &mut ImportDialog, wait: ImportRequest, reply: Reply, ctx: &mut Ctx<'_>) {
    dialog.ticket = None;
    match (wait, reply) {
        (ImportRequest::Read, Reply::Table(Ok(read))) => columns(dialog, *read, ctx),
        (ImportRequest::Read, Reply::Table(Err(why))) => (dialog.stage, dialog.unreadable) = (Stage::File, Some(why)),
        (ImportRequest::Maps, Reply::Api(result)) => maps(dialog, take_answer(Operation::LoadImports, result), ctx),
        (ImportRequest::Check, Reply::Api(result)) => {
            let answer = whole(dialog, take_answer(Operation::Rehearse, result));
            checked(dialog, answer, ctx);
        }
        (ImportRequest::Rows, Reply::Api(result)) => {
            let answer = whole(dialog, take_answer(Operation::Import, result));
            carried_out(dialog, answer, ctx);
        }
        (ImportRequest::Result, Reply::Api(result)) => {
            match take_answer::<ImportRun>(Operation::LoadImports, result) {
                Ok(run) => dialog.result = Some(run),
                Err(error) => dialog.error = Some(Box::new(error)),
            }
            dialog.stage = Stage::Done;
        }
        _ => dialog.stage = Stage::File,
    }
}

fn send(dialog: &mut ImportDialog, wait: ImportRequest, request: Request, ctx: &mut Ctx<'_>) {
    dialog.ticket = Some(ctx.send(dialog.account.clone(), PendingRequest::Import(wait), request));
}

/// A table is there: what was said before of its like is asked for.
pub(super) fn columns(dialog: &mut ImportDialog, read: ReadTable, ctx: &mut Ctx<'_>) {
    dialog.proposal = Some(Proposal::of(&read.table));
    dialog.table = Some(read);
    dialog.stage = Stage::Reading;
    send(dialog, ImportRequest::Maps, Request::ListImportMaps(ListImportMaps), ctx);
}

fn maps(dialog: &mut ImportDialog, known: Result<Vec<Mapping>, Error>, ctx: &mut Ctx<'_>) {
    let Some(proposal) = &mut dialog.proposal else { return };
    match known {
        // Without them every column can still be said by hand.
        Err(error) => dialog.error = Some(Box::new(error)),
        Ok(known) => known.iter().for_each(|mapping| proposal.remember(mapping)),
    }
    let asked = proposal.questions(&CHOICES).map(|(place, _)| place).next();
    if asked.is_some() || dialog.lacks_key() || dialog.error.is_some() {
        (dialog.stage, dialog.cursor) = (Stage::Columns, asked.unwrap_or(0));
        return;
    }
    check(dialog, ctx);
    dialog.remember = false;
}

/// The columns are settled: the server is asked what would become of the rows.
pub(super) fn check(dialog: &mut ImportDialog, ctx: &mut Ctx<'_>) {
    let (Some(read), Some(proposal)) = (&dialog.table, &dialog.proposal) else { return };
    let mapping = proposal.mapping();
    if !mapping.has_key() {
        return;
    }
    let countries = &ctx.model.options.all_countries;
    let found = row::read(&read.table, &mapping, &|name| country::called(countries.iter().copied(), name));
    dialog.rows = found.rows.into_iter().map(|row| (row, Choice::Certain)).collect();
    dialog.items = found.rejected.into_iter().map(unread).collect();
    dialog.queue = dialog.rows.clone();
    (dialog.planned, dialog.sent, dialog.error, dialog.remember) = (Vec::new(), 0, None, true);
    dialog.stage = Stage::Checking;
    next_check(dialog, ctx);
}

fn unread(rejected: Rejected) -> Item {
    Item { line: rejected.line, name: rejected.name.clone(), kind: Kind::Rejected, status: RowStatus::Unread(rejected) }
}

/// The rows of the next call; none when all are answered.
fn batch(dialog: &ImportDialog) -> Option<Vec<(ImportRow, Choice)>> {
    let rest = dialog.queue.get(dialog.sent..)?;
    let range = batches(rest.get(..rest.len().min(1000))?).into_iter().next()?;
    Some(rest.get(range)?.to_vec())
}

/// An answer has to say of each row what became of it: else none of it can be told from the others.
fn whole(dialog: &ImportDialog, answer: Result<Answered, Error>) -> Result<Answered, Error> {
    let (answer, sent) = (answer?, batch(dialog).map_or(0, |rows| rows.len()));
    if answer.rows.len() == sent {
        return Ok(answer);
    }
    let operation = if dialog.stage == Stage::Running { Operation::Import } else { Operation::Rehearse };
    Err(Error::new(operation, Cause::Unreadable, RetryAdvice::Now))
}

fn next_check(dialog: &mut ImportDialog, ctx: &mut Ctx<'_>) {
    let Some(rows) = batch(dialog) else { return preview(dialog) };
    let batch = Batch { run: None, file: dialog.file.clone(), mapping: None, rows };
    let key = ctx.model.new_intent();
    let request = Request::ImportCompanies(ImportCompanies { batch, validate_only: true, key });
    send(dialog, ImportRequest::Check, request, ctx);
}

fn checked(dialog: &mut ImportDialog, answer: Result<Answered, Error>, ctx: &mut Ctx<'_>) {
    match answer {
        Ok(answered) => {
            dialog.sent += answered.rows.len();
            dialog.planned.extend(answered.rows);
            next_check(dialog, ctx);
        }
        Err(error) => (dialog.stage, dialog.error) = (Stage::Columns, Some(Box::new(error))),
    }
}

fn kind(outcome: &Outcome) -> Kind {
    match outcome {
        Outcome::New => Kind::New,
        Outcome::Changed { .. } => Kind::Changed,
        Outcome::Unchanged { .. } => Kind::Unchanged,
        Outcome::Ambiguous(_) => Kind::Ambiguous,
        Outcome::Rejected(_) => Kind::Rejected,
    }
}

/// All rows are answered.
fn preview(dialog: &mut ImportDialog) {
    let mut counts = Counts { rejected: u32::try_from(dialog.items.len()).unwrap_or(u32::MAX), ..Counts::default() };
    for (place, ((row, _), answered)) in dialog.rows.iter().zip(&dialog.planned).enumerate() {
        counts.add(&answered.outcome);
        let AnsweredRow { line, name, outcome } = answered;
        let name = if name.is_empty() { row.known_as().to_owned() } else { name.clone() };
        let status = RowStatus::Planned(place, outcome.clone());
        dialog.items.push(Item { line: *line, name, kind: kind(outcome), status });
    }
    dialog.items.sort_by_key(|item| item.line);
    (dialog.counts, dialog.stage, dialog.filter, dialog.cursor) = (counts, Stage::Preview, None, 0);
}

/// Carries out what is certain and what was decided. What is not certain goes first: it changes nothing, and the server
/// looks for names that are alike only once. A row that was to be new stays so.
pub(super) fn carry_out(dialog: &mut ImportDialog, ctx: &mut Ctx<'_>) {
    if dialog.accepted() == 0 && !dialog.tells() {
        return;
    }
    let (mut first, mut then) = (Vec::new(), Vec::new());
    for ((row, choice), answered) in dialog.rows.iter().zip(&dialog.planned) {
        match &answered.outcome {
            Outcome::Ambiguous(_) | Outcome::Rejected(_) if *choice == Choice::Certain => {
                first.push((row.clone(), choice.clone()));
            }
            Outcome::New => then.push((row.clone(), Choice::New)),
            _ => then.push((row.clone(), choice.clone())),
        }
    }
    first.append(&mut then);
    (dialog.queue, dialog.sent, dialog.planned) = (first, 0, Vec::new());
    dialog.counts = Counts {
        rejected: dialog
            .items
            .iter()
            .filter(|item| matches!(item.status, RowStatus::Unread(_)))
            .count()
            .try_into()
            .unwrap_or(u32::MAX),
        ..Counts::default()
    };
    (dialog.intent, dialog.run) = (None, None);
    go_on(dialog, ctx);
}

/// Sends the next rows; after a lost answer the same ones again, under the same key.
pub(super) fn go_on(dialog: &mut ImportDialog, ctx: &mut Ctx<'_>) {
    (dialog.stage, dialog.stopping, dialog.error) = (Stage::Running, false, None);
    let Some(rows) = batch(dialog) else { return finish(dialog, ctx) };
    let mapping = dialog.proposal.as_ref().filter(|_| dialog.remember && dialog.run.is_none()).map(Proposal::mapping);
    let batch = Batch { run: dialog.run.clone(), file: dialog.file.clone(), mapping, rows };
    let intent = dialog.intent.get_or_insert_with(|| Intent::new(ctx.model.new_intent()));
    let key = intent.key.clone();
    let request = Request::ImportCompanies(ImportCompanies { batch, validate_only: false, key });
    send(dialog, ImportRequest::Rows, request, ctx);
}

fn carried_out(dialog: &mut ImportDialog, answer: Result<Answered, Error>, ctx: &mut Ctx<'_>) {
    match answer {
        Ok(answered) => {
            dialog.sent += answered.rows.len();
            answered.rows.iter().for_each(|row| dialog.counts.add(&row.outcome));
            dialog.run = answered.run.or(dialog.run.take());
            dialog.intent = None;
            if dialog.stopping && dialog.sent < dialog.queue.len() {
                stopped(dialog, ctx);
            } else {
                go_on(dialog, ctx);
            }
        }
        Err(error) => {
            let next = ctx.model.new_intent();
            let error = dialog.intent.as_mut().map_or(error.clone(), |intent| intent.failed(error, next));
            dialog.error = Some(Box::new(error));
            stopped(dialog, ctx);
        }
    }
}

/// What was done so far can be taken back, or gone on with.
fn stopped(dialog: &mut ImportDialog, ctx: &mut Ctx<'_>) {
    dialog.stage = Stage::Stopped;
    remember(dialog, ctx.model);
    sync::ask_changes(ctx, &dialog.account);
}

fn finish(dialog: &mut ImportDialog, ctx: &mut Ctx<'_>) {
    remember(dialog, ctx.model);
    sync::ask_changes(ctx, &dialog.account);
    match dialog.run.clone() {
        Some(run) => send(dialog, ImportRequest::Result, Request::GetImport(GetImport { run }), ctx),
        None => dialog.stage = Stage::Done,
    }
}

/// The run is on the list of what can be taken back, once.
fn remember(dialog: &ImportDialog, model: &mut Model) {
    let Some(run) = dialog.run.clone() else { return };
    let change = Change::Import(run.clone());
    if dialog.counts.changes() > 0 && !model.undo.iter().any(|undo| undo.change == change) {
        let key = CompanyKey { profile: dialog.account.clone(), company: CompanyId::new(run.as_str()) };
        undo::remember(model, key, dialog.file.clone(), change);
    }
}
