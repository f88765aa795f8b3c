//! Usage: of one company, and of all together with a table (support page *billing*).

use super::answer::{Answer, Fail, Reply, violation};
use super::call::Call;
use super::company_row::View;
use super::seats::{self, FROM, STANDING, STANDING_COUNT, Span, Standing, all_recorded, day_of, net, recorded};
use super::token::{self, Key, PageToken};
use crate::domain::usage::{LONGEST, Period, day};
use crate::server::sample::Origin;
use crate::wire::usage::{CompanyUsage, Day, Internal, Usage};
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::sync::{Mutex, PoisonError};

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

fn asked(call: &Call) -> Result<Asked, Fail> {
    let mut faults = Vec::new();
    let mut date = |name: &str| {
        let text = call.query.get(name).unwrap_or("");
        let fault = if text.is_empty() { "is missing" } else { "must be a date such as 2026-11-30, not before 2000" };
        let date = day(text);
        if date.is_none() {
            faults.push(violation(name, fault));
        }
        date
    };
    let (Some(start), Some(end)) = (date("start_date"), date("end_date")) else { return Err(Fail::invalid(faults)) };
    let wrong = || {
        let said = format!("must be within {LONGEST} days of start_date");
        Fail::field("end_date", if end < start { "must not be before start_date".to_owned() } else { said })
    };
    let period = Period::between(start, end).ok_or_else(wrong)?;
    let number = |date: Date| i64::from(Date::constant(1970, 1, 1).until(date).map_or(0, |span| span.get_days()));
    let today = day_of(call.now.as_millisecond());
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

/// `GET companies/{id}/usage`.
pub async fn company(call: &Call) -> Answer {
    let asked = asked(call)?;
    let view = View::new(&call.house, &call.who, call.now);
    let (id, origin) = (call.company().to_owned(), call.house.origin);
    call.house
        .store
        .read(move |db| {
            let record = view.record(db, &id)?;
            let sql = format!("SELECT {STANDING} FROM {FROM} WHERE c.n = ?");
            let standing = db.prepare_cached(&sql)?.query_row([record.n], Standing::read)?;
            let daily = standing.daily(&origin, asked.span, &recorded(db, record.n)?);
            Reply::json(&Usage { seat_limit: record.company.seats.limit, ..asked.usage(&daily) })
        })
        .await
}

/// Sums that were computed last. Every page of the table carries them, and they only change with the day and with
/// the sequence of changes.
#[derive(Default)]
pub struct Totals(Mutex<Option<(i64, Span, Vec<u64>)>>);

/// `GET usage`.
pub async fn overall(call: &Call) -> Answer {
    let asked = asked(call)?;
    let size = call.page_size(25)?;
    let named = call.query.get("company_ids").map(ids).transpose()?;
    let (start, end) = (asked.period.start.to_string(), asked.period.end.to_string());
    let question = token::question(&["usage", &start, &end, call.query.get("company_ids").unwrap_or("")]);
    let token = call.page_token(question, 2)?;
    let filled = small(call.house.technicians.len() as u64);
    let house = call.house.clone();
    call.house
        .store
        .read(move |db| {
            let origin = &house.origin;
            let only = only(db, named.as_deref())?;
            let total = match (&token, &only) {
                (Some(token), _) => token.total,
                (None, Some(only)) => only.len() as u64,
                (None, None) => number(db, "SELECT count(*) FROM companies")?.cast_unsigned(),
            };
            let daily = match &only {
                Some(only) => sums(db, origin, asked.span, Some(only))?,
                None => house.usage_totals.of_all(db, origin, asked.span)?,
            };
            let mut rows = page(db, origin, asked, only.as_deref(), token.as_ref(), i64::from(size) + 1)?;
            let more = rows.len() > size as usize;
            rows.truncate(size as usize);
            let next_page_token = match rows.last() {
                Some((keys, _)) if more => Some(token::write(&PageToken { question, keys: keys.clone(), total })?),
                _ => None,
            };
            let rows: Vec<CompanyUsage> = rows.into_iter().map(|(_, row)| row).collect();
            Reply::json(&Usage {
                internal_seats: Some(Internal { filled, included: INCLUDED }),
                results: Some(rows.into()),
                next_page_token,
                total_size: Some(total),
                ..asked.usage(&daily)
            })
        })
        .await
}

/// The ids of `company_ids`, each once.
fn ids(text: &str) -> Result<Vec<String>, Fail> {
    let mut ids: Vec<String> = text.split(',').map(|id| id.trim().to_owned()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.iter().any(String::is_empty) || ids.len() > MOST_NAMED {
        return Err(Fail::field("company_ids", format!("must be 1 to {MOST_NAMED} ids with commas between them")));
    }
    Ok(ids)
}

fn number(db: &Connection, sql: &str) -> Result<i64, Fail> {
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The row numbers of the companies that were named.
fn only(db: &Connection, named: Option<&[String]>) -> Result<Option<Vec<i64>>, Fail> {
    use rusqlite::OptionalExtension;
    let Some(named) = named else { return Ok(None) };
    let mut statement = db.prepare_cached("SELECT n FROM companies WHERE id = ?")?;
    let numbers =
        named.iter().map(|id| statement.query_row([id], |row| row.get(0)).optional()?.ok_or_else(Fail::not_found));
    numbers.collect::<Result<_, _>>().map(Some)
}

/// A condition that holds for these companies alone. Row numbers are ours: they need no quoting.
fn among(only: Option<&[i64]>) -> String {
    let Some(only) = only else { return "1".into() };
    let numbers: Vec<String> = only.iter().map(ToString::to_string).collect();
    format!("c.n IN ({})", numbers.join(", "))
}

/// Seats of each counted day, over these companies or all.
fn sums(db: &Connection, origin: &Origin, span: Span, only: Option<&[i64]>) -> Result<Vec<u64>, Fail> {
    let recorded = all_recorded(db)?;
    let mut sums = vec![0_u64; span.counted()];
    let mut statement = db.prepare(&format!("SELECT {STANDING} FROM {FROM} WHERE {}", among(only)))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let standing = Standing::read(row)?;
        let known = recorded.get(&standing.n).map_or(&[][..], Vec::as_slice);
        for (sum, seats) in sums.iter_mut().zip(standing.daily(origin, span, known)) {
            *sum += seats;
        }
    }
    Ok(sums)
}

impl Totals {
    fn of_all(&self, db: &Connection, origin: &Origin, span: Span) -> Result<Vec<u64>, Fail> {
        let seq = number(db, "SELECT value FROM meta WHERE key = 'seq'")?;
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, sums)) = held.as_ref().filter(|(held, of, _)| (*held, *of) == (seq, span)) {
            return Ok(sums.clone());
        }
        let sums = sums(db, origin, span, None)?;
        *held = Some((seq, span, sums.clone()));
        Ok(sums)
    }
}

