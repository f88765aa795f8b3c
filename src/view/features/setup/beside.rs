//! The step beside the list: everything about it, and what can be done.
//!
//! ```text
//! ╭─ 2  Recovery plan ─────────────────────────────────── ◐ In progress ─╮
//! │ Make sure someone can restore access for people who get locked out.  │
//! │                                                                      │
//! │ STATE       ○ To do   ◐ In progress   ✔ Done           x  change     │
//! │ DETECTED    ✔ 3 people can recover others                            │
//! │ MARKED BY   Tomma Petersen, 2 months ago (14 Sep)                    │
//! ╰──────────────────────────────────────────────────────────────────────╯
//! ```

use super::{detected, face};
use crate::app::command::Command;
use crate::app::features::cure;
use crate::domain::activity::Action;
use crate::domain::setup::{Step, StepKind};
use crate::view::Scene;
use crate::view::features::activity;
use crate::view::widgets::card::card;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Prose is no easier to read on longer lines.
const PROSE: usize = 76;
/// The newest changes of the step.
const HISTORY: usize = 5;

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, (number, step): (usize, &Step)) {
    let (glyph, _) = face(scene, &step.state);
    let state = format!("{glyph} {}", (scene.words.setup.state)(&step.state));
    let title = format!("{number}  {}", (scene.words.setup.step)(&step.kind));
    let inner = card(scene, frame, area, (&title, &state), false);
    text::stack(frame, inner, lines(scene, step, usize::from(inner.width)));
}

/// The step as text, with what is noted and how it is done.
pub(in crate::view) fn copied(scene: &Scene<'_>) -> Option<String> {
    let (_, company) = scene.model.selected()?;
    let step = scene.model.selected_step()?;
    let title = format!(
        "{} – {}: {}",
        company.name,
        (scene.words.setup.step)(&step.kind),
        (scene.words.setup.state)(&step.state)
    );
    let body = lines(scene, step, PROSE).into_iter().map(|line| line.to_string().trim_end().to_owned());
    Some(std::iter::once(title).chain(body.filter(|line| !line.is_empty())).collect::<Vec<_>>().join("\n"))
}

