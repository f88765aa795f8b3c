//! For how long attention is set aside.

use crate::app::features::attention::SnoozeMenu;
use crate::app::update::SNOOZE_DAYS;
use crate::view::Scene;
use crate::view::widgets::{menu, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, snooze: &SnoozeMenu) {
    let words = &scene.words.attention;
    let title = match snooze.companies.as_slice() {
        [(key, name)] => scene.identified(key, (name, snooze.distinction.as_deref()), 74),
        many => (scene.words.bulk.title)(many.len() as u64, &scene.words.number(many.len() as u64)),
    };
    let mut dialog = menu::about(scene, area, title).height(9).keys(words.keys);
    let room = dialog.room();
    dialog.line(Line::styled(format!(" {}", text::cut(words.explain, room)), scene.theme.muted));
    dialog.begin_scroll();
    let rows = (1..).zip(SNOOZE_DAYS).map(|(number, days)| menu::numbered(number, (words.snooze)(days), room));
    dialog.rows(rows.collect(), snooze.menu.cursor);
    dialog.render(frame);
}
