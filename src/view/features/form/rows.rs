//! One field of the form: its label, what stands in it, and below it what is to be said about it.

use crate::app::features::form::{CompanyForm, Field};
use crate::i18n::country;
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::{input, text};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Countries shown at once below the field.
const MOST_FOUND: usize = 5;

/// Cells of a field at most.
const WIDEST: usize = 44;

/// Below this width notes begin under the labels.
const NARROW: usize = 60;

/// Adds a field, with so many cells for its label.
pub(in crate::view) fn field(
    scene: &Scene<'_>,
    form: &CompanyForm,
    field: Field,
    label: usize,
    dialog: &mut DialogFrame<'_>,
) {
    let here = form.at == field;
    let first = dialog.lines().len();
    let name = text::cut((scene.words.form.field)(field), label).into_owned();
    let pad = " ".repeat(label.saturating_sub(text::width(&name)));
    let indent = label + 5;
    let mark = if here { Span::styled(" ❯ ", scene.theme.key) } else { Span::raw("   ") };
    let style = if here { scene.theme.strong } else { scene.theme.muted };
    let room = dialog.room().saturating_sub(indent).max(2);
    let (shown, cursor) = value(scene, form, field, room);
    if let Some(column) = cursor.filter(|_| !form.busy() && !form.submission.asking()) {
        dialog.cursor_at(indent + column);
    }
    // A field is seen although nothing is in it.
    let empty = if field == Field::More { 0 } else { room.min(WIDEST).saturating_sub(text::width(&shown)) };
    let line = vec![
        mark,
        Span::styled(name, style),
        Span::raw(format!("{pad}  {shown}")),
        Span::styled("_".repeat(empty), scene.theme.muted),
    ];
    dialog.line(Line::from(line));
    if here && field == Field::Country && !form.query.text().is_empty() {
        found(scene, form, indent, dialog);
    } else {
        below(scene, form, field, indent, dialog);
        region(scene, form, field, indent, dialog);
    }
    if here {
        let last = dialog.lines().len();
        dialog.keep_in_sight(first..last);
    }
}

/// Below the country: which region the company belongs to, and of which account it is.
fn region(scene: &Scene<'_>, form: &CompanyForm, field: Field, indent: usize, dialog: &mut DialogFrame<'_>) {
    let Some(session) = scene.model.accounts.session(&form.account).filter(|_| field == Field::Country) else { return };
    let region = (scene.words.form.region)(&session.account.region);
    let note = match scene.model.accounts.get(&form.account).filter(|_| scene.model.accounts.several()) {
        Some(account) => format!("{} {region}", (scene.words.accounts.of)(&account.label)),
        None => region,
    };
    // In narrow windows the whole width, or it would push the other fields out of sight.
    let lead = if dialog.room() < NARROW { 5 } else { indent };
    dialog.lead((&" ".repeat(lead), Style::new()), &note, scene.theme.muted);
}

/// What stands in the field, and the cursor's cell in it.
fn value(scene: &Scene<'_>, form: &CompanyForm, field: Field, cells: usize) -> (String, Option<usize>) {
    let here = form.at == field;
    let line = match field {
        Field::Country if form.query.text().is_empty() => {
            let code = form.country.as_str();
            let name = country::name(code, scene.words.lang).map(|name| format!("{name} ({code})"));
            let name = name.unwrap_or_else(|| code.to_owned());
            return (text::cut(&name, cells).into_owned(), here.then_some(0));
        }
        Field::Country => Some(&form.query),
        field => form.lines.get(&field),
    };
    match line {
        Some(line) if here => {
            let (shown, cursor) = input::visible(line, cells);
            (shown, Some(cursor))
        }
        Some(line) => (text::cut(&line.shown(), cells).into_owned(), None),
        None => (String::new(), None),
    }
}

/// What is wrong, what somebody else wrote there, or how to fill it.
fn below(scene: &Scene<'_>, form: &CompanyForm, field: Field, indent: usize, dialog: &mut DialogFrame<'_>) {
    let words = &scene.words.form;
    let space = " ".repeat(indent.saturating_sub(2));
    let problem = form.told(field);
    if let Some(problem) = &problem {
        dialog.lead((&format!("{space}✖ "), scene.theme.danger), &(words.problem)(problem), Style::new());
    }
    if let Some(change) = form.meanwhile.iter().find(|change| change.field == field) {
        let message = change.theirs.as_deref().map_or_else(|| words.taken_in.to_owned(), words.theirs);
        dialog.lead((&format!("{space}! "), scene.theme.waiting), &message, Style::new());
    }
    let hint = (words.hint)(field);
    let empty = form.text(field).is_empty() || field == Field::Country;
    if form.at == field && problem.is_none() && empty && !hint.is_empty() {
        dialog.lead((&" ".repeat(indent), Style::new()), hint, scene.theme.muted);
    }
}

/// The countries found, the chosen one marked, their codes at the right.
fn found(scene: &Scene<'_>, form: &CompanyForm, indent: usize, dialog: &mut DialogFrame<'_>) {
    let words = &scene.words.form;
    let found = form.found(&scene.model.options.countries);
    let space = " ".repeat(indent.saturating_sub(2));
    if found.is_empty() {
        return dialog.lead((&format!("{space}✖ "), scene.theme.danger), words.no_country, Style::new());
    }
    let top = form.choice.saturating_sub(MOST_FOUND - 1);
    let cells = dialog.room().saturating_sub(indent + 4).clamp(2, 36);
    for (row, (code, name)) in found.iter().enumerate().skip(top).take(MOST_FOUND) {
        let name = text::cut(name, cells).into_owned();
        let pad = " ".repeat(cells.saturating_sub(text::width(&name)));
        let (mark, mark_style, style) = if row == form.choice {
            ("▌", scene.theme.accent, scene.theme.selected)
        } else {
            (" ", Style::new(), Style::new())
        };
        let mark = Span::styled(format!("{space}{mark} "), mark_style);
        dialog.line(Line::from(vec![mark, Span::styled(format!("{name}{pad}  {code}"), style)]));
    }
    let more = found.len().saturating_sub(top + MOST_FOUND);
    if more > 0 {
        dialog.line(Line::styled(format!("{space}  {}", (words.more_countries)(more)), scene.theme.muted));
    }
}
