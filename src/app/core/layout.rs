//! Where things are on the screen. Drawing follows it, and so do paging and what is loaded for visible rows only.

use crate::app::model::Model;
use crate::app::msg::Size;
use std::ops::Range;

/// Below this size nothing useful fits, in columns and rows.
pub const SMALLEST: Size = Size { width: 40, height: 10 };
/// From this width on the company stands beside the list.
pub const WIDE: u16 = 110;
/// From this height on there is room for the summary.
pub const HIGH: u16 = 14;
/// From this width on screens, account, technician and connection stand in one line.
pub const ONE_LINE: u16 = 150;
/// Below this height one line has to do for them, whatever has to give way.
pub const TWO_LINES: u16 = 18;

/// How the screen is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// Rows of the header, with the names of the screens.
    pub header: u16,
    /// Rows between header and list, or header and company.
    pub summary: u16,
    /// Columns of the list with its frame: all, or its share beside the company.
    pub list_width: u16,
    /// Rows of the list.
    pub list_rows: u16,
}

pub fn layout(size: Size) -> Areas {
    let summary = u16::from(size.height >= HIGH);
    let header = if size.width < ONE_LINE && size.height >= TWO_LINES { 2 } else { 1 };
    // Eight thirteenths, rounded.
    let share = size.width / 13 * 8 + (size.width % 13 * 8 + 6) / 13;
    Areas {
        header,
        summary,
        list_width: if size.width >= WIDE { share } else { size.width },
        // Less hints, two lines of frame and the heading.
        list_rows: size.height.saturating_sub(4 + header + summary),
    }
}

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
    let height = usize::from(layout(model.size).list_rows);
    let top = first_row(model.list.selection.row, len, height);
    top..(top + height).min(len)
}

/// Columns of the list with its frame, as long as it is on the screen.
pub fn list_width(model: &Model) -> u16 {
    if model.wide() { layout(model.size).list_width } else { model.size.width }
}

/// Cells of a row of the list, within its frame.
pub fn list_cells(model: &Model) -> u16 {
    list_width(model).saturating_sub(2)
}
