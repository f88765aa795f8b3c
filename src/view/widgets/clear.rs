//! Makes room for what is drawn over the rest.

use super::text;
use crate::view::Scene;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

/// Empties an area for what is drawn over the rest. A letter two cells wide that the left edge cuts in half
/// would take the edge's cell with it, so it goes as well.
pub(in crate::view) fn clear(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, scene.theme.text);
    let Some(left) = area.x.checked_sub(1) else { return };
    for y in area.y..area.bottom() {
        if let Some(cell) = frame.buffer_mut().cell_mut((left, y))
            && text::width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
    }
}

/// The same for a dialog, with a cell of air to either side. A word that it covers in part goes as a whole: half of one
/// would be read as another.
pub(in crate::view) fn clear_around(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let screen = frame.area();
    let x = area.x.saturating_sub(1).max(screen.x);
    let air = Rect { x, width: (area.right() + 1).min(screen.right()) - x, ..area };
    let in_word = |symbol: &str| !symbol.chars().all(|c| c.is_whitespace() || ('\u{2500}'..='\u{259f}').contains(&c));
    for y in air.top()..air.bottom() {
        let buffer = frame.buffer_mut();
        let word = |x: u16| buffer.cell((x, y)).is_some_and(|cell| in_word(cell.symbol()));
        let before = (screen.x..air.x).rev().take_while(|x| word(*x) && word(air.x)).count();
        let after = (air.right()..screen.right()).take_while(|x| word(*x) && word(air.right() - 1)).count();
        for x in (air.x - text::cells(before)..air.x).chain(air.right()..air.right() + text::cells(after)) {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.set_symbol(" ");
            }
        }
    }
    clear(scene, frame, air);
}
