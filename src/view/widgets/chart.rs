//! Seats from day to day as a line of steps on an axis that begins near the smallest value, or at zero; and the small
//! curve of the tables. One cell of ink a day, in the colour of the text: what is loud on a screen is something else.
//!
//! ```text
//!  1,260 ┤        ╭───────╮
//!  1,250 ┤────────╯       │   ╭─· ·      dots: if today's seats stay
//!  1,240 ┤                ╰───╯
//!        └1───────5───────10───15──
//! ```

use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const LIMIT: &str = "┄";
const AHEAD: &str = "·";
/// Fewer rows than these tell nothing.
pub(in crate::view) const LEAST_HEIGHT: u16 = 4;

/// What is drawn.
pub(in crate::view) struct Chart {
    /// Seats at the end of each day of the period; none where there is no such fact.
    pub seats: Vec<Option<u32>>,
    /// The seat limit.
    pub limit: Option<u32>,
    /// What the limit is called at its line.
    pub limit_label: String,
    /// Seats on the days ahead, if nothing changes.
    pub ahead: Option<u32>,
    /// The axis begins at zero.
    pub from_zero: bool,
}

/// The values of the rows: `low` is that of the lowest, the next is `step` more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::view) struct Scale {
    pub low: u32,
    step: u32,
    rows: u16,
}

impl Scale {
    /// The row from below that is nearest to a value.
    fn row(self, value: u32) -> u16 {
        let steps = (value.saturating_sub(self.low).saturating_add(self.step / 2)) / self.step.max(1);
        u16::try_from(steps).unwrap_or(u16::MAX).min(self.rows.saturating_sub(1))
    }

    /// Rows of the chart in this scale, with the line of days.
    pub fn height(self) -> u16 {
        self.rows + 1
    }

    fn high(self) -> u32 {
        self.low.saturating_add(self.step.saturating_mul(u32::from(self.rows.saturating_sub(1))))
    }
}

impl Chart {
    fn values(&self) -> impl Iterator<Item = u32> {
        self.seats.iter().flatten().copied().chain(self.ahead)
    }

    /// The axis in at most so many rows, in steps that are round numbers.
    pub fn scale(&self, rows: u16) -> Scale {
        let (mut least, mut most) = (self.values().min().unwrap_or(0), self.values().max().unwrap_or(0));
        if self.from_zero {
            least = 0;
        }
        // A limit far above everything would press the line flat: it is told in words.
        let range = (most - least).max(4);
        if let Some(limit) = self.limit.filter(|limit| *limit >= least.saturating_sub(range) && *limit <= most + range)
        {
            (least, most) = (least.min(limit), most.max(limit));
        }
        let steps =
            (0..10).flat_map(|power| [1, 2, 3, 4, 5].map(|unit| 10_u32.saturating_pow(power).saturating_mul(unit)));
        let fits = steps.map(|step| {
            let low = least / step * step;
            (low, step, (most - low).div_ceil(step).saturating_add(1))
        });
        let most_rows = u32::from(rows.max(2));
        let (low, step, needed) =
            fits.into_iter().find(|(.., needed)| *needed <= most_rows).unwrap_or((0, u32::MAX, 2));
        // A line that never moves has room on both sides.
        let (low, needed) = if needed < 3 && most_rows > 2 { (low.saturating_sub(step), 3) } else { (low, needed) };
        Scale { low, step, rows: u16::try_from(needed).unwrap_or(rows) }
    }

    /// The limit is within the picture.
    pub fn shows_limit(&self, rows: u16) -> bool {
        let scale = self.scale(rows);
        self.limit.is_some_and(|limit| (scale.low..=scale.high()).contains(&limit))
    }

    /// The first day without a fact, counted from the last fact on: there the projection begins.
    fn facts(&self) -> usize {
        self.seats.iter().rposition(Option::is_some).map_or(0, |last| last + 1)
    }

