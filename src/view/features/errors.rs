//! What was told: one line each, newest first, and the one under the cursor in full: what, why, what to do, and what to
//! quote to whoever runs the server.

use crate::app::features::errors::{Failures, Message, MessageBody};
use crate::domain::error::Error;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::text;
use crate::view::{Scene, toast};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The most lines of the list.
const MOST: usize = 8;
/// Cells for when it was.
const WHEN: usize = 14;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, failures: &Failures) {
    let Some(told) = failures.all.get(failures.at) else { return };
    let theme = scene.theme;
    let error = told.says.error();
    let border = if error.is_some() { theme.danger } else { theme.accent };
    let title = if error.is_some() { scene.words.menus.error } else { scene.words.menus.history };
    let mut dialog = DialogFrame::new(scene, area, 84).title(title).border(border).spare_row();
    if failures.all.len() > 1 {
        list(scene, &mut dialog, failures, usize::from(area.height / 3).clamp(2, MOST));
        dialog.blank();
        dialog.begin_scroll();
    }
    match (error, &told.says) {
        (Some((about, error)), _) => in_full(scene, &mut dialog, about, error),
        (None, MessageBody::Notice(says)) => {
            let message = (scene.words.notification)(says, &scene.clock);
            dialog.signed(toast::face(scene, says), &message, theme.strong);
            if let Some(at) = told.at {
                dialog.signed((" ", Style::new()), &scene.clock.moment(at), theme.muted);
            }
        }
        _ => {}
    }
    let keys = match failures.all.len() {
        0 | 1 => scene.words.menus.trouble_keys.to_owned(),
        several => (scene.words.accounts.failure_keys)(failures.at + 1, several),
    };
    dialog.keys(keys).render(frame);
}

fn list(scene: &Scene<'_>, dialog: &mut DialogFrame<'_>, failures: &Failures, height: usize) {
    let top = failures.at.saturating_sub(height / 2).min(failures.all.len().saturating_sub(height));
    let room = dialog.inner_width();
    for (at, told) in failures.all.iter().enumerate().skip(top).take(height) {
        let chosen = at == failures.at;
        let line = row(scene, told, room.saturating_sub(WHEN + 6));
        let style = if chosen { scene.theme.strong } else { Style::new() };
        let bar = Span::styled(if chosen { "▌" } else { " " }, scene.theme.accent);
        dialog.line(Line::from([vec![bar], line].concat()).style(style));
    }
}

fn row(scene: &Scene<'_>, told: &Message, room: usize) -> Vec<Span<'static>> {
    let when = told.at.map_or_else(|| scene.words.menus.now.to_owned(), |at| scene.clock.ago(at));
    let (sign, message) = match &told.says {
        MessageBody::Error { account, error } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            (("✖", scene.theme.danger), format!("{account}{}", scene.words.one_line(error)))
        }
        MessageBody::Notice(says) => (toast::face(scene, says), (scene.words.notification)(says, &scene.clock)),
    };
    vec![
        Span::styled(format!(" {} ", text::pad(&when, WHEN)), scene.theme.muted),
        Span::styled(format!("{} ", sign.0), sign.1),
        Span::raw(text::cut(&message, room).into_owned()),
    ]
}

fn in_full(scene: &Scene<'_>, dialog: &mut DialogFrame<'_>, about: Option<&str>, error: &Error) {
    let theme = scene.theme;
    let wording = scene.describe(error);
    let about = about.map(|about| format!("{about}: ")).unwrap_or_default();
    let sign = if error.outcome_unknown() { ("?", theme.waiting) } else { ("✖", theme.danger) };
    dialog.signed(sign, &format!("{about}{}", wording.title), theme.strong);
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
}
