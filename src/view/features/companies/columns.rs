//! Columns of the list: which are shown, and how wide. Name and reason come first: the others go one by one when it gets
//! narrow, and none of them stays empty while a name beside it is cut.

use crate::app::features::usage::curves;
use crate::domain::company::Company;
use crate::domain::id::CompanyKey;
use crate::domain::list_column::ListColumn;
use crate::domain::roster::Column;
use crate::view::Scene;
use crate::view::features::accounts;
use crate::view::features::companies::{NEWS_CELLS, Selection, cells, draw_name};
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells in front of the name: cursor, mark or pin, the state's sign, and a space.
const LEAD: u16 = 4;
/// Cells between two columns.
const GAP: u16 = 2;
/// Cells of the bar of the seats, and the space before it.
const BAR: u16 = 6;
/// A name of this length is shown whole before columns that only say more are.
const NAME: u16 = 34;
/// A name keeps this while others can go.
const LEAST_NAME: u16 = 24;
/// A reason without its state fits into this; a sign alone takes [`SIGN`].
const REASON: u16 = 20;
const SIGN: u16 = 2;
/// A number of owners, under a short heading.
const OWNERS: u16 = 4;
/// The status is never wider.
const MOST_STATUS: u16 = 38;

/// The rows that are visible.
pub(in crate::view) type Rows = [(CompanyKey, Company)];

/// The place without its first cells.
fn behind(place: Rect, cells: u16) -> Rect {
    let cells = cells.min(place.width);
    Rect { x: place.x + cells, width: place.width - cells, ..place }
}

/// A column and its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Placed {
    column: ListColumn,
    cells: u16,
}

/// Widths of the columns.
pub(in crate::view) struct Columns {
    name: u16,
    /// 0 is not shown.
    account: u16,
    /// 0 is not shown.
    bar: u16,
    others: Vec<Placed>,
}

/// What the visible rows would like.
#[derive(Debug, Clone, Copy, Default)]
struct Needs {
    name: u16,
    status: u16,
    limit: bool,
    launched: bool,
    tags: u16,
    external_id: u16,
}

impl Needs {
    fn of(scene: &Scene<'_>, rows: &Rows) -> Self {
        let mut needs = Self::default();
        for (key, company) in rows {
            let widest = |so_far: u16, text: &str| so_far.max(text::cells(text::width(text)));
            let sign = if scene.model.roster.is_news(key) { NEWS_CELLS } else { 0 };
            needs.name = needs.name.max(text::cells(text::width(&company.name)) + sign);
            needs.status = needs.status.max(text::cells(cells::status_width(scene, company)));
            needs.limit |= company.seats.percent().is_some();
            needs.launched |= company.launch_time.is_some();
            needs.tags = widest(needs.tags, &cells::tags(company));
            needs.external_id = widest(needs.external_id, company.external_id.as_deref().unwrap_or_default());
        }
        needs
    }
}

impl Needs {
    /// Cells that a column would like.
    fn natural(self, column: ListColumn, heading: u16, width: u16) -> u16 {
        match column {
            // In steps, so that the columns stay where they are from page to page.
            ListColumn::Status => self.status.next_multiple_of(4).clamp(12, MOST_STATUS),
            ListColumn::Seats => 8,
            ListColumn::Setup | ListColumn::Owners | ListColumn::Launched => heading.max(5),
            ListColumn::Usage => curves::cells(width),
            ListColumn::Tags => self.tags.clamp(heading, heading.max(20)),
            ListColumn::ExternalId => self.external_id.clamp(heading.max(8), 14),
        }
    }
}

impl Columns {
    /// The columns for these rows in so many cells, with as many for the account as its names would like, if any.
    pub(in crate::view) fn fit(scene: &Scene<'_>, rows: &Rows, width: u16, account: u16) -> Self {
        let needs = Needs::of(scene, rows);
        let natural = |column: &ListColumn| {
            let heading = text::cells(text::width(cells::heading(scene, *column, u16::MAX)));
            Placed { column: *column, cells: needs.natural(*column, heading, width) }
        };
        let others = scene.model.list.columns.0.iter().map(natural).filter(|placed| placed.cells > 0).collect();
        Self::arrange(others, needs, width, account)
    }

    fn arrange(others: Vec<Placed>, needs: Needs, width: u16, account: u16) -> Self {
        let mut columns = Self { name: 0, account, bar: BAR, others };
        if columns.cells(ListColumn::Seats) == 0 {
            columns.bar = 0;
        }
        columns.narrow(width, needs);
        columns.favour_names(width, needs);
        columns.name = width.saturating_sub(columns.taken());
        columns
    }

