//! `mspdash companies list`: pages, filter and order.

use super::args::List;
use super::desk::{Desk, End, left_out, stops};
use super::record::CompanyRecord;
use super::{list_file, table};
use crate::api::Client;
use crate::domain::company::Company;
use crate::domain::paging::Paging;
use crate::domain::request::{Answer, ListCompanies, Request};
use crate::domain::trouble::{Because, Retry, Trouble, What};
use std::collections::HashSet;

/// Rows that are asked for at once: the most that the contract allows.
const PAGE: u32 = 1000;

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

/// Follows the pages to the end or to the limit. A company that moves between pages meanwhile is taken once.
pub(super) async fn collect(client: &Client, args: &List) -> Result<Found, Trouble> {
    let most = args.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let page_size = args.limit.map_or(PAGE, |limit| u32::try_from(limit).unwrap_or(PAGE).min(PAGE));
    let mut ask = ListCompanies {
        page_size,
        page_token: None,
        filter: filter(args),
        order_by: order_by(args),
        read_ahead: false,
    };
    let mut found = Found { companies: Vec::new(), unreadable: 0, more: None };
    let (mut seen, mut paging) = (HashSet::new(), Paging::default());
    loop {
        let Answer::Page(page) = client.perform(Request::Companies(ask.clone())).await? else {
            return Err(Trouble::new(What::ListCompanies, Because::Unreadable, Retry::Never));
        };
        let rows = page.companies.len().saturating_add(page.unreadable as usize);
        found.unreadable += u64::from(page.unreadable);
        found.companies.extend(page.companies.into_iter().filter(|company| seen.insert(company.id.clone())));
        let endless = |why| Trouble::new(What::ListCompanies, Because::Endless(why), Retry::Now);
        match paging.next(rows, page.total, page.next).map_err(endless)? {
            Some(next) if found.companies.len() < most => ask.page_token = Some(next),
            next => {
                let more = next.is_some() || found.companies.len() > most;
                found.companies.truncate(most);
                let said = || stops(found.companies.len(), page.total, "for all of them leave out --limit");
                found.more = more.then(said);
                break;
            }
        }
    }
    Ok(found)
}

/// The contract's filter: `(state = ACTIVE OR state = PENDING) AND name : "bright"`.
fn filter(args: &List) -> Option<String> {
    let states: Vec<_> = args.status.iter().map(|status| format!("state = {}", status.word())).collect();
    let states = match states.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("({})", several.join(" OR "))),
    };
    let search = args.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let search = search.map(|text| format!("name : {}", quoted(text)));
    let parts: Vec<_> = states.into_iter().chain(search).collect();
    Some(parts.join(" AND ")).filter(|filter| !filter.is_empty())
}

/// Text in the quotes of the filter language: nothing in it can end them early.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

fn order_by(args: &List) -> Option<String> {
    let order = args.sort?;
    let direction = if order.down { " desc" } else { "" };
    let field = order.key.field();
    Some(if field == "name" { format!("name{direction}") } else { format!("{field}{direction}, name") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Order, SortKey, Status};

    #[test]
    fn filters_are_written_in_the_contracts_language() {
        let mut args = List::default();
        assert_eq!(filter(&args), None);
        args.search = Some(r#" a "b\c "#.into());
        assert_eq!(filter(&args).as_deref(), Some(r#"name : "a \"b\\c""#));
        args.status = vec![Status::Active];
        assert_eq!(filter(&args).as_deref(), Some(r#"state = ACTIVE AND name : "a \"b\\c""#));
        args.status.push(Status::Unlinked);
        args.search = Some("  ".into());
        assert_eq!(filter(&args).as_deref(), Some("(state = ACTIVE OR state = UNLINKED)"));
    }

    #[test]
    fn orders_end_with_the_name() {
        let order = |text: &str| order_by(&List { sort: text.parse::<Order>().ok(), ..List::default() });
        assert_eq!(order("-seats").as_deref(), Some("seats.filled desc, name"));
        assert_eq!(order("status").as_deref(), Some("state, name"));
        assert_eq!(order("-name").as_deref(), Some("name desc"));
        assert_eq!(order("nonsense"), None);
        assert_eq!(SortKey::ALL.len(), 5);
    }
}
