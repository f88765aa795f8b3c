//! The table of companies: its columns, and their order.

use crate::app::features::usage::Place;
use crate::domain::alphabet;
use crate::domain::usage::CompanyUsage;
use std::cmp::Ordering;

/// A column that can order the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsageColumn {
    Name,
    /// Seats at the end of the last day counted.
    Seats,
    /// Seats ÷ seat limit.
    Share,
    /// Most seats at the end of any day.
    Peak,
    /// Net usage so far.
    Net,
    /// Net usage projected to the period's end.
    Projection,
    /// Net usage less that of the month before.
    Change,
}

impl UsageColumn {
    /// All, from left to right.
    pub const ALL: [Self; 7] =
        [Self::Name, Self::Seats, Self::Share, Self::Peak, Self::Net, Self::Projection, Self::Change];
}

/// How the table is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableSort {
    pub column: UsageColumn,
    /// Largest first.
    pub descending: bool,
}

impl Default for TableSort {
    /// What costs most stands first.
    fn default() -> Self {
        Self { column: UsageColumn::Net, descending: true }
    }
}

/// Seats ÷ limit in per mille; none without a limit.
pub fn share(company: &CompanyUsage) -> Option<u64> {
    let limit = company.limit.filter(|limit| *limit > 0)?;
    Some(u64::from(company.seats) * 1_000 / u64::from(limit))
}

/// A row to be ordered.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Where it comes from.
    pub place: Place,
    pub company: &'a CompanyUsage,
    /// The place of the company by name; none for one that the list does not know (any more).
    pub rank: Option<u32>,
    /// Its net usage less that of the month before, where that is known.
    pub delta: Option<i64>,
}

/// The places of the rows in this order. Equals are ordered by name, and rows that have no such value come last
/// whichever way the order goes.
pub fn sorted(rows: Vec<Row<'_>>, sort: TableSort) -> Vec<Place> {
    // A company that the list does not know is ordered by its plain name, after those it knows.
    let name = |row: &Row<'_>| match row.rank {
        Some(rank) => (rank, Vec::new()),
        None => (u32::MAX, alphabet::key(&row.company.name)),
    };
    let mut keyed: Vec<((u32, Vec<u8>), Row<'_>)> = rows.into_iter().map(|row| (name(&row), row)).collect();
    let turned = |order: Ordering| if sort.descending { order.reverse() } else { order };
    keyed.sort_by(|(a, one), (b, other)| {
        let by_name = a.cmp(b);
        let change = || last_without(one.delta, other.delta, turned);
        let (one, other) = (one.company, other.company);
        let by_column = match sort.column {
            UsageColumn::Name => return turned(by_name),
            UsageColumn::Seats => turned(one.seats.cmp(&other.seats)),
            UsageColumn::Peak => turned(one.peak.cmp(&other.peak)),
            UsageColumn::Net => turned(one.net_usage.cmp(&other.net_usage)),
            UsageColumn::Share => last_without(share(one), share(other), turned),
            UsageColumn::Projection => last_without(one.projection, other.projection, turned),
            UsageColumn::Change => change(),
        };
        by_column.then(by_name)
    });
    keyed.into_iter().map(|(_, row)| row.place).collect()
}

fn last_without<T: Ord>(one: Option<T>, other: Option<T>, turned: impl Fn(Ordering) -> Ordering) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => turned(one.cmp(&other)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use crate::app::features::usage::table::*;
    use crate::domain::id::CompanyId;
    use crate::domain::usage::Thousandths;

    fn company(id: &str, seats: u32, limit: Option<u32>) -> CompanyUsage {
        CompanyUsage {
            company: CompanyId::new(id),
            name: id.into(),
            seats,
            peak: seats + 1,
            limit,
            net_usage: Thousandths(u64::from(seats) * 900),
            projection: None,
            daily: Vec::new(),
        }
    }

    fn rows(companies: &[CompanyUsage], rank: impl Fn(&CompanyId) -> Option<u32>) -> Vec<Row<'_>> {
        let row = |(at, company)| Row {
            place: Place { part: 0, at },
            company,
            rank: rank(&company.company),
            delta: company.limit.map(i64::from),
        };
        companies.iter().enumerate().map(row).collect()
    }

    fn order(companies: &[CompanyUsage], column: UsageColumn, descending: bool) -> String {
        let places = sorted(rows(companies, |_| None), TableSort { column, descending });
        places.iter().map(|place| companies[place.at].company.as_str()).collect()
    }

    #[test]
    fn each_column_orders_the_table_both_ways() {
        let all =
            [company("b", 5, Some(10)), company("A", 9, None), company("c", 5, Some(6)), company("d", 1, Some(100))];
        for (column, up, down) in [
            (UsageColumn::Name, "Abcd", "dcbA"),
            (UsageColumn::Seats, "dbcA", "Abcd"),
            (UsageColumn::Peak, "dbcA", "Abcd"),
            (UsageColumn::Net, "dbcA", "Abcd"),
            (UsageColumn::Share, "dbcA", "cbdA"),
            (UsageColumn::Projection, "Abcd", "Abcd"),
            (UsageColumn::Change, "cbdA", "dbcA"),
        ] {
            assert_eq!((order(&all, column, false), order(&all, column, true)), (up.into(), down.into()), "{column:?}");
        }
    }

    #[test]
    fn names_follow_the_order_of_the_list() {
        let all = [company("Z", 1, None), company("Ä", 1, None), company("B", 1, None)];
        let rank = |id: &CompanyId| ["Ä", "B"].iter().zip(0..).find(|(name, _)| **name == id.as_str()).map(|it| it.1);
        let by_name = TableSort { column: UsageColumn::Name, descending: false };
        let places: Vec<usize> = sorted(rows(&all, rank), by_name).iter().map(|place| place.at).collect();
        assert_eq!(places, [1, 2, 0], "what the list does not know comes last");
    }
}
