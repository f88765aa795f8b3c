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
    let mut parts: Vec<Vec<Span<'_>>> = Vec::new();
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
    parts.push(states);
    parts.push(vec![
        bar(),
        label(words.list.seats),
        number(totals.seats_filled),
        label(&(words.header.seats)(totals.seats_filled)),
    ]);
    parts.push(vec![
        bar(),
        label(words.company_setup()),
        number(u64::from(totals.setup_complete)),
        label(&(words.header.setup)(totals.setup_complete)),
    ]);
    if totals.need_attention > 0 {
        parts.push(vec![
            bar(),
            Span::styled(" ⚑ ", scene.theme.waiting),
            number(u64::from(totals.need_attention)),
            label(&(words.header.attention)(totals.need_attention)),
        ]);
    }
    // Whole parts only: half a number misleads.
    let mut line = Line::default();
    for part in parts {
        let wide: usize = part.iter().map(Span::width).sum();
        if line.width() + wide > usize::from(area.width) {
            continue;
        }
        line.spans.extend(part);
    }
    frame.render_widget(line, area);
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
