//! The tab of activity: who did what to this company.

use crate::app::features::activity::Place;
use crate::app::model::Details;
use crate::view::Scene;
use crate::view::features::activity::{body, narrowing};
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, focused: bool) {
    let Some((key, _)) = scene.model.selected() else { return };
    let nothing = Details::default();
    let feed = &scene.model.selected_details().unwrap_or(&nothing).activity;
    let parts = narrowing(scene, &feed.narrow, false);
    let mut rest = area;
    if !parts.is_empty() {
        let message = text::cut(&parts.join(" ─ "), usize::from(area.width.saturating_sub(2))).into_owned();
        rest = text::stack(frame, area, vec![Line::styled(format!(" {message}"), scene.theme.strong)]);
    }
    body(scene, frame, rest, (feed, &Place::Tab(key)), focused);
}
