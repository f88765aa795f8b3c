//! The screen of usage: numbers, seats from day to day, and company by company.
//!
//! ```text
//! ╭ Usage ─ November 2026 ─ 48 companies ────────────────────────────╮
//! │ Net usage so far 41.667 (22 of 30 days)                          │
//! │ Projected to 30 Nov: 42.100 if today's seats stay                │
//! │  50 │▆▆▆▆█████·····                                              │
//! │ Company          Seats   Of limit    Net usage ↓   Projected     │
//! ╰──────────────────────────────────────────────────────────────────╯
//! ```

pub(in crate::view) mod menu;
pub(in crate::view) mod tab;

use crate::app::command::Command;
use crate::app::core::remote::Remote;
use crate::app::features::cure;
use crate::app::features::usage::table::{UsageColumn, share};
use crate::app::features::usage::{period, today};
use crate::domain::usage::{CompanyUsage, Period, Usage};
use crate::view::features::accounts;
use crate::view::widgets::chart::{Chart, LEAST_HEIGHT};
use crate::view::widgets::grid::{Column, Grid};
use crate::view::widgets::status::Part;
use crate::view::widgets::{status, text};
use crate::view::{Scene, screens};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let words = &scene.words.usage;
    let pane = &scene.model.usage;
    let shown = period(scene.model);
    let total = pane.total.as_ref().filter(|_| pane.arranged == Some(shown));
    let mut title = vec![words.title.to_owned(), scene.clock.month(shown.start)];
    title.extend(accounts::narrowed_to(scene));
    if total.is_some() {
        let count = pane.order.len();
        title.push((words.companies)(&scene.words.number(count as u64), count == 1));
    }
    let inner = screens::framed(scene, frame, area, &title.join(" ─ "));
    if scene.unknown() {
        return elsewhere(scene, frame, inner);
    }
    let rest = missing(scene, frame, inner, shown);
    let Some(total) = total else { return };
    if pane.order.is_empty() && pane.parts.iter().all(|part| part.counted || !part.shown) {
        let empty = Line::styled(format!(" {}", words.empty), scene.theme.strong);
        text::stack(frame, rest, vec![empty, Line::styled(format!(" {}", words.empty_hint), scene.theme.muted)]);
        return;
    }
    let lines = facts(scene, total, usize::from(rest.width), rest.height >= 16);
    // The table keeps its heading and three rows whatever the window; numbers go before it does.
    let numbers = Rect { height: rest.height.saturating_sub(4), ..rest };
    let used = text::cells(lines.len()).min(numbers.height);
    text::stack(frame, numbers, lines);
    let rest = text::below(rest, used);
    let height = if rest.height >= 13 { (rest.height / 3).clamp(7, 14) } else { 0 };
    chart(scene, frame, Rect { height, ..rest }, total);
    table(scene, frame, text::below(rest, height), total);
}

/// Only the web console shows it.
pub(in crate::view) fn elsewhere(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let words = &scene.words.usage;
    let room = usize::from(area.width.saturating_sub(2));
    let hint = (words.elsewhere_hint)(cure::key(scene.model, Command::UsageTask).as_deref());
    let mut lines = Vec::new();
    text::wrapped(&mut lines, (" ", Style::new()), words.elsewhere, scene.theme.strong, room);
    text::wrapped(&mut lines, (" ", Style::new()), &hint, scene.theme.muted, room);
    text::stack(frame, area, lines);
}

/// What is said of the accounts whose usage is missing, or old; answers the room below it.
fn missing(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, shown: Period) -> Rect {
    let (words, pane) = (&scene.words.usage, &scene.model.usage);
    if let (false, [only]) = (scene.model.accounts.several(), &pane.parts[..]) {
        return phase(scene, frame, area, &only.all, only.of(shown).is_some());
    }
    let (known, elsewhere): (Vec<_>, Vec<_>) =
        pane.parts.iter().filter(|part| part.shown).partition(|part| !scene.model.guided(&part.profile));
    let parts = known.into_iter().map(|part| {
        let seen = part.all.seen.as_ref().filter(|seen| seen.value.usage.period == shown);
        let last = seen.and_then(|seen| seen.value.usage.days.last());
        let note = last.filter(|_| !part.counted).map(|day| (words.ends)(&scene.clock.civil_day(day.date)));
        let (there, error) = (seen.map(|seen| seen.at), part.all.error());
        Part { profile: &part.profile, there, error, note, left_out: !part.counted }
    });
    let mut lines = status::of_parts(scene, &parts.collect::<Vec<_>>(), words.loading, area);
    for part in elsewhere {
        let label = scene.model.accounts.get(&part.profile).map_or("", |account| &account.label);
        let told = (scene.words.accounts.without)(label, words.elsewhere);
        lines.push(Line::styled(format!(" {}", text::cut(&told, usize::from(area.width) - 2)), scene.theme.muted));
    }
    let shown = pane.parts.iter().filter(|part| part.shown);
    let width = usize::from(area.width);
    lines.extend(shown.filter_map(|part| status::left_out_of(scene, &part.profile, &part.all, width)));
    text::stack(frame, area, lines)
}

