//! The form for what was seen of a company in the web console.

use crate::app::features::declare::{DeclareDialog, DeclareField};
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::{input, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells of the labels.
const LABEL: usize = 16;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, form: &DeclareDialog) {
    let words = &scene.words.declare;
    let mut dialog = DialogFrame::new(scene, area, 76);
    let room = dialog.room();
    dialog.line(Line::styled(format!(" {}", words.title), scene.theme.strong));
    dialog.text(words.explain, scene.theme.muted);
    dialog.blank();
    for of in DeclareField::ALL {
        field(scene, form, of, &mut dialog);
    }
    dialog.blank();
    if let Some(error) = form.submission.error() {
        dialog.failed(error);
    }
    if form.submission.sending() {
        dialog.sending(words.saving);
    } else if form.submission.asking() {
        dialog.signed(("!", scene.theme.waiting), words.asking, scene.theme.strong);
    }
    dialog
        .title(scene.identified(&form.key, (&form.company, form.distinction.as_deref()), room))
        .keys(words.keys)
        .render(frame);
}

fn field(scene: &Scene<'_>, form: &DeclareDialog, of: DeclareField, dialog: &mut DialogFrame<'_>) {
    let words = &scene.words.declare;
    let here = form.at == of;
    let first = dialog.lines().len();
    let name = text::cut((words.field)(of), LABEL).into_owned();
    let pad = " ".repeat(LABEL.saturating_sub(text::width(&name)));
    let indent = LABEL + 5;
    let cells = dialog.room().saturating_sub(indent + 1).max(2);
    let line = match of {
        DeclareField::Owners => Some(&form.owners),
        DeclareField::Seats => Some(&form.seats),
        DeclareField::Limit => Some(&form.limit),
        DeclareField::Recoveries => Some(&form.recoveries),
        DeclareField::Day => Some(&form.day),
        DeclareField::Status => None,
    };
    let state = form.state.as_ref().map(|state| (scene.words.companies.state)(state).into_owned());
    let (shown, cursor) = match line {
        Some(line) => input::visible(line, cells),
        None => (text::cut(&state.unwrap_or_else(|| words.not_seen.to_owned()), cells).into_owned(), 0),
    };
    if here && !form.submission.sending() && !form.submission.asking() {
        dialog.cursor_at(indent + cursor);
    }
    let mark = if here { Span::styled(" ❯ ", scene.theme.key) } else { Span::raw("   ") };
    let style = if here { scene.theme.strong } else { scene.theme.muted };
    dialog.line(Line::from(vec![mark, Span::styled(name, style), Span::raw(format!("{pad}  {shown}"))]));
    let space = " ".repeat(indent.saturating_sub(2));
    match form.problem.filter(|(at, _)| *at == of) {
        Some((_, problem)) => {
            dialog.lead((&format!("{space}✖ "), scene.theme.danger), (words.problem)(problem), Style::new());
        }
        None if here => dialog.lead((&" ".repeat(indent), Style::new()), (words.hint)(of), scene.theme.muted),
        None => {}
    }
    if here {
        let last = dialog.lines().len();
        dialog.keep_in_sight(first..last);
    }
}
