//! Where a file of companies is to be written.

use crate::app::features::export::ExportDialog;
use crate::view::Scene;
use crate::view::overlay::{keys, lines, popup, wrapped};
use crate::view::widgets::input;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &ExportDialog) {
    let (words, theme, options) = (&scene.words.export, scene.theme, &scene.model.options);
    let width = area.width.saturating_sub(4).min(84);
    let room = usize::from(width.saturating_sub(4));
    let mut all = vec![Line::styled(format!(" {}", text::cut(words.prompt, room)), theme.muted)];
    let input_row = all.len();
    let (typed, cursor) = input::visible(&dialog.line, room.saturating_sub(1));
    all.push(Line::from(vec![Span::styled(" ❯ ", theme.key), Span::raw(typed)]));
    all.push(Line::default());
    let replaces = dialog.replaces(options);
    match &dialog.error {
        Some(_) if replaces => wrapped(&mut all, (" ! ", theme.waiting), words.exists, theme.strong, room),
        Some(error) => {
            let told = scene.words.describe(error);
            let said = format!("{}. {}", scene.words.one_line(error), told.hint);
            wrapped(&mut all, (" ✖ ", theme.danger), &said, Style::new(), room);
        }
        None => {}
    }
    if dialog.writing {
        all.push(Line::from(format!(" {} {} …", scene.spinner(), words.writing)));
    } else if !dialog.line.text().trim().is_empty() {
        wrapped(&mut all, (" → ", theme.muted), &dialog.path(options).display().to_string(), theme.muted, room);
    }
    let height = u16::try_from(all.len() + 3).unwrap_or(u16::MAX);
    let count = dialog.keys.len() as u64;
    let title = (words.title)(count, &scene.words.number(count));
    let inner = popup(scene, frame, area, (width, height), &title, theme.accent);
    lines(frame, Rect { height: inner.height.saturating_sub(1), ..inner }, &all, 0);
    let known = if replaces { words.replace_keys } else { words.keys };
    keys(scene, frame, inner, if dialog.writing { "" } else { known });
    if !dialog.writing
        && let (Ok(row), Ok(column)) = (u16::try_from(input_row), u16::try_from(cursor))
    {
        frame.set_cursor_position((inner.x + 3 + column, inner.y + row));
    }
}
