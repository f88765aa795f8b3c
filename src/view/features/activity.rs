//! The screen of activity: who did what to which company, when; the event under the cursor in full below.
//!
//! ```text
//! ╭ Activity ─ Brightwater GmbH ─ launched the company ──────────────╮
//! │ When            Who              Did what              Company   │
//! │ 3 minutes ago   Tomma Petersen   launched the company  Bright…   │
//! │ ─ 100 of 1,204 events, newest first ──────────────────────────── │
//! │ 22 Nov 2026, 11:57:03 CET · Tomma Petersen · …                   │
//! ╰──────────────────────────────────────────────────────────────────╯
//! ```

pub(in crate::view) mod menu;
pub(in crate::view) mod tab;

use crate::app::command::Command;
use crate::app::core::remote::Remote;
use crate::app::features::activity::{ActivityFeed, Narrow, Place};
use crate::domain::activity::{Action, Event, EventOrigin};
use crate::domain::id::{CompanyId, CompanyKey, ProfileId};
use crate::domain::setup::{StepKind, StepState};
use crate::domain::task::TaskKind;
use crate::domain::technician::Role;
use crate::domain::text::clean;
use crate::view::features::accounts;
use crate::view::widgets::grid::{Column, Grid};
use crate::view::widgets::status::Part;
use crate::view::widgets::{status, text};
use crate::view::{Scene, screens};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let feed = &scene.model.activity.feed;
    let mut title = vec![scene.words.activity.title.to_owned()];
    title.extend(accounts::narrowed_to(scene));
    title.extend(narrowing(scene, &feed.narrow, true));
    let title = title.join(" ─ ");
    let inner = screens::framed(scene, frame, area, &title);
    body(scene, frame, inner, (feed, &Place::Screen), true);
}

/// What narrows the feed, in words.
pub(in crate::view) fn narrowing(scene: &Scene<'_>, asked: &Narrow, company: bool) -> Vec<String> {
    let words = &scene.words.activity;
    let company = asked.company.as_ref().filter(|_| company).map(|key| name_of(scene, key));
    let action = asked.action.as_ref().map(|action| (words.action)(action).into_owned());
    let actor = asked.actor.as_ref().map(|actor| (words.by)(actor));
    let since = asked.since.map(|since| (words.since)(&scene.clock.moment(since)));
    [since, company, action, actor].into_iter().flatten().collect()
}

/// The name that a company has now, or its id if the list does not know it.
pub(in crate::view) fn name_of(scene: &Scene<'_>, key: &CompanyKey) -> String {
    let company = scene.model.roster.get(key);
    company.map_or_else(|| clean(key.company.as_str()).into_owned(), |company| company.name.clone())
}

