//! The tab of usage: the numbers of the period, and its seats from day to day.

use crate::app::features::usage::period;
use crate::app::model::Details;
use crate::view::features::usage::{below, chart, facts, of_period, phase};
use crate::view::{Scene, stacked};
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
    stacked(frame, area, &[month]);
    let usage = of_period(remote, shown, |usage| usage.period);
    let rest = phase(scene, frame, below(area, 1), remote, usage.is_some());
    let Some(usage) = usage else { return };
    let lines = facts(scene, usage, usize::from(rest.width), rest.height >= 12);
    stacked(frame, rest, &lines);
    let rest = below(rest, u16::try_from(lines.len()).unwrap_or(u16::MAX));
    let air = u16::from(rest.height > 9);
    let rest = below(rest, air);
    chart(scene, frame, Rect { height: rest.height.min(HIGHEST), ..rest }, usage);
}
