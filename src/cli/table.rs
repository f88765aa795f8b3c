//! Results as text for people: columns that stay straight with names of any script. No colours, so that it
//! reads the same in a pipe, a file and a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A longer text is cut: one row stays one line.
const WIDEST: usize = 48;
const GAP: usize = 2;
/// So wide a text stays before other columns are left out, and before nothing more can be done.
const COMFORTABLE: usize = 24;
const NARROWEST: usize = 8;

/// How columns stand. All are numbers of columns.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Numbers.
    pub right: Vec<usize>,
    /// Texts that may be cut.
    pub flexible: Vec<usize>,
    /// Those that are left out first, from the right, where there is no room.
    pub spare: Vec<usize>,
    /// The room that there is; none is any.
    pub width: Option<usize>,
}

/// Rows whose columns are as wide as their widest cell. One text for all cells: 100,000 rows of a table library's cells
/// take 500 MB, these 20.
pub struct Table {
    widths: Vec<usize>,
    layout: Layout,
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<usize>,
}

impl Table {
    pub fn new<C: AsRef<str>>(first: impl IntoIterator<Item = C>, layout: Layout) -> Self {
        let mut table = Self { widths: Vec::new(), layout, text: String::new(), ends: Vec::new() };
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
        let widths = self.fitted();
        let mut start = 0;
        for ends in self.ends.chunks(self.widths.len().max(1)) {
            let cells: Vec<&str> =
                ends.iter().map(|&end| &self.text[std::mem::replace(&mut start, end)..end]).collect();
            let height = cells.iter().map(|cell| cell.split('\n').count()).max().unwrap_or(1);
            for line in 0..height {
                let parts = cells.iter().map(|cell| cell.split('\n').nth(line).unwrap_or_default());
                writeln!(out, "{}", self.line(parts, &widths).trim_end())?;
            }
        }
        Ok(())
    }

    fn line<'a>(&self, parts: impl Iterator<Item = &'a str>, widths: &[usize]) -> String {
        let mut line = String::new();
        for (column, (part, &width)) in parts.zip(widths).enumerate().filter(|(_, (_, width))| **width > 0) {
            let part = cut(part, width);
            let (blank, gap) = (width.saturating_sub(part.width()), if line.is_empty() { 0 } else { GAP });
            // Writing to a text cannot fail.
            let _ = if self.layout.right.contains(&column) {
                write!(line, "{:gap$}{:blank$}{part}", "", "")
            } else {
                write!(line, "{:gap$}{part}{:blank$}", "", "")
            };
        }
        line
    }

    /// How wide each column is; 0 where it is left out. What still has no room is for the terminal to wrap: an id that
    /// is cut is none.
    fn fitted(&self) -> Vec<usize> {
        let mut widths = self.widths.clone();
        let Some(room) = self.layout.width else { return widths };
        self.squeeze(&mut widths, room, COMFORTABLE);
        for column in self.layout.spare.iter().rev() {
            if taken(&widths) > room
                && let Some(width) = widths.get_mut(*column)
            {
                *width = 0;
                self.widen(&mut widths, room);
            }
        }
        self.squeeze(&mut widths, room, NARROWEST);
        widths
    }

    /// Makes the widest of the flexible columns narrower, down to a limit.
    fn squeeze(&self, widths: &mut [usize], room: usize, least: usize) {
        while taken(widths) > room {
            let flexible =
                self.layout.flexible.iter().copied().filter(|at| widths.get(*at).is_some_and(|it| *it > least));
            let Some(widest) = flexible.max_by_key(|at| widths.get(*at).copied()) else { return };
            if let Some(width) = widths.get_mut(widest) {
                *width -= 1;
            }
        }
    }

    /// Gives back what there is room for again.
    fn widen(&self, widths: &mut [usize], room: usize) {
        for at in &self.layout.flexible {
            let spare = room.saturating_sub(taken(widths));
            if let (Some(width), Some(whole)) = (widths.get_mut(*at), self.widths.get(*at)) {
                *width = if *width == 0 { 0 } else { (*width + spare).min(*whole) };
            }
        }
    }
}

/// The room that columns of these widths take.
fn taken(widths: &[usize]) -> usize {
    let shown = widths.iter().filter(|width| **width > 0);
    shown.clone().sum::<usize>() + GAP * shown.count().saturating_sub(1)
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = Vec::new();
        self.write(&mut text).map_err(|_| std::fmt::Error)?;
        let text = String::from_utf8_lossy(&text);
        f.write_str(text.strip_suffix('\n').unwrap_or(&text))
    }
}

/// Rows below a header; some columns are numbers and stand to the right.
pub fn columns<const N: usize>(
    header: [&str; N],
    right: &[usize],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut table = Table::new(header, Layout { right: right.to_vec(), ..Layout::default() });
    rows.into_iter().for_each(|row| table.push(row));
    table.to_string()
}

/// One thing, one fact a line.
pub fn facts<N: AsRef<str>>(facts: impl IntoIterator<Item = (N, String)>) -> String {
    let mut table = Table::new::<&str>([], Layout::default());
    facts.into_iter().for_each(|(name, value)| table.push([name.as_ref(), &value]));
    table.to_string()
}

/// A name in a column.
pub fn name(text: &str) -> String {
    cut(text, WIDEST)
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
    short.truncate(short.trim_end().len());
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

    #[test]
    fn a_narrow_terminal_cuts_texts_and_then_leaves_out_what_is_spare() {
        let rows = [["A company with quite a long name", "ACTIVE", "ABCDEFGHIJKLMNOP"], ["東京セキュリティ", "X", "Q"]];
        let at = |width| {
            let layout = Layout { flexible: vec![0], spare: vec![2], width: Some(width), ..Layout::default() };
            let mut table = Table::new(["NAME", "STATUS", "ID"], layout);
            for row in rows {
                table.push(row);
            }
            let lines: Vec<String> = table.to_string().lines().map(str::to_owned).collect();
            assert!(lines.iter().all(|line| line.width() <= width), "{lines:?}");
            lines
        };
        assert_eq!(at(80)[1], "A company with quite a long name  ACTIVE  ABCDEFGHIJKLMNOP");
        assert_eq!(at(50)[1], "A company with quite a…   ACTIVE  ABCDEFGHIJKLMNOP");
        assert_eq!(
            at(42)[1],
            "A company with quite a long name  ACTIVE",
            "the id has gone, the name has its room back"
        );
        assert_eq!(at(20)[1..], ["A company w…  ACTIVE", "東京セキュ…   X"]);
    }
}
