//! What narrows the activity.

use crate::app::command::Command;
use crate::app::features::activity::{ActivityMenu, MenuRow, Narrow, front_feed, menu_chosen, menu_rows};
use crate::view::Scene;
use crate::view::features::activity::name_of;
use crate::view::features::menus;
use crate::view::overlay::{keys, popup};
use crate::view::widgets::input;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, menu: &ActivityMenu) {
    let words = &scene.words.activity;
    let nothing = Narrow::default();
    let asked = front_feed(scene.model).and_then(|(_, trail)| trail).map_or(&nothing, |trail| &trail.narrow);
    let rows = menu_rows(menu, asked);
    let lead = text::width(words.actor) + 4;
    let title = match scene.model.selected().filter(|_| menu.company.is_none()) {
        Some((_, company)) => format!("{} ─ {}", words.menu, company.name),
        None => words.menu.to_owned(),
    };
    let height = u16::try_from(rows.len() + 4).unwrap_or(u16::MAX);
    let menu_keys = (words.menu_keys)(&scene.key(Command::ActivityClear));
    let width = u16::try_from(text::width(&menu_keys) + 4).unwrap_or(64).max(60);
    let inner = popup(scene, frame, area, (width, height), &title, scene.theme.accent);
    let room = usize::from(inner.width);
    let (typed, cursor) = input::visible(&menu.line, room.saturating_sub(lead + 1));
    let all: Vec<Line<'static>> = rows.iter().map(|row| line(scene, row, asked, &typed, room)).collect();
    let body = Rect { height: inner.height.saturating_sub(2), ..inner };
    menus::rows(scene, frame, body, &all, menu.pick.cursor.min(rows.len().saturating_sub(1)));
    keys(scene, frame, inner, &menu_keys);
    if menu.typing() {
        // The line is the first row, and with the cursor on it the menu is at its top.
        frame.set_cursor_position((inner.x + u16::try_from(lead + cursor).unwrap_or(0), inner.y));
    }
}

fn line(scene: &Scene<'_>, row: &MenuRow, asked: &Narrow, typed: &str, room: usize) -> Line<'static> {
    let words = &scene.words.activity;
    let said = match row {
        MenuRow::Actor => {
            let prompt = Span::styled(format!(" {} ❯ ", words.actor), scene.theme.key);
            return Line::from(vec![prompt, Span::raw(typed.to_owned())]);
        }
        MenuRow::Company(key) => {
            let account = scene.model.account_of(key).filter(|_| scene.model.accounts.several());
            let said = (words.this_company)(&name_of(scene, key));
            account.map_or_else(|| said.clone(), |account| format!("{said} · {}", account.label))
        }
        MenuRow::AnyAction => words.any_action.to_owned(),
        MenuRow::Action(action) => (words.action)(action).into_owned(),
    };
    // A tick can be set and taken back, of the actions one is in force.
    let sign = match (row, menu_chosen(asked, row)) {
        (MenuRow::Company(_), true) => "[✔]",
        (MenuRow::Company(_), false) => "[ ]",
        (_, true) => "(●)",
        (_, false) => "( )",
    };
    Line::from(format!(" {sign} {}", text::cut(&said, room.saturating_sub(6))))
}
