//! The overview: cards side by side on the whole screen, and one below the other in the pane beside the list.
//!
//! ```text
//! ╭─ ⚑ Needs attention ───────────── Z snooze ─╮╭─ Seats ────────────── 39 members, 3 guests ─╮
//! │ ⚑ Seats 84% full: 42 of 50        e  edit  ││ 42 of 50   △ 84%   ▰▰▰▰▱   8 left           │
//! ╰────────────────────────────────────────────╯╰─────────────────────────────────────────────╯
//! ╭─ Setup ▰▰▰▰▱ 4 of 5 ─────────────────────╮ ╭─ Owners ───────────────── o add an owner ──╮
//! ```

mod attention;
mod details;
mod parts;
mod people;
mod seats;
mod setup;
mod sources;
#[cfg(test)]
mod tests;

use crate::app::command::Command;
use crate::app::features::cure;
use crate::app::features::overview::{Card, card as under_cursor, cards};
use crate::app::model::Details;
use crate::domain::company::{Company, CompanyState};
use crate::domain::facts::{Facet, Fact, Figure};
use crate::domain::id::CompanyKey;
use crate::view::Scene;
use crate::view::features::company::scrolled;
use crate::view::features::usage::plot::chart;
use crate::view::widgets::card::{card as framed, columns};
use crate::view::widgets::chart::LEAST_HEIGHT;
use crate::view::widgets::text;
use parts::{Lines, Room};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells of the longest heading in the pane.
const HEADING: usize = 10;
/// Rows of the chart in a large card, with the line of its days.
const CHART: u16 = 6;
/// Rows in which a card still tells something.
const LEAST: u16 = 3;

/// Cards that stand below each other in a column.
type Column = &'static [Card];

/// What stands beside each other, from above.
const LARGE: &[&[Column]] = &[
    &[&[Card::Attention], &[Card::Seats]],
    &[&[Card::Setup], &[Card::Owners, Card::Sources]],
    &[&[Card::Activity], &[Card::Details, Card::People]],
];
const USUAL: &[&[Column]] = &[
    &[&[Card::Attention]],
    &[&[Card::Seats], &[Card::Setup]],
    &[&[Card::Owners, Card::Sources], &[Card::Details]],
    &[&[Card::Activity]],
    &[&[Card::People]],
];
/// Halves are too narrow for names and addresses here.
const COMPACT: &[&[Column]] = &[
    &[&[Card::Attention]],
    &[&[Card::Seats], &[Card::Setup]],
    &[&[Card::Owners]],
    &[&[Card::Sources]],
    &[&[Card::Activity]],
    &[&[Card::Details]],
    &[&[Card::People]],
];
const NARROW: &[&[Column]] = &[
    &[&[Card::Attention]],
    &[&[Card::Seats]],
    &[&[Card::Setup]],
    &[&[Card::Owners]],
    &[&[Card::Sources]],
    &[&[Card::Activity]],
    &[&[Card::Details]],
    &[&[Card::People]],
];

/// Everything that a card is drawn from.
struct Source<'a> {
    scene: &'a Scene<'a>,
    key: CompanyKey,
    company: &'a Company,
    details: &'a Details,
    /// Not all cards fit.
    tight: bool,
}

