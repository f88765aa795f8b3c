//! The menu of the list's columns.

use crate::app::command::Command;
use crate::app::features::companies::choose_columns::ColumnMenu;
use crate::view::Scene;
use crate::view::widgets::menu;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &ColumnMenu) {
    let menus = &scene.words.menus;
    let keys = (menus.columns_keys)(&scene.key(Command::ClearAll));
    let mut out = menu::for_keys(scene, area, &keys, 30).aside().title(menus.columns);
    let row = |(column, shown): &(_, bool)| {
        let tick = if *shown { "[✔]" } else { "[ ]" };
        Line::from(format!(" {tick} {}", (scene.words.companies.list_column)(*column)))
    };
    out.rows(dialog.rows.iter().map(row).collect(), dialog.menu.cursor);
    out.render(frame);
}
