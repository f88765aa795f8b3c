//! `mspdash companies list`: filter and order, and where the rows go. What is searched for and how it is ordered is
//! worked out as the screen does it, so that both show the same, whatever the server is.
//!
//! JSON on standard output is written page by page. When a later page fails, standard output holds the rows so far and
//! no closing bracket: no parser takes it for the whole list. The failure is told on standard error and by the exit
//! code. Tables, CSV and files are written once all rows are there, or not at all.

use super::export::Target;
use super::pages::Pages;
use crate::cli::all_profiles::{AllProfiles, Profiled};
use crate::cli::args::{List, ListArgs, ListFormat, Unknown};
use crate::cli::column::TableRow;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::listing::Listing;
use crate::cli::output::Io;
use crate::cli::style::Style;
use crate::client::Client;
use crate::clock;
use crate::domain::company::{Company, CompanyState};
use crate::domain::export;
use crate::domain::id::ProfileId;
use crate::domain::lang::Lang;
use crate::domain::roster::{Column, Query, Roster, Sort};
use crate::domain::text::one_line;
use jiff::{SignedDuration, Timestamp};
use serde::ser::{SerializeSeq, Serializer};
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

/// Of one account.
pub async fn run(args: &List, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let target = Target::of(args)?;
    let listing = listing(args, &ctx.io.style)?;
    let mut pages = pages(&ctx.client, args, &listing);
    if let Some(target) = target {
        let mut text = Vec::new();
        let count = write_pages(&listing, &mut pages, &mut text).await?;
        target.save(&text, count, &mut ctx.io)?;
    } else {
        // Standard output flushes after every line.
        let mut out = BufWriter::with_capacity(1 << 16, &mut *ctx.io.out);
        write_pages(&listing, &mut pages, &mut out).await?;
        out.flush()?;
    }
    for said in &pages.lacks {
        ctx.io.tell(said);
    }
    Ok(())
}

/// Of all accounts, each row with its profile.
pub async fn run_all(args: &List, profiles: &AllProfiles<'_>, io: &mut Io<'_>) -> Result<(), CliError> {
    let target = Target::of(args)?;
    let (asked, narrowed) = (args.clone(), listing(args, &io.style)?);
    let list = ListArgs { filter: Vec::new(), sort: None, search: None, limit: None, ..args.list.clone() };
    let listing = Listing::<Profiled<Company>>::of(&ListArgs { format: Some(args.written()), ..list }, &io.style)?;
    let found = profiles.ask(move |client| pages(&client, &asked, &narrowed).all()).await;
    found.write(io, |rows, io| {
        let mut text = Vec::new();
        if exported(&listing) {
            let rows = rows.iter().map(|row| (Some(row.profile.clone()), row.row.clone()));
            text.write_all(csv(&listing, rows)?.as_bytes())?;
        } else {
            listing.write(&rows, &mut text)?;
        }
        match target {
            Some(target) => target.save(&text, rows.len(), io),
            None => io.print(&text),
        }
    })
}

/// What any list knows of: the search, and the orders that the screen has, are the roster's.
fn listing(args: &List, style: &Style) -> Result<Arc<Listing<Company>>, CliError> {
    let sort = args.list.sort.clone().filter(|_| of_screen(args).is_none());
    let list = ListArgs { search: None, sort, format: Some(args.written()), ..args.list.clone() };
    Ok(Arc::new(Listing::of(&list, style)?))
}

fn of_screen(args: &List) -> Option<Sort> {
    args.list.sort.as_deref().and_then(|text| text.parse().ok())
}

/// As the screen writes CSV, unless columns were chosen.
fn exported<T: TableRow>(listing: &Listing<T>) -> bool {
    listing.format == ListFormat::Csv && !listing.chosen
}

