//! The screen of links: who waits for whom, and what happens next with the one under the cursor.

pub(in crate::view) mod dialog;

use crate::app::command::Command;
use crate::app::core::per_account::Row;
use crate::app::features::cure;
use crate::domain::company::Actor;
use crate::domain::link::{LinkRequest, LinkState};
use crate::view::features::accounts;
use crate::view::widgets::grid::{Column, Grid};
use crate::view::widgets::text::wrapped;
use crate::view::widgets::{status, text};
use crate::view::{Scene, screens};
use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// From this width on states are told in full.
const ROOMY: u16 = 100;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let words = &scene.words.links;
    let per_account = &scene.model.links.list;
    let list: Vec<&Row<LinkRequest>> = scene.model.links_shown().collect();
    let open = list.iter().filter(|row| row.item.state.open()).count();
    let count = if list.is_empty() { String::new() } else { format!("  {}", (words.count)(open, list.len())) };
    let inner = screens::framed(scene, frame, area, &format!("{}{count}", words.title));
    let rest = text::stack(frame, inner, status::of_list(scene, per_account, words.loading, inner));
    if list.is_empty() {
        // Nothing of those that answered is not nothing at all.
        if status::all_answered(scene, per_account) {
            empty(scene, frame, rest);
        }
        return;
    }
    let below = scene.model.selected_link().map(|row| detail(scene, row, usize::from(rest.width))).unwrap_or_default();
    // The rows first: half of the room is theirs.
    let height = text::cells(below.len() + 1).min(rest.height / 2);
    let [rows, at] = text::split_bottom(rest, height);
    table(scene, frame, rows, &list);
    if height > 1 {
        let rule = Line::styled("─".repeat(usize::from(at.width)), scene.theme.frame);
        text::stack(frame, at, [vec![rule], below].concat());
    }
}

fn empty(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let words = &scene.words.links;
    let company = &scene.words.company;
    let (empty, hint) = if scene.unknown() {
        (company.unknown_here, company.unknown_here_hint.to_owned())
    } else {
        (words.empty, (words.empty_hint)(cure::key(scene.model, Command::AcceptLink).as_deref()))
    };
    let mut all = vec![Line::from(empty).centered()];
    let room = usize::from(area.width.saturating_sub(4)).min(72);
    all.extend(text::wrap(&hint, room).into_iter().map(|line| Line::styled(line, scene.theme.muted).centered()));
    text::stack(frame, text::below(area, area.height / 3), all);
}

fn table(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, list: &[&Row<LinkRequest>]) {
    let words = &scene.words.links;
    let wording = if area.width >= ROOMY { words.long } else { words.short };
    let state = list.iter().map(|row| text::width(&wording(&row.item.state))).max().unwrap_or(0) + 2;
    // The account tells the region too: an MSP account only links companies of its own.
    let account = accounts::column(scene, area.width);
    let several = account.is_some();
    let columns = vec![
        Column::rest(words.company),
        Column::of(words.state, state.clamp(20, 40)),
        account.unwrap_or_else(|| Column::of(words.region, 17).gives_way(3)),
        Column::of(words.since, 15).gives_way(2),
        Column::of(words.expires, 11).gives_way(1),
    ];
    let grid = Grid { columns, len: list.len(), cursor: scene.model.link_row(), focused: true };
    grid.draw(scene, frame, area, |row| {
        let Some(row) = list.get(row) else { return Vec::new() };
        let whose = if several {
            accounts::line(scene, &row.profile, usize::from(accounts::MOST))
        } else {
            Line::from(row.item.region.clone())
        };
        cells(scene, &row.item, wording, whose)
    });
}

fn cells(
    scene: &Scene<'_>,
    link: &LinkRequest,
    wording: fn(&LinkState) -> std::borrow::Cow<'_, str>,
    whose: Line<'static>,
) -> Vec<Line<'static>> {
    let since = since(link).map(|moment| scene.clock.ago(moment)).unwrap_or_default();
    vec![
        Line::from(link.company_name.clone()),
        state(scene, link, wording),
        whose,
        Line::from(since),
        Line::from(left(scene, link).unwrap_or_default()),
    ]
}