impl Source<'_> {
    fn lines(&self, card: Card, width: usize, room: Room) -> Vec<Line<'static>> {
        let mut out = Lines::new(self.scene, width);
        match card {
            Card::Attention => attention::lines(&mut out, &self.key, self.company, room),
            Card::Seats => seats::lines(&mut out, (&self.key, self.company), self.details, room),
            Card::Setup => setup::lines(&mut out, self.company, self.details, room),
            Card::Owners => people::owners(&mut out, self.company, self.details, room),
            Card::Sources => sources::lines(&mut out, self.company, self.details, room),
            Card::Activity => details::recent(&mut out, self.details, room),
            Card::Details => details::lines(&mut out, self.company, self.brief(card, room)),
            Card::People => people::people(&mut out, self.company, self.details, room),
        }
        out.all
    }

    /// It unfolds under the cursor.
    fn brief(&self, card: Card, room: Room) -> bool {
        self.tight && card == Card::Details && room == Room::Usual && card != under_cursor(self.scene.model)
    }

    fn title(&self, card: Card, room: Room) -> String {
        let name = (self.scene.words.overview.card)(card);
        let progress = || setup::progress(self.scene, self.company, self.details.setup.value());
        match card {
            Card::Attention if !self.company.attention.is_empty() => format!("⚑ {name}"),
            Card::Setup if room == Room::Large => match progress() {
                Some(progress) => format!("{name}  {progress}"),
                None => name.to_owned(),
            },
            _ => name.to_owned(),
        }
    }

    /// What stands at the right of its frame: a key, or a count.
    fn right(&self, card: Card) -> String {
        let command = |command: Command| {
            let key = cure::key(self.scene.model, command);
            key.map(|key| format!("{key} {}", (self.scene.words.command)(command).short)).unwrap_or_default()
        };
        match card {
            Card::Attention => attention::right(self.scene, self.company),
            Card::Seats => seats::right(self.scene, self.company),
            Card::Setup | Card::Sources => String::new(),
            Card::Owners => command(Command::AddOwner),
            Card::Activity => details::right(self.scene, self.details),
            Card::Details => command(Command::EditCompany),
            Card::People => people::right(self.scene, self.details),
        }
    }

    /// Rows that it would take with its frame; none of a card that this company has not.
    fn rows(&self, card: Card, width: u16, room: Room) -> u16 {
        if !self.has(card) {
            return 0;
        }
        let lines = text::cells(self.lines(card, usize::from(width.saturating_sub(4)), room).len());
        lines + 2 + if card == Card::Seats { self.chart_rows(room) } else { 0 }
    }

    fn has(&self, card: Card) -> bool {
        cards(self.scene.model).any(|it| it == card)
    }

    fn chart_rows(&self, room: Room) -> u16 {
        if room == Room::Large && seats::usage(self.scene, self.details).is_some() { CHART } else { 0 }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, card: Card, room: Room) {
        let focused = card == under_cursor(self.scene.model);
        let inner = framed(self.scene, frame, area, (&self.title(card, room), &self.right(card)), focused);
        let mut lines = self.lines(card, usize::from(inner.width), room);
        let usage = seats::usage(self.scene, self.details).filter(|_| card == Card::Seats && room == Room::Large);
        let Some(usage) = usage else {
            let more = lines.len() > usize::from(inner.height) || self.brief(card, room);
            text::stack(frame, inner, lines);
            return sign(frame, Rect { x: inner.right(), y: inner.bottom().saturating_sub(1), ..inner }, ("▾", more));
        };
        let last = lines.pop();
        let rest = text::stack(frame, inner, lines);
        let [above, below] = text::split_bottom(rest, 1);
        if above.height >= LEAST_HEIGHT {
            chart(self.scene, usage).draw(self.scene, frame, above);
        }
        text::stack(frame, below, last.into_iter().collect());
    }
}

/// On the whole screen.
pub(in crate::view) fn dashboard(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    (key, company): (CompanyKey, &Company),
) {
    let nothing = Details::default();
    let details = scene.model.details.get(&key).unwrap_or(&nothing);
    let mut source = Source { scene, key, company, details, tight: false };
    let (room, rows) = arranged(area);
    let rows = rows.iter().copied().filter(|row| row.iter().flat_map(|cards| *cards).any(|card| source.has(*card)));
    let rows: &[&[Column]] = &rows.collect::<Vec<_>>();
    let mut heights = heights_of(&source, rows, area.width, room);
    source.tight = heights.iter().sum::<u16>() > area.height;
    if source.tight {
        heights = heights_of(&source, rows, area.width, room);
    }
    let focus = under_cursor(scene.model);
    let at = rows.iter().position(|row| row.iter().any(|column| column.contains(&focus))).unwrap_or(0);
    // The card under the cursor is in sight.
    let fits = |top: usize| heights.get(top..=at).unwrap_or_default().iter().sum::<u16>() <= area.height;
    let top = (0..at).find(|top| fits(*top)).unwrap_or(at);
    let (mut y, mut below) = (area.y, false);
    for (index, (row, height)) in rows.iter().zip(&heights).enumerate().skip(top) {
        let left = area.bottom().saturating_sub(y);
        let last = index + 1 == rows.len() && room == Room::Large;
        let height = if last { left } else { (*height).min(left) };
        below = height < LEAST;
        if below {
            break;
        }
        for (column, at) in row.iter().zip(columns(Rect { y, height, ..area }, text::cells(row.len()))) {
            stacked(&source, frame, at, column, (room, focus));
        }
        y += height;
    }
    let edge = Rect { x: area.right().saturating_sub(2), ..area };
    sign(frame, edge, ("▴", top > 0));
    sign(frame, Rect { y: y.saturating_sub(1), ..edge }, ("▾", below));
}

/// The sign that there is more above or below, where there is.
fn sign(frame: &mut Frame<'_>, at: Rect, (sign, more): (&'static str, bool)) {
    if more && at.height > 0 {
        frame.render_widget(sign, Rect { width: 1, height: 1, ..at }.intersection(frame.area()));
    }
}

/// How the cards stand where there is so much room.
fn arranged(area: Rect) -> (Room, &'static [&'static [Column]]) {
    match (area.width, area.height) {
        (110.., 34..) => (Room::Large, LARGE),
        (96.., 20..) => (Room::Usual, USUAL),
        (76.., 20..) => (Room::Usual, COMPACT),
        _ => (Room::Narrow, NARROW),
    }
}

/// Rows that each row of cards takes.
fn heights_of(source: &Source<'_>, rows: &[&[Column]], width: u16, room: Room) -> Vec<u16> {
    let height = |row: &&[Column]| {
        let each = width / text::cells(row.len()).max(1);
        let column = |cards: &Column| cards.iter().map(|card| source.rows(*card, each, room)).sum();
        row.iter().map(column).max().unwrap_or(LEAST)
    };
    rows.iter().map(height).collect()
}

