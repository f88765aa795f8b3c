//! People of the company: how they add up to filled seats, a table with the technicians at its end, and the person
//! under the cursor in full below it.

pub(in crate::view) mod confirm;
pub(in crate::view) mod menu;
mod seats;

use crate::app::command::Command;
use crate::app::features::cure;
use crate::app::features::people::Group;
use crate::app::focus::{Focus, focus};
use crate::domain::people::{GroupKind, Person, PersonKind, PersonState};
use crate::view::Scene;
use crate::view::widgets::grid::{Column, Grid};
use crate::view::widgets::input::visible;
use crate::view::widgets::{status, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Rows below the table for the person under the cursor.
const DETAIL_ROWS: u16 = 3;
/// Cells of the addresses, and from how many on there is room for them.
const EMAIL: usize = 44;
const WITH_EMAIL: usize = 130;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, focused: bool) {
    let words = &scene.words.people;
    let room = usize::from(area.width);
    let Some(details) = scene.model.selected_details() else {
        return frame.render_widget(status::loading(scene, words.loading), area);
    };
    let mut top = status::of_one(scene, &details.people, words.loading, room);
    if details.people.error().is_none() && details.groups.error().is_some() {
        top.extend(status::of_one(scene, &details.groups, words.loading, room));
    }
    top.extend(status::left_out(scene, &details.groups, room));
    if let Some(people) = details.people.value() {
        if people.is_empty() {
            let empty = if scene.unknown() { scene.unknown_here() } else { words.empty.to_owned() };
            top.push(Line::styled(format!(" {empty}"), scene.theme.muted));
        } else {
            top.extend(seats::lines(scene, details, people, room, usize::from(area.height)));
            if people.iter().all(|person| person.kind == PersonKind::Technician) {
                let wording = (scene.words.people.nobody_yet)(cure::key(scene.model, Command::Launch).as_deref());
                top.extend(text::wrap(&wording, room).into_iter().map(|line| Line::from(format!(" {line}"))));
            }
        }
    }
    let rest = text::stack(frame, area, top);
    let Some(people) = details.people.value().filter(|people| !people.is_empty()) else { return };
    let rest = search_line(scene, frame, rest, people.len());
    table(scene, frame, rest, focused);
}

/// `3 of 42 · /anna`, while there is a search; answers the room below it.
fn search_line(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, all: usize) -> Rect {
    let search = &scene.model.rows.search;
    if area.height == 0 || !search.open && search.line.text().is_empty() {
        return area;
    }
    let lead = format!(" {} · /", (scene.words.people.found)(scene.model.people_shown().len(), all));
    let before = text::width(&lead);
    let (typed, cursor) = visible(&search.line, usize::from(area.width).saturating_sub(before + 1));
    let style = if search.open { scene.theme.strong } else { Style::new() };
    let line = Line::from(vec![Span::styled(lead, style), Span::styled(typed, scene.theme.strong)]);
    frame.render_widget(line, Rect { height: 1, ..area });
    let column = u16::try_from(before + cursor).unwrap_or(u16::MAX);
    if focus(scene.model) == Focus::PeopleSearch && column < area.width {
        frame.set_cursor_position((area.x + column, area.y));
    }
    text::below(area, 1)
}

/// A row of the table: somebody, or the heading above the technicians.
enum Row<'a> {
    Person(&'a Person),
    Technicians,
}

fn table(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, focused: bool) {
    let people = scene.model.people_shown();
    if people.is_empty() {
        let message = (scene.words.people.nobody)(scene.model.rows.search.line.text());
        let message = text::cut(&message, usize::from(area.width.saturating_sub(2))).into_owned();
        frame.render_widget(Line::styled(format!(" {message}"), scene.theme.muted), area);
        return;
    }
    let first = people.iter().position(|person| person.kind == PersonKind::Technician);
    let mut rows: Vec<Row<'_>> = people.iter().map(|person| Row::Person(person)).collect();
    if let Some(first) = first {
        rows.insert(first, Row::Technicians);
    }
    let chosen = scene.model.person_row();
    let cursor = chosen.map(|row| row + usize::from(first.is_some_and(|first| row >= first)));
    let detail = if area.height > 10 { DETAIL_ROWS } else { 0 };
    let columns = columns(scene, usize::from(area.width));
    let emails = columns.len() > 3;
    let grid = Grid { columns, len: rows.len(), cursor, focused };
    grid.draw(scene, frame, Rect { height: area.height - detail, ..area }, |row| match rows.get(row) {
        Some(Row::Person(person)) => cells(scene, person, emails),
        Some(Row::Technicians) => {
            let heading = |word: &'static str| Line::styled(word, scene.theme.muted.patch(scene.theme.strong));
            let tab = &scene.words.people;
            let blank = std::iter::repeat_n(Line::default(), 1 + usize::from(emails));
            std::iter::once(heading(tab.technicians)).chain(blank).chain([heading(tab.advanced)]).collect()
        }
        None => Vec::new(),
    });
    if let Some(person) = chosen.and_then(|row| people.get(row)).filter(|_| detail > 0) {
        full(scene, frame, Rect { y: area.bottom() - detail, height: detail, ..area }, person);
    }
}

