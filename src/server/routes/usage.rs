//! Usage: of one company, and of all together with a table (support page *billing*).

use crate::domain::usage::{LONGEST, Period, day};
use crate::server::error::{ApiError, ApiResult, Reply, violation};
use crate::server::extract::{Path, Query};
use crate::server::query::page_token::Key;
use crate::server::query::paging::Paging;
use crate::server::sample::generate::Origin;
use crate::server::state::App;
use crate::server::store::company_row::RequestScope;
use crate::server::store::seats::{
    self, FROM, SEAT_COLUMN_COUNT, SEAT_COLUMNS, SeatBalance, Span, all_recorded, day_of, net, recorded,
};
use crate::wire::usage::{CompanyUsage, Day, Internal, Usage};
use axum::extract::State;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::sync::Arc;

/// Companies that may be named in one question.
const MOST_NAMED: usize = 100;
/// Seats of the MSP's own people that are not billed (support page *billing*).
const INCLUDED: u32 = 5;

/// The days asked about.
#[derive(Clone, Copy)]
struct Asked {
    period: Period,
    span: Span,
}

fn asked(query: &Query, now: i64) -> Result<Asked, ApiError> {
    let mut violations = Vec::new();
    let mut date = |name: &str| {
        let text = query.get(name).unwrap_or("");
        let fault = if text.is_empty() { "is missing" } else { "must be a date such as 2026-11-30, not before 2000" };
        let date = day(text);
        if date.is_none() {
            violations.push(violation(name, fault));
        }
        date
    };
    let (Some(start), Some(end)) = (date("start_date"), date("end_date")) else {
        return Err(ApiError::invalid(violations));
    };
    let wrong = || {
        let said = format!("must be within {LONGEST} days of start_date");
        ApiError::field("end_date", if end < start { "must not be before start_date".to_owned() } else { said })
    };
    let period = Period::between(start, end).ok_or_else(wrong)?;
    let number = |date: Date| i64::from(Date::constant(1970, 1, 1).until(date).map_or(0, |span| span.get_days()));
    let today = day_of(now);
    Ok(Asked { period, span: Span { start: number(start), end: number(end), today } })
}

