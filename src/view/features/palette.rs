//! Every command by name, and why one cannot run now: disabled, never hidden.

use crate::app::command::Command;
use crate::app::features::palette::Palette;
use crate::app::key::Sequence;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::{input, text};
use crate::view::{Scene, hints};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, palette: &Palette) {
    let menu = &scene.words.menus;
    let mut dialog = DialogFrame::sized(scene, area, 72).height(18).title(menu.palette).keys(menu.palette_keys);
    let room = dialog.inner_width();
    let (typed, cursor) = input::visible(&palette.line, room.saturating_sub(4));
    dialog.cursor_at(3 + cursor);
    dialog.line(Line::from(vec![Span::styled(" : ", scene.theme.key), Span::raw(typed)]));
    dialog.blank();
    dialog.begin_scroll();
    if palette.found.is_empty() {
        dialog.line(Line::styled(format!(" {}", menu.palette_none), scene.theme.muted));
    }
    dialog.rows(palette.found.iter().map(|command| row(scene, *command, room)).collect(), palette.cursor);
    dialog.render(frame);
}

fn row(scene: &Scene<'_>, command: Command, room: usize) -> Line<'static> {
    // With marks each label says which companies it means.
    let cells = if scene.model.marks.is_empty() { 22 } else { 33 };
    let label = hints::about(scene, command, (scene.words.command)(command).label);
    let key = scene.model.options.keymap.keys(command).first().map(Sequence::to_string).unwrap_or_default();
    let pad = |text: &str, cells: usize| " ".repeat(cells.saturating_sub(text::width(text)));
    let (style, tail) = match command.ready(scene.model) {
        Ok(()) => (Style::new(), (scene.words.command)(command).help.to_owned()),
        Err(why) => (scene.theme.muted, (scene.words.disabled)(&why, &scene.clock)),
    };
    let tail = text::cut(&tail, room.saturating_sub(10 + text::width(&label).max(cells))).into_owned();
    Line::from(vec![
        Span::styled(format!(" {key}{} ", pad(&key, 5)), scene.theme.key),
        Span::styled(format!("{label}{} ", pad(&label, cells)), style),
        Span::styled(tail, scene.theme.muted),
    ])
}
