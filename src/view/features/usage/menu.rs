//! The menus of the usage.

use crate::app::features::usage::table::UsageColumn;
use crate::app::features::usage::{UsageMenu, months, period};
use crate::app::screen::Screen;
use crate::view::Scene;
use crate::view::widgets::{menu, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, usage: &UsageMenu) {
    let words = &scene.words.usage;
    let (rows, cursor, title, keys) = match usage {
        UsageMenu::Period(pick) => (periods(scene), pick.cursor, words.period, words.period_keys),
        UsageMenu::Sort(pick) => (columns(scene), pick.cursor, words.sort, words.sort_keys),
    };
    // In a tab the period is that of its company, whose name the menu may cover.
    let company = scene.model.selected().filter(|_| scene.model.screen == Screen::Companies);
    let title = company.map_or_else(|| title.to_owned(), |(_, company)| format!("{title} ─ {}", company.name));
    let mut dialog = menu::for_keys(scene, area, keys, 44).title(title);
    dialog.rows(rows, cursor);
    dialog.render(frame);
}

fn periods(scene: &Scene<'_>) -> Vec<Line<'static>> {
    let words = &scene.words.usage;
    let chosen = period(scene.model);
    let row = |(at, month): (usize, crate::domain::usage::Period)| {
        let sign = if month == chosen { "●" } else { " " };
        let message = match at {
            0 => words.this_month,
            1 => words.last_month,
            _ => "",
        };
        let name = scene.clock.month(month.start);
        let pad = " ".repeat(16_usize.saturating_sub(text::width(&name)));
        Line::from(vec![
            Span::styled(format!(" {sign} "), scene.theme.accent),
            Span::raw(format!("{name}{pad} ")),
            Span::styled(message, scene.theme.muted),
        ])
    };
    months(scene.model.now).into_iter().enumerate().map(row).collect()
}

fn columns(scene: &Scene<'_>) -> Vec<Line<'static>> {
    let sort = scene.model.usage.sort;
    let row = |(number, column)| {
        let descending = Some(sort.descending).filter(|_| sort.column == column);
        menu::sort_row(number, descending, (scene.words.usage.column_whole)(column))
    };
    (1..).zip(UsageColumn::ALL).map(row).collect()
}
