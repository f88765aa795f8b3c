//! The feed of one MSP account, as far as it was loaded.

use crate::app::core::remote::{Phase, Remote};
use crate::app::effect::Ticket;
use crate::app::features::activity::REFRESH;
use crate::domain::activity::{ActivityPage, Event};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::{EventId, ProfileId};
use crate::domain::paging::{Endless, Paging};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The feed of one account, newest first, as far as it was loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountFeed {
    pub profile: ProfileId,
    pub shown: bool,
    /// When its beginning was asked for last; none is now.
    pub asked_at: Option<Timestamp>,
    /// The events so far.
    pub events: Remote<Vec<Event>>,
    /// Where to go on; `None` at the end.
    pub next: Option<String>,
    pub total: Option<u64>,
    /// It failed, and has not answered since: the others do not wait for it.
    pub down: bool,
    /// Going on failed last time: its older events are missing, and the others do not wait for them.
    pub behind: bool,
    pub paging: Paging,
    /// Events that could not be read.
    pub left_out: u32,
}

impl AccountFeed {
    /// Of this account nothing is loaded yet.
    pub fn new(profile: ProfileId) -> Self {
        Self {
            profile,
            shown: true,
            asked_at: None,
            events: Remote::default(),
            next: None,
            total: None,
            down: false,
            behind: false,
            paging: Paging::default(),
            left_out: 0,
        }
    }

    /// The merged feed must not go on below its end: it has more, and it answers.
    pub fn bounds(&self) -> bool {
        self.next.is_some() && !self.behind && !self.down
    }

    /// Nothing is under way, and the last answer was good.
    pub fn idle(&self) -> bool {
        self.events.phase == Phase::Idle
    }

    /// Down to when it is loaded; nothing loaded is the newest.
    pub fn tail(&self) -> Timestamp {
        let events = self.events.value().map_or(&[][..], Vec::as_slice);
        events.iter().rev().find_map(|event| event.time).unwrap_or(Timestamp::MAX)
    }

    /// When its beginning is to be asked for; `None` while an answer is waited for.
    pub fn due(&self, now: Timestamp) -> Option<Timestamp> {
        REFRESH.due(&self.events, self.asked_at, now).filter(|_| self.events.waiting().is_none())
    }

    /// Takes the answer to a question for its beginning, or for what comes below the last page, of which so many
    /// events could not be read.
    pub fn settle(
        &mut self,
        ticket: Ticket,
        now: Timestamp,
        more: bool,
        page: Result<ActivityPage, Error>,
        left_out: u32,
    ) {
        let events =
            page.and_then(|page| if more { self.take_more(page, left_out) } else { self.take_newest(page, left_out) });
        self.down = events.is_err();
        if more {
            self.behind = self.down;
        }
        self.events.settle(ticket, now, events);
        self.events.leave_out(self.left_out);
    }

    /// Takes the newest page: new events come on top. A page that does not reach down to what is there replaces it:
    /// a gap would be a lie.
    fn take_newest(&mut self, page: ActivityPage, left_out: u32) -> Result<Vec<Event>, Error> {
        self.total = page.total;
        let old = self.events.value().map_or(&[][..], Vec::as_slice);
        let known: BTreeSet<&EventId> = old.iter().map(|event| &event.id).collect();
        let reaches = page.events.iter().any(|event| known.contains(&event.id));
        if !reaches {
            self.paging = Paging::default();
            self.next = self.paging.next(page.events.len(), page.total, page.next).map_err(endless)?;
            self.behind = false;
            self.left_out = left_out;
            return Ok(page.events);
        }
        // Those that could not be read are likely the same as before; how many of them are new cannot be known.
        self.left_out = self.left_out.max(left_out);
        let fresh = page.events.iter().filter(|event| !known.contains(&event.id));
        Ok(fresh.chain(old).cloned().collect())
    }

    /// Takes the page that goes on where the last one ended.
    fn take_more(&mut self, page: ActivityPage, left_out: u32) -> Result<Vec<Event>, Error> {
        let mut all = self.events.value().cloned().unwrap_or_default();
        let known: BTreeSet<EventId> = all.iter().map(|event| event.id.clone()).collect();
        let before = all.len();
        all.extend(page.events.into_iter().filter(|event| !known.contains(&event.id)));
        // A page of events that are there already is as good as an empty one.
        self.next = self.paging.next(all.len() - before, page.total, page.next).map_err(endless)?;
        self.total = page.total.or(self.total);
        self.left_out = self.left_out.saturating_add(left_out);
        Ok(all)
    }
}

fn endless(endless: Endless) -> Error {
    Error::new(Operation::LoadActivity, Cause::Endless(endless), RetryAdvice::Now)
}
