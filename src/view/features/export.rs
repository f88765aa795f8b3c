//! Where a file of companies is to be written.

use crate::app::features::export::ExportDialog;
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::{input, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, export: &ExportDialog) {
    let (words, theme, options) = (&scene.words.export, scene.theme, &scene.model.options);
    let mut dialog = DialogFrame::new(scene, area, 84);
    let room = dialog.room();
    dialog.line(Line::styled(format!(" {}", text::cut(words.prompt, room)), theme.muted));
    dialog.input(input::visible(&export.line, room.saturating_sub(1)), !export.writing);
    dialog.blank();
    let replaces = export.replaces(options);
    match &export.error {
        Some(_) if replaces => dialog.signed(("!", theme.waiting), words.exists, theme.strong),
        Some(error) => {
            let hint = scene.words.describe(error).hint;
            dialog.signed(("✖", theme.danger), &format!("{}. {hint}", scene.words.one_line(error)), Style::new());
        }
        None => {}
    }
    if export.writing {
        dialog.line(format!(" {} {} …", scene.spinner(), words.writing));
    } else if !export.line.text().trim().is_empty() {
        dialog.signed(("→", theme.muted), &export.path(options).display().to_string(), theme.muted);
    }
    let count = export.rows() as u64;
    let keys = match (export.writing, replaces) {
        (true, _) => "",
        (false, true) => words.replace_keys,
        (false, false) => words.keys,
    };
    dialog.title((words.title)(export.kind(), count, &scene.words.number(count))).keys(keys).render(frame);
}
