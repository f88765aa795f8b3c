//! The rows of menus.

use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::text;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// A menu that is as wide as its keys take, and at least so many cells.
pub(in crate::view) fn for_keys<'a>(scene: &'a Scene<'a>, area: Rect, keys: &str, least: u16) -> DialogFrame<'a> {
    let keys = scene.keys(keys);
    DialogFrame::sized(scene, area, text::cells(text::width(&keys) + 4).max(least)).keys(keys)
}

/// A menu about something whose name is the title.
pub(in crate::view) fn about<'a>(scene: &'a Scene<'a>, area: Rect, title: String) -> DialogFrame<'a> {
    let width = text::cells(text::width(&title) + 6).clamp(52, 80);
    DialogFrame::sized(scene, area, width).title(title)
}

/// `2  ↓ Seats`: a column to sort by, and which way it is sorted now, if it is.
pub(in crate::view) fn sort_row(number: usize, descending: Option<bool>, column: &str) -> Line<'static> {
    let arrow = match descending {
        Some(true) => "↓",
        Some(false) => "↑",
        None => " ",
    };
    Line::from(format!(" {number}  {arrow} {column}"))
}

/// `3  label`, in so many cells.
pub(in crate::view) fn numbered(number: usize, label: &str, room: usize) -> Line<'static> {
    Line::from(format!(" {number}  {}", text::cut(label, room)))
}
