//! What needs attention, as the work of a day: grouped, most urgent first, each line with since when, until when, and the
//! key that cures it.
//!
//! ```text
//!    Company              What                        Since  Due   Fix
//!    NOW
//! ▌● Cantiere Bianchi     Link request: accept it     2 d    4 d   p paste link
//! ```

use crate::app::features::attention::fix;
use crate::app::pointer::Target;
use crate::domain::company::Company;
use crate::domain::id::CompanyKey;
use crate::domain::reason::{Due, Group, Reason};
use crate::view::Scene;
use crate::view::features::accounts;
use crate::view::features::companies::{Selection, cells, draw_name};
use crate::view::widgets::{grid, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells in front of the name: cursor, mark or pin, the state's sign, and a space.
const LEAD: u16 = 4;
const GAP: u16 = 2;
const AGE: u16 = 5;
const FIX: u16 = 14;
const LEAST_WHAT: u16 = 20;

/// Widths of the columns; 0 is not shown.
struct Widths {
    name: u16,
    account: u16,
    what: u16,
    since: u16,
    due: u16,
    fix: u16,
}

impl Widths {
    /// What and how to cure it come first; the dates go before them.
    fn fit(width: u16, account: u16) -> Self {
        let mut widths = Self { name: 0, account, what: LEAST_WHAT, since: AGE, due: AGE, fix: FIX };
        for step in 0..5 {
            if widths.taken() + 22 <= width {
                break;
            }
            match step {
                0 => widths.account = widths.account.min(accounts::SHORT),
                1 => widths.since = 0,
                2 => widths.due = 0,
                3 => widths.account = widths.account.min(3),
                _ => widths.fix = 2,
            }
        }
        let rest = width.saturating_sub(widths.taken() - widths.what);
        widths.what = (rest / 2).clamp(12, 44);
        widths.name = rest.saturating_sub(widths.what);
        widths
    }

    fn taken(&self) -> u16 {
        let others = [self.account, self.what, self.since, self.due, self.fix];
        LEAD + others.iter().filter(|cells| **cells > 0).map(|cells| cells + GAP).sum::<u16>()
    }

    fn places(&self, row: Rect) -> [Rect; 6] {
        let mut x = row.x + LEAD;
        [self.name, self.account, self.what, self.since, self.due, self.fix].map(|width| {
            let place = Rect { x: x.min(row.right()), width: width.min(row.right().saturating_sub(x)), ..row };
            if width > 0 {
                x = x.saturating_add(width + GAP);
            }
            place
        })
    }
}

/// Where the lines of the view are: rows of companies, and a heading before each group.
pub(super) struct Lines {
    /// Groups with the first row of each, from top to bottom.
    groups: Vec<(Group, usize)>,
    rows: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Entry {
    Heading(Group),
    Row(usize),
}

impl Lines {
    pub fn of(scene: &Scene<'_>) -> Self {
        Self { groups: scene.model.roster.groups(), rows: scene.model.roster.shown().len() }
    }

    pub fn len(&self) -> usize {
        self.rows + self.groups.len()
    }

    /// The line of a row.
    pub fn line(&self, row: usize) -> usize {
        row + self.groups.iter().filter(|(_, first)| *first <= row).count()
    }

    fn entry(&self, line: usize) -> Option<Entry> {
        for (before, (group, first)) in self.groups.iter().enumerate().rev() {
            match line.checked_sub(first + before) {
                Some(0) => return Some(Entry::Heading(*group)),
                Some(within) => return Some(Entry::Row(first + within - 1)).filter(|_| line < self.len()),
                None => {}
            }
        }
        (line < self.rows).then_some(Entry::Row(line))
    }
}

/// Draws heading and visible lines, from this one on.
pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, lines: &Lines, top: usize, focused: bool) {
    let widths = Widths::fit(area.width.saturating_sub(1), accounts::cells(scene));
    heading(scene, frame, Rect { height: 1, ..area }, &widths);
    let body = text::below(area, 1);
    let shown = scene.model.roster.shown();
    for (at, line) in body.rows().zip(top..) {
        match lines.entry(line) {
            Some(Entry::Heading(group)) => {
                let title = (scene.words.attention.group)(group);
                frame.render_widget(Line::styled(format!("    {title}"), scene.theme.strong), at);
            }
            Some(Entry::Row(row)) => {
                let Some((key, company)) = shown.get(row).and_then(|id| scene.model.roster.read(*id)) else { continue };
                let selected = scene.model.list.selection.key.as_ref() == Some(&key);
                let marked = scene.model.marks.contains(&key);
                scene.aim(at, Target::Company(row));
                row_of(scene, frame, at, (&key, &company), Selection { selected, focused, marked }, &widths);
            }
            None => {}
        }
    }
}

fn heading(scene: &Scene<'_>, frame: &mut Frame<'_>, row: Rect, widths: &Widths) {
    let words = &scene.words.attention;
    let style = scene.theme.muted.patch(scene.theme.strong);
    let account = scene.words.accounts.column;
    let headings =
        [scene.words.companies.company, account, words.what_column, words.since, words.due, words.fix_column];
    for (heading, place) in headings.into_iter().zip(widths.places(row)) {
        frame.render_widget(Line::styled(text::cut(heading, usize::from(place.width)).into_owned(), style), place);
    }
}

fn row_of(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    row: Rect,
    (key, company): (&CompanyKey, &Company),
    at: Selection,
    widths: &Widths,
) {
    if at.selected && at.focused {
        frame.render_widget(Span::styled("▌", scene.theme.accent), Rect { width: 1, ..row });
    }
    if let Some(sign) = cells::mark(scene, key, at.marked) {
        frame.render_widget(sign, Rect { x: row.x + 1, width: 1, ..row });
    }
    frame.render_widget(cells::state_sign(scene, company), Rect { x: row.x + 2, width: 1, ..row });
    let [name_place, account, what_place, since, due, fix_place] = widths.places(row);
    draw_name(scene, frame, name_place, (key, company));
    if widths.account > 0 {
        frame.render_widget(accounts::line(scene, &key.profile, usize::from(widths.account)), account);
    }
    if let Some(reason) = scene.model.reason(key, company) {
        let room = usize::from(what_place.width);
        frame.render_widget(what(scene, company, &reason, room), what_place);
        frame.render_widget(age(scene, &reason), since);
        frame.render_widget(until(scene, &reason), due);
        frame.render_widget(grid::cut(cure(scene, key, &reason), usize::from(fix_place.width)), fix_place);
    }
    if at.selected {
        let whole = Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row };
        frame.buffer_mut().set_style(whole, at.style(scene));
    }
}

