//! The screens beside the first, each in a frame of its own; and the row that names all of them.

use crate::app::pointer::Target;
use crate::app::screen::Screen;
use crate::view::features::{activity, links, recoveries, tasks, usage};
use crate::view::widgets::text;
use crate::view::{Aimed, Scene, pane_block};
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

/// Forms of the row of screens, from the widest: cells between two, at most so many for a name, and the product before.
const FORMS: [(usize, usize, bool); 7] = [
    (2, usize::MAX, true),
    (2, usize::MAX, false),
    (1, usize::MAX, false),
    (1, 12, false),
    (1, 8, false),
    (1, 5, false),
    (1, 1, false),
];

/// `[1 Companies] 2 Links ⚑1  3 Recoveries  4 Usage  5 Activity` in the widest form that fits.
pub(super) fn tabs(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    // The product stands above.
    let mut rows: Vec<Aimed> = (1..FORMS.len()).map(|form| line(scene, form)).collect();
    let fits = rows.iter().position(|row| row.line.width() <= usize::from(area.width));
    rows.swap_remove(fits.unwrap_or(rows.len() - 1)).draw(scene, frame, area);
}

/// The row of screens in one of the forms: the present one in brackets, and how much waits on each.
pub(super) fn line(scene: &Scene<'_>, form: usize) -> Aimed {
    let (gap, most, product) = FORMS.get(form).copied().unwrap_or((1, 1, false));
    let (mut line, mut spots) = (Line::default(), Vec::new());
    if product {
        line.push_span(Span::styled(" mspdash ", scene.theme.accent.patch(scene.theme.strong)));
    }
    // Only where there can be any.
    let guided = scene.model.any_guided();
    for screen in Screen::ALL.into_iter().filter(|screen| guided || *screen != Screen::Tasks) {
        let command = screen.command();
        let here = screen == scene.model.screen;
        let style = if here { scene.theme.title } else { scene.theme.muted };
        let (open, close) = if here { ("[", "]") } else { (" ", " ") };
        let start = line.width();
        line.push_span(Span::styled(open, style));
        line.push_span(Span::styled(scene.key(command), scene.theme.key));
        // Where a single letter would be left, the number says as much.
        let most = if here { most.max(5) } else { most };
        if most > 1 {
            let name = text::cut((scene.words.command)(command).label, most).into_owned();
            line.push_span(Span::styled(format!(" {name}"), style));
        }
        let waiting = scene.model.waiting_on(screen);
        if waiting > 0 {
            line.push_span(Span::styled(" ⚑", scene.theme.waiting));
            line.push_span(Span::styled(scene.words.number(waiting as u64), scene.theme.strong));
        }
        line.push_span(Span::styled(close, style));
        spots.push((start, line.width() - start, Target::Screen(screen)));
        line.push_span(" ".repeat(gap - 1));
    }
    Aimed { line, spots }
}
