//! The screens beside the first: each in a frame of its own, below a strip that names all.

use crate::app::screen::Screen;
use crate::view::features::{activity, links, recoveries, tasks, usage};
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
        Screen::Tasks => tasks::draw(scene, frame, area),
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

/// `1 Companies  2 Links  3 Recoveries  4 Usage  5 Activity`, the present one marked. Where tasks come last, the others
/// give way, so that their number is in sight.
pub(super) fn tabs(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    const FITS: [(usize, usize); 5] = [(3, usize::MAX), (1, usize::MAX), (1, 12), (1, 8), (1, 4)];
    let guided = scene.model.any_guided();
    let lines = FITS.into_iter().take(if guided { FITS.len() } else { 1 }).map(|fit| row(scene, guided, fit));
    let mut lines: Vec<Line<'_>> = lines.collect();
    let fits = lines.iter().position(|line| line.width() <= usize::from(area.width));
    let line = lines.swap_remove(fits.unwrap_or(lines.len() - 1));
    frame.render_widget(line, area);
}

/// With so many cells between two, and at most so many for a name.
fn row(scene: &Scene<'_>, guided: bool, (gap, most): (usize, usize)) -> Line<'static> {
    let mut line = Line::from(" ");
    // Only where there can be any.
    for screen in Screen::ALL.into_iter().filter(|screen| guided || *screen != Screen::Tasks) {
        let command = screen.command();
        let here = screen == scene.model.screen;
        let style = if here { scene.theme.title.underlined() } else { scene.theme.muted };
        if line.spans.len() > 1 {
            line.push_span(" ".repeat(gap));
        }
        line.push_span(Span::styled(scene.key(command), scene.theme.key));
        line.push_span(" ");
        line.push_span(Span::styled(text::cut((scene.words.command)(command).label, most).into_owned(), style));
        let open = scene.model.open_tasks();
        if screen == Screen::Tasks && open > 0 {
            line.push_span(Span::styled(format!(" {}", scene.words.number(open as u64)), scene.theme.strong));
        }
    }
    line
}
