//! The one table of the screens and tabs beside the list of companies: columns that give way to the window, a row
//! under the cursor, and only the rows that are visible.
//!
//! ```text
//!   Company               State        Since        <- heading
//! ▌ Brightwater GmbH      Waiting      3 days ago   <- cursor
//! ```

use crate::app::pointer::Target;
use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells between two columns.
const GAP: usize = 2;
/// Cells in front of the first column: the cursor's mark and a space.
const LEAD: usize = 2;
/// A column that takes what is left is never narrower than this while others can go.
const LEAST: usize = 14;

pub(in crate::view) struct Column {
    title: String,
    cells: Option<usize>,
    right: bool,
    keep: u8,
    least: usize,
}

impl Column {
    /// Takes what the others leave; always there.
    pub fn rest(title: &str) -> Self {
        Self { title: title.to_owned(), cells: None, right: false, keep: 0, least: LEAST }
    }

    /// Of so many cells, and at least as many as its title.
    pub fn of(title: &str, cells: usize) -> Self {
        Self {
            title: title.to_owned(),
            cells: Some(cells.max(text::width(title))),
            right: false,
            keep: 0,
            least: LEAST,
        }
    }

    /// Keeps so many cells while others can go.
    pub fn least(self, cells: usize) -> Self {
        Self { least: cells, ..self }
    }

    /// Numbers stand at the right.
    pub fn right(self) -> Self {
        Self { right: true, ..self }
    }

    /// In narrow windows the column with the largest number goes first; 0 never goes.
    pub fn gives_way(self, order: u8) -> Self {
        Self { keep: order, ..self }
    }
}

/// A table of so many rows.
pub(in crate::view) struct Grid {
    pub columns: Vec<Column>,
    pub len: usize,
    pub cursor: Option<usize>,
    /// Whether its pane has the keys: only then the cursor is a bar.
    pub focused: bool,
}

impl Grid {
    /// Draws heading and visible rows; `row` gives the cells of a row, as many as there are columns.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        area: Rect,
        row: impl Fn(usize) -> Vec<Line<'static>>,
    ) {
        if area.height == 0 {
            return;
        }
        let widths = self.widths(usize::from(area.width));
        let heading = scene.theme.muted.patch(scene.theme.strong);
        let titles = self.columns.iter().map(|column| Line::styled(column.title.clone(), heading)).collect();
        frame.render_widget(self.line(&widths, titles), Rect { height: 1, ..area });
        let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
        let top = first_row(self.cursor.unwrap_or(0), self.len, usize::from(body.height));
        for (y, index) in (0..body.height).zip(top..self.len) {
            let at = Rect { y: body.y + y, height: 1, ..body };
            scene.aim(at, Target::Row { cursor: self.cursor, row: index });
            frame.render_widget(self.line(&widths, row(index)), at);
            if self.focused && self.cursor == Some(index) {
                frame.render_widget(Span::styled("▌", scene.theme.accent), Rect { width: 1, ..at });
                let whole = Rect { x: at.x + 1, width: at.width.saturating_sub(1), ..at };
                frame.buffer_mut().set_style(whole, scene.theme.selected);
            }
        }
        if self.len > top + usize::from(body.height) && body.height > 0 {
            let more = Rect { x: area.right().saturating_sub(1), y: body.bottom() - 1, width: 1, height: 1 };
            frame.render_widget(Span::raw("▾"), more);
        }
        if top > 0 {
            frame
                .render_widget(Span::raw("▴"), Rect { x: area.right().saturating_sub(1), width: 1, height: 1, ..body });
        }
        scene.in_sight.replace(Some((top..self.len.min(top + usize::from(body.height)), self.len)));
    }

    /// Cells of each column; none for one that gave way.
    fn widths(&self, width: usize) -> Vec<Option<usize>> {
        let mut shown: Vec<bool> = self.columns.iter().map(|_| true).collect();
        loop {
            let here = || self.columns.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(column, _)| column);
            let fixed: usize = here().map(|column| column.cells.unwrap_or(0) + GAP).sum();
            let rests = here().filter(|column| column.cells.is_none());
            let (rests, least) = (rests.clone().count(), rests.map(|column| column.least).sum::<usize>());
            let left = width.saturating_sub(LEAD + fixed);
            let next = here().map(|column| column.keep).max().filter(|keep| *keep > 0);
            match next {
                Some(next) if left < least => {
                    for (column, shown) in self.columns.iter().zip(&mut shown) {
                        *shown &= column.keep != next;
                    }
                }
                _ => {
                    let each = left / rests.max(1);
                    let cells = |column: &Column| column.cells.unwrap_or(each);
                    return self.columns.iter().zip(&shown).map(|(column, on)| on.then(|| cells(column))).collect();
                }
            }
        }
    }

    fn line(&self, widths: &[Option<usize>], cells: Vec<Line<'static>>) -> Line<'static> {
        let mut line = Line::from(" ".repeat(LEAD));
        for ((column, width), cell) in self.columns.iter().zip(widths).zip(cells) {
            let Some(width) = *width else { continue };
            let cell = cut(cell, width);
            let pad = " ".repeat(width.saturating_sub(cell.width()));
            let (before, after) = if column.right { (pad, String::new()) } else { (String::new(), pad) };
            line.push_span(before);
            line.spans
                .extend(cell.spans.into_iter().map(|span| Span::styled(span.content, cell.style.patch(span.style))));
            line.push_span(after + &" ".repeat(GAP));
        }
        line
    }
}

/// The line in at most so many cells.
pub(in crate::view) fn cut(line: Line<'static>, cells: usize) -> Line<'static> {
    if line.width() <= cells {
        return line;
    }
    let mut left = cells;
    let mut spans = Vec::new();
    for span in line.spans {
        if left == 0 {
            break;
        }
        let content = text::cut(&span.content, left).into_owned();
        left -= text::width(&content);
        let whole = content == span.content;
        spans.push(Span::styled(content, span.style));
        if !whole {
            break;
        }
    }
    Line { spans, style: line.style, alignment: line.alignment }
}

/// The first row shown: the cursor in the middle, where there are enough rows around it.
fn first_row(cursor: usize, len: usize, height: usize) -> usize {
    cursor.saturating_sub(height / 2).min(len.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use crate::view::widgets::grid::*;

    fn grid() -> Grid {
        let columns = vec![
            Column::rest("Company"),
            Column::of("State", 10),
            Column::of("Since", 10).gives_way(1),
            Column::of("By", 10).gives_way(2),
        ];
        Grid { columns, len: 3, cursor: None, focused: false }
    }

    #[test]
    fn columns_give_way_in_their_order() {
        let shown = |width| grid().widths(width).iter().map(Option::is_some).collect::<Vec<_>>();
        assert_eq!(shown(80), [true, true, true, true]);
        assert_eq!(shown(50), [true, true, true, false]);
        assert_eq!(shown(36), [true, true, false, false]);
        assert_eq!(shown(5), [true, true, false, false]);
    }

    #[test]
    fn a_line_of_several_spans_is_cut_once() {
        let line = Line::from(vec![Span::raw("● "), Span::raw("Waiting for the owner")]);
        let cut = cut(line, 9);
        assert_eq!((cut.width(), cut.to_string().as_str()), (9, "● Waitin…"));
    }
}