/// The value, if it is of this period: under another title it would be an untruth.
pub(in crate::view) fn of_period<T>(remote: &Remote<T>, shown: Period, of: impl Fn(&T) -> Period) -> Option<&T> {
    remote.value().filter(|value| of(value) == shown)
}

/// What is said of loading and failing; answers the room below it.
pub(in crate::view) fn phase<T>(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    remote: &Remote<T>,
    there: bool,
) -> Rect {
    let words = &scene.words.usage;
    let mut lines = status::of_one_beside(scene, remote, words.loading, (area, there));
    if lines.is_empty() && !there {
        lines.push(status::loading(scene, words.loading));
    }
    text::stack(frame, area, lines)
}

/// Net usage and what it will be, told apart in words and by style; then the other numbers.
pub(in crate::view) fn facts(scene: &Scene<'_>, usage: &Usage, width: usize, explain: bool) -> Vec<Line<'static>> {
    let words = &scene.words.usage;
    let number = |number: u32| scene.words.number(u64::from(number));
    let running = today(scene.model.now) <= usage.period.end;
    let counted = u32::try_from(usage.days.len()).unwrap_or(u32::MAX);
    let net = scene.words.decimal(usage.net_usage);
    let mut all: Vec<(String, Style)> = Vec::new();
    if usage.days.is_empty() {
        all.push((words.nothing.to_owned(), scene.theme.strong));
    } else {
        let message = if running { words.so_far } else { words.over };
        all.push((message(&net, counted, usage.period.days()), scene.theme.strong));
    }
    if let Some(projection) = usage.projection {
        let day = scene.clock.civil_day(usage.period.end);
        all.push(((words.projected)(&day, &scene.words.decimal(projection)), scene.theme.muted));
    }
    if let Some(last) = usage.days.last() {
        let mut parts =
            vec![if running { (words.today)(&number(last.seats)) } else { (words.last_day)(&number(last.seats)) }];
        parts.push((words.peak)(&number(usage.peak)));
        match usage.limit {
            Some(limit) => parts.push((words.limit)(&number(limit))),
            // Over all there is none, and it is no news.
            None if usage.internal.is_none() => parts.push(words.no_limit.to_owned()),
            None => {}
        }
        all.push((parts.join(" · "), Style::new()));
    }
    if let Some(internal) = usage.internal {
        all.push(((words.internal)(internal.filled, internal.included), Style::new()));
    }
    if explain {
        all.push((words.explain.to_owned(), scene.theme.muted));
    }
    let room = width.saturating_sub(2);
    let wrapped = all.into_iter().flat_map(|(message, style)| {
        text::wrap(&message, room).into_iter().map(move |line| Line::styled(format!(" {line}"), style))
    });
    wrapped.collect()
}

/// The chart with its legend; nothing where there is no room for it.
pub(in crate::view) fn chart(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, usage: &Usage) {
    let words = &scene.words.usage;
    if area.height < LEAST_HEIGHT + 1 || usage.days.is_empty() {
        return;
    }
    if usage.days.iter().all(|day| day.seats == 0) {
        let zero = Line::styled(format!(" {}", words.zero), scene.theme.muted);
        text::stack(frame, area, vec![Line::default(), zero]);
        return;
    }
    let mut seats = vec![None; usize::try_from(usage.period.days()).unwrap_or(0).min(366)];
    for day in &usage.days {
        let at = usage.period.start.until(day.date).map_or(-1, |span| span.get_days());
        if let Some(slot) = usize::try_from(at).ok().and_then(|at| seats.get_mut(at)) {
            *slot = Some(day.seats);
        }
    }
    let running = today(scene.model.now) < usage.period.end && usage.projection.is_some();
    let ahead = usage.days.last().map(|day| day.seats).filter(|_| running);
    let chart = Chart { seats, limit: usage.limit, ahead };
    chart.draw(scene, frame, Rect { height: area.height - 1, ..area });
    let mut parts = vec![("█", scene.theme.chart, words.fact.to_owned())];
    if ahead.is_some() {
        parts.push(("···", scene.theme.muted, words.ahead.to_owned()));
    }
    if let Some(limit) = usage.limit {
        let limit = scene.words.number(u64::from(limit));
        if chart.shows_limit() {
            parts.push(("──", scene.theme.waiting, (words.limit)(&limit)));
        } else {
            parts.push(("↑", scene.theme.waiting, (words.above)(&limit)));
        }
    }
    let mut line = Line::from(" ");
    for (sign, style, word) in parts {
        if line.width() + text::width(sign) + text::width(&word) + 1 > usize::from(area.width) {
            break;
        }
        line.push_span(Span::styled(sign, style));
        line.push_span(Span::styled(format!(" {word}   "), scene.theme.muted));
    }
    frame.render_widget(line, Rect { y: area.bottom() - 1, height: 1, ..area });
}

fn table(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, total: &Usage) {
    let (ahead, days) = (total.projection.is_some(), total.days.len());
    let pane = &scene.model.usage;
    let title = |column: UsageColumn| {
        let arrow = match pane.sort {
            sort if sort.column != column => "",
            sort if sort.descending => " ↓",
            _ => " ↑",
        };
        format!("{}{arrow}", (scene.words.usage.column)(column))
    };
    let account = accounts::column(scene, area.width);
    let accounts = account.is_some();
    let mut columns = vec![Column::rest(&title(UsageColumn::Name))];
    columns.extend(account);
    columns.extend([
        Column::of(&title(UsageColumn::Seats), 7).right(),
        Column::of(&title(UsageColumn::Share), 16).right().gives_way(2),
        Column::of(&title(UsageColumn::Peak), 6).right().gives_way(4),
        Column::of(&title(UsageColumn::Net), 11).right(),
    ]);
    if ahead {
        columns.push(Column::of(&title(UsageColumn::Projection), 11).right().gives_way(3));
    }
    let grid = Grid { columns, len: pane.order.len(), cursor: pane.cursor_row(), focused: true };
    grid.draw(scene, frame, area, |row| {
        let Some((profile, row)) = pane.company(row) else { return Vec::new() };
        let mut cells = cells(scene, row, days);
        if accounts {
            cells.insert(1.min(cells.len()), accounts::line(scene, profile, usize::from(accounts::MOST)));
        }
        cells
    });
}

/// Before a day is counted nothing is known: a zero would be a claim.
fn cells(scene: &Scene<'_>, row: &CompanyUsage, days: usize) -> Vec<Line<'static>> {
    let counted = days > 0;
    let dash = scene.words.company.nothing;
    let number = |number: u32| Line::from(if counted { scene.words.number(u64::from(number)) } else { dash.into() });
    let name = if row.name.trim().is_empty() { scene.words.company.nothing } else { row.name.as_str() };
    let nothing = || Line::styled(scene.words.company.nothing, scene.theme.muted);
    let used = match (share(row), row.limit) {
        (Some(share), Some(limit)) if counted => {
            let message = (scene.words.usage.share)(&(share / 10).to_string(), &scene.words.number(u64::from(limit)));
            let (sign, style) = match share {
                1_000.. => ("▲ ", scene.theme.danger),
                800.. => ("△ ", scene.theme.waiting),
                _ => ("", Style::new()),
            };
            Line::from(vec![Span::styled(sign, style), Span::raw(message)])
        }
        _ => nothing(),
    };
    vec![
        Line::from(name.to_owned()),
        number(row.seats),
        used,
        number(row.peak),
        Line::from(if counted { scene.words.decimal(row.net_usage) } else { dash.into() }),
        row.projection.map_or_else(nothing, |net| Line::styled(scene.words.decimal(net), scene.theme.muted)),
    ]
}
