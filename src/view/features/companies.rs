//! The list of managed companies.
//!
//! ```text
//! ┌ Managed Companies  12 of 48 ─ /bright ─ status: active ─ seats ↓ ──────────┐
//! │    Company ↑          Status                   Seats        Setup  Owners  │
//! │▌★● Brightwater GmbH   ⚑ Active · seats 84%…    42/50 ▰▰▰▰▱    4/5       2  │
//! └ what failed, why, and when it is tried again ────────────────── 1–9 of 12 ─┘
//! ```

mod attention;
mod cells;
pub(in crate::view) mod choose_columns;
mod columns;
pub(in crate::view) mod filter;
pub(in crate::view) mod sort;
mod states;
pub(in crate::view) mod title;
pub(in crate::view) mod views;

use crate::app::core::layout::first_row;
use crate::app::features::attention::showing;
use crate::app::focus::{Focus, focus};
use crate::app::model::Pane;
use crate::app::pointer::Target;
use crate::domain::company::Company;
use crate::domain::id::CompanyKey;
use crate::view::features::accounts;
use crate::view::widgets::text;
use crate::view::{Scene, pane_block};
use columns::Columns;
use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let focused = scene.model.pane == Pane::List;
    let room = usize::from(area.width.saturating_sub(4));
    let mut block = pane_block(scene, focused).title(title::line(scene, room));
    let inner = block.inner(area);
    let shown = scene.model.roster.shown();
    let height = usize::from(inner.height.saturating_sub(1));
    let urgent = showing(scene.model).then(|| attention::Lines::of(scene));
    let (line, len) = match &urgent {
        Some(lines) => (lines.line(scene.model.list.selection.row), lines.len()),
        None => (scene.model.list.selection.row, shown.len()),
    };
    let top = first_row(line, len, height);
    if let Some(footer) = states::footer(scene, room) {
        block = block.title_bottom(footer);
    }
    frame.render_widget(block, area);
    if focus(scene.model) == Focus::Search {
        frame.set_cursor_position((area.x + title::cursor(scene, room), area.y));
    }
    if shown.is_empty() {
        states::draw(scene, frame, inner);
        return;
    }
    if let Some(lines) = urgent {
        attention::draw(scene, frame, inner, &lines, top, focused);
        return scrollbar(scene, frame, area, top, len, height);
    }
    let rows: Vec<_> = shown.iter().skip(top).take(height).filter_map(|id| scene.model.roster.read(*id)).collect();
    // One cell of air before the edge, which is the scroll bar's.
    let columns = Columns::fit(scene, &rows, inner.width.saturating_sub(1), accounts::cells(scene));
    columns.heading(scene, frame, Rect { height: 1, ..inner });
    let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    for (row, (key, company)) in (0_u16..body.height).zip(&rows) {
        let selected = scene.model.list.selection.key.as_ref() == Some(key);
        scene.aim(Rect { y: body.y + row, height: 1, ..body }, Target::Company(top + usize::from(row)));
        let marked = scene.model.marks.contains(key);
        columns.row(
            scene,
            frame,
            Rect { y: body.y + row, height: 1, ..body },
            (key, company),
            Selection { selected, focused, marked },
        );
    }
    scrollbar(scene, frame, area, top, shown.len(), height);
    scene.in_sight.replace(Some((top..shown.len().min(top + height), shown.len())));
}

/// How a row stands to the cursor.
#[derive(Clone, Copy)]
struct Selection {
    selected: bool,
    focused: bool,
    marked: bool,
}

impl Selection {
    /// The style laid over the whole row: only the focused pane has a bar, so that one sees where keys go.
    fn style(self, scene: &Scene<'_>) -> Style {
        match (self.selected, self.focused) {
            (true, true) => scene.theme.selected,
            (true, false) => scene.theme.strong,
            (false, _) => Style::new(),
        }
    }
}

fn scrollbar(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, top: usize, len: usize, height: usize) {
    if len <= height {
        return;
    }
    let mut state = ScrollbarState::new(len - height).position(top).viewport_content_length(height);
    let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .track_symbol(None)
        .thumb_symbol("║")
        .thumb_style(scene.theme.accent);
    frame.render_stateful_widget(bar, area.inner(Margin { horizontal: 0, vertical: 1 }), &mut state);
}

/// The sign of a company that changed since the last visit.
const NEWS: &str = "•";
/// Cells of the sign and the space before it.
const NEWS_CELLS: u16 = 2;

/// The name of a company, and at the end of its cell whether it changed since the last visit.
fn draw_name(scene: &Scene<'_>, frame: &mut Frame<'_>, cell: Rect, (key, company): (&CompanyKey, &Company)) {
    let news = scene.model.roster.is_news(key);
    let room = cell.width.saturating_sub(if news { NEWS_CELLS } else { 0 });
    frame.render_widget(name(scene, company, usize::from(room)), Rect { width: room, ..cell });
    if news && cell.width > 0 {
        let at = Rect { x: cell.right() - 1, width: 1, ..cell };
        frame.render_widget(Span::styled(NEWS, scene.theme.accent), at);
    }
}

/// The name, with what the search matched marked.
fn name(scene: &Scene<'_>, company: &Company, cells: usize) -> Line<'static> {
    let shown = text::cut(&company.name, cells).into_owned();
    let blank = company.name.trim().is_empty();
    if blank {
        return Line::styled(scene.words.company.nothing, scene.theme.muted);
    }
    // What is cut off takes its marks with it; the ellipsis is not a part of the name.
    let kept =
        if shown.len() == company.name.len() { shown.len() } else { shown.len().saturating_sub('…'.len_utf8()) };
    let mut line = Line::default();
    let mut at = 0;
    for range in scene.model.roster.highlights(company) {
        let (start, end) = (range.start.min(kept), range.end.min(kept));
        if start < at || start == end {
            continue;
        }
        push(&mut line, shown.get(at..start), Style::new());
        push(&mut line, shown.get(start..end), scene.theme.matched);
        at = end;
    }
    push(&mut line, shown.get(at..), Style::new());
    line
}

fn push(line: &mut Line<'static>, part: Option<&str>, style: Style) {
    if let Some(part) = part.filter(|part| !part.is_empty()) {
        line.push_span(Span::styled(part.to_owned(), style));
    }
}

#[cfg(test)]
mod tests {
    use crate::view::features::companies::first_row;

    #[test]
    fn the_cursor_is_always_in_the_window() {
        for height in 1..30 {
            for len in 1..90 {
                for cursor in 0..len {
                    let top = first_row(cursor, len, height);
                    assert!((top..top + height).contains(&cursor), "cursor {cursor} of {len} in {height}: {top}");
                    assert!(top == 0 || top + height <= len, "no empty rows below: {cursor} of {len} in {height}");
                }
            }
        }
    }

    #[test]
    fn most_moves_leave_the_window_where_it_is() {
        let hops = (0..999).filter(|cursor| first_row(*cursor, 1000, 20) != first_row(cursor + 1, 1000, 20)).count();
        assert!(hops <= 100, "{hops} hops over 999 moves");
    }
}
