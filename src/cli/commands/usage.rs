//! `mspdash usage`. Net usage is the fact; the projection stands beside it and is never mixed with it.

use crate::cli::args::{self, Format, ListFormat};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::context::{Context, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::listing::Listing;
use crate::cli::table::{facts, or_dash};
use crate::domain::error::Operation;
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, GetCompanyUsage, GetUsage, Request};
use crate::domain::usage::{CompanyUsage, Day, Thousandths, Usage};
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
    let style = ctx.io.style.clone();
    if let Some(company) = &args.company {
        let listing = Listing::<Day>::of(&args.list, &style)?;
        let company = ctx.company_id(company).await?;
        let request = Request::GetCompanyUsage(GetCompanyUsage { company: company.clone(), period });
        let Answer::CompanyUsage(usage) = ctx.ask(request).await? else {
            return Err(unexpected_answer(Operation::LoadUsage));
        };
        let record = UsageRecord { company_id: Some(&company), usage: &usage, results: None };
        return write(&listing, &record, usage.days.clone(), ctx);
    }
    let listing = Listing::<CompanyUsage>::of(&args.list, &style)?;
    let Answer::Usage(all) = ctx.ask(Request::GetUsage(GetUsage { period })).await? else {
        return Err(unexpected_answer(Operation::LoadUsage));
    };
    let record = UsageRecord { company_id: None, usage: &all.usage, results: Some(&all.companies) };
    write(&listing, &record, all.companies.clone(), ctx)
}

/// The record has it all; a table has the sums above its rows, and other formats have the rows.
fn write<T: TableRow>(
    listing: &Listing<T>,
    record: &UsageRecord<'_>,
    rows: Vec<T>,
    ctx: &mut Context<'_>,
) -> Result<(), CliError> {
    match listing.format {
        ListFormat::Json => return ctx.io.show(Format::Json, record, String::new),
        ListFormat::Table => ctx.io.say(&format!("{}\n", head(record.usage)))?,
        _ => {}
    }
    ctx.io.write_list(listing, rows)
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

impl TableRow for Day {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::id("date", |day: &Self| Cell::text(&day.date.to_string())),
            Column::number("seats", |day: &Self| Cell::number(day.seats)),
        ]
    }

    fn id(&self) -> String {
        self.date.to_string()
    }
}

/// Before a day is counted nothing is known.
fn counted(usage: &CompanyUsage, cell: Cell) -> Cell {
    if usage.daily.is_empty() { Cell::Unknown("-".to_owned()) } else { cell }
}

fn decimal(number: Thousandths) -> Cell {
    let whole = u32::try_from(number.0).unwrap_or(u32::MAX);
    Cell::Number(f64::from(whole) / 1000.0, number.to_string())
}

impl TableRow for CompanyUsage {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::text("company", |it: &Self| Cell::text(&it.name)),
            Column::number("seats", |it: &Self| counted(it, Cell::number(it.seats))),
            Column::number("limit", |it: &Self| Cell::number_or_absent(it.limit)),
            Column::number("peak", |it: &Self| counted(it, Cell::number(it.peak))),
            Column::number("net-usage", |it: &Self| counted(it, decimal(it.net_usage))),
            Column::number("projected", |it: &Self| it.projection.map_or(Cell::Absent, decimal)),
            Column::id("id", |it: &Self| Cell::text(it.company.as_str())).spare(),
        ]
    }

    fn id(&self) -> String {
        self.company.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::usage::Period;
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
