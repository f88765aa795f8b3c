//! Reading ahead: while the core takes in one page of a long list, the next ones are on their way. The server, the
//! reading of rows and the core then work at the same time.

use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::request::ListCompanies;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// Pages that lie ready. One more is read meanwhile, and one more fetched.
const READY: usize = 1;

/// Hears of the token of the next page as soon as it is known, and once: from the `Link` header while the rows are still
/// on their way, else from the body before they are read.
#[derive(Clone, Default)]
pub struct GoOn(Arc<Mutex<Option<Listener>>>);

type Listener = Box<dyn FnOnce(String) + Send>;

impl GoOn {
    pub fn new(listener: impl FnOnce(String) + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Some(Box::new(listener)))))
    }

    pub fn tell(&self, token: &str) {
        let listener = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(listener) = listener {
            listener(token.to_owned());
        }
    }

    /// Whether nobody waits for it any more.
    pub fn told(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}

impl fmt::Debug for GoOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GoOn").field("told", &self.told()).finish_non_exhaustive()
    }
}

/// The pages of one list that nobody has asked for yet.
pub struct Prefetch<T>(Mutex<Option<mpsc::Receiver<Page<T>>>>);

struct Page<T> {
    list: ListCompanies,
    task: JoinHandle<Result<T, Error>>,
}

impl<T> Default for Prefetch<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Drop for Page<T> {
    /// A page that nobody wants any more is given up.
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl<T: Send + 'static> Prefetch<T> {
    /// Begins to follow a list from this page on. Another one that was followed is given up.
    pub fn begin<F>(&self, first: ListCompanies, fetch: impl Fn(ListCompanies, GoOn) -> F + Send + 'static)
    where
        F: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let (pages, ready) = mpsc::channel(READY);
        tokio::spawn(follow(first, fetch, pages));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(ready);
    }

    /// The page, if it is the next of the list that is followed; any other list is given up.
    pub async fn take(&self, list: &ListCompanies) -> Option<Result<T, Error>> {
        let mut ready = self.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let mut page = ready.recv().await.filter(|page| page.list == *list)?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(ready);
        let died = |_| Err(Error::new(Operation::ListCompanies, Cause::TaskDied, RetryAdvice::Now));
        Some((&mut page.task).await.unwrap_or_else(died))
    }
}

/// Ends with the list, with a page that fails, or when nobody waits for the pages any more.
async fn follow<T, F>(mut list: ListCompanies, fetch: impl Fn(ListCompanies, GoOn) -> F, pages: mpsc::Sender<Page<T>>)
where
    T: Send + 'static,
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    loop {
        let (token, next) = oneshot::channel();
        let go_on = GoOn::new(|next| {
            let _nobody_waits = token.send(next);
        });
        let page = Page { list: list.clone(), task: tokio::spawn(fetch(list.clone(), go_on)) };
        if pages.send(page).await.is_err() {
            return;
        }
        let Ok(token) = next.await else { return };
        list.page_token = Some(token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(token: &str) -> ListCompanies {
        ListCompanies { page_token: Some(token.into()), ..ListCompanies::default() }
    }

    /// Pages 2 to 4; each is its own token.
    async fn page(list: ListCompanies, go_on: GoOn) -> Result<String, Error> {
        let token = list.page_token.unwrap_or_default();
        if let Some(next) = ["2", "3", "4"].windows(2).find(|pair| pair[0] == token) {
            go_on.tell(next[1]);
        }
        Ok(token)
    }

    #[tokio::test]
    async fn the_pages_of_the_list_are_handed_out_once_and_in_order() {
        let prefetch = Prefetch::default();
        prefetch.begin(list("2"), page);
        for token in ["2", "3", "4"] {
            assert_eq!(prefetch.take(&list(token)).await, Some(Ok(token.to_owned())));
        }
        assert_eq!(prefetch.take(&list("4")).await, None);
    }

    #[tokio::test]
    async fn another_page_than_the_next_is_not_mistaken_for_it() {
        let prefetch = Prefetch::<String>::default();
        prefetch.begin(list("2"), |_, _| std::future::pending());
        assert_eq!(prefetch.take(&list("3")).await, None);
        assert_eq!(prefetch.take(&list("2")).await, None, "the list was given up");
    }

    #[tokio::test]
    async fn a_fetch_that_dies_is_a_failure_and_no_panic() {
        let prefetch = Prefetch::<String>::default();
        prefetch.begin(list("2"), |_, _| async { panic!("as a fault would") });
        let error = prefetch.take(&list("2")).await.unwrap().unwrap_err();
        assert_eq!(error.cause, Cause::TaskDied);
        assert_eq!(prefetch.take(&list("3")).await, None);
    }
}
