//! One question for many who wait for its answer.

use crate::domain::error::Error;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Mutex;

/// A value that is fetched by one caller at a time. Those who wait meanwhile share what comes out, a failure
/// too: fifty calls to a dead server are one sign-in, not fifty in a row. If the one who fetches is dropped,
/// the next in line fetches.
pub struct SingleFlight<T> {
    slot: Mutex<Slot<T>>,
    /// How many fetches have ended.
    ended: AtomicU64,
}

struct Slot<T> {
    value: Option<T>,
    /// The last failure and the number of the fetch that it ended.
    failed: Option<(u64, Error)>,
}

impl<T> Default for SingleFlight<T> {
    fn default() -> Self {
        Self { slot: Mutex::new(Slot { value: None, failed: None }), ended: AtomicU64::new(0) }
    }
}

impl<T: Clone> SingleFlight<T> {
    /// The value if it is good enough; else what `fetch` brings. `fetch` is only polled when it is needed.
    pub async fn get(
        &self,
        good: impl Fn(&T) -> bool,
        fetch: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let arrived = self.ended.load(Ordering::Acquire);
        let mut slot = self.slot.lock().await;
        if let Some(value) = slot.value.as_ref().filter(|value| good(value)) {
            return Ok(value.clone());
        }
        if let Some((number, error)) = &slot.failed
            && *number > arrived
        {
            return Err(error.clone());
        }
        let outcome = fetch.await;
        let number = self.ended.fetch_add(1, Ordering::AcqRel) + 1;
        match &outcome {
            Ok(value) => *slot = Slot { value: Some(value.clone()), failed: None },
            Err(error) => slot.failed = Some((number, error.clone())),
        }
        outcome
    }

    /// The value that was fetched last.
    pub async fn peek(&self) -> Option<T> {
        self.slot.lock().await.value.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::error::{Cause, Operation, RetryAdvice};
    use std::sync::Arc;
    use tokio::sync::Notify;

    fn a_failure() -> Error {
        Error::new(Operation::SignIn, Cause::NotSignedIn, RetryAdvice::Never)
    }

    #[tokio::test]
    async fn all_who_waited_share_one_failure_and_later_ones_ask_again() {
        let flight = SingleFlight::<u32>::default();
        let asked = AtomicU64::new(0);
        let fail = async || {
            let ask = async {
                asked.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                Err(a_failure())
            };
            flight.get(|_| true, ask).await
        };
        let (a, b, c) = tokio::join!(fail(), fail(), fail());
        assert_eq!((a, b, c), (Err(a_failure()), Err(a_failure()), Err(a_failure())));
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        assert!(fail().await.is_err());
        assert_eq!(asked.load(Ordering::SeqCst), 2);
        assert_eq!(flight.get(|_| true, async { Ok(7) }).await, Ok(7));
        assert_eq!(flight.get(|_| true, async { Ok(8) }).await, Ok(7));
        assert_eq!(flight.get(|_| false, async { Ok(8) }).await, Ok(8));
    }

    #[tokio::test]
    async fn the_next_in_line_takes_over_when_the_first_is_dropped() {
        let flight = Arc::new(SingleFlight::<u32>::default());
        let entered = Arc::new(Notify::new());
        let first = tokio::spawn({
            let (flight, entered) = (flight.clone(), entered.clone());
            async move {
                let hang = async {
                    entered.notify_one();
                    std::future::pending().await
                };
                flight.get(|_| true, hang).await
            }
        });
        entered.notified().await;
        let second = tokio::spawn(async move { flight.get(|_| true, async { Ok(2) }).await });
        first.abort();
        assert_eq!(second.await.unwrap(), Ok(2));
    }
}
