//! What an import would change, or changed, row by row.

use crate::cli::args::Format;
use crate::cli::error::CliError;
use crate::cli::output::Io;
use crate::cli::table;
use crate::domain::import::columns::Field;
use crate::domain::import::plan::{Change, Choice, Outcome};
use crate::domain::import::row::{ImportRow, Rejected};
use crate::domain::import::run::{AnsweredRow, Counts, ImportRun};
use crate::domain::lang::Lang;
use crate::i18n;
use serde::Serialize;
use std::collections::HashMap;

/// So many rows are shown to people; programs get all.
const SHOWN: usize = 60;

pub struct Preview {
    pub counts: Counts,
    rows: Vec<Row>,
}

/// The whole result as JSON.
#[derive(Serialize)]
struct Report<'a> {
    run_id: Option<&'a str>,
    counts: Counts,
    /// Managed companies that no row was about; null before anything was taken over.
    not_in_file: Option<u32>,
    not_in_file_names: &'a [String],
    rows: &'a [Row],
}

#[derive(Clone, Serialize)]
struct Row {
    line: u32,
    name: String,
    outcome: &'static str,
    company_id: Option<String>,
    changes: Vec<Changed>,
    candidates: Vec<Candidate>,
    reason: Option<String>,
    #[serde(skip)]
    said: String,
}

#[derive(Clone, Serialize)]
struct Changed {
    field: &'static str,
    old: Option<String>,
    new: String,
}

#[derive(Clone, Serialize)]
struct Candidate {
    company_id: String,
    name: String,
    known_by: Option<String>,
    likeness: u8,
}

impl Preview {
    pub fn new(rows: &[(ImportRow, Choice)], answered: &[AnsweredRow], rejected: &[Rejected]) -> Self {
        let by_line: HashMap<u32, &ImportRow> = rows.iter().map(|(row, _)| (row.line, row)).collect();
        let mut counts = Counts::default();
        let mut shown: Vec<Row> = answered
            .iter()
            .map(|answered| {
                counts.add(&answered.outcome);
                row(answered, by_line.get(&answered.line).copied())
            })
            .collect();
        counts.rejected = counts.rejected.saturating_add(u32::try_from(rejected.len()).unwrap_or(u32::MAX));
        let reason = i18n::of(Lang::En).import.reason;
        shown.extend(rejected.iter().map(|row| {
            let said = reason(&row.reason);
            Row { reason: Some(said.clone()), ..Row::new(row.line, row.name.clone(), "REJECTED", said) }
        }));
        shown.sort_by_key(|row| row.line);
        Self { counts, rows: shown }
    }

    pub fn write(&self, format: Format, run: Option<&ImportRun>, io: &mut Io<'_>) -> Result<(), CliError> {
        let report = Report {
            run_id: run.map(|run| run.id.as_str()),
            counts: self.counts,
            not_in_file: run.map(|run| run.not_in_file),
            not_in_file_names: run.map(|run| run.not_in_file_names.as_slice()).unwrap_or_default(),
            rows: &self.rows,
        };
        if format == Format::Json {
            return io.show(Format::Json, &report, String::new);
        }
        let told: Vec<Row> = self.rows.iter().filter(|row| row.outcome != "UNCHANGED").cloned().collect();
        if let Some(shown) = told.get(..told.len().min(SHOWN)).filter(|shown| !shown.is_empty()) {
            let cells = |row: &Row| [row.outcome.to_owned(), row.line.to_string(), row.name.clone(), row.said.clone()];
            io.say(&table::columns(["", "LINE", "COMPANY", "WHAT"], &[1], shown.iter().map(cells)))?;
        }
        if let Some(more) = told.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            io.tell(&format!("and {more} more rows; --format json has all."));
        }
        let Counts { new, changed, unchanged, ambiguous, rejected } = self.counts;
        io.tell(&format!(
            "{new} new, {changed} changed, {unchanged} unchanged, {ambiguous} to be decided (--choose), {rejected} rejected."
        ));
        if let Some(run) = run.filter(|run| run.not_in_file > 0) {
            let names = run.not_in_file_names.iter().take(10).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = if run.not_in_file > 10 { ", …" } else { "" };
            io.tell(&format!(
                "{} companies are not in this file, and stay as they are: {names}{more}",
                run.not_in_file
            ));
        }
        Ok(())
    }
}

impl Row {
    fn new(line: u32, name: String, outcome: &'static str, said: String) -> Self {
        Self { line, name, outcome, company_id: None, changes: Vec::new(), candidates: Vec::new(), reason: None, said }
    }
}

fn row(answered: &AnsweredRow, says: Option<&ImportRow>) -> Row {
    let named = says.map(ImportRow::known_as).unwrap_or_default();
    let name = if answered.name.is_empty() { named.to_owned() } else { answered.name.clone() };
    let new = |outcome, said| Row::new(answered.line, name.clone(), outcome, said);
    match &answered.outcome {
        Outcome::New => new("NEW", says.map(sum).unwrap_or_default()),
        Outcome::Unchanged { company } => Row { company_id: Some(company.clone()), ..new("UNCHANGED", String::new()) },
        Outcome::Changed { company, changes } => {
            let said = changes.iter().map(told).collect::<Vec<_>>().join("; ");
            let changes = changes.iter().map(changed).collect();
            Row { company_id: Some(company.clone()), changes, ..new("CHANGED", said) }
        }
        Outcome::Ambiguous(candidates) => {
            let one = |it: &crate::domain::import::plan::Candidate| format!("{} ({})", it.name, it.id);
            let said = format!("may be {}", candidates.iter().map(one).collect::<Vec<_>>().join(" or "));
            let candidate = |it: &crate::domain::import::plan::Candidate| Candidate {
                company_id: it.id.clone(),
                name: it.name.clone(),
                known_by: it.known_by.clone(),
                likeness: it.percent,
            };
            Row { candidates: candidates.iter().map(candidate).collect(), ..new("AMBIGUOUS", said) }
        }
        Outcome::Rejected(why) => {
            let said = (i18n::of(Lang::En).import.refusal)(why);
            Row { reason: Some(said.clone()), ..new("REJECTED", said) }
        }
    }
}

fn changed(change: &Change) -> Changed {
    Changed { field: change.field.as_str(), old: change.old.clone(), new: change.new.clone() }
}

fn told(change: &Change) -> String {
    let field = (i18n::of(Lang::En).import.field)(change.field);
    let limit =
        |text: &str| if change.field == Field::SeatLimit && text == "0" { "none".into() } else { text.to_owned() };
    format!("{field} {} → {}", change.old.as_deref().unwrap_or("–"), limit(&change.new))
}

/// What a new company comes with.
fn sum(row: &ImportRow) -> String {
    let text = |what: &str, text: &Option<String>| text.as_ref().map(|text| format!("{what} {text}"));
    let number = |what: &str, number: Option<u32>| number.map(|number| format!("{what} {number}"));
    let parts = [
        text("external id", &row.external_id),
        number("filled seats", row.filled),
        number("seat limit", row.seat_limit.filter(|limit| *limit > 0)),
        row.status.as_ref().map(|status| status.as_str().to_owned()),
        text("website", &row.website),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
