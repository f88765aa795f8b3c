//! Go to anything: what fits, section by section. A command that cannot run now is dimmed, never hidden.

use crate::app::command::Command;
use crate::app::features::companies::views::saved;
use crate::app::features::palette::{Entry, Palette, Section};
use crate::app::key::Sequence;
use crate::domain::id::CompanyKey;
use crate::domain::reason::Reason;
use crate::view::features::companies::title;
use crate::view::summary::state_glyph;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::{input, text};
use crate::view::{Scene, hints};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Rows of the dialog with its frame, where the window has them.
const HEIGHT: u16 = 26;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, palette: &Palette) {
    let words = &scene.words.palette;
    let mut dialog = DialogFrame::new(scene, area, 100).height(HEIGHT).title(words.title).keys(words.keys);
    let room = dialog.inner_width();
    let (typed, cursor) = input::visible(&palette.line, room.saturating_sub(4));
    dialog.cursor_at(3 + cursor);
    dialog.line(Line::from(vec![Span::styled(" ❯ ", scene.theme.key), Span::raw(typed)]));
    dialog.blank();
    dialog.begin_scroll();
    if palette.found.is_empty() && !palette.people.is_waiting() {
        dialog.text(words.none, scene.theme.muted);
    }
    let (rows, at) = rows(scene, palette, room);
    dialog.rows(rows, at);
    let signs = (area.height > HEIGHT).then(|| words.signs.to_owned());
    if let Some(foot) = of_people(scene, palette).or(signs) {
        dialog.line(Line::styled(format!(" {}", text::cut(&foot, room.saturating_sub(1))), scene.theme.muted));
    }
    dialog.render(frame);
}

/// How the search for people stands, where that is to be told.
fn of_people(scene: &Scene<'_>, palette: &Palette) -> Option<String> {
    let (words, people) = (&scene.words.palette, &palette.people);
    if people.is_waiting() {
        return Some(words.looking_for_people.to_owned());
    }
    let failed = people.found.loads().find_map(|(_, load)| load.error());
    let failed = failed.map(|error| (words.people_failed)(&scene.describe(error).cause));
    let shown = palette.found.iter().filter(|entry| entry.section() == Section::People).count();
    let more = people.more + people.found.rows().len().saturating_sub(shown) as u64;
    let more = (more > 0).then(|| (words.more_people)(&scene.words.number(more)));
    failed.or(more)
}

/// Headings and entries, and which row the cursor is on. What is out of sight is left blank.
fn rows(scene: &Scene<'_>, palette: &Palette, room: usize) -> (Vec<Line<'static>>, usize) {
    let (mut rows, mut at, mut section) = (Vec::new(), 0, None);
    let near = palette.cursor.saturating_sub(usize::from(HEIGHT))..=palette.cursor + usize::from(HEIGHT);
    for (index, entry) in palette.found.iter().enumerate() {
        if section != Some(entry.section()) {
            if section.is_some() {
                rows.push(Line::default());
            }
            section = Some(entry.section());
            let heading = (scene.words.palette.section)(entry.section());
            rows.push(Line::styled(format!(" {}", text::cut(heading, room.saturating_sub(2))), scene.theme.strong));
        }
        if index == palette.cursor {
            at = rows.len();
        }
        rows.push(if near.contains(&index) { row(scene, entry, room) } else { Line::default() });
    }
    (rows, at)
}

fn row(scene: &Scene<'_>, entry: &Entry, room: usize) -> Line<'static> {
    let words = &scene.words.palette;
    let named = |key: &CompanyKey| {
        let name = scene.model.roster.get(key).map_or("", |company| company.name.as_str());
        scene.named(key, name)
    };
    match entry {
        Entry::Recent(key) | Entry::Company(key) => company(scene, key, room),
        Entry::Owner(key, name) => two(scene, name, &(words.owner_of)(&named(key)), room),
        Entry::Person(key, _, name) => two(scene, name, &(words.person_of)(&named(key)), room),
        Entry::Tag(tag, count) => {
            let count = u64::from(*count);
            two(scene, &format!("#{tag}"), &(words.tagged)(count, &scene.words.number(count)), room)
        }
        Entry::Tab(tab) => {
            let of = scene.model.selected().map(|(key, _)| named(&key)).unwrap_or_default();
            two(scene, (scene.words.company.tab)(*tab), &(words.tab_of)(&of), room)
        }
        Entry::View(at, name) => {
            let query = saved(scene.model).get(*at).map(|saved| title::summary(scene, &saved.view.query));
            two(scene, name, &query.unwrap_or_default(), room)
        }
        Entry::Theme(name) => two(scene, &format!(":theme {name}"), &(words.theme)(name), room),
        Entry::QuitAtOnce => two(scene, ":q!", words.quit_at_once, room),
        Entry::Command(entry) => command(scene, *entry, room),
    }
}

/// Cells of the name of a company or a person.
fn name_cells(room: usize) -> usize {
    (room * 2 / 5).clamp(16, 40)
}

/// Its state as a sign, its name, how it stands, and its seats.
fn company(scene: &Scene<'_>, key: &CompanyKey, room: usize) -> Line<'static> {
    let Some(company) = scene.model.roster.get(key) else { return Line::default() };
    let (sign, style) = state_glyph(scene, &company.state);
    let cells = name_cells(room);
    let name = text::pad(&text::cut(&scene.named(key, &company.name), cells), cells);
    let state = (scene.words.companies.state)(&company.state);
    let reason = Reason::most_urgent(company).map(|reason| (scene.words.attention.brief)(&reason, scene.clock.now));
    let stands = reason.map_or_else(|| state.clone().into_owned(), |reason| format!("{state} · {reason}"));
    Line::from(vec![
        Span::styled(format!("   {sign} "), style),
        Span::raw(format!("{name}  ")),
        Span::styled(text::cut(&stands, room.saturating_sub(cells + 8)).into_owned(), scene.theme.muted),
    ])
}

fn two(scene: &Scene<'_>, name: &str, what: &str, room: usize) -> Line<'static> {
    let cells = name_cells(room);
    Line::from(vec![
        Span::raw(format!("     {}  ", text::pad(&text::cut(name, cells), cells))),
        Span::styled(text::cut(what, room.saturating_sub(cells + 8)).into_owned(), scene.theme.muted),
    ])
}

/// A command with its key, and what it does or why it cannot run now.
fn command(scene: &Scene<'_>, command: Command, room: usize) -> Line<'static> {
    // With marks each label says which companies it means.
    let cells = if scene.model.marks.is_empty() { 22 } else { 33 };
    let label = hints::about(scene, command, (scene.words.command)(command).label);
    let key = scene.keys(scene.model.options.keymap.keys(command).first().map(Sequence::to_string).unwrap_or_default());
    let (style, tail) = match command.ready(scene.model) {
        Ok(()) => (Style::new(), (scene.words.command)(command).help.to_owned()),
        Err(why) => (scene.theme.muted, (scene.words.disabled)(&why, &scene.clock)),
    };
    let tail = text::cut(&tail, room.saturating_sub(11 + text::width(&label).max(cells))).into_owned();
    Line::from(vec![
        Span::styled(format!("   {} ", text::pad(&key, 6)), scene.theme.key),
        Span::styled(format!("{} ", text::pad(&label, cells)), style),
        Span::styled(tail, scene.theme.muted),
    ])
}