    /// Lets one column after the other go until a name fits. The last to go is the reason: it is what one must not miss.
    fn narrow(&mut self, width: u16, needs: Needs) {
        use ListColumn::{ExternalId, Launched, Owners, Seats, Setup, Status, Tags, Usage};
        let (most, least) = (needs.name.clamp(LEAST_NAME, NAME), needs.name.clamp(16, LEAST_NAME));
        for step in 0..14 {
            let name = if step < 6 { most } else { least };
            let excess = (self.taken() + name).saturating_sub(width);
            if excess == 0 {
                break;
            }
            match step {
                0 => self.drop(Usage),
                1 => self.drop(ExternalId),
                2 => self.drop(Tags),
                3 => self.drop(Launched),
                4 => self.set(Owners, |cells| cells.min(OWNERS)),
                5 => self.bar = 0,
                6 => self.set(Status, |cells| cells.saturating_sub(excess).max(REASON.min(cells))),
                7 => self.drop(Owners),
                8 => self.account = self.account.min(accounts::SHORT),
                9 => self.drop(Setup),
                10 => self.drop(Seats),
                11 => self.set(Status, |cells| cells.min(12)),
                12 => self.set(Status, |cells| cells.min(SIGN)),
                _ => self.account = self.account.min(3),
            }
        }
    }

    /// What names lack comes from columns that show nothing here, and from the status as far as it has room to spare.
    fn favour_names(&mut self, width: u16, needs: Needs) {
        let lacks = |columns: &Self| (columns.taken() + needs.name).saturating_sub(width);
        if lacks(self) > 0 && !needs.limit {
            self.bar = 0;
        }
        for (column, shows) in [
            (ListColumn::ExternalId, needs.external_id > 0),
            (ListColumn::Tags, needs.tags > 0),
            (ListColumn::Launched, needs.launched),
        ] {
            if lacks(self) > 0 && !shows {
                self.drop(column);
            }
        }
        let spare = lacks(self);
        self.set(ListColumn::Status, |cells| cells.saturating_sub(spare).max(needs.status.min(cells)));
        // What is left over gives the account's names, and then the status, what they would like.
        let left = |columns: &Self| width.saturating_sub(columns.taken() + needs.name);
        let more = left(self);
        self.set(ListColumn::Status, |cells| cells + more.min(needs.status.min(MOST_STATUS).saturating_sub(cells)));
    }

    fn cells(&self, column: ListColumn) -> u16 {
        self.others.iter().find(|placed| placed.column == column).map_or(0, |placed| placed.cells)
    }

    fn set(&mut self, column: ListColumn, to: impl Fn(u16) -> u16) {
        if let Some(placed) = self.others.iter_mut().find(|placed| placed.column == column) {
            placed.cells = to(placed.cells);
        }
    }

    fn drop(&mut self, column: ListColumn) {
        self.others.retain(|placed| placed.column != column);
        if column == ListColumn::Seats {
            self.bar = 0;
        }
    }

    /// Cells of everything but the name.
    fn taken(&self) -> u16 {
        let account = if self.account > 0 { self.account + GAP } else { 0 };
        LEAD + account + self.bar + self.others.iter().map(|placed| placed.cells + GAP).sum::<u16>()
    }

    /// The name, the account, and the others, each with its place within a row.
    fn places(&self, row: Rect) -> (Rect, Rect, Vec<(ListColumn, Rect)>) {
        let mut x = row.x + LEAD;
        let mut place = |width: u16| {
            let cell = Rect { x: x.min(row.right()), width: width.min(row.right().saturating_sub(x)), ..row };
            if width > 0 {
                x = x.saturating_add(width + GAP);
            }
            cell
        };
        let (name, account) = (place(self.name), place(self.account));
        let bar = |column| if column == ListColumn::Seats { self.bar } else { 0 };
        let others = self.others.iter().map(|placed| (placed.column, place(placed.cells + bar(placed.column))));
        (name, account, others.collect())
    }

