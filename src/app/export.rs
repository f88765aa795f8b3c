//! Where a file of companies is to be written.

use super::line::Line;
use super::model::Options;
use crate::domain::export;
use crate::domain::id::CompanyKey;
use crate::domain::trouble::{Because, FileFault, Trouble};
use std::path::PathBuf;

/// The dialog.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportDialog {
    /// Which companies, in the order of the list.
    pub keys: Vec<CompanyKey>,
    /// The place, as typed.
    pub line: Line,
    /// It is being written.
    pub writing: bool,
    /// Where it was written to last.
    pub tried: Option<PathBuf>,
    /// Why the last try failed.
    pub trouble: Option<Box<Trouble>>,
}

impl ExportDialog {
    /// The place in full.
    #[must_use]
    pub fn path(&self, options: &Options) -> PathBuf {
        export::place(self.line.text(), &options.folder, options.home.as_deref())
    }

    /// There is a file at this very place, which was said: once more is to replace it.
    #[must_use]
    pub fn replaces(&self, options: &Options) -> bool {
        let exists =
            |trouble: &Trouble| matches!(&trouble.because, Because::NotWritten(it) if it.fault == FileFault::Exists);
        let exists = self.trouble.as_deref().is_some_and(exists);
        exists && self.tried.as_ref() == Some(&self.path(options))
    }
}
