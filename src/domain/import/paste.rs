//! Tables as they come off a screen: blanks for columns, and cells of two lines that take their row apart.

use super::table::Row;
use std::cmp::Ordering;

/// Cells between runs of two blanks or more. A no-break space is a blank as any other.
pub(super) fn split_blanks(line: &str) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    let (mut cell, mut blanks) = (String::new(), 0_usize);
    for c in line.trim().chars() {
        if c.is_whitespace() {
            blanks += 1;
            continue;
        }
        if blanks > 1 {
            cells.push(std::mem::take(&mut cell));
        } else if blanks == 1 {
            cell.push(' ');
        }
        blanks = 0;
        cell.push(c);
    }
    cells.push(cell);
    cells
}

/// Puts rows together that a line end within a cell took apart: *name, line end, address, tab, status* is one row. `None`
/// where there is nothing to put together, or it does not come out even.
pub(super) fn join_lines(rows: &[Row]) -> Option<Vec<Row>> {
    let filled: Vec<&Row> = rows.iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())).collect();
    let width = filled.first()?.cells.len();
    if width < 2 || filled.iter().all(|row| row.cells.len() >= width) {
        return None;
    }
    // Whether a short line belongs to the row before it or to the one behind is told by the last one.
    let trailing = filled.last().is_some_and(|row| row.cells.len() == 1) && filled.get(1)?.cells.len() == width;
    let mut joined: Vec<Row> = Vec::with_capacity(filled.len());
    let mut waiting: Option<Row> = None;
    for row in filled {
        if trailing && row.cells.len() == 1 && waiting.is_none() {
            append(joined.last_mut()?, row);
            continue;
        }
        let row = match waiting.take() {
            None => row.clone(),
            Some(mut before) => {
                append(&mut before, row);
                before
            }
        };
        match row.cells.len().cmp(&width) {
            Ordering::Less => waiting = Some(row),
            Ordering::Equal => joined.push(row),
            Ordering::Greater => return None,
        }
    }
    if waiting.is_some() { None } else { Some(joined) }
}

/// The first cell of the later line goes on where the last of the earlier one stopped.
fn append(row: &mut Row, later: &Row) {
    let mut cells = later.cells.iter().cloned();
    if let (Some(last), Some(first)) = (row.cells.last_mut(), cells.next()) {
        last.push('\n');
        last.push_str(&first);
    }
    row.cells.extend(cells);
}
