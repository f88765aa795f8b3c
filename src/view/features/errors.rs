//! A failure in full: what, why, what to do, and what to quote to whoever runs the server.

use crate::app::features::errors::Failures;
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, failures: &Failures) {
    let Some((account, error)) = failures.all.get(failures.at) else { return };
    let theme = scene.theme;
    let mut dialog = DialogFrame::new(scene, area, 76).title(scene.words.menus.error).border(theme.danger).spare_row();
    let wording = scene.describe(error);
    let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
    let sign = if error.outcome_unknown() { ("?", theme.waiting) } else { ("✖", theme.danger) };
    dialog.signed(sign, &format!("{account}{}", wording.title), theme.strong);
    dialog.signed((" ", Style::new()), &wording.cause, Style::new());
    dialog.blank();
    dialog.signed(("▸", theme.accent), &wording.hint, Style::new());
    let detail = Some(error.detail.as_str()).filter(|detail| !detail.is_empty());
    let request = error.request_id.as_deref();
    if detail.is_some() || request.is_some() {
        dialog.blank();
    }
    for (label, value) in [(scene.words.errors.server_says, detail), (scene.words.errors.request_id, request)] {
        if let Some(value) = value {
            dialog.signed((" ", Style::new()), &format!("{label}: {value}"), theme.muted);
        }
    }
    let keys = match failures.all.len() {
        0 | 1 => scene.words.menus.trouble_keys.to_owned(),
        several => (scene.words.accounts.failure_keys)(failures.at + 1, several),
    };
    dialog.keys(keys).render(frame);
}
