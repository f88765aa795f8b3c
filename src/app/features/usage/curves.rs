//! The curves in the list: thirty days of a company's seats in a few cells, for the rows that are visible.

use crate::app::core::layout;
use crate::app::effect::Ticket;
use crate::app::model::{Model, Pane};
use crate::app::screen::Screen;
use crate::domain::id::{CompanyKey, Etag, ProfileId};
use crate::domain::list_column::ListColumn;
use crate::domain::usage::{CompanyUsage, Period};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Days that a curve shows.
pub const DAYS: i32 = 30;
/// The most companies of one question (contract: `company_ids`).
pub const MOST_ASKED: usize = 100;
/// Curves that are kept.
const MOST_KEPT: usize = 2_000;
/// Cells of the list from which on there is room for a curve without any other column giving way.
const LEAST_LIST: u16 = 95;
const LEAST_CELLS: u16 = 8;
const MOST_CELLS: u16 = 12;

/// Cells of a curve in a list of so many cells; 0 where there is no room.
pub fn cells(list: u16) -> u16 {
    match list.checked_sub(LEAST_LIST) {
        Some(spare) => (LEAST_CELLS + spare / 2).min(MOST_CELLS),
        None => 0,
    }
}

/// What is known of the curves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curves {
    pub known: BTreeMap<CompanyKey, Curve>,
    pub open: Option<Open>,
    /// The last question failed: nothing is asked before the next refresh, a curve is not worth more.
    pub failed: BTreeSet<ProfileId>,
}

/// A question for curves.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// Where its answer goes.
    pub ticket: Ticket,
    /// The companies, and their revisions when it was asked.
    pub asked: Vec<(CompanyKey, Etag)>,
    /// The last day asked for.
    pub day: Date,
}

/// The curve of a company.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The company's revision that it was asked at.
    pub etag: Etag,
    /// The last day in it.
    pub day: Date,
    /// Seats of each day, oldest first; nothing where the server knows no usage.
    pub daily: Box<[u32]>,
}

impl Curves {
    /// Takes the answer to the open question. What the server does not know is not asked for again.
    pub fn settle(&mut self, ticket: Ticket, answer: Option<Vec<CompanyUsage>>) {
        let Some(Open { asked, day, .. }) = self.open.take_if(|open| open.ticket == ticket) else { return };
        let Some(answer) = answer else {
            self.failed.extend(asked.into_iter().map(|(key, _)| key.profile));
            return;
        };
        if self.known.len() + asked.len() > MOST_KEPT {
            self.known.clear();
        }
        let mut daily: BTreeMap<_, _> = answer.into_iter().map(|row| (row.company, row.daily)).collect();
        for (key, etag) in asked {
            let daily = daily.remove(&key.company).unwrap_or_default().into_boxed_slice();
            self.known.insert(key, Curve { etag, day, daily });
        }
    }

    /// Nothing there yet, or there from another revision of the company or from another day.
    fn lacks(&self, key: &CompanyKey, etag: &Etag, day: Date) -> bool {
        self.known.get(key).is_none_or(|curve| curve.etag != *etag || curve.day != day)
    }
}

/// The days of a curve that ends today.
pub fn span(today: Date) -> Period {
    Period { start: today.checked_sub((DAYS - 1).days()).unwrap_or(today), end: today }
}

/// Visible companies of which a curve is to be asked for; none while there is a reason not to.
pub fn wanted(model: &Model, today: Date) -> Vec<(CompanyKey, Etag)> {
    let curves = &model.usage.curves;
    let in_sight = model.screen == Screen::Companies
        && (model.pane == Pane::List || model.wide() && !model.full)
        && model.list.columns.0.contains(&ListColumn::Usage)
        && cells(layout::list_cells(model)) > 0;
    if !in_sight || model.rest_at.is_some() || curves.open.is_some() {
        return Vec::new();
    }
    let shown = model.roster.shown().get(layout::list_rows(model)).unwrap_or_default();
    let rows = shown.iter().filter_map(|row| model.roster.read(*row));
    // While the list itself is still coming, the line is its.
    let asks = |profile: &ProfileId| {
        model.accounts.get(profile).is_some_and(|account| account.sync.fresh && !account.real())
            && !curves.failed.contains(profile)
    };
    let mut lacking =
        rows.filter(|(key, company)| asks(&key.profile) && curves.lacks(key, &company.etag, today)).peekable();
    // One account at a time: the others come with the next question.
    let profile = lacking.peek().map(|(key, _)| key.profile.clone());
    let one = lacking.filter(|(key, _)| Some(&key.profile) == profile.as_ref());
    one.map(|(key, company)| (key, company.etag)).take(MOST_ASKED).collect()
}
