//! The menus: order, filter, palette, and the question before leaving.

use crate::app::command::Command;
use crate::app::features::accounts::Account;
use crate::app::features::companies::filter::FilterRow;
use crate::app::features::palette::Palette;
use crate::app::key::Key;
use crate::app::update::{filter_chosen, filter_rows};
use crate::domain::roster::Column;
use crate::view::overlay::{button, keys, lines, popup, wrapped};
use crate::view::widgets::input;
use crate::view::widgets::text;
use crate::view::{Scene, hints};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Rows of a menu with a bar on the one under the cursor, scrolled so that it is in sight.
pub(in crate::view) fn rows(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    all: &[Line<'static>],
    cursor: usize,
) {
    let height = usize::from(area.height);
    let top = cursor.saturating_sub(height / 2).min(all.len().saturating_sub(height));
    lines(frame, area, all, top);
    if let Some(row) = cursor.checked_sub(top).and_then(|row| u16::try_from(row).ok()).filter(|row| *row < area.height)
    {
        frame.buffer_mut().set_style(Rect { y: area.y + row, height: 1, ..area }, scene.theme.selected);
    }
}

pub(in crate::view) fn sort(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cursor: usize) {
    let words = &scene.words;
    let sort = scene.model.roster.query().sort;
    let all: Vec<Line<'static>> = (1..)
        .zip(Column::ALL)
        .map(|(number, column)| {
            let arrow = match sort {
                Some(sort) if sort.column == column => {
                    if sort.descending {
                        "↓"
                    } else {
                        "↑"
                    }
                }
                _ => " ",
            };
            Line::from(format!(" {number}  {arrow} {}", (words.companies.column)(column)))
        })
        .collect();
    let width = text::width(words.menus.sort_keys) + 4;
    let size = (u16::try_from(width).unwrap_or(40).max(30), 9);
    let inner = popup(scene, frame, area, size, words.menus.sort, scene.theme.accent);
    rows(scene, frame, Rect { height: inner.height.saturating_sub(2), ..inner }, &all, cursor);
    keys(scene, frame, inner, words.menus.sort_keys);
}

pub(in crate::view) fn filter(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cursor: usize) {
    let words = &scene.words;
    let totals = scene.model.roster.totals();
    let query = &scene.model.roster.query().filter;
    let all: Vec<Line<'static>> = filter_rows(scene.model)
        .iter()
        .map(|row| {
            let (label, name, count) = match row {
                FilterRow::State(state) => (
                    words.companies.filter_status,
                    (words.companies.state)(state).into_owned(),
                    totals.counts.by_state.of(state),
                ),
                FilterRow::AnyAttention => {
                    (words.companies.filter_attention, words.menus.any_attention.into(), totals.counts.need_attention)
                }
                FilterRow::Attention(kind) => {
                    let count = totals.by_attention.get(kind).copied().unwrap_or(0);
                    (words.companies.filter_attention, (words.attention.long)(kind).into_owned(), count)
                }
                FilterRow::Account(profile) => {
                    let account = scene.model.accounts.get(profile);
                    let name = account.map_or_else(String::new, account_name);
                    let count = u32::try_from(scene.model.roster.len_of(profile)).unwrap_or(u32::MAX);
                    (words.accounts.filter, name, count)
                }
                FilterRow::Tag(tag) => {
                    (words.companies.filter_tag, tag.clone(), totals.tags.get(tag).copied().unwrap_or(0))
                }
            };
            let count = match row {
                FilterRow::Account(profile) => scene.model.accounts.get(profile).map(|it| scene.companies_of(it)),
                _ => Some(scene.count(count.into())),
            };
            let count = count.unwrap_or_default();
            let tick = if filter_chosen(query, row) { "[✔]" } else { "[ ]" };
            let label = format!("{:<11}", label.to_lowercase());
            Line::from(vec![
                Span::raw(format!(" {tick} ")),
                Span::styled(label, scene.theme.muted),
                Span::raw(format!(" {}", text::cut(&name, 38))),
                Span::styled(format!("  {count}"), scene.theme.muted),
            ])
        })
        .collect();
    let height = u16::try_from(all.len() + 4).unwrap_or(u16::MAX);
    let inner = popup(scene, frame, area, (64, height), words.menus.filter, scene.theme.accent);
    let cursor = cursor.min(all.len().saturating_sub(1));
    rows(scene, frame, Rect { height: inner.height.saturating_sub(2), ..inner }, &all, cursor);
    keys(scene, frame, inner, &(words.menus.filter_keys)(&scene.key(Command::ClearAll)));
}

/// What an account is called, and where its data are.
fn account_name(account: &Account) -> String {
    account.region().map_or_else(|| account.label.clone(), |region| format!("{} · {region}", account.label))
}

pub(in crate::view) fn palette(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, palette: &Palette) {
    let words = &scene.words;
    let inner = popup(scene, frame, area, (72, 18), words.menus.palette, scene.theme.accent);
    let (typed, cursor) = input::visible(&palette.line, usize::from(inner.width.saturating_sub(4)));
    let prompt = Line::from(vec![Span::styled(" : ", scene.theme.key), Span::raw(typed)]);
    frame.render_widget(prompt, Rect { height: 1, ..inner });
    frame.set_cursor_position((inner.x + 3 + u16::try_from(cursor).unwrap_or(0), inner.y));
    let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(4), ..inner };
    if palette.found.is_empty() {
        frame.render_widget(Line::styled(format!(" {}", words.menus.palette_none), scene.theme.muted), body);
    }
    let room = usize::from(inner.width);
    let all: Vec<Line<'static>> = palette.found.iter().map(|command| palette_row(scene, *command, room)).collect();
    if !all.is_empty() {
        rows(scene, frame, body, &all, palette.cursor);
    }
    keys(scene, frame, inner, words.menus.palette_keys);
}