    pub(in crate::view) fn heading(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, row: Rect) {
        let sort = scene.model.roster.query().sort;
        let arrow = |column: Option<Column>| match sort {
            Some(sort) if Some(sort.column) == column => {
                if sort.descending {
                    " ↓"
                } else {
                    " ↑"
                }
            }
            None if column == Some(Column::Name) && scene.model.roster.query().search.is_empty() => " ↑",
            _ => "",
        };
        let style = scene.theme.muted.patch(scene.theme.strong);
        let mut show = |heading: String, cell: Rect, right: bool| {
            let heading = Line::styled(text::cut(&heading, usize::from(cell.width)).into_owned(), style);
            frame.render_widget(if right { heading.right_aligned() } else { heading }, cell);
        };
        let (name, account, others) = self.places(row);
        show(format!("{}{}", scene.words.companies.company, arrow(Some(Column::Name))), name, false);
        if self.account > 0 {
            show(scene.words.accounts.column.to_owned(), account, false);
        }
        for (column, cell) in others {
            // A sign alone has no room for a word.
            let urgent = sort.is_some_and(|sort| sort.column == Column::Attention);
            let by =
                if column == ListColumn::Status && urgent { Some(Column::Attention) } else { cells::order(column) };
            let sign = column == ListColumn::Status && cell.width <= SIGN;
            let word = if sign { "⚑" } else { cells::heading(scene, column, cell.width) };
            // The word of the status stands above its text, behind the sign.
            let cell = if column == ListColumn::Status && !sign { behind(cell, SIGN) } else { cell };
            // The number of the seats stands before their bar.
            let cell = if column == ListColumn::Seats { Rect { width: cell.width - self.bar, ..cell } } else { cell };
            show(format!("{word}{}", if sign { arrow(by).trim() } else { arrow(by) }), cell, cells::right(column));
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
        if let Some(sign) = cells::mark(scene, key, at.marked) {
            frame.render_widget(sign, Rect { x: row.x + 1, width: 1, ..row });
        }
        frame.render_widget(cells::state_sign(scene, company), Rect { x: row.x + 2, width: 1, ..row });
        let (name_cell, account, others) = self.places(row);
        draw_name(scene, frame, name_cell, (key, company));
        if self.account > 0 {
            frame.render_widget(accounts::line(scene, &key.profile, usize::from(self.account)), account);
        }
        for (column, cell) in others {
            let room = usize::from(cell.width);
            let line = match column {
                ListColumn::Status => cells::status(scene, company, room),
                ListColumn::Seats => cells::seats(scene, company, room - usize::from(self.bar), self.bar > 0),
                ListColumn::Setup => cells::setup(scene, company),
                ListColumn::Owners => cells::owners(scene, company),
                ListColumn::Launched => cells::launched(scene, company),
                ListColumn::Usage => cells::usage(scene, key, room),
                ListColumn::Tags => Line::from(text::cut(&cells::tags(company), room).into_owned()),
                ListColumn::ExternalId => {
                    Line::from(text::cut(company.external_id.as_deref().unwrap_or_default(), room).into_owned())
                }
            };
            let right = cells::right(column) && column != ListColumn::Seats;
            frame.render_widget(if right { line.right_aligned() } else { line }, cell);
        }
        if at.selected {
            let whole = Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row };
            frame.buffer_mut().set_style(whole, at.style(scene));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEEDS: Needs = Needs { name: 31, status: 27, limit: true, launched: true, tags: 14, external_id: 7 };

    fn arranged(needs: Needs, chosen: &[ListColumn], width: u16, account: u16) -> Columns {
        let natural = |column: &ListColumn| Placed { column: *column, cells: needs.natural(*column, 6, width) };
        let others = chosen.iter().map(natural).filter(|placed| placed.cells > 0).collect();
        Columns::arrange(others, needs, width, account)
    }

    fn order(columns: &Columns) -> Vec<ListColumn> {
        columns.others.iter().map(|placed| placed.column).collect()
    }

    #[test]
    fn nothing_is_lost_when_the_window_grows() {
        for account in [0, 16] {
            let mut before = arranged(NEEDS, &ListColumn::ALL, 38, account);
            for width in 39..220 {
                let now = arranged(NEEDS, &ListColumn::ALL, width, account);
                assert!(order(&before).iter().all(|column| order(&now).contains(column)), "{width}");
                assert!(now.bar >= before.bar && now.account >= before.account, "{width}");
                let status = |columns: &Columns| columns.cells(ListColumn::Status);
                assert!(status(&now) >= status(&before).min(REASON), "{width}: the reason keeps its words");
                before = now;
            }
            assert_eq!(order(&before), ListColumn::ALL);
        }
    }

    #[test]
    fn every_cell_is_used_and_none_twice() {
        for width in 30..220 {
            for account in [0, 16] {
                let columns = arranged(NEEDS, &ListColumn::ALL, width, account);
                assert_eq!(columns.taken() + columns.name, width.max(columns.taken()), "{width}");
                assert!(columns.name >= 16 || width < 40, "{width}: a name of {}", columns.name);
            }
        }
    }

    #[test]
    fn no_name_is_cut_beside_a_column_that_shows_nothing() {
        let empty = Needs { name: 60, limit: false, launched: false, tags: 0, external_id: 0, ..NEEDS };
        for width in 60..160 {
            let columns = arranged(empty, &ListColumn::ALL, width, 0);
            if columns.name < empty.name {
                let shown = order(&columns);
                for column in [ListColumn::Launched, ListColumn::Tags, ListColumn::ExternalId] {
                    assert!(!shown.contains(&column), "{width}: {column}");
                }
                assert_eq!(columns.bar, 0, "{width}");
                assert!(columns.cells(ListColumn::Status) <= empty.status.max(12), "{width}");
            }
        }
    }

    #[test]
    fn at_eighty_columns_the_reason_has_its_words() {
        let columns = arranged(NEEDS, &ListColumn::DEFAULT, 77, 0);
        assert!(columns.cells(ListColumn::Status) >= REASON && columns.name >= LEAST_NAME);
        assert_eq!(order(&columns), [ListColumn::Status, ListColumn::Seats, ListColumn::Setup, ListColumn::Owners]);
    }

    #[test]
    fn columns_stand_in_the_order_of_choice() {
        let chosen = [ListColumn::Owners, ListColumn::Tags, ListColumn::Status];
        assert_eq!(order(&arranged(NEEDS, &chosen, 160, 0)), chosen);
        assert_eq!(arranged(NEEDS, &chosen, 160, 0).bar, 0, "no seats, no bar");
    }
}
