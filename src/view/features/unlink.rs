//! The pre-flight of an unlink. The lower part – the line for the name and the buttons – is always in sight;
//! what was checked and what follows scrolls above it.
//!
//! ```text
//! ╭ Unlink Brightwater GmbH ───────────────────────────────╮
//! │  brightwater.example · HIT-1042 · 7Q2K…                 │
//! │  Checked just now                                      │
//! │  ✔ Confirmed owners: Ines Brandt, Jonas Brandt         │
//! │  ! 2 invited people have not joined yet                │
//! │  What follows                                          │
//! │  · A 14-day free trial starts, until 6 Dec …           │
//! │                                                        │
//! │  Type the company's name to confirm: Brightwater GmbH  │
//! │  ❯ Brightw█                              does not match│
//! │  [ Cancel ]  [ Unlink ]                                │
//! │  Tab next field · ↵ choose · Esc cancel                │
//! ╰────────────────────────────────────────────────────────╯
//! ```

use crate::app::command::Command;
use crate::app::features::cure;
use crate::app::features::cure::Owner;
use crate::app::features::unlink::UnlinkDialog;
use crate::app::features::unlink::UnlinkFocus;
use crate::domain::unlink::{CheckCode, Preflight, Severity};
use crate::view::Scene;
use crate::view::overlay::{button, failed, keys, lines, popup, under_way, wrapped};
use crate::view::widgets::input;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &UnlinkDialog) {
    let words = &scene.words.unlink;
    let width = area.width.saturating_sub(4).min(80);
    let room = usize::from(width.saturating_sub(4));
    let upper = upper(scene, dialog, room);
    let company = scene.model.roster.get(&dialog.key);
    let parts = company.map_or_else(|| vec![dialog.key.company.as_str()], |company| company.known_by().collect());
    let identity = text::last_that_fit(&parts, room);
    // Never scrolled away: two companies may bear one name, and names that look alike are not to be told by a program.
    let identity = Line::styled(format!("  {identity}"), scene.theme.muted);
    let (lower, cursor) = lower(scene, dialog, room);
    let height = u16::try_from(upper.len() + lower.len() + 5).unwrap_or(u16::MAX);
    let name = dialog.preflight.value().map_or(dialog.company.as_str(), |preflight| preflight.company_name.as_str());
    let inner =
        popup(scene, frame, area, (width, height), &(words.title)(&scene.named(&dialog.key, name)), scene.theme.danger);
    let below = u16::try_from(lower.len() + 1).unwrap_or(u16::MAX).min(inner.height);
    lines(frame, Rect { height: inner.height - below, ..inner }, &[identity], 0);
    let head = u16::from(inner.height > below);
    let top = Rect { y: inner.y + head, height: inner.height - below - head, ..inner };
    let skip = dialog.scroll.min(upper.len().saturating_sub(usize::from(top.height)));
    lines(frame, top, &upper, skip);
    if upper.len() > skip + usize::from(top.height) && top.height > 0 {
        let more = Rect { x: top.right().saturating_sub(2), y: top.bottom() - 1, width: 1, height: 1 };
        frame.render_widget(Span::styled("▾", scene.theme.accent), more);
    }
    let bottom = Rect { y: inner.bottom() - below, height: below.saturating_sub(1), ..inner };
    lines(frame, bottom, &lower, 0);
    if let Some((row, column)) = cursor.filter(|(row, _)| *row < bottom.height) {
        frame.set_cursor_position((bottom.x + column, bottom.y + row));
    }
    let allowed = dialog.fresh().is_some_and(Preflight::allowed);
    let blocked = (words.keys_blocked)(&scene.key(Command::Refresh));
    let hint = match (dialog.submission.sending(), allowed) {
        (true, _) => words.keys_sending,
        (false, true) => words.keys,
        (false, false) => blocked.as_str(),
    };
    keys(scene, frame, inner, hint);
}

