//! The set-up checklist. What a technician reported and what the server derived stand on lines of their own.
//!
//! ```text
//!  ▰▰▰▰▱  4 of 5 done
//!
//!  ✔ 1 Policies, groups and vaults                        done
//!      reported by Tomma Petersen, 3 days ago
//!      derived: 2 custom groups · 5 shared vaults
//! ▌○ 5 Deploy the apps                       ▸ next      to do
//! ```

pub(in crate::view) mod note;
pub(in crate::view) mod step;

use crate::app::command::Command;
use crate::app::features::cure;
use crate::domain::setup::{Checklist, Step, StepState};
use crate::view::Scene;
use crate::view::features::company::scrolled;
use crate::view::widgets::{status, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::ops::Range;

/// Cells before the text of a step's further lines.
const INDENT: usize = 5;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, focused: bool) {
    let width = usize::from(area.width);
    let words = &scene.words.setup;
    let Some(details) = scene.model.selected_details() else {
        return frame.render_widget(status::loading(scene, words.loading), area);
    };
    let mut lines = status::of_one(scene, &details.setup, words.loading, width);
    let mut cursor = 0..1;
    if let Some(checklist) = details.setup.value() {
        if checklist.steps.is_empty() {
            lines.push(Line::styled(format!(" {}", words.empty), scene.theme.muted));
        } else {
            lines.push(progress(scene, checklist));
            if area.height > 12 {
                lines.push(Line::default());
            }
            cursor = steps(scene, checklist, &mut lines, width, focused);
        }
    }
    scrolled(frame, area, lines, &cursor);
}

fn progress(scene: &Scene<'_>, checklist: &Checklist) -> Line<'static> {
    let words = &scene.words.setup;
    let progress = checklist.progress();
    let style = if progress.complete() { scene.theme.good } else { scene.theme.accent };
    let text = if progress.complete() {
        words.complete.to_owned()
    } else {
        (words.progress)(progress.done, progress.applicable)
    };
    Line::from(vec![
        Span::styled(format!(" {} ", bar(progress.done, progress.applicable)), style),
        Span::styled(format!(" {text}"), scene.theme.strong),
    ])
}

/// One cell a step, for as many steps as fit a glance.
pub(in crate::view) fn bar(done: u32, of: u32) -> String {
    let of = of.min(10) as usize;
    let done = (done as usize).min(of);
    format!("{}{}", "▰".repeat(done), "▱".repeat(of - done))
}

/// All steps; answers which lines the cursor's step takes.
fn steps(
    scene: &Scene<'_>,
    checklist: &Checklist,
    lines: &mut Vec<Line<'static>>,
    width: usize,
    focused: bool,
) -> Range<usize> {
    let next = checklist.next().map(|step| step.kind.clone());
    let cursor_row = scene.model.step_row();
    let mut cursor = 0..1;
    let key = scene.model.selected().map(|(key, _)| key);
    for (index, step) in checklist.steps.iter().enumerate() {
        let at = focused && index == cursor_row;
        let start = lines.len();
        let saving = key.as_ref().is_some_and(|key| scene.model.tickets.editing(key, &step.kind));
        let row = Row { at, next: next.as_ref() == Some(&step.kind), saving, number: index + 1 };
        lines.push(row.head(scene, step, width));
        row.further(scene, step, lines, width);
        if at {
            cursor = start..lines.len();
        }
    }
    cursor
}

/// How one step is drawn.
struct Row {
    at: bool,
    next: bool,
    saving: bool,
    number: usize,
}

impl Row {
    fn mark(&self, scene: &Scene<'_>) -> Span<'static> {
        if self.at { Span::styled("▌", scene.theme.accent) } else { Span::raw(" ") }
    }

    fn head(&self, scene: &Scene<'_>, step: &Step, width: usize) -> Line<'static> {
        let words = &scene.words.setup;
        let (glyph, style) = face(scene, &step.state);
        let state = if self.saving {
            format!("{} {} …", scene.spinner(), words.saving)
        } else {
            (words.state)(&step.state).into_owned()
        };
        let next = match (self.next, width > 56) {
            (true, true) => format!("▸ {}   ", words.next),
            (true, false) => "▸ ".to_owned(),
            (false, _) => String::new(),
        };
        let tail = text::width(&state) + text::width(&next) + 3;
        let name = (words.step)(&step.kind);
        let name = text::cut(&name, width.saturating_sub(tail + INDENT)).into_owned();
        let gap = width.saturating_sub(INDENT + text::width(&name) + tail);
        let name_style = if self.at || self.next { scene.theme.strong } else { Style::new() };
        Line::from(vec![
            self.mark(scene),
            Span::styled(format!("{glyph} "), style),
            Span::styled(format!("{} ", self.number), scene.theme.muted),
            Span::styled(name, name_style),
            Span::raw(" ".repeat(gap + 1)),
            Span::styled(next, scene.theme.strong),
            Span::raw(state),
        ])
    }

    fn further(&self, scene: &Scene<'_>, step: &Step, lines: &mut Vec<Line<'static>>, width: usize) {
        let words = &scene.words.setup;
        let muted = scene.theme.muted;
        let mut add = |text: &str, style: Style| {
            for line in text::wrap(text, width.saturating_sub(INDENT)) {
                let lead = Span::raw(" ".repeat(INDENT - 1));
                lines.push(Line::from(vec![self.mark(scene), lead, Span::styled(line, style)]));
            }
        };
        match (&step.updater, step.update_time) {
            (Some(who), Some(when)) => add(&(words.reported)(&who.display_name, &scene.clock.ago(when)), muted),
            _ if step.state == StepState::Todo => {}
            _ => add(words.not_reported, muted),
        }
        if !step.evidence.is_empty() {
            let facts: Vec<String> = step.evidence.iter().map(|evidence| (words.evidence)(evidence)).collect();
            add(&format!("{}: {}", words.derived, facts.join(" · ")), muted);
        }
        if let Some(note) = &step.note {
            add(&format!("{}: {note}", words.note), Style::new());
        }
        if self.at {
            add((words.explain)(&step.kind), Style::new());
            let key = cure::key(scene.model, Command::LaunchStep);
            let key = key.map(|key| format!(" ({key})")).unwrap_or_default();
            add(&format!("{}: {}{key}", words.where_, (words.place)(&step.kind)), scene.theme.strong);
        }
    }
}

/// A state as a glyph of its own shape and a style.
pub fn face(scene: &Scene<'_>, state: &StepState) -> (&'static str, Style) {
    match state {
        StepState::Todo => ("○", Style::new()),
        StepState::InProgress => ("◐", scene.theme.waiting),
        StepState::Done => ("✔", scene.theme.good),
        StepState::NotApplicable => ("–", scene.theme.muted),
        StepState::Other(_) => ("?", scene.theme.waiting),
    }
}
