//! The screen of tasks: work in the web console, newest first, and the one under the cursor in full below.

pub(in crate::view) mod panel;

use crate::app::command::Command;
use crate::app::core::per_account::Row;
use crate::app::features::tasks::company_of;
use crate::domain::task::{Task, TaskState};
use crate::view::features::accounts;
use crate::view::widgets::grid::{Column, Grid};
use crate::view::widgets::{status, text};
use crate::view::{Scene, screens};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Rows below the table for the task under the cursor.
const DETAIL_ROWS: u16 = 4;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let words = &scene.words.tasks;
    let per_account = &scene.model.tasks.list;
    let list: Vec<&Row<Task>> = scene.model.tasks_shown().collect();
    let open = scene.model.open_tasks();
    let count = if list.is_empty() { String::new() } else { format!("  {}", (words.count)(open, list.len())) };
    let inner = screens::framed(scene, frame, area, &format!("{}{count}", words.title));
    let rest = text::stack(frame, inner, status::of_list(scene, per_account, words.loading, inner));
    if list.is_empty() {
        // Nothing of those that answered is not nothing at all.
        if answered(scene) {
            let room = usize::from(rest.width.saturating_sub(4)).min(72);
            let mut lines = vec![Line::from(words.empty).centered()];
            let hint = text::wrap(words.empty_hint, room).into_iter();
            lines.extend(hint.map(|line| Line::styled(line, scene.theme.muted).centered()));
            text::stack(frame, text::below(rest, rest.height / 3), lines);
        }
        return;
    }
    let [rows, below] = text::split_bottom(rest, if rest.height > 9 { DETAIL_ROWS } else { 0 });
    table(scene, frame, rows, &list);
    if let Some(row) = scene.model.selected_task().filter(|_| below.height > 0) {
        full(scene, frame, below, row);
    }
}

/// Every shown account that has tasks has answered.
fn answered(scene: &Scene<'_>) -> bool {
    let shown = crate::app::core::per_account::shown(scene.model);
    shown.filter(|account| account.real()).all(|account| scene.model.tasks.list.answered(&account.profile))
}

fn table(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, list: &[&Row<Task>]) {
    let words = &scene.words.tasks;
    let state = |state: &TaskState| text::width(&(words.state)(state)) + 2;
    let states = list.iter().map(|row| state(&row.item.state)).max().unwrap_or(0).clamp(10, 26);
    let mut columns = vec![
        Column::rest(words.what),
        Column::rest(words.company),
        Column::of(words.state_of, states),
        Column::of(words.since, 15).gives_way(1),
        Column::of(words.by, 18).gives_way(2),
    ];
    let several = accounts::column(scene, area.width).map(|column| columns.insert(2, column)).is_some();
    let grid = Grid { columns, len: list.len(), cursor: scene.model.task_row(), focused: true };
    grid.draw(scene, frame, area, |row| {
        let Some(row) = list.get(row) else { return Vec::new() };
        let it = &row.item;
        let style = if it.state.open() { Style::new() } else { scene.theme.muted };
        let (sign, sign_style) = sign(scene, &it.state);
        let since = it.create_time.map_or_else(|| "–".to_owned(), |time| scene.clock.ago(time));
        let by = it.begun_by.as_ref().map_or_else(|| "–".to_owned(), |who| who.display_name.clone());
        let state = (words.state)(&it.state).into_owned();
        let mut cells = vec![
            Line::styled((words.kind)(&it.kind).into_owned(), style),
            Line::styled(company(scene, row), style),
            Line::from(vec![Span::styled(format!("{sign} "), sign_style), Span::styled(state, style)]),
            Line::styled(since, style),
            Line::styled(by, style),
        ];
        if several {
            cells.insert(2, accounts::line(scene, &row.profile, usize::from(accounts::MOST)));
        }
        cells
    });
}

/// Its company as it is called by now; of one that is not in the list yet, the name that was typed.
fn company(scene: &Scene<'_>, row: &Row<Task>) -> String {
    let known = company_of(row).and_then(|key| scene.model.roster.get(&key)).map(|company| company.name.clone());
    let told = known.or_else(|| row.item.name().map(str::to_owned));
    told.unwrap_or_else(|| scene.words.tasks.all_companies.to_owned())
}

/// A state as a glyph of its own shape, so that it can be told without colour.
pub(in crate::view) fn sign(scene: &Scene<'_>, state: &TaskState) -> (&'static str, Style) {
    match state {
        TaskState::Open => ("○", scene.theme.accent),
        TaskState::Waiting => ("↺", scene.theme.waiting),
        TaskState::Verified => ("✔", scene.theme.good),
        TaskState::Declared => ("●", scene.theme.good),
        TaskState::Cancelled => ("✘", scene.theme.muted),
        TaskState::Other(_) => ("?", scene.theme.muted),
    }
}

/// When and by whom it was begun, or how it ended.
pub(in crate::view) fn history(scene: &Scene<'_>, task: &Task) -> Vec<String> {
    let words = &scene.words.tasks;
    let who = |actor: &Option<crate::domain::company::Actor>| actor.as_ref().map(|who| who.display_name.clone());
    let by = who(&task.begun_by);
    let begun = task.create_time.map(|time| (scene.clock.ago(time), scene.clock.moment(time)));
    let begun = begun.map(|(ago, moment)| (words.begun)(&ago, &moment, by.as_deref()));
    let done = task.declared_time.map(|time| scene.clock.moment(time));
    let ended =
        (!task.state.open()).then(|| (words.ended)(&task.state, done.as_deref(), who(&task.ended_by).as_deref()));
    ended.into_iter().chain(begun).collect()
}

fn full(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, row: &Row<Task>) {
    let words = &scene.words.tasks;
    let it = &row.item;
    let room = usize::from(area.width.saturating_sub(2));
    let mut what = vec![(words.kind)(&it.kind).into_owned(), company(scene, row)];
    what.extend(it.subject.clone().filter(|subject| Some(subject.as_str()) != it.name()));
    let what = what.join(" · ");
    let note = it.note.as_ref().map(|note| note.replace('\n', " "));
    let keys = (words.list_keys)(&scene.key(Command::Open), &scene.key(Command::EndedTasks));
    let muted = scene.theme.muted;
    let mut lines = vec![Line::styled("─".repeat(usize::from(area.width)), scene.theme.frame)];
    let all = [what, history(scene, it).join(" · "), note.unwrap_or(keys)];
    for (text, style) in all.into_iter().zip([scene.theme.strong, Style::new(), muted]) {
        lines.push(Line::styled(format!(" {}", text::cut(&text, room)), style));
    }
    text::stack(frame, area, lines);
}
