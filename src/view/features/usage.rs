//! The screen of usage: key figures, seats from day to day, and company by company.
//!
//! ```text
//!  November 2026 · own team: 5 of 5 included seats
//! ╭─ Billed so far ───╮╭─ Month-end projection ─╮╭─ Seats today ───╮╭─ Compared with October ─╮
//! ╭─ Seats at the end of each day ───────────────────────────────────────────── p period ─╮
//! ╭─ Companies ───────────────────────────────────────────────────────────── 48 companies ─╮
//! ```

mod figures;
pub(in crate::view) mod menu;
pub(in crate::view) mod plot;
pub(in crate::view) mod tab;
mod table;

use crate::app::command::Command;
use crate::app::core::remote::Remote;
use crate::app::features::cure;
use crate::app::features::usage::period;
use crate::domain::usage::{Period, Usage};
use crate::view::features::accounts;
use crate::view::widgets::status::Part;
use crate::view::widgets::{status, text};
use crate::view::{Scene, screens};
use figures::figures;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// From so many rows on the chart has so many, with its frame.
const CHART: [(u16, u16); 3] = [(34, 10), (24, 7), (19, 6)];

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let pane = &scene.model.usage;
    let shown = period(scene.model);
    if scene.unknown() {
        let title = [scene.words.usage.title, &scene.clock.month(shown.start)].join(" ─ ");
        let inner = screens::framed(scene, frame, area, &title);
        return elsewhere(scene, frame, inner);
    }
    let total = pane.total.as_ref().filter(|_| pane.arranged == Some(shown));
    let Some(total) = total else {
        let title = [scene.words.usage.title, &scene.clock.month(shown.start)].join(" ─ ");
        let inner = screens::framed(scene, frame, area, &title);
        missing(scene, frame, inner, shown);
        return;
    };
    let rest = text::stack(frame, area, vec![headline(scene, shown, total, usize::from(area.width))]);
    let rest = missing(scene, frame, rest, shown);
    if pane.all == 0 && pane.parts.iter().all(|part| part.counted || !part.shown) {
        let inner = screens::framed(scene, frame, rest, (scene.words.command)(Command::ShowCompanies).label);
        return empty(scene, frame, inner);
    }
    let figures = figures(scene, total, (shown, pane.before));
    // The table keeps its heading and three rows whatever the window; numbers go before it does.
    let numbers = Rect { height: rest.height.saturating_sub(6), ..rest };
    let rest = text::below(rest, figures::draw(scene, frame, numbers, &figures));
    let height = CHART.into_iter().find(|(least, _)| area.height >= *least).map_or(0, |(_, rows)| rows);
    let height = height.min(rest.height.saturating_sub(6));
    let at = Rect { height, ..rest };
    let used = plot::card(scene, frame, at, (total, false));
    table::draw(scene, frame, text::below(rest, used), (shown, total));
}

/// The month, whose accounts, and the seats of the MSP's own people.
fn headline(scene: &Scene<'_>, shown: Period, total: &Usage, width: usize) -> Line<'static> {
    let words = &scene.words.usage;
    let month = format!(" {} ─ {}", words.title, scene.clock.month(shown.start));
    let own = total.internal.map(|own| (words.internal)(own.filled, own.included));
    let rest = accounts::narrowed_to(scene).into_iter().chain(own).collect::<Vec<_>>().join(" · ");
    let room = width.saturating_sub(text::width(&month) + 4);
    let mut line = Line::from(Span::styled(month, scene.theme.title));
    if !rest.is_empty() && room > 8 {
        line.push_span(Span::styled(format!("   {}", text::cut(&rest, room)), scene.theme.muted));
    }
    line
}

fn empty(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let words = &scene.words.usage;
    let empty = Line::styled(format!(" {}", words.empty), scene.theme.strong);
    text::stack(frame, area, vec![empty, Line::styled(format!(" {}", words.empty_hint), scene.theme.muted)]);
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
