//! `mspdash usage`. Net usage is the fact; the projection stands beside it and is never mixed with it.

use crate::cli::args;
use crate::cli::context::{Context, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::table::{columns, facts, name, or_dash};
use crate::domain::error::Operation;
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, GetCompanyUsage, GetUsage, Request};
use crate::domain::usage::{CompanyUsage, Usage};
use jiff::tz::TimeZone;
use serde::Serialize;

/// Usage in JSON, of one company or of all together.
#[derive(Serialize)]
struct UsageRecord<'a> {
    /// Null for all together.
    company_id: Option<&'a CompanyId>,
    #[serde(flatten)]
    usage: &'a Usage,
    /// Company by company; of all together only.
    results: Option<&'a [CompanyUsage]>,
}

pub async fn run(args: &args::Usage, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let today = crate::clock::now().to_zoned(TimeZone::UTC).date();
    let period = args.period(today);
    if let Some(company) = &args.company {
        let company = ctx.company_id(company).await?;
        let request = Request::GetCompanyUsage(GetCompanyUsage { company: company.clone(), period });
        let Answer::CompanyUsage(usage) = ctx.ask(request).await? else {
            return Err(unexpected_answer(Operation::LoadUsage));
        };
        let record = UsageRecord { company_id: Some(&company), usage: &usage, results: None };
        return ctx.io.show(args.format, &record, || format!("{}\n\n{}", head(&usage), days(&usage)));
    }
    let Answer::Usage(all) = ctx.ask(Request::GetUsage(GetUsage { period })).await? else {
        return Err(unexpected_answer(Operation::LoadUsage));
    };
    let record = UsageRecord { company_id: None, usage: &all.usage, results: Some(&all.companies) };
    ctx.io.show(args.format, &record, || {
        format!("{}\n\n{}", head(&all.usage), companies(&all.companies, !all.usage.days.is_empty()))
    })
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
        None => ("AccountContext limit", or_dash(usage.limit)),
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
    use jiff::civil::Date;

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
