//! One company: its name, always; its tabs; and what the tab shows.

use crate::app::command::Command;
use crate::app::model::{Pane, Tab};
use crate::app::pointer::Target;
use crate::domain::company::Company;
use crate::domain::id::CompanyKey;
use crate::view::summary::state_glyph;
use crate::view::widgets::text;
use crate::view::{Aimed, Scene, pane_block, screens};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span, Text};
use std::ops::Range;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let model = scene.model;
    let focused = model.pane == Pane::Company;
    let Some((key, company)) = model.selected() else {
        let block = pane_block(scene, focused);
        let inner = block.inner(area);
        frame.render_widget(block, area);
        nothing(scene, frame, inner);
        return;
    };
    if model.company_alone() {
        return alone(scene, frame, area, (key, company));
    }
    let (glyph, style) = state_glyph(scene, &company.state);
    let state = (scene.words.companies.state)(&company.state);
    let room = usize::from(area.width.saturating_sub(6));
    let left = room.saturating_sub(text::width(&state) + 6);
    let name = scene.named(&key, &company.name);
    // The name comes first; the list says the state as well.
    let told = text::width(&name) <= left;
    let name = text::cut(&name, room).into_owned();
    let mut block = pane_block(scene, focused).title(Span::styled(format!(" {name} "), scene.theme.title));
    if told {
        // Of the text's own colour, whatever the frame's.
        let plain = scene.theme.title.remove_modifier(Modifier::BOLD);
        let state =
            Line::from(vec![Span::styled(format!(" {glyph} "), style), Span::styled(format!("{state} "), plain)]);
        block = block.title(state.right_aligned());
    }
    let inner = block.inner(area);
    frame.render_widget(block, area);
    tab_line(scene, usize::from(inner.width), false).draw(scene, frame, Rect { height: inner.height.min(1), ..inner });
    let body = text::below(inner, 1);
    // A line of air where there is room for it.
    let body = text::below(body, u16::from(body.height > 12));
    match model.tab {
        Tab::Overview => super::overview::column(scene, frame, body, (key, company), focused),
        _ => tab_body(scene, frame, body, focused),
    }
}

/// On the whole screen: name and tabs, and below them cards or the frame of a table.
fn alone(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, (key, company): (CompanyKey, &Company)) {
    let body = if scene.breadcrumb() { area } else { head(scene, frame, area, (&key, company)) };
    match scene.model.tab {
        Tab::Overview => super::overview::dashboard(scene, frame, body, (key, company)),
        Tab::Usage if super::usage::tab::has_cards(scene, body) => super::usage::tab::draw(scene, frame, body, true),
        Tab::Setup if body.width >= super::setup::BESIDE => super::setup::with_step(scene, frame, body),
        tab => {
            let inner = screens::framed(scene, frame, body, (scene.words.company.tab)(tab));
            tab_body(scene, frame, inner, true);
        }
    }
}

fn tab_body(scene: &Scene<'_>, frame: &mut Frame<'_>, body: Rect, focused: bool) {
    match scene.model.tab {
        Tab::Overview => {}
        Tab::Setup => super::setup::draw(scene, frame, body, focused),
        Tab::People => super::people::draw(scene, frame, body, focused),
        Tab::Vaults => super::vaults::draw(scene, frame, body, focused),
        Tab::Usage => super::usage::tab::draw(scene, frame, body, false),
        Tab::Activity => super::activity::tab::draw(scene, frame, body, focused),
    }
}