/// Rows of the table by name, behind the token; at most so many.
fn page(
    db: &Connection,
    origin: &Origin,
    asked: Asked,
    only: Option<&[i64]>,
    token: Option<&PageToken>,
    most: i64,
) -> Result<Vec<(Vec<Key>, CompanyUsage)>, Fail> {
    let mut values: Vec<Value> = token.map(|token| token.keys.iter().map(Value::from).collect()).unwrap_or_default();
    let behind = if values.is_empty() { "1" } else { "(c.name_key, c.n) > (?, ?)" };
    values.push(Value::Integer(most));
    let sql = format!(
        "SELECT {STANDING}, c.id, c.name, c.seat_limit, c.name_key FROM {FROM} WHERE {} AND {behind}
         ORDER BY c.name_key, c.n LIMIT ?",
        among(only)
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let standing = Standing::read(row)?;
        let daily = standing.daily(origin, asked.span, &seats::recorded(db, standing.n)?);
        let usage = CompanyUsage {
            company_id: row.get(STANDING_COUNT)?,
            company_name: row.get(STANDING_COUNT + 1)?,
            seats: small(daily.last().copied().unwrap_or(0)),
            peak: small(daily.iter().copied().max().unwrap_or(0)),
            seat_limit: row.get(STANDING_COUNT + 2)?,
            net_usage: net(&daily).to_string(),
            projected_net_usage: asked.span.projection(&daily).map(|net| net.to_string()),
            daily_seats: daily.into_iter().map(small).collect(),
        };
        found.push((vec![Key::Text(row.get(STANDING_COUNT + 3)?), Key::Number(standing.n)], usage));
    }
    Ok(found)
}
