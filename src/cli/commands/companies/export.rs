//! The file that a list of companies is written to.

use crate::cli::args::{List, ListFormat};
use crate::cli::error::CliError;
use crate::cli::output::Io;
use crate::cli::{Exit, sentence};
use crate::domain::error::{Cause, Error, FileFault, Operation, RetryAdvice};
use crate::domain::export::{self, BOM};
use crate::domain::lang::Lang;
use crate::i18n;
use crate::runtime::export::save;
use std::env;
use std::path::{Path, PathBuf};

pub struct Target {
    path: PathBuf,
    replace: bool,
    format: ListFormat,
}

impl Target {
    /// The file in full; none for standard output, which `-` stands for. Refuses one that is there already before
    /// anything is asked of a server.
    pub fn of(args: &List) -> Result<Option<Self>, CliError> {
        let Some(named) = args.output.as_deref().filter(|named| *named != Path::new("-")) else { return Ok(None) };
        let folder = env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
        let path = export::place(&named.to_string_lossy(), &folder, env::home_dir().as_deref());
        let target = Self { path, replace: args.force, format: args.written() };
        if !target.replace && target.path.exists() {
            return Err(target.failed(FileFault::Exists));
        }
        Ok(Some(target))
    }

    pub fn save(&self, text: &[u8], companies: usize, io: &mut Io<'_>) -> Result<(), CliError> {
        // A program that reads from a pipe has no use for it, and may stumble.
        let mark = if self.format == ListFormat::Csv { BOM } else { "" };
        let text = format!("{mark}{}", String::from_utf8_lossy(text));
        save(&self.path, &text, self.replace).map_err(|fault| self.failed(fault))?;
        let many = if companies == 1 { "company" } else { "companies" };
        io.tell(&format!("{companies} {many} written to {}.", self.path.display()));
        Ok(())
    }

    fn failed(&self, fault: FileFault) -> CliError {
        let exists = fault == FileFault::Exists;
        let cause = Cause::not_written(&self.path.display().to_string(), fault);
        let error = Error::new(Operation::Export, cause, RetryAdvice::Now);
        let hint = if exists { "`--force` replaces it.".to_owned() } else { i18n::of(Lang::En).describe(&error).hint };
        CliError::Message(format!("{} {hint}", sentence(&error)), if exists { Exit::Usage } else { Exit::Failure })
    }
}
