//! Seats at the end of days. What happened since the sample was made is recorded (`seat_days`, kept by the database
//! itself with every write); the days before are computed: a curve of each company's own, the same for the same
//! seed, that ends where the company stands.

pub mod report;

use crate::domain::usage::Thousandths;
use crate::server::random::Seeded;
use crate::server::sql::{self, Connection, Row};
use crate::server::store::error::StoreError;
use crate::server::store::sample_seed::SampleSeed;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const DAY: i64 = 24 * 3_600_000;
/// So many days back the curve is made up; before, it is flat.
const CURVED: i64 = 90;
const SEATS: u64 = 8;

/// The day of a time, counted from 1970, in UTC.
pub fn day_of(milliseconds: i64) -> i64 {
    milliseconds.div_euclid(DAY)
}

/// What is asked about: days from 1970, both included, and which of them is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: i64,
    pub end: i64,
    pub today: i64,
}

impl Span {
    /// How many of its days have begun.
    pub fn counted(self) -> usize {
        usize::try_from(self.end.min(self.today) - self.start + 1).unwrap_or(0)
    }

    /// Days of the whole period.
    fn days(self) -> u32 {
        u32::try_from(self.end - self.start + 1).unwrap_or(0)
    }

    /// While the period runs: what it comes to if today's seats stay until its end.
    pub fn projection(self, daily: &[u64]) -> Option<Thousandths> {
        let today = daily.last().filter(|_| self.today <= self.end)?;
        let left = u64::try_from(self.end - self.today).unwrap_or(0);
        let sum: u64 = daily.iter().sum();
        Some(Thousandths::ratio(sum.saturating_add(today.saturating_mul(left)), self.days()))
    }
}

/// Net usage: sum of the end-of-day seats ÷ days counted.
pub fn net(daily: &[u64]) -> Thousandths {
    Thousandths::ratio(daily.iter().sum(), u32::try_from(daily.len()).unwrap_or(u32::MAX))
}

/// One company's seats, as far as they are not a matter of record.
#[derive(Debug, Clone, Copy)]
pub struct SeatBalance {
    pub n: i64,
    /// Now; none of a company that is unlinked, because those are not the MSP's any more.
    pub now: u64,
    base: u64,
    /// Unlinked before they first changed.
    until: Option<i64>,
    create_time: i64,
}

/// The columns of a [`SeatBalance`], and where they come from.
pub const SEAT_COLUMNS: &str =
    "c.n, CASE WHEN c.state = 'UNLINKED' THEN 0 ELSE c.filled END AS now, coalesce(b.seats, c.filled) AS base,
    CASE WHEN b.company_n IS NULL THEN c.unlink_time ELSE b.unlink_time END AS until, c.create_time";
/// See [`SEAT_COLUMNS`].
pub const FROM: &str = "companies c LEFT JOIN seat_bases b ON b.company_n = c.n";

impl SeatBalance {
    /// Reads a row selected with [`SEAT_COLUMNS`].
    pub fn read(row: &Row<'_>) -> sql::Result<Self> {
        let (now, base): (i64, i64) = (row.get("now")?, row.get("base")?);
        let (now, base) = (now.max(0).cast_unsigned(), base.max(0).cast_unsigned());
        Ok(Self { n: row.get("n")?, now, base, until: row.get("until")?, create_time: row.get("create_time")? })
    }

    /// Seats at the end of each counted day.
    pub fn daily(&self, origin: &SampleSeed, span: Span, recorded: &[(i64, u64)]) -> Vec<u64> {
        let curve = Curve::of(self, origin);
        let first_day = day_of(self.create_time);
        let mut recorded = recorded.iter().peekable();
        let mut held = None;
        let days = (span.start..).take(span.counted());
        days.map(|day| {
            while let Some((_, seats)) = recorded.next_if(|(recorded, _)| *recorded <= day) {
                held = Some(*seats);
            }
            match held {
                _ if day < first_day => 0,
                _ if day == span.today => self.now,
                Some(seats) => seats,
                None => curve.at(day),
            }
        })
        .collect()
    }
}

/// Made-up seats: they grew over 90 days and wavered a little from week to week.
struct Curve {
    base: u64,
    until: Option<i64>,
    /// The day that the sample was made on; `None` for a company that was added later.
    end: Option<i64>,
    growth: u64,
    waves: [u64; 13],
}

impl Curve {
    fn of(balance: &SeatBalance, origin: &SampleSeed) -> Self {
        let base = balance.base;
        let mut chance = Seeded::new(origin.seed, SEATS, balance.n.cast_unsigned());
        let upto =
            |chance: &mut Seeded, most: u64| u64::from(chance.below(u32::try_from(most + 1).unwrap_or(u32::MAX)));
        let growth = upto(&mut chance, base / 4);
        let mut waves = [0; 13];
        for wave in &mut waves {
            *wave = upto(&mut chance, base / 20);
        }
        let end = Some(day_of(origin.created)).filter(|_| balance.create_time < origin.created);
        Self { base, until: balance.until.map(day_of), end, growth, waves }
    }

