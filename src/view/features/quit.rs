//! The question before leaving.

use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, quit: bool) {
    let menu = &scene.words.menus;
    let mut dialog = DialogFrame::sized(scene, area, 58).title(menu.leave).border(scene.theme.waiting);
    dialog.indent("  ");
    dialog.blank();
    let room = dialog.room().saturating_sub(2);
    text::wrapped(dialog.lines(), ("  ", Style::new()), menu.leave_text, Style::new(), room);
    dialog.blank();
    dialog.buttons([(menu.leave_stay, !quit, true), (menu.leave_go, quit, true)]);
    dialog.render(frame);
}
