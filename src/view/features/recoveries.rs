//! The screen of recoveries: all companies', oldest first, and the one under the cursor in full below.

use crate::app::core::per_account::Row;
use crate::domain::people::PersonState;
use crate::domain::recovery::Recovery;
use crate::view::features::accounts;
use crate::view::widgets::grid::{Column, Grid};
use crate::view::widgets::{status, text};
use crate::view::{Scene, screens};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// From this width on the stages are told in full.
const ROOMY: u16 = 110;
/// Rows below the table for the recovery under the cursor.
const DETAIL_ROWS: u16 = 4;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let words = &scene.words.recoveries;
    let per_account = &scene.model.recoveries.list;
    let list: Vec<&Row<Recovery>> = scene.model.recoveries_shown().collect();
    let count = if list.is_empty() { String::new() } else { format!("  {}", (words.count)(list.len())) };
    let title = format!("{}{count}", words.title);
    let inner = screens::framed(scene, frame, area, &title);
    let rest = text::stack(frame, inner, status::of_list(scene, per_account, words.loading, inner));
    if list.is_empty() {
        // Nothing of those that answered is not nothing at all.
        if status::all_answered(scene, per_account) {
            let company = &scene.words.company;
            let (empty, hint) = if scene.unknown() {
                (company.unknown_here, company.unknown_here_hint)
            } else {
                (words.empty, words.empty_hint)
            };
            text::centered(frame, rest, &[(empty, Style::new()), (hint, scene.theme.muted)]);
        }
        return;
    }
    let [rows, below] = text::split_bottom(rest, if rest.height > 9 { DETAIL_ROWS } else { 0 });
    table(scene, frame, rows, &list);
    if let Some(row) = scene.model.selected_recovery().filter(|_| below.height > 0) {
        full(scene, frame, below, row);
    }
}

fn table(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, list: &[&Row<Recovery>]) {
    let words = &scene.words.recoveries;
    let message = if area.width >= ROOMY { words.stage_long } else { words.stage_short };
    let both = [PersonState::RecoveryStarted, PersonState::RecoveryAwaitingCompletion];
    let stage = both.iter().map(|state| text::width(&message(state))).max().unwrap_or(0) + 2;
    let mut columns = vec![
        Column::rest(words.person),
        Column::rest(words.company),
        Column::of(words.stage, stage),
        Column::of(words.since, 13).gives_way(1),
        Column::of(words.can, 3).right().gives_way(2),
        Column::of(words.by, 18).gives_way(3),
    ];
    let several = accounts::column(scene, area.width).map(|column| columns.insert(2, column)).is_some();
    let grid = Grid { columns, len: list.len(), cursor: scene.model.recovery_row(), focused: true };
    grid.draw(scene, frame, area, |row| {
        let Some(row) = list.get(row) else { return Vec::new() };
        let it = &row.item;
        let (sign, style) = sign(scene, &it.stage);
        let since = it.begin_time.map_or_else(|| "–".to_owned(), |time| scene.clock.ago(time));
        let by = it.begun_by.as_ref().map_or_else(|| "–".to_owned(), |who| who.display_name.clone());
        let mut cells = vec![
            Line::from(name(it)),
            Line::from(it.company_name.clone()),
            Line::from(vec![Span::styled(format!("{sign} "), style), Span::raw(message(&it.stage).into_owned())]),
            Line::from(since),
            few(scene, it.recoverers),
            Line::from(by),
        ];
        if several {
            cells.insert(2, accounts::line(scene, &row.profile, usize::from(accounts::MOST)));
        }
        cells
    });
}

fn name(recovery: &Recovery) -> String {
    let named = !recovery.display_name.trim().is_empty();
    if named { recovery.display_name.clone() } else { recovery.email.clone() }
}

/// A stage as a glyph of its own shape: open circles wait for others, the flag for us.
fn sign(scene: &Scene<'_>, stage: &PersonState) -> (&'static str, Style) {
    match stage {
        PersonState::RecoveryAwaitingCompletion => ("⚑", scene.theme.danger),
        PersonState::RecoveryStarted => ("↺", scene.theme.waiting),
        _ => ("?", scene.theme.muted),
    }
}

/// How many can recover; nobody or one is pointed out.
fn few(scene: &Scene<'_>, count: u32) -> Line<'static> {
    let number = Span::raw(scene.words.number(count.into()));
    if count <= 1 { Line::from(vec![Span::styled("⚠ ", scene.theme.waiting), number]) } else { Line::from(number) }
}

fn full(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, row: &Row<Recovery>) {
    let words = &scene.words.recoveries;
    let it = &row.item;
    let room = usize::from(area.width.saturating_sub(2));
    let by = it.begun_by.as_ref().map(|who| who.display_name.as_str());
    let begun = it.begin_time.map(|time| (words.begun)(&scene.clock.ago(time), &scene.clock.moment(time), by));
    let mut stage = (words.stage_long)(&it.stage).into_owned();
    if let Some(begun) = begun {
        stage = format!("{stage} · {begun}");
    }
    let mut who = format!("{} · {} · {}", name(it), it.email, it.company_name);
    if let Some(account) = scene.model.accounts.get(&row.profile).filter(|_| scene.model.accounts.several()) {
        who = format!("{who} · {}", account.label);
    }
    let warn = if it.recoverers <= 1 { Span::styled(" ⚠ ", scene.theme.waiting) } else { Span::raw(" ") };
    let can = (words.recoverers)(it.recoverers);
    let can = text::cut(&can, room.saturating_sub(2)).into_owned();
    let lines = vec![
        Line::styled(format!(" {}", "─".repeat(room)), scene.theme.frame),
        Line::styled(format!(" {}", text::cut(&who, room)), scene.theme.strong),
        Line::from(format!(" {}", text::cut(&stage, room))),
        Line::from(vec![warn, Span::raw(can)]),
    ];
    text::stack(frame, area, lines);
}
