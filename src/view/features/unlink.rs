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
//! │  [ Cancel ]  [ ! Unlink ]                              │
//! │  Tab next field · ↵ choose · Esc cancel                │
//! ╰────────────────────────────────────────────────────────╯
//! ```

use crate::app::command::Command;
use crate::app::features::cure;
use crate::app::features::cure::Owner;
use crate::app::features::unlink::{UnlinkDialog, UnlinkFocus};
use crate::domain::unlink::{CheckCode, Preflight, Severity};
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::{input, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Below so many rows.
const LOW: u16 = 18;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, unlink: &UnlinkDialog) {
    content(scene, area, unlink).render(frame);
}

/// What there is to read is read, as far as the window shows it now.
pub(in crate::view) fn end_in_sight(scene: &Scene<'_>, area: Rect, unlink: &UnlinkDialog) -> bool {
    content(scene, area, unlink).end_in_sight()
}

fn content<'a>(scene: &'a Scene<'a>, area: Rect, unlink: &UnlinkDialog) -> DialogFrame<'a> {
    let (words, theme) = (&scene.words.unlink, scene.theme);
    let mut dialog = DialogFrame::new(scene, area, 80).border(theme.danger).spare_row();
    dialog.indent("  ");
    let company = scene.model.roster.get(&unlink.key);
    let parts = company.map_or_else(|| vec![unlink.key.company.as_str()], |company| company.known_by().collect());
    // Never scrolled away: two companies may bear one name, and names that look alike are not to be told by a program.
    let identity = text::last_that_fit(&parts, dialog.room());
    dialog.line(Line::styled(format!("  {identity}"), theme.muted));
    dialog.begin_scroll();
    review(scene, unlink, &mut dialog);
    dialog.scroll_from(unlink.scroll);
    dialog.end_scroll();
    // In a low window every row is for what is to be read.
    if area.height >= LOW {
        dialog.blank();
    }
    confirmation(scene, unlink, &mut dialog);
    let allowed = unlink.fresh().is_some_and(Preflight::allowed);
    let keys = match (unlink.submission.sending(), allowed) {
        (true, _) => words.keys_sending.to_owned(),
        (false, true) if unlink.to_read() => words.keys_reading.to_owned(),
        (false, true) => words.keys.to_owned(),
        (false, false) => (words.keys_blocked)(&scene.key(Command::Refresh)),
    };
    let name = unlink.preflight.value().map_or(unlink.company.as_str(), |preflight| preflight.company_name.as_str());
    let title = (words.title)(&scene.named(&unlink.key, name));
    dialog.arrows(theme.accent, 2).title(title).keys(keys)
}

/// What was checked and what follows.
fn review(scene: &Scene<'_>, unlink: &UnlinkDialog, dialog: &mut DialogFrame<'_>) {
    let (words, theme) = (&scene.words.unlink, scene.theme);
    if unlink.changed {
        dialog.signed(("!", theme.waiting), words.changed, theme.strong);
    }
    if let Some(error) = unlink.preflight.error() {
        let wording = scene.describe(error);
        dialog.signed(("✖", theme.danger), &format!("{}: {}", wording.title, wording.cause), theme.strong);
        return dialog.signed((" ", Style::new()), &wording.hint, theme.muted);
    }
    let Some(preflight) = unlink.preflight.value().filter(|_| unlink.preflight.waiting().is_none()) else {
        return dialog.text(&scene.loading(words.loading, unlink.preflight.waiting()), theme.muted);
    };
    checks(scene, preflight, dialog);
    dialog.blank();
    if preflight.allowed() {
        consequences(scene, preflight, dialog);
    } else {
        blocked(scene, unlink, dialog);
    }
}

