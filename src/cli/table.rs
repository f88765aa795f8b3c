//! Results as text for people: columns that stay straight with names of any script. No colours, so that it
//! reads the same in a pipe, a file and a terminal.

use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A longer name is cut: one row stays one line.
const WIDEST_NAME: usize = 48;
const GAP: usize = 2;

/// What a list is made of: it serializes as a row of JSON, and has cells for people.
pub trait TableRow: Serialize + Send + 'static {
    fn header() -> Vec<&'static str>;
    /// Columns that are numbers.
    fn right() -> Vec<usize> {
        Vec::new()
    }
    fn cells(&self) -> Vec<String>;
}

/// Rows whose columns are as wide as their widest cell. One text for all cells: 100,000 rows of a table library's cells
/// take 500 MB, these 20.
pub struct Table {
    widths: Vec<usize>,
    right: Vec<usize>,
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<usize>,
}

impl Table {
    /// For rows of this kind, with their header.
    pub fn of<T: TableRow>() -> Self {
        Self::new(T::header(), T::right())
    }

    fn new<C: AsRef<str>>(first: impl IntoIterator<Item = C>, right: Vec<usize>) -> Self {
        let mut table = Self { widths: Vec::new(), right, text: String::new(), ends: Vec::new() };
        table.push(first);
        table
    }

    pub fn push<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) {
        for (column, cell) in cells.into_iter().enumerate() {
            let cell = cell.as_ref();
            let width = cell.split('\n').map(UnicodeWidthStr::width).max().unwrap_or_default();
            match self.widths.get_mut(column) {
                Some(widest) => *widest = width.max(*widest),
                None => self.widths.push(width),
            }
            self.text.push_str(cell);
            self.ends.push(self.text.len());
        }
    }

    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut start = 0;
        for ends in self.ends.chunks(self.widths.len().max(1)) {
            let cells: Vec<&str> =
                ends.iter().map(|&end| &self.text[std::mem::replace(&mut start, end)..end]).collect();
            let height = cells.iter().map(|cell| cell.split('\n').count()).max().unwrap_or(1);
            for line in 0..height {
                let parts = cells.iter().map(|cell| cell.split('\n').nth(line).unwrap_or_default());
                writeln!(out, "{}", self.line(parts).trim_end())?;
            }
        }
        Ok(())
    }

    fn line<'a>(&self, parts: impl Iterator<Item = &'a str>) -> String {
        let mut line = String::new();
        for (column, (part, width)) in parts.zip(&self.widths).enumerate() {
            let (blank, gap) = (width.saturating_sub(part.width()), if column == 0 { 0 } else { GAP });
            // Writing to a text cannot fail.
            let _ = if self.right.contains(&column) {
                write!(line, "{:gap$}{:blank$}{part}", "", "")
            } else {
                write!(line, "{:gap$}{part}{:blank$}", "", "")
            };
        }
        line
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = Vec::new();
        self.write(&mut text).map_err(|_| std::fmt::Error)?;
        let text = String::from_utf8_lossy(&text);
        f.write_str(text.strip_suffix('\n').unwrap_or(&text))
    }
}

/// A list, one thing a line.
pub fn list<'a, T: TableRow>(rows: impl IntoIterator<Item = &'a T>) -> String {
    let mut table = Table::of::<T>();
    rows.into_iter().for_each(|row| table.push(row.cells()));
    table.to_string()
}

/// Rows below a header; some columns are numbers and stand to the right.
pub fn columns<const N: usize>(
    header: [&str; N],
    right: &[usize],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut table = Table::new(header, right.to_vec());
    rows.into_iter().for_each(|row| table.push(row));
    table.to_string()
}

/// One thing, one fact a line.
pub fn facts<'a>(facts: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut table = Table::new::<&str>([], Vec::new());
    facts.into_iter().for_each(|(name, value)| table.push([name, &value]));
    table.to_string()
}

/// A name in a column.
pub fn name(text: &str) -> String {
    cut(text, WIDEST_NAME)
}

/// What may be absent.
pub fn or_dash(text: Option<impl ToString>) -> String {
    text.map_or_else(|| "-".to_owned(), |text| text.to_string())
}

/// Cut at what a reader calls a character, by its width in cells.
fn cut(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    for grapheme in text.graphemes(true) {
        if short.width() + grapheme.width() >= most {
            break;
        }
        short.push_str(grapheme);
    }
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_straight_with_wide_letters_numbers_and_lines() {
        let rows = [["東京".to_owned(), "7".to_owned()]];
        assert_eq!(columns(["A", "SEATS"], &[1], rows), "A     SEATS\n東京      7");
        let note = facts([("Company", "A".to_owned()), ("Note", "one\ntwo".to_owned())]);
        assert_eq!(note, "Company  A\nNote     one\n         two");
        assert_eq!(columns::<1>(["EMPTY"], &[], []), "EMPTY");
    }
}
