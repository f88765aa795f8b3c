//! The screens beside the first: each in a frame of its own, below a strip that names all five.

use crate::app::command::Command;
use crate::app::screen::Screen;
use crate::view::features::{activity, links, recoveries, usage};
use crate::view::widgets::text;
use crate::view::{Scene, pane_block};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    match scene.model.screen {
        Screen::Companies => {}
        Screen::Links => links::draw(scene, frame, area),
        Screen::Recoveries => recoveries::draw(scene, frame, area),
        Screen::Usage => usage::draw(scene, frame, area),
        Screen::Activity => activity::draw(scene, frame, area),
    }
}

/// A frame around the whole screen; answers the room inside.
pub(super) fn framed(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, title: &str) -> Rect {
    let title = text::cut(title, usize::from(area.width.saturating_sub(6))).into_owned();
    let block = pane_block(scene, true).title(Span::styled(format!(" {title} "), scene.theme.title));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    inner
}

/// `1 Companies  2 Links  3 Recoveries  4 Usage  5 Activity`, the present one marked.
pub(super) fn tabs(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let mut line = Line::from(" ");
    let commands = [
        Command::ShowCompanies,
        Command::ShowLinks,
        Command::ShowRecoveries,
        Command::ShowUsage,
        Command::ShowActivity,
    ];
    for (screen, command) in Screen::ALL.into_iter().zip(commands) {
        let key = scene.key(command);
        let here = screen == scene.model.screen;
        let style = if here { scene.theme.title.underlined() } else { scene.theme.muted };
        line.push_span(Span::styled(key, scene.theme.key));
        line.push_span(" ");
        line.push_span(Span::styled((scene.words.command)(command).label, style));
        line.push_span("   ");
    }
    frame.render_widget(line, area);
}
