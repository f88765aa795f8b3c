//! The title of the list: how many are shown, and everything that narrows or orders them.

use crate::app::command::Command;
use crate::app::core::per_account::shown;
use crate::app::features::attention::showing;
use crate::app::features::companies::filter::OLD_DAYS;
use crate::app::features::companies::views;
use crate::app::model::Pane;
use crate::domain::roster::{Column, Query};
use crate::view::Scene;
use crate::view::features::companies::NEWS;
use crate::view::widgets::text;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

/// The most cells of the search text while it is typed; the rest scrolls.
const SEARCH_CELLS: usize = 30;

/// Cells that are kept for the search text while it is typed: the heading gives way first.
const SEARCH_LEAST: usize = 12;

pub(in crate::view) fn line(scene: &Scene<'_>, room: usize) -> Line<'static> {
    let rule = if scene.model.pane == Pane::List { "━ " } else { "─ " };
    let mut line = heading(scene, room);
    let news = if scene.model.list.searching { Vec::new() } else { news(scene) };
    // The shortest of it goes before what narrows the list; more of it does not.
    let kept = news.last().map_or(0, |news| news.width() + 2);
    for (part, style) in parts(scene, scene.model.roster.query(), room) {
        let left = room.saturating_sub(line.width() + 3 + kept);
        if left < 4 {
            break;
        }
        line.push_span(Span::styled(rule, scene.theme.frame));
        line.push_span(Span::styled(format!("{} ", text::cut(&part, left)), style));
    }
    let left = room.saturating_sub(line.width() + 2);
    if let Some(news) = news.into_iter().find(|news| news.width() <= left) {
        line.push_span(Span::styled(rule, scene.theme.frame));
        line.spans.extend(news.spans);
    }
    line
}

/// How many companies changed since the last visit, and the key that shows who did what: in words, and as short as it
/// gets. Before a list is the server's, what it lacks has not stayed as it was.
fn news(scene: &Scene<'_>) -> Vec<Line<'static>> {
    let (news, unknown) = scene.model.roster.news();
    let Some(visit) = scene.model.last_visit().filter(|_| news > 0 || unknown > 0) else { return Vec::new() };
    let more = if shown(scene.model).all(|account| account.sync.fresh) { "" } else { "+" };
    let count = match (news, unknown) {
        (0, _) => "?".to_owned(),
        (_, 0) => format!("{}{more}", scene.words.number(news)),
        _ => format!("{}{more} +{}?", scene.words.number(news), scene.words.number(unknown)),
    };
    let [told, short] = (scene.words.since.changed)(&count, &scene.clock, visit);
    let key = scene.key(Command::SinceVisit);
    let line = |told: String, shows: &str| {
        Line::from(vec![
            Span::styled(format!("{NEWS} "), scene.theme.accent),
            Span::styled(format!("{told} "), scene.theme.title.remove_modifier(Modifier::BOLD)),
            Span::styled("· ", scene.theme.muted),
            Span::styled(format!("{key} "), scene.theme.key),
            Span::styled(shows.to_owned(), scene.theme.muted),
        ])
    };
    let shows = format!("{} ", scene.words.since.shows);
    vec![line(told.clone(), &shows), line(told, ""), line(short, ""), line(count, "")]
}

/// What the list is, and how many of how many it shows.
fn heading(scene: &Scene<'_>, room: usize) -> Line<'static> {
    let words = &scene.words.companies;
    let roster = &scene.model.roster;
    let urgent = showing(scene.model);
    let title = if urgent { scene.words.attention.title } else { words.title };
    let title = Span::styled(format!(" {title} "), scene.theme.title);
    let shown = (words.of)(roster.shown().len(), if urgent { roster.shown().len() } else { roster.len() });
    let count = if roster.is_empty() { String::new() } else { format!(" {shown} ") };
    let count = Span::styled(count, scene.theme.title.remove_modifier(Modifier::BOLD));
    let all = Line::from(vec![title, count.clone()]);
    if scene.model.list.searching && all.width() + SEARCH_LEAST > room { Line::from(count) } else { all }
}

/// What narrows and orders the list that the view of what needs attention leads back to.
pub(in crate::view) fn own(scene: &Scene<'_>) -> String {
    let Some(own) = &scene.model.list.attention else { return String::new() };
    let kept = summary(scene, &own.query);
    if kept.is_empty() { String::new() } else { (scene.words.attention.kept)(&kept) }
}

/// What narrows and orders a list, in a few words.
pub(in crate::view) fn summary(scene: &Scene<'_>, query: &Query) -> String {
    let parts = query_parts(scene, query).into_iter().map(|(part, _)| part);
    let search = Some(&query.search).filter(|search| !search.is_empty()).map(|search| format!("/{search}"));
    search.into_iter().chain(parts).collect::<Vec<_>>().join(" · ")
}

fn parts(scene: &Scene<'_>, query: &Query, room: usize) -> Vec<(String, ratatui::style::Style)> {
    let words = &scene.words.companies;
    let mut parts = Vec::new();
    if let Some(saved) = views::shown(scene.model) {
        parts.push(((words.view)(&saved.name), scene.theme.title));
    } else if scene.model.list.restored {
        parts.push((words.restored.to_owned(), scene.theme.title.reversed()));
    }
    if scene.model.list.searching {
        parts.push((format!("/{}", visible_search(scene, room).0), scene.theme.title.underlined()));
    } else if !query.search.is_empty() {
        parts.push((format!("/{}", text::cut(&query.search, SEARCH_CELLS)), scene.theme.title.underlined()));
    }
    let marks = scene.model.marks.len();
    if marks > 0 {
        let number = scene.words.number(marks as u64);
        parts.push(((scene.words.bulk.count)(marks as u64, &number), scene.theme.title.reversed()));
    }
    parts.extend(query_parts(scene, query));
    let calm = scene.theme.title.remove_modifier(Modifier::BOLD);
    if query.filter.hide_unlinked {
        let hidden = scene.model.roster.hidden();
        parts.push(((words.hidden)(hidden, &scene.words.number(hidden as u64)), calm));
    } else if scene.model.roster.ends_with_unlinked() {
        parts.push((words.unlinked_last.to_owned(), calm));
    }
    parts
}

/// What narrows and orders beside the search.
fn query_parts(scene: &Scene<'_>, query: &Query) -> Vec<(String, ratatui::style::Style)> {
    let words = &scene.words.companies;
    let mut parts = Vec::new();
    let states: Vec<_> =
        query.filter.states.iter().map(|state| (scene.words.companies.state)(state).to_lowercase()).collect();
    let mut kinds: Vec<_> =
        query.filter.attention.iter().map(|kind| (scene.words.attention.short)(kind).into_owned()).collect();
    let urgent = showing(scene.model);
    if query.filter.any_attention && !urgent {
        kinds.insert(0, "⚑".into());
    }
    let accounts: Vec<String> = query
        .filter
        .accounts
        .iter()
        .filter_map(|profile| Some(scene.model.accounts.get(profile)?.label.clone()))
        .collect();
    let unknown = query.filter.unknown.iter().map(|figure| (scene.words.menus.unknown)(*figure).to_owned());
    let older = query.filter.older_than.map(|_| (scene.words.menus.older)(OLD_DAYS));
    let known: Vec<String> = unknown.chain(older).collect();
    for (label, values) in [
        (scene.words.accounts.filter, accounts),
        (words.filter_status, states),
        (words.filter_attention, kinds),
        (scene.words.menus.known, known),
        (words.filter_tag, query.filter.tags.clone()),
    ] {
        if !values.is_empty() {
            parts.push((format!("{}: {}", label.to_lowercase(), values.join(", ")), scene.theme.title));
        }
    }
    for (set, word) in [(query.filter.in_setup, words.in_setup), (query.filter.pinned, words.pinned)] {
        if set {
            parts.push((word.to_owned(), scene.theme.title));
        }
    }
    // Most urgent first is what the view is.
    if let Some(sort) = query.sort.filter(|sort| !urgent || sort.column != Column::Attention || sort.descending) {
        let arrow = if sort.descending { "↓" } else { "↑" };
        parts.push((format!("{} {arrow}", (words.column)(sort.column)), scene.theme.title));
    }
    parts
}

/// The part of the search line around its cursor, and the cursor's cell in it.
fn visible_search(scene: &Scene<'_>, room: usize) -> (String, usize) {
    let left = room.saturating_sub(heading(scene, room).width() + 4);
    crate::view::widgets::input::visible(&scene.model.list.line, left.min(SEARCH_CELLS))
}

/// The column of the cursor while a search is typed, from the left of the frame.
pub(in crate::view) fn cursor(scene: &Scene<'_>, room: usize) -> u16 {
    // The frame's corner, then "─ /".
    let column = 1 + heading(scene, room).width() + 3 + visible_search(scene, room).1;
    u16::try_from(column.min(room)).unwrap_or(0)
}
