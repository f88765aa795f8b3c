//! An import as the server carries it out: rows go in batches, one run holds them together, and the run can be undone.

use super::mapping::Mapping;
use super::plan::{Choice, Outcome};
use super::row::ImportRow;
use crate::domain::company::Actor;
use crate::domain::id::ImportRunId;
use jiff::Timestamp;
use serde::Serialize;

/// The most rows of one call (contract).
pub const MOST_OF_CALL: usize = 1000;
/// A call's body stays below the contract's limit of 1 MiB by a wide margin.
const MOST_LETTERS: usize = 350_000;

/// Rows for one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The run that they belong to; none yet in the first call.
    pub run: Option<ImportRunId>,
    /// The file's name without its folder, or nothing for a paste.
    pub file: String,
    /// To be remembered for tables of the same make.
    pub mapping: Option<Mapping>,
    pub rows: Vec<(ImportRow, Choice)>,
}

/// What became of the rows of one call, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Absent where nothing was changed.
    pub run: Option<ImportRunId>,
    pub rows: Vec<AnsweredRow>,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredRow {
    pub line: u32,
    /// The name that the company has here, or would have.
    pub name: String,
    pub outcome: Outcome,
}

/// How many rows had which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub new: u32,
    pub changed: u32,
    pub unchanged: u32,
    pub ambiguous: u32,
    pub rejected: u32,
}

impl Counts {
    pub fn add(&mut self, outcome: &Outcome) {
        let count = match outcome {
            Outcome::New => &mut self.new,
            Outcome::Changed { .. } => &mut self.changed,
            Outcome::Unchanged { .. } => &mut self.unchanged,
            Outcome::Ambiguous(_) => &mut self.ambiguous,
            Outcome::Rejected(_) => &mut self.rejected,
        };
        *count = count.saturating_add(1);
    }

    /// How many rows change something.
    pub fn changes(&self) -> u32 {
        self.new.saturating_add(self.changed)
    }
}

/// An import that was carried out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportRun {
    pub id: ImportRunId,
    pub file: Option<String>,
    pub create_time: Option<Timestamp>,
    pub actor: Actor,
    pub counts: Counts,
    /// Managed companies that no row was about.
    pub not_in_file: u32,
    /// Names of those, some of them where they are many; only of a run that was asked for by its id.
    pub not_in_file_names: Vec<String>,
    pub undo_time: Option<Timestamp>,
}

/// The ends of the batches that the rows are sent in.
pub fn batches(rows: &[(ImportRow, Choice)]) -> Vec<std::ops::Range<usize>> {
    let (mut found, mut start, mut letters) = (Vec::new(), 0, 0);
    for (place, (row, _)) in rows.iter().enumerate() {
        let size = letters_of(row);
        if place > start && (place - start == MOST_OF_CALL || letters + size > MOST_LETTERS) {
            found.push(start..place);
            (start, letters) = (place, 0);
        }
        letters += size;
    }
    if start < rows.len() {
        found.push(start..rows.len());
    }
    found
}

fn letters_of(row: &ImportRow) -> usize {
    let texts = [&row.name, &row.external_id, &row.account_uuid, &row.website, &row.country];
    let tags: usize = row.tags.iter().map(|tag| tag.len() + 3).sum();
    texts.into_iter().flatten().map(String::len).sum::<usize>() + tags + 200
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_all_rows_in_order_and_stay_small() {
        assert!(batches(&[]).is_empty());
        let row = |name: &str| (ImportRow { name: Some(name.into()), ..ImportRow::default() }, Choice::Certain);
        let short: Vec<_> = (0..2500).map(|n| row(&n.to_string())).collect();
        assert_eq!(batches(&short), [0..1000, 1000..2000, 2000..2500]);
        let long: Vec<_> = (0..1000).map(|_| row(&"ü".repeat(1000))).collect();
        let found = batches(&long);
        assert!(found.len() > 5 && found.last().is_some_and(|last| last.end == 1000), "{found:?}");
    }
}
