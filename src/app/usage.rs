//! Screen 4, the tab of the same name, and the curves in the list.

pub mod curves;
pub mod table;

use super::model::Model;
use super::remote::{Phase, Remote};
use crate::domain::id::{CompanyId, CompanyKey, Etag};
use crate::domain::trouble::Retry;
use crate::domain::usage::{CompanyUsage, Overall, Period};
use curves::Curves;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use table::{TableSort, sorted};

/// While it is looked at, the screen is not older than this, in seconds.
pub const OLDEST_SECONDS: i64 = 300;
/// Between two tries while loading fails, in seconds.
pub const PAUSE_SECONDS: i64 = 30;
/// Months that the menu offers: this one and five years before it.
pub const MONTHS: usize = 61;

/// The screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UsagePane {
    /// The period; none is this month.
    pub period: Option<Period>,
    /// Everything in that period.
    pub all: Remote<Overall>,
    /// What was asked for last, and when.
    pub asked: Option<Asked>,
    /// How the table is ordered.
    pub sort: TableSort,
    /// Rows of the table in that order: places in [`Overall::companies`]. Kept, never worked out while drawing.
    pub order: Vec<u32>,
    /// The company under the cursor of the table.
    pub cursor: Option<CompanyId>,
    /// Where the cursor was last; the place to go on from.
    pub row: usize,
    /// The user has moved it; until then an order of the user's begins at its first row.
    pub touched: bool,
    /// The curves in the list.
    pub curves: Curves,
}

/// What was asked for last.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The period.
    pub period: Period,
    /// The company's revision; of the tab only.
    pub etag: Option<Etag>,
    /// When.
    pub at: Timestamp,
}

impl UsagePane {
    /// The company under the cursor of the table; the first row when nobody has moved it. What is not in the table
    /// is not selected: no key may hit a company that is not to be seen.
    #[must_use]
    pub fn selected(&self) -> Option<&CompanyId> {
        self.company(self.cursor_row()?).map(|company| &company.company)
    }

    /// What stands in this row of the table.
    #[must_use]
    pub fn company(&self, row: usize) -> Option<&CompanyUsage> {
        let at = usize::try_from(*self.order.get(row)?).ok()?;
        self.all.value()?.companies.get(at)
    }

    /// The row of the cursor, unless its company is not in the table any more.
    #[must_use]
    pub fn cursor_row(&self) -> Option<usize> {
        let Some(cursor) = &self.cursor else { return self.company(0).map(|_| 0) };
        self.company(self.row).filter(|company| company.company == *cursor).map(|_| self.row)
    }

    /// Puts the cursor on a row.
    pub fn put_cursor(&mut self, row: usize) {
        self.cursor = self.company(row).map(|company| company.company.clone());
        self.row = row;
    }

    /// Orders the table anew, after it came or after its order changed. The cursor stays on its company.
    /// `rank` is the place of a company by name, as the language orders names.
    pub fn arrange(&mut self, rank: impl Fn(&CompanyId) -> Option<u32>) {
        let companies = self.all.value().map_or(&[][..], |all| &all.companies);
        self.order = sorted(companies, self.sort, rank);
        if let Some(cursor) = self.cursor.clone() {
            let row = self.order.iter().position(|at| {
                usize::try_from(*at).ok().and_then(|at| companies.get(at)).is_some_and(|row| row.company == cursor)
            });
            // A company that is gone leaves no row selected: a command meant for it must not hit its neighbour.
            self.row = row.unwrap_or_else(|| self.row.min(self.order.len().saturating_sub(1)));
        }
    }
}

/// The day that is now, in UTC: days of usage end there.
#[must_use]
pub fn today(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

/// The period that screen and tab show.
#[must_use]
pub fn period(model: &Model) -> Period {
    model.usage.period.unwrap_or_else(|| Period::month_of(today(model.now)))
}

/// The months that can be chosen, the present one first.
#[must_use]
pub fn months(now: Timestamp) -> Vec<Period> {
    let mut months = vec![Period::month_of(today(now))];
    while let Some(last) = months.last().copied().filter(|_| months.len() < MONTHS) {
        months.push(last.month_before());
    }
    months
}

/// When to ask, for a value of which this was asked last; `None` while an answer is waited for, and when nothing
/// will change by time alone. `same` says whether that question is still the one to ask.
#[must_use]
pub fn due<T>(remote: &Remote<T>, asked: Option<&Asked>, same: bool, now: Timestamp) -> Option<Timestamp> {
    let Some(asked) = asked.filter(|_| same) else { return Some(now) };
    // A clock that was set back would have us wait until it has caught up.
    let after = |seconds| if asked.at > now { Some(now) } else { later(asked.at, seconds) };
    match &remote.phase {
        Phase::Waiting(_) => None,
        Phase::Idle if remote.seen.is_none() => Some(now),
        Phase::Idle => after(OLDEST_SECONDS),
        Phase::Failed(trouble) => match trouble.retry {
            Retry::Never => None,
            Retry::Now => after(PAUSE_SECONDS),
            Retry::At(moment) => after(PAUSE_SECONDS).map(|soonest| moment.max(soonest)),
        },
    }
}

fn later(moment: Timestamp, seconds: i64) -> Option<Timestamp> {
    moment.checked_add(SignedDuration::from_secs(seconds)).ok()
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// Usage over all.
    All,
    /// Usage of a company.
    Company(CompanyKey),
    /// Curves of companies in the list.
    Curves,
}

/// A menu of the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum UsageMenu {
    /// Which month.
    Period {
        /// The row under the cursor.
        cursor: usize,
    },
    /// Which order.
    Sort {
        /// The row under the cursor.
        cursor: usize,
    },
}
