//! The form of a company, the choice before it, and what follows a new one.
//!
//! ```text
//! ╭ New company · Brightwater GmbH ─────────────────────────╮
//! │   Name               Brightwater GmbH                   │
//! │ ❯ Country or region  germ█                              │
//! │                      ▌ Germany                       DE │
//! │   Town               Kiel                               │
//! │   Postal code        2410                               │
//! │                      ✖ not a postal code of Germany …   │
//! │   [ Save ]  [ Cancel ]                                  │
//! │ Tab ↑↓ fields · ↵ next · Esc cancel                     │
//! ╰─────────────────────────────────────────────────────────╯
//! ```

mod rows;

use crate::app::features::form::{Added, CompanyForm, Field};
use crate::domain::error::{Cause, Error};
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn choice(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cursor: usize) {
    let words = &scene.words.form;
    let mut dialog = DialogFrame::new(scene, area, 64).title(words.title).keys(words.choice_keys);
    for (row, (label, help)) in [(words.add, words.add_help), (words.link, words.link_help)].into_iter().enumerate() {
        let here = row == cursor;
        let mark = if here { Span::styled(" ▌ ", scene.theme.accent) } else { Span::raw("   ") };
        let style = if here { scene.theme.strong } else { Style::new() };
        dialog.line(Line::from(vec![mark, Span::styled(format!("{} {label}", row + 1), style)]));
        dialog.lead(("     ", Style::new()), help, scene.theme.muted);
        dialog.blank();
    }
    dialog.render(frame);
}

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, form: &CompanyForm) {
    let words = &scene.words.form;
    let mut dialog = DialogFrame::new(scene, area, 78).title(title(scene, form)).arrows(Style::new(), 1);
    body(scene, form, &mut dialog);
    let finding = form.at == Field::Country && !form.query.text().is_empty();
    dialog.keys(if finding { words.keys_finding } else { words.keys }).render(frame);
}

/// The company's name is always there: the one it has, or the one that is typed.
fn title(scene: &Scene<'_>, form: &CompanyForm) -> String {
    let words = &scene.words.form;
    match &form.base {
        Some(company) => match &form.key {
            Some(key) => (words.edit)(&scene.named(key, &company.name)),
            None => (words.edit)(&company.name),
        },
        None if form.text(Field::Name).trim().is_empty() => words.title.to_owned(),
        None => format!("{} · {}", words.title, form.text(Field::Name).trim()),
    }
}

fn body(scene: &Scene<'_>, form: &CompanyForm, dialog: &mut DialogFrame<'_>) {
    let words = &scene.words.form;
    if !form.meanwhile.is_empty() {
        dialog.signed(("!", scene.theme.waiting), words.changed, scene.theme.strong);
        dialog.blank();
    }
    let fields = form.fields();
    let longest = fields.iter().map(|field| text::width((words.field)(*field))).max().unwrap_or(0);
    let label = longest.min(dialog.room() / 3 + 2);
    for field in fields {
        match field {
            Field::Save => buttons(scene, form, dialog),
            Field::Cancel => {}
            field => rows::field(scene, form, field, label, dialog),
        }
    }
}

/// What has to be read before saving, and the buttons.
fn buttons(scene: &Scene<'_>, form: &CompanyForm, dialog: &mut DialogFrame<'_>) {
    let words = &scene.words.form;
    let first = dialog.lines().len();
    dialog.blank();
    if let Some(error) = form.submission.error() {
        refused(scene, form, error, dialog);
    }
    alike(scene, form, dialog);
    if form.submission.asking() && !form.busy() {
        dialog.signed(("!", scene.theme.waiting), words.asking, scene.theme.strong);
    }
    dialog.indent("   ");
    if form.reloading {
        dialog.line(format!("   {} {} …", scene.spinner(), words.reloading));
    } else if form.submission.sending() {
        dialog.sending(words.sending);
    } else {
        let (save, cancel) = (form.at == Field::Save, form.at == Field::Cancel);
        dialog.buttons([(words.save, save, true), (words.cancel, cancel, true)]);
    }
    if matches!(form.at, Field::Save | Field::Cancel) || form.busy() || form.submission.asking() {
        let last = dialog.lines().len();
        dialog.keep_in_sight(first..last);
    }
}

/// Why the last try failed. What is told at a field is not told again.
fn refused(scene: &Scene<'_>, form: &CompanyForm, error: &Error, dialog: &mut DialogFrame<'_>) {
    if error.cause == Cause::ChangedMeanwhile && !form.busy() {
        return;
    }
    let at_fields = matches!(error.cause, Cause::NotAccepted { .. }) && !form.refused.is_empty();
    if at_fields {
        dialog.signed(("✖", scene.theme.danger), (scene.words.errors.failed)(error.operation), scene.theme.strong);
    } else {
        dialog.failed(error);
    }
}

/// Companies that one could mean instead: their names and how they stand.
fn alike(scene: &Scene<'_>, form: &CompanyForm, dialog: &mut DialogFrame<'_>) {
    const MOST: usize = 4;
    if form.alike.is_empty() {
        return;
    }
    let words = &scene.words.form;
    let message = if form.alike.iter().any(|other| other.same) { words.alike } else { words.nearly };
    dialog.signed(("!", scene.theme.waiting), message, scene.theme.strong);
    for other in form.alike.iter().take(MOST) {
        let state = (scene.words.companies.state)(&other.state).into_owned();
        let name = text::cut(&other.name, dialog.room().saturating_sub(text::width(&state) + 8));
        let line = format!("   · {name} · {state}");
        dialog.line(line);
    }
    if form.alike.len() > MOST {
        dialog.line(format!("     {}", (words.more_countries)(form.alike.len() - MOST)));
    }
    dialog.signed((" ", Style::new()), words.alike_again, Style::new());
}

/// After a company was added.
pub(in crate::view) fn added(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, added: &Added) {
    let words = &scene.words.form;
    let mut dialog = DialogFrame::new(scene, area, 66).border(scene.theme.good).keys(words.added_keys);
    dialog.signed(("✔", scene.theme.good), &(words.added)(&added.company), scene.theme.strong);
    dialog.indent("   ");
    if added.cleared {
        dialog.text(words.added_cleared, Style::new());
    }
    let guided = scene.model.guided(&added.key.profile);
    let (next, now) = if guided { (words.guided_next, words.guided_now) } else { (words.added_next, words.launch_now) };
    dialog.text(next, Style::new());
    dialog.blank();
    let buttons = [(now, added.launch, true), (words.later, !added.launch, true)];
    let cells = |(label, ..): &(&str, bool, bool)| text::width(label) + 6;
    if buttons.iter().map(cells).sum::<usize>() + 3 > dialog.inner_width() + 2 {
        for button in buttons {
            dialog.buttons([button]);
        }
    } else {
        dialog.buttons(buttons);
    }
    let title = scene.identified(&added.key, (&added.company, added.distinction.as_deref()), dialog.room());
    dialog.title(title).render(frame);
}
