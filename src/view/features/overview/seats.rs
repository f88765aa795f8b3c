//! Seats: how many of how many, from day to day, and what they cost.

use super::observed;
use super::parts::{Lines, Room};
use crate::app::features::usage::period;
use crate::app::model::Details;
use crate::domain::company::{Company, CompanyState};
use crate::domain::facts::Facet;
use crate::domain::id::CompanyKey;
use crate::domain::usage::Usage;
use crate::view::Scene;
use crate::view::widgets::bars::{fullness, meter};
use crate::view::widgets::chart;
use crate::view::widgets::grid;
use crate::view::widgets::text;
use ratatui::text::{Line, Span};

/// Cells of the meter where it is short and long.
const METER: (usize, usize) = (10, 28);

pub(super) fn lines(out: &mut Lines<'_>, (key, company): (&CompanyKey, &Company), details: &Details, room: Room) {
    out.all.push(filled(out.scene, company, (room, out.width)));
    for facet in [Facet::Seats, Facet::SeatLimit] {
        for (sign, said) in observed(out.scene, company, &facet) {
            let said = if facet == Facet::SeatLimit { (out.scene.words.company.limit)(&said) } else { said };
            out.signed(sign, &said, out.scene.theme.muted);
        }
    }
    let Some(usage) = usage(out.scene, details) else { return curve(out, key) };
    if room != Room::Large {
        let daily: Vec<u32> = usage.days.iter().map(|day| day.seats).collect();
        let since = since(out.scene, usage).unwrap_or_default();
        let cells = out.width.saturating_sub(text::width(&since) + 3).min(30);
        let mut line = Line::from(Span::styled(chart::curve(&daily, cells), out.scene.theme.chart));
        line.push_span(Span::raw(format!("  {since}")));
        out.all.push(line);
    }
    out.muted(&money(out.scene, usage, room));
}

/// What the list knows of it.
fn curve(out: &mut Lines<'_>, key: &CompanyKey) {
    let known = out.scene.model.usage.curves.known.get(key).filter(|curve| !curve.daily.is_empty());
    if let Some(curve) = known {
        let shown = chart::curve(&curve.daily, 20);
        let line =
            vec![Span::styled(shown, out.scene.theme.chart), Span::raw(format!("  {}", out.scene.words.usage.curve))];
        out.all.push(Line::from(line));
    }
}

/// The usage of this month, once it is loaded and a day of it is counted.
pub(super) fn usage<'a>(scene: &Scene<'_>, details: &'a Details) -> Option<&'a Usage> {
    let usage = details.usage.value()?;
    (usage.period == period(scene.model) && !usage.days.is_empty()).then_some(usage)
}

/// `42 of 50  84%  8 left  ▰▰▰▰▱`
fn filled(scene: &Scene<'_>, company: &Company, (room, width): (Room, usize)) -> Line<'static> {
    let (words, seats, theme) = (&scene.words.usage, company.seats, scene.theme);
    let number = |number: u32| scene.words.number(u64::from(number));
    let Some(filled) = seats.filled else {
        let limit = seats.limit.map(|limit| format!("?/{}", number(limit)));
        return Line::styled(limit.unwrap_or_else(|| scene.words.company.unknown.to_owned()), theme.muted);
    };
    let about = company.seats_sign();
    let Some(limit) = seats.limit else {
        let mut line = Line::from(Span::styled(format!("{about}{}", number(filled)), theme.strong));
        // Where nobody said anything of a limit, it is not known that there is none.
        if company.facts.is_empty() || company.fact(&Facet::SeatLimit).is_some() {
            line.push_span(Span::styled(format!("   {}", words.no_limit), theme.muted));
        }
        return line;
    };
    let percent = seats.percent().unwrap_or(0);
    let (sign, style) = fullness(scene, u64::from(percent));
    let cells = if room == Room::Large { METER.1 } else { METER.0 };
    let left = format!("   {}", (words.left)(&format!("{about}{}", number(limit.saturating_sub(filled)))));
    let mut line = Line::from(vec![
        Span::styled(format!("{about}{}", (words.of_limit)(&number(filled), &number(limit))), theme.strong),
        Span::styled(format!("   {sign}"), style),
        Span::raw(format!("{about}{}   ", scene.words.percent(percent))),
        Span::raw(meter(u64::from(filled), u64::from(limit), cells)),
    ]);
    if line.width() + text::width(&left) <= width {
        line.push_span(Span::raw(left));
    }
    grid::cut(line, width)
}

/// `+3 since 1 Nov`
fn since(scene: &Scene<'_>, usage: &Usage) -> Option<String> {
    let (first, last) = (usage.days.first()?, usage.days.last()?);
    let change = i64::from(last.seats) - i64::from(first.seats);
    let sign = match change {
        0 => "±",
        ..0 => "−",
        _ => "+",
    };
    let number = scene.words.number(change.unsigned_abs());
    Some((scene.words.overview.since)(&format!("{sign}{number}"), &scene.clock.civil_day(first.date)))
}

/// What is billed, and in a large card what the line shows.
pub(super) fn money(scene: &Scene<'_>, usage: &Usage, room: Room) -> String {
    let words = &scene.words.overview;
    let net = scene.words.decimal(usage.net_usage);
    let billed = (words.billed)(&net, usage.projection.map(|net| scene.words.decimal(net)).as_deref());
    let number = scene.words.number(u64::from(usage.peak));
    match since(scene, usage).filter(|_| room == Room::Large) {
        Some(since) => format!("{since} · {} · {billed}", (words.peak)(&number)),
        None => billed,
    }
}

pub(super) fn right(scene: &Scene<'_>, company: &Company) -> String {
    let people = company.seats.members.zip(company.seats.guests).filter(|_| company.state != CompanyState::Unlinked);
    people.map(|(members, guests)| (scene.words.company.members_guests)(members, guests)).unwrap_or_default()
}
