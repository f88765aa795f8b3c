//! What narrows the activity.

use crate::app::command::Command;
use crate::app::features::activity::{ActivityMenu, MenuRow, Narrow, front_feed, menu_chosen, menu_rows};
use crate::view::Scene;
use crate::view::features::activity::name_of;
use crate::view::widgets::{input, menu, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, activity: &ActivityMenu) {
    let words = &scene.words.activity;
    let nothing = Narrow::default();
    let asked = front_feed(scene.model).and_then(|(_, feed)| feed).map_or(&nothing, |feed| &feed.narrow);
    let title = match scene.model.selected().filter(|_| activity.company.is_none()) {
        Some((_, company)) => format!("{} ─ {}", words.menu, company.name),
        None => words.menu.to_owned(),
    };
    let keys = (words.menu_keys)(&scene.key(Command::ActivityClear));
    let mut dialog = menu::for_keys(scene, area, &keys, 60).title(title);
    let room = dialog.inner_width();
    let lead = text::width(words.actor) + 4;
    let (typed, cursor) = input::visible(&activity.line, room.saturating_sub(lead + 1));
    if activity.typing() {
        // The line is the first row, and with the cursor on it the menu is at its top.
        dialog.cursor_at(lead + cursor);
    }
    let rows = menu_rows(activity, asked);
    dialog.rows(rows.iter().map(|row| line(scene, row, asked, &typed, room)).collect(), activity.pick.cursor);
    dialog.render(frame);
}

fn line(scene: &Scene<'_>, row: &MenuRow, asked: &Narrow, typed: &str, room: usize) -> Line<'static> {
    let words = &scene.words.activity;
    let message = match row {
        MenuRow::Actor => {
            let prompt = Span::styled(format!(" {} ❯ ", words.actor), scene.theme.key);
            return Line::from(vec![prompt, Span::raw(typed.to_owned())]);
        }
        MenuRow::Company(key) => {
            let account = scene.model.account_of(key).filter(|_| scene.model.accounts.several());
            let message = (words.this_company)(&name_of(scene, key));
            account.map_or_else(|| message.clone(), |account| format!("{message} · {}", account.label))
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
    Line::from(format!(" {sign} {}", text::cut(&message, room.saturating_sub(6))))
}
