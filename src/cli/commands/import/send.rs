//! The rows on their way to the server, in batches.

use crate::cli::context::{Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::progress::Progress;
use crate::domain::error::Operation;
use crate::domain::id::ImportRunId;
use crate::domain::import::mapping::Mapping;
use crate::domain::import::plan::{Choice, Outcome};
use crate::domain::import::row::ImportRow;
use crate::domain::import::run::{AnsweredRow, Batch, ImportRun, batches};
use crate::domain::request::{Answer, GetImport, ImportCompanies, Request};

/// From so many rows on, progress is told.
const MANY: usize = 5000;

pub struct Import {
    pub file: String,
    /// To be remembered with the first batch that is carried out.
    pub mapping: Option<Mapping>,
    pub run: Option<ImportRunId>,
}

impl Import {
    /// Sends all rows, and answers what becomes of each, in order.
    pub async fn send(
        &mut self,
        rows: &[(ImportRow, Choice)],
        validate_only: bool,
        ctx: &mut Context<'_>,
    ) -> Result<Vec<AnsweredRow>, CliError> {
        let what = if validate_only { "checked" } else { "taken over" };
        let progress = Progress::of(what, Some(rows.len() as u64));
        let mut answered = Vec::with_capacity(rows.len());
        for range in batches(rows) {
            let batch = Batch {
                run: self.run.clone(),
                file: self.file.clone(),
                mapping: if validate_only { None } else { self.mapping.take() },
                rows: rows.get(range.clone()).unwrap_or_default().to_vec(),
            };
            let request = ImportCompanies { batch, validate_only, key: idempotency_key() };
            let answer = ctx.client.perform(Request::ImportCompanies(request)).await;
            let Answer::Imported(part) = answer.inspect_err(|_| self.tell_part(answered.len(), rows.len(), ctx))?
            else {
                return Err(unexpected_answer(Operation::Import));
            };
            if part.rows.len() != range.len() {
                return Err(unexpected_answer(Operation::Import));
            }
            if !validate_only {
                self.run = part.run.or(self.run.take());
            }
            answered.extend(part.rows);
            progress.add(range.len());
            // Where nobody sees a bar, a log may tell.
            if rows.len() >= MANY && !Progress::is_seen() {
                ctx.io.tell(&format!("{} of {} rows {what}.", range.end, rows.len()));
            }
        }
        Ok(answered)
    }

    /// What was done of an import that broke off.
    fn tell_part(&self, done: usize, all: usize, ctx: &mut Context<'_>) {
        if let Some(run) = &self.run {
            ctx.io.tell(&format!(
                "{done} of {all} rows were taken over. Import the same file again to go on, or take them back: \
                 mspdash import undo {run}"
            ));
        }
    }

    /// Carries out what was planned. Rows that are not certain go first: they change nothing, and so the server looks
    /// for names that are alike only once. A row that was to be new stays so.
    pub async fn carry_out(
        &mut self,
        rows: &[(ImportRow, Choice)],
        planned: &[AnsweredRow],
        ctx: &mut Context<'_>,
    ) -> Result<Vec<AnsweredRow>, CliError> {
        let uncertain = |outcome: &Outcome| matches!(outcome, Outcome::Ambiguous(_) | Outcome::Rejected(_));
        let (mut first, mut then) = (Vec::new(), Vec::new());
        for ((row, choice), planned) in rows.iter().zip(planned) {
            match &planned.outcome {
                outcome if uncertain(outcome) => first.push((row.clone(), choice.clone())),
                Outcome::New => then.push((row.clone(), Choice::New)),
                _ => then.push((row.clone(), choice.clone())),
            }
        }
        first.append(&mut then);
        self.send(&first, false, ctx).await
    }

    /// The run as the server has it.
    pub async fn finished(&self, ctx: &mut Context<'_>) -> Result<Option<ImportRun>, CliError> {
        let Some(run) = self.run.clone() else { return Ok(None) };
        let Answer::Import(run) = ctx.ask(Request::GetImport(GetImport { run })).await? else {
            return Err(unexpected_answer(Operation::LoadImports));
        };
        Ok(Some(*run))
    }
}
