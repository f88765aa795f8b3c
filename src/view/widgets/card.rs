//! Cards: a frame with a title, the key of what it is about at the right, and a cell of air inside.
//!
//! ```text
//! ╭─ Seats ───────────── 3 guests ─╮╭─ Setup ──────────────────── ] open ─╮
//! │ 42 of 50   84%   8 left        ││ ▰▰▰▰▱  4 of 5                       │
//! ╰────────────────────────────────╯╰─────────────────────────────────────╯
//! ```

use crate::view::widgets::text;
use crate::view::{Scene, pane_block};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

/// Draws the frame; answers the room inside. What stands at the right gives way to the title.
pub(in crate::view) fn card(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    (title, right): (&str, &str),
    focused: bool,
) -> Rect {
    let room = usize::from(area.width.saturating_sub(6));
    let title = text::cut(title, room).into_owned();
    let left = room.saturating_sub(text::width(&title) + 3);
    let mut block = pane_block(scene, focused).title(Span::styled(format!(" {title} "), scene.theme.title));
    if !right.is_empty() && text::width(right) <= left {
        // Of the text's own colour, whatever the frame's.
        let style = scene.theme.title.remove_modifier(Modifier::BOLD);
        block = block.title(Line::styled(format!(" {right} "), style).right_aligned());
    }
    let inner = block.inner(area);
    frame.render_widget(block, area);
    Rect { x: inner.x + 1.min(inner.width), width: inner.width.saturating_sub(2), ..inner }
}

/// The area in so many columns; what does not divide goes to the last ones.
pub(in crate::view) fn columns(area: Rect, count: u16) -> impl Iterator<Item = Rect> {
    let edge = move |at: u16| u32::from(area.width) * u32::from(at) / u32::from(count.max(1));
    (0..count).map(move |at| {
        let (from, to) = (u16::try_from(edge(at)).unwrap_or(0), u16::try_from(edge(at + 1)).unwrap_or(0));
        Rect { x: area.x + from, width: to - from, ..area }
    })
}
