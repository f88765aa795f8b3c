//! The frame of every dialog and menu: lines that scroll between lines that stay in sight, and the keys that it takes.
//!
//! A dialog writes its lines from top to bottom. What comes before [`DialogFrame::begin_scroll`] and after
//! [`DialogFrame::end_scroll`] is always shown; in a low window what is between them gives way.

use crate::app::pointer::Target;
use crate::app::tickets::Delay;
use crate::domain::error::Error;
use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Block, BorderType};
use std::ops::Range;

#[derive(Clone, Copy, PartialEq)]
enum Section {
    Head,
    Body,
    Foot,
}

/// Which lines of the body are shown where not all fit.
enum Scroll {
    /// From this line on, or the last ones.
    From(usize),
    /// Those of the field that has the focus.
    Show(Range<usize>),
    /// A bar on this line, in the middle where there are lines around it.
    Cursor(usize),
}

pub(in crate::view) struct DialogFrame<'a> {
    scene: &'a Scene<'a>,
    area: Rect,
    title: String,
    border: Style,
    indent: &'static str,
    width: u16,
    height: Option<u16>,
    spare_row: bool,
    aside: bool,
    head: Vec<Line<'static>>,
    body: Vec<Line<'static>>,
    foot: Vec<Line<'static>>,
    section: Section,
    scroll: Scroll,
    arrows: Option<(Style, u16)>,
    cursor: Option<(Section, usize, usize)>,
    /// What can be clicked: section, line, first cell, cells.
    spots: Vec<(Section, usize, (usize, usize), Target)>,
    keys: String,
}

impl<'a> DialogFrame<'a> {
    /// As wide as the screen allows, and at most so many cells.
    pub fn new(scene: &'a Scene<'a>, area: Rect, most: u16) -> Self {
        Self::sized(scene, area, area.width.saturating_sub(4).min(most))
    }

    /// Of so many cells where the screen has them.
    pub fn sized(scene: &'a Scene<'a>, area: Rect, width: u16) -> Self {
        Self {
            scene,
            area,
            title: String::new(),
            border: scene.theme.accent,
            indent: " ",
            width: width.min(area.width.saturating_sub(2)).max(10.min(area.width)),
            height: None,
            spare_row: false,
            aside: false,
            head: Vec::new(),
            body: Vec::new(),
            foot: Vec::new(),
            section: Section::Body,
            scroll: Scroll::From(0),
            arrows: None,
            cursor: None,
            spots: Vec::new(),
            keys: String::new(),
        }
    }

    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    pub fn border(mut self, border: Style) -> Self {
        self.border = border;
        self
    }

    /// Of a fixed height, whatever is in it.
    pub fn height(mut self, rows: u16) -> Self {
        self.height = Some(rows);
        self
    }

    /// Space in front of the lines, from here on.
    pub fn indent(&mut self, indent: &'static str) {
        self.indent = indent;
    }

    /// A blank row below the body where there is room.
    pub fn spare_row(mut self) -> Self {
        self.spare_row = true;
        self
    }

    /// At the right of the screen: what it changes is seen beside it.
    pub fn aside(mut self) -> Self {
        self.aside = true;
        self
    }

    /// Arrows at the edge, so many cells from the right, tell that there is more.
    pub fn arrows(mut self, style: Style, from_right: u16) -> Self {
        self.arrows = Some((style, from_right));
        self
    }

    /// Cells between the frame's sides.
    pub fn inner_width(&self) -> usize {
        usize::from(self.width.saturating_sub(2))
    }

    /// Cells for text.
    pub fn room(&self) -> usize {
        usize::from(self.width.saturating_sub(4))
    }

    /// What was written so far stays in sight.
    pub fn begin_scroll(&mut self) {
        self.head.append(&mut self.body);
        if let Some((section, ..)) = &mut self.cursor {
            *section = Section::Head;
        }
    }

    /// What is written from here on stays in sight.
    pub fn end_scroll(&mut self) {
        self.section = Section::Foot;
    }

    pub fn scroll_from(&mut self, line: usize) {
        self.scroll = Scroll::From(line);
    }

    pub fn scroll_to_end(&mut self) {
        self.scroll = Scroll::From(usize::MAX);
    }

    /// These lines of the body are kept in sight, the first before the last.
    pub fn keep_in_sight(&mut self, lines: Range<usize>) {
        self.scroll = Scroll::Show(lines);
    }

    /// Rows to choose one of, and a blank one below them.
    pub fn rows(&mut self, rows: Vec<Line<'static>>, cursor: usize) {
        if !rows.is_empty() {
            self.scroll = Scroll::Cursor(cursor.min(rows.len() - 1));
        }
        for (row, line) in (0..rows.len()).zip(self.body.len()..) {
            self.spots.push((Section::Body, line, (0, self.inner_width()), Target::Choice { cursor, row }));
        }
        self.body.extend(rows);
        self.end_scroll();
        self.line("");
    }

