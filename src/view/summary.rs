//! The summary strip: how the companies stand, in numbers.

use super::Scene;
use crate::domain::company::CompanyState;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let totals = scene.model.roster.totals();
    let words = scene.words;
    let number = |number: u64| Span::styled(words.number(number), scene.theme.strong);
    let label = |text: &str| Span::styled(format!(" {text} "), scene.theme.muted);
    let bar = || Span::styled("│", scene.theme.frame);
    // Each part with what can be left out of it.
    let mut parts: Vec<(Vec<Span<'_>>, Option<Span<'_>>)> = Vec::new();
    let mut states = vec![label(words.header.companies), number(scene.model.roster.len() as u64), Span::raw("  ")];
    for state in CompanyState::KNOWN {
        let count = totals.by_state.of(&state);
        if count > 0 {
            let (glyph, style) = state_glyph(scene, &state);
            states.push(Span::styled(glyph, style));
            states.push(label(&(words.state)(&state)));
            states.push(number(u64::from(count)));
            states.push(Span::raw(" "));
        }
    }
    parts.push((states, None));
    parts.push((
        vec![bar(), label(words.list.seats), number(totals.seats_filled)],
        Some(label(&(words.header.seats)(totals.seats_filled))),
    ));
    parts.push((
        vec![bar(), label(words.company_setup()), number(u64::from(totals.setup_complete))],
        Some(label(&(words.header.setup)(totals.setup_complete))),
    ));
    if totals.need_attention > 0 {
        parts.push((
            vec![bar(), Span::styled(" ⚑ ", scene.theme.waiting), number(u64::from(totals.need_attention))],
            Some(label(&(words.header.attention)(totals.need_attention))),
        ));
    }
    let line = fitted(parts, usize::from(area.width));
    frame.render_widget(line, area);
}

/// The parts in so many cells. Words that only explain go first, then whole parts: half a number misleads.
fn fitted<'a>(parts: Vec<(Vec<Span<'a>>, Option<Span<'a>>)>, room: usize) -> Line<'a> {
    let width = |part: &[Span<'_>]| part.iter().map(Span::width).sum::<usize>();
    let needed: usize = parts.iter().map(|(part, tail)| width(part) + tail.as_ref().map_or(1, Span::width)).sum();
    let mut line = Line::default();
    for (part, tail) in parts {
        if line.width() + width(&part) > room {
            continue;
        }
        line.spans.extend(part);
        line.push_span(tail.filter(|_| needed <= room).unwrap_or(Span::raw(" ")));
    }
    line
}

/// A state as a glyph of its own shape, so that it can be told without colour.
pub(super) fn state_glyph(scene: &Scene<'_>, state: &CompanyState) -> (&'static str, ratatui::style::Style) {
    match state {
        CompanyState::Active => ("●", scene.theme.good),
        CompanyState::Pending => ("○", scene.theme.waiting),
        CompanyState::Suspended => ("◐", scene.theme.danger),
        CompanyState::Unlinked => ("◌", scene.theme.muted),
        CompanyState::Other(_) => ("?", scene.theme.waiting),
    }
}
