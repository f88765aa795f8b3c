//! Screen 4, the tab of the same name, and the curves in the list.

use super::curves::Curves;
use super::table::{Row, TableSort, sorted};
use crate::app::core::line_search::LineSearch;
use crate::app::core::menu::Menu;
use crate::app::core::refresh::Refresh;
use crate::app::core::remote::Remote;
use crate::app::core::selection::Selection;
use crate::app::model::Model;
use crate::domain::id::{CompanyId, CompanyKey, Etag, ProfileId};
use crate::domain::roster::{spellings, words};
use crate::domain::usage::{CompanyUsage, Overall, Period, Thousandths, Usage};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// While it is looked at.
pub const REFRESH: Refresh = Refresh { every: 300, backoff: 30 };
/// Months that the menu offers: this one and five years before it.
pub const MONTHS: usize = 61;

/// The screen: the table and the sum of all accounts that are shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UsagePane {
    /// The period; none is this month.
    pub period: Option<Period>,
    /// What each account answered, in the order of the accounts; none before the first look.
    pub parts: Vec<Part>,
    pub sort: TableSort,
    /// Which companies the table shows, by name.
    pub search: LineSearch,
    /// The axis of the charts begins at zero, not near the smallest value.
    pub from_zero: bool,
    /// Rows of the table in that order. Kept, never worked out while drawing.
    pub order: Vec<Place>,
    /// How many rows there are without the search.
    pub all: usize,
    /// The sum of the accounts that are counted in; none while there is none.
    pub total: Option<Usage>,
    /// Net usage of the same accounts in the month before; none while any of them is not known.
    pub before: Option<Thousandths>,
    /// The period that order and sum are of.
    pub arranged: Option<Period>,
    /// The company under the cursor of the table.
    pub selection: Selection<CompanyKey>,
    pub curves: Curves,
}

/// The usage of one account.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub profile: ProfileId,
    pub shown: bool,
    /// It is counted in the sum: it is shown, is of the period, and reaches the same day as the others.
    pub counted: bool,
    /// Everything of it in the period asked for.
    pub all: Remote<Overall>,
    /// What was asked for last, and when.
    pub asked: Option<Asked>,
    /// The month before, to compare with. It is over, so it is asked for once.
    pub before: Remote<MonthBefore>,
    /// Of which month that was asked for last.
    pub before_asked: Option<Period>,
}

/// Net usage of a month that is over: in all, and by company.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthBefore {
    pub period: Period,
    pub net: Thousandths,
    pub companies: BTreeMap<CompanyId, Thousandths>,
}

impl From<Overall> for MonthBefore {
    fn from(all: Overall) -> Self {
        let companies = all.companies.into_iter().map(|row| (row.company, row.net_usage)).collect();
        Self { period: all.usage.period, net: all.usage.net_usage, companies }
    }
}

impl Part {
    /// Its answer, if it is of this period: under another title it would be an untruth.
    pub fn of(&self, period: Period) -> Option<&Overall> {
        self.all.value().filter(|all| all.usage.period == period)
    }

    /// The month before this period, if it is known.
    pub fn before(&self, period: Period) -> Option<&MonthBefore> {
        self.before.value().filter(|before| before.period == period.month_before())
    }
}

/// Where a row of the table comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub part: usize,
    /// Which of its [`Overall::companies`].
    pub at: usize,
}

/// What was asked for last.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub period: Period,
    /// The company's revision; of the tab only.
    pub etag: Option<Etag>,
    pub at: Timestamp,
}

impl UsagePane {
    /// The company under the cursor of the table; the first row when nobody has moved it. What is not in the table
    /// is not selected: no key may hit a company that is not to be seen.
    pub fn selected(&self) -> Option<CompanyKey> {
        self.company(self.cursor_row()?).map(|(profile, company)| key(profile, company))
    }

    /// What stands in this row of the table, and whose it is.
    pub fn company(&self, row: usize) -> Option<(&ProfileId, &CompanyUsage)> {
        self.at(*self.order.get(row)?)
    }

    fn at(&self, place: Place) -> Option<(&ProfileId, &CompanyUsage)> {
        let part = self.parts.get(place.part)?;
        Some((&part.profile, part.all.value()?.companies.get(place.at)?))
    }

    /// What the company's net usage is more than in the month before, in thousandths; none while that is not known.
    pub fn change(&self, row: usize) -> Option<i64> {
        self.delta(*self.order.get(row)?, self.arranged?)
    }

    fn delta(&self, place: Place, period: Period) -> Option<i64> {
        let part = self.parts.get(place.part)?;
        let company = part.all.value()?.companies.get(place.at)?;
        let before = part.before(period)?.companies.get(&company.company)?;
        Some(company.net_usage.less(*before))
    }

