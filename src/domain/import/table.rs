//! From text to rows of cells: commas, semicolons, tabs or runs of blanks between them, quoted cells with line ends
//! (RFC 4180), and cells of two lines as browsers copy them.

use super::{MOST_ROWS, paste};

/// What stands between the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    Comma,
    Semicolon,
    Tab,
    /// Two blanks or more.
    Blanks,
    /// Each line is one cell.
    None,
}

impl Separator {
    /// What it is called in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Blanks => "blanks",
            Self::None => "none",
        }
    }
}

/// One row, with the line of the text where it begins, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub line: u32,
    pub cells: Vec<String>,
}

/// Rows that hold something, the header among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub separator: Separator,
    pub rows: Vec<Row>,
    /// Lines were put together to cells of two lines, as a browser copies them.
    pub joined: bool,
}

/// Why a text is no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("there is no text in it")]
    Empty,
    #[error("it has {0} rows; an import takes {MOST_ROWS} at most. Split it")]
    TooMany(usize),
    #[error("a quotation mark is opened in line {0} and not closed. Close it, or take it out")]
    OpenQuote(u32),
}

/// A quoted cell of more lines than this was never closed where its writer meant to.
const MOST_LINES: usize = 50;
/// So much of the text tells the separator, in bytes.
const SAMPLE: usize = 64 * 1024;

/// Reads a text as a table.
///
/// # Errors
/// There is nothing in it, too much, or a quotation mark is open.
pub fn read(text: &str) -> Result<Table, Unreadable> {
    let text = text.trim_start_matches('\u{feff}');
    // Terminals paste line ends as CR.
    let one_kind = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { String::new() };
    let text = if one_kind.is_empty() { text } else { &one_kind };
    let (separator, skipped, text) = match announced(text) {
        Some((separator, rest)) => (separator, 1, rest),
        None => (found(sample(text)), 0, text),
    };
    let mut table = match separator {
        Separator::Comma => Table { separator, rows: quoted(text, ',')?, joined: false },
        Separator::Semicolon => Table { separator, rows: quoted(text, ';')?, joined: false },
        Separator::Tab => tabs(text),
        Separator::Blanks => Table { separator, rows: lines(text, paste::split_blanks), joined: false },
        Separator::None => Table { separator, rows: lines(text, |line| vec![line.to_owned()]), joined: false },
    };
    table.rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    for row in &mut table.rows {
        row.line = row.line.saturating_add(skipped);
    }
    match table.rows.len() {
        0 => Err(Unreadable::Empty),
        // The header is none of them.
        many if many > MOST_ROWS + 1 => Err(Unreadable::TooMany(many)),
        _ => Ok(table),
    }
}

/// `sep=;` in the first line, which spreadsheets read and write.
fn announced(text: &str) -> Option<(Separator, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let separator = match first.strip_prefix("sep=")? {
        "," => Separator::Comma,
        ";" => Separator::Semicolon,
        "\t" => Separator::Tab,
        _ => return None,
    };
    Some((separator, rest))
}

fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let head = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
    head.rfind('\n').and_then(|end| head.get(..end)).unwrap_or(head)
}

/// The separator that makes the most rows as wide as the first one.
fn found(sample: &str) -> Separator {
    let (mut all, mut with_tab) = (0_usize, 0_usize);
    for line in sample.lines().filter(|line| !line.trim().is_empty()) {
        all += 1;
        with_tab += usize::from(line.contains('\t'));
    }
    // Nobody writes a tab into a name.
    if with_tab * 4 >= all && with_tab > 0 {
        return Separator::Tab;
    }
    let sign = |sign: char| fits(&split(sample, sign).rows);
    let (comma, semicolon) = (sign(','), sign(';'));
    let blanks = fits(&lines(sample, paste::split_blanks));
    let best = [(semicolon, Separator::Semicolon), (comma, Separator::Comma), (blanks, Separator::Blanks)];
    // Of equals the first.
    let best = best.into_iter().rev().max_by_key(|(fits, _)| *fits);
    best.filter(|(fits, _)| *fits >= 50).map_or(Separator::None, |(_, separator)| separator)
}

