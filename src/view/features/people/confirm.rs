//! A question before something is done to a person or a vault. The buttons and the keys are always in sight; in low
//! windows what stands above them is cut, its most important lines first.
//!
//! ```text
//! ╭ Brightwater GmbH ──────────────────────────────────╮
//! │  Suspend Ole Hansen?                               │
//! │  ole.hansen@brightwater.example                    │
//! │                                                    │
//! │  Suspended people cannot sign in and fill no seat. │
//! │  ⚠ After this only one person …                    │
//! │                                                    │
//! │  [ Cancel ]  [ Suspend ]                           │
//! │  y or Tab, then ↵ to do it · Esc cancel            │
//! ╰────────────────────────────────────────────────────╯
//! ```

use crate::app::features::people::{About, Act, Confirm};
use crate::domain::error::{Cause, ConflictCode, Error};
use crate::domain::recovery::PersonAct;
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, ask: &Confirm) {
    let words = &scene.words.confirm;
    let mut dialog = DialogFrame::new(scene, area, 72).border(border(scene, ask));
    dialog.indent("  ");
    question(scene, ask, &mut dialog);
    changes(scene, ask, &mut dialog);
    dialog.blank();
    dialog.text(means(scene, ask), Style::new());
    dialog.end_scroll();
    dialog.blank();
    if let Some(error) = ask.submission.error() {
        failure(scene, error, &mut dialog);
    }
    if ask.submission.sending() {
        dialog.sending(words.sending);
    } else {
        buttons(scene, ask, &mut dialog);
    }
    let choice = matches!(&ask.about, About::Person { act: Act::TakeAway { from, .. }, .. } if from.len() > 1);
    let keys = match (ask.submission.sending(), ask.possible(), choice) {
        (true, ..) => words.keys_sending,
        (_, _, true) if ask.hindered.is_none() => words.keys_choice,
        (_, false, _) => words.keys_hindered,
        _ => words.keys,
    };
    let title = scene.identified(&ask.key, (&ask.company, ask.distinction.as_deref()), dialog.room());
    dialog.title(title).keys(keys).render(frame);
}

/// What takes something away is framed as dangerous.
fn border(scene: &Scene<'_>, ask: &Confirm) -> Style {
    match &ask.about {
        About::Person { act: Act::TakeAway { .. } | Act::Change(PersonAct::Suspend), .. } => scene.theme.danger,
        About::Person { act: Act::Change(PersonAct::BeginRecovery | PersonAct::CancelRecovery), .. } => {
            scene.theme.waiting
        }
        _ => scene.theme.accent,
    }
}

fn question(scene: &Scene<'_>, ask: &Confirm, dialog: &mut DialogFrame<'_>) {
    let (words, theme) = (&scene.words.confirm, scene.theme);
    let (subject, act, warnings) = match &ask.about {
        About::Vault { name, .. } => return dialog.text(&(scene.words.vaults.question)(name), theme.strong),
        About::Person { subject, act, warnings } => (subject, act, warnings),
    };
    dialog.text(&(words.question)(act, &subject.name), theme.strong);
    dialog.text(&subject.email, theme.muted);
    if let Act::TakeAway { from, chosen } = act
        && from.len() > 1
    {
        for (at, (group, _)) in from.iter().enumerate() {
            let (sign, style) = if at == *chosen { ("◉", theme.strong) } else { ("○", theme.muted) };
            dialog.line(Line::styled(format!("  {sign} {}", (scene.words.people.group)(*group)), style));
        }
    }
    for warning in warnings {
        dialog.signed(("⚠", theme.waiting), (words.warning)(*warning, act), theme.strong);
    }
}

/// What it means, in a sentence or two.
fn means(scene: &Scene<'_>, ask: &Confirm) -> &'static str {
    match &ask.about {
        About::Person { act, .. } => (scene.words.confirm.means)(act),
        About::Vault { .. } => scene.words.vaults.means,
    }
}

/// What changed under the question, and what stands against it now.
fn changes(scene: &Scene<'_>, ask: &Confirm, dialog: &mut DialogFrame<'_>) {
    let (words, theme) = (scene.words, scene.theme);
    if let Some(hindrance) = &ask.hindered {
        dialog.signed(("✘", theme.danger), &(words.people.disabled)(hindrance), theme.strong);
    } else if ask.changed {
        dialog.signed(("!", theme.waiting), words.confirm.changed, theme.strong);
    }
}

/// Why the last try failed, and what to do.
fn failure(scene: &Scene<'_>, error: &Error, dialog: &mut DialogFrame<'_>) {
    dialog.failed(error);
    if error.outcome_unknown() {
        return;
    }
    let wording = scene.describe(error);
    let words = &scene.words.confirm;
    let hint = match error.cause {
        // The key that loads anew is not to be had under a dialog.
        Cause::NotFound
        | Cause::Gone
        | Cause::NotAccepted { .. }
        | Cause::Unexpected { .. }
        | Cause::Local
        | Cause::Conflict(
            ConflictCode::WrongState
            | ConflictCode::SelfRecovery
            | ConflictCode::TechnicianNotAllowed
            | ConflictCode::Other(_),
        ) => words.look_again,
        _ => &wording.hint,
    };
    dialog.signed((" ", Style::new()), hint, Style::new());
}

fn buttons(scene: &Scene<'_>, ask: &Confirm, dialog: &mut DialogFrame<'_>) {
    let words = &scene.words.confirm;
    if ask.hindered.is_some() {
        return dialog.buttons([(words.close, true, true)]);
    }
    let go = match &ask.about {
        About::Person { act, .. } => (words.go)(act),
        About::Vault { .. } => scene.words.vaults.go,
    };
    dialog.buttons([(words.cancel, !ask.go, true), (go, ask.go, ask.possible())]);
}
