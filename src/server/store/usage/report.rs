//! Usage: of one company, and of all together with a table (support page *billing*).

use super::{FROM, SEAT_COLUMNS, SeatBalance, Span, Totals, all_recorded, day_of, net, recorded};
use crate::domain::usage::Period;
use crate::server::sql::{self, Connection, OptionalExtension, Row, Value, params_from_iter};
use crate::server::store::companies::row::RequestScope;
use crate::server::store::error::StoreError;
use crate::server::store::meta;
use crate::server::store::rows::{Key, Page, Window};
use crate::server::store::sample_seed::SampleSeed;
use crate::wire::usage::{CompanyUsage, Day, Usage};
use jiff::civil::Date;

/// The days asked about.
#[derive(Clone, Copy)]
pub struct Asked {
    pub period: Period,
    span: Span,
}

impl Asked {
    pub fn new(period: Period, now: i64) -> Self {
        let number = |date: Date| i64::from(Date::constant(1970, 1, 1).until(date).map_or(0, |span| span.get_days()));
        Self { period, span: Span { start: number(period.start), end: number(period.end), today: day_of(now) } }
    }

    /// Everything that follows from the seats of the counted days.
    fn usage(self, daily: &[u64]) -> Usage {
        let mut date = Some(self.period.start);
        let mut days = Vec::with_capacity(daily.len());
        for seats in daily {
            let Some(today) = date else { break };
            days.push(Day { date: today, seats: small(*seats) });
            date = today.tomorrow().ok();
        }
        Usage {
            start_date: self.period.start,
            end_date: self.period.end,
            daily_seats: days,
            net_usage: net(daily).to_string(),
            projected_net_usage: self.span.projection(daily).map(|net| net.to_string()),
            peak: small(daily.iter().copied().max().unwrap_or(0)),
            seat_limit: None,
            internal_seats: None,
            results: None,
            next_page_token: None,
            total_size: None,
        }
    }
}

pub fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub fn of_company(
    db: &Connection,
    scope: &RequestScope,
    origin: &SampleSeed,
    id: &str,
    asked: Asked,
) -> Result<Usage, StoreError> {
    let record = scope.record(db, id)?;
    let sql = format!("SELECT {SEAT_COLUMNS} FROM {FROM} WHERE c.n = ?");
    let balance = db.prepare_cached(&sql)?.query_row([record.n], SeatBalance::read)?;
    let daily = balance.daily(origin, asked.span, &recorded(db, record.n)?);
    Ok(Usage { seat_limit: record.company.seats.and_then(|seats| seats.limit), ..asked.usage(&daily) })
}

/// The sums over all companies, or over those that are named, and a page of the table of them.
pub fn of_all(
    db: &Connection,
    (origin, totals): (&SampleSeed, &Totals),
    asked: Asked,
    named: Option<&[String]>,
    window: &Window,
) -> Result<(Usage, Page<CompanyUsage>), StoreError> {
    let only = only(db, named)?;
    let total = window.total(|| match &only {
        Some(only) => Ok(i64::try_from(only.len()).unwrap_or(i64::MAX)),
        None => Ok(db.query_row("SELECT count(*) FROM companies", [], |row| row.get(0))?),
    })?;
    let daily = if let Some(only) = &only {
        sums(db, origin, asked.span, Some(only))?
    } else {
        let seq = meta::number(db, "seq")?;
        totals.get_or_compute(seq, asked.span, || sums(db, origin, asked.span, None))?
    };
    let rows = page(db, origin, asked, only.as_deref(), window)?;
    Ok((asked.usage(&daily), Page { rows, total }))
}

/// The row numbers of the companies that were named.
fn only(db: &Connection, named: Option<&[String]>) -> Result<Option<Vec<i64>>, StoreError> {
    let Some(named) = named else { return Ok(None) };
    let mut statement = db.prepare_cached("SELECT n FROM companies WHERE id = ?")?;
    let numbers =
        named.iter().map(|id| statement.query_row([id], |row| row.get(0)).optional()?.ok_or(StoreError::NotFound));
    numbers.collect::<Result<_, _>>().map(Some)
}

/// A condition that holds for these companies alone. Row numbers are ours: they need no quoting.
fn among(only: Option<&[i64]>) -> String {
    let Some(only) = only else { return "TRUE".into() };
    let numbers: Vec<String> = only.iter().map(ToString::to_string).collect();
    format!("c.n IN ({})", numbers.join(", "))
}

/// Seats of each counted day, over these companies or all.
fn sums(db: &Connection, origin: &SampleSeed, span: Span, only: Option<&[i64]>) -> Result<Vec<u64>, StoreError> {
    let recorded = all_recorded(db)?;
    let mut sums = vec![0_u64; span.counted()];
    let mut statement = db.prepare_cached(&format!("SELECT {SEAT_COLUMNS} FROM {FROM} WHERE {}", among(only)))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let balance = SeatBalance::read(&row)?;
        let known = recorded.get(&balance.n).map_or(&[][..], Vec::as_slice);
        for (sum, seats) in sums.iter_mut().zip(balance.daily(origin, span, known)) {
            *sum += seats;
        }
    }
    Ok(sums)
}

/// Rows of the table by name.
fn page(
    db: &Connection,
    origin: &SampleSeed,
    asked: Asked,
    only: Option<&[i64]>,
    window: &Window,
) -> Result<Vec<(Vec<Key>, CompanyUsage)>, StoreError> {
    let mut values: Vec<Value> = window.after.iter().flatten().map(Value::from).collect();
    let behind = if values.is_empty() { "TRUE" } else { "(c.name_key, c.n) > (?, ?)" };
    values.push(Value::Integer(window.limit()));
    let sql = format!(
        "SELECT {SEAT_COLUMNS}, c.id, c.name, c.seat_limit, c.name_key FROM {FROM} WHERE {} AND {behind}
         ORDER BY c.name_key, c.n LIMIT ?",
        among(only)
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let balance = SeatBalance::read(&row)?;
        let daily = balance.daily(origin, asked.span, &recorded(db, balance.n)?);
        found.push((vec![Key::Text(row.get("name_key")?), Key::Number(balance.n)], line(&row, asked, daily)?));
    }
    Ok(found)
}

fn line(row: &Row<'_>, asked: Asked, daily: Vec<u64>) -> sql::Result<CompanyUsage> {
    Ok(CompanyUsage {
        company_id: row.get("id")?,
        company_name: row.get("name")?,
        seats: small(daily.last().copied().unwrap_or(0)),
        peak: small(daily.iter().copied().max().unwrap_or(0)),
        seat_limit: row.get("seat_limit")?,
        net_usage: net(&daily).to_string(),
        projected_net_usage: asked.span.projection(&daily).map(|net| net.to_string()),
        daily_seats: daily.into_iter().map(small).collect(),
    })
}
