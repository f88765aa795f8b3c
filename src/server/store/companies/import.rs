//! Imports: rows of a table planned against the companies, and carried out in the transaction of their call. Only in REAL
//! workspaces; what a table lacks is left alone.

mod known;
pub mod look_alikes;
pub mod runs;
mod seen;
pub mod undo;

use super::edit::CompanyEdit;
use super::register;
use crate::domain::activity::Action;
use crate::domain::import::plan::{Candidate, Choice, Directory, Known, Outcome, Refusal, offered};
use crate::domain::import::row::ImportRow;
use crate::domain::import::run::Counts;
use crate::server::sql::Transaction;
use crate::server::store::error::StoreError;
use crate::server::store::requester::{Requester, touched};
use crate::wire::import::{ImportAnswer, ImportMap, RowReason, RowResult};
use look_alikes::Names;
use runs::Run;
use std::cell::RefCell;

/// What one call brings.
pub struct ImportCall {
    pub run: Option<String>,
    pub file: Option<String>,
    pub mapping: Option<ImportMap>,
    pub rows: Vec<CallRow>,
}

/// A row by its line; one that cannot be read is answered and not carried out.
pub type CallRow = (u32, Result<(ImportRow, Choice), RowReason>);

/// Carries the rows out, and answers what became of each.
pub fn carry_out(
    tx: &Transaction<'_>,
    requester: &Requester,
    call: &ImportCall,
    names: &Names,
    rehearsed: bool,
) -> Result<ImportAnswer, StoreError> {
    only_real(requester)?;
    let run = runs::open(tx, requester, call.run.as_deref(), call.file.as_deref())?;
    if let Some(map) = &call.mapping {
        runs::remember(tx, map, requester.now)?;
    }
    let readable = call.rows.iter().filter_map(|(_, row)| row.as_ref().ok());
    let mut import = Import {
        tx,
        requester,
        directory: known::directory(tx, &run, readable)?,
        names: names.at(tx)?,
        run,
        rehearsed,
        counts: Counts::default(),
        first_new: None,
    };
    let mut results = Vec::with_capacity(call.rows.len());
    for (line, row) in &call.rows {
        results.push(match row {
            Ok((row, choice)) => import.row(row, choice)?,
            Err(reason) => import.unread(*line, reason),
        });
    }
    if let Some(first) = import.first_new {
        register::begin_setup(tx, first)?;
    }
    runs::count(tx, &import.run, import.counts)?;
    Ok(ImportAnswer { run_id: Some(import.run.id), results })
}

/// 409 in a sample: nothing real is to stand among what is invented.
fn only_real(requester: &Requester) -> Result<(), StoreError> {
    if requester.scope.real {
        return Ok(());
    }
    let detail =
        "The companies of this workspace are invented. Make one of your own with `mspdash init`, and import there.";
    Err(StoreError::conflict("SAMPLE_WORKSPACE", detail))
}

struct Import<'a> {
    tx: &'a Transaction<'a>,
    requester: &'a Requester,
    directory: Directory,
    names: look_alikes::At<'a>,
    run: Run,
    /// Nothing is to stay: then nothing is written that would only be taken back.
    rehearsed: bool,
    counts: Counts,
    /// The number of the first company that the call brings.
    first_new: Option<i64>,
}

