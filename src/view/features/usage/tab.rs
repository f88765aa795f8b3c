//! The tab of usage: key figures of the period, and its seats from day to day.

use crate::app::features::usage::{before_of_company, period};
use crate::app::model::Details;
use crate::view::Scene;
use crate::view::features::usage::{elsewhere, figures, of_period, phase, plot};
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Rows for the month, the key figures in lines, what is said of a failure, and the chart.
const LEAST_CARDS: u16 = 18;
/// A higher chart is no easier to read.
const HIGHEST: u16 = 16;

/// The numbers are there, and there is room for the chart in a card of its own.
pub(in crate::view) fn has_cards(scene: &Scene<'_>, area: Rect) -> bool {
    let shown = period(scene.model);
    let details = scene.model.selected_details();
    let usage = details.and_then(|details| of_period(&details.usage, shown, |usage| usage.period));
    area.height >= LEAST_CARDS && usage.is_some_and(|usage| !usage.days.is_empty())
}

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, focused: bool) {
    let shown = period(scene.model);
    let nothing = Details::default();
    let details = scene.model.selected_details().unwrap_or(&nothing);
    if scene.model.selected().is_some_and(|(key, _)| scene.model.guided(&key.profile)) {
        return elsewhere(scene, frame, area);
    }
    let usage = of_period(&details.usage, shown, |usage| usage.period);
    let month = Line::styled(format!(" {}", scene.clock.month(shown.start)), scene.theme.strong);
    let below = text::stack(frame, area, vec![month]);
    let rest = phase(scene, frame, below, &details.usage, usage.is_some());
    let Some(usage) = usage else { return };
    let before = before_of_company(details, shown).map(|usage| usage.net_usage);
    let figures = figures::figures(scene, usage, (shown, before));
    let rest = text::below(rest, figures::draw(scene, frame, rest, &figures));
    plot::card(scene, frame, Rect { height: rest.height.min(HIGHEST), ..rest }, (usage, focused));
}
