//! Imports: what is sent, what is answered row by row, and the runs that there were.

use super::{Actor, Lacking, lenient, owned, some_text};
use crate::domain::company::CompanyState;
use crate::domain::id::ImportRunId;
use crate::domain::import::columns::Field;
use crate::domain::import::mapping::Mapping;
use crate::domain::import::plan::{Candidate, Change, Choice, Outcome, Refusal};
use crate::domain::import::row::ImportRow;
use crate::domain::import::run;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What `POST companies:import` takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImportRequest {
    /// Of the run's first answer; absent in its first call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    /// The file's name; absent for a paste.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// To be remembered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<ImportMap>,
    #[serde(default, deserialize_with = "lenient::items")]
    pub rows: Vec<Row>,
}

/// A row of a table, and what was decided about it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Row {
    #[serde(default, deserialize_with = "lenient::count")]
    pub line: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_uuid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<CompanyState>,
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub seats_filled: Option<u32>,
    /// 0 is no limit.
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub seat_limit: Option<u32>,
    #[serde(default, deserialize_with = "lenient::items", skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// It is about this company, whatever its keys say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_id: Option<String>,
    /// It is a new company, whatever it looks like.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub create: bool,
}

impl From<&(ImportRow, Choice)> for Row {
    fn from((row, choice): &(ImportRow, Choice)) -> Self {
        Self {
            line: row.line,
            name: row.name.clone(),
            external_id: row.external_id.clone(),
            account_uuid: row.account_uuid.clone(),
            website: row.website.clone(),
            country_code: row.country.clone(),
            state: row.status.clone(),
            seats_filled: row.filled,
            seat_limit: row.seat_limit,
            tags: row.tags.clone(),
            company_id: if let Choice::Is(id) = choice { Some(id.clone()) } else { None },
            create: *choice == Choice::New,
        }
    }
}

/// Which columns of tables with this fingerprint hold what.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportMap {
    #[serde(default, deserialize_with = "lenient::text")]
    pub fingerprint: String,
    /// The first row is a header.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub header: bool,
    /// A word for each column; an empty one for a column that holds nothing of ours.
    #[serde(default, deserialize_with = "lenient::items")]
    pub columns: Vec<String>,
}

impl From<&Mapping> for ImportMap {
    fn from(mapping: &Mapping) -> Self {
        let word = |field: &Option<Field>| field.map_or("", Field::as_str).to_owned();
        Self {
            fingerprint: mapping.fingerprint.clone(),
            header: mapping.header,
            columns: mapping.columns.iter().map(word).collect(),
        }
    }
}

impl TryFrom<ImportMap> for Mapping {
    type Error = Lacking;

    fn try_from(wire: ImportMap) -> Result<Self, Lacking> {
        let columns = wire.columns.iter().map(|word| word.parse().ok()).collect();
        Ok(Self { fingerprint: wire.fingerprint, header: wire.header, columns })
    }
}

/// What it is answered with.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImportAnswer {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::items")]
    pub results: Vec<RowResult>,
}

