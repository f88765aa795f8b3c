//! A failure in full: what, why, what to do, and what to quote to whoever runs the server.

use crate::app::features::errors::Failures;
use crate::view::Scene;
use crate::view::overlay::{keys, lines, popup, wrapped};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, failures: &Failures) {
    let Some((account, error)) = failures.all.get(failures.at) else { return };
    let width = area.width.saturating_sub(4).min(76);
    let room = usize::from(width.saturating_sub(4));
    let told = scene.describe(error);
    let mut all = Vec::new();
    let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
    let what = format!("{account}{}", told.title);
    let outcome_unknown = error.outcome_unknown();
    let sign = if outcome_unknown { (" ? ", scene.theme.waiting) } else { (" ✖ ", scene.theme.danger) };
    wrapped(&mut all, sign, &what, scene.theme.strong, room);
    wrapped(&mut all, ("   ", Style::new()), &told.cause, Style::new(), room);
    all.push(Line::default());
    wrapped(&mut all, (" ▸ ", scene.theme.accent), &told.hint, Style::new(), room);
    let detail = Some(error.detail.as_str()).filter(|detail| !detail.is_empty());
    let request = error.request_id.as_deref();
    if detail.is_some() || request.is_some() {
        all.push(Line::default());
    }
    for (label, value) in [(scene.words.errors.server_says, detail), (scene.words.errors.request_id, request)] {
        if let Some(value) = value {
            wrapped(&mut all, ("   ", Style::new()), &format!("{label}: {value}"), scene.theme.muted, room);
        }
    }
    let height = u16::try_from(all.len() + 4).unwrap_or(u16::MAX);
    let inner = popup(scene, frame, area, (width, height), scene.words.menus.error, scene.theme.danger);
    lines(frame, Rect { height: inner.height.saturating_sub(1), ..inner }, &all, 0);
    let several = failures.all.len() > 1;
    let counted = (scene.words.accounts.failure_keys)(failures.at + 1, failures.all.len());
    keys(scene, frame, inner, if several { &counted } else { scene.words.menus.trouble_keys });
}
