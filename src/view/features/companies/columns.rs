//! Columns of the list. The name takes what is left; the others go one by one when it gets narrow.

use crate::app::features::usage::curves;
use crate::domain::company::{Company, CompanyState};
use crate::domain::id::CompanyKey;
use crate::domain::roster::Column;
use crate::view::Scene;
use crate::view::features::accounts;
use crate::view::features::companies::{Selection, name};
use crate::view::features::overview::estimated;
use crate::view::summary::state_glyph;
use crate::view::widgets::{chart, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells of the mark before the name.
const MARK: u16 = 2;
/// Cells between two columns.
const GAP: u16 = 2;

/// Widths of the columns; 0 is not shown.
pub(in crate::view) struct Columns {
    name: u16,
    account: u16,
    status: u16,
    seats: u16,
    bar: u16,
    curve: u16,
    setup: u16,
    owners: u16,
    attention: u16,
}

impl Columns {
    /// The columns that fit into this width, with as many cells for the account as its names would like, if any.
    pub(in crate::view) fn fit(width: u16, urgent: bool, account: u16) -> Self {
        if urgent {
            return Self::about_attention(width, account);
        }
        let mut columns =
            Self { name: 0, account, status: 12, seats: 8, bar: 6, curve: 0, setup: 5, owners: 7, attention: 13 };
        let least = if width < 60 { 16 } else { 22 };
        // The last to go is the status: it is what one must not miss before acting.
        for drop in 0..6 {
            if columns.taken() + least <= width {
                break;
            }
            match drop {
                0 => columns.bar = 0,
                1 => columns.attention = 2,
                2 => columns.owners = 0,
                3 => columns.account = columns.account.min(accounts::SHORT),
                4 => columns.setup = 0,
                _ => columns.seats = 0,
            }
        }
        columns.widen_account(width, least, account);
        // The curve is a gift of wide windows: no other column gives way to it.
        let curve = curves::cells(width);
        if curve > 0 && columns.taken() + least + curve + GAP <= width {
            columns.curve = curve;
        }
        columns.name = width.saturating_sub(columns.taken());
        columns
    }

    /// Where the list is about what needs attention, the reason is what one reads: all others give way to it.
    fn about_attention(width: u16, account: u16) -> Self {
        let mut columns =
            Self { name: 0, account, status: 12, seats: 8, bar: 0, curve: 0, setup: 5, owners: 7, attention: 0 };
        let left = |columns: &Self| width.saturating_sub(columns.taken() + GAP + 22);
        for drop in 0..4 {
            if left(&columns) >= 28 {
                break;
            }
            match drop {
                0 => columns.setup = 0,
                1 => columns.owners = 0,
                2 => columns.account = columns.account.min(accounts::SHORT),
                _ => columns.seats = 0,
            }
        }
        columns.attention = left(&columns).clamp(13, 30);
        columns.name = width.saturating_sub(columns.taken());
        columns
    }

    /// What is left over gives the account's names back what they would like.
    fn widen_account(&mut self, width: u16, least: u16, wanted: u16) {
        let spare = width.saturating_sub(self.taken() + least);
        self.account += wanted.saturating_sub(self.account).min(spare);
    }

    fn taken(&self) -> u16 {
        let gaps = [self.account, self.status, self.seats, self.curve, self.setup, self.owners, self.attention];
        let gaps = gaps.iter().filter(|width| **width > 0).count();
        let gaps = u16::try_from(gaps).unwrap_or(0) * GAP;
        let others = self.curve + self.setup + self.owners + self.attention;
        MARK + gaps + self.account + self.status + self.seats + self.bar + others
    }

    /// The rectangles of the columns within a row, from left to right.
    fn cells(&self, row: Rect) -> [Rect; 8] {
        let mut x = row.x + MARK;
        let seats = self.seats + self.bar;
        let widths = [self.name, self.account, self.status, seats, self.curve, self.setup, self.owners, self.attention];
        widths.map(|width| {
            let cell = Rect { x: x.min(row.right()), width: width.min(row.right().saturating_sub(x)), ..row };
            if width > 0 {
                x = x.saturating_add(width + GAP);
            }
            cell
        })
    }

    pub(in crate::view) fn heading(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, row: Rect) {
        let words = &scene.words.companies;
        let sort = scene.model.roster.query().sort;
        let arrow = |column: Column| match sort {
            Some(sort) if sort.column == column => {
                if sort.descending {
                    " ↓"
                } else {
                    " ↑"
                }
            }
            _ => "",
        };
        let urgent = arrow(Column::Attention);
        let attention =
            if self.attention > 2 { format!("{}{urgent}", words.attention) } else { format!("⚑{}", urgent.trim()) };
        let headings = [
            format!("{}{}", words.company, arrow(Column::Name)),
            scene.words.accounts.column.to_owned(),
            format!("{}{}", words.status, arrow(Column::Status)),
            format!("{:>width$}", format!("{}{}", words.seats, arrow(Column::Seats)), width = usize::from(self.seats)),
            scene.words.usage.curve.to_owned(),
            format!("{}{}", words.setup, arrow(Column::Setup)),
            format!("{}{}", words.owners, arrow(Column::Owners)),
            attention,
        ];
        for (cell, heading) in self.cells(row).into_iter().zip(headings) {
            let heading = text::cut(&heading, usize::from(cell.width)).into_owned();
            frame.render_widget(Span::styled(heading, scene.theme.muted.patch(scene.theme.strong)), cell);
        }
    }

    pub(in crate::view) fn row(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        row: Rect,
        (key, company): (&CompanyKey, &Company),
        at: Selection,
    ) {
        // Without the keys it has no cursor: two of them would leave open which one a key moves.
        if at.selected && at.focused {
            frame.render_widget(Span::styled("▌", scene.theme.accent), Rect { width: 1, ..row });
        }
        if at.marked {
            frame.render_widget(Span::styled("◆", scene.theme.accent), Rect { x: row.x + 1, width: 1, ..row });
        }
        let [name_cell, account, status, seats, curve, setup, owners, attention] = self.cells(row);
        let gone = company.state == CompanyState::Unlinked;
        frame.render_widget(name(scene, company, usize::from(name_cell.width)), name_cell);
        if self.account > 0 {
            frame.render_widget(accounts::line(scene, &key.profile, usize::from(self.account)), account);
        }
        frame.render_widget(status_line(scene, company), status);
        frame.render_widget(self.seats_line(scene, company), seats);
        if self.curve > 0
            && let Some(known) = scene.model.usage.curves.known.get(key)
        {
            let shown = chart::curve(&known.daily, usize::from(self.curve));
            frame.render_widget(Span::styled(shown, scene.theme.chart), curve);
        }
        if gone && self.owners > 0 {
            // Set-up and owners are no longer ours to look after; until when the trial runs is what counts now.
            let end = if company.attention.is_empty() { attention.right() } else { owners.right() };
            let room = Rect { width: end.saturating_sub(setup.x), ..setup };
            frame.render_widget(trial_line(scene, company, usize::from(room.width)), room);
        } else {
            frame.render_widget(setup_line(scene, company), setup);
            frame.render_widget(owners_line(scene, company), owners);
        }
        frame.render_widget(self.attention_line(scene, company), attention);
        if at.selected {
            let whole = Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row };
            frame.buffer_mut().set_style(whole, at.style(scene));
        }
    }

    /// `42/50 ▆▆▆▆▁`, the number flush right so that sizes compare at a glance.
    fn seats_line(&self, scene: &Scene<'_>, company: &Company) -> Line<'static> {
        let seats = company.seats;
        let numbers = seats_number(scene, company, usize::from(self.seats));
        let style = match seats.percent() {
            Some(100..) => scene.theme.danger,
            Some(80..) => scene.theme.waiting,
            _ => Style::new(),
        };
        let mut line = Line::from(format!("{numbers:>width$}", width = usize::from(self.seats)));
        if let (true, Some(percent)) = (self.bar > 0, seats.percent()) {
            // Any seat at all fills a cell, and only a full company fills all five.
            let full = if percent >= 100 { 5 } else { (percent.div_ceil(20)).min(4) as usize };
            line.push_span(Span::styled(format!(" {}", "▆".repeat(full)), style));
            line.push_span(Span::styled("▁".repeat(5 - full), scene.theme.muted));
        }
        line
    }

    fn attention_line(&self, scene: &Scene<'_>, company: &Company) -> Line<'static> {
        let Some(first) = company.attention.iter().min() else { return Line::default() };
        if let Some(until) = company.snooze_until {
            let later = scene.words.attention.snoozed;
            let wording =
                if self.attention <= 2 { "z".to_owned() } else { format!("z {later} {}", scene.clock.day(until)) };
            return Line::styled(text::cut(&wording, usize::from(self.attention)).into_owned(), scene.theme.muted);
        }
        let sign = Span::styled("⚑", scene.theme.waiting);
        if self.attention <= 2 {
            return Line::from(sign);
        }
        let more = company.attention.len() - 1;
        let tail = if more > 0 { format!(" +{more}") } else { String::new() };
        let room = usize::from(self.attention).saturating_sub(tail.len() + 2);
        // As much as fits: two or three words, else one.
        let reason = (scene.words.attention.reason)(first);
        let word = if text::width(&reason) <= room { reason } else { (scene.words.attention.short)(first) };
        Line::from(vec![sign, Span::raw(format!(" {}{tail}", text::cut(&word, room)))])
    }
}

/// Filled seats and limit as they fit: without separators rather than cut, and half of a limit is none.
fn seats_number(scene: &Scene<'_>, company: &Company, cells: usize) -> String {
    let seats = company.seats;
    let sign = if estimated(company) { "~" } else { "" };
    let number = |number: u32| scene.words.number(u64::from(number));
    let [filled, bare] = seats.filled.map_or_else(
        || ["?".to_owned(), "?".to_owned()],
        |count| [number(count), count.to_string()].map(|count| format!("{sign}{count}")),
    );
    let Some(limit) = seats.limit else { return text::cut(&filled, cells).into_owned() };
    let whole = format!("{filled}/{}", number(limit));
    let shapes = [whole, format!("{bare}/{limit}"), format!("{filled}/…"), format!("{bare}/…")];
    let fits = shapes.into_iter().find(|shape| text::width(shape) <= cells);
    fits.unwrap_or_else(|| text::cut(&filled, cells).into_owned())
}

fn status_line(scene: &Scene<'_>, company: &Company) -> Line<'static> {
    let (glyph, style) = state_glyph(scene, &company.state);
    let word = (scene.words.companies.state)(&company.state);
    Line::from(vec![
        Span::styled(glyph, style),
        Span::raw(" "),
        Span::styled(
            text::cut(&word, 10).into_owned(),
            if company.state == CompanyState::Unlinked { scene.theme.muted } else { Style::new() },
        ),
    ])
}

fn trial_line(scene: &Scene<'_>, company: &Company, cells: usize) -> Line<'static> {
    let Some(end) = company.trial_end_time else { return Line::default() };
    let words = &scene.words.companies;
    let day = scene.clock.day(end);
    let over = end <= scene.clock.now;
    let message = if over { (words.trial_ended)(&day) } else { (words.trial_until)(&day) };
    let message =
        if text::width(&message) < cells { message } else { format!("{} {day}", if over { "✘" } else { "◷" }) };
    Line::styled(text::cut(&message, cells).into_owned(), scene.theme.muted)
}

fn setup_line(scene: &Scene<'_>, company: &Company) -> Line<'static> {
    let setup = company.setup;
    if !setup.known() {
        return Line::styled(scene.words.company.nothing, scene.theme.muted);
    }
    // A checklist of more steps than this column is made for must not lose a digit without a sign of it.
    let mut line = Line::from(text::cut(&format!("{}/{}", setup.done, setup.applicable), 5).into_owned());
    if setup.complete() {
        line.push_span(Span::styled(" ✔", scene.theme.good));
    }
    line
}

fn owners_line(scene: &Scene<'_>, company: &Company) -> Line<'static> {
    let owners = &company.owners;
    match (owners.confirmed, owners.invited) {
        (None, _) => Line::styled("?", scene.theme.muted),
        (Some(0), Some(invited @ 1..)) => {
            let word = (scene.words.companies.invited)(invited);
            Line::from(text::cut(&word, 7).into_owned())
        }
        (Some(0), _) => Line::styled("–", scene.theme.danger),
        (Some(confirmed), _) => Line::from(confirmed.to_string()),
    }
}
