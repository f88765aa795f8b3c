//! The hint bar, from the command table. What cannot run now is shown dimmed, never hidden; help is always there.

use crate::app::command::{Command, Group, Place, Row, TABLE, Target};
use crate::app::focus::{Focus, focus, types_text};
use crate::app::key::Key;
use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let focus = focus(scene.model);
    let tail = help(scene);
    let tail_width = u16::try_from(tail.iter().map(Span::width).sum::<usize>()).unwrap_or(0) + 1;
    let at = Rect { x: area.right().saturating_sub(tail_width), width: tail_width.min(area.width), ..area };
    frame.render_widget(Line::from(tail), at);
    let rest = Rect { width: area.width.saturating_sub(tail_width + 1), ..area };
    match focus {
        // A dialog names its keys itself; those of what is below it would be wrong now.
        Focus::Overlay => {}
        Focus::Search | Focus::PeopleSearch => {
            let keys =
                text::cut(scene.words.companies.search_keys, usize::from(rest.width.saturating_sub(1))).into_owned();
            frame.render_widget(Line::styled(format!(" {keys}"), scene.theme.muted), rest);
        }
        focus => bar(scene, frame, rest, focus),
    }
}

fn bar(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, focus: Focus) {
    let room = usize::from(area.width);
    let mut line = Line::from(" ");
    let marked = !scene.model.marks.is_empty();
    // A command that the user left without a key is for the palette.
    let bound = |command: &Command| !scene.model.options.keymap.keys(*command).is_empty();
    let offered = commands(focus).into_iter().filter(|command| marked || *command != Command::Bulk);
    for command in offered.filter(bound) {
        let part = hint(scene, command);
        if line.width() + part.iter().map(Span::width).sum::<usize>() + 2 > room {
            break;
        }
        line.spans.extend(part);
        line.push_span("  ");
    }
    frame.render_widget(line, area);
}

/// Help and the key that opens it now: where letters are text, the one that is none.
fn help(scene: &Scene<'_>) -> Vec<Span<'static>> {
    let keys = scene.model.options.keymap.keys(Command::Help);
    let typing = types_text(scene.model);
    let key = keys.iter().find(|key| !typing || key.typed().is_none()).map(Key::to_string).unwrap_or_default();
    let short = (scene.words.command)(Command::Help).short;
    vec![Span::styled(key, scene.theme.key), Span::raw(format!(" {short}"))]
}

/// What the bar offers here: what belongs to the place first.
fn commands(focus: Focus) -> Vec<Command> {
    let places = focus.places();
    let on_list = matches!(focus, Focus::List);
    let own = |row: &Row| row.place != Place::Anywhere;
    let offered = |row: &&Row| {
        let fits = match row.group {
            // Away from the list its commands only take room from the place's own.
            Group::List | Group::Marks => on_list,
            Group::Move => !matches!(focus, Focus::Screen(_)),
            _ => true,
        };
        row.hint > 0 && row.command != Command::Help && places.contains(&row.place) && (own(row) || fits)
    };
    let mut rows: Vec<&Row> = TABLE.iter().copied().filter(offered).collect();
    rows.sort_by_key(|row| (!own(row), row.hint));
    let mut commands: Vec<Command> = rows.into_iter().map(|row| row.command).collect();
    if focus == Focus::Screen(crate::app::screen::Screen::Recoveries) {
        // Of what is done to people only this is done from there.
        let here = |command: &Command| matches!(command, Command::Recover | Command::CancelRecovery);
        commands.retain(|command| command.row().group != Group::People || here(command));
    }
    if !on_list {
        commands.retain(|command| *command != Command::Open);
        commands.insert(0, Command::Back);
    }
    commands
}

/// Where companies are marked: how many of them it is about, or that it is about one only.
pub(super) fn about(scene: &Scene<'_>, command: Command, what: &str) -> String {
    match command.target(scene.model) {
        Target::Marked(marks) => format!("{what} {}", scene.words.number(marks as u64)),
        _ if command.passes_marks_by(scene.model) => (scene.words.bulk.only_this)(what),
        _ => what.to_owned(),
    }
}

fn hint(scene: &Scene<'_>, command: Command) -> Vec<Span<'static>> {
    let key = scene.model.options.keymap.keys(command).first().map(Key::to_string).unwrap_or_default();
    let short = about(scene, command, (scene.words.command)(command).short);
    if command.ready(scene.model).is_ok() {
        vec![Span::styled(key, scene.theme.key), Span::raw(format!(" {short}"))]
    } else {
        vec![Span::styled(format!("{key} {short}"), scene.theme.muted)]
    }
}
