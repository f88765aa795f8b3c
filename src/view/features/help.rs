//! Every command and its keys, from the command table.

use crate::app::command::{Command, Group, TABLE};
use crate::app::features::help::HELP_WIDE;
use crate::app::key::Sequence;
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, scroll: usize) {
    let menu = &scene.words.menus;
    let mut dialog = DialogFrame::new(scene, area, 92).title(menu.help);
    *dialog.lines() = content(scene, dialog.inner_width(), area.width < HELP_WIDE);
    dialog.scroll_from(scroll);
    let [down, up, palette] = [Command::Down, Command::Up, Command::Palette].map(|command| scene.key(command));
    dialog.keys((menu.help_keys)(&down, &up, &palette)).render(frame);
}

/// In narrow windows a sentence has a row of its own: cut in half it explains nothing.
fn content(scene: &Scene<'_>, width: usize, narrow: bool) -> Vec<Line<'static>> {
    let mut all = Vec::new();
    for group in Group::ALL {
        all.push(Line::styled(format!(" {}", (scene.words.group)(group)), scene.theme.strong.underlined()));
        for row in TABLE.iter().filter(|row| row.group == group) {
            let bound = scene.model.options.keymap.keys(row.command);
            let shown =
                text::cut(&bound.iter().map(Sequence::to_string).collect::<Vec<_>>().join(" "), 10).into_owned();
            let words = (scene.words.command)(row.command);
            let pad = |text: &str, cells: usize| " ".repeat(cells.saturating_sub(text::width(text)));
            // A command that cannot run now says why; one that can says what it does.
            let (help, style) = match row.command.ready(scene.model) {
                Err(why) => (format!("✕ {}", (scene.words.disabled)(&why, &scene.clock)), Style::new()),
                Ok(()) => (words.help.to_owned(), scene.theme.muted),
            };
            let label = text::cut(words.label, 22).into_owned();
            let mut line = Line::from(vec![
                Span::styled(format!("   {shown}{}", pad(&shown, 11)), scene.theme.key),
                Span::raw(format!("{label}{}", pad(&label, 23))),
            ]);
            if narrow {
                all.push(line);
                let help = text::cut(&help, width.saturating_sub(6)).into_owned();
                all.push(Line::styled(format!("{}{help}", " ".repeat(5)), style));
            } else {
                line.push_span(Span::styled(text::cut(&help, width.saturating_sub(38)).into_owned(), style));
                all.push(line);
            }
        }
        all.push(Line::default());
    }
    for line in text::wrap(scene.words.menus.trademark, width.saturating_sub(2)) {
        all.push(Line::styled(format!(" {line}"), scene.theme.muted));
    }
    all
}
