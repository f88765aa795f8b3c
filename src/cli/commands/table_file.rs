//! The table that a command reads: from a file or standard input, with its columns as far as they are sure.

use crate::cli::Exit;
use crate::cli::args::TableFile;
use crate::cli::error::CliError;
use crate::cli::output::Io;
use crate::domain::country;
use crate::domain::import::MOST_BYTES;
use crate::domain::import::columns::Field;
use crate::domain::import::encoding::{Encoding, decode};
use crate::domain::import::proposal::Proposal;
use crate::domain::import::row::Rejected;
use crate::domain::import::table::{self, Table};
use crate::domain::lang::Lang;
use crate::files::regular;
use crate::i18n;
use std::io::Read;
use std::path::Path;

/// So many rejected rows are told one by one.
const TOLD: usize = 20;

pub struct Opened {
    pub table: Table,
    pub proposal: Proposal,
}

/// Reads the table.
pub fn open(args: &TableFile, io: &mut Io<'_>) -> Result<Opened, CliError> {
    let bytes = bytes(&args.file, io).map_err(|said| wrong(args, &said))?;
    let decoded = decode(&bytes);
    if decoded.encoding != Encoding::Utf8 {
        io.tell(&format!("read as {}.", decoded.encoding.as_str()));
    }
    if decoded.unreadable > 0 {
        io.tell(&format!("{} characters could not be read; they show as \u{fffd}.", decoded.unreadable));
    }
    let table = table::read(&decoded.text).map_err(|why| wrong(args, &(i18n::of(Lang::En).import.unreadable)(why)))?;
    Ok(Opened { proposal: Proposal::of(&table), table })
}

/// Takes what the command line says of the columns.
pub fn settle(args: &TableFile, proposal: &mut Proposal) -> Result<(), CliError> {
    let say = |(field, column): &(Field, String)| proposal.say(*field, column);
    args.map.iter().try_for_each(say).map_err(|why| wrong(args, &why.to_string()))
}

/// A sentence about the file.
pub fn wrong(args: &TableFile, said: &str) -> CliError {
    CliError::Message(format!("{}: {said}.", args.file.display()), Exit::Usage)
}

fn bytes(file: &Path, io: &mut Io<'_>) -> Result<Vec<u8>, String> {
    let most = MOST_BYTES as u64;
    if file != Path::new("-") {
        return regular::read(file, most).map_err(|error| error.to_string());
    }
    let mut bytes = Vec::new();
    io.input.take(most + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() > MOST_BYTES { Err(format!("it is longer than {} MiB", most >> 20)) } else { Ok(bytes) }
}

/// The columns that are not sure, in a sentence that says what to do; `None` if all are.
pub fn questions(proposal: &Proposal, wanted: &[Field]) -> Option<String> {
    let asked: Vec<String> = proposal
        .questions(wanted)
        .map(|(place, column)| {
            let may: Vec<&str> =
                column.unsure.iter().filter(|field| wanted.contains(field)).map(|field| field.as_str()).collect();
            let title = if column.title.is_empty() { &column.example } else { &column.title };
            format!("column {} ({title:?}) may be {}", place + 1, may.join(" or "))
        })
        .collect();
    (!asked.is_empty())
        .then(|| format!("{}. Say which with --map FIELD=COLUMN, or --map FIELD= for none", asked.join("; ")))
}

/// Rows that are not taken, one a line, and how many more.
pub fn tell_rejected(rejected: &[Rejected], io: &mut Io<'_>) {
    let reason = i18n::of(Lang::En).import.reason;
    for row in rejected.iter().take(TOLD) {
        let name = if row.name.is_empty() { String::new() } else { format!(" ({})", row.name) };
        io.tell(&format!("line {}{name}: {}.", row.line, reason(&row.reason)));
    }
    if let Some(more) = rejected.len().checked_sub(TOLD).filter(|more| *more > 0) {
        io.tell(&format!("and {more} more rows that are not taken."));
    }
}

/// A country by its name in a language that we speak.
pub fn country(name: &str) -> Option<&'static str> {
    country::called(i18n::country::all(Lang::En).chain(i18n::country::all(Lang::De)), name)
}