    /// The row of the cursor, unless its company is not in the table any more.
    pub fn cursor_row(&self) -> Option<usize> {
        self.selection.kept(self.order.len(), |row, key| self.company(row).is_some_and(|row| is(row, key)))
    }

    pub fn put_cursor(&mut self, row: usize) {
        let key = self.company(row).map(|(profile, company)| key(profile, company));
        self.selection.put(row, key);
    }

    /// The part of an account.
    pub fn part_mut(&mut self, profile: &ProfileId) -> Option<&mut Part> {
        self.parts.iter_mut().find(|part| part.profile == *profile)
    }

    /// An answer is waited for that would be shown.
    pub fn waiting(&self) -> bool {
        self.parts.iter().any(|part| part.shown && part.all.waiting().is_some())
    }

    /// Which of these accounts, always the same ones, are shown from now on. Says whether others were before.
    pub fn show<'a>(&mut self, accounts: impl Iterator<Item = (&'a ProfileId, bool)>) -> bool {
        let mut changed = false;
        for (at, (profile, shown)) in accounts.enumerate() {
            if self.parts.get(at).is_none() {
                let (all, before) = (Remote::default(), Remote::default());
                let (profile, counted) = (profile.clone(), false);
                self.parts.push(Part { profile, shown, counted, all, asked: None, before, before_asked: None });
                changed = true;
            } else if let Some(part) = self.parts.get_mut(at).filter(|part| part.shown != shown) {
                part.shown = shown;
                changed = true;
            }
        }
        changed
    }

    /// Orders the table of this period anew and adds up, after something came or the choice changed. The cursor
    /// stays on its company. `rank` is the place of a company by name, as the language orders names.
    pub fn arrange(&mut self, period: Period, rank: impl Fn(&CompanyKey) -> Option<u32>) {
        self.arranged = Some(period);
        let answers: Vec<Option<&Usage>> = self.parts.iter().map(|part| Some(&shown(part, period)?.usage)).collect();
        let (total, counted) = super::total::total(period, &answers);
        let mut places = Vec::new();
        for (part, of) in self.parts.iter().enumerate() {
            let len = shown(of, period).map_or(0, |all| all.companies.len());
            places.extend((0..len).map(|at| Place { part, at }));
        }
        let searched = words(self.search.line.text());
        let finds = |name: &str| {
            let name = spellings(name);
            searched.iter().all(|word| word.iter().any(|form| name.iter().any(|text| text.contains(form))))
        };
        let rows = places.iter().filter_map(|place| self.at(*place).map(|row| (*place, row)));
        let rows = rows.filter(|(_, (_, company))| searched.is_empty() || finds(&company.name));
        let rows = rows.map(|(place, (profile, company))| {
            let delta = self.delta(place, period);
            Row { place, company, rank: rank(&key(profile, company)), delta }
        });
        self.order = sorted(rows.collect(), self.sort);
        self.all = places.len();
        self.total = total;
        for (part, counted) in self.parts.iter_mut().zip(counted) {
            part.counted = counted;
        }
        let mut counted = self.parts.iter().filter(|part| part.counted).peekable();
        let any = counted.peek().is_some();
        let sum = counted.try_fold(0_u64, |sum, part| Some(sum.saturating_add(part.before(period)?.net.0)));
        self.before = sum.filter(|_| any).map(Thousandths);
        if let Some(cursor) = &self.selection.key {
            let row = self.order.iter().position(|place| self.at(*place).is_some_and(|row| is(row, cursor)));
            self.selection.follow(row, self.order.len());
        }
    }
}

fn key(profile: &ProfileId, company: &CompanyUsage) -> CompanyKey {
    CompanyKey { profile: profile.clone(), company: company.company.clone() }
}

fn is((profile, company): (&ProfileId, &CompanyUsage), key: &CompanyKey) -> bool {
    company.company == key.company && *profile == key.profile
}

fn shown(part: &Part, period: Period) -> Option<&Overall> {
    part.of(period).filter(|_| part.shown)
}

/// The day that is now, in UTC: days of usage end there.
pub fn today(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

/// The period that screen and tab show.
pub fn period(model: &Model) -> Period {
    model.usage.period.unwrap_or_else(|| Period::month_of(today(model.now)))
}

/// The months that can be chosen, the present one first.
pub fn months(now: Timestamp) -> Vec<Period> {
    let mut months = vec![Period::month_of(today(now))];
    while let Some(last) = months.last().copied().filter(|_| months.len() < MONTHS) {
        months.push(last.month_before());
    }
    months
}

#[derive(Debug, Clone, PartialEq)]
pub enum UsageRequest {
    All(ProfileId),
    /// The month before, of an account or of a company.
    AllBefore(ProfileId),
    CompanyBefore(CompanyKey),
    Company(CompanyKey),
    Curves,
}

/// A menu of the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum UsageMenu {
    Period(Menu),
    Sort(Menu),
}