/// What became of a row, or would.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RowResult {
    #[serde(default, deserialize_with = "lenient::count")]
    pub line: u32,
    /// NEW, CHANGED, UNCHANGED, AMBIGUOUS or REJECTED.
    #[serde(default, deserialize_with = "lenient::text")]
    pub outcome: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(default, deserialize_with = "lenient::items", skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<FieldChange>,
    #[serde(default, deserialize_with = "lenient::items", skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<ImportCandidate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RowReason>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FieldChange {
    #[serde(default, deserialize_with = "lenient::text")]
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub new: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImportCandidate {
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// By what it is told from others of its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_by: Option<String>,
    /// How much alike the names are, in percent.
    #[serde(default, deserialize_with = "lenient::count")]
    pub likeness: u32,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RowReason {
    #[serde(default, deserialize_with = "lenient::text")]
    pub code: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub detail: String,
    /// Of `REPEATS`: the line of the first row about the same company.
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

impl TryFrom<ImportAnswer> for run::Answered {
    type Error = Lacking;

    fn try_from(wire: ImportAnswer) -> Result<Self, Lacking> {
        let rows = wire.results.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?;
        Ok(Self { run: wire.run_id.as_deref().map(ImportRunId::new), rows })
    }
}

impl TryFrom<RowResult> for run::AnsweredRow {
    type Error = Lacking;

    fn try_from(wire: RowResult) -> Result<Self, Lacking> {
        let company = wire.company_id.filter(|id| !id.is_empty());
        let outcome = match (wire.outcome.as_str(), company) {
            ("NEW", _) => Outcome::New,
            ("CHANGED", Some(company)) => {
                Outcome::Changed { company, changes: wire.changes.into_iter().filter_map(FieldChange::read).collect() }
            }
            ("UNCHANGED", Some(company)) => Outcome::Unchanged { company },
            ("CHANGED" | "UNCHANGED", None) => return Err(Lacking::Id),
            ("AMBIGUOUS", _) => Outcome::Ambiguous(wire.candidates.into_iter().map(Into::into).collect()),
            // A word of a newer server is nothing that was done.
            _ => Outcome::Rejected(wire.reason.unwrap_or_default().into()),
        };
        Ok(Self { line: wire.line, name: owned(wire.name), outcome })
    }
}

impl FieldChange {
    /// A field of a newer server has no name here.
    fn read(self) -> Option<Change> {
        let field = self.field.parse().ok()?;
        Some(Change { field, old: some_text(self.old), new: owned(self.new) })
    }
}

impl From<&Change> for FieldChange {
    fn from(change: &Change) -> Self {
        Self { field: change.field.as_str().to_owned(), old: change.old.clone(), new: change.new.clone() }
    }
}

impl From<ImportCandidate> for Candidate {
    fn from(wire: ImportCandidate) -> Self {
        Self {
            id: wire.company_id,
            name: owned(wire.name),
            known_by: some_text(wire.known_by),
            percent: u8::try_from(wire.likeness).unwrap_or(100),
        }
    }
}

impl From<&Candidate> for ImportCandidate {
    fn from(candidate: &Candidate) -> Self {
        Self {
            company_id: candidate.id.clone(),
            name: candidate.name.clone(),
            known_by: candidate.known_by.clone(),
            likeness: candidate.percent.into(),
        }
    }
}

impl From<RowReason> for Refusal {
    fn from(wire: RowReason) -> Self {
        match (wire.code.as_str(), wire.line) {
            ("NAME_MISSING", _) => Self::NameMissing,
            ("UNLINKED", _) => Self::Unlinked,
            ("NO_SUCH_COMPANY", _) => Self::NoSuchCompany,
            ("CANNOT_UNLINK", _) => Self::CannotUnlink,
            ("REPEATS", Some(line)) => Self::Repeats(line),
            _ => Self::Other(owned(wire.detail)),
        }
    }
}

/// An import that was carried out.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImportRun {
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(default, deserialize_with = "lenient::time")]
    pub create_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub actor: Actor,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub counts: Counts,
    /// Managed companies that no row was about.
    #[serde(default, deserialize_with = "lenient::count")]
    pub not_in_file: u32,
    /// Names of those, at most 100; not in lists.
    #[serde(default, deserialize_with = "lenient::items", skip_serializing_if = "Vec::is_empty")]
    pub not_in_file_names: Vec<String>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub undo_time: Option<Timestamp>,
}

/// How many rows had which outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    #[serde(default, deserialize_with = "lenient::count")]
    pub new: u32,
    #[serde(default, deserialize_with = "lenient::count")]
    pub changed: u32,
    #[serde(default, deserialize_with = "lenient::count")]
    pub unchanged: u32,
    #[serde(default, deserialize_with = "lenient::count")]
    pub ambiguous: u32,
    #[serde(default, deserialize_with = "lenient::count")]
    pub rejected: u32,
}

impl TryFrom<ImportRun> for run::ImportRun {
    type Error = Lacking;

    fn try_from(wire: ImportRun) -> Result<Self, Lacking> {
        if wire.id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        let Counts { new, changed, unchanged, ambiguous, rejected } = wire.counts;
        Ok(Self {
            id: ImportRunId::new(&wire.id),
            file: some_text(wire.file),
            create_time: wire.create_time,
            actor: wire.actor.into(),
            counts: run::Counts { new, changed, unchanged, ambiguous, rejected },
            not_in_file: wire.not_in_file,
            not_in_file_names: wire.not_in_file_names.into_iter().map(owned).collect(),
            undo_time: wire.undo_time,
        })
    }
}
