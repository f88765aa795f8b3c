//! Where everything goes that a command says: results to standard output, anything else to standard error. A reader of
//! the results who has gone (`| head`) is no failure; any other fault of writing ends with exit code 1
//! ([`CliError`]).

use crate::cli::args::Format;
use crate::cli::column::TableRow;
use crate::cli::error::CliError;
use crate::cli::listing::Listing;
use crate::cli::style::Style;
use serde::Serialize;
use std::io::{self, BufRead, BufWriter, Write};

/// Standard streams and browser, as a command gets them.
pub struct Io<'a> {
    /// Only read by a command that was told to.
    pub input: &'a mut dyn BufRead,
    /// Somebody sits at standard input and can be asked.
    pub terminal: bool,
    /// How results are told to people.
    pub style: Style,
    /// There is a browser to hope for, and it may be used.
    pub browser: bool,
    /// For results.
    pub out: &'a mut dyn Write,
    /// For anything else.
    pub err: &'a mut dyn Write,
}

impl Io<'_> {
    /// Writes a result in the way that was asked for.
    pub fn show(
        &mut self,
        format: Format,
        result: &impl Serialize,
        table: impl FnOnce() -> String,
    ) -> Result<(), CliError> {
        // Standard output flushes after every line.
        let mut out = BufWriter::new(&mut *self.out);
        match format {
            Format::Json => {
                serde_json::to_writer_pretty(&mut out, result).map_err(io::Error::from)?;
                writeln!(out)?;
            }
            Format::Table => writeln!(out, "{}", table())?,
        }
        Ok(out.flush()?)
    }

    /// Writes a list as it was asked for, and says if there are more rows.
    pub fn write_list<T: TableRow>(&mut self, listing: &Listing<T>, rows: Vec<T>) -> Result<(), CliError> {
        let (rows, more) = listing.arrange(rows);
        let mut out = BufWriter::new(&mut *self.out);
        listing.write(&rows, &mut out)?;
        out.flush()?;
        drop(out);
        if let Some(more) = more {
            self.tell(&more);
        }
        Ok(())
    }

    /// Writes one line of a result.
    pub fn say(&mut self, said: &str) -> Result<(), CliError> {
        self.print(format!("{said}\n").as_bytes())
    }

    pub fn print(&mut self, text: &[u8]) -> Result<(), CliError> {
        self.out.write_all(text)?;
        Ok(self.out.flush()?)
    }

    /// Says something beside the result.
    pub fn tell(&mut self, said: &str) {
        // A reader who has gone does not stop a command that is under way.
        let _ = writeln!(self.err, "mspdash: {said}");
    }
}

/// A list that is not whole says so.
pub fn left_out(rows: u64) -> String {
    format!("rows that could not be read and are left out: {rows}")
}

/// A list that stops before its end says so, and how to get all of it.
pub fn stops(shown: usize, total: Option<u64>, all: &str) -> String {
    match total.filter(|total| *total > shown as u64) {
        Some(total) => format!("{shown} of {total} shown; {all}"),
        None => format!("{shown} shown, and there are more; {all}"),
    }
}