/// Name and tabs where there is no row for them above; answers the room below them.
fn head(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, (key, company): (&CompanyKey, &Company)) -> Rect {
    let width = usize::from(area.width);
    let name = text::cut(&scene.named(key, &company.name), width.saturating_sub(2)).into_owned();
    let name = Line::styled(format!(" {name}"), scene.theme.title);
    let rest = text::stack(frame, area, vec![name]);
    tab_line(scene, width, false).draw(scene, frame, Rect { height: rest.height.min(1), ..rest });
    text::below(rest, 1)
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

/// How far the tabs stand apart.
#[derive(Clone, Copy)]
enum Gap {
    /// Each with a cell to either side, where the one in front has its brackets, and so many cells between two.
    Padded(usize),
    /// One cell between two, and no brackets.
    Tight,
}

impl Gap {
    fn width(self, words: &[String]) -> usize {
        let all = words.iter().map(|word| text::width(word)).sum::<usize>();
        match self {
            Self::Padded(between) => all + words.len() * (2 + between) - between,
            Self::Tight => all + words.len(),
        }
    }
}

/// The tabs, as far apart as there is room, with what is counted in them where that is asked for; where not all fit,
/// those around the one in front.
pub(in crate::view) fn tab_line(scene: &Scene<'_>, room: usize, counted: bool) -> Aimed {
    let plain = Tab::ALL.map(|tab| (scene.words.company.tab)(tab).to_owned());
    let at = Tab::ALL.iter().position(|tab| *tab == scene.model.tab).unwrap_or(0);
    let numbered = Tab::ALL.map(|tab| match count(scene, tab).filter(|_| counted) {
        Some(count) => format!("{} {count}", (scene.words.company.tab)(tab)),
        None => (scene.words.company.tab)(tab).to_owned(),
    });
    let gaps = [Gap::Padded(1), Gap::Padded(0), Gap::Tight];
    let forms = [&numbered, &plain].into_iter().flat_map(|words| gaps.map(|gap| (words, gap)));
    let fits = forms.into_iter().find(|(words, gap)| gap.width(words.as_slice()) <= room);
    let (words, gap) = fits.unwrap_or((&plain, Gap::Padded(0)));
    // Two cells for the sign that there is more to either side.
    let all = (0, words.len());
    let some = || {
        let spans = (0..=at).flat_map(|from| (at + 1..=words.len()).map(move |to| (from, to)));
        let fits = spans.filter(|(from, to)| words.get(*from..*to).is_some_and(|part| gap.width(part) + 4 <= room));
        fits.max_by_key(|(from, to)| (to - from, *from)).unwrap_or((at, at + 1))
    };
    let (from, to) = if fits.is_some() { all } else { some() };
    let (mut line, mut spots) = (Line::from(if from > 0 { " ‹" } else { "" }), Vec::new());
    for (index, word) in words.iter().enumerate().take(to).skip(from) {
        let front = index == at;
        let start = line.width();
        let style = if front { scene.theme.title } else { scene.theme.muted };
        // The tab in front can be told without colour, by its brackets or the line below it.
        match (gap, front) {
            (Gap::Padded(_), true) => line.push_span(Span::styled(format!("[{word}]"), style)),
            (Gap::Padded(_), false) => line.push_span(Span::styled(format!(" {word} "), style)),
            (Gap::Tight, _) => {
                line.push_span(" ");
                line.push_span(Span::styled(word.clone(), if front { style.underlined() } else { style }));
            }
        }
        spots.extend(Tab::ALL.get(index).map(|tab| (start, line.width() - start, Target::Tab(*tab))));
        if let Gap::Padded(between) = gap {
            line.push_span(" ".repeat(if index + 1 < to { between } else { 0 }));
        }
    }
    if to < Tab::ALL.len() {
        line.push_span("› ");
    }
    Aimed { line, spots }
}

/// What is counted in a tab, where it is known.
fn count(scene: &Scene<'_>, tab: Tab) -> Option<String> {
    let (_, company) = scene.model.selected()?;
    let details = scene.model.selected_details();
    let number = |len: usize| scene.words.number(len as u64);
    match tab {
        Tab::Setup => company.setup.known().then(|| format!("{}/{}", company.setup.done, company.setup.applicable)),
        Tab::People => details?.people.value().map(|people| number(people.len())),
        Tab::Vaults => details?.vaults.value().map(|vaults| number(vaults.len())),
        _ => None,
    }
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
