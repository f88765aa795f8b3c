//! How the list stands to the server's: the first load, page by page, then only what changed.

use crate::app::effect::Ticket;
use crate::domain::error::{Error, RetryAdvice};
use crate::domain::paging::Paging;
use jiff::{SignedDuration, Timestamp};

/// Between two questions for changes while all is well, in seconds.
pub const POLL_SECONDS: i64 = 30;

/// Longest wait between two tries while nothing works, in seconds.
const LONGEST_BACKOFF: i64 = 30;

/// The longest that a server is asked to hold a question back, in seconds (contract: `companies:changes`).
const LONGEST_HOLD: u32 = 45;

/// Between two questions that a server holds back while one thing after the other changes, in milliseconds.
const BREATH: i64 = 500;

/// So long after its time a held question is given up, in seconds. The client gives up before, unless the machine
/// slept: its timers stood still meanwhile.
const GIVEN_UP: i64 = 15;

/// How the list stands to the server's.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a refresh, no state that they could hide")]
pub struct Sync {
    /// What is under way, or how the last try ended.
    pub phase: Phase,
    /// The load that answers are taken from; answers to older ones are dropped.
    pub ticket: Option<Ticket>,
    /// There is a server to talk to; it may still fail to answer.
    pub connected: bool,
    /// From where to ask for changes.
    pub change_token: Option<String>,
    /// When the list was last known to be the server's; in this run or, out of the cache, in one before.
    pub synced_at: Option<Timestamp>,
    /// The list was the server's at some moment of this run.
    pub fresh: bool,
    /// Companies of an earlier run are in the list. As long as it is not fresh, nothing is destroyed on their word.
    pub kept: bool,
    /// Tries that failed in a row.
    pub failures: u32,
    /// When to try or to ask again.
    pub due: Option<Timestamp>,
    /// Rows received in this load.
    pub received: u64,
    /// Rows to expect in this load.
    pub total: Option<u64>,
    /// Rows of this load that could not be read.
    pub unreadable: u32,
    /// The token of the page asked for last.
    pub last_page: Option<String>,
    /// How far the pages of this load, or of what changed, were followed.
    pub paging: Paging,
    /// Somebody pressed a key for this question: it is shown from its first moment on.
    pub by_hand: bool,
    /// For how many seconds the server holds a question back until something changes; 0: it does not, and is polled.
    pub max_hold: u32,
    /// Since when the server holds one back.
    pub held: Option<Timestamp>,
    /// Held questions in a row that were answered before their time, with nothing.
    pub early: u32,
}

/// What is under way, or how the last try ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Getting a server to talk to.
    Connecting,
    /// Loading the list.
    Loading,
    /// The list is the server's.
    Live,
    /// The list is the server's as far as we know; asking for changes.
    Asking,
    /// The last try failed. What is on the screen stays.
    Failed(Box<Error>),
}

impl Default for Sync {
    fn default() -> Self {
        Self {
            phase: Phase::Connecting,
            ticket: None,
            connected: false,
            change_token: None,
            synced_at: None,
            fresh: false,
            kept: false,
            failures: 0,
            due: None,
            received: 0,
            total: None,
            unreadable: 0,
            last_page: None,
            paging: Paging::default(),
            by_hand: false,
            max_hold: 0,
            held: None,
            early: 0,
        }
    }
}

impl Sync {
    /// Something is under way that a refresh would only repeat.
    pub fn busy(&self) -> bool {
        matches!(self.phase, Phase::Connecting | Phase::Loading | Phase::Asking)
    }

