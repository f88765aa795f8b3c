//! The summary strip: how the companies stand, in numbers.

use crate::app::model::Counted;
use crate::domain::company::CompanyState;
use crate::domain::roster::Counts;
use crate::view::Scene;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// What of the strip is said beside the counts and what needs attention.
#[derive(Clone, Copy, PartialEq)]
enum Say {
    /// The states by name, not only by sign.
    States,
    /// Words that explain a number.
    Explain,
    /// Filled seats.
    Seats,
    /// Finished set-ups.
    Setup,
}

/// From the most to the least; the first that fits is shown. Words go before numbers, and what needs attention
/// goes last.
const FITS: [&[Say]; 6] = [
    &[Say::States, Say::Explain, Say::Seats, Say::Setup],
    &[Say::States, Say::Seats, Say::Setup],
    &[Say::States, Say::Seats],
    &[Say::States],
    &[Say::Seats],
    &[],
];

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let lines = FITS.into_iter().map(|say| line(scene, say));
    if let Some(line) = lines.into_iter().find(|line| line.width() <= usize::from(area.width)) {
        frame.render_widget(line, area);
    }
}

fn line(scene: &Scene<'_>, say: &[Say]) -> Line<'static> {
    // What has come of a first load is no count yet: not of the states either.
    let known = scene.model.counted() != Counted::Nothing;
    let counts = if known { scene.model.roster.counts() } else { Counts::default() };
    let words = scene.words;
    let mut line = Line::from(" ");
    // The first parts stand together, the others behind bars.
    let mut add =
        |bar: bool, sign: Option<(&'static str, Style)>, label: &str, (number, unknown): (u64, u32), tail: &str| {
            if bar {
                line.push_span(Span::styled("│ ", scene.theme.frame));
            }
            if let Some((glyph, style)) = sign {
                line.push_span(Span::styled(format!("{glyph} "), style));
            }
            if !label.is_empty() {
                line.push_span(Span::styled(format!("{label} "), scene.theme.muted));
            }
            line.push_span(Span::styled(scene.count(number), scene.theme.strong));
            if say.contains(&Say::Explain) && !tail.is_empty() {
                line.push_span(Span::styled(format!(" {tail}"), scene.theme.muted));
            }
            // What is counted is only what is known.
            if unknown > 0 {
                line.push_span(Span::styled(format!(" +{}?", words.number(unknown.into())), scene.theme.muted));
            }
            line.push_span("  ");
        };
    add(false, None, words.header.companies, (u64::from(counts.by_state.sum()), 0), "");
    for state in CompanyState::KNOWN {
        let count = counts.by_state.of(&state);
        if count > 0 {
            let label = if say.contains(&Say::States) { (words.companies.state)(&state) } else { "".into() };
            add(false, Some(state_glyph(scene, &state)), &label, (u64::from(count), 0), "");
        }
    }
    if say.contains(&Say::Seats) {
        let seats = (counts.seats_filled, counts.seats_unknown);
        add(true, None, words.companies.seats, seats, &(words.header.seats)(counts.seats_filled));
    }
    if say.contains(&Say::Setup) {
        let tail = (words.header.setup)(counts.setup_complete);
        let setup = (u64::from(counts.setup_complete), counts.setup_unknown);
        add(true, None, words.company_setup(), setup, &tail);
    }
    if counts.need_attention > 0 {
        let tail = (words.header.attention)(counts.need_attention);
        add(true, Some(("⚑", scene.theme.waiting)), "", (u64::from(counts.need_attention), 0), &tail);
    }
    let tasks = scene.model.open_tasks();
    if tasks > 0 {
        add(true, None, words.header.tasks, (tasks as u64, 0), words.header.open);
    }
    // The space behind the last number needs no room.
    line.spans.pop();
    line
}

/// A state as a glyph of its own shape, so that it can be told without colour.
pub(super) fn state_glyph(scene: &Scene<'_>, state: &CompanyState) -> (&'static str, Style) {
    match state {
        CompanyState::Active => ("●", scene.theme.good),
        CompanyState::Pending => ("○", scene.theme.waiting),
        CompanyState::Suspended => ("◐", scene.theme.danger),
        CompanyState::Unlinked => ("◌", scene.theme.muted),
        CompanyState::Other(_) => ("?", scene.theme.waiting),
    }
}