/// What is said of the accounts whose events are missing, or old.
fn missing(scene: &Scene<'_>, feed: &ActivityFeed, place: &Place, area: Rect) -> Vec<Line<'static>> {
    let words = &scene.words.activity;
    if matches!(place, Place::Tab(_)) || !scene.model.accounts.several() {
        let nothing = Remote::default();
        let events = feed.accounts.first().map_or(&nothing, |account_feed| &account_feed.events);
        return status::of_one_beside(scene, events, words.loading, (area, feed.there()));
    }
    let parts = feed.shown().map(|account_feed| {
        let there = account_feed.events.seen.as_ref().map(|seen| seen.at);
        let note = account_feed.behind.then(|| words.older_missing.to_owned());
        Part { profile: &account_feed.profile, there, error: account_feed.events.error(), note, left_out: false }
    });
    let mut lines = status::of_parts(scene, &parts.collect::<Vec<_>>(), words.loading, area);
    let width = usize::from(area.width);
    lines.extend(feed.shown().filter_map(|one| status::left_out_of(scene, &one.profile, &one.events, width)));
    lines
}

pub(in crate::view) fn body(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    (feed, place): (&ActivityFeed, &Place),
    focused: bool,
) {
    let words = &scene.words.activity;
    let lines = missing(scene, feed, place, area);
    let rest = text::stack(frame, area, lines);
    let nobody = feed.shown().next().is_none() && !feed.accounts.is_empty();
    if !feed.there() && !nobody || feed.rows.is_empty() && !feed.whole() {
        return;
    }
    if feed.rows.is_empty() {
        let (message, hint) = if feed.narrow.filters(place) > 0 {
            (words.no_match, (words.no_match_hint)(&scene.key(Command::ActivityClear)))
        } else {
            (words.empty, words.empty_hint.to_owned())
        };
        let hint = text::cut(&hint, usize::from(rest.width.saturating_sub(2))).into_owned();
        let message = Line::styled(format!(" {message}"), scene.theme.strong);
        text::stack(frame, rest, vec![message, Line::styled(format!(" {hint}"), scene.theme.muted)]);
        return;
    }
    // A rule that says where the feed stands, and the event itself in as many lines as it takes there.
    let below_table = match (rest.height, rest.width) {
        (0..8, _) => 1,
        (_, 100..) => 3,
        (16.., 0..56) => 6,
        _ => 4,
    };
    let [rows, below] = text::split_bottom(rest, below_table);
    table(scene, frame, rows, feed, *place == Place::Screen, focused);
    under(scene, frame, below, feed);
}

fn table(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, feed: &ActivityFeed, companies: bool, focused: bool) {
    let words = &scene.words.activity;
    let mut columns = vec![
        Column::of(words.when, 14),
        Column::of(words.exact, 19).gives_way(3),
        Column::of(words.who, 16).gives_way(2),
    ];
    if companies {
        let account = accounts::column(scene, area.width);
        // Beside an account, what was done gives some of its room to the company where it is narrow.
        let most = if account.is_some() && area.width < 72 { 16 } else { 24 };
        columns.push(Column::of(words.what, verb_cells(scene).min(most)));
        columns.push(Column::rest(words.company));
        columns.extend(account);
    } else {
        columns.push(Column::rest(words.what));
    }
    columns.push(Column::rest(words.target).gives_way(4));
    let grid = Grid { columns, len: feed.rows.len(), cursor: feed.cursor_row(), focused };
    grid.draw(scene, frame, area, |row| {
        feed.event(row).map(|(profile, event)| cells(scene, profile, event, companies)).unwrap_or_default()
    });
}

/// Cells for what was done: the longest known sentence, but not so long that it takes the company's room.
fn verb_cells(scene: &Scene<'_>) -> usize {
    let width = |action: &Action| text::width(&(scene.words.activity.action)(action));
    Action::KNOWN.iter().map(width).max().unwrap_or(0).min(24)
}

fn cells(scene: &Scene<'_>, profile: &ProfileId, event: &Event, companies: bool) -> Vec<Line<'static>> {
    let nothing = || scene.words.company.nothing.to_owned();
    let muted = scene.theme.muted;
    let mut cells = vec![
        Line::from(event.time.map_or_else(nothing, |time| scene.clock.ago(time))),
        Line::styled(event.time.map_or_else(nothing, |time| scene.clock.moment(time)), muted),
        Line::from(event.actor.display_name.clone()),
        Line::from((scene.words.activity.action)(&event.action).into_owned()),
    ];
    if companies {
        cells.push(Line::styled(company_name(scene, profile, event).unwrap_or_else(nothing), scene.theme.strong));
        if accounts::several(scene) {
            cells.push(accounts::line(scene, profile, usize::from(accounts::MOST)));
        }
    }
    cells.push(Line::styled(target(scene, event).unwrap_or_default(), muted));
    cells
}

/// The company's name then; the feed tells what was, not what is.
fn company_name(scene: &Scene<'_>, profile: &ProfileId, event: &Event) -> Option<String> {
    let key = |id: &CompanyId| CompanyKey { profile: profile.clone(), company: id.clone() };
    event.company_name.clone().or_else(|| event.company.as_ref().map(|id| name_of(scene, &key(id))))
}

/// To what exactly: a step and its state, a place, the fields changed, in words; everything else as it came.
pub(in crate::view) fn target(scene: &Scene<'_>, event: &Event) -> Option<String> {
    let target = event.target.as_ref()?;
    let words = &scene.words.activity;
    let in_words = match event.action {
        Action::SetupUpdated => {
            let (step, state) = target.split_once(' ').unwrap_or((target, ""));
            let step = StepKind::from(step);
            let step = (scene.words.setup.step)(&step).into_owned();
            let state = StepState::from(state);
            let state = (scene.words.setup.state)(&state);
            return Some(if state.is_empty() { step } else { format!("{step}: {state}") });
        }
        Action::TechnicianChanged => target
            .split_once(": ")
            .map(|(name, role)| format!("{name}: {}", (scene.words.technicians.role)(&Role::from(role)))),
        Action::TaskBegun
        | Action::TaskWaiting
        | Action::TaskDeclared
        | Action::TaskVerified
        | Action::TaskCancelled => {
            let (kind, about) = target.split_once(' ').unwrap_or((target, ""));
            match TaskKind::from(kind) {
                TaskKind::Other(_) => None,
                kind if about.is_empty() => Some((scene.words.tasks.kind)(&kind).into_owned()),
                kind => Some(format!("{}: {about}", (scene.words.tasks.kind)(&kind))),
            }
        }
        Action::CompanyLaunched => (words.place)(target).map(str::to_owned),
        Action::CompanyUpdated | Action::CompanyObserved => {
            let fields: Vec<&str> = target.split(", ").map(|field| (words.field)(field).unwrap_or(field)).collect();
            Some(fields.join(", "))
        }
        _ => None,
    };
    in_words.or_else(|| Some(target.clone()))
}

/// What was done, to what.
pub(in crate::view) fn told(scene: &Scene<'_>, event: &Event) -> String {
    let action = (scene.words.activity.action)(&event.action);
    match target(scene, event) {
        // Step and state say what was done.
        Some(target) if event.action == Action::SetupUpdated => target.replacen(": ", " → ", 1),
        Some(target) => format!("{action} · {target}"),
        None => action.into_owned(),
    }
}

/// Where the feed stands, and the event under the cursor in full.
fn under(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, feed: &ActivityFeed) {
    let room = usize::from(area.width.saturating_sub(2));
    let message = text::cut(&position(scene, feed), room.saturating_sub(3)).into_owned();
    let rule = "─".repeat(room.saturating_sub(text::width(&message) + 3));
    let mut lines = vec![Line::from(vec![
        Span::styled(" ─ ", scene.theme.frame),
        Span::styled(message, scene.theme.muted),
        Span::styled(format!(" {rule}"), scene.theme.frame),
    ])];
    if let Some((profile, event)) = feed.selected() {
        let rows = usize::from(area.height.saturating_sub(1));
        lines.extend(full(scene, profile, event, room, rows).into_iter().map(|line| Line::from(format!(" {line}"))));
    }
    text::stack(frame, area, lines);
}

fn position(scene: &Scene<'_>, feed: &ActivityFeed) -> String {
    let words = &scene.words.activity;
    let count = feed.rows.len();
    let shown = scene.words.number(count as u64);
    let waits = feed.going_on() && feed.selection.row + 40 >= count;
    if feed.ended() {
        let all = feed.whole() && feed.narrow.since.is_none();
        return if all { words.end } else { words.so_far }(&shown, count == 1);
    }
    if waits {
        return format!("{} {}", scene.spinner(), (words.loading_more)(&shown));
    }
    (words.more)(&shown, feed.total().map(|total| scene.words.number(total)).as_deref())
}

/// Everything about an event. Where the lines do not suffice, what its row says as well gives way.
fn full(scene: &Scene<'_>, profile: &ProfileId, event: &Event, room: usize, rows: usize) -> Vec<String> {
    let words = &scene.words.activity;
    let exact = event.time.map(|time| scene.clock.exact(time));
    let actor = Some(event.actor.display_name.clone());
    let action = Some((words.action)(&event.action).into_owned());
    let (target, company) = (target(scene, event), company_name(scene, profile, event));
    let account = scene.model.accounts.get(profile).filter(|_| accounts::several(scene));
    let account = account.map(|account| account.label.clone());
    let client = event.client.as_ref().map(|client| (words.client)(client));
    let theirs = event.origin == EventOrigin::OnePassword;
    let origin = theirs.then(|| words.recorded_by_1password.to_owned());
    let id = Some((words.id)(&clean(event.id.as_str())));
    let shapes = [
        vec![&exact, &actor, &action, &company, &account, &target, &origin, &client, &id],
        vec![&exact, &actor, &company, &account, &target, &origin, &client, &id],
        vec![&exact, &actor, &company, &account, &origin, &client, &id],
        vec![&exact, &company, &account, &origin, &client, &id],
    ];
    let wrapped = shapes.iter().map(|parts| {
        let there = parts.iter().filter_map(|part| part.as_deref()).filter(|part| !part.trim().is_empty());
        text::wrap(&there.collect::<Vec<_>>().join(" · "), room)
    });
    let mut all: Vec<Vec<String>> = wrapped.collect();
    let fits = all.iter().position(|lines| lines.len() <= rows).unwrap_or(all.len().saturating_sub(1));
    if fits < all.len() { all.swap_remove(fits) } else { Vec::new() }
}