fn columns(scene: &Scene<'_>, room: usize) -> Vec<Column> {
    let words = &scene.words.people;
    let state = if room >= 66 { 24 } else { 16.min(room / 3) };
    let groups = (room.saturating_sub(state + 8) * 2 / 5).min(34);
    let last = Column::of(words.groups, groups).gives_way(1);
    let email = (room >= WITH_EMAIL).then(|| Column::of(scene.words.technicians.email, EMAIL));
    [Column::rest(words.name)].into_iter().chain(email).chain([Column::of(words.status, state), last]).collect()
}

fn cells(scene: &Scene<'_>, person: &Person, email: bool) -> Vec<Line<'static>> {
    let style = match person.state {
        PersonState::Active => scene.theme.good,
        PersonState::Suspended | PersonState::Deleted => scene.theme.muted,
        PersonState::RecoveryAwaitingCompletion | PersonState::RecoveryStarted => scene.theme.danger,
        _ => scene.theme.waiting,
    };
    let word = (scene.words.people.state)(&person.state).into_owned();
    let state = Line::from(vec![Span::styled(format!("{} ", glyph(&person.state)), style), Span::raw(word)]);
    let name_style = if person.is_in(&GroupKind::Owners) { scene.theme.strong } else { Style::new() };
    let last = if person.kind == PersonKind::Technician {
        let (company, granted) = advanced(scene, person);
        let sign = match (company, granted) {
            (true, Some(true)) => Span::styled("✔ ", scene.theme.good),
            (true, None) => Span::styled("? ", scene.theme.muted),
            _ => Span::styled("✘ ", scene.theme.waiting),
        };
        Line::from(vec![sign, Span::raw((scene.words.people.effective)(company, granted))])
    } else {
        Line::styled(groups(scene, person, false), scene.theme.muted)
    };
    let name = Line::styled(shown_name(person), name_style);
    let email = email.then(|| Line::styled(person.email.clone(), scene.theme.muted));
    std::iter::once(name).chain(email).chain([state, last]).collect()
}

/// Whether the company allows *Advanced permissions*, and whether the MSP granted them to this technician.
fn advanced(scene: &Scene<'_>, person: &Person) -> (bool, Option<bool>) {
    let company = scene.model.selected().and_then(|(_, company)| company.advanced_permissions);
    let company = company.is_some_and(|advanced| advanced.allowed_by_company);
    (company, person.advanced_granted)
}

fn shown_name(person: &Person) -> String {
    if person.display_name.trim().is_empty() { person.email.clone() } else { person.display_name.clone() }
}

/// What a person is and where they belong; the group that everyone is in says nothing.
fn groups(scene: &Scene<'_>, person: &Person, all: bool) -> String {
    let words = &scene.words.people;
    let mut parts: Vec<String> = Vec::new();
    if person.kind != PersonKind::Member && person.kind.is_known() {
        parts.push((words.kind)(&person.kind).into_owned());
    }
    if person.possibly_technician {
        parts.push(words.possibly_technician.to_owned());
    }
    for group in person.memberships() {
        match group.kind {
            GroupKind::Owners => parts.push((words.group)(Group::Owners).into()),
            GroupKind::Administrators => parts.push((words.group)(Group::Administrators).into()),
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
    let kind = if person.kind.is_known() { format!(" · {}", (words.kind)(&person.kind)) } else { String::new() };
    let mut all = groups(scene, person, true);
    if person.groups.is_none() {
        all = words.groups_unknown.into();
    } else if all.is_empty() {
        all = words.no_groups.into();
    }
    let room = usize::from(area.width.saturating_sub(2));
    if person.kind == PersonKind::Technician {
        let (company, granted) = advanced(scene, person);
        all = (scene.words.people.effective_full)(company, granted).into();
    }
    let lines = vec![
        Line::styled(format!(" {rule}"), scene.theme.frame),
        Line::from(format!(" {}", text::cut(&format!("{}{kind}{since}", person.email), room))),
        Line::styled(format!(" {}", text::cut(&all, room)), scene.theme.muted),
    ];
    text::stack(frame, area, lines);
}
