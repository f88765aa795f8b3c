//! Seats from day to day as a card.

use crate::app::command::Command;
use crate::app::features::usage::today;
use crate::domain::usage::Usage;
use crate::view::Scene;
use crate::view::widgets::card::card as framed;
use crate::view::widgets::chart::{Chart, LEAST_HEIGHT};
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// The chart of a period.
pub(in crate::view) fn chart(scene: &Scene<'_>, usage: &Usage) -> Chart {
    let mut seats = vec![None; usize::try_from(usage.period.days()).unwrap_or(0).min(366)];
    for day in &usage.days {
        let at = usage.period.start.until(day.date).map_or(-1, |span| span.get_days());
        if let Some(slot) = usize::try_from(at).ok().and_then(|at| seats.get_mut(at)) {
            *slot = Some(day.seats);
        }
    }
    let running = today(scene.model.now) < usage.period.end && usage.projection.is_some();
    let limit_label = usage.limit.map(|limit| (scene.words.usage.limit)(&scene.words.number(u64::from(limit))));
    Chart {
        seats,
        limit: usage.limit,
        limit_label: limit_label.unwrap_or_default(),
        ahead: usage.days.last().map(|day| day.seats).filter(|_| running),
        from_zero: scene.model.usage.from_zero,
    }
}

/// The chart with its legend in a card; answers how many rows it took, none where there is no room for it.
pub(super) fn card(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, (usage, focused): (&Usage, bool)) -> u16 {
    let words = &scene.words.usage;
    if area.height < LEAST_HEIGHT + 2 || usage.days.is_empty() {
        return 0;
    }
    let chart = chart(scene, usage);
    let legend = u16::from(area.height > LEAST_HEIGHT + 3);
    let rows = area.height - 2 - legend;
    // Fewer steps than rows leave room for what is below.
    let used = chart.scale(rows - 1).height().min(rows).max(LEAST_HEIGHT) + 2 + legend;
    let area = Rect { height: used.min(area.height), ..area };
    let month = scene.clock.month(usage.period.start);
    let (long, short) = ((words.chart)(&month), (words.chart_short)(&month));
    let title = if text::width(&long) + 24 < usize::from(area.width) { long } else { short };
    let command = (scene.words.command)(Command::Period).short;
    let inner = framed(scene, frame, area, (&title, &format!("{} {command}", scene.key(Command::Period))), focused);
    if usage.days.iter().all(|day| day.seats == 0) {
        text::stack(frame, inner, vec![Line::default(), Line::styled(words.zero, scene.theme.muted)]);
        return area.height;
    }
    let [above, below] = text::split_bottom(inner, legend);
    if let Some(scale) = chart.draw(scene, frame, above).filter(|_| legend > 0) {
        let key = scene.key(Command::UsageZero);
        let axis = if scale.low == 0 {
            words.axis_zero.to_owned()
        } else {
            (words.axis)(&scene.words.number(scale.low.into()), &key)
        };
        let dots = chart.ahead.map(|_| words.dots.to_owned());
        let limit = usage.limit.filter(|_| !chart.shows_limit(above.height - 1));
        let limit = limit.map(|limit| (words.above)(&scene.words.number(limit.into())));
        let parts = std::iter::once(axis).chain(limit).chain(dots).chain([words.explain.to_owned()]);
        let mut line = String::new();
        for part in parts {
            let next = if line.is_empty() { part } else { format!("{line} · {part}") };
            if text::width(&next) > usize::from(below.width) {
                break;
            }
            line = next;
        }
        frame.render_widget(Line::styled(line, scene.theme.muted), below);
    }
    area.height
}
