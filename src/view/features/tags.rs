//! Tags, and for how long attention is set aside.

use crate::app::features::tags::TagsDialog;
use crate::app::update::SNOOZE_DAYS;
use crate::domain::id::CompanyKey;
use crate::view::Scene;
use crate::view::overlay::{failed, keys, lines, popup, wrapped};
use crate::view::widgets::input;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &TagsDialog) {
    let words = &scene.words.tags;
    let width = area.width.saturating_sub(4).min(76);
    let room = usize::from(width.saturating_sub(4));
    let single = dialog.single();
    let hint = if single { words.single_hint } else { words.many_hint };
    let mut all = Vec::new();
    wrapped(&mut all, (" ", Style::new()), hint, scene.theme.muted, room);
    all.push(Line::default());
    let input_row = all.len();
    let (typed, cursor) = input::visible(&dialog.line, room.saturating_sub(1));
    all.push(Line::from(vec![Span::styled(" ❯ ", scene.theme.key), Span::raw(typed)]));
    all.push(Line::default());
    if let Some(error) = dialog.submission.error() {
        failed(&mut all, scene, error, " ", room);
    }
    if dialog.submission.sending() {
        crate::view::overlay::under_way(scene, &mut all, " ", words.saving, room);
    } else if dialog.submission.asking() {
        wrapped(&mut all, (" ! ", scene.theme.waiting), words.asking, scene.theme.strong, room);
    }
    let title = match dialog.companies.as_slice() {
        [(key, name)] => (words.title)(&scene.identified(key, name, room.saturating_sub(16))),
        many => (words.many)(many.len() as u64),
    };
    let height = u16::try_from(all.len() + 3).unwrap_or(u16::MAX);
    let inner = popup(scene, frame, area, (width, height), &title, scene.theme.accent);
    lines(frame, Rect { height: inner.height.saturating_sub(1), ..inner }, &all, 0);
    keys(scene, frame, inner, if single { words.keys } else { words.many_keys });
    if !dialog.submission.sending()
        && let (Ok(row), Ok(column)) = (u16::try_from(input_row), u16::try_from(cursor))
    {
        frame.set_cursor_position((inner.x + 3 + column, inner.y + row));
    }
}

pub(in crate::view) fn snooze(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    companies: &[(CompanyKey, String)],
    cursor: usize,
) {
    let words = &scene.words.attention;
    let name = match companies {
        [(key, name)] => scene.identified(key, name, 74),
        many => (scene.words.bulk.title)(many.len() as u64, &scene.words.number(many.len() as u64)),
    };
    let width = u16::try_from(text::width(&name) + 6).unwrap_or(u16::MAX).clamp(52, 80);
    let inner = popup(scene, frame, area, (width, 9), &name, scene.theme.accent);
    let room = usize::from(inner.width.saturating_sub(2));
    let first = Line::styled(format!(" {}", text::cut(words.explain, room)), scene.theme.muted);
    frame.render_widget(first, Rect { height: 1.min(inner.height), ..inner });
    let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(2), ..inner };
    for ((row, days), number) in (0..rows.height).zip(SNOOZE_DAYS).zip(1..) {
        let at = Rect { y: rows.y + row, height: 1, ..rows };
        frame.render_widget(Line::from(format!(" {number}  {}", text::cut((words.snooze)(days), room))), at);
        if usize::from(row) == cursor {
            frame.buffer_mut().set_style(at, scene.theme.selected);
        }
    }
    keys(scene, frame, inner, words.keys);
}
