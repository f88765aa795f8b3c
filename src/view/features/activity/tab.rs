//! The tab of activity: who did what to this company.

use crate::app::features::activity::Place;
use crate::app::model::Details;
use crate::view::features::activity::{body, narrowing};
use crate::view::features::usage::below;
use crate::view::widgets::text;
use crate::view::{Scene, stacked};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, focused: bool) {
    let Some((key, _)) = scene.model.selected() else { return };
    let nothing = Details::default();
    let trail = &scene.model.selected_details().unwrap_or(&nothing).activity;
    let parts = narrowing(scene, &trail.narrow, false);
    let mut rest = area;
    if !parts.is_empty() {
        let said = text::cut(&parts.join(" ─ "), usize::from(area.width.saturating_sub(2))).into_owned();
        stacked(frame, area, &[Line::styled(format!(" {said}"), scene.theme.strong)]);
        rest = below(area, 1);
    }
    body(scene, frame, rest, (trail, &Place::Tab(key)), focused);
}
