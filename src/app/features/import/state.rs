//! The state of an import: from the name of a file to what became of each row.

use crate::app::core::text_input::TextInput;
use crate::app::effect::Ticket;
use crate::domain::error::Error;
use crate::domain::id::{ImportRunId, ProfileId};
use crate::domain::import::file::ReadTable;
use crate::domain::import::plan::{Choice, Outcome};
use crate::domain::import::proposal::Proposal;
use crate::domain::import::row::{ImportRow, Rejected};
use crate::domain::import::run::{AnsweredRow, Counts, ImportRun};
use crate::domain::import::table::Unreadable;
use crate::domain::intent::Intent;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    File,
    Reading,
    /// Which columns hold what.
    Columns,
    /// The server says what would become of each row.
    Checking,
    Preview,
    Running,
    /// It broke off, or was stopped.
    Stopped,
    Done,
}

/// What an open effect of an import is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportRequest {
    Read,
    /// Mappings of columns that were said before.
    Maps,
    Check,
    Rows,
    /// The run as the server has it.
    Result,
}

impl ImportRequest {
    pub fn writes(self) -> bool {
        self == Self::Rows
    }
}

/// Why there is no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// The file cannot be read; in the words of the system.
    NoFile(String),
    NoTable(Unreadable),
}

/// What becomes of a row, to filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    New,
    Changed,
    Unchanged,
    /// To be decided, or decided by hand.
    Ambiguous,
    Rejected,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::New, Self::Changed, Self::Unchanged, Self::Ambiguous, Self::Rejected];
}

/// A row of the preview, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub line: u32,
    pub name: String,
    pub kind: Kind,
    pub status: RowStatus,
}

/// What the preview says of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowStatus {
    /// Of this row of those that are sent.
    Planned(usize, Outcome),
    Unread(Rejected),
}

#[derive(Debug, Clone, PartialEq)]
pub struct ImportDialog {
    pub account: ProfileId,
    pub stage: Stage,
    /// It came from the clipboard.
    pub pasted: bool,
    pub line: TextInput,
    /// The file's name without its folder.
    pub file: String,
    pub unreadable: Option<Unread>,
    pub table: Option<ReadTable>,
    pub proposal: Option<Proposal>,
    pub rows: Vec<(ImportRow, Choice)>,
    pub items: Vec<Item>,
    pub counts: Counts,
    pub filter: Option<Kind>,
    pub cursor: usize,
    /// What is sent, in the order in which it is.
    pub queue: Vec<(ImportRow, Choice)>,
    /// What the server has said so far of what was sent.
    pub planned: Vec<AnsweredRow>,
    /// So many of the queue are answered.
    pub sent: usize,
    pub stopping: bool,
    /// Of the rows that are on their way.
    pub intent: Option<Intent>,
    /// The mapping is not known to the server yet.
    pub remember: bool,
    pub run: Option<ImportRunId>,
    pub result: Option<ImportRun>,
    pub error: Option<Box<Error>>,
    /// The one effect that it waits for.
    pub ticket: Option<Ticket>,
}

impl ImportDialog {
    /// Places of the items that the filter shows.
    pub fn visible(&self) -> Vec<usize> {
        let shown = |item: &Item| self.filter.is_none_or(|kind| item.kind == kind);
        self.items.iter().enumerate().filter(|(_, item)| shown(item)).map(|(place, _)| place).collect()
    }

    /// The item under the cursor.
    pub fn selected(&self) -> Option<&Item> {
        self.visible().get(self.cursor).and_then(|place| self.items.get(*place))
    }

    /// The next kind that has rows, all of them in between.
    pub(super) fn filter_by(&mut self, next: bool) {
        let has = |kind: Option<Kind>| kind.is_none_or(|kind| self.items.iter().any(|item| item.kind == kind));
        let kinds: Vec<Option<Kind>> =
            std::iter::once(None).chain(Kind::ALL.map(Some)).filter(|kind| has(*kind)).collect();
        let at = kinds.iter().position(|kind| *kind == self.filter).unwrap_or(0);
        let to = if next { at + 1 } else { at + kinds.len() - 1 };
        self.filter = kinds.get(to % kinds.len()).copied().flatten();
        self.cursor = 0;
    }

    /// Goes through what an uncertain row may be: nothing yet, each of the companies, a new one.
    pub(super) fn choose(&mut self, next: bool) {
        let Some(Item { status: RowStatus::Planned(row, Outcome::Ambiguous(candidates)), .. }) = self.selected() else {
            return;
        };
        let mut choices: Vec<Choice> = vec![Choice::Certain];
        choices.extend(candidates.iter().map(|candidate| Choice::Is(candidate.id.clone())));
        choices.push(Choice::New);
        let row = *row;
        let Some((_, choice)) = self.rows.get_mut(row) else { return };
        let at = choices.iter().position(|known| known == choice).unwrap_or(0);
        let to = if next { at + 1 } else { at + choices.len() - 1 };
        *choice = choices.swap_remove(to % choices.len());
    }

    /// What was decided about an uncertain row.
    pub fn choice(&self, row: usize) -> &Choice {
        self.rows.get(row).map_or(&Choice::Certain, |(_, choice)| choice)
    }

    /// How many rows would be carried out: those that are certain, and those that were decided.
    pub fn accepted(&self) -> usize {
        let decided = |row: usize| *self.choice(row) != Choice::Certain;
        self.items
            .iter()
            .filter(|item| match (&item.status, item.kind) {
                (_, Kind::New | Kind::Changed) => true,
                (RowStatus::Planned(row, _), Kind::Ambiguous) => decided(*row),
                _ => false,
            })
            .count()
    }

    /// Whether any row shows what is kept though it changes nothing.
    pub fn tells(&self) -> bool {
        self.rows.iter().zip(&self.planned).any(|((row, _), answered)| answered.outcome.tells(row))
    }
}
