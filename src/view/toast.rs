//! Notices. What was done, and why something cannot be, has one line on the lower edge of the work, above the hints;
//! failures, and what cannot be taken back, have boxes at the right.

use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::pointer::Target;
use crate::app::screen::Screen;
use crate::app::toast::{Kind, Notification, Toast};
use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

/// The most lines of one box.
const MOST_LINES: usize = 3;

/// The newest notice that has no box, on the lower edge of the work; it covers no row of it.
pub(super) fn line(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let told = |toast: &&Toast| !toast.says.is_boxed();
    let toast = scene.model.toasts.iter().rev().find(told);
    let at = Rect {
        x: area.x + 1,
        y: area.bottom().saturating_sub(1),
        width: area.width.saturating_sub(2),
        height: area.height.min(1),
    };
    let room = usize::from(at.width).saturating_sub(4);
    let ((glyph, style), message) = match toast {
        Some(toast) => (face(scene, &toast.says), (scene.words.notification)(&toast.says, &scene.clock)),
        None if welcomes(scene.model) => (("▸", scene.theme.accent), welcome(scene, room)),
        None => return,
    };
    let all = format!(" · {}", (scene.words.header.in_full)(&scene.key(Command::Details)));
    // What does not fit is read in the history.
    let whole = text::width(&message) <= room;
    let message = text::cut(&message, if whole { room } else { room.saturating_sub(text::width(&all)) }).into_owned();
    crate::view::clear(scene, frame, at);
    let mut line = Line::from(vec![Span::styled(format!(" {glyph} "), style), Span::raw(message)]);
    if !whole {
        line.push_span(Span::styled(all, scene.theme.muted));
    }
    frame.render_widget(line, at);
}

/// Whether there is a line for who is new. What went wrong with a list stands in its place.
fn welcomes(model: &Model) -> bool {
    let free = model.overlays.is_empty() && model.accounts.error().is_none();
    model.since.welcome && model.screen == Screen::Companies && free
}

/// Where to begin, in as many words as fit.
fn welcome(scene: &Scene<'_>, room: usize) -> String {
    let [long, short] = (scene.words.since.welcome)(&|command| scene.key(command));
    if text::width(&long) <= room { long } else { short }
}

/// The boxes, the newest lowest. They cover as little as they can, and Esc takes them away.
pub(super) fn boxes(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let width = area.width.saturating_sub(4).min(64);
    let mut bottom = area.bottom().saturating_sub(1);
    let lowest = scene.model.toasts.iter().rposition(|toast| toast.says.is_boxed());
    for (at, toast) in scene.model.toasts.iter().enumerate().rev().filter(|(_, toast)| toast.says.is_boxed()) {
        let message = (scene.words.notification)(&toast.says, &scene.clock);
        let mut lines = text::wrap(&message, usize::from(width.saturating_sub(6)));
        lines.truncate(MOST_LINES);
        let longest = lines.iter().map(|line| text::width(line)).max().unwrap_or(0);
        let keys = (scene.words.header.dismiss)(&scene.key(Command::Back), &scene.key(Command::Details));
        let keys = Some(format!(" {keys} ")).filter(|_| Some(at) == lowest);
        let longest = longest.max(keys.as_deref().map_or(0, text::width).min(usize::from(width).saturating_sub(6)));
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
        let mut block = Block::bordered().border_type(BorderType::Rounded).border_style(style);
        if let Some(keys) = keys {
            block = block.title_bottom(Line::styled(keys, scene.theme.muted).right_aligned());
        }
        let inner = block.inner(at);
        scene.aim(at, Target::Notice);
        crate::view::clear(scene, frame, at);
        frame.render_widget(block, at);
        for (row, line) in (0_u16..).zip(lines) {
            let lead = if row == 0 { glyph } else { " " };
            let line = Line::from(vec![Span::styled(format!(" {lead} "), style), Span::raw(line)]);
            frame.render_widget(line, Rect { y: inner.y + row, height: 1, ..inner });
        }
    }
}

/// The sign of a notice.
pub(super) fn face(scene: &Scene<'_>, says: &Notification) -> (&'static str, Style) {
    match says.kind() {
        Kind::Done => ("✔", scene.theme.good),
        Kind::Sent => ("→", scene.theme.accent),
        Kind::Unlinked => ("◌", scene.theme.accent),
        Kind::Notice => ("!", scene.theme.waiting),
        Kind::Unknown => ("?", scene.theme.waiting),
        Kind::Failed => ("✖", scene.theme.danger),
    }
}
