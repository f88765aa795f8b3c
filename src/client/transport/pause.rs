//! Waits between two tries, for whoever wants to hear of them: a person must not be left to guess why nothing
//! happens, and may have better things to do than wait.

use crate::domain::error::{Error, Pause};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// Waits up to this are nobody's news.
const UNTOLD: Duration = Duration::from_secs(1);

tokio::task_local! {
    /// Whoever hears of the waits of the call that this task carries out. Kept with the task and not handed from
    /// function to function: only the wait itself, far down, has to know.
    static LISTENER: Listener;
}

/// Hears of the waits of one call, and may end them.
#[derive(Clone)]
pub struct Listener {
    tell: Arc<dyn Fn(Option<Pause>) + Send + Sync>,
    hurry: Arc<Notify>,
    give_up: Arc<Notify>,
}

impl Listener {
    /// Is told when a wait begins, and `None` when it is over.
    pub fn new(tell: impl Fn(Option<Pause>) + Send + Sync + 'static) -> Self {
        Self { tell: Arc::new(tell), hurry: Arc::default(), give_up: Arc::default() }
    }

    /// Carries out a call, or several, whose waits are heard of.
    pub async fn hear<T>(self, work: impl Future<Output = T>) -> T {
        LISTENER.scope(self, work).await
    }

    /// Ends the wait, if there is one: the next try begins now, or there is none. A try under way is not touched, so
    /// that nothing is given up half done.
    pub fn end(&self, again: bool) {
        if again { &self.hurry } else { &self.give_up }.notify_waiters();
    }

    /// Whoever hears of the waits of this task.
    fn here() -> Option<Self> {
        LISTENER.try_with(Clone::clone).ok()
    }
}

/// Waits for the next try. Answers whether there shall be one.
pub async fn pause(wait: Duration, error: impl FnOnce() -> Error) -> bool {
    let Some(listener) = Listener::here().filter(|_| wait > UNTOLD) else {
        tokio::time::sleep(wait).await;
        return true;
    };
    (listener.tell)(Some(Pause { wait, error: error() }));
    let again = tokio::select! {
        () = tokio::time::sleep(wait) => true,
        () = listener.hurry.notified() => true,
        () = listener.give_up.notified() => false,
    };
    (listener.tell)(None);
    again
}
