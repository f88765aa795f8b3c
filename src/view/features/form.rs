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
use crate::view::overlay::{button, failed, keys, lines, popup, under_way, wrapped};
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn choice(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cursor: usize) {
    let words = &scene.words.form;
    let width = area.width.saturating_sub(4).min(64);
    let room = usize::from(width.saturating_sub(4));
    let mut all = Vec::new();
    for (row, (label, help)) in [(words.add, words.add_help), (words.link, words.link_help)].into_iter().enumerate() {
        let here = row == cursor;
        let mark = if here { Span::styled(" ▌ ", scene.theme.accent) } else { Span::raw("   ") };
        let style = if here { scene.theme.strong } else { Style::new() };
        all.push(Line::from(vec![mark, Span::styled(format!("{} {label}", row + 1), style)]));
        wrapped(&mut all, ("     ", Style::new()), help, scene.theme.muted, room);
        all.push(Line::default());
    }
    let height = u16::try_from(all.len() + 3).unwrap_or(u16::MAX);
    let inner = popup(scene, frame, area, (width, height), words.title, scene.theme.accent);
    lines(frame, Rect { height: inner.height.saturating_sub(1), ..inner }, &all, 0);
    keys(scene, frame, inner, words.choice_keys);
}

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, form: &CompanyForm) {
    let words = &scene.words.form;
    let width = area.width.saturating_sub(4).min(78);
    let room = usize::from(width.saturating_sub(4));
    let body = body(scene, form, room);
    let height = u16::try_from(body.lines.len() + 3).unwrap_or(u16::MAX);
    let inner = popup(scene, frame, area, (width, height), &title(scene, form), scene.theme.accent);
    let at = Rect { height: inner.height.saturating_sub(1), ..inner };
    let top = body.top(usize::from(at.height));
    lines(frame, at, &body.lines, top);
    let edge = Rect { x: at.right().saturating_sub(1), width: 1, height: 1, ..at };
    if top > 0 && at.height > 0 {
        frame.render_widget(Span::raw("▴"), edge);
    }
    if body.lines.len() > top + usize::from(at.height) && at.height > 0 {
        frame.render_widget(Span::raw("▾"), Rect { y: at.bottom() - 1, ..edge });
    }
    let finding = form.at == Field::Country && !form.query.text().is_empty();
    keys(scene, frame, inner, if finding { words.keys_finding } else { words.keys });
    let cursor = body.cursor.and_then(|(row, column)| Some((row.checked_sub(top)?, column)));
    if let Some((row, column)) = cursor.filter(|(row, _)| *row < usize::from(at.height))
        && let (Ok(row), Ok(column)) = (u16::try_from(row), u16::try_from(column))
        && !form.busy()
    {
        frame.set_cursor_position((at.x + column, at.y + row));
    }
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

/// The lines of the form, those that must be in sight, and where the cursor stands among them.
#[derive(Default)]
struct Body {
    lines: Vec<Line<'static>>,
    from: usize,
    to: usize,
    cursor: Option<(usize, usize)>,
}

impl Body {
    /// The first line shown: as far down as the cursor's lines need, never past their beginning.
    fn top(&self, height: usize) -> usize {
        if self.lines.len() <= height || self.to <= height {
            return 0;
        }
        (self.to - height).min(self.from).min(self.lines.len() - height)
    }
}

fn body(scene: &Scene<'_>, form: &CompanyForm, room: usize) -> Body {
    let words = &scene.words.form;
    let mut body = Body::default();
    if !form.meanwhile.is_empty() {
        wrapped(&mut body.lines, (" ! ", scene.theme.waiting), words.changed, scene.theme.strong, room);
        body.lines.push(Line::default());
    }
    let fields = form.fields();
    let label = fields.iter().map(|field| text::width((words.field)(*field))).max().unwrap_or(0).min(room / 3 + 2);
    for field in fields {
        match field {
            Field::Save => buttons(scene, form, room, &mut body),
            Field::Cancel => {}
            field => rows::field(scene, form, field, (label, room), &mut body),
        }
    }
    body
}

/// What has to be read before saving, and the buttons.
fn buttons(scene: &Scene<'_>, form: &CompanyForm, room: usize, body: &mut Body) {
    let words = &scene.words.form;
    let here = matches!(form.at, Field::Save | Field::Cancel);
    let first = body.lines.len();
    body.lines.push(Line::default());
    if let Some(error) = form.submission.error() {
        refused(scene, form, error, room, &mut body.lines);
    }
    alike(scene, form, room, &mut body.lines);
    if form.reloading {
        body.lines.push(Line::from(format!("   {} {} …", scene.spinner(), words.reloading)));
    } else if form.submission.sending() {
        under_way(scene, &mut body.lines, "   ", words.sending, room);
    } else {
        if form.submission.asking() {
            wrapped(&mut body.lines, (" ! ", scene.theme.waiting), words.asking, scene.theme.strong, room);
        }
        let mut line = vec![Span::raw("   ")];
        line.extend(button(scene, words.save, form.at == Field::Save, true));
        line.extend(button(scene, words.cancel, form.at == Field::Cancel, true));
        body.lines.push(Line::from(line));
    }
    if here || form.busy() || form.submission.asking() {
        (body.from, body.to) = (first, body.lines.len());
        if form.submission.asking() {
            body.cursor = None;
        }
    }
}

/// Why the last try failed. What is told at a field is not told again.
fn refused(scene: &Scene<'_>, form: &CompanyForm, error: &Error, room: usize, out: &mut Vec<Line<'static>>) {
    if error.cause == Cause::ChangedMeanwhile && !form.busy() {
        return;
    }
    let at_fields = matches!(error.cause, Cause::NotAccepted { .. }) && !form.refused.is_empty();
    if at_fields {
        wrapped(
            out,
            (" ✖ ", scene.theme.danger),
            (scene.words.errors.failed)(error.operation),
            scene.theme.strong,
            room,
        );
    } else {
        failed(out, scene, error, " ", room);
    }
}

/// Companies that one could mean instead: their names and how they stand.
fn alike(scene: &Scene<'_>, form: &CompanyForm, room: usize, out: &mut Vec<Line<'static>>) {
    const MOST: usize = 4;
    if form.alike.is_empty() {
        return;
    }
    let words = &scene.words.form;
    let said = if form.alike.iter().any(|other| other.same) { words.alike } else { words.nearly };
    wrapped(out, (" ! ", scene.theme.waiting), said, scene.theme.strong, room);
    for other in form.alike.iter().take(MOST) {
        let state = (scene.words.companies.state)(&other.state).into_owned();
        let name = text::cut(&other.name, room.saturating_sub(text::width(&state) + 8)).into_owned();
        out.push(Line::from(format!("   · {name} · {state}")));
    }
    if form.alike.len() > MOST {
        out.push(Line::from(format!("     {}", (words.more_countries)(form.alike.len() - MOST))));
    }
    wrapped(out, ("   ", Style::new()), words.alike_again, Style::new(), room);
}

/// After a company was added.
pub(in crate::view) fn added(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, added: &Added) {
    let words = &scene.words.form;
    let width = area.width.saturating_sub(4).min(66);
    let room = usize::from(width.saturating_sub(4));
    let mut all = Vec::new();
    wrapped(&mut all, (" ✔ ", scene.theme.good), &(words.added)(&added.company), scene.theme.strong, room);
    if added.cleared {
        wrapped(&mut all, ("   ", Style::new()), words.added_cleared, Style::new(), room);
    }
    wrapped(&mut all, ("   ", Style::new()), words.added_next, Style::new(), room);
    all.push(Line::default());
    let launch = button(scene, words.launch_now, added.launch, true);
    let later = button(scene, words.later, !added.launch, true);
    let narrow = launch.iter().chain(&later).map(Span::width).sum::<usize>() + 3 > usize::from(width);
    let mut line = vec![Span::raw("   ")];
    line.extend(launch);
    if narrow {
        all.push(Line::from(std::mem::replace(&mut line, vec![Span::raw("   ")])));
    }
    line.extend(later);
    all.push(Line::from(line));
    let height = u16::try_from(all.len() + 3).unwrap_or(u16::MAX);
    let inner = popup(
        scene,
        frame,
        area,
        (width, height),
        &scene.identified(&added.key, &added.company, room),
        scene.theme.good,
    );
    lines(frame, Rect { height: inner.height.saturating_sub(1), ..inner }, &all, 0);
    keys(scene, frame, inner, words.added_keys);
}
