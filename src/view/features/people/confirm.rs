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
use crate::domain::error::{Cause, ConflictCode};
use crate::domain::recovery::PersonAct;
use crate::view::Scene;
use crate::view::overlay::{button, failed, keys, lines, popup, under_way, wrapped};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, ask: &Confirm) {
    let words = &scene.words.confirm;
    let width = area.width.saturating_sub(4).min(72);
    let room = usize::from(width.saturating_sub(4));
    let mut upper = Vec::new();
    question(scene, ask, room, &mut upper);
    state(scene, ask, room, &mut upper);
    upper.push(Line::default());
    wrapped(&mut upper, ("  ", Style::new()), means(scene, ask), Style::new(), room);
    let mut lower = Vec::new();
    told(scene, ask, room, &mut lower);
    if ask.submission.sending() {
        under_way(scene, &mut lower, "  ", words.sending, room);
    } else {
        lower.push(buttons(scene, ask));
    }
    let height = u16::try_from(upper.len() + lower.len() + 3).unwrap_or(u16::MAX);
    let inner =
        popup(scene, frame, area, (width, height), &scene.identified(&ask.key, &ask.company, room), border(scene, ask));
    let below = u16::try_from(lower.len() + 1).unwrap_or(u16::MAX).min(inner.height);
    lines(frame, Rect { height: inner.height - below, ..inner }, &upper, 0);
    // Of what does not fit, the end stays: the buttons.
    let skip = lower.len().saturating_sub(usize::from(below.saturating_sub(1)));
    let bottom = Rect { y: inner.bottom() - below, height: below.saturating_sub(1), ..inner };
    lines(frame, bottom, &lower, skip);
    let choice = matches!(&ask.about, About::Person { act: Act::TakeAway { from, .. }, .. } if from.len() > 1);
    let hint = match (ask.submission.sending(), ask.possible(), choice) {
        (true, ..) => words.keys_sending,
        (_, _, true) if ask.hindered.is_none() => words.keys_choice,
        (_, false, _) => words.keys_hindered,
        _ => words.keys,
    };
    keys(scene, frame, inner, hint);
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

fn question(scene: &Scene<'_>, ask: &Confirm, room: usize, out: &mut Vec<Line<'static>>) {
    let words = &scene.words.confirm;
    let plain = Style::new();
    match &ask.about {
        About::Vault { name, .. } => {
            wrapped(out, ("  ", plain), &(scene.words.vaults.question)(name), scene.theme.strong, room);
        }
        About::Person { subject, act, warnings } => {
            wrapped(out, ("  ", plain), &(words.question)(act, &subject.name), scene.theme.strong, room);
            wrapped(out, ("  ", plain), &subject.email, scene.theme.muted, room);
            if let Act::TakeAway { from, chosen } = act
                && from.len() > 1
            {
                for (at, (group, _)) in from.iter().enumerate() {
                    let (sign, style) =
                        if at == *chosen { ("◉", scene.theme.strong) } else { ("○", scene.theme.muted) };
                    out.push(Line::styled(format!("  {sign} {}", (scene.words.people.group)(*group)), style));
                }
            }
            for warning in warnings {
                let said = (words.warning)(*warning, act);
                wrapped(out, ("  ⚠ ", scene.theme.waiting), said, scene.theme.strong, room);
            }
        }
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
fn state(scene: &Scene<'_>, ask: &Confirm, room: usize, out: &mut Vec<Line<'static>>) {
    if ask.changed && ask.hindered.is_none() {
        let said = scene.words.confirm.changed;
        wrapped(out, ("  ! ", scene.theme.waiting), said, scene.theme.strong, room);
    }
    if let Some(hindrance) = &ask.hindered {
        let said = (scene.words.people.disabled)(hindrance);
        wrapped(out, ("  ✘ ", scene.theme.danger), &said, scene.theme.strong, room);
    }
}

/// Why the last try failed, and what to do.
fn told(scene: &Scene<'_>, ask: &Confirm, room: usize, out: &mut Vec<Line<'static>>) {
    out.push(Line::default());
    let Some(error) = ask.submission.error() else { return };
    failed(out, scene, error, "  ", room);
    if error.outcome_unknown() {
        return;
    }
    let told = scene.describe(error);
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
        _ => &told.hint,
    };
    wrapped(out, ("    ", Style::new()), hint, Style::new(), room);
}

fn buttons(scene: &Scene<'_>, ask: &Confirm) -> Line<'static> {
    let words = &scene.words.confirm;
    let mut line = vec![Span::raw("  ")];
    if ask.hindered.is_some() {
        line.extend(button(scene, words.close, true, true));
        return Line::from(line);
    }
    let go = match &ask.about {
        About::Person { act, .. } => (words.go)(act),
        About::Vault { .. } => scene.words.vaults.go,
    };
    line.extend(button(scene, words.cancel, !ask.go, true));
    line.extend(button(scene, go, ask.go, ask.possible()));
    Line::from(line)
}
