//! One company: its name, always; its tabs; and what the tab shows.

use crate::app::command::Command;
use crate::app::model::{Model, Pane, Tab};
use crate::view::widgets::text;
use crate::view::{Scene, pane_block};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};
use std::ops::Range;

/// Columns beyond this stay empty.
const MOST_COLUMNS: u16 = 100;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let model = scene.model;
    let focused = model.pane == Pane::Company;
    let block = pane_block(scene, focused);
    let Some((key, company)) = model.selected() else {
        let inner = block.inner(area);
        frame.render_widget(block, area);
        nothing(scene, frame, inner);
        return;
    };
    let room = usize::from(area.width.saturating_sub(6));
    let name = text::cut(&scene.named(&key, &company.name), room).into_owned();
    let block = block.title(Span::styled(format!(" {name} "), scene.theme.title));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let tabs = vec![tab_line(scene, model, usize::from(inner.width))];
    let body = text::stack(frame, inner, tabs);
    // A line of air where there is room for it.
    let body = text::below(body, u16::from(body.height > 12));
    // Lines longer than this lose the eye on its way to the right edge.
    let body = Rect { width: body.width.min(MOST_COLUMNS), ..body };
    match model.tab {
        Tab::Overview => super::overview::draw(scene, frame, body, company, focused),
        Tab::Setup => super::setup::draw(scene, frame, body, focused),
        Tab::People => super::people::draw(scene, frame, body, focused),
        Tab::Vaults => super::vaults::draw(scene, frame, body, focused),
        Tab::Usage => super::usage::tab::draw(scene, frame, body, focused),
        Tab::Activity => super::activity::tab::draw(scene, frame, body, focused),
    }
}

fn nothing(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let words = &scene.words.company;
    let model = scene.model;
    let gone = model.pane == Pane::Company && model.pinned.is_some();
    let (first, hint) = match gone {
        // Moving does nothing here: the pane does not follow the list.
        true => (words.gone, (words.gone_hint)(&scene.key(Command::Back))),
        false if model.roster.shown().is_empty() => (words.none, String::new()),
        false => (words.none, (words.none_hint)(&scene.key(Command::Down), &scene.key(Command::Up))),
    };
    text::centered(frame, area, &[(first, Style::new()), (hint.as_str(), scene.theme.muted)]);
}

/// The tabs, as far apart as there is room; where not all fit, those around the one in front.
fn tab_line(scene: &Scene<'_>, model: &Model, room: usize) -> Line<'static> {
    let words = Tab::ALL.map(|tab| (scene.words.company.tab)(tab));
    let at = Tab::ALL.iter().position(|tab| *tab == model.tab).unwrap_or(0);
    let width = |shown: &[&str], gap: usize| shown.iter().map(|word| text::width(word) + gap).sum::<usize>() + 1 - gap;
    let gap = [3, 2, 1].into_iter().find(|gap| width(&words, *gap) <= room);
    // Two cells for the signs that there is more to either side.
    let all = (0, words.len());
    let some = || {
        let spans = (0..=at).flat_map(|from| (at + 1..=words.len()).map(move |to| (from, to)));
        let fits = spans.filter(|(from, to)| words.get(*from..*to).is_some_and(|part| width(part, 2) + 4 <= room));
        fits.max_by_key(|(from, to)| (to - from, *from)).unwrap_or((at, at + 1))
    };
    let (from, to) = if gap.is_some() { all } else { some() };
    let mut line = Line::from(if from > 0 { "‹ " } else { " " });
    for (index, word) in words.into_iter().enumerate().take(to).skip(from) {
        // Underlined and bold: the tab in front can be told without colour.
        let style = if index == at { scene.theme.title.underlined() } else { scene.theme.muted };
        line.push_span(Span::styled(word, style));
        line.push_span(" ".repeat(gap.unwrap_or(2)));
    }
    if to < Tab::ALL.len() {
        line.push_span("›");
    }
    line
}

/// Draws the lines so that these are in sight, with arrows where there are more.
pub(in crate::view) fn scrolled(frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'static>>, in_sight: &Range<usize>) {
    let (len, height) = (lines.len(), usize::from(area.height));
    let top = text::in_sight(len, height, in_sight);
    frame.render_widget(lines.into_iter().skip(top).collect::<Text<'_>>(), area);
    let edge = Rect { x: area.right().saturating_sub(2), width: 1, height: area.height.min(1), ..area };
    if len > top + height && area.height > 0 {
        frame.render_widget("▾", Rect { y: area.bottom() - 1, ..edge });
    }
    if top > 0 {
        frame.render_widget("▴", edge);
    }
}
