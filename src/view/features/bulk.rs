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
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::grid::cut;
use crate::view::widgets::{input, menu, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, bulk: &Bulk) {
    match bulk.stage {
        Stage::Choose | Stage::Step | Stage::State => choices(scene, frame, area, bulk),
        Stage::Review | Stage::Running | Stage::Done => names(scene, frame, area, bulk),
    }
}

fn n(count: usize) -> u64 {
    count as u64
}

fn choices(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, bulk: &Bulk) {
    let words = scene.words;
    let rows: Vec<(String, bool)> = match (bulk.stage, &bulk.act) {
        (Stage::Step, _) => StepKind::KNOWN.iter().map(|step| ((words.setup.step)(step).into_owned(), true)).collect(),
        (Stage::State, Some(Act::Setup { step, .. })) => {
            step.states().iter().map(|state| ((words.setup.state)(state).into_owned(), true)).collect()
        }
        _ => BULK_CHOICES.iter().map(|command| choice(scene, *command, bulk)).collect(),
    };
    let title = match (bulk.stage, &bulk.act) {
        // Which step was chosen, and that this is the second of two questions.
        (Stage::State, Some(Act::Setup { step, .. })) => {
            format!("{} · {}", (words.setup.step)(step), words.bulk.to_state)
        }
        _ => (words.bulk.title)(n(bulk.items.len()), &words.number(n(bulk.items.len()))),
    };
    let keys = (words.bulk.choose_keys)(rows.len());
    let width = text::cells(text::width(&title) + 8).max(46);
    let mut dialog = DialogFrame::sized(scene, area, width).title(title).keys(keys);
    let room = dialog.inner_width().saturating_sub(6);
    let row = |(number, (label, can)): (usize, &(String, bool))| {
        menu::numbered(number, label, room).style(if *can { Style::new() } else { scene.theme.muted })
    };
    dialog.rows((1..).zip(&rows).map(row).collect(), bulk.cursor);
    dialog.render(frame);
}

/// What can be done to all of them, and whether the technician may do it anywhere.
fn choice(scene: &Scene<'_>, command: Command, bulk: &Bulk) -> (String, bool) {
    let label = match command {
        Command::ToggleStep => scene.words.bulk.set_step,
        command => (scene.words.command)(command).label,
    };
    (label.to_owned(), crate::app::command::permitted_among(command, scene.model, bulk.accounts()).is_ok())
}

fn names(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, bulk: &Bulk) {
    let words = &scene.words.bulk;
    let Some(act) = &bulk.act else { return };
    let danger = act.destroys() && bulk.stage == Stage::Review;
    let border = if danger { scene.theme.danger } else { scene.theme.accent };
    let mut dialog = DialogFrame::new(scene, area, 90).title(title(scene, bulk, act)).border(border).spare_row();
    let room = dialog.room();
    if let Some(late) = scene.late(scene.model.tickets.delay_in_saving(scene.model.now)) {
        dialog.text(&late, scene.theme.strong);
    }
    match bulk.stage {
        Stage::Review => dialog.lines().extend(reviewed(scene, bulk, room)),
        _ => dialog.lines().extend(bulk.items.iter().map(|item| result_line(scene, bulk, item, room))),
    }
    dialog.scroll_from(bulk.scroll);
    dialog.end_scroll();
    dialog.blank();
    match bulk.stage {
        Stage::Review => confirmation(scene, bulk, act, &mut dialog),
        _ => progress(scene, bulk, &mut dialog),
    }
    let keys = match bulk.stage {
        Stage::Review => words.review_keys.to_owned(),
        Stage::Running => words.running_keys.to_owned(),
        _ if bulk.count(|how| matches!(how, How::Failed(_) | How::Ready)) > 0 => {
            (words.failed_keys)(&scene.key(Command::Refresh))
        }
        _ => words.done_keys.to_owned(),
    };
    dialog.arrows(Style::new(), 2).keys(keys).render(frame);
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
    let guided = (scene.words.bulk.guided)(act, n(count)).filter(|_| guided(scene, bulk));
    guided.unwrap_or_else(|| (scene.words.bulk.act)(act, n(count), &step, &state))
}

