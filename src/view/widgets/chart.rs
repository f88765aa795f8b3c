//! Seats from day to day as bars, with the seat limit as a line and the days ahead dotted; and the small curve of
//! the list.
//!
//! ```text
//!  50 │──────────────────────────────   the seat limit
//!  42 │▄▄▄▄▅▅▅▅████████████·········    bars: end of day; dots: if today's seats stay
//!   0 │██████████████████████
//!      1   5    10   15   20   25   30
//! ```

use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const LIMIT: &str = "─";
const AHEAD: &str = "·";
/// Wider bars are no easier to read.
const WIDEST: u16 = 5;
/// Fewer rows than these tell nothing.
pub(in crate::view) const LEAST_HEIGHT: u16 = 4;

/// What is drawn.
pub(in crate::view) struct Chart {
    /// Seats at the end of each day of the period; none where there is no such fact.
    pub seats: Vec<Option<u32>>,
    /// The seat limit.
    pub limit: Option<u32>,
    /// Seats on the days ahead, if nothing changes.
    pub ahead: Option<u32>,
}

impl Chart {
    /// The value at the upper edge. A limit far above everything would press the bars flat: it is told in words.
    fn top(&self) -> u32 {
        let most = self.most();
        self.limit.filter(|_| self.shows_limit()).map_or(most, |limit| most.max(limit)).max(1)
    }

    fn most(&self) -> u32 {
        self.seats.iter().flatten().copied().chain(self.ahead).max().unwrap_or(0)
    }

    /// The limit is within the picture.
    pub fn shows_limit(&self) -> bool {
        self.limit.is_some_and(|limit| limit > 0 && limit <= self.most().saturating_mul(2).max(8))
    }

    /// The first day without a fact, counted from the last fact on: there the projection begins.
    fn facts(&self) -> usize {
        self.seats.iter().rposition(Option::is_some).map_or(0, |last| last + 1)
    }

    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        if area.height < LEAST_HEIGHT || area.width < 12 || self.seats.is_empty() {
            return;
        }
        let rows = area.height - 1;
        let axis = self.axis(scene, frame, Rect { height: rows, ..area });
        let plot = Rect { x: area.x + axis, width: area.width - axis, height: rows, ..area };
        let days = u16::try_from(self.seats.len()).unwrap_or(u16::MAX);
        let each = (plot.width / days).clamp(1, WIDEST);
        // A window too narrow for a cell a day shows the last days.
        let skip = usize::from(days.saturating_sub(plot.width / each));
        for (at, day) in (0_u16..).zip(skip..self.seats.len()) {
            let cell = Rect { x: plot.x + at * each, width: each, ..plot };
            self.day(scene, frame, cell, day);
        }
        let labels = Rect { y: plot.bottom(), height: 1, ..plot };
        day_labels(scene, frame, labels, each, skip, self.seats.len());
    }

    /// The largest value, the limit and nothing at their heights; answers the cells taken.
    fn axis(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) -> u16 {
        let top = self.top();
        let mut marks = vec![(area.height - 1, top)];
        if let Some(limit) = self.limit.filter(|_| self.shows_limit()) {
            marks.push((level(limit, top, area.height), limit));
        }
        marks.push((0, 0));
        let number = |value: u32| scene.words.number(u64::from(value));
        let width = marks.iter().map(|(_, value)| text::width(&number(*value))).max().unwrap_or(1);
        for row in 0..area.height {
            let y = area.bottom() - 1 - row;
            let label = marks.iter().find(|(at, _)| *at == row).map(|(_, value)| number(*value)).unwrap_or_default();
            let line = format!(" {label:>width$} │");
            frame.render_widget(Span::styled(line, scene.theme.muted), Rect { y, height: 1, ..area });
        }
        u16::try_from(width + 3).unwrap_or(area.width).min(area.width)
    }

    /// One day: a bar, or what stands where there is none.
    fn day(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, day: usize) {
        let top = self.top();
        let gap = u16::from(area.width >= 2);
        let seats = self.seats.get(day).copied().flatten();
        let limit = self.limit.filter(|_| self.shows_limit()).map(|limit| level(limit, top, area.height));
        let ahead = self.ahead.filter(|_| day >= self.facts()).map(|ahead| level(ahead, top, area.height));
        let full = seats.zip(self.limit).is_some_and(|(seats, limit)| limit > 0 && seats >= limit);
        let bar = if full { scene.theme.danger } else { scene.theme.chart };
        let filled = seats.map_or(0, |seats| eighths(seats, top, area.height));
        for row in 0..area.height {
            let y = area.bottom() - 1 - row;
            let part = usize::try_from(filled.saturating_sub(u32::from(row) * 8).min(8)).unwrap_or(0);
            for x in area.x..area.right() {
                let in_gap = x + gap >= area.right();
                let (glyph, style) = if part > 0 && !in_gap {
                    (EIGHTHS.get(part).copied().unwrap_or("█"), bar)
                } else if ahead == Some(row) && (limit != Some(row) || x % 2 == 0) {
                    (AHEAD, scene.theme.muted)
                } else if limit == Some(row) {
                    (LIMIT, scene.theme.waiting)
                } else {
                    continue;
                };
                if let Some(cell) = frame.buffer_mut().cell_mut((x, y)) {
                    cell.set_symbol(glyph).set_style(style);
                }
            }
        }
    }
}

