//! What is written to a file, and where.

use crate::app::core::text_input::TextInput;
use crate::app::model::Options;
use crate::domain::error::{Cause, Error, FileFault};
use crate::domain::export;
use crate::domain::id::CompanyKey;
use std::path::PathBuf;

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportKind {
    Companies,
    /// The usage of a month, company by company.
    Usage,
    /// The seats of one company, day by day.
    Days,
}

/// What is to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Exported {
    /// Companies, in the order of the list.
    Companies(Vec<CompanyKey>),
    /// A table that was on the screen, with its heading.
    Table(ExportKind, Vec<Vec<String>>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct ExportDialog {
    pub what: Exported,
    pub line: TextInput,
    pub writing: bool,
    /// Where it was written to last.
    pub tried: Option<PathBuf>,
    /// Why the last try failed.
    pub error: Option<Box<Error>>,
}

impl ExportDialog {
    pub fn new(what: Exported, name: &str) -> Self {
        Self { what, line: TextInput::new(name), writing: false, tried: None, error: None }
    }

    pub fn table(kind: ExportKind, rows: Vec<Vec<String>>, name: &str) -> Self {
        Self::new(Exported::Table(kind, rows), name)
    }

    pub fn kind(&self) -> ExportKind {
        match self.what {
            Exported::Companies(_) => ExportKind::Companies,
            Exported::Table(kind, _) => kind,
        }
    }

    /// How many rows, without a heading.
    pub fn rows(&self) -> usize {
        match &self.what {
            Exported::Companies(keys) => keys.len(),
            Exported::Table(_, rows) => rows.len().saturating_sub(1),
        }
    }

    /// The place in full.
    pub fn path(&self, options: &Options) -> PathBuf {
        export::place(self.line.text(), &options.folder, options.home.as_deref())
    }

    /// There is a file at this very place, which was said: once more is to replace it.
    pub fn replaces(&self, options: &Options) -> bool {
        let exists = |error: &Error| matches!(&error.cause, Cause::NotWritten(it) if it.fault == FileFault::Exists);
        let exists = self.error.as_deref().is_some_and(exists);
        exists && self.tried.as_ref() == Some(&self.path(options))
    }
}