fn checks(scene: &Scene<'_>, preflight: &Preflight, dialog: &mut DialogFrame<'_>) {
    let (words, theme) = (&scene.words.unlink, scene.theme);
    let day = preflight.trial_end_time.filter(|_| preflight.allowed()).map(|end| scene.clock.day(end));
    let trial = day.map(|day| format!(" · {}", (words.trial_would_end)(&day))).unwrap_or_default();
    let heading = theme.muted.patch(theme.strong);
    dialog.lead(("  ", heading), &format!("{}{trial}", words.checks), heading);
    for check in &preflight.checks {
        let sign = match check.severity {
            Severity::Block => ("✘", theme.danger),
            Severity::Warn => ("!", theme.waiting),
            Severity::Info if check.code == CheckCode::ConfirmedOwners => ("✔", theme.good),
            // A number is no check that was passed.
            Severity::Info => ("·", theme.muted),
        };
        let style = if check.severity == Severity::Block { theme.strong } else { Style::new() };
        dialog.signed(sign, &(words.check)(check), style);
    }
}

fn consequences(scene: &Scene<'_>, preflight: &Preflight, dialog: &mut DialogFrame<'_>) {
    let (words, theme) = (&scene.words.unlink, scene.theme);
    let day = preflight.trial_end_time.map(|end| scene.clock.day(end));
    dialog.line(Line::styled(format!("  {}", words.consequences), theme.muted.patch(theme.strong)));
    for consequence in &preflight.consequences {
        dialog.signed(("·", theme.muted), &(words.consequence)(consequence, day.as_deref()), Style::new());
    }
    // What one can do instead follows from nothing.
    dialog.blank();
    dialog.text(words.transfer, theme.muted);
}

fn blocked(scene: &Scene<'_>, unlink: &UnlinkDialog, dialog: &mut DialogFrame<'_>) {
    let (words, theme) = (&scene.words.unlink, scene.theme);
    dialog.text(words.blocked, theme.strong);
    if !unlink.lacks_owner() {
        return;
    }
    let cure = cure::owner(scene.model, &unlink.key);
    let key = cure.key(scene.model);
    let message = match cure {
        Owner::Make(_) => key.as_deref().map(words.fix_owner),
        Owner::Invited(_) => Some((words.owner_invited)(key.as_deref())),
        Owner::Nobody(_) => Some((words.nobody_joined)(key.as_deref())),
        Owner::NotYours(why) => Some((words.fix_by_others)(&(scene.words.disabled)(&why, &scene.clock))),
    };
    dialog.signed(("▸", theme.accent), &message.unwrap_or_default(), theme.strong);
}

/// The line for the name, and the buttons.
fn confirmation(scene: &Scene<'_>, unlink: &UnlinkDialog, dialog: &mut DialogFrame<'_>) {
    let (words, theme) = (&scene.words.unlink, scene.theme);
    if let Some(error) = unlink.submission.error() {
        dialog.failed(error);
    }
    if unlink.submission.sending() {
        return dialog.sending(words.sending);
    }
    let Some(preflight) = unlink.fresh().filter(|preflight| preflight.allowed()) else {
        return dialog.buttons([(words.close, true, true)]);
    };
    dialog.text(&(words.type_name)(&preflight.company_name), theme.strong);
    let (verdict, style) = match (unlink.named(), unlink.to_read()) {
        (true, true) => (words.read_first, theme.waiting),
        (true, false) => (words.matches, theme.strong),
        (false, _) => (words.does_not_match, theme.muted),
    };
    let cells = dialog.room().saturating_sub(text::width(verdict) + 6);
    let (typed, column) = input::visible(&unlink.line, cells);
    let here = unlink.focus == UnlinkFocus::Name;
    if here {
        dialog.cursor_at(column + 4);
    }
    let pad = " ".repeat(cells.saturating_sub(text::width(&typed)) + 1);
    let verdict = if unlink.line.text().is_empty() { "" } else { verdict };
    dialog.line(Line::from(vec![
        Span::styled("  ❯ ", if here { theme.key } else { theme.muted }),
        Span::raw(typed + &pad),
        Span::styled(verdict, style),
    ]));
    let (cancel, go) = (unlink.focus == UnlinkFocus::Cancel, unlink.focus == UnlinkFocus::Unlink);
    let confirmed = unlink.confirmed();
    if scene.model.guided(&unlink.key.profile) {
        return dialog.buttons([(words.cancel, cancel, true), (words.show_steps, go, confirmed)]);
    }
    dialog.danger_buttons((words.cancel, cancel), (words.unlink, go), confirmed);
}
