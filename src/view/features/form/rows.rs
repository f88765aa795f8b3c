//! One field of the form: its label, what stands in it, and below it what is to be said about it.

use crate::app::features::form::{CompanyForm, Field};
use crate::i18n::country;
use crate::view::Scene;
use crate::view::features::form::Body;
use crate::view::overlay::wrapped;
use crate::view::widgets::input;
use crate::view::widgets::text;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Countries shown at once below the field.
const MOST_FOUND: usize = 5;

/// Below this width notes begin under the labels.
const NARROW: usize = 60;

/// Adds a field; `label` cells for its label, `room` cells in all.
pub(in crate::view) fn field(
    scene: &Scene<'_>,
    form: &CompanyForm,
    field: Field,
    (label, room): (usize, usize),
    body: &mut Body,
) {
    let words = &scene.words.form;
    let here = form.at == field;
    let first = body.lines.len();
    let name = text::cut((words.field)(field), label).into_owned();
    let pad = " ".repeat(label.saturating_sub(text::width(&name)));
    let indent = label + 5;
    let cells = room.saturating_sub(indent).max(2);
    let mark = if here { Span::styled(" ❯ ", scene.theme.key) } else { Span::raw("   ") };
    let style = if here { scene.theme.strong } else { scene.theme.muted };
    let (shown, cursor) = value(scene, form, field, cells);
    if here {
        body.cursor = cursor.map(|column| (first, indent + column));
    }
    body.lines.push(Line::from(vec![mark, Span::styled(name, style), Span::raw(format!("{pad}  ")), Span::raw(shown)]));
    let finding = here && field == Field::Country && !form.query.text().is_empty();
    if finding {
        found(scene, form, indent, room, &mut body.lines);
    } else {
        below(scene, form, field, indent, room, &mut body.lines);
    }
    if field == Field::Country
        && !finding
        && let Some(session) = scene.model.accounts.session(&form.account)
    {
        let note = match scene.model.accounts.get(&form.account).filter(|_| scene.model.accounts.several()) {
            Some(account) => {
                let of = (scene.words.accounts.of)(&account.label);
                format!("{of} {}", (words.region)(&session.account.region))
            }
            None => (words.region)(&session.account.region),
        };
        // In narrow windows the whole width, or it would push the other fields out of sight.
        let lead = if room < NARROW { 5 } else { indent };
        wrapped(&mut body.lines, (&" ".repeat(lead), Style::new()), &note, scene.theme.muted, room);
    }
    if here {
        (body.from, body.to) = (first, body.lines.len());
    }
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
fn below(
    scene: &Scene<'_>,
    form: &CompanyForm,
    field: Field,
    indent: usize,
    room: usize,
    out: &mut Vec<Line<'static>>,
) {
    let words = &scene.words.form;
    let space = " ".repeat(indent.saturating_sub(2));
    let problem = form.told(field);
    if let Some(problem) = &problem {
        let lead = format!("{space}✖ ");
        wrapped(out, (&lead, scene.theme.danger), &(words.problem)(problem), Style::new(), room);
    }
    if let Some(change) = form.meanwhile.iter().find(|change| change.field == field) {
        let said = change.theirs.as_deref().map_or_else(|| words.taken_in.to_owned(), words.theirs);
        wrapped(out, (&format!("{space}! "), scene.theme.waiting), &said, Style::new(), room);
    }
    let hint = (words.hint)(field);
    let empty = form.text(field).is_empty() || field == Field::Country;
    if form.at == field && problem.is_none() && empty && !hint.is_empty() {
        wrapped(out, (&" ".repeat(indent), Style::new()), hint, scene.theme.muted, room);
    }
}

/// The countries found, the chosen one marked, their codes at the right.
fn found(scene: &Scene<'_>, form: &CompanyForm, indent: usize, room: usize, out: &mut Vec<Line<'static>>) {
    let words = &scene.words.form;
    let found = form.found(&scene.model.options.countries);
    let space = " ".repeat(indent.saturating_sub(2));
    if found.is_empty() {
        wrapped(out, (&format!("{space}✖ "), scene.theme.danger), words.no_country, Style::new(), room);
        return;
    }
    let top = form.choice.saturating_sub(MOST_FOUND - 1);
    let cells = room.saturating_sub(indent + 4).max(2);
    for (row, (code, name)) in found.iter().enumerate().skip(top).take(MOST_FOUND) {
        let name = text::cut(name, cells.min(36)).into_owned();
        let pad = " ".repeat(cells.min(36).saturating_sub(text::width(&name)));
        let chosen = row == form.choice;
        let mark = if chosen {
            Span::styled(format!("{space}▌ "), scene.theme.accent)
        } else {
            Span::raw(format!("{space}  "))
        };
        let style = if chosen { scene.theme.selected } else { Style::new() };
        out.push(Line::from(vec![mark, Span::styled(format!("{name}{pad}  {code}"), style)]));
    }
    let more = found.len().saturating_sub(top + MOST_FOUND);
    if more > 0 {
        out.push(Line::styled(format!("{space}  {}", (words.more_countries)(more)), scene.theme.muted));
    }
}
