//! The menu of views: each with its letter and its count, and the saved ones with their numbers.

use crate::app::features::companies::Chip;
use crate::app::features::companies::views::{ViewMenu, saved, shown};
use crate::domain::ui_state::SavedView;
use crate::view::Scene;
use crate::view::features::companies::title;
use crate::view::widgets::{input, menu, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of a view's name.
const NAME: usize = 18;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &ViewMenu) {
    let menus = &scene.words.menus;
    let keys = if dialog.naming.is_some() { menus.view_name_keys } else { menus.views_keys };
    let mut out = menu::for_keys(scene, area, menus.views_keys, 56).title(menus.views);
    let room = out.room();
    let own = saved(scene.model).iter().enumerate().map(|(at, saved)| saved_row(scene, at, saved, room));
    out.rows(Chip::ALL.into_iter().map(|chip| row(scene, chip)).chain(own).collect(), dialog.menu.cursor);
    if let Some(line) = &dialog.naming {
        out.text(menus.view_name, scene.theme.muted);
        out.input(input::visible(line, room.saturating_sub(3)), true);
    }
    out.keys(keys).render(frame);
}

fn row(scene: &Scene<'_>, chip: Chip) -> Line<'static> {
    let (count, unknown) = chip.count(scene.model);
    let unknown = if unknown > 0 { format!(" +{}?", scene.words.number(unknown)) } else { String::new() };
    let here = if chip.active(scene.model) { "●" } else { " " };
    Line::from(vec![
        Span::raw(format!(" {}  {here} {}", chip.letter(), text::pad((scene.words.header.chip)(chip), NAME))),
        Span::styled(format!("{}{unknown}", scene.count(count)), scene.theme.muted),
    ])
}

fn saved_row(scene: &Scene<'_>, at: usize, saved: &SavedView, room: usize) -> Line<'static> {
    let here = if shown(scene.model) == Some(saved) { "●" } else { " " };
    let lead = format!(" {}  {here} {}", at + 1, text::pad(&saved.name, NAME));
    let what =
        text::cut(&title::summary(scene, &saved.view.query), room.saturating_sub(text::width(&lead))).into_owned();
    Line::from(vec![Span::raw(lead), Span::styled(what, scene.theme.muted)])
}
