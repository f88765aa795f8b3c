//! The list of companies, followed page by page to its end.

use crate::cli::announce_retries;
use crate::cli::listing::FOR_ALL;
use crate::cli::output::{left_out, stops};
use crate::cli::progress::Progress;
use crate::client::Client;
use crate::domain::company::Company;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::paging::Paging;
use crate::domain::request::{Answer, ListCompanies, Request};
use std::collections::HashSet;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinSet;

/// Rows that are asked for at once: the most that the contract allows.
const PAGE: u32 = 1000;

/// Pages as they come: the next one is fetched while one is written, and no more than that.
pub struct Pages {
    rows: Receiver<Vec<Company>>,
    /// One task, which ends with this.
    fetch: JoinSet<Result<Vec<String>, Error>>,
    /// After the last page: what is to be said of a list that is not whole.
    pub lacks: Vec<String>,
}

impl Pages {
    /// Follows the list to its end, or to so many rows.
    pub fn follow(client: Client, filter: Option<String>, order_by: Option<String>, most: usize) -> Self {
        let page_size = u32::try_from(most).unwrap_or(PAGE).min(PAGE);
        let list = ListCompanies { page_size, page_token: None, filter, order_by, read_ahead: false };
        Self::fetched_by(move |to| async move { announce_retries(Box::pin(follow(&client, list, most, &to))).await })
    }

    /// What a task sends; it ends with what is to be said of the list.
    pub fn fetched_by<F>(fetch: impl FnOnce(Sender<Vec<Company>>) -> F) -> Self
    where
        F: Future<Output = Result<Vec<String>, Error>> + Send + 'static,
    {
        let (to, rows) = channel(1);
        Self { rows, fetch: JoinSet::from_iter([fetch(to)]), lacks: Vec::new() }
    }

    pub async fn next(&mut self) -> Result<Option<Vec<Company>>, Error> {
        if let Some(page) = self.rows.recv().await {
            return Ok(Some(page));
        }
        let died = || Error::new(Operation::ListCompanies, Cause::TaskDied, RetryAdvice::Now);
        self.lacks = self.fetch.join_next().await.and_then(Result::ok).ok_or_else(died)??;
        Ok(None)
    }

    /// All rows, and what is to be said of them.
    pub async fn all(mut self) -> Result<(Vec<Company>, Vec<String>), Error> {
        let mut companies = Vec::new();
        while let Some(page) = self.next().await? {
            companies.extend(page);
        }
        Ok((companies, self.lacks))
    }
}

/// A company that moves between pages meanwhile is taken once.
async fn follow(
    client: &Client,
    mut list: ListCompanies,
    most: usize,
    to: &Sender<Vec<Company>>,
) -> Result<Vec<String>, Error> {
    let (mut seen, mut paging) = (HashSet::new(), Paging::default());
    let (mut count, mut unreadable) = (0, 0);
    let progress = Progress::of("companies", None);
    loop {
        let Answer::Page(page) = client.perform(Request::ListCompanies(list.clone())).await? else {
            return Err(Error::new(Operation::ListCompanies, Cause::Unreadable, RetryAdvice::Never));
        };
        let rows = page.companies.len().saturating_add(page.unreadable as usize);
        let endless = |why| Error::new(Operation::ListCompanies, Cause::Endless(why), RetryAdvice::Now);
        let next = paging.next(rows, page.total, page.next).map_err(endless)?;
        unreadable += u64::from(page.unreadable);
        let mut companies: Vec<Company> = page.companies.iter().collect();
        companies.retain(|company| seen.insert(company.id.clone()));
        let more = next.is_some() || companies.len() > most - count;
        companies.truncate(most - count);
        count += companies.len();
        if let Some(total) = page.total {
            progress.total(total.min(most as u64));
        }
        progress.add(companies.len());
        if to.send(companies).await.is_err() {
            // The writer has given up, and says why.
            return Ok(Vec::new());
        }
        match next {
            Some(token) if count < most => list.page_token = Some(token),
            _ => {
                let unread = (unreadable > 0).then(|| left_out(unreadable));
                return Ok(unread.into_iter().chain(more.then(|| stops(count, page.total, FOR_ALL))).collect());
            }
        }
    }
}