/// A sign of its own for every state, and the word.
fn state(scene: &Scene<'_>, link: &LinkRequest, wording: fn(&LinkState) -> std::borrow::Cow<'_, str>) -> Line<'static> {
    let theme = scene.theme;
    let (sign, style) = match link.state {
        LinkState::Requested => ("▸", theme.waiting),
        LinkState::Accepted => ("◔", theme.accent),
        LinkState::Approved => ("✔", theme.good),
        LinkState::Denied => ("✘", theme.danger),
        LinkState::Cancelled => ("◌", Style::new()),
        LinkState::Expired => ("○", Style::new()),
        LinkState::Other(_) => ("?", Style::new()),
    };
    Line::from(vec![Span::styled(format!("{sign} "), style), Span::raw(wording(&link.state).into_owned())])
}

/// Since when it stands as it does.
fn since(link: &LinkRequest) -> Option<Timestamp> {
    match link.state {
        LinkState::Requested => link.create_time,
        LinkState::Accepted => link.accept_time.or(link.create_time),
        LinkState::Expired => link.end_time.or(link.expire_time),
        _ => link.end_time.or(link.accept_time).or(link.create_time),
    }
}

/// How long somebody may still act.
fn left(scene: &Scene<'_>, link: &LinkRequest) -> Option<String> {
    let end = link.expire_time.filter(|end| link.state.open() && *end > scene.clock.now)?;
    Some((scene.words.links.left)(end.as_second() - scene.clock.now.as_second()))
}

fn detail(scene: &Scene<'_>, row: &Row<LinkRequest>, width: usize) -> Vec<Line<'static>> {
    let words = &scene.words.links;
    let link = &row.item;
    let room = width.saturating_sub(2).min(110);
    let mut out = Vec::new();
    let mut head =
        vec![Span::raw(" "), Span::styled(text::cut(&link.company_name, room / 2).into_owned(), scene.theme.strong)];
    head.push(Span::raw("  "));
    if scene.model.accounts.several() {
        head.extend(accounts::line(scene, &row.profile, room / 4).spans);
        head.push(Span::raw("  "));
    }
    head.extend(state(scene, link, words.long).spans);
    out.push(Line::from(head));
    let next = (words.next)(&link.state, cure::key(scene.model, Command::AcceptLink).as_deref());
    if !next.is_empty() {
        wrapped(&mut out, (" ", Style::new()), &next, Style::new(), room);
    }
    if let Some(reason) = &link.reason {
        wrapped(&mut out, (" ", Style::new()), &(words.reason)(reason), Style::new(), room);
    }
    let who = |actor: Option<&Actor>| actor.map_or(words.somebody.to_owned(), |actor| actor.display_name.clone());
    let mut history = Vec::new();
    if let Some(moment) = link.create_time {
        history.push((words.requested)(&who(link.requested_by.as_ref()), &scene.clock.moment(moment)));
    }
    if let Some(moment) = link.accept_time {
        history.push((words.accepted)(&who(link.accepted_by.as_ref()), &scene.clock.moment(moment)));
    }
    if let Some(left) = left(scene, link) {
        history.push(format!("{} {left}", words.expires));
    }
    if !history.is_empty() {
        wrapped(&mut out, (" ", Style::new()), &history.join(" · "), scene.theme.muted, room);
    }
    if link.state.open() || link.state == LinkState::Approved {
        wrapped(&mut out, (" ", Style::new()), words.advanced, scene.theme.muted, room);
    }
    if let Some(key) = cure::key(scene.model, Command::OwnerPage).filter(|_| link.state.open()) {
        let message = (words.page)(&key);
        wrapped(&mut out, (" ", Style::new()), &message, scene.theme.muted, room);
    }
    out
}