impl Asked {
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

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub async fn company(
    State(app): App,
    scope: RequestScope,
    Path([_, id]): Path<[String; 2]>,
    query: Query,
) -> ApiResult {
    let asked = asked(&query, scope.now)?;
    let origin = app.origin;
    app.store
        .read(move |db| {
            let record = scope.record(db, &id)?;
            let sql = format!("SELECT {SEAT_COLUMNS} FROM {FROM} WHERE c.n = ?");
            let balance = db.prepare_cached(&sql)?.query_row([record.n], SeatBalance::read)?;
            let daily = balance.daily(&origin, asked.span, &recorded(db, record.n)?);
            Reply::json(&Usage { seat_limit: record.company.seats.limit, ..asked.usage(&daily) })
        })
        .await
}

pub async fn overall(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let asked = asked(&query, scope.now)?;
    let named = query.get("company_ids").map(ids).transpose()?;
    let (start, end) = (asked.period.start.to_string(), asked.period.end.to_string());
    let paging = Paging::read(&query, &["usage", &start, &end, query.get("company_ids").unwrap_or("")], 2)?;
    let store = Arc::clone(&app.store);
    let answer = move |db: &Connection| {
        let origin = &app.origin;
        let only = only(db, named.as_deref())?;
        let total = paging.total(|| match &only {
            Some(only) => Ok(i64::try_from(only.len()).unwrap_or(i64::MAX)),
            None => number(db, "SELECT count(*) FROM companies"),
        })?;
        let daily = if let Some(only) = &only {
            sums(db, origin, asked.span, Some(only))?
        } else {
            let seq = number(db, "SELECT value FROM meta WHERE key = 'seq'")?;
            app.usage_totals.get_or_compute(seq, asked.span, || sums(db, origin, asked.span, None))?
        };
        let rows = page(db, origin, asked, only.as_deref(), &paging)?;
        let (rows, next_page_token) = paging.cut(rows, total)?;
        Reply::json(&Usage {
            internal_seats: Some(Internal { filled: small(app.technicians.len() as u64), included: INCLUDED }),
            results: Some(rows.into()),
            next_page_token,
            total_size: Some(total),
            ..asked.usage(&daily)
        })
    };
    store.read(answer).await
}

/// The ids of `company_ids`, each once.
fn ids(text: &str) -> Result<Vec<String>, ApiError> {
    let mut ids: Vec<String> = text.split(',').map(|id| id.trim().to_owned()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.iter().any(String::is_empty) || ids.len() > MOST_NAMED {
        return Err(ApiError::field("company_ids", format!("must be 1 to {MOST_NAMED} ids with commas between them")));
    }
    Ok(ids)
}

fn number(db: &Connection, sql: &str) -> Result<i64, ApiError> {
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The row numbers of the companies that were named.
fn only(db: &Connection, named: Option<&[String]>) -> Result<Option<Vec<i64>>, ApiError> {
    use rusqlite::OptionalExtension;
    let Some(named) = named else { return Ok(None) };
    let mut statement = db.prepare_cached("SELECT n FROM companies WHERE id = ?")?;
    let numbers =
        named.iter().map(|id| statement.query_row([id], |row| row.get(0)).optional()?.ok_or_else(ApiError::not_found));
    numbers.collect::<Result<_, _>>().map(Some)
}

/// A condition that holds for these companies alone. Row numbers are ours: they need no quoting.
fn among(only: Option<&[i64]>) -> String {
    let Some(only) = only else { return "1".into() };
    let numbers: Vec<String> = only.iter().map(ToString::to_string).collect();
    format!("c.n IN ({})", numbers.join(", "))
}

/// Seats of each counted day, over these companies or all.
fn sums(db: &Connection, origin: &Origin, span: Span, only: Option<&[i64]>) -> Result<Vec<u64>, ApiError> {
    let recorded = all_recorded(db)?;
    let mut sums = vec![0_u64; span.counted()];
    let mut statement = db.prepare(&format!("SELECT {SEAT_COLUMNS} FROM {FROM} WHERE {}", among(only)))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let balance = SeatBalance::read(row)?;
        let known = recorded.get(&balance.n).map_or(&[][..], Vec::as_slice);
        for (sum, seats) in sums.iter_mut().zip(balance.daily(origin, span, known)) {
            *sum += seats;
        }
    }
    Ok(sums)
}

/// Rows of the table by name, behind the token; at most so many.
fn page(
    db: &Connection,
    origin: &Origin,
    asked: Asked,
    only: Option<&[i64]>,
    paging: &Paging,
) -> Result<Vec<(Vec<Key>, CompanyUsage)>, ApiError> {
    let mut values: Vec<Value> = paging.keys().unwrap_or_default().iter().map(Value::from).collect();
    let behind = if values.is_empty() { "1" } else { "(c.name_key, c.n) > (?, ?)" };
    values.push(Value::Integer(paging.limit()));
    let sql = format!(
        "SELECT {SEAT_COLUMNS}, c.id, c.name, c.seat_limit, c.name_key FROM {FROM} WHERE {} AND {behind}
         ORDER BY c.name_key, c.n LIMIT ?",
        among(only)
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let balance = SeatBalance::read(row)?;
        let daily = balance.daily(origin, asked.span, &seats::recorded(db, balance.n)?);
        let usage = CompanyUsage {
            company_id: row.get(SEAT_COLUMN_COUNT)?,
            company_name: row.get(SEAT_COLUMN_COUNT + 1)?,
            seats: small(daily.last().copied().unwrap_or(0)),
            peak: small(daily.iter().copied().max().unwrap_or(0)),
            seat_limit: row.get(SEAT_COLUMN_COUNT + 2)?,
            net_usage: net(&daily).to_string(),
            projected_net_usage: asked.span.projection(&daily).map(|net| net.to_string()),
            daily_seats: daily.into_iter().map(small).collect(),
        };
        found.push((vec![Key::Text(row.get(SEAT_COLUMN_COUNT + 3)?), Key::Number(balance.n)], usage));
    }
    Ok(found)
}
