//! One company: its name, always; its tabs; and what the tab shows.

use crate::app::command::Command;
use crate::app::core::remote::Remote;
use crate::app::model::{Model, Pane, Tab};
use crate::view::widgets::text;
use crate::view::{Scene, pane};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns beyond this stay empty.
const MOST_COLUMNS: u16 = 100;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let model = scene.model;
    let focused = model.pane == Pane::Company;
    let block = pane(scene, focused);
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
    let [tabs, body] = ratatui::layout::Layout::vertical([
        ratatui::layout::Constraint::Length(1),
        ratatui::layout::Constraint::Fill(1),
    ])
    .areas(inner);
    frame.render_widget(tab_line(scene, model, usize::from(tabs.width)), tabs);
    // A line of air where there is room for it.
    let air = u16::from(body.height > 12);
    // Lines longer than this lose the eye on its way to the right edge.
    let body = Rect { y: body.y + air, height: body.height - air, width: body.width.min(MOST_COLUMNS), ..body };
    match model.tab {
        Tab::Overview => super::overview::draw(scene, frame, body, company, focused),
        Tab::Setup => super::setup::draw(scene, frame, body, company, focused),
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
    let top = area.height / 3;
    for (row, (sentence, style)) in (top..area.height).zip([(first, Style::new()), (hint.as_str(), scene.theme.muted)])
    {
        let cut = text::cut(sentence, usize::from(area.width)).into_owned();
        frame.render_widget(Line::styled(cut, style).centered(), Rect { y: area.y + row, height: 1, ..area });
    }
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

/// A line on loading or failing, if there is anything to say; the old value stays below it.
pub(in crate::view) fn phase_line<T>(
    scene: &Scene<'_>,
    remote: &Remote<T>,
    loading: &str,
    width: usize,
) -> Vec<Line<'static>> {
    if let Some(error) = remote.error() {
        let told = scene.describe(error);
        let mut lines = Vec::new();
        for (index, line) in
            text::wrap(&format!("{}: {}", told.title, told.cause), width.saturating_sub(4)).into_iter().enumerate()
        {
            let lead = if index == 0 { " ✖ " } else { "   " };
            lines
                .push(Line::from(vec![Span::styled(lead, scene.theme.danger), Span::styled(line, scene.theme.strong)]));
        }
        for line in text::wrap(&told.hint, width.saturating_sub(4)) {
            lines.push(Line::styled(format!("   {line}"), scene.theme.muted));
        }
        return lines;
    }
    if remote.value().is_none() {
        let said = text::cut(&scene.loading(loading, remote.waiting()), width.saturating_sub(2)).into_owned();
        return vec![Line::styled(format!(" {said}"), scene.theme.muted)];
    }
    // What is there stays; that it is asked for again is only told when the answer is late.
    let late = scene.late(remote.waiting().and_then(|ticket| scene.model.tickets.delay(ticket, scene.model.now)));
    let late = late.map(|late| format!("{} {late}", scene.spinner()));
    let late =
        late.map(|late| Line::styled(format!(" {}", text::cut(&late, width.saturating_sub(2))), scene.theme.muted));
    late.into_iter().chain(left_out(scene, remote, "", width)).collect()
}

/// A list that is not whole says so.
pub(in crate::view) fn left_out<T>(
    scene: &Scene<'_>,
    remote: &Remote<T>,
    of: &str,
    width: usize,
) -> Option<Line<'static>> {
    let rows = remote.seen.as_ref().map(|seen| seen.left_out).filter(|rows| *rows > 0)?;
    let said = format!("{of}{}", (scene.words.sync.left_out)(rows));
    let said = text::cut(&said, width.saturating_sub(4)).into_owned();
    Some(Line::from(vec![Span::styled(" ! ", scene.theme.waiting), Span::raw(said)]))
}

/// Draws the lines from the one that keeps `from..to` in sight.
pub(in crate::view) fn scrolled(frame: &mut Frame<'_>, area: Rect, lines: &[Line<'static>], from: usize, to: usize) {
    let height = usize::from(area.height);
    let top = if lines.len() <= height || to <= height {
        0
    } else {
        // The end of the cursor's lines at the lower edge, but never its beginning above the upper edge.
        (to - height).min(from).min(lines.len() - height)
    };
    for (row, line) in (0..area.height).zip(lines.iter().skip(top)) {
        frame.render_widget(line, Rect { y: area.y + row, height: 1, ..area });
    }
    if lines.len() > top + height && area.height > 0 {
        let more = Rect { x: area.right().saturating_sub(2), y: area.bottom() - 1, width: 1, height: 1 };
        frame.render_widget(Span::raw("▾"), more);
    }
    if top > 0 {
        frame.render_widget(Span::raw("▴"), Rect { x: area.right().saturating_sub(2), width: 1, height: 1, ..area });
    }
}