/// What was checked and what follows.
fn upper(scene: &Scene<'_>, dialog: &UnlinkDialog, room: usize) -> Vec<Line<'static>> {
    let words = &scene.words.unlink;
    let theme = scene.theme;
    let mut out = Vec::new();
    if dialog.changed {
        wrapped(&mut out, ("  ! ", theme.waiting), words.changed, theme.strong, room);
    }
    if let Some(error) = dialog.preflight.error() {
        let told = scene.describe(error);
        wrapped(&mut out, ("  ✖ ", theme.danger), &format!("{}: {}", told.title, told.cause), theme.strong, room);
        wrapped(&mut out, ("    ", Style::new()), &told.hint, theme.muted, room);
        return out;
    }
    let Some(preflight) = dialog.preflight.value().filter(|_| dialog.preflight.waiting().is_none()) else {
        let said = scene.loading(words.loading, dialog.preflight.waiting());
        wrapped(&mut out, ("  ", Style::new()), &said, theme.muted, room);
        return out;
    };
    checks(scene, preflight, room, &mut out);
    out.push(Line::default());
    if preflight.allowed() {
        consequences(scene, preflight, room, &mut out);
    } else {
        blocked(scene, dialog, room, &mut out);
    }
    out
}

fn checks(scene: &Scene<'_>, preflight: &Preflight, room: usize, out: &mut Vec<Line<'static>>) {
    let words = &scene.words.unlink;
    let day = preflight.trial_end_time.filter(|_| preflight.allowed()).map(|end| scene.clock.day(end));
    let trial = day.map(|day| format!(" · {}", (words.trial_would_end)(&day))).unwrap_or_default();
    let heading = scene.theme.muted.patch(scene.theme.strong);
    wrapped(out, ("  ", heading), &format!("{}{trial}", words.checks), heading, room);
    for check in &preflight.checks {
        let (glyph, style) = match check.severity {
            Severity::Block => ("  ✘ ", scene.theme.danger),
            Severity::Warn => ("  ! ", scene.theme.waiting),
            Severity::Info if check.code == CheckCode::ConfirmedOwners => ("  ✔ ", scene.theme.good),
            // A number is no check that was passed.
            Severity::Info => ("  · ", scene.theme.muted),
        };
        let said = (words.check)(check);
        let text_style = if check.severity == Severity::Block { scene.theme.strong } else { Style::new() };
        wrapped(out, (glyph, style), &said, text_style, room);
    }
}

fn consequences(scene: &Scene<'_>, preflight: &Preflight, room: usize, out: &mut Vec<Line<'static>>) {
    let words = &scene.words.unlink;
    let day = preflight.trial_end_time.map(|end| scene.clock.day(end));
    out.push(Line::styled(format!("  {}", words.consequences), scene.theme.muted.patch(scene.theme.strong)));
    for consequence in &preflight.consequences {
        let said = (words.consequence)(consequence, day.as_deref());
        wrapped(out, ("  · ", scene.theme.muted), &said, Style::new(), room);
    }
    wrapped(out, ("  · ", scene.theme.muted), words.transfer, Style::new(), room);
}

fn blocked(scene: &Scene<'_>, dialog: &UnlinkDialog, room: usize, out: &mut Vec<Line<'static>>) {
    let words = &scene.words.unlink;
    wrapped(out, ("  ", Style::new()), words.blocked, scene.theme.strong, room);
    if !dialog.lacks_owner() {
        return;
    }
    let cure = cure::owner(scene.model, &dialog.key);
    let key = cure.key(scene.model);
    let said = match cure {
        Owner::Make(_) => key.as_deref().map(words.fix_owner),
        Owner::Invited(_) => Some((words.owner_invited)(key.as_deref())),
        Owner::Nobody(_) => Some((words.nobody_joined)(key.as_deref())),
        Owner::NotYours(why) => Some((words.fix_by_others)(&(scene.words.disabled)(&why, &scene.clock))),
    };
    wrapped(out, ("  ▸ ", scene.theme.accent), &said.unwrap_or_default(), scene.theme.strong, room);
}

/// The line for the name and the buttons; and where the cursor stands in it: row and column.
fn lower(scene: &Scene<'_>, dialog: &UnlinkDialog, room: usize) -> (Vec<Line<'static>>, Option<(u16, u16)>) {
    let words = &scene.words.unlink;
    let theme = scene.theme;
    let mut out = vec![Line::default()];
    let mut cursor = None;
    if let Some(error) = dialog.submission.error() {
        failed(&mut out, scene, error, "  ", room);
    }
    if dialog.submission.sending() {
        under_way(scene, &mut out, "  ", words.sending, room);
        return (out, None);
    }
    let Some(preflight) = dialog.fresh().filter(|preflight| preflight.allowed()) else {
        let mut line = vec![Span::raw("  ")];
        line.extend(button(scene, words.close, true, true));
        out.push(Line::from(line));
        return (out, None);
    };
    wrapped(&mut out, ("  ", Style::new()), &(words.type_name)(&preflight.company_name), theme.strong, room);
    let verdict = if dialog.confirmed() { words.matches } else { words.does_not_match };
    let verdict_style = if dialog.confirmed() { theme.strong } else { theme.muted };
    let cells = room.saturating_sub(text::width(verdict) + 6);
    let (typed, column) = input::visible(&dialog.line, cells);
    if dialog.focus == UnlinkFocus::Name {
        cursor = u16::try_from(out.len()).ok().zip(u16::try_from(column + 4).ok());
    }
    let prompt = if dialog.focus == UnlinkFocus::Name { theme.key } else { theme.muted };
    let pad = " ".repeat(cells.saturating_sub(text::width(&typed)) + 1);
    let verdict = if dialog.line.text().is_empty() { "" } else { verdict };
    out.push(Line::from(vec![
        Span::styled("  ❯ ", prompt),
        Span::raw(typed),
        Span::raw(pad),
        Span::styled(verdict, verdict_style),
    ]));
    let mut line = vec![Span::raw("  ")];
    line.extend(button(scene, words.cancel, dialog.focus == UnlinkFocus::Cancel, true));
    line.extend(button(scene, words.unlink, dialog.focus == UnlinkFocus::Unlink, dialog.confirmed()));
    out.push(Line::from(line));
    (out, cursor)
}
