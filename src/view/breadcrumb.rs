//! The row above a company that has the screen for itself: the way back, its name and state, and its tabs.
//!
//! ```text
//!  ‹ Companies   Brightwater GmbH   ● Active                 [Overview]  Setup 4/5  People 46  Vaults  Usage  Activity
//! ```

use crate::app::navigation::history;
use crate::app::pointer::Target;
use crate::app::screen::Screen;
use crate::view::Scene;
use crate::view::features::company;
use crate::view::summary::state_glyph;
use crate::view::widgets::{grid, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells that the name has before tabs are left out.
const NAME: usize = 24;
/// From this width on there is room for the name of the place that Esc leads to.
const ROOMY: u16 = 120;

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let all = usize::from(area.width);
    let tabs = company::tab_line(scene, all.saturating_sub(NAME + 2).max(all / 2), true);
    let room = all.saturating_sub(tabs.line.width() + 2);
    let width = text::cells(tabs.line.width()).min(area.width);
    scene.aim(Rect { width: text::cells(room), ..area }, Target::Back);
    frame.render_widget(left(scene, area.width, room), area);
    tabs.draw(scene, frame, Rect { x: area.right() - width, width, ..area });
}

/// The name of the place that Esc leads to: a screen, or another company.
fn from(scene: &Scene<'_>) -> String {
    let here = scene.model.selected().map(|(key, _)| key);
    let origin = history::origin(scene.model);
    let other = origin.and_then(|place| place.company.as_ref()).filter(|key| here.as_ref() != Some(key));
    if let Some(company) = other.and_then(|key| scene.model.roster.get(key)) {
        return text::cut(&company.name, NAME).into_owned();
    }
    let screen = origin.map_or(Screen::Companies, |place| place.screen);
    (scene.words.command)(screen.command()).label.to_owned()
}

/// The way back, the name, and the state where there is room for it.
fn left(scene: &Scene<'_>, width: u16, room: usize) -> Line<'static> {
    let theme = scene.theme;
    let Some((key, company)) = scene.model.selected() else { return Line::default() };
    let from = from(scene);
    let way = if width >= ROOMY { format!(" ‹ {from}   ") } else { " ‹ ".to_owned() };
    let state = (scene.words.companies.state)(&company.state).into_owned();
    let (sign, style) = state_glyph(scene, &company.state);
    let name = scene.named(&key, &company.name);
    let rest = room.saturating_sub(text::width(&way));
    let told = text::width(&state) + 5;
    let with_state = text::width(&name) + told <= rest;
    let mut line = Line::from(vec![
        Span::styled(way, theme.muted),
        Span::styled(text::cut(&name, rest).into_owned(), theme.title),
    ]);
    if with_state {
        line.push_span("   ");
        line.push_span(Span::styled(format!("{sign} "), style));
        line.push_span(Span::styled(state, theme.muted));
    }
    grid::cut(line, room)
}