/// A command, its key, and why it cannot run now, if so: disabled, never hidden.
fn palette_row(scene: &Scene<'_>, command: Command, room: usize) -> Line<'static> {
    // With marks each label says which companies it means.
    let cells = if scene.model.marks.is_empty() { 22 } else { 33 };
    let label = hints::about(scene, command, (scene.words.command)(command).label);
    let key = scene.model.options.keymap.keys(command).first().map(Key::to_string).unwrap_or_default();
    let pad = |text: &str, cells: usize| " ".repeat(cells.saturating_sub(text::width(text)));
    let (style, tail) = match command.ready(scene.model) {
        Ok(()) => (Style::new(), (scene.words.command)(command).help.to_owned()),
        Err(why) => (scene.theme.muted, (scene.words.disabled)(&why, &scene.clock)),
    };
    let tail = text::cut(&tail, room.saturating_sub(10 + text::width(&label).max(cells))).into_owned();
    Line::from(vec![
        Span::styled(format!(" {key}{} ", pad(&key, 5)), scene.theme.key),
        Span::styled(format!("{label}{} ", pad(&label, cells)), style),
        Span::styled(tail, scene.theme.muted),
    ])
}

pub(in crate::view) fn leave(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, leave: bool) {
    let menu = &scene.words.menus;
    let mut all = vec![Line::default()];
    wrapped(&mut all, ("  ", Style::new()), menu.leave_text, Style::new(), 52);
    all.push(Line::default());
    let mut buttons = vec![Span::raw("  ")];
    buttons.extend(button(scene, menu.leave_stay, !leave, true));
    buttons.extend(button(scene, menu.leave_go, leave, true));
    all.push(Line::from(buttons));
    let height = u16::try_from(all.len() + 3).unwrap_or(9);
    let inner = popup(scene, frame, area, (58, height), menu.leave, scene.theme.waiting);
    lines(frame, inner, &all, 0);
}
