//! Which rows of the list are on the screen. Drawing follows it, and so does what is loaded for visible rows only.

use crate::app::model::Model;
use std::ops::Range;

/// The first row shown. It depends on the cursor alone, hops by half a page, and always leaves rows above and
/// below the cursor where there are any; between two hops a move repaints two rows and no more.
pub fn first_row(cursor: usize, len: usize, height: usize) -> usize {
    if len <= height {
        return 0;
    }
    let hop = (height / 2).max(1);
    let top = (cursor.saturating_sub(hop / 2) / hop) * hop;
    top.min(len - height)
}

/// The rows of the list that are on the screen, as places among those shown.
pub fn list_rows(model: &Model) -> Range<usize> {
    let len = model.roster.shown().len();
    // Header, hints, two lines of frame and the heading; in higher windows the summary as well.
    let around = if model.size.height >= 14 { 6 } else { 5 };
    let height = usize::from(model.size.height.saturating_sub(around));
    let top = first_row(model.list.selection.row, len, height);
    top..(top + height).min(len)
}

/// Cells of a row of the list: the whole screen, or its share beside the company, less the frame.
pub fn list_cells(model: &Model) -> u16 {
    let width =
        if model.wide() { model.size.width / 13 * 8 + model.size.width % 13 * 8 / 13 } else { model.size.width };
    width.saturating_sub(2)
}