/// The row, from below, in which a value ends.
fn level(value: u32, top: u32, rows: u16) -> u16 {
    let row = (u64::from(value) * u64::from(rows)).saturating_sub(1) / u64::from(top.max(1));
    u16::try_from(row).unwrap_or(u16::MAX).min(rows.saturating_sub(1))
}

/// The height of a bar in eighths of a row. A seat at all is never nothing.
fn eighths(value: u32, top: u32, rows: u16) -> u32 {
    let eighths = (u64::from(value) * u64::from(rows) * 8).div_ceil(u64::from(top.max(1)));
    u32::try_from(eighths).unwrap_or(u32::MAX)
}

/// Numbers of days below the bars, as many as there is room for.
fn day_labels(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, each: u16, skip: usize, days: usize) {
    let mut free = area.x;
    for (at, day) in (0_u16..).zip(skip + 1..=days) {
        let x = area.x + at * each;
        let wanted = each >= 3 || day == 1 || day % 5 == 0;
        let label = day.to_string();
        let width = u16::try_from(label.len()).unwrap_or(2);
        if !wanted || x < free || x + width > area.right() {
            continue;
        }
        frame.render_widget(Span::styled(label, scene.theme.muted), Rect { x, width, ..area });
        free = x + width + 1;
    }
}

/// A curve in so many cells, its end the last day. Changes of less than a quarter of the largest value stay in the
/// middle: seats that hardly move shall not look like a leap.
pub(in crate::view) fn curve(daily: &[u32], cells: usize) -> String {
    let len = daily.len();
    if len == 0 || cells == 0 {
        return String::new();
    }
    let cells = cells.min(len);
    let most = u64::from(daily.iter().copied().max().unwrap_or(0));
    let least = u64::from(daily.iter().copied().min().unwrap_or(0));
    let range = (most - least).max(most.div_ceil(4)).max(1);
    // In halves, so that what is left over can be put in equal parts above and below.
    let base = (2 * least).saturating_sub(range - (most - least));
    let value = |cell: usize| daily.get(((cell + 1) * len / cells).saturating_sub(1)).copied().unwrap_or(0);
    let glyph = |seats: u32| {
        let height = 1 + (2 * u64::from(seats)).saturating_sub(base) * 7 / (2 * range);
        EIGHTHS.get(usize::try_from(height).unwrap_or(8).min(8)).copied().unwrap_or("█")
    };
    (0..cells).map(|cell| glyph(value(cell))).collect()
}

#[cfg(test)]
mod tests {
    use crate::view::widgets::chart::*;

    #[test]
    fn a_curve_ends_with_the_last_day_and_fits() {
        let rising: Vec<u32> = (1..=30).collect();
        assert_eq!(curve(&rising, 8), "▁▂▃▄▅▆▇█");
        assert_eq!(curve(&[0, 0, 5], 8), "▁▁█", "as many cells as days");
        assert_eq!(curve(&[], 8), "");
        assert_eq!(curve(&[0; 30], 10), "▁".repeat(10));
    }

    #[test]
    fn small_changes_look_small() {
        assert_eq!(curve(&[100, 101], 2), "▄▄");
        assert_eq!(curve(&[7; 30], 8), "▄".repeat(8));
        assert_eq!(curve(&[1; 30], 8), "▄".repeat(8), "one seat is not none");
    }

    #[test]
    fn values_stand_at_their_height() {
        assert_eq!((level(50, 50, 10), level(25, 50, 10), level(0, 50, 10)), (9, 4, 0));
        assert_eq!((eighths(50, 50, 10), eighths(1, 5_000, 10), eighths(0, 50, 10)), (80, 1, 0));
        assert_eq!(level(u32::MAX, 1, 10), 9);
    }

    #[test]
    fn a_limit_far_above_everything_does_not_press_the_bars_flat() {
        let chart = |limit| Chart { seats: vec![Some(10), Some(20)], limit: Some(limit), ahead: None };
        assert_eq!((chart(30).top(), chart(30).shows_limit()), (30, true));
        assert_eq!((chart(1_500).top(), chart(1_500).shows_limit()), (20, false));
    }
}
