//! Key figures of a period: cards where there is room, else lines.

use crate::app::features::usage::table::UsageColumn;
use crate::app::features::usage::today;
use crate::domain::usage::{Period, Thousandths, Usage};
use crate::view::Scene;
use crate::view::widgets::bars::{fullness, meter};
use crate::view::widgets::card::{card, columns};
use crate::view::widgets::text;
use jiff::civil::Date;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Rows of a card with its frame.
const CARD: u16 = 4;
/// Cells that a card needs, and from how many rows on the screen there is room for cards.
const LEAST_CARD: u16 = 26;
const LEAST_ROWS: u16 = 24;
/// Cells from which on two figures stand on a line.
const TWO: u16 = 76;

/// One figure: what it is, its value, and what is to be said of it.
pub(super) struct Figure {
    title: String,
    /// The same on a line with others.
    short: String,
    value: Line<'static>,
    note: String,
}

/// The figures of a period beside that of the month before, if it is known. A period that is over has no projection.
pub(super) fn figures(scene: &Scene<'_>, usage: &Usage, (shown, before): (Period, Option<Thousandths>)) -> Vec<Figure> {
    let words = &scene.words.usage;
    let counted = u32::try_from(usage.days.len()).unwrap_or(0);
    let running = today(scene.model.now) <= usage.period.end;
    let strong = |text: String| Line::styled(text, scene.theme.strong);
    let known = |text: String| if counted > 0 { text } else { scene.words.company.nothing.to_owned() };
    let billed = Figure {
        title: if running { words.billed } else { words.billed_over }.to_owned(),
        short: if running { words.billed_short } else { words.billed_over }.to_owned(),
        value: strong(known(scene.words.decimal(usage.net_usage))),
        note: (words.counted)(counted, usage.period.days()),
    };
    let projection = usage.projection.filter(|_| running).map(|net| Figure {
        title: words.projection.to_owned(),
        short: (words.column)(UsageColumn::Projection).to_owned(),
        value: strong(scene.words.decimal(net)),
        note: words.if_stays.to_owned(),
    });
    std::iter::once(billed)
        .chain(projection)
        .chain([seats(scene, usage, running), compared(scene, usage, (shown, before))])
        .collect()
}

fn seats(scene: &Scene<'_>, usage: &Usage, running: bool) -> Figure {
    let words = &scene.words.usage;
    let title = if running { words.today } else { words.last_day }.to_owned();
    let Some(last) = usage.days.last() else {
        let value = Line::from(scene.words.company.nothing);
        return Figure { short: title.clone(), title, value, note: String::new() };
    };
    let number = |number: u32| scene.words.number(u64::from(number));
    let mut value = vec![Span::styled(number(last.seats), scene.theme.strong)];
    if let Some(limit) = usage.limit {
        let (seats, whole) = (u64::from(last.seats), u64::from(limit));
        let share = (seats * 100).checked_div(whole).unwrap_or(100);
        value = vec![Span::styled((words.of_limit)(&number(last.seats), &number(limit)), scene.theme.strong)];
        let (sign, style) = fullness(scene, share);
        value.push(Span::raw(format!("  {}", meter(seats, whole, 5))));
        value.push(Span::styled(format!("  {sign}{}", scene.words.percent(share)), style));
    }
    let peak = peak(usage).map(|(first, last)| (words.peak)(&number(usage.peak), &scene.clock.civil_days(first, last)));
    Figure { short: title.clone(), title, value: Line::from(value), note: peak.unwrap_or_default() }
}

/// The last days on which the peak stood.
fn peak(usage: &Usage) -> Option<(Date, Date)> {
    let at = usage.days.iter().rposition(|day| day.seats == usage.peak)?;
    let run = usage.days.get(..=at)?.iter().rev().take_while(|day| day.seats == usage.peak);
    Some((run.last()?.date, usage.days.get(at)?.date))
}

fn compared(scene: &Scene<'_>, usage: &Usage, (shown, before): (Period, Option<Thousandths>)) -> Figure {
    let words = &scene.words.usage;
    let month = scene.clock.month_name(shown.month_before().start);
    let title = (words.compared)(month);
    let short = (words.versus)(month);
    let Some(before) = before.filter(|_| !usage.days.is_empty()) else {
        let note = (words.before_unknown)(month);
        return Figure { title, short, value: Line::styled(scene.words.company.nothing, scene.theme.muted), note };
    };
    let change = usage.net_usage.less(before);
    let mut value = vec![Span::styled(scene.words.signed(change), scene.theme.strong)];
    if before.0 > 0 {
        let tenths = i128::from(change) * 1_000_000 / i128::from(before.0);
        let percent = scene.words.percent(scene.words.signed(i64::try_from(tenths / 10).unwrap_or(i64::MAX)));
        value.push(Span::raw(format!("  ({percent})")));
    }
    Figure { title, short, value: Line::from(value), note: (words.before)(month, &scene.words.decimal(before)) }
}

/// Answers how many rows it took.
pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, figures: &[Figure]) -> u16 {
    let count = text::cells(figures.len());
    if area.height >= LEAST_ROWS && area.width >= LEAST_CARD * count {
        for (at, figure) in columns(Rect { height: CARD, ..area }, count).zip(figures) {
            let fits = text::width(&figure.title) + 6 <= usize::from(at.width);
            let title = if fits { &figure.title } else { &figure.short };
            let inner = card(scene, frame, at, (title, ""), false);
            let note = text::cut(&figure.note, usize::from(inner.width)).into_owned();
            text::stack(frame, inner, vec![figure.value.clone(), Line::styled(note, scene.theme.muted)]);
        }
        return CARD;
    }
    let each = if area.width >= TWO { 2 } else { 1 };
    let rows = text::cells(figures.len().div_ceil(usize::from(each))).min(area.height);
    let titles = figures.iter().map(|figure| text::width(&figure.short)).max().unwrap_or(0);
    for (row, pair) in (0..rows).zip(figures.chunks(usize::from(each))) {
        let line = Rect { y: area.y + row, height: 1, ..area };
        for (at, figure) in columns(line, each).zip(pair) {
            frame.render_widget(one_line(scene, figure, (titles, usize::from(at.width))), at);
        }
    }
    rows
}

fn one_line(scene: &Scene<'_>, figure: &Figure, (titles, width): (usize, usize)) -> Line<'static> {
    let mut line = Line::from(Span::styled(format!(" {}  ", text::pad(&figure.short, titles)), scene.theme.muted));
    line.spans.extend(
        figure.value.spans.iter().map(|span| Span::styled(span.content.clone(), figure.value.style.patch(span.style))),
    );
    let room = width.saturating_sub(line.width() + 3);
    if !figure.note.is_empty() && room >= text::width(&figure.note) {
        line.push_span(Span::styled(format!("  {}", figure.note), scene.theme.muted));
    }
    crate::view::widgets::grid::cut(line, width.saturating_sub(1))
}
