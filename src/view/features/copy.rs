//! What can be copied of a company, each with its letter and what it would be.

use crate::app::features::copy::{CopyMenu, What, on_shown};
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of the labels.
const LABEL: usize = 22;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, menu: &CopyMenu) {
    let words = &scene.words.copy;
    let title = (words.title)(&menu.company);
    let mut dialog = DialogFrame::new(scene, area, 78).title(title).keys(words.keys);
    let room = dialog.room().saturating_sub(LABEL + 5);
    let row = |row: &crate::app::features::copy::menu::CopyRow| {
        let label = text::pad((words.what)(row.what), LABEL);
        let shown = (row.what == What::UnderCursor && on_shown(scene.model)).then(|| crate::view::copied(scene.model));
        let preview = shown.as_ref().unwrap_or(&row.text).replace('\n', " · ");
        let preview = text::cut(&preview, room).into_owned();
        Line::from(vec![
            Span::styled(format!(" {}  ", row.what.letter()), scene.theme.key),
            Span::raw(format!("{label} ")),
            Span::styled(preview, scene.theme.muted),
        ])
    };
    dialog.rows(menu.rows.iter().map(row).collect(), menu.menu.cursor);
    dialog.render(frame);
}
