//! Something done to many companies: the choice, every name, and what became of each.
//!
//! ```text
//! ╭ Unlink 2 companies. It cannot be taken back from here ─╮
//! │ Ready: 2                                               │
//! │   ● Brightwater GmbH                                   │
//! │ Left out: 1                                            │
//! │   ✘ Bright & Söhne KG   no confirmed owner             │
//! │ Type 2 to confirm ❯                                    │
//! │ [ Cancel ]  [ Unlink ]                                 │
//! ╰────────────────────────────────────────────────────────╯
//! ```

use crate::app::command::Command;
use crate::app::features::bulk::{Act, Block, Bulk, Focus, How, Item, Stage};
use crate::app::update::BULK_CHOICES;
use crate::domain::setup::StepKind;
use crate::view::Scene;
use crate::view::overlay::{button, keys, lines, popup, wrapped};
use crate::view::widgets::grid::cut;
use crate::view::widgets::input;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, bulk: &Bulk) {
    match bulk.stage {
        Stage::Choose | Stage::Step | Stage::State => menu(scene, frame, area, bulk),
        Stage::Review | Stage::Running | Stage::Done => names(scene, frame, area, bulk),
    }
}

fn n(count: usize) -> u64 {
    count as u64
}

fn menu(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, bulk: &Bulk) {
    let words = scene.words;
    let model = scene.model;
    let rows: Vec<(String, bool)> = match (bulk.stage, &bulk.act) {
        (Stage::Step, _) => StepKind::KNOWN.iter().map(|step| ((words.setup.step)(step).into_owned(), true)).collect(),
        (Stage::State, Some(Act::Setup { step, .. })) => {
            step.states().iter().map(|state| ((words.setup.state)(state).into_owned(), true)).collect()
        }
        _ => BULK_CHOICES
            .iter()
            .map(|command| {
                let label = (words.command)(*command).label;
                let label = if *command == Command::ToggleStep { words.bulk.set_step } else { label };
                (label.to_owned(), crate::app::command::permitted_among(*command, model, bulk.accounts()).is_ok())
            })
            .collect(),
    };
    let number = words.number(n(bulk.items.len()));
    let title = match (bulk.stage, &bulk.act) {
        // Which step was chosen, and that this is the second of two questions.
        (Stage::State, Some(Act::Setup { step, .. })) => {
            format!("{} · {}", (words.setup.step)(step), words.bulk.to_state)
        }
        _ => (words.bulk.title)(n(bulk.items.len()), &number),
    };
    let choices = rows.len();
    let height = u16::try_from(rows.len() + 4).unwrap_or(10);
    let width = u16::try_from(text::width(&title) + 8).unwrap_or(46).max(46);
    let inner = popup(scene, frame, area, (width, height), &title, scene.theme.accent);
    let room = Rect { height: inner.height.saturating_sub(2), ..inner };
    for ((row, (label, can)), number) in (0..room.height).zip(rows).zip(1..) {
        let style = if can { Style::new() } else { scene.theme.muted };
        let at = Rect { y: room.y + row, height: 1, ..room };
        let label = text::cut(&label, usize::from(room.width.saturating_sub(6))).into_owned();
        frame.render_widget(Line::styled(format!(" {number}  {label}"), style), at);
        if usize::from(row) == bulk.cursor {
            frame.buffer_mut().set_style(at, scene.theme.selected);
        }
    }
    keys(scene, frame, inner, &(words.bulk.choose_keys)(choices));
}

