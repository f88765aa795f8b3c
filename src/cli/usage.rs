//! `mspdash usage`. Net usage is the fact; the projection stands beside it and is never mixed with it.

use super::args;
use super::desk::{Desk, End, odd};
use super::table::{columns, facts, name, or_dash};
use crate::domain::error::Operation;
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, Request};
use crate::domain::usage::{CompanyUsage, Usage};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

/// Usage in JSON, of one company or of all together.
#[derive(Serialize)]
struct UsageRecord<'a> {
    /// Null for all together.
    company_id: Option<&'a str>,
    start_date: Date,
    end_date: Date,
    /// A decimal with three places, as text.
    net_usage: String,
    /// The same; null once the period is over.
    projected_net_usage: Option<String>,
    peak: u32,
    /// Of one company only.
    seat_limit: Option<u32>,
    /// The MSP's own seats, apart from all companies'; of all together only.
    internal_seats: Option<InternalRecord>,
    daily_seats: Vec<DayRecord>,
    /// Company by company; of all together only.
    results: Option<Vec<CompanyUsageRecord<'a>>>,
}

#[derive(Serialize)]
struct InternalRecord {
    filled: u32,
    included: u32,
}

#[derive(Serialize)]
struct DayRecord {
    date: Date,
    seats: u32,
}

#[derive(Serialize)]
struct CompanyUsageRecord<'a> {
    company_id: &'a str,
    company_name: &'a str,
    seats: u32,
    peak: u32,
    seat_limit: Option<u32>,
    net_usage: String,
    projected_net_usage: Option<String>,
    daily_seats: &'a [u32],
}

pub(super) async fn run(args: &args::Usage, desk: &mut Desk<'_>) -> Result<(), End> {
    let today = crate::clock::now().to_zoned(TimeZone::UTC).date();
    let period = args.period(today);
    if let Some(company) = &args.company {
        let company = desk.company_id(company).await?;
        let request = Request::CompanyUsage { company: company.clone(), period };
        let Answer::CompanyUsage(usage) = desk.ask(request).await? else { return Err(odd(Operation::LoadUsage)) };
        let record = record(Some(&company), &usage, None);
        return desk.show(args.format, &record, || format!("{}\n\n{}", head(&usage), days(&usage)));
    }
    let Answer::Usage(all) = desk.ask(Request::Usage(period)).await? else { return Err(odd(Operation::LoadUsage)) };
    let record = record(None, &all.usage, Some(&all.companies));
    desk.show(args.format, &record, || {
        format!("{}\n\n{}", head(&all.usage), companies(&all.companies, !all.usage.days.is_empty()))
    })
}

fn record<'a>(
    company: Option<&'a CompanyId>,
    usage: &'a Usage,
    companies: Option<&'a [CompanyUsage]>,
) -> UsageRecord<'a> {
    let row = |row: &'a CompanyUsage| CompanyUsageRecord {
        company_id: row.company.as_str(),
        company_name: &row.name,
        seats: row.seats,
        peak: row.peak,
        seat_limit: row.limit,
        net_usage: row.net_usage.to_string(),
        projected_net_usage: row.projection.map(|number| number.to_string()),
        daily_seats: &row.daily,
    };
    UsageRecord {
        company_id: company.map(CompanyId::as_str),
        start_date: usage.period.start,
        end_date: usage.period.end,
        net_usage: usage.net_usage.to_string(),
        projected_net_usage: usage.projection.map(|number| number.to_string()),
        peak: usage.peak,
        seat_limit: usage.limit,
        internal_seats: usage.internal.map(|own| InternalRecord { filled: own.filled, included: own.included }),
        daily_seats: usage.days.iter().map(|day| DayRecord { date: day.date, seats: day.seats }).collect(),
        results: companies.map(|companies| companies.iter().map(row).collect()),
    }
}

fn head(usage: &Usage) -> String {
    // Before a day is counted nothing is known: a zero would be a claim.
    let counted = |number: String| or_dash(Some(number).filter(|_| !usage.days.is_empty()));
    let mut rows = vec![
        ("Period", format!("{} to {}", usage.period.start, usage.period.end)),
        ("Days counted", usage.days.len().to_string()),
        ("Net usage", counted(usage.net_usage.to_string())),
        ("Projected", or_dash(usage.projection)),
        ("Peak", counted(usage.peak.to_string())),
    ];
    rows.push(match usage.internal {
        Some(own) => ("Own seats", format!("{} of {} included, not counted above", own.filled, own.included)),
        None => ("Seat limit", or_dash(usage.limit)),
    });
    facts(rows)
}

fn days(usage: &Usage) -> String {
    let rows = usage.days.iter().map(|day| [day.date.to_string(), day.seats.to_string()]);
    columns(["DATE", "SEATS"], &[1], rows)
}

fn companies(companies: &[CompanyUsage], counted: bool) -> String {
    let counted = |number: String| or_dash(Some(number).filter(|_| counted));
    let row = |row: &CompanyUsage| {
        [
            name(&row.name),
            counted(row.seats.to_string()),
            or_dash(row.limit),
            counted(row.peak.to_string()),
            counted(row.net_usage.to_string()),
            or_dash(row.projection),
            row.company.to_string(),
        ]
    };
    let header = ["COMPANY", "SEATS", "LIMIT", "PEAK", "NET USAGE", "PROJECTED", "ID"];
    columns(header, &[1, 2, 3, 4, 5], companies.iter().map(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::usage::{Day, Period, Thousandths};

    #[test]
    fn nothing_is_claimed_before_a_day_is_counted() {
        let first: Date = "2026-11-01".parse().unwrap();
        let mut usage = Usage {
            period: Period::month_of(first),
            days: Vec::new(),
            net_usage: Thousandths(0),
            projection: None,
            peak: 0,
            limit: None,
            internal: None,
        };
        let of = |usage: &Usage, fact: &str| {
            head(usage).lines().find_map(|line| line.strip_prefix(fact).map(|value| value.trim().to_owned())).unwrap()
        };
        assert_eq!((of(&usage, "Net usage"), of(&usage, "Peak")), ("-".into(), "-".into()));
        usage.days.push(Day { date: first, seats: 0 });
        assert_eq!((of(&usage, "Net usage"), of(&usage, "Peak")), ("0.000".into(), "0".into()));
    }
}
