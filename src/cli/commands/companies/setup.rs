//! `mspdash companies setup` and `set-step`.

use crate::cli::args::{SetStep, Show};
use crate::cli::commands::companies::edit::note;
use crate::cli::context::{Context, idempotency_key, not_found, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::table::{self, TableRow, name, or_dash};
use crate::domain::error::Operation;
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, EditStep, GetSetup, Request};
use crate::domain::setup::{Checklist, Step};

pub async fn show(args: &Show, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let checklist = load(&ctx.company_id(&args.id).await?, ctx).await?;
    ctx.io.show(args.format, &checklist.steps, || table::list(&checklist.steps))
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
    fn header() -> Vec<&'static str> {
        vec!["STEP", "REPORTED", "BY", "AT", "DERIVED", "NOTE"]
    }

    fn cells(&self) -> Vec<String> {
        let evidence: Vec<_> =
            self.evidence.iter().map(|item| format!("{} {}", item.count, item.fact.as_str())).collect();
        vec![
            self.kind.as_str().to_owned(),
            self.state.as_str().to_owned(),
            or_dash(self.updater.as_ref().map(|actor| &actor.display_name)),
            or_dash(self.update_time),
            or_dash(Some(evidence.join(", ")).filter(|text| !text.is_empty())),
            or_dash(self.note.as_ref().map(|note| name(&note.replace('\n', " ")))),
        ]
    }
}