/// Writes the rows as they come, and says how many there were.
async fn write_pages(listing: &Listing<Company>, pages: &mut Pages, out: &mut dyn Write) -> Result<usize, CliError> {
    let mut count = 0;
    match listing.format {
        ListFormat::Json => {
            // Where there is no first page, there is no list.
            let mut page = pages.next().await?;
            let mut json = serde_json::Serializer::pretty(&mut *out);
            let mut rows = json.serialize_seq(None).map_err(io::Error::from)?;
            while let Some(companies) = page {
                count += companies.len();
                companies.iter().try_for_each(|company| rows.serialize_element(company)).map_err(io::Error::from)?;
                page = pages.next().await?;
            }
            rows.end().map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ListFormat::Jsonl | ListFormat::Ids => {
            while let Some(companies) = pages.next().await? {
                count += companies.len();
                companies.iter().try_for_each(|company| listing.write_line(company, out))?;
            }
        }
        ListFormat::Table => {
            let mut table = listing.table();
            while let Some(companies) = pages.next().await? {
                count += companies.len();
                for company in &companies {
                    listing.push(&mut table, company);
                }
            }
            table.write(out)?;
        }
        ListFormat::Csv => {
            let mut companies = Vec::new();
            while let Some(page) = pages.next().await? {
                companies.extend(page);
            }
            count = companies.len();
            if exported(listing) {
                let rows = companies.into_iter().map(|company| (None, company));
                out.write_all(csv(listing, rows)?.as_bytes())?;
            } else {
                listing.write(&companies, out)?;
            }
        }
    }
    Ok(count)
}

fn csv<T: TableRow>(
    listing: &Listing<T>,
    rows: impl Iterator<Item = (Option<String>, Company)>,
) -> Result<String, CliError> {
    let text = export::companies(rows, listing.delimiter());
    text.ok_or_else(|| CliError::Output(io::Error::other("no table can be made")))
}

/// The companies that were asked for, in their order.
fn pages(client: &Client, args: &List, listing: &Arc<Listing<Company>>) -> Pages {
    let search = args.list.search.as_deref().map(one_line).unwrap_or_default().into_owned();
    let sort = of_screen(args);
    let (searched, order_by) = (!search.trim().is_empty(), sort.and_then(order_by));
    let by_roster = searched || sort.is_some();
    // Where the server finds or orders otherwise than the screen, its first rows are not the first ones; the screen has
    // unlinked companies last.
    let unlinked = args.status.is_empty() || args.status.contains(&CompanyState::Unlinked);
    let all = searched || sort.is_some() && (order_by.is_none() || unlinked) || listing.narrows();
    let most = if all { usize::MAX } else { args.list.most() };
    let pages = Pages::follow(client.clone(), filter(args, clock::now()), order_by, most);
    if !by_roster && !listing.narrows() {
        return pages;
    }
    let listing = Arc::clone(listing);
    Pages::fetched_by(|to| async move {
        let (mut companies, mut lacks) = pages.all().await?;
        if by_roster {
            companies = arranged(companies, &search, sort);
        }
        let (companies, more) = listing.arrange(companies);
        lacks.extend(more);
        // A reader who has gone is told by the writer.
        let _ = to.send(companies).await;
        Ok(lacks)
    })
}

/// As the list on the screen has them.
fn arranged(companies: Vec<Company>, search: &str, sort: Option<Sort>) -> Vec<Company> {
    let mut roster = Roster::new(Lang::En);
    roster.upsert(&ProfileId::new("the one asked"), companies);
    roster.set_query(Query { search: search.to_owned(), sort, ..Query::default() });
    roster.shown().iter().filter_map(|row| roster.read(*row)).map(|(_, company)| company).collect()
}

/// The contract's filter: `(state = ACTIVE OR state = PENDING) AND seats.filled = UNKNOWN`.
fn filter(args: &List, now: Timestamp) -> Option<String> {
    let states: Vec<_> = args.status.iter().map(|status| format!("state = {}", status.as_str())).collect();
    let unknown = args.unknown.iter().map(|figure| match figure {
        Unknown::Seats => "seats.filled = UNKNOWN".to_owned(),
        Unknown::Owners => "owners.confirmed = UNKNOWN".to_owned(),
    });
    let unknown: Vec<_> = unknown.collect();
    let before = |days: u32| now.checked_sub(SignedDuration::from_hours(i64::from(days) * 24)).unwrap_or(now);
    let older = args.older_than.map(|days| format!("facts.as_of < {}", before(days)));
    let parts = [any(&states), any(&unknown), older];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    Some(parts.join(" AND ")).filter(|filter| !filter.is_empty())
}

/// One of these.
fn any(tests: &[String]) -> Option<String> {
    match tests {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("({})", several.join(" OR "))),
    }
}

/// The same order in the contract's words; none where it has no such order.
fn order_by(sort: Sort) -> Option<String> {
    let field = match sort.column {
        Column::Name => "name",
        Column::Status => "state",
        Column::Seats => "seats.filled",
        // The screen goes by the share that is done, by those who are invited too, and by urgency.
        Column::Setup | Column::Owners | Column::Attention => return None,
    };
    let direction = if sort.descending { " desc" } else { "" };
    Some(if field == "name" { format!("name{direction}") } else { format!("{field}{direction}, name") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::company::CompanyState;

    #[test]
    fn filters_are_written_in_the_contracts_language() {
        let mut args = List::default();
        let now = "2026-11-28T09:30:00Z".parse().unwrap();
        let written = |args: &List| filter(args, now).unwrap_or_default();
        assert_eq!(written(&args), "");
        args.status = vec![CompanyState::Active];
        assert_eq!(written(&args), "state = ACTIVE");
        args.status.push(CompanyState::Unlinked);
        assert_eq!(written(&args), "(state = ACTIVE OR state = UNLINKED)");
        args = List { unknown: vec![Unknown::Seats, Unknown::Owners], older_than: Some(30), ..List::default() };
        let unknown = "(seats.filled = UNKNOWN OR owners.confirmed = UNKNOWN)";
        assert_eq!(written(&args), format!("{unknown} AND facts.as_of < 2026-10-29T09:30:00Z"));
    }

    #[test]
    fn orders_end_with_the_name() {
        let order = |text: &str| text.parse().ok().and_then(order_by);
        assert_eq!(order("-seats").as_deref(), Some("seats.filled desc, name"));
        assert_eq!(order("status").as_deref(), Some("state, name"));
        assert_eq!(order("-name").as_deref(), Some("name desc"));
        assert_eq!(order("setup"), None, "the contract orders by the number of steps, not by the share");
    }
}
