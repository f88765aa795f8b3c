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

pub(in crate::view) mod beside;
pub(in crate::view) mod note;
pub(in crate::view) mod step;

use crate::app::command::Command;
use crate::app::features::cure;
use crate::domain::company::Company;
use crate::domain::setup::{Checklist, Step, StepState};
use crate::view::features::company::scrolled;
use crate::view::widgets::card::card;
use crate::view::widgets::{status, text};
use crate::view::{Scene, screens};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::ops::Range;

/// From so many cells on the step stands beside the list.
pub(in crate::view) const BESIDE: u16 = 110;
/// From so many rows on there is air between the steps.
const SPACED: u16 = 26;
/// Cells before the text of a step's further lines.
const INDENT: usize = 5;

/// On the whole screen: the list, and beside it the step under the cursor.
pub(in crate::view) fn with_step(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let list = Rect { width: (area.width * 2 / 5).clamp(52, 66), ..area };
    let right = Rect { x: list.right(), width: area.width - list.width, ..area };
    let checklist = scene.model.selected_details().and_then(|details| details.setup.value());
    let inner = screens::framed(scene, frame, list, scene.words.company_setup());
    draw(scene, frame, inner, true);
    let row = scene.model.step_row();
    match checklist.and_then(|checklist| checklist.steps.get(row)) {
        Some(step) => beside::draw(scene, frame, right, (row + 1, step)),
        None => drop(card(scene, frame, right, ("", ""), false)),
    }
}

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
            let known = scene.model.selected().is_none_or(|(_, company)| known(company, checklist));
            lines.push(if known { progress(scene, checklist) } else { unmarked(scene) });
            if area.height > 12 {
                lines.push(Line::default());
            }
            let spaced = area.height >= SPACED;
            cursor = steps(scene, checklist, &mut lines, width, (focused, spaced));
        }
    }
    scrolled(frame, area, lines, &cursor);
}

/// Somebody said how far it is. Of a company of a REAL workspace nobody has until the first step is marked: it may have
/// been set up for years.
pub(in crate::view) fn known(company: &Company, checklist: &Checklist) -> bool {
    company.setup.known() || checklist.steps.iter().any(|step| step.update_time.is_some())
}

fn unmarked(scene: &Scene<'_>) -> Line<'static> {
    Line::styled(format!(" {}", scene.words.setup.not_reported), scene.theme.muted)
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
    (focused, spaced): (bool, bool),
) -> Range<usize> {
    let next = checklist.next().map(|step| step.kind.clone());
    let cursor_row = scene.model.step_row();
    let mut cursor = 0..1;
    let key = scene.model.selected().map(|(key, _)| key);
    for (index, step) in checklist.steps.iter().enumerate() {
        let at = focused && index == cursor_row;
        if spaced && index > 0 {
            lines.push(Line::default());
        }
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
        let name = (words.step)(&step.kind);
        // The word as well, where no name is cut for it.
        let long = format!("▸ {}   ", words.next);
        let fits = [&*name, &state, &long].map(text::width).iter().sum::<usize>() + INDENT + 3 <= width;
        let next = match (self.next, fits) {
            (true, true) => long,
            (true, false) => "▸ ".to_owned(),
            (false, _) => String::new(),
        };
        let tail = text::width(&state) + text::width(&next) + 3;
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
        let room = width.saturating_sub(INDENT);
        let mut put = |texts: Vec<String>, style: Style| {
            lines.extend(texts.into_iter().map(|line| {
                let lead = Span::raw(" ".repeat(INDENT - 1));
                Line::from(vec![self.mark(scene), lead, Span::styled(line, style)])
            }));
        };
        if let (Some(who), Some(when)) = (&step.updater, step.update_time) {
            put(text::wrap(&(words.reported)(&who.display_name, &scene.clock.ago(when)), room), muted);
        } else if step.state != StepState::Todo {
            put(text::wrap(words.not_reported, room), muted);
        }
        let mut facts = evidence(scene, step);
        if let Some(first) = facts.first_mut() {
            *first = format!("{}: {first}", words.derived);
            put(text::wrap_items(&facts, " · ", room), muted);
        }
        let mut add = |text: &str, style: Style| put(text::wrap(text, room), style);
        if let Some(note) = &step.note {
            add(&format!("{}: {note}", words.note), Style::new());
        }
        // Beside the list all of this is told at length.
        if self.at && !beside_list(scene) {
            add((words.explain)(&step.kind), Style::new());
            let key = cure::key(scene.model, Command::LaunchStep);
            let key = key.map(|key| format!(" ({key})")).unwrap_or_default();
            add(&format!("{}: {}{key}", words.where_, (words.place)(&step.kind)), scene.theme.strong);
        }
    }
}

/// What the server derived, in words.
pub(in crate::view) fn detected(scene: &Scene<'_>, step: &Step) -> Option<String> {
    Some(evidence(scene, step).join(" · ")).filter(|facts| !facts.is_empty())
}

fn evidence(scene: &Scene<'_>, step: &Step) -> Vec<String> {
    step.evidence.iter().map(|evidence| (scene.words.setup.evidence)(evidence)).collect()
}

/// There is room for the step beside the list.
pub(in crate::view) fn beside_list(scene: &Scene<'_>) -> bool {
    scene.model.company_alone() && scene.model.size.width >= BESIDE
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