fn lines(scene: &Scene<'_>, step: &Step, width: usize) -> Vec<Line<'static>> {
    let (words, theme) = (&scene.words.setup, scene.theme);
    let labels = [words.label_state, words.label_detected, words.label_place, words.label_marked, words.label_note];
    let cells = labels.iter().map(|label| text::width(label)).max().unwrap_or(0) + 2;
    let mut out = Out { scene, width, cells, lines: Vec::new() };
    out.prose((words.explain)(&step.kind), Style::new());
    out.blank();
    let mut states = Vec::new();
    for state in step.kind.states() {
        let (glyph, style) = face(scene, &state);
        let here = state == step.state;
        states.push(Span::styled(format!("{glyph} "), if here { style } else { theme.muted }));
        let name = format!("{}   ", (words.state)(&state));
        states.push(Span::styled(name, if here { theme.strong } else { theme.muted }));
    }
    out.row(words.label_state, states, Some((Command::ToggleStep, words.change)));
    out.blank();
    evidence(&mut out, step);
    out.row(words.label_place, vec![Span::raw((words.place)(&step.kind))], Some((Command::LaunchStep, words.open_it)));
    let marked = step.updater.as_ref().zip(step.update_time);
    let marked = marked
        .map(|(who, when)| format!("{}, {} ({})", who.display_name, scene.clock.ago(when), scene.clock.day(when)));
    let style = if marked.is_some() { Style::new() } else { theme.muted };
    out.row(
        words.label_marked,
        vec![Span::styled(marked.unwrap_or_else(|| words.not_reported.to_owned()), style)],
        None,
    );
    let note = step.note.clone().unwrap_or_else(|| scene.words.company.nothing.to_owned());
    let act = if note.contains('\n') || text::width(&note) + cells + 24 > width {
        None
    } else {
        Some((Command::EditNote, words.write_note))
    };
    if act.is_some() {
        out.row(words.label_note, vec![Span::raw(note)], act);
    } else {
        text::wrapped(&mut out.lines, (&text::pad(words.label_note, cells), theme.muted), &note, Style::new(), width);
    }
    out.blank();
    history(&mut out, step);
    if !matches!(step.kind, StepKind::Other(_)) {
        out.heading(words.label_how);
        for line in (words.how)(&step.kind) {
            text::wrapped(&mut out.lines, ("  · ", theme.muted), line, Style::new(), width.min(PROSE));
        }
    }
    out.lines
}

fn evidence(out: &mut Out<'_>, step: &Step) {
    let (words, theme) = (&out.scene.words.setup, out.scene.theme);
    let found = step.evidence.iter().any(|evidence| evidence.count > 0);
    let facts = detected(out.scene, step);
    let (sign, style) = match (step.contradicted(), found) {
        (true, _) => ("△ ", theme.waiting),
        (false, true) => ("✔ ", theme.good),
        (false, false) => ("", theme.muted),
    };
    // Nobody looks into a company of a REAL workspace.
    let nothing = if out.scene.unknown() { out.scene.words.company.unknown } else { words.nothing_detected };
    let told = facts.unwrap_or_else(|| nothing.to_owned());
    let spans = vec![Span::styled(sign, style), Span::styled(told, if found { Style::new() } else { theme.muted })];
    out.row(words.label_detected, spans, None);
    if step.contradicted() {
        out.row("", vec![Span::styled((words.contradiction)(step), theme.strong)], None);
    }
}

/// When the state changed, as far as the activity of the company is loaded.
fn history(out: &mut Out<'_>, step: &Step) {
    let scene = out.scene;
    let Some(feed) = scene.model.selected_details().map(|details| &details.activity) else { return };
    let name = (scene.words.setup.step)(&step.kind).into_owned();
    let events = (0..feed.rows.len()).filter_map(|row| feed.event(row)).map(|(_, event)| event);
    let of_step = events.filter(|event| event.action == Action::SetupUpdated);
    let told = of_step.filter_map(|event| {
        let target = activity::target(scene, event)
            .filter(|target| *target == name || target.starts_with(&format!("{name}:")))?;
        let day = event.time.map(|time| scene.clock.day(time)).unwrap_or_default();
        let state = target.get(name.len()..).unwrap_or_default().trim_start_matches(": ").to_owned();
        Some(format!("{day}  → {state}  {}", event.actor.display_name))
    });
    let told: Vec<String> = told.take(HISTORY).collect();
    for (at, line) in told.iter().enumerate() {
        let label = if at == 0 { scene.words.setup.label_history } else { "" };
        out.row(label, vec![Span::raw(line.clone())], None);
    }
    if !told.is_empty() {
        out.blank();
    }
}

struct Out<'a> {
    scene: &'a Scene<'a>,
    width: usize,
    /// Cells of the labels.
    cells: usize,
    lines: Vec<Line<'static>>,
}

impl Out<'_> {
    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    fn heading(&mut self, label: &str) {
        self.lines.push(Line::styled(label.to_owned(), self.scene.theme.muted));
    }

    fn prose(&mut self, message: &str, style: Style) {
        let lines = text::wrap(message, self.width.min(PROSE));
        self.lines.extend(lines.into_iter().map(|line| Line::styled(line, style)));
    }

    /// A label and a value, and the key of what can be done where it can be done now.
    fn row(&mut self, label: &str, value: Vec<Span<'static>>, act: Option<(Command, &'static str)>) {
        let mut line = Line::from(Span::styled(text::pad(label, self.cells), self.scene.theme.muted));
        line.spans.extend(value);
        let act = act.and_then(|(command, act)| Some((cure::key(self.scene.model, command)?, act)));
        if let Some((key, act)) = act {
            let cells = text::width(&key) + 2 + text::width(act);
            if line.width() + 2 + cells <= self.width {
                let at = (line.width() + 3).max(54).min(self.width - cells);
                line.push_span(Span::raw(" ".repeat(at - line.width())));
                line.push_span(Span::styled(key, self.scene.theme.key));
                line.push_span(Span::raw(format!("  {act}")));
            }
        }
        self.lines.push(crate::view::widgets::grid::cut(line, self.width));
    }
}