fn names(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, bulk: &Bulk) {
    let words = &scene.words.bulk;
    let Some(act) = &bulk.act else { return };
    let width = area.width.saturating_sub(4).min(90);
    let room = usize::from(width.saturating_sub(4));
    let mut all = Vec::new();
    if let Some(late) = scene.late(scene.model.tickets.delay_in_saving(scene.model.now)) {
        wrapped(&mut all, (" ", Style::new()), &late, scene.theme.strong, room);
    }
    match bulk.stage {
        Stage::Review => all.extend(reviewed(scene, bulk, room)),
        _ => all.extend(bulk.items.iter().map(|item| result_line(scene, bulk, item, room))),
    }
    let foot = foot(scene, bulk, act, room);
    let height = u16::try_from(all.len() + foot.len() + 4).unwrap_or(u16::MAX);
    let title = title(scene, bulk, act);
    let danger = act.destroys() && bulk.stage == Stage::Review;
    let border = if danger { scene.theme.danger } else { scene.theme.accent };
    let inner = popup(scene, frame, area, (width, height), &title, border);
    let foot_rows = u16::try_from(foot.len()).unwrap_or(0) + 1;
    let body = Rect { height: inner.height.saturating_sub(foot_rows), ..inner };
    let top = bulk.scroll.min(all.len().saturating_sub(usize::from(body.height)));
    lines(frame, body, &all, top);
    if all.len() > top + usize::from(body.height) && body.height > 0 {
        let at = Rect { x: body.right().saturating_sub(2), y: body.bottom() - 1, width: 1, height: 1 };
        frame.render_widget(Span::raw("▾"), at);
    }
    let below = Rect { y: body.bottom(), height: inner.height - body.height, ..inner };
    lines(frame, Rect { height: below.height.saturating_sub(1), ..below }, &foot, 0);
    let again = (words.failed_keys)(&scene.key(Command::Refresh));
    let said = match bulk.stage {
        Stage::Review => words.review_keys,
        Stage::Running => words.running_keys,
        _ if bulk.count(|how| matches!(how, How::Failed(_) | How::Ready)) > 0 => again.as_str(),
        _ => words.done_keys,
    };
    keys(scene, frame, inner, said);
    if bulk.stage == Stage::Review && bulk.focus == Focus::Count {
        let label = text::width(&(words.type_count)(n(bulk.ready()))) + 4;
        let (_, cursor) = input::visible(&bulk.line, 12);
        if let (Ok(x), Some(y)) = (u16::try_from(label + cursor), below.y.checked_add(count_row(bulk, act))) {
            frame.set_cursor_position((inner.x + x, y));
        }
    }
}

fn title(scene: &Scene<'_>, bulk: &Bulk, act: &Act) -> String {
    let (step, state) = match act {
        Act::Setup { step, state } => {
            ((scene.words.setup.step)(step).into_owned(), (scene.words.setup.state)(state).into_owned())
        }
        _ => (String::new(), String::new()),
    };
    let count = match bulk.stage {
        Stage::Review => bulk.ready() + bulk.count(|how| matches!(how, How::Checking | How::Unchecked)),
        _ => bulk.count(|how| !matches!(how, How::Blocked(_))),
    };
    (scene.words.bulk.act)(act, n(count), &step, &state)
}

