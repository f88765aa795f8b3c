//! Where a file of companies is to be written.

use crate::app::core::text_input::TextInput;
use crate::app::model::Options;
use crate::domain::error::{Cause, Error, FileFault};
use crate::domain::export;
use crate::domain::id::CompanyKey;
use std::path::PathBuf;

#[derive(Debug, Clone, PartialEq)]
pub struct ExportDialog {
    /// Which companies, in the order of the list.
    pub keys: Vec<CompanyKey>,
    pub line: TextInput,
    pub writing: bool,
    /// Where it was written to last.
    pub tried: Option<PathBuf>,
    /// Why the last try failed.
    pub error: Option<Box<Error>>,
}

impl ExportDialog {
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