    fn at(&self, day: i64) -> u64 {
        if self.until.is_some_and(|until| day >= until) {
            return 0;
        }
        let Some(age) = self.end.map(|end| (end - day).clamp(0, CURVED).cast_unsigned()) else { return self.base };
        if age == 0 {
            return self.base;
        }
        let week = usize::try_from((age - 1) / 7).unwrap_or(0);
        let wave = self.waves.get(week).copied().unwrap_or(0);
        let growth = self.growth * age / CURVED.cast_unsigned();
        self.base.saturating_sub(growth + wave).max(self.base.min(1))
    }
}

/// What is recorded of one company, oldest first.
pub fn recorded(db: &Connection, company_n: i64) -> Result<Vec<(i64, u64)>, StoreError> {
    let mut statement = db.prepare_cached("SELECT day, seats FROM seat_days WHERE company_n = ? ORDER BY day")?;
    let rows =
        statement.query_map([company_n], |row| Ok((row.get("day")?, row.get::<_, i64>("seats")?.cast_unsigned())))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub fn all_recorded(db: &Connection) -> Result<HashMap<i64, Vec<(i64, u64)>>, StoreError> {
    let mut statement = db.prepare_cached("SELECT company_n, day, seats FROM seat_days ORDER BY company_n, day")?;
    let mut rows = statement.query([])?;
    let mut all: HashMap<i64, Vec<(i64, u64)>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let seats: i64 = row.get("seats")?;
        all.entry(row.get("company_n")?).or_default().push((row.get("day")?, seats.cast_unsigned()));
    }
    Ok(all)
}

/// Sums that were computed last. Every page of the table carries them, and they only change with the day and with
/// the sequence of changes.
#[derive(Default)]
pub struct Totals(Mutex<Option<(i64, Span, Vec<u64>)>>);

impl Totals {
    /// What was computed for this state of the database, or is now.
    pub fn get_or_compute(
        &self,
        seq: i64,
        span: Span,
        compute: impl FnOnce() -> Result<Vec<u64>, StoreError>,
    ) -> Result<Vec<u64>, StoreError> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, sums)) = held.as_ref().filter(|(held, of, _)| (*held, *of) == (seq, span)) {
            return Ok(sums.clone());
        }
        let sums = compute()?;
        *held = Some((seq, span, sums.clone()));
        Ok(sums)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::region::Region;

    const ORIGIN: SampleSeed = SampleSeed { seed: 1, created: 20_000 * DAY + 5, region: Region::Europe };

    fn balance() -> SeatBalance {
        SeatBalance { n: 7, now: 40, base: 40, until: None, create_time: 19_950 * DAY }
    }

    #[test]
    fn the_curve_begins_with_the_company_and_ends_where_it_stands() {
        let span = Span { start: 19_940, end: 20_002, today: 20_002 };
        let daily = balance().daily(&ORIGIN, span, &[]);
        assert_eq!((daily.len(), &daily[..10]), (63, &[0; 10][..]));
        assert!(daily[10..].iter().all(|seats| (20..=40).contains(seats)), "{daily:?}");
        assert_eq!(daily[60..], [40, 40, 40]);
        assert_eq!(daily, balance().daily(&ORIGIN, span, &[]));
    }

    #[test]
    fn what_is_recorded_stands_until_the_next_record() {
        let span = Span { start: 19_998, end: 20_009, today: 20_004 };
        let daily = SeatBalance { now: 38, ..balance() }.daily(&ORIGIN, span, &[(20_000, 41), (20_003, 38)]);
        assert_eq!(daily[2..], [41, 41, 41, 38, 38]);
        assert_eq!(daily.len(), 7, "days to come are not counted");
    }

    #[test]
    fn an_unlinked_company_has_no_seats_of_ours_from_that_day_on() {
        let gone = SeatBalance { now: 0, until: Some(19_999 * DAY + 9), ..balance() };
        let daily = gone.daily(&ORIGIN, Span { start: 19_997, end: 20_001, today: 20_001 }, &[]);
        assert!(daily[0] > 0 && daily[1] > 0);
        assert_eq!(daily[2..], [0, 0, 0]);
    }

    #[test]
    fn net_usage_and_projection_are_kept_apart() {
        let span = Span { start: 10, end: 19, today: 12 };
        let daily = [1, 2, 4];
        assert_eq!(net(&daily).to_string(), "2.333");
        // (1 + 2 + 4 + 7 × 4) ÷ 10
        assert_eq!(span.projection(&daily).unwrap().to_string(), "3.500");
        assert_eq!(Span { end: 12, ..span }.projection(&daily), Some(net(&daily)), "the last day runs still");
        assert_eq!(Span { end: 11, ..span }.projection(&daily[..2]), None);
        let ahead = Span { start: 13, ..span };
        assert_eq!((ahead.counted(), net(&[]).to_string(), ahead.projection(&[])), (0, "0.000".into(), None));
    }
}
