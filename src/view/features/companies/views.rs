//! The menu of views: each with its letter and its count.

use crate::app::features::companies::Chip;
use crate::view::Scene;
use crate::view::widgets::{menu, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cursor: usize) {
    let menus = &scene.words.menus;
    let mut dialog = menu::for_keys(scene, area, menus.views_keys, 40).title(menus.views);
    dialog.rows(Chip::ALL.into_iter().map(|chip| row(scene, chip)).collect(), cursor);
    dialog.render(frame);
}

fn row(scene: &Scene<'_>, chip: Chip) -> Line<'static> {
    let (count, unknown) = chip.count(scene.model);
    let unknown = if unknown > 0 { format!(" +{}?", scene.words.number(unknown)) } else { String::new() };
    let here = if chip.active(scene.model) { "●" } else { " " };
    Line::from(vec![
        Span::raw(format!(" {}  {here} {}", chip.letter(), text::pad((scene.words.header.chip)(chip), 18))),
        Span::styled(format!("{}{unknown}", scene.count(count)), scene.theme.muted),
    ])
}
