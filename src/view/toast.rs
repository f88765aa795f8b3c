//! Notices, above the hint bar at the right; the newest lowest. They cover as little as they can.

use crate::app::toast::{Kind, Notification};
use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType};

/// The most lines of one notice.
const MOST_LINES: usize = 3;

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let width = area.width.saturating_sub(4).min(64);
    let mut bottom = area.bottom().saturating_sub(1);
    for toast in scene.model.toasts.iter().rev() {
        let message = (scene.words.notification)(&toast.says, &scene.clock);
        let mut lines = text::wrap(&message, usize::from(width.saturating_sub(6)));
        lines.truncate(MOST_LINES);
        let longest = lines.iter().map(|line| text::width(line)).max().unwrap_or(0);
        let (glyph, style) = face(scene, &toast.says);
        let box_width = u16::try_from(longest + 6).unwrap_or(width).min(area.width);
        let box_height = u16::try_from(lines.len()).unwrap_or(1) + 2;
        if bottom < area.y + box_height + 1 {
            return;
        }
        let at = Rect {
            x: area.right().saturating_sub(box_width + 1),
            y: bottom - box_height,
            width: box_width,
            height: box_height,
        };
        bottom = at.y;
        let block = Block::bordered().border_type(BorderType::Rounded).border_style(style);
        let inner = block.inner(at);
        crate::view::clear(scene, frame, at);
        frame.render_widget(block, at);
        for (row, line) in (0_u16..).zip(lines) {
            let lead = if row == 0 { glyph } else { " " };
            let line = Line::from(vec![
                ratatui::text::Span::styled(format!(" {lead} "), style),
                ratatui::text::Span::raw(line),
            ]);
            frame.render_widget(line, Rect { y: inner.y + row, height: 1, ..inner });
        }
    }
}

fn face(scene: &Scene<'_>, says: &Notification) -> (&'static str, Style) {
    match says.kind() {
        Kind::Done => ("✔", scene.theme.good),
        Kind::Sent => ("→", scene.theme.accent),
        Kind::Unlinked => ("◌", scene.theme.accent),
        Kind::Notice => ("!", scene.theme.waiting),
        Kind::Unknown => ("?", scene.theme.waiting),
        Kind::Failed => ("✖", scene.theme.danger),
    }
}
