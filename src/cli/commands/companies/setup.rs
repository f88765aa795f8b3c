//! `mspdash companies setup` and `set-step`.

use crate::cli::args::words::as_typed;
use crate::cli::args::{SetStep, Setup};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::commands::companies::edit::note;
use crate::cli::context::{Context, idempotency_key, not_found, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::listing::Listing;
use crate::domain::error::Operation;
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, EditStep, GetSetup, Request};
use crate::domain::setup::{Checklist, Step, StepKind, StepState};
use crate::i18n;

pub async fn show(args: &Setup, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let listing = Listing::of(&args.list, &ctx.io.style)?;
    let checklist = load(&ctx.company_id(&args.id).await?, ctx).await?;
    ctx.io.write_list(&listing, checklist.steps)
}

/// Bound to the step as it stands now: a colleague's report is not written over unseen.
pub async fn set_step(args: &SetStep, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let (company, kind) = (ctx.company_id(&args.id).await?, args.step.clone());
    let checklist = load(&company, ctx).await?;
    let step = checklist.step(&kind).ok_or_else(|| not_found(Operation::EditSetup))?;
    let request = Request::EditStep(EditStep {
        company,
        step: kind,
        etag: step.etag.clone(),
        state: args.state.clone(),
        note: args.note.as_deref().map(note).transpose()?,
        key: idempotency_key(),
    });
    let Answer::Step(after) = ctx.change(request, args.write).await? else {
        return Err(unexpected_answer(Operation::EditSetup));
    };
    ctx.show_row(&*after, args.write.format)
}

async fn load(company: &CompanyId, ctx: &mut Context<'_>) -> Result<Checklist, CliError> {
    match ctx.ask(Request::GetSetup(GetSetup { company: company.clone() })).await? {
        Answer::Setup(checklist) => Ok(checklist),
        _ => Err(unexpected_answer(Operation::LoadSetup)),
    }
}

impl TableRow for Step {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::word("step", |step: &Self| Cell::word(step.kind.as_str()))
                .known(StepKind::WORDS)
                .said(|step, lang| (i18n::of(lang).setup.step)(&step.kind).into_owned()),
            Column::word("reported", |step: &Self| Cell::word(step.state.as_str()))
                .known(StepState::WORDS)
                .said(|step, lang| (i18n::of(lang).setup.state)(&step.state).into_owned()),
            Column::text("by", |step: &Self| Cell::optional(step.updater.as_ref().map(|it| &it.display_name))),
            Column::time("at", |step: &Self| Cell::time(step.update_time)),
            Column::text("derived", derived).said(|step, lang| {
                step.evidence.iter().map(i18n::of(lang).setup.evidence).collect::<Vec<_>>().join(", ")
            }),
            Column::text("note", |step: &Self| Cell::optional(step.note.as_deref())),
        ]
    }

    fn id(&self) -> String {
        as_typed(self.kind.as_str())
    }
}

/// What the server made out by itself.
fn derived(step: &Step) -> Cell {
    let found = step.evidence.iter().map(|item| format!("{} {}", item.count, item.fact.as_str()));
    Cell::text(&found.collect::<Vec<_>>().join(", "))
}