impl Import<'_> {
    fn unread(&mut self, line: u32, reason: &RowReason) -> RowResult {
        self.counts.rejected += 1;
        RowResult { line, outcome: "REJECTED".into(), reason: Some(reason.clone()), ..RowResult::default() }
    }

    fn row(&mut self, row: &ImportRow, choice: &Choice) -> Result<RowResult, StoreError> {
        let failed = RefCell::new(None);
        let (tx, names) = (self.tx, &self.names);
        let outcome = self.directory.plan(row, choice, |directory, name| {
            alike(tx, names, directory, name).unwrap_or_else(|error| {
                *failed.borrow_mut() = Some(error);
                Vec::new()
            })
        });
        if let Some(error) = failed.into_inner() {
            return Err(error);
        }
        self.counts.add(&outcome);
        let mut result = RowResult { line: row.line, name: row.known_as().to_owned(), ..told(&outcome) };
        if self.rehearsed {
            self.rehearse(row, &outcome, &mut result);
            return Ok(result);
        }
        match &outcome {
            Outcome::New => result.company_id = Some(self.create(row)?),
            Outcome::Changed { company, .. } => {
                result.name = self.change(company, row)?;
            }
            Outcome::Unchanged { company } => {
                let known = self.directory.get(company).ok_or(StoreError::NotFound)?;
                result.name.clone_from(&known.name);
                let before = seen::renew(tx, self.requester, known::number(tx, &known.id)?, row)?;
                let kept = before.map(|before| known::kept(&CompanyEdit::default(), &before)).transpose()?;
                runs::note(tx, &self.run, &known.id, row.line, ("UNCHANGED", kept.as_deref()))?;
            }
            Outcome::Ambiguous(candidates) => {
                for candidate in candidates {
                    runs::note(tx, &self.run, &candidate.id, row.line, ("AMBIGUOUS", None))?;
                }
            }
            Outcome::Rejected(Refusal::Unlinked) => self.note_standing(row, choice)?,
            Outcome::Rejected(_) => {}
        }
        Ok(result)
    }

    /// How the table shows a company that is unlinked here: it bears the unlink out, or contradicts it.
    fn note_standing(&self, row: &ImportRow, choice: &Choice) -> Result<(), StoreError> {
        let Some(known) = self.directory.unlinked(row, choice) else { return Ok(()) };
        let standing = ImportRow { status: row.status.clone(), ..ImportRow::default() };
        let before = seen::renew(self.tx, self.requester, known::number(self.tx, &known.id)?, &standing)?;
        let Some(before) = before else { return Ok(()) };
        let kept = known::kept(&CompanyEdit::default(), &before)?;
        runs::note(self.tx, &self.run, &known.id, row.line, ("UNCHANGED", Some(&kept)))
    }

    /// What later rows of the call have to know of this one.
    fn rehearse(&mut self, row: &ImportRow, outcome: &Outcome, result: &mut RowResult) {
        match outcome {
            Outcome::New => self.known(format!("new {}", self.counts.new), row),
            Outcome::Changed { company, .. } | Outcome::Unchanged { company } => {
                let known = self.directory.get(company);
                result.name = known.map(|known| known.name.clone()).unwrap_or_default();
            }
            Outcome::Ambiguous(_) | Outcome::Rejected(_) => {}
        }
    }

    fn known(&mut self, id: String, row: &ImportRow) {
        self.directory.take(&id, row.line);
        self.directory.add(Known {
            id,
            name: row.name.clone().unwrap_or_default(),
            external_id: row.external_id.clone(),
            account_uuid: row.account_uuid.clone(),
            ..Known::default()
        });
    }

    fn create(&mut self, row: &ImportRow) -> Result<String, StoreError> {
        let id = self.requester.ids.next()?;
        let edit = CompanyEdit {
            name: row.name.clone(),
            website: row.website.clone(),
            external_id: row.external_id.clone(),
            tags: Some(row.tags.clone()).filter(|tags| !tags.is_empty()),
            country: row.country.clone(),
            account_uuid: row.account_uuid.clone(),
            ..CompanyEdit::default()
        };
        let said = edit.columns().into_iter().chain(touched(self.tx)?);
        let n = seen::enter(self.tx, self.requester, (&id, said.collect()), row)?;
        self.first_new.get_or_insert(n);
        let name = row.name.as_deref().unwrap_or_default();
        self.requester.audit(self.tx, Action::CompanyCreated, (&id, name), Some(&self.run.target()))?;
        runs::note(self.tx, &self.run, &id, row.line, ("NEW", None))?;
        self.known(id.clone(), row);
        Ok(id)
    }

    /// Answers the company's name.
    fn change(&mut self, id: &str, row: &ImportRow) -> Result<String, StoreError> {
        let known = self.directory.get(id).ok_or(StoreError::NotFound)?;
        let (is, was) = known::edits(known, row);
        let n = known::number(self.tx, id)?;
        let kept = known::kept(&was, &seen::before(self.tx, n)?)?;
        is.store(self.tx, n)?;
        seen::observe(self.tx, self.requester, n, row)?;
        self.requester.touch(self.tx, n)?;
        let mut fields = vec![is.fields()];
        let seen = [
            ("seats", row.filled.is_some_and(|filled| known.filled != Some(filled))),
            ("seat_limit", row.seat_limit.is_some_and(|limit| known.seat_limit.unwrap_or(0) != limit)),
            ("state", row.status.as_ref().is_some_and(|state| known.state != *state)),
        ];
        fields.extend(seen.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field.to_owned()));
        fields.retain(|field| !field.is_empty());
        let target = format!("{}: {}", self.run.target(), fields.join(", "));
        self.requester.audit(self.tx, Action::CompanyUpdated, (id, &known.name), Some(&target))?;
        runs::note(self.tx, &self.run, id, row.line, ("CHANGED", Some(&kept)))?;
        Ok(known.name.clone())
    }
}

/// Companies whose names look alike, as they are now.
fn alike(
    tx: &Transaction<'_>,
    names: &look_alikes::At<'_>,
    directory: &Directory,
    name: &str,
) -> Result<Vec<Candidate>, StoreError> {
    let mut found = Vec::new();
    for like in names.get()?.of(name) {
        match directory.get(&like.company) {
            Some(known) => found.push(offered(known, like.percent)),
            None => found.extend(known::of_id(tx, &like.company)?.map(|known| offered(&known, like.percent))),
        }
    }
    Ok(found)
}

/// An outcome as the contract writes it.
fn told(outcome: &Outcome) -> RowResult {
    let named = |word: &str| RowResult { outcome: word.to_owned(), ..RowResult::default() };
    match outcome {
        Outcome::New => named("NEW"),
        Outcome::Changed { company, changes } => RowResult {
            company_id: Some(company.clone()),
            changes: changes.iter().map(Into::into).collect(),
            ..named("CHANGED")
        },
        Outcome::Unchanged { company } => RowResult { company_id: Some(company.clone()), ..named("UNCHANGED") },
        Outcome::Ambiguous(candidates) => {
            RowResult { candidates: candidates.iter().map(Into::into).collect(), ..named("AMBIGUOUS") }
        }
        Outcome::Rejected(why) => RowResult { reason: Some(reason(why)), ..named("REJECTED") },
    }
}

fn reason(why: &Refusal) -> RowReason {
    let (code, detail, line) = match why {
        Refusal::NameMissing => ("NAME_MISSING", "No company has this number, and a new one needs a name.", None),
        Refusal::Unlinked => ("UNLINKED", "The company is unlinked. Only how the table shows it is kept.", None),
        Refusal::NoSuchCompany => ("NO_SUCH_COMPANY", "The chosen company is not there.", None),
        Refusal::CannotUnlink => ("CANNOT_UNLINK", "An import does not unlink.", None),
        Refusal::Repeats(line) => ("REPEATS", "A row before is about the same company.", Some(*line)),
        Refusal::Field(..) => ("INVALID", "The company would have too many tags.", None),
        Refusal::Other(said) => ("INVALID", said.as_str(), None),
    };
    RowReason { code: code.to_owned(), detail: detail.to_owned(), line }
}