    /// Why the last try failed.
    pub fn error(&self) -> Option<&Error> {
        match &self.phase {
            Phase::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// A whole load begins.
    pub fn begin_load(&mut self) {
        self.phase = Phase::Loading;
        self.change_token = None;
        self.received = 0;
        self.total = None;
        self.unreadable = 0;
        self.last_page = None;
        self.paging = Paging::default();
        self.due = None;
    }

    /// What the server offers for questions about changes. One that is known to be live is asked at once.
    pub fn offer(&mut self, now: Timestamp, max_wait: u32) {
        self.max_hold = max_wait.min(LONGEST_HOLD);
        if self.max_hold > 0 && self.phase == Phase::Live && self.held.is_none() {
            self.due = Some(now);
        }
    }

    /// The server holds this question back from now on.
    pub fn hold(&mut self, now: Timestamp, ticket: Ticket) {
        self.ticket = Some(ticket);
        self.held = Some(now);
        self.due = later(now, i64::from(self.max_hold) + GIVEN_UP);
    }

    /// When to ask again after a held question was answered, with news or without. A server that answers with nothing
    /// before its time, because it stops or holds too many, must not be asked in a loop.
    fn after_held(&mut self, now: Timestamp, asked: Timestamp, news: bool) -> Option<Timestamp> {
        // A second less than asked for may be the clocks'.
        let in_time = now.duration_since(asked).as_secs() >= i64::from(self.max_hold) - 1 || now < asked;
        self.early = if news || in_time { 0 } else { self.early.saturating_add(1) };
        match self.early {
            0 if news => asked.checked_add(SignedDuration::from_millis(BREATH)).ok().map(|next| next.max(now)),
            0 => Some(now),
            early => later(now, backoff(early)),
        }
    }

    /// All is well; ask again in a while, or at once where the server holds the question back. `held` is since when it
    /// held back the one that was answered, if it did, and whether there were news.
    pub fn succeed(&mut self, now: Timestamp, held: Option<(Timestamp, bool)>) {
        self.phase = Phase::Live;
        self.ticket = None;
        self.paging = Paging::default();
        self.by_hand = false;
        self.failures = 0;
        self.synced_at = Some(now);
        self.fresh = true;
        self.due = match held {
            _ if self.max_hold == 0 => later(now, POLL_SECONDS),
            Some((asked, news)) => self.after_held(now, asked, news),
            None => Some(now),
        };
    }

    /// It failed; try again after a pause that doubles, or when the server says.
    pub fn fail(&mut self, now: Timestamp, error: Error) {
        self.failures = self.failures.saturating_add(1);
        self.ticket = None;
        self.paging = Paging::default();
        self.by_hand = false;
        self.held = None;
        let own = later(now, backoff(self.failures));
        self.due = match error.retry {
            // A moment that has passed (a wait of nothing, a clock that is off) must not become a loop.
            RetryAdvice::At(moment) => own.map(|soonest| moment.max(soonest)),
            RetryAdvice::Now | RetryAdvice::Never => own,
        };
        self.phase = Phase::Failed(Box::new(error));
    }
}

/// The pause after so many failures in a row, in seconds: it doubles.
fn backoff(failures: u32) -> i64 {
    1_i64.checked_shl(failures.min(6)).unwrap_or(LONGEST_BACKOFF).min(LONGEST_BACKOFF)
}

pub use crate::app::core::refresh::later;

#[cfg(test)]
mod tests {
    use crate::app::features::sync::*;
    use crate::domain::error::{Cause, Operation};
    use jiff::Timestamp;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_pause_doubles_and_is_bounded() {
        let mut sync = Sync::default();
        let error = Error::new(Operation::Changes, Cause::TimedOut { seconds: 10 }, RetryAdvice::Now);
        let mut pauses = Vec::new();
        for _ in 0..7 {
            sync.fail(at(0), error.clone());
            pauses.push(sync.due.unwrap().as_second());
        }
        assert_eq!(pauses, [2, 4, 8, 16, 30, 30, 30]);
        sync.succeed(at(100), None);
        assert_eq!((sync.failures, sync.due), (0, Some(at(130))));
    }

    #[test]
    fn a_server_that_names_a_moment_is_obeyed() {
        let mut sync = Sync::default();
        sync.fail(at(0), Error::new(Operation::Changes, Cause::TooManyRequests, RetryAdvice::At(at(77))));
        assert_eq!(sync.due, Some(at(77)));
        for (passed, pause) in [(-1_000, 4), (0, 8), (1, 16), (2, 30), (3, 30)] {
            sync.fail(at(0), Error::new(Operation::Changes, Cause::TooManyRequests, RetryAdvice::At(at(passed))));
            assert_eq!(sync.due, Some(at(pause)), "asking at once again would be a loop");
        }
    }
}
