//! `mspdash import …`: a preview first, then the rows in batches of one run, which can be taken back.

mod preview;
mod send;

use super::table_file::{self, Opened};
use crate::cli::Exit;
use crate::cli::args::{Import, ImportCompanies, UndoImport};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::context::{AnsweredList, Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::style::Style;
use crate::cli::table::{facts, or_dash};
use crate::domain::error::Operation;
use crate::domain::id::ImportRunId;
use crate::domain::import::columns::Field;
use crate::domain::import::mapping::Mapping;
use crate::domain::import::plan::Choice;
use crate::domain::import::row::{self, ImportRow, Rows};
use crate::domain::import::run::ImportRun;
use crate::domain::request::{Answer, ListImportMaps, ListImports, Request, UndoImport as Undo};
use preview::Preview;
use std::collections::HashMap;
use std::path::Path;

pub async fn run(command: &Import, ctx: &mut Context<'_>) -> Result<(), CliError> {
    match command {
        Import::Companies(args) => companies(args, ctx).await,
        Import::Undo(args) => undo(args, ctx).await,
        Import::List(args) => ctx.list::<ImportRun>(Request::ListImports(ListImports), &args.list).await,
    }
}

async fn companies(args: &ImportCompanies, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let mut opened = table_file::open(&args.table, &mut ctx.io)?;
    let Answer::ImportMaps(known) = ctx.ask(Request::ListImportMaps(ListImportMaps)).await? else {
        return Err(unexpected_answer(Operation::LoadImports));
    };
    for mapping in &known {
        opened.proposal.remember(mapping);
    }
    let mapping = mapping(args, &mut opened, ctx)?;
    // What nobody was asked about is asked the next time.
    let settled = opened.proposal.questions(&Field::OF_COMPANY).next().is_none();
    let read = row::read(&opened.table, &mapping, &table_file::country);
    for (word, count) in &read.statuses {
        ctx.io.tell(&format!("status {word:?} in {count} rows is none of 1Password's: left as it is."));
    }
    let rows = chosen(args, &read)?;
    let file = args.table.file.file_name().filter(|_| args.table.file != Path::new("-"));
    let mut import = send::Import {
        file: file.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        mapping: Some(mapping).filter(|mapping| settled && !known.contains(mapping)),
        run: None,
    };
    let planned = import.send(&rows, true, ctx).await?;
    let preview = Preview::new(&rows, &planned, &read.rejected);
    if args.dry_run {
        ctx.io.tell("dry run: nothing was changed.");
        return preview.write(args.format, None, &mut ctx.io);
    }
    let changes = preview.counts.changes() > 0;
    if !changes {
        ctx.io.tell("nothing to change.");
        // What a table shows again is known anew.
        if !args.yes || !rows.iter().zip(&planned).any(|((row, _), planned)| planned.outcome.tells(row)) {
            return preview.write(args.format, None, &mut ctx.io);
        }
    }
    if !args.yes && !agreed(args, &preview, ctx)? {
        return Ok(());
    }
    let done = import.carry_out(&rows, &planned, ctx).await?;
    let run = import.finished(ctx).await?;
    let preview = Preview::new(&rows, &done, &read.rejected);
    preview.write(args.format, run.as_ref(), &mut ctx.io)?;
    if let Some(run) = run {
        ctx.io.tell(&format!("to take it back: mspdash import undo {}", run.id));
    }
    Ok(())
}

/// What the columns are: what is not sure is asked for, or left out where nobody is to be asked.
fn mapping(args: &ImportCompanies, opened: &mut Opened, ctx: &mut Context<'_>) -> Result<Mapping, CliError> {
    table_file::settle(&args.table, &mut opened.proposal)?;
    if let Some(said) = table_file::questions(&opened.proposal, &Field::OF_COMPANY) {
        if !args.yes {
            return Err(table_file::wrong(&args.table, &said));
        }
        ctx.io.tell(&format!("left out: {said}."));
    }
    let mapping = opened.proposal.mapping();
    if mapping.has_key() {
        return Ok(mapping);
    }
    Err(table_file::wrong(
        &args.table,
        "no column is name, external_id or account_uuid. Say which with --map name=COLUMN",
    ))
}

/// The rows with what was decided about them.
fn chosen(args: &ImportCompanies, read: &Rows) -> Result<Vec<(ImportRow, Choice)>, CliError> {
    let mut choices: HashMap<u32, Choice> = args.choose.iter().cloned().collect();
    let rows = read.rows.iter().map(|row| (row.clone(), choices.remove(&row.line).unwrap_or_default())).collect();
    match choices.into_keys().min() {
        None => Ok(rows),
        Some(line) => Err(table_file::wrong(&args.table, &format!("--choose: no row begins in line {line}"))),
    }
}

/// Shows what would change, and asks.
fn agreed(args: &ImportCompanies, preview: &Preview, ctx: &mut Context<'_>) -> Result<bool, CliError> {
    preview.write(args.format, None, &mut ctx.io)?;
    if !ctx.io.terminal || args.table.file == Path::new("-") {
        ctx.io.tell("nothing was changed. To take over what is certain, add --yes.");
        return Err(CliError::Reported(Exit::Usage));
    }
    // Nothing is left to ask on if this fails.
    let _ = write!(ctx.io.err, "Take over {} new and {} changed? [y/N] ", preview.counts.new, preview.counts.changed);
    let _ = ctx.io.err.flush();
    let mut said = String::new();
    ctx.io.input.read_line(&mut said)?;
    let yes = matches!(said.trim().to_lowercase().as_str(), "y" | "yes");
    if !yes {
        ctx.io.tell("nothing was changed.");
    }
    Ok(yes)
}

async fn undo(args: &UndoImport, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let request = Undo { run: ImportRunId::new(&args.run), key: idempotency_key() };
    let Answer::Import(run) = ctx.client.perform(Request::UndoImport(request)).await? else {
        return Err(unexpected_answer(Operation::UndoImport));
    };
    let style = ctx.io.style.clone();
    ctx.io.show(args.format, &*run, || about(&run, &style))
}

fn about(run: &ImportRun, style: &Style) -> String {
    let counts = run.counts;
    facts([
        ("Import", run.id.to_string()),
        ("File", or_dash(run.file.as_deref())),
        ("New", counts.new.to_string()),
        ("Changed", counts.changed.to_string()),
        ("Unchanged", counts.unchanged.to_string()),
        ("Ambiguous", counts.ambiguous.to_string()),
        ("Rejected", counts.rejected.to_string()),
        ("Not in the file", run.not_in_file.to_string()),
        ("Taken back", or_dash(run.undo_time.map(|time| style.time(time)))),
    ])
}

impl AnsweredList for ImportRun {
    fn of(answer: Answer) -> Option<Vec<Self>> {
        if let Answer::Imports(runs) = answer { Some(runs) } else { None }
    }
}

impl TableRow for ImportRun {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::id("id", |run: &Self| Cell::text(run.id.as_str())).titled("import"),
            Column::time("time", |run: &Self| Cell::time(run.create_time)),
            Column::text("who", |run: &Self| Cell::text(&run.actor.display_name)),
            Column::text("file", |run: &Self| Cell::optional(run.file.as_deref())),
            Column::number("new", |run: &Self| Cell::number(run.counts.new)),
            Column::number("changed", |run: &Self| Cell::number(run.counts.changed)),
            Column::number("unchanged", |run: &Self| Cell::number(run.counts.unchanged)).spare(),
            Column::number("not-in-file", |run: &Self| Cell::number(run.not_in_file)).spare(),
            Column::time("taken-back", |run: &Self| Cell::time(run.undo_time)),
            Column::number("ambiguous", |run: &Self| Cell::number(run.counts.ambiguous)).extra(),
            Column::number("rejected", |run: &Self| Cell::number(run.counts.rejected)).extra(),
        ]
    }

    fn id(&self) -> String {
        self.id.to_string()
    }
}
