//! Where the list of companies goes: to standard output or into a file, for people or for programs.

use super::args::{List, ListFormat};
use super::desk::{End, Outside};
use super::{Exit, sentence};
use crate::config;
use crate::domain::company::Company;
use crate::domain::error::{Cause, Error, FileFault, Operation, RetryAdvice};
use crate::domain::export::{self, BOM, Delimiter};
use crate::domain::lang::Lang;
use crate::i18n;
use serde::Serialize;
use std::env;
use std::io;
use std::path::{Path, PathBuf};

/// Refuses a file that is there already before anything is asked of a server.
pub(super) fn look(args: &List) -> Result<(), End> {
    match target(args) {
        Some(path) if !args.force && path.exists() => Err(failed(&path, FileFault::Exists)),
        _ => Ok(()),
    }
}

/// Writes the companies, each with the name of its profile where they are of several.
pub(super) fn write(
    args: &List,
    outside: &mut Outside<'_>,
    companies: &[(Option<&str>, &Company)],
    records: &impl Serialize,
    table: impl FnOnce() -> String,
) -> Result<(), End> {
    let format = args.written();
    let text = match format {
        ListFormat::Table => table() + "\n",
        ListFormat::Json => serde_json::to_string_pretty(records).map_err(io::Error::from)? + "\n",
        ListFormat::Csv => {
            let rows = companies.iter().map(|&(profile, company)| (profile.map(ToOwned::to_owned), company.clone()));
            let delimiter = args.delimiter.unwrap_or_else(|| Delimiter::of_locale(&config::number_locale()));
            export::companies(rows, delimiter).ok_or_else(|| End::Output(io::Error::other("no table can be made")))?
        }
    };
    let Some(path) = target(args) else {
        outside.out.write_all(text.as_bytes())?;
        return Ok(outside.out.flush()?);
    };
    // A program that reads from a pipe has no use for it, and may stumble.
    let mark = if format == ListFormat::Csv { BOM } else { "" };
    (outside.save)(&path, &format!("{mark}{text}"), args.force).map_err(|fault| failed(&path, fault))?;
    let many = if companies.len() == 1 { "company" } else { "companies" };
    outside.tell(&format!("{} {many} written to {}.", companies.len(), path.display()));
    Ok(())
}

/// The file in full; none for standard output, which `-` stands for.
fn target(args: &List) -> Option<PathBuf> {
    let named = args.output.as_deref().filter(|named| *named != Path::new("-"))?;
    let folder = env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
    Some(export::place(&named.to_string_lossy(), &folder, env::home_dir().as_deref()))
}

fn failed(path: &Path, fault: FileFault) -> End {
    let exists = fault == FileFault::Exists;
    let cause = Cause::not_written(&path.display().to_string(), fault);
    let error = Error::new(Operation::Export, cause, RetryAdvice::Now);
    let hint = if exists { "`--force` replaces it.".to_owned() } else { i18n::of(Lang::En).tell(&error).hint };
    End::Said(format!("{} {hint}", sentence(&error)), if exists { Exit::Usage } else { Exit::Failure })
}
