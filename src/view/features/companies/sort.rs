//! The menu of the order.

use crate::domain::roster::Column;
use crate::view::Scene;
use crate::view::widgets::{menu, text};
use ratatui::Frame;
use ratatui::layout::Rect;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cursor: usize) {
    let words = &scene.words;
    let sort = scene.model.roster.query().sort;
    let row = |(number, column)| {
        let descending = sort.filter(|sort| sort.column == column).map(|sort| sort.descending);
        menu::sort_row(number, descending, &text::capital((words.companies.column)(column)))
    };
    let mut dialog = menu::for_keys(scene, area, words.menus.sort_keys, 30).title(words.menus.sort);
    dialog.rows((1..).zip(Column::ALL).map(row).collect(), cursor);
    dialog.render(frame);
}