/// All of it is done in the web console: here tasks are begun.
fn guided(scene: &Scene<'_>, bulk: &Bulk) -> bool {
    bulk.accounts().all(|profile| scene.model.guided(profile)) && matches!(bulk.act, Some(Act::Launch | Act::Unlink))
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
    let named = |sign, message: &str| named(scene, bulk, item, sign, message, room);
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
        How::Begun => named(("○", theme.accent), words.begun),
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
    message: &str,
    room: usize,
) -> Line<'static> {
    let least = if message.is_empty() { 0 } else { text::width(message) + 3 };
    // What is said takes what a short name leaves.
    let name_width = text::width(&item.name).min((room / 2).max(room.saturating_sub(6 + text::width(message))));
    let name = text::cut(&item.name, name_width).into_owned();
    let left = room.saturating_sub(6 + text::width(&name));
    let known = known_by(bulk, item, left, least);
    let message = match (known.is_empty(), message.is_empty()) {
        (false, false) => format!("{known} · {message}"),
        _ => format!("{known}{message}"),
    };
    let line = Line::from(vec![
        Span::raw("   "),
        Span::styled(sign.0, sign.1),
        Span::raw(format!(" {name}  ")),
        Span::styled(text::cut(&message, left).into_owned(), scene.theme.muted),
    ]);
    cut(line, room)
}

/// What tells the company from others: always where it is destroyed, else where another bears its name.
fn known_by(bulk: &Bulk, item: &Item, left: usize, least: usize) -> String {
    match &item.told {
        Some(wording) => wording.clone(),
        None if bulk.act.as_ref().is_some_and(Act::destroys) => {
            // Why it was not done is what a row without room has to say.
            let first = item.known_by.first().cloned().unwrap_or_default();
            let both = [item.known_by.join(" · "), first];
            both.into_iter().find(|known| text::width(known) + least <= left).unwrap_or_default()
        }
        None => String::new(),
    }
}

fn progress(scene: &Scene<'_>, bulk: &Bulk, dialog: &mut DialogFrame<'_>) {
    let words = &scene.words.bulk;
    let failed = bulk.count(|how| matches!(how, How::Failed(error) if !error.outcome_unknown()));
    let unknown = bulk.count(|how| matches!(how, How::Failed(error) if error.outcome_unknown()));
    let wanted = bulk.count(|how| !matches!(how, How::Blocked(_)));
    let progress = (words.progress)(n(bulk.count(How::done)), n(wanted), n(failed), n(unknown));
    dialog.line(Line::styled(format!(" {progress}"), scene.theme.strong));
    if bulk.stopping && bulk.stage == Stage::Running {
        let stopping = text::cut(words.stopping, dialog.room());
        dialog.line(Line::styled(format!(" {stopping}"), scene.theme.muted));
    }
}

fn confirmation(scene: &Scene<'_>, bulk: &Bulk, act: &Act, dialog: &mut DialogFrame<'_>) {
    let words = &scene.words.bulk;
    let (ready, room) = (bulk.ready(), dialog.room());
    if ready == 0 && !bulk.checking() {
        dialog.line(format!(" {}", text::cut(words.nothing_ready, room)));
    }
    if act.destroys() && ready > 0 {
        let days = jiff::SignedDuration::from_hours(24 * 14);
        let end = scene.model.now.checked_add(days).unwrap_or(scene.model.now);
        let trial =
            if guided(scene, bulk) { words.guided_trial.to_owned() } else { (words.trial)(&scene.clock.day(end)) };
        dialog.line(format!(" {}", text::cut(&trial, room)));
        let (typed, column) = input::visible(&bulk.line, 12);
        let prompt = format!(" {} ", (words.type_count)(n(ready)));
        if bulk.focus == Focus::Count {
            dialog.cursor_at(text::width(&prompt) + 2 + column);
        }
        let mut line = Line::from(vec![Span::raw(prompt), Span::styled("❯ ", scene.theme.key), Span::raw(typed)]);
        if !bulk.line.text().is_empty() && !bulk.confirmed() {
            line.push_span(Span::styled(format!("  {}", words.wrong_count), scene.theme.muted));
        }
        dialog.line(cut(line, room + 2));
    }
    let (cancel, go) = (bulk.focus == Focus::Cancel, bulk.focus == Focus::Go);
    let label = if guided(scene, bulk) { words.guided_go } else { (words.go)(act) };
    if act.destroys() && !guided(scene, bulk) {
        return dialog.danger_buttons((words.cancel, cancel), (label, go), bulk.confirmed());
    }
    dialog.buttons([(words.cancel, cancel, true), (label, go, bulk.confirmed())]);
}
