//! Company by company.

use crate::app::features::usage::table::{UsageColumn, share};
use crate::app::focus::{Focus, focus};
use crate::domain::company::CompanyState;
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::usage::{CompanyUsage, Period, Usage};
use crate::view::Scene;
use crate::view::features::accounts;
use crate::view::widgets::bars::{bar, fullness, meter};
use crate::view::widgets::card::card;
use crate::view::widgets::chart::curve;
use crate::view::widgets::grid::{Column, Grid};
use crate::view::widgets::{input, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells of the curve, of the meter of a limit, and of the bar of a share.
const CURVE: usize = 12;
const METER: usize = 5;
const SHARE: usize = 7;
/// A name keeps so many cells while another column can go.
const NAME: usize = 24;

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, (shown, total): (Period, &Usage)) {
    let (words, pane) = (&scene.words.usage, &scene.model.usage);
    if area.height < 3 {
        return;
    }
    let heading = (scene.words.command)(crate::app::command::Command::ShowCompanies).label;
    let count = (words.companies)(&scene.words.number(pane.all as u64), pane.all == 1);
    let inner = card(scene, frame, area, (heading, &count), true);
    // The cursor's mark stands in the cell of air.
    let inner = Rect { x: inner.x.saturating_sub(1), width: inner.width + 2, ..inner };
    let rest = search_line(scene, frame, inner);
    if pane.order.is_empty() {
        let message = (words.none_found)(pane.search.line.text());
        let message = text::cut(&message, usize::from(rest.width.saturating_sub(2))).into_owned();
        frame.render_widget(Line::styled(format!(" {message}"), scene.theme.muted), rest);
        return;
    }
    let (most, limits) = (most(scene), limits(scene));
    let table = Table { limits, scene, shown, total, most };
    let several = accounts::column(scene, rest.width);
    let accounts = several.is_some();
    let columns = table.columns(several);
    let grid = Grid { columns, len: pane.order.len(), cursor: pane.cursor_row(), focused: true };
    grid.draw(scene, frame, rest, |at| {
        let Some((profile, row)) = pane.company(at) else { return Vec::new() };
        let mut cells = table.cells(at, (profile, row));
        if accounts {
            cells.insert(1.min(cells.len()), accounts::line(scene, profile, usize::from(accounts::MOST)));
        }
        cells
    });
}

/// `3 of 48 · /lumi`, while there is a search; answers the room below it.
fn search_line(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) -> Rect {
    let pane = &scene.model.usage;
    if area.height == 0 || !pane.search.there() {
        return area;
    }
    let number = |number: usize| scene.words.number(number as u64);
    let lead = format!(" {} · /", (scene.words.usage.found)(&number(pane.order.len()), &number(pane.all)));
    let before = text::width(&lead);
    let (typed, cursor) = input::visible(&pane.search.line, usize::from(area.width).saturating_sub(before + 1));
    let style = if pane.search.open { scene.theme.strong } else { Style::new() };
    let line = Line::from(vec![Span::styled(lead, style), Span::styled(typed, scene.theme.strong)]);
    frame.render_widget(line, Rect { height: 1, ..area });
    let column = text::cells(before + cursor);
    if focus(scene.model) == Focus::UsageSearch && column < area.width {
        frame.set_cursor_position((area.x + column, area.y));
    }
    text::below(area, 1)
}

/// The largest net usage, which has the longest bar.
fn most(scene: &Scene<'_>) -> u64 {
    companies(scene).map(|company| company.net_usage.0).max().unwrap_or(0)
}

fn limits(scene: &Scene<'_>) -> usize {
    let most = companies(scene).filter_map(|company| company.limit).max().unwrap_or(0);
    text::width(&scene.words.number(u64::from(most))).max(3)
}

fn companies<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a CompanyUsage> {
    let parts = scene.model.usage.parts.iter().filter(|part| part.shown).filter_map(|part| part.all.value());
    parts.flat_map(|all| &all.companies)
}

/// Cells of a limit without its number.
const LIMIT: usize = 14;

struct Table<'a> {
    /// Cells of the longest limit.
    limits: usize,
    scene: &'a Scene<'a>,
    shown: Period,
    total: &'a Usage,
    most: u64,
}

