//! Reading ahead: while the core takes in one page of a long list, the next is already on its way. Without it
//! the network rests while rows are sorted in, and the other way round.

use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::request::{Answer, ListCompanies};
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use tokio::task::JoinHandle;

/// At most one page that nobody has asked for yet.
#[derive(Default)]
pub struct Ahead(Mutex<Option<Page>>);

struct Page {
    list: ListCompanies,
    task: JoinHandle<Result<Answer, Error>>,
}

impl Drop for Page {
    /// A page that nobody wants any more is given up.
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Ahead {
    /// Begins to fetch a page. Another one that was begun and not asked for is given up.
    pub fn begin(&self, list: ListCompanies, fetch: impl Future<Output = Result<Answer, Error>> + Send + 'static) {
        let page = Page { list, task: tokio::spawn(fetch) };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(page);
    }

    /// The page, if it is the one that was begun; any other that was begun is given up.
    pub async fn take(&self, list: &ListCompanies) -> Option<Result<Answer, Error>> {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut page = begun.filter(|page| page.list == *list)?;
        let died = |_| Err(Error::new(Operation::ListCompanies, Cause::TaskDied, RetryAdvice::Now));
        Some((&mut page.task).await.unwrap_or_else(died))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::request::Page;

    fn list(token: &str) -> ListCompanies {
        ListCompanies { page_token: Some(token.into()), ..ListCompanies::default() }
    }

    #[tokio::test]
    async fn the_page_that_was_begun_is_handed_out_once() {
        let ahead = Ahead::default();
        ahead.begin(list("2"), async { Ok(Answer::Page(Page::default())) });
        assert_eq!(ahead.take(&list("2")).await, Some(Ok(Answer::Page(Page::default()))));
        assert_eq!(ahead.take(&list("2")).await, None);
    }

    #[tokio::test]
    async fn another_page_than_was_begun_is_not_mistaken_for_it() {
        let ahead = Ahead::default();
        ahead.begin(list("2"), std::future::pending());
        assert_eq!(ahead.take(&list("3")).await, None);
        assert_eq!(ahead.take(&list("2")).await, None, "it was given up");
    }

    #[tokio::test]
    async fn a_fetch_that_dies_is_a_failure_and_no_panic() {
        let ahead = Ahead::default();
        ahead.begin(list("2"), async { panic!("as a fault would") });
        let error = ahead.take(&list("2")).await.unwrap().unwrap_err();
        assert_eq!(error.cause, Cause::TaskDied);
    }
}