/// How many in a hundred rows are as wide as the first, which has to have two cells at least.
fn fits(rows: &[Row]) -> usize {
    let width = rows.first().map_or(0, |row| row.cells.len());
    if width < 2 {
        return 0;
    }
    let filled = rows.iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    let (mut all, mut same) = (0, 0);
    for row in filled {
        all += 1;
        same += usize::from(row.cells.len() == width);
    }
    same * 100 / usize::max(all, 1)
}

fn lines(text: &str, cells: impl Fn(&str) -> Vec<String>) -> Vec<Row> {
    let line = |(number, line): (usize, &str)| Row { line: place(number), cells: cells(line) };
    text.lines().enumerate().map(line).collect()
}

fn place(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// Between tabs, cells are quoted where a spreadsheet wrote them, and just as they are where a browser did.
fn tabs(text: &str) -> Table {
    let plain = || lines(text, |line| line.split('\t').map(str::to_owned).collect());
    let rows = quoted(text, '\t').unwrap_or_else(|_| plain());
    match paste::join_lines(&rows) {
        Some(rows) => Table { separator: Separator::Tab, rows, joined: true },
        None => Table { separator: Separator::Tab, rows, joined: false },
    }
}

fn quoted(text: &str, sign: char) -> Result<Vec<Row>, Unreadable> {
    let Split { rows, open } = split(text, sign);
    match open {
        Some(line) => Err(Unreadable::OpenQuote(line)),
        None => Ok(rows),
    }
}

struct Split {
    rows: Vec<Row>,
    /// The line of a quotation mark that is not closed.
    open: Option<u32>,
}

/// Cells between signs; one that begins with a quotation mark may hold signs and line ends, and a doubled mark for each
/// of its own. A mark elsewhere is a letter as any other.
fn split(text: &str, sign: char) -> Split {
    let mut reader = Reader { line: 1, row: Row { line: 1, cells: Vec::new() }, cell: String::new(), rows: Vec::new() };
    let mut open = None;
    let mut chars = text.chars().peekable();
    let mut begins = true;
    while let Some(c) = chars.next() {
        if begins && c == '"' {
            let from = reader.line;
            if !reader.quoted(&mut chars, sign) {
                open = open.or(Some(from));
            }
            begins = false;
            continue;
        }
        begins = c == sign || c == '\n';
        match c {
            c if c == sign => reader.end_cell(),
            '\n' => reader.end_row(),
            c => reader.cell.push(c),
        }
    }
    if !reader.cell.is_empty() || !reader.row.cells.is_empty() {
        reader.end_row();
    }
    Split { rows: reader.rows, open }
}

struct Reader {
    line: u32,
    row: Row,
    cell: String,
    rows: Vec<Row>,
}

impl Reader {
    fn end_cell(&mut self) {
        self.row.cells.push(std::mem::take(&mut self.cell));
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.line = self.line.saturating_add(1);
        let next = Row { line: self.line, cells: Vec::with_capacity(self.row.cells.len()) };
        self.rows.push(std::mem::replace(&mut self.row, next));
    }

    /// Behind an opening mark, up to its closing one. Says whether it was closed in sight.
    fn quoted(&mut self, chars: &mut std::iter::Peekable<std::str::Chars<'_>>, sign: char) -> bool {
        let mut lines = 0;
        while let Some(c) = chars.next() {
            match c {
                '"' if chars.peek() == Some(&'"') => {
                    chars.next();
                    self.cell.push('"');
                }
                '"' => {
                    // `"Best" Ltd`: not a quoted cell, but a name with marks.
                    if chars.peek().is_some_and(|next| *next != sign && *next != '\n') {
                        self.cell.insert(0, '"');
                        self.cell.push('"');
                    }
                    return lines <= MOST_LINES;
                }
                '\n' => {
                    lines += 1;
                    self.line = self.line.saturating_add(1);
                    self.cell.push('\n');
                }
                c => self.cell.push(c),
            }
        }
        false
    }
}