    /// Draws it at the foot of the area; answers its axis.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) -> Option<Scale> {
        if area.height < LEAST_HEIGHT || area.width < 12 || self.seats.is_empty() {
            return None;
        }
        let scale = self.scale(area.height - 1);
        let height = scale.rows + 1;
        let area = Rect { y: area.bottom().saturating_sub(height), height, ..area };
        let axis = axis(scene, frame, area, scale);
        let plot = Rect { x: area.x + axis, width: area.width.saturating_sub(axis), height: scale.rows, ..area };
        // A window too narrow for a cell a day shows the last days.
        let skip = self.seats.len().saturating_sub(usize::from(plot.width));
        let limit = self.limit.filter(|limit| (scale.low..=scale.high()).contains(limit)).map(|limit| scale.row(limit));
        if let Some(row) = limit {
            let at = Rect { y: plot.bottom() - 1 - row, height: 1, ..plot };
            frame.render_widget(Span::styled(LIMIT.repeat(usize::from(plot.width)), scene.theme.waiting), at);
        }
        self.line(scene, frame, (plot, skip), scale);
        if let Some(row) = limit {
            self.limit_label(scene, frame, Rect { y: plot.bottom() - 1 - row, height: 1, ..plot });
        }
        days(scene, frame, Rect { y: plot.bottom(), height: 1, ..plot }, skip, self.seats.len());
        Some(scale)
    }

    fn line(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, (plot, skip): (Rect, usize), scale: Scale) {
        let mut before = None;
        for day in skip..self.seats.len() {
            let (from, to) = (
                column(plot, day - skip, self.seats.len() - skip),
                column(plot, day - skip + 1, self.seats.len() - skip),
            );
            let Some(seats) = self.seats.get(day).copied().flatten() else {
                before = None;
                self.dots(scene, frame, (plot, from..to), (day, scale));
                continue;
            };
            let full = self.limit.is_some_and(|limit| limit > 0 && seats >= limit);
            let style = if full { scene.theme.danger } else { scene.theme.chart };
            let row = scale.row(seats);
            for x in from..to {
                put(scene, frame, plot, (x, row), "─", style);
            }
            if let Some(last) = before.replace(row).filter(|last| *last != row) {
                let (low, high) = (row.min(last), row.max(last));
                let (foot, head) = if row > last { ("╯", "╭") } else { ("╰", "╮") };
                (low + 1..high).for_each(|between| put(scene, frame, plot, (from, between), "│", style));
                put(scene, frame, plot, (from, low), foot, style);
                put(scene, frame, plot, (from, high), head, style);
            }
        }
    }

    /// The days ahead, each second cell.
    fn dots(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        (plot, cells): (Rect, std::ops::Range<u16>),
        (day, scale): (usize, Scale),
    ) {
        let Some(ahead) = self.ahead.filter(|_| day >= self.facts()) else { return };
        for x in cells.filter(|x| (x - plot.x) % 2 == 0) {
            put(scene, frame, plot, (x, scale.row(ahead)), AHEAD, scene.theme.muted);
        }
    }

    /// The limit says itself what it is, where nothing else stands on its line.
    fn limit_label(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, line: Rect) {
        let label = format!(" {} ", self.limit_label);
        let width = text::cells(text::width(&label));
        let buffer = frame.buffer_mut();
        let free = |x: u16| (x..x + width).all(|x| buffer.cell((x, line.y)).is_some_and(|cell| cell.symbol() == LIMIT));
        let places = [line.right().saturating_sub(width + 1), line.x + 1];
        if let Some(x) = places.into_iter().filter(|_| line.width > width * 2).find(|x| free(*x)) {
            frame.render_widget(Span::styled(label, scene.theme.waiting), Rect { x, width, ..line });
        }
    }
}

/// Where a day begins.
fn column(plot: Rect, day: usize, days: usize) -> u16 {
    let at = usize::from(plot.width) * day / days.max(1);
    plot.x + u16::try_from(at).unwrap_or(plot.width)
}