    /// The lines of the section that is being written.
    pub fn lines(&mut self) -> &mut Vec<Line<'static>> {
        if self.section == Section::Foot { &mut self.foot } else { &mut self.body }
    }

    pub fn line(&mut self, line: impl Into<Line<'static>>) {
        self.lines().push(line.into());
    }

    pub fn blank(&mut self) {
        self.line(Line::default());
    }

    /// Text on as many lines as it takes.
    pub fn text(&mut self, sentence: &str, style: Style) {
        let lead = (self.indent, Style::new());
        self.lead(lead, sentence, style);
    }

    /// The same behind a sign.
    pub fn signed(&mut self, (sign, sign_style): (&str, Style), sentence: &str, style: Style) {
        let lead = format!("{}{sign} ", self.indent);
        self.lead((&lead, sign_style), &self.scene.keys(sentence), style);
    }

    /// The same behind any lead; the lines below the first are as far in.
    pub fn lead(&mut self, lead: (&str, Style), sentence: &str, style: Style) {
        let room = self.room();
        text::wrapped(self.lines(), lead, sentence, style, room);
    }

    /// Why the last try failed. Of one whose answer was lost it is not known whether it did, so it bears no sign of
    /// failure.
    pub fn failed(&mut self, error: &Error) {
        let (words, theme) = (self.scene.words, self.scene.theme);
        let unsure = error.outcome_unknown();
        let sign = if unsure { ("?", theme.waiting) } else { ("✖", theme.danger) };
        self.signed(sign, &words.one_line(error), theme.strong);
        if unsure {
            self.signed((" ", Style::new()), words.errors.again_is_safe, Style::new());
        }
    }

    /// What was sent; and if the answer is late, for how long, or why, until when, and the way out.
    pub fn sending(&mut self, sending: &str) {
        let scene = self.scene;
        self.line(format!("{}{} {sending} …", self.indent, scene.spinner()));
        let delay = scene.model.tickets.delay_in_saving(scene.model.now);
        if let Some(mut late) = scene.late(delay) {
            if matches!(delay, Some(Delay::Pause(..))) {
                late = format!("{late} · {}", scene.words.sync.give_up);
            }
            self.signed((" ", Style::new()), &late, scene.theme.strong);
        }
    }

    /// A line to type on, with its cursor.
    pub fn input(&mut self, (typed, column): (String, usize), active: bool) {
        if active {
            self.cursor_at(3 + column);
        }
        self.line(Line::from(vec![Span::styled(" ❯ ", self.scene.theme.key), Span::raw(typed)]));
    }

    /// The terminal's cursor stands on the next line that is written.
    pub fn cursor_at(&mut self, column: usize) {
        self.cursor = Some((self.section, self.lines().len(), column));
    }

    pub fn buttons<const N: usize>(&mut self, buttons: [(&str, bool, bool); N]) {
        let mut line = Line::from(self.indent);
        let before = self.spots.iter().filter(|(.., target)| matches!(target, Target::Button(_))).count();
        let (section, row) = (self.section, self.lines().len());
        for (at, (label, focused, enabled)) in (before..).zip(buttons) {
            let cells = (line.width(), text::width(label) + 4);
            self.spots.push((section, row, cells, Target::Button(at)));
            line.spans.extend(button(self.scene, label, focused, enabled));
        }
        self.line(line);
    }

    /// A way out, and what cannot be taken back, each with whether it has the focus; and whether it can be done.
    pub fn danger_buttons(&mut self, (way_out, safe): (&str, bool), (label, focused): (&str, bool), enabled: bool) {
        let theme = &self.scene.theme;
        let style = match (focused, enabled) {
            (true, _) => theme.danger_button,
            (false, true) => theme.danger,
            (false, false) => theme.muted,
        };
        let mut line = Line::from(self.indent);
        line.spans.extend(button(self.scene, way_out, safe, true));
        line.push_span(Span::styled(format!("[ ! {label} ]"), style));
        self.line(line);
    }

    /// The last row: which keys it takes.
    pub fn keys(mut self, keys: impl Into<String>) -> Self {
        self.keys = self.scene.keys(keys);
        self
    }

    /// Where it stands: in the middle of the screen or at its right, and no larger than it.
    pub fn place(&self) -> Rect {
        let lines = self.head.len() + self.body.len() + self.foot.len() + usize::from(self.spare_row);
        let height = self.height.unwrap_or_else(|| text::cells(lines + 3));
        let height = height.min(self.area.height.saturating_sub(2)).max(3.min(self.area.height));
        let (beside, y) = (self.area.width - self.width, (self.area.height - height) / 2);
        let x = if self.aside { beside.saturating_sub(1) } else { beside / 2 };
        Rect { x: self.area.x + x, y: self.area.y + y, width: self.width, height }
    }

    /// How the rows inside are divided: what stays above, what scrolls, what stays below, the keys.
    fn areas(&self, inner: Rect) -> [Rect; 4] {
        let [above, below, keys] = Layout::vertical([
            Constraint::Fill(1),
            Constraint::Length(text::cells(self.foot.len()).min(inner.height.saturating_sub(1))),
            Constraint::Length(inner.height.min(1)),
        ])
        .areas(inner);
        let top = text::cells(self.head.len()).min(above.height);
        let [top, body] = Layout::vertical([Constraint::Length(top), Constraint::Fill(1)]).areas(above);
        [top, body, below, keys]
    }

    /// The last line of what scrolls is shown.
    pub fn end_in_sight(&self) -> bool {
        let [_, body, ..] = self.areas(Block::bordered().inner(self.place()));
        let height = usize::from(body.height);
        self.body.len() <= self.skipped(height) + height
    }

    pub fn render(self, frame: &mut Frame<'_>) {
        let inner = self.outline(frame);
        let [top, body, below, keys] = self.areas(inner);
        let skip = self.skipped(usize::from(body.height));
        // Of what does not fit below, the end stays: the buttons.
        let foot_skip = self.foot.len().saturating_sub(usize::from(below.height));
        let hint = format!(" {}", text::cut(&self.keys, self.room()));
        frame.render_widget(Line::styled(hint, self.scene.theme.muted), keys);
        if let Some((section, row, column)) = self.cursor {
            let (area, skip) = match section {
                Section::Head => (top, 0),
                Section::Body => (body, skip),
                Section::Foot => (below, foot_skip),
            };
            let row = row.checked_sub(skip).map(text::cells).filter(|row| *row < area.height);
            if let Some(row) = row {
                frame.set_cursor_position((area.x + text::cells(column), area.y + row));
            }
        }
        for (section, row, (x, width), target) in &self.spots {
            let (area, skip) = match section {
                Section::Head => (top, 0),
                Section::Body => (body, skip),
                Section::Foot => (below, foot_skip),
            };
            let Some(y) = row.checked_sub(skip).map(text::cells).filter(|y| *y < area.height) else { continue };
            let at = Rect { x: area.x + text::cells(*x), y: area.y + y, width: text::cells(*width), height: 1 };
            self.scene.aim(at.intersection(area), *target);
        }
        for (lines, area, skip) in [(&self.head, top, 0), (&self.body, body, skip), (&self.foot, below, foot_skip)] {
            frame.render_widget(lines.iter().skip(skip).cloned().collect::<Text<'_>>(), area);
        }
        self.bar_and_arrows(frame, body, skip);
    }

    fn bar_and_arrows(&self, frame: &mut Frame<'_>, body: Rect, skip: usize) {
        if let Scroll::Cursor(row) = self.scroll
            && let Some(bar) = body.rows().nth(row.saturating_sub(skip))
        {
            frame.buffer_mut().set_style(bar, self.scene.theme.selected);
        }
        let Some((style, from_right)) = self.arrows.filter(|_| body.height > 0) else { return };
        let edge = Rect { x: body.right().saturating_sub(from_right), width: 1, height: 1, ..body };
        if skip > 0 && matches!(self.scroll, Scroll::Show(_)) {
            frame.render_widget(Span::styled("▴", style), edge);
        }
        if self.body.len() > skip + usize::from(body.height) {
            frame.render_widget(Span::styled("▾", style), Rect { y: body.bottom() - 1, ..edge });
        }
    }

    /// The frame itself; answers the room inside.
    fn outline(&self, frame: &mut Frame<'_>) -> Rect {
        let at = self.place();
        let title = format!(" {} ", text::cut(&self.title, usize::from(at.width.saturating_sub(6))));
        let block = Block::bordered().border_type(BorderType::Thick).border_style(self.border);
        let block = block.title(Span::styled(title, self.scene.theme.title));
        let inner = block.inner(at);
        crate::view::clear_around(self.scene, frame, at);
        frame.render_widget(block, at);
        inner
    }

    /// How many lines of the body are above those that are shown.
    fn skipped(&self, height: usize) -> usize {
        match &self.scroll {
            Scroll::From(line) => (*line).min(self.body.len().saturating_sub(height)),
            Scroll::Show(lines) => text::in_sight(self.body.len(), height, lines),
            Scroll::Cursor(row) => row.saturating_sub(height / 2).min(self.body.len().saturating_sub(height)),
        }
    }
}

/// A button; the one with the focus stands out, one that cannot be pressed is muted.
pub(in crate::view) fn button(scene: &Scene<'_>, label: &str, focused: bool, enabled: bool) -> [Span<'static>; 2] {
    let style = match (focused, enabled) {
        (true, _) => scene.theme.button,
        (false, true) => Style::new(),
        (false, false) => scene.theme.muted,
    };
    [Span::styled(format!("[ {label} ]"), style), Span::raw("  ")]
}