/// Cards below each other; where not all fit, the one under the cursor keeps its rows.
fn stacked(source: &Source<'_>, frame: &mut Frame<'_>, area: Rect, cards: Column, (room, focus): (Room, Card)) {
    let cards: Vec<Card> = cards.iter().copied().filter(|card| source.has(*card)).collect();
    let mut left = area.height;
    let kept: u16 = cards.iter().filter(|card| **card == focus).map(|card| source.rows(*card, area.width, room)).sum();
    let mut y = area.y;
    for (at, card) in cards.iter().enumerate() {
        let wants = source.rows(*card, area.width, room);
        let reserved = if cards.get(at + 1..).unwrap_or_default().contains(&focus) { kept } else { 0 };
        let last = at + 1 == cards.len();
        let height = if last { left } else { wants.min(left.saturating_sub(reserved)) };
        if height >= LEAST {
            source.draw(frame, Rect { y, height, ..area }, *card, room);
            y += height;
            left -= height;
        }
    }
}

/// In the pane beside the list.
pub(in crate::view) fn column(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    (key, company): (CompanyKey, &Company),
    focused: bool,
) {
    let nothing = Details::default();
    let details = scene.model.details.get(&key).unwrap_or(&nothing);
    let source = Source { scene, key, company, details, tight: false };
    let cursor_card = under_cursor(scene.model);
    let (mut lines, mut cursor) = (Vec::new(), 0..1);
    for card in cards(scene.model) {
        let at = focused && card == cursor_card;
        let start = lines.len();
        let there = section(&source, &mut lines, (card, at), usize::from(area.width));
        if at {
            cursor = start..lines.len();
        }
        if there && area.height > 24 {
            lines.push(Line::default());
        }
    }
    scrolled(frame, area, lines, &cursor);
}

/// A heading with the lines beside it; lists have it above them. Says whether there was anything to tell.
fn section(source: &Source<'_>, lines: &mut Vec<Line<'static>>, (card, at): (Card, bool), width: usize) -> bool {
    let theme = source.scene.theme;
    let mark = || if at { Span::styled("▌", theme.accent) } else { Span::raw(" ") };
    let style = if at { theme.strong } else { theme.muted };
    let heading = (source.scene.words.overview.heading)(card);
    let above = matches!(card, Card::Attention | Card::Activity | Card::Details);
    let indent = if above { 1 } else { HEADING };
    let body = source.lines(card, width.saturating_sub(indent + 2), Room::Narrow);
    if body.is_empty() {
        return false;
    }
    if above {
        lines.push(Line::from(vec![mark(), Span::styled(heading, style)]));
    }
    for (row, line) in body.into_iter().enumerate() {
        let lead = match (above, row) {
            (false, 0) => text::pad(heading, HEADING),
            _ => " ".repeat(indent - usize::from(above)),
        };
        let mut spans = vec![mark(), Span::styled(lead, style)];
        spans.extend(line.spans.into_iter().map(|span| Span::styled(span.content, line.style.patch(span.style))));
        lines.push(Line::from(spans));
    }
    true
}

/// The card under the cursor as text, with the company's name above it.
pub(in crate::view) fn copied(scene: &Scene<'_>) -> String {
    const WIDTH: usize = 76;
    let Some((key, company)) = scene.model.selected() else { return String::new() };
    let nothing = Details::default();
    let details = scene.model.details.get(&key).unwrap_or(&nothing);
    let card = under_cursor(scene.model);
    let source = Source { scene, key, company, details, tight: false };
    let body = source.lines(card, WIDTH, Room::Large);
    let title = format!("{} – {}", company.name, source.title(card, Room::Large));
    let lines = body.iter().map(|line| line.to_string().trim_end().to_owned()).filter(|line| !line.is_empty());
    std::iter::once(title).chain(lines).collect::<Vec<_>>().join("\n")
}

/// What is said of a figure: a sign in its colour, and a sentence.
type Said = ((&'static str, Style), String);

/// Where what is shown comes from, how long ago, and who says so, with a sign when it is too old to go by; and what a
/// newer source says instead.
fn observed(scene: &Scene<'_>, company: &Company, facet: &Facet) -> Vec<Said> {
    let words = &scene.words.company;
    let warning = ("!", scene.theme.waiting);
    let said = |fact: &Fact| (words.fact)(&fact.source, &scene.clock.ago(fact.as_of), fact.observer.as_deref());
    let shown = company.fact(facet).map(|shown| {
        let stale = shown.stale_from() <= scene.clock.now;
        (if stale { warning } else { ("", Style::new()) }, said(shown))
    });
    let otherwise = company.contradiction(facet).map(|(fact, value)| {
        let value = match value {
            Figure::Count(0) if *facet == Facet::SeatLimit => scene.words.usage.no_limit.to_owned(),
            Figure::Count(count) => scene.words.number(u64::from(*count)),
            Figure::Word(word) => (scene.words.companies.state)(&CompanyState::from(word.as_str())).into_owned(),
        };
        (warning, (words.otherwise)(&value, &said(fact)))
    });
    shown.into_iter().chain(otherwise).collect()
}
