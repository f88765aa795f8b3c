//! The tab of usage: the numbers of the period, and its seats from day to day.

use crate::app::features::usage::period;
use crate::app::model::Details;
use crate::view::Scene;
use crate::view::features::usage::{chart, elsewhere, facts, of_period, phase};
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// A higher chart is no easier to read.
const HIGHEST: u16 = 18;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, _focused: bool) {
    let shown = period(scene.model);
    let nothing = Details::default();
    let remote = &scene.model.selected_details().unwrap_or(&nothing).usage;
    let month = Line::styled(format!(" {}", scene.clock.month(shown.start)), scene.theme.strong);
    let below = text::stack(frame, area, vec![month]);
    if scene.model.selected().is_some_and(|(key, _)| scene.model.guided(&key.profile)) {
        return elsewhere(scene, frame, below);
    }
    let usage = of_period(remote, shown, |usage| usage.period);
    let rest = phase(scene, frame, below, remote, usage.is_some());
    let Some(usage) = usage else { return };
    let lines = facts(scene, usage, usize::from(rest.width), rest.height >= 12);
    let rest = text::stack(frame, rest, lines);
    let rest = text::below(rest, u16::from(rest.height > 9));
    chart(scene, frame, Rect { height: rest.height.min(HIGHEST), ..rest }, usage);
}
