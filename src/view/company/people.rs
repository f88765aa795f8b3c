//! People of the company: a table, and the person under the cursor in full below it.

use super::super::{Scene, text};
use super::phase_line;
use crate::domain::people::{GroupKind, Person, PersonKind, PersonState};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Rows below the table for the person under the cursor.
const DETAIL_ROWS: u16 = 3;

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, focused: bool) {
    let words = &scene.words.people;
    let Some(details) = scene.model.selected_details() else {
        frame.render_widget(Line::styled(format!(" {} {} …", scene.spinner(), words.loading), scene.theme.muted), area);
        return;
    };
    let mut y = area.y;
    for line in phase_line(scene, &details.people, words.loading, usize::from(area.width)) {
        if y < area.bottom() {
            frame.render_widget(line, Rect { y, height: 1, ..area });
            y += 1;
        }
    }
    let Some(people) = details.people.value() else { return };
    let rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    if people.is_empty() {
        frame.render_widget(Line::styled(format!(" {}", words.empty), scene.theme.muted), rest);
        return;
    }
    table(scene, frame, rest, people, focused);
}

fn table(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, people: &[Person], focused: bool) {
    let words = &scene.words.people;
    let detail = if area.height > 10 { DETAIL_ROWS } else { 0 };
    let seats = people.iter().filter(|person| person.fills_seat()).count();
    let rows = area.height.saturating_sub(2 + detail);
    let count = format!(" {}", (words.count)(people.len(), seats));
    frame.render_widget(Line::styled(count, scene.theme.strong), Rect { height: 1, ..area });
    let columns = Columns::fit(usize::from(area.width));
    let heading = scene.theme.muted.patch(scene.theme.strong);
    let status = vec![Span::styled(words.status, heading)];
    let head = columns.line((words.name, heading), status, (words.groups, heading));
    if area.height > 1 {
        frame.render_widget(head, Rect { y: area.y + 1, height: 1, ..area });
    }
    let cursor = scene.model.rows.people;
    let top = first_row(cursor, people.len(), usize::from(rows));
    for (row, (index, person)) in (0..rows).zip(people.iter().enumerate().skip(top)) {
        let at = Rect { y: area.y + 2 + row, height: 1, ..area };
        let line = person_line(scene, &columns, person);
        frame.render_widget(line, at);
        if focused && index == cursor {
            frame.render_widget(Span::styled("▌", scene.theme.accent), Rect { width: 1, ..at });
            let whole = Rect { x: at.x + 1, width: at.width.saturating_sub(1), ..at };
            frame.buffer_mut().set_style(whole, scene.theme.selected);
        }
    }
    if detail > 0 {
        let at = Rect { y: area.bottom() - detail, height: detail, ..area };
        if let Some(person) = people.get(cursor) {
            full(scene, frame, at, person);
        }
    }
}

fn first_row(cursor: usize, len: usize, height: usize) -> usize {
    cursor.saturating_sub(height / 2).min(len.saturating_sub(height))
}

struct Columns {
    name: usize,
    state: usize,
    groups: usize,
}

impl Columns {
    fn fit(width: usize) -> Self {
        let room = width.saturating_sub(6);
        let state = if room >= 60 { 22 } else { 14.min(room / 3) };
        let groups = (room.saturating_sub(state) * 2 / 5).min(34);
        Self { name: room.saturating_sub(state + groups), state, groups }
    }

    fn line(&self, name: (&str, Style), state: Vec<Span<'static>>, groups: (&str, Style)) -> Line<'static> {
        let cell = |(text, style): (&str, Style), cells: usize| {
            let cut = text::cut(text, cells).into_owned();
            let pad = cells.saturating_sub(text::width(&cut)) + 2;
            Span::styled(format!("{cut}{}", " ".repeat(pad)), style)
        };
        let mut line = Line::from(vec![Span::raw("  "), cell(name, self.name)]);
        let pad = self.state.saturating_sub(state.iter().map(Span::width).sum()) + 2;
        line.spans.extend(state);
        line.push_span(" ".repeat(pad));
        line.push_span(cell(groups, self.groups));
        line
    }
}

fn person_line(scene: &Scene<'_>, columns: &Columns, person: &Person) -> Line<'static> {
    let style = match person.state {
        PersonState::Active => scene.theme.good,
        PersonState::Suspended | PersonState::Deleted => scene.theme.muted,
        PersonState::RecoveryAwaitingCompletion | PersonState::RecoveryStarted => scene.theme.danger,
        _ => scene.theme.waiting,
    };
    let word = (scene.words.people.state)(&person.state);
    let word = text::cut(&word, columns.state.saturating_sub(2)).into_owned();
    let state = vec![Span::styled(format!("{} ", glyph(&person.state)), style), Span::raw(word)];
    let name_style = if person.is_in(&GroupKind::Owners) { scene.theme.strong } else { Style::new() };
    columns.line((&shown_name(person), name_style), state, (&groups(scene, person, false), scene.theme.muted))
}

fn shown_name(person: &Person) -> String {
    if person.display_name.trim().is_empty() { person.email.clone() } else { person.display_name.clone() }
}

/// What a person is and where they belong; the group that everyone is in says nothing.
fn groups(scene: &Scene<'_>, person: &Person, all: bool) -> String {
    let words = &scene.words.people;
    let mut parts: Vec<String> = Vec::new();
    if matches!(person.kind, PersonKind::Guest | PersonKind::Technician | PersonKind::Other(_)) {
        parts.push((words.kind)(&person.kind).into_owned());
    }
    for group in &person.groups {
        match group.kind {
            GroupKind::Owners => parts.push(words.owners.into()),
            GroupKind::Administrators => parts.push(words.administrators.into()),
            GroupKind::TeamMembers | GroupKind::ExternalAccountManagers if !all => {}
            _ => parts.push(group.name.clone()),
        }
    }
    parts.join(", ")
}

fn glyph(state: &PersonState) -> &'static str {
    match state {
        PersonState::Active => "●",
        PersonState::AwaitingConfirmation => "◔",
        PersonState::Invited => "○",
        PersonState::RecoveryStarted | PersonState::RecoveryAwaitingCompletion => "↺",
        PersonState::Suspended => "◐",
        PersonState::Deleted => "✕",
        PersonState::Other(_) => "?",
    }
}

fn full(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, person: &Person) {
    let words = &scene.words.people;
    let rule = "─".repeat(usize::from(area.width.saturating_sub(2)));
    let since =
        person.create_time.map(|time| format!(" · {}", (words.since)(&scene.clock.day(time)))).unwrap_or_default();
    let kind = (words.kind)(&person.kind);
    let mut all = groups(scene, person, true);
    if all.is_empty() {
        all = words.no_groups.into();
    }
    let room = usize::from(area.width.saturating_sub(2));
    let lines = [
        Line::styled(format!(" {rule}"), scene.theme.frame),
        Line::from(format!(" {}", text::cut(&format!("{} · {kind}{since}", person.email), room))),
        Line::styled(format!(" {}", text::cut(&all, room)), scene.theme.muted),
    ];
    for (row, line) in (0..area.height).zip(lines) {
        frame.render_widget(line, Rect { y: area.y + row, height: 1, ..area });
    }
}