fn put(scene: &Scene<'_>, frame: &mut Frame<'_>, plot: Rect, (x, row): (u16, u16), glyph: &str, style: Style) {
    let y = plot.bottom().saturating_sub(1 + row);
    if let Some(cell) = frame.buffer_mut().cell_mut((x, y)).filter(|_| plot.contains((x, y).into())) {
        // Over the line of the limit, too, in a colour of its own.
        cell.set_symbol(glyph).set_style(Style::reset().patch(scene.theme.text).patch(style));
    }
}

/// The values of the rows, and the corner below them; answers the cells taken.
fn axis(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, scale: Scale) -> u16 {
    let value = |row: u16| scene.words.number(u64::from(scale.low) + u64::from(scale.step) * u64::from(row));
    let width = (0..scale.rows).map(|row| text::width(&value(row))).max().unwrap_or(1);
    for row in 0..scale.rows {
        let line = format!("{:>width$} ┤", value(row));
        let y = area.bottom().saturating_sub(2 + row);
        frame.render_widget(Span::styled(line, scene.theme.muted), Rect { y, height: 1, ..area });
    }
    let corner = Span::styled(format!("{:>width$} └", ""), scene.theme.muted);
    frame.render_widget(corner, Rect { y: area.bottom().saturating_sub(1), height: 1, ..area });
    text::cells(width + 2).min(area.width)
}

/// Numbers of days in the line below, as many as there is room for.
fn days(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, skip: usize, days: usize) {
    frame.render_widget(Span::styled("─".repeat(usize::from(area.width)), scene.theme.muted), area);
    let mut free = area.x;
    for day in (skip + 1..=days).filter(|day| *day == 1 || day % 5 == 0) {
        let (x, label) = (column(area, day - 1 - skip, days - skip), day.to_string());
        let width = text::cells(label.len());
        if x >= free && x + width <= area.right() {
            frame.render_widget(Span::styled(label, scene.theme.muted), Rect { x, width, ..area });
            free = x + width + 1;
        }
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

    fn chart(seats: &[u32], limit: Option<u32>) -> Chart {
        let seats = seats.iter().map(|seats| Some(*seats)).collect();
        Chart { seats, limit, limit_label: String::new(), ahead: None, from_zero: false }
    }

    #[test]
    fn the_axis_begins_near_the_smallest_value_in_round_steps() {
        for (seats, rows, low, step, needed) in [
            (&[1_225, 1_259][..], 6, 1_220, 10, 5),
            (&[39, 42], 6, 39, 1, 4),
            (&[39, 42], 3, 38, 2, 3),
            (&[7, 7], 6, 6, 1, 3),
            (&[0, 0], 6, 0, 1, 3),
            (&[1_186, 1_259], 4, 1_170, 30, 4),
            (&[0, u32::MAX], 4, 0, 2_000_000_000, 4),
        ] {
            let scale = chart(seats, None).scale(rows);
            assert_eq!((scale.low, scale.step, scale.rows), (low, step, needed), "{seats:?} in {rows}");
            assert!(seats.iter().all(|value| scale.row(*value) < needed));
        }
        let zero = Chart { from_zero: true, ..chart(&[1_225, 1_259], None) }.scale(6);
        assert_eq!((zero.low, zero.step, zero.rows), (0, 300, 6));
    }

    #[test]
    fn values_stand_at_the_row_that_is_nearest() {
        let scale = Scale { low: 1_220, step: 10, rows: 5 };
        assert_eq!([1_220, 1_224, 1_225, 1_259, 9_999].map(|value| scale.row(value)), [0, 0, 1, 4, 4]);
        assert_eq!(scale.row(3), 0);
    }

    #[test]
    fn a_limit_far_above_everything_does_not_press_the_line_flat() {
        assert!(chart(&[40, 44], Some(50)).scale(20).low == 40 && !chart(&[40, 44], Some(50)).shows_limit(20));
        assert!(chart(&[40, 44], Some(48)).shows_limit(20));
        assert!(chart(&[56, 56], Some(56)).shows_limit(20));
        assert!(!chart(&[10, 20], Some(1_500)).shows_limit(20));
    }
}
