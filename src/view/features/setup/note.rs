//! The note of a step.

use crate::app::features::setup::NoteDialog;
use crate::view::Scene;
use crate::view::overlay::{failed, keys, popup, wrapped};
use crate::view::widgets::input;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &NoteDialog) {
    let words = &scene.words.setup;
    let width = area.width.saturating_sub(4).min(76);
    let room = usize::from(width.saturating_sub(4));
    let mut all =
        vec![Line::from(format!(" {}", (words.note_title)(&(scene.words.setup.step)(&dialog.step)))), Line::default()];
    let input_row = all.len();
    // The prompt takes three cells; a cursor behind the last letter must not stand on the frame.
    let (typed, cursor) = input::visible(&dialog.line, room.saturating_sub(1));
    all.push(Line::from(vec![Span::styled(" ❯ ", scene.theme.key), Span::raw(typed)]));
    all.push(Line::default());
    if let Some(error) = dialog.submission.error() {
        failed(&mut all, scene, error, " ", room);
    }
    if dialog.submission.sending() {
        crate::view::overlay::under_way(scene, &mut all, " ", words.saving, room);
    } else if dialog.submission.asking() {
        wrapped(&mut all, (" ! ", scene.theme.waiting), words.note_asking, scene.theme.strong, room);
    }
    let height = u16::try_from(all.len() + 3).unwrap_or(u16::MAX);
    let inner = popup(
        scene,
        frame,
        area,
        (width, height),
        &scene.identified(&dialog.key, &dialog.company, room),
        scene.theme.accent,
    );
    crate::view::overlay::lines(frame, Rect { height: inner.height.saturating_sub(1), ..inner }, &all, 0);
    keys(scene, frame, inner, words.note_keys);
    if !dialog.submission.sending()
        && let (Ok(row), Ok(column)) = (u16::try_from(input_row), u16::try_from(cursor))
    {
        frame.set_cursor_position((inner.x + 3 + column, inner.y + row));
    }
}
