//! Every command and its keys, from the command table: what it does always, and why it cannot run now behind it.

use crate::app::command::Command;
use crate::app::features::help::{HELP_WIDE, Heading, Help, Topic};
use crate::app::key::Sequence;
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::{input, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Rows around the cursor that are drawn: more than any window shows of them.
const NEAR: usize = 80;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, help: &Help) {
    match help.topic {
        Topic::Commands => commands(scene, frame, area, help),
        Topic::Form => form(scene, frame, area, help.cursor),
    }
}

fn commands(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, help: &Help) {
    let words = &scene.words.help;
    let mut dialog = DialogFrame::new(scene, area, 100).title(words.title).height(area.height.saturating_sub(2));
    let room = dialog.inner_width();
    if help.searching || !help.line.text().is_empty() {
        let count = (words.found)(&scene.words.number(help.rows.len() as u64));
        let (typed, cursor) = input::visible(&help.line, room.saturating_sub(text::width(&count) + 6));
        if help.searching {
            dialog.cursor_at(3 + cursor);
        }
        let gap = room.saturating_sub(text::width(&typed) + text::width(&count) + 4);
        let typed = format!("{typed}{:gap$}", "");
        dialog.line(Line::from(vec![
            Span::styled(" / ", scene.theme.key),
            Span::raw(typed),
            Span::styled(count, scene.theme.muted),
        ]));
        dialog.blank();
        dialog.begin_scroll();
    }
    let (mut lines, at) = rows(scene, help, room, area.width < HELP_WIDE);
    if help.rows.is_empty() {
        dialog.line(Line::styled(format!(" {}", words.none), scene.theme.muted));
    } else if help.line.text().is_empty() {
        lines.push(Line::default());
        lines.extend(
            text::wrap(scene.words.menus.trademark, room.saturating_sub(2))
                .into_iter()
                .map(|line| Line::styled(format!(" {line}"), scene.theme.muted)),
        );
    }
    dialog.rows(lines, at);
    let keys = if help.searching {
        words.keys_searching.to_owned()
    } else {
        let [down, up, search] = [Command::Down, Command::Up, Command::Search].map(|command| scene.key(command));
        (words.keys)(&down, &up, &search)
    };
    dialog.keys(keys).render(frame);
}

/// Headings and commands, and which line the cursor is on.
fn rows(scene: &Scene<'_>, help: &Help, room: usize, narrow: bool) -> (Vec<Line<'static>>, usize) {
    let (mut lines, mut at, mut heading) = (Vec::new(), 0, None);
    for (index, (under, command)) in help.rows.iter().enumerate() {
        if heading != Some(*under) {
            if heading.is_some() {
                lines.push(Line::default());
            }
            heading = Some(*under);
            let name = match under {
                Heading::Here => scene.words.help.here,
                Heading::Group(group) => (scene.words.group)(*group),
            };
            lines.push(Line::styled(format!(" {name}"), scene.theme.strong.underlined()));
        }
        if index == help.cursor {
            at = lines.len();
        }
        if index.abs_diff(help.cursor) > NEAR {
            lines.extend(vec![Line::default(); if narrow { 2 } else { 1 }]);
        } else {
            row(scene, *command, room, narrow, &mut lines);
        }
    }
    (lines, at)
}

/// In narrow windows a sentence has a row of its own: cut in half it explains nothing.
fn row(scene: &Scene<'_>, command: Command, room: usize, narrow: bool, lines: &mut Vec<Line<'static>>) {
    let bound = scene.model.options.keymap.keys(command);
    let keys = scene.keys(bound.iter().map(Sequence::to_string).collect::<Vec<_>>().join(" "));
    let words = (scene.words.command)(command);
    let why = command.ready(scene.model).err().map(|why| (scene.words.disabled)(&why, &scene.clock));
    let style = if why.is_some() { scene.theme.muted } else { Style::new() };
    let mut line = Line::from(vec![
        Span::styled(format!("   {} ", text::pad(&keys, 10)), scene.theme.key),
        Span::styled(format!("{} ", text::pad(words.label, 22)), style),
    ]);
    let cells = if narrow { room.saturating_sub(6) } else { room.saturating_sub(38) };
    let mut told =
        explained(words.help, why.as_deref(), cells).map(|part| Span::styled(part, scene.theme.muted)).to_vec();
    if narrow {
        lines.push(line);
        told.insert(0, Span::raw("     "));
        lines.push(Line::from(told));
    } else {
        line.spans.extend(told);
        lines.push(line);
    }
}

/// What a command does, and why it cannot run now behind it, as far as both fit; the reason is not cut before the
/// explanation is down to half.
fn explained(help: &str, why: Option<&str>, cells: usize) -> [String; 2] {
    let Some(why) = why else { return [text::cut(help, cells).into_owned(), String::new()] };
    let why = format!(" ({why})");
    let left = cells.saturating_sub(text::width(&why)).max(cells / 2).min(cells);
    let help = text::cut(help, left).into_owned();
    let why = text::cut(&why, cells.saturating_sub(text::width(&help))).into_owned();
    [help, why]
}

/// The keys of a form.
fn form(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, scroll: usize) {
    let words = &scene.words.help;
    let mut dialog = DialogFrame::new(scene, area, 72).title(words.form_title);
    for (keys, what) in words.form {
        let lead = format!("  {}  ", text::pad(keys, 12));
        dialog.lead((&lead, scene.theme.key), what, Style::new());
    }
    dialog.blank();
    dialog.scroll_from(scroll);
    dialog.keys(words.form_keys).render(frame);
}