impl Table<'_> {
    /// In narrow windows what can be worked out from the others goes first.
    fn columns(&self, account: Option<Column>) -> Vec<Column> {
        let words = &self.scene.words.usage;
        let sort = self.scene.model.usage.sort;
        let title = |column: UsageColumn| {
            let name = match column {
                UsageColumn::Change => (words.versus)(self.scene.clock.month_short(self.shown.month_before().start)),
                column => (words.column)(column).to_owned(),
            };
            match sort {
                sort if sort.column != column => name,
                sort if sort.descending => format!("{name} ↓"),
                _ => format!("{name} ↑"),
            }
        };
        let mut columns = vec![Column::rest(&title(UsageColumn::Name)).least(NAME)];
        columns.extend(account);
        columns.extend([
            Column::of(&title(UsageColumn::Seats), 7).right(),
            Column::of(&title(UsageColumn::Share), LIMIT + self.limits).right().gives_way(2),
            Column::of(words.per_day, CURVE).gives_way(5),
            Column::of(&title(UsageColumn::Peak), 6).right().gives_way(7),
            Column::of(&title(UsageColumn::Net), 9).right(),
            Column::of(&title(UsageColumn::Projection), 9).right().gives_way(6),
            Column::of(&title(UsageColumn::Change), 7).right().gives_way(3),
            Column::of(words.of_all, SHARE + 7).gives_way(8),
        ]);
        columns
    }

    /// Before a day is counted nothing is known: a zero would be a claim.
    fn cells(&self, at: usize, (profile, row): (&ProfileId, &CompanyUsage)) -> Vec<Line<'static>> {
        let (scene, counted) = (self.scene, !self.total.days.is_empty());
        let nothing = || Line::styled(scene.words.company.nothing, scene.theme.muted);
        let number = |number: u32| Line::from(scene.words.number(u64::from(number)));
        let known = |line: Line<'static>| if counted { line } else { nothing() };
        let name = if row.name.trim().is_empty() { scene.words.company.nothing } else { row.name.as_str() };
        vec![
            Line::from(name.to_owned()),
            known(number(row.seats)),
            self.limit(profile, row),
            Line::styled(curve(&row.daily, CURVE), scene.theme.chart),
            known(number(row.peak)),
            known(Line::from(scene.words.decimal(row.net_usage))),
            row.projection.map_or_else(nothing, |net| Line::styled(scene.words.decimal(net), scene.theme.muted)),
            scene
                .model
                .usage
                .change(at)
                .filter(|_| counted)
                .map_or_else(nothing, |by| Line::from(scene.words.signed(by))),
            self.share(row),
        ]
    }

    /// `△ 84% ▰▰▰▰▱ 50`, or since when it is not managed any more.
    fn limit(&self, profile: &ProfileId, row: &CompanyUsage) -> Line<'static> {
        let (scene, words) = (self.scene, &self.scene.words.usage);
        let key = CompanyKey { profile: profile.clone(), company: row.company.clone() };
        let company = scene.model.roster.get(&key).filter(|company| company.state == CompanyState::Unlinked);
        if let Some(company) = company {
            let day = company.unlink_time.map(|time| scene.clock.day(time));
            return Line::styled(format!("◌ {}", (words.unlinked)(day.as_deref())), scene.theme.muted);
        }
        let (Some(share), Some(limit)) = (share(row).filter(|_| !self.total.days.is_empty()), row.limit) else {
            return Line::default();
        };
        let (sign, style) = fullness(scene, share / 10);
        let told = if share == 1_000 { words.full.to_owned() } else { scene.words.percent(share / 10) };
        let bar = meter(u64::from(row.seats), u64::from(limit), METER);
        let (limit, width) = (scene.words.number(u64::from(limit)), self.limits);
        Line::from(vec![Span::styled(sign, style), Span::raw(format!("{told} {bar} {limit:>width$}"))])
    }

    /// What part of all net usage it is.
    fn share(&self, row: &CompanyUsage) -> Line<'static> {
        let all = self.total.net_usage.0;
        if all == 0 || self.total.days.is_empty() {
            return Line::default();
        }
        let tenths = u128::from(row.net_usage.0) * 1_000 / u128::from(all);
        let percent = self.scene.words.percent(self.scene.words.tenths(u64::try_from(tenths).unwrap_or(u64::MAX)));
        Line::from(format!("{} {percent:>6}", text::pad(&bar(row.net_usage.0, self.most, SHARE), SHARE)))
    }
}
