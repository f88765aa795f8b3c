//! `mspdash companies list`: pages, filter and order. What is searched for and how it is ordered is worked out as the
//! screen does it, so that both show the same, whatever the server is.

use super::args::List;
use super::desk::{Desk, End, left_out, stops};
use super::record::CompanyRecord;
use super::{list_file, table};
use crate::client::Client;
use crate::domain::company::Company;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::ProfileId;
use crate::domain::lang::Lang;
use crate::domain::paging::Paging;
use crate::domain::request::{Answer, ListCompanies, Request};
use crate::domain::roster::{Column, Query, Roster, Sort};
use crate::domain::text::one_line;
use std::collections::HashSet;

/// Rows that are asked for at once: the most that the contract allows.
const PAGE: u32 = 1000;
const FOR_ALL: &str = "for all of them leave out --limit";

pub(super) async fn run(args: &List, desk: &mut Desk<'_>) -> Result<(), End> {
    list_file::look(args)?;
    let found = collect(&desk.client, args).await?;
    let records: Vec<CompanyRecord<'_>> = found.companies.iter().map(Into::into).collect();
    let rows: Vec<_> = found.companies.iter().map(|company| (None, company)).collect();
    list_file::write(args, &mut desk.outside, &rows, &records, || table::list(&found.companies))?;
    for said in found.lacks() {
        desk.tell(&said);
    }
    Ok(())
}

pub(super) struct Found {
    pub companies: Vec<Company>,
    unreadable: u64,
    /// What is to be said where there are more than were asked for.
    more: Option<String>,
}

impl Found {
    /// What is to be said of a list that is not whole.
    pub fn lacks(&self) -> Vec<String> {
        let unreadable = (self.unreadable > 0).then(|| left_out(self.unreadable));
        unreadable.into_iter().chain(self.more.clone()).collect()
    }
}

/// The companies that were asked for, in their order.
pub(super) async fn collect(client: &Client, args: &List) -> Result<Found, Error> {
    let most = args.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let search = args.search.as_deref().map(one_line).unwrap_or_default();
    let (searched, order_by) = (!search.trim().is_empty(), args.sort.and_then(order_by));
    // Where the server finds or orders otherwise than the screen, its first rows are not the first ones.
    let all = searched || args.sort.is_some() && order_by.is_none();
    let mut found = pages(client, filter(args), order_by, if all { usize::MAX } else { most }).await?;
    if searched || args.sort.is_some() {
        found.companies = arranged(found.companies, &search, args.sort);
    }
    let count = found.companies.len();
    if count > most {
        found.companies.truncate(most);
        found.more = Some(stops(most, Some(count as u64), FOR_ALL));
    }
    Ok(found)
}

/// Follows the pages to the end or to so many rows. A company that moves between pages meanwhile is taken once.
pub(super) async fn pages(
    client: &Client,
    filter: Option<String>,
    order_by: Option<String>,
    most: usize,
) -> Result<Found, Error> {
    let page_size = u32::try_from(most).unwrap_or(PAGE).min(PAGE);
    let mut ask = ListCompanies { page_size, page_token: None, filter, order_by, read_ahead: false };
    let mut found = Found { companies: Vec::new(), unreadable: 0, more: None };
    let (mut seen, mut paging) = (HashSet::new(), Paging::default());
    loop {
        let Answer::Page(page) = client.perform(Request::Companies(ask.clone())).await? else {
            return Err(Error::new(Operation::ListCompanies, Cause::Unreadable, RetryAdvice::Never));
        };
        let rows = page.companies.len().saturating_add(page.unreadable as usize);
        found.unreadable += u64::from(page.unreadable);
        found.companies.extend(page.companies.into_iter().filter(|company| seen.insert(company.id.clone())));
        let endless = |why| Error::new(Operation::ListCompanies, Cause::Endless(why), RetryAdvice::Now);
        match paging.next(rows, page.total, page.next).map_err(endless)? {
            Some(next) if found.companies.len() < most => ask.page_token = Some(next),
            next => {
                let more = next.is_some() || found.companies.len() > most;
                found.companies.truncate(most);
                let said = || stops(found.companies.len(), page.total, FOR_ALL);
                found.more = more.then(said);
                break;
            }
        }
    }
    Ok(found)
}

/// As the list on the screen has them.
fn arranged(companies: Vec<Company>, search: &str, sort: Option<Sort>) -> Vec<Company> {
    let mut roster = Roster::new(Lang::En);
    roster.upsert(&ProfileId::new("the one asked"), companies);
    roster.set_query(Query { search: search.to_owned(), sort, ..Query::default() });
    roster.shown().iter().filter_map(|row| roster.read(*row)).map(|(_, company)| company).collect()
}

/// The contract's filter: `(state = ACTIVE OR state = PENDING)`.
fn filter(args: &List) -> Option<String> {
    let states: Vec<_> = args.status.iter().map(|status| format!("state = {}", status.word())).collect();
    match states.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("({})", several.join(" OR "))),
    }
}

/// Text in the quotes of the filter language: nothing in it can end them early.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
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
    use crate::cli::args::Status;

    #[test]
    fn filters_are_written_in_the_contracts_language() {
        let mut args = List::default();
        assert_eq!(filter(&args), None);
        args.status = vec![Status::Active];
        assert_eq!(filter(&args).as_deref(), Some("state = ACTIVE"));
        args.status.push(Status::Unlinked);
        assert_eq!(filter(&args).as_deref(), Some("(state = ACTIVE OR state = UNLINKED)"));
        assert_eq!(quoted(r#"a "b\c"#), r#""a \"b\\c""#);
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