/// Ready ones first, then those that are still being checked, then those left out, each with its reason.
fn reviewed(scene: &Scene<'_>, bulk: &Bulk, room: usize) -> Vec<Line<'static>> {
    let words = &scene.words.bulk;
    let mut all = Vec::new();
    let mut part = |heading: String, which: &dyn Fn(&How) -> bool| {
        let items: Vec<&Item> = bulk.items.iter().filter(|item| which(&item.how)).collect();
        if !items.is_empty() {
            all.push(Line::styled(format!(" {heading}"), scene.theme.strong));
            all.extend(items.into_iter().map(|item| item_line(scene, bulk, item, room)));
        }
    };
    part((words.ready)(n(bulk.ready())), &|how| *how == How::Ready);
    let checking = bulk.count(|how| matches!(how, How::Checking | How::Unchecked));
    part((words.checking)(n(checking)), &|how| matches!(how, How::Checking | How::Unchecked));
    let blocked = bulk.count(|how| matches!(how, How::Blocked(_)));
    part((words.blocked)(n(blocked)), &|how| matches!(how, How::Blocked(_)));
    all
}

fn result_line(scene: &Scene<'_>, bulk: &Bulk, item: &Item, room: usize) -> Line<'static> {
    let waiting = bulk.stage == Stage::Done && item.how == How::Ready;
    if waiting {
        named(scene, bulk, item, ("○", scene.theme.muted), scene.words.bulk.not_started, room)
    } else {
        item_line(scene, bulk, item, room)
    }
}

fn item_line(scene: &Scene<'_>, bulk: &Bulk, item: &Item, room: usize) -> Line<'static> {
    let words = &scene.words.bulk;
    let theme = scene.theme;
    let named = |sign, said: &str| named(scene, bulk, item, sign, said, room);
    match &item.how {
        How::Ready => named(("○", theme.accent), ""),
        How::Unchecked | How::Checking | How::Sending => named((scene.spinner(), theme.muted), ""),
        How::Blocked(Block::NotPermitted(why)) => named(("✘", theme.muted), &(scene.words.disabled)(why, &scene.clock)),
        How::Blocked(block) => named(("✘", theme.muted), &(words.block)(block)),
        How::Done(Some(end)) => named(("✔", theme.good), &(words.done_until)(&scene.clock.day(*end))),
        How::Done(None) => named(("✔", theme.good), ""),
        How::Failed(error) => {
            let sign = if error.outcome_unknown() { ("?", theme.waiting) } else { ("✖", theme.danger) };
            named(sign, &scene.words.one_line(error))
        }
        How::Sent => named(("→", theme.accent), words.sent),
    }
}

/// A sign, the name, what tells the company from others, and what is to be said of it; the name keeps at least half of
/// the room.
fn named(
    scene: &Scene<'_>,
    bulk: &Bulk,
    item: &Item,
    sign: (&'static str, Style),
    said: &str,
    room: usize,
) -> Line<'static> {
    let least = if said.is_empty() { 0 } else { text::width(said) + 3 };
    // What is said takes what a short name leaves.
    let name_width = text::width(&item.name).min((room / 2).max(room.saturating_sub(6 + text::width(said))));
    let name = text::cut(&item.name, name_width).into_owned();
    let left = room.saturating_sub(6 + text::width(&name));
    let known = known_by(bulk, item, left, least);
    let said = match (known.is_empty(), said.is_empty()) {
        (false, false) => format!("{known} · {said}"),
        _ => format!("{known}{said}"),
    };
    let line = Line::from(vec![
        Span::raw("   "),
        Span::styled(sign.0, sign.1),
        Span::raw(format!(" {name}  ")),
        Span::styled(text::cut(&said, left).into_owned(), scene.theme.muted),
    ]);
    cut(line, room)
}

/// What tells the company from others: always where it is destroyed, else where another bears its name.
fn known_by(bulk: &Bulk, item: &Item, left: usize, least: usize) -> String {
    match &item.told {
        Some(told) => told.clone(),
        None if bulk.act.as_ref().is_some_and(Act::destroys) => {
            // Why it was not done is what a row without room has to say.
            let first = item.known_by.first().cloned().unwrap_or_default();
            let both = [item.known_by.join(" · "), first];
            both.into_iter().find(|known| text::width(known) + least <= left).unwrap_or_default()
        }
        None => String::new(),
    }
}

/// Rows of the foot before the line of the count.
fn count_row(bulk: &Bulk, act: &Act) -> u16 {
    1 + u16::from(act.destroys() && bulk.ready() > 0)
}

fn foot(scene: &Scene<'_>, bulk: &Bulk, act: &Act, room: usize) -> Vec<Line<'static>> {
    let words = &scene.words.bulk;
    let mut all = vec![Line::default()];
    if bulk.stage != Stage::Review {
        let done = bulk.count(How::done);
        let failed = bulk.count(|how| matches!(how, How::Failed(error) if !error.outcome_unknown()));
        let unknown = bulk.count(|how| matches!(how, How::Failed(error) if error.outcome_unknown()));
        let wanted = bulk.count(|how| !matches!(how, How::Blocked(_)));
        let told = (words.progress)(n(done), n(wanted), n(failed), n(unknown));
        all.push(Line::styled(format!(" {told}"), scene.theme.strong));
        if bulk.stopping && bulk.stage == Stage::Running {
            all.push(Line::styled(format!(" {}", text::cut(words.stopping, room)), scene.theme.muted));
        }
        return all;
    }
    let ready = bulk.ready();
    if ready == 0 && !bulk.checking() {
        all.push(Line::from(format!(" {}", text::cut(words.nothing_ready, room))));
    }
    if act.destroys() && ready > 0 {
        let days = jiff::SignedDuration::from_hours(24 * 14);
        let end = scene.model.now.checked_add(days).unwrap_or(scene.model.now);
        let told = (words.trial)(&scene.clock.day(end));
        all.push(Line::from(format!(" {}", text::cut(&told, room))));
        let (typed, _) = input::visible(&bulk.line, 12);
        let mut line = Line::from(format!(" {} ", (words.type_count)(n(ready))));
        line.push_span(Span::styled("❯ ", scene.theme.key));
        line.push_span(typed);
        if !bulk.line.text().is_empty() && !bulk.confirmed() {
            line.push_span(Span::styled(format!("  {}", words.wrong_count), scene.theme.muted));
        }
        all.push(cut(line, room + 2));
    }
    let mut buttons = Line::from(" ");
    buttons.spans.extend(button(scene, words.cancel, bulk.focus == Focus::Cancel, true));
    buttons.spans.extend(button(scene, (words.go)(act), bulk.focus == Focus::Go, bulk.confirmed()));
    all.push(buttons);
    all
}