/// In as many words as fit, and how many reasons there are besides.
fn what(scene: &Scene<'_>, company: &Company, reason: &Reason, room: usize) -> Line<'static> {
    let words = &scene.words.attention;
    let more = company.attention.len().saturating_sub(1);
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    let texts =
        [(words.what)(reason), (words.brief)(reason, scene.clock.now), (words.short)(&reason.kind).into_owned()];
    let whole = texts.iter().map(|text| format!("{text}{more}"));
    let fits = whole.chain(texts.iter().cloned()).find(|text| text::width(text) <= room);
    let text = fits.unwrap_or_else(|| text::cut(&texts[2], room).into_owned());
    let style = if company.snooze_until.is_some() { scene.theme.muted } else { Style::new() };
    Line::styled(text, style)
}

fn age(scene: &Scene<'_>, reason: &Reason) -> Line<'static> {
    let age = reason.since.map_or_else(|| "–".to_owned(), |since| scene.clock.short(since));
    Line::styled(age, scene.theme.muted)
}

fn until(scene: &Scene<'_>, reason: &Reason) -> Line<'static> {
    let words = &scene.words.attention;
    match (reason.due, reason.days_left(scene.clock.now)) {
        (Due::Now, _) => Line::styled(words.now, scene.theme.danger),
        (Due::At(_), Some(0)) => Line::styled(words.today, scene.theme.danger),
        (Due::At(_), Some(days)) => Line::from((words.days)(days)),
        _ => Line::styled("–", scene.theme.muted),
    }
}

/// The key that cures it and what it does; muted where this technician may not.
fn cure(scene: &Scene<'_>, key: &CompanyKey, reason: &Reason) -> Line<'static> {
    let Some((fix, command)) = fix(reason) else { return Line::default() };
    let label = (scene.words.attention.fix)(fix);
    let first =
        scene.keys(scene.model.options.keymap.keys(command).first().map(ToString::to_string).unwrap_or_default());
    if command.permitted_in(scene.model, &key.profile).is_err() {
        return Line::styled(format!("{first} {label}"), scene.theme.muted);
    }
    Line::from(vec![Span::styled(first, scene.theme.key), Span::raw(format!(" {label}"))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_heading_or_a_row_and_rows_come_in_their_order() {
        let groups = vec![(Group::Now, 0), (Group::Setup, 2), (Group::Records, 5)];
        let lines = Lines { groups, rows: 7 };
        let all: Vec<Entry> = (0..lines.len()).filter_map(|line| lines.entry(line)).collect();
        let rows: Vec<usize> =
            all.iter().filter_map(|entry| if let Entry::Row(row) = entry { Some(*row) } else { None }).collect();
        assert_eq!(rows, [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(all.iter().position(|entry| *entry == Entry::Heading(Group::Setup)), Some(3));
        assert!((0..7).all(|row| lines.entry(lines.line(row)) == Some(Entry::Row(row))));
        assert_eq!(lines.entry(lines.len()), None);
        let plain = Lines { groups: Vec::new(), rows: 3 };
        assert_eq!((plain.entry(2), plain.entry(3)), (Some(Entry::Row(2)), None), "another order has no groups");
    }

    #[test]
    fn the_reason_and_its_cure_have_room_at_every_width() {
        for width in 37..200 {
            for account in [0, 16] {
                let widths = Widths::fit(width, account);
                assert!(widths.what >= 12 && widths.fix >= 2, "{width}");
                assert!(widths.taken() + widths.name <= width.max(widths.taken()), "{width}");
                assert!(width < 76 || account > 0 || widths.fix == FIX && widths.due > 0, "{width}");
            }
        }
    }
}
