//! What every list takes.

use crate::domain::export::Delimiter;
use clap::{Args, ValueEnum};

/// Which rows of a list, in which order, and how they are written.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "List options")]
pub struct ListArgs {
    /// Only rows of which a column passes a test, such as status:active,pending, seats>=40, tags:north, owners:unknown,
    /// created<"30d ago". More than one may be given: each has to hold.
    #[arg(long, value_name = "KEY:VALUE")]
    pub filter: Vec<String>,
    /// Only rows that have all these words.
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// Order by a column; with a minus before it from the highest down.
    #[arg(long, value_name = "KEY|-KEY", allow_hyphen_values = true)]
    pub sort: Option<String>,
    /// At most this many; 0 is all of them.
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Leave nothing out: no limit, and of tasks the ended ones as well.
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
    /// Which columns of a table or CSV, in this order, with commas between; `all` for all there are.
    #[arg(long, value_name = "KEY,…", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// How to write them [default: table].
    #[arg(long, value_enum)]
    pub format: Option<ListFormat>,
    /// What parts the columns of CSV: , ; | or tab [default: ; where the locale writes 1,5].
    #[arg(long, value_name = "SIGN")]
    pub delimiter: Option<Delimiter>,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Columns for people.
    Table,
    /// One array of JSON for programs; fields are only ever added.
    Json,
    /// One record of JSON on each line.
    Jsonl,
    /// CSV for spreadsheets; columns are only ever added.
    Csv,
    /// The ids alone, one on each line.
    Ids,
}

impl ListArgs {
    /// At most so many rows.
    pub fn most(&self) -> usize {
        self.most_or(u64::MAX)
    }

    /// The same where not all are shown unless it is said.
    pub fn most_or(&self, unless_said: u64) -> usize {
        let limit = if self.all { 0 } else { self.limit.unwrap_or(unless_said) };
        if limit == 0 { usize::MAX } else { usize::try_from(limit).unwrap_or(usize::MAX) }
    }
}
