//! A stretch of the audit trail over one or several MSP accounts: each account's events are paged for themselves and
//! merged by time, newest first, down to where all that answer are loaded. Below that there would be gaps.

use crate::app::core::selection::Selection;
use crate::app::features::activity::account_feed::AccountFeed;
use crate::app::features::activity::{EventKey, Narrow};
use crate::domain::activity::Event;
use crate::domain::id::{CompanyKey, ProfileId};
use jiff::Timestamp;

/// So many rows before the end of what is loaded the next page is asked for.
pub const AHEAD: usize = 20;

/// A stretch of the audit trail, newest first, as far as it was loaded.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActivityFeed {
    pub narrow: Narrow,
    /// What each account answered, in the order of the accounts; none before the first look.
    pub accounts: Vec<AccountFeed>,
    /// The rows: events of the feeds that are shown, merged. Kept, never worked out while drawing.
    pub rows: Vec<Row>,
    /// The event under the cursor; until it is moved it stands on the first row when an account joins.
    pub selection: Selection<EventKey>,
}

/// Where a row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub account_feed: usize,
    pub at: usize,
}

impl ActivityFeed {
    /// What stands in this row, and whose it is.
    pub fn event(&self, row: usize) -> Option<(&ProfileId, &Event)> {
        let place = self.rows.get(row)?;
        let account_feed = self.accounts.get(place.account_feed)?;
        Some((&account_feed.profile, account_feed.events.value()?.get(place.at)?))
    }

    /// The event under the cursor; the first when nobody has moved it.
    pub fn selected(&self) -> Option<(&ProfileId, &Event)> {
        self.event(self.cursor_row()?)
    }

    /// The company that the event under the cursor is about.
    pub fn selected_company(&self) -> Option<CompanyKey> {
        let (profile, event) = self.selected()?;
        Some(CompanyKey { profile: profile.clone(), company: event.company.clone()? })
    }

    /// The row of the cursor, unless its event is not there any more.
    pub fn cursor_row(&self) -> Option<usize> {
        self.selection.kept(self.rows.len(), |row, key| self.event(row).is_some_and(|row| is(row, key)))
    }

    pub fn put_cursor(&mut self, row: usize) {
        let key =
            |(profile, event): (&ProfileId, &Event)| EventKey { profile: profile.clone(), event: event.id.clone() };
        let key = self.event(row).map(key);
        self.selection.put(row, key);
    }

    /// The feeds that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &AccountFeed> {
        self.accounts.iter().filter(|account_feed| account_feed.shown)
    }

    pub fn account_mut(&mut self, profile: &ProfileId) -> Option<&mut AccountFeed> {
        self.accounts.iter_mut().find(|account_feed| account_feed.profile == *profile)
    }

    /// Somebody has answered.
    pub fn there(&self) -> bool {
        self.shown().any(|account_feed| account_feed.events.value().is_some())
    }

    /// An answer is waited for that would be shown.
    pub fn waiting(&self) -> bool {
        self.shown().any(|account_feed| account_feed.events.waiting().is_some())
    }

    /// An account that has answered is asked for more.
    pub fn going_on(&self) -> bool {
        self.shown()
            .any(|account_feed| account_feed.events.waiting().is_some() && account_feed.events.value().is_some())
    }

    /// No account that has answered has anything older.
    pub fn ended(&self) -> bool {
        self.shown().all(|account_feed| account_feed.next.is_none())
    }

    /// All have answered: what is not in the rows is not there.
    pub fn whole(&self) -> bool {
        self.shown().all(|account_feed| account_feed.events.value().is_some())
    }

    /// How many events there are in all, if all say so.
    pub fn total(&self) -> Option<u64> {
        let totals = self.shown().map(|account_feed| account_feed.events.value().and(account_feed.total));
        totals.reduce(|sum, one| Some(sum?.saturating_add(one?))).flatten()
    }

    /// Which of these accounts, always the same ones, are shown from now on.
    pub fn show<'a>(&mut self, accounts: impl Iterator<Item = (&'a ProfileId, bool)>) {
        let mut changed = false;
        for (at, (profile, shown)) in accounts.enumerate() {
            if self.accounts.get(at).is_none() {
                self.accounts.push(AccountFeed { shown, ..AccountFeed::new(profile.clone()) });
            } else if let Some(account_feed) =
                self.accounts.get_mut(at).filter(|account_feed| account_feed.shown != shown)
            {
                account_feed.shown = shown;
                changed = true;
            }
        }
        if changed {
            self.merge();
            let hidden = |cursor: &EventKey| self.shown().all(|account_feed| account_feed.profile != cursor.profile);
            if self.selection.key.as_ref().is_some_and(hidden) {
                self.put_cursor(0);
            }
        }
    }

    /// Puts the rows together anew. The cursor stays on its event.
    pub fn merge(&mut self) {
        self.rows = per_account(&self.accounts);
        let Some(key) = &self.selection.key else { return self.put_cursor(0) };
        let row = (0..self.rows.len()).find(|row| self.event(*row).is_some_and(|row| is(row, key)));
        self.selection.follow(row, self.rows.len());
    }

    /// When the beginning of a feed is to be asked for next; none while all are waited for. `asks` says whether
    /// there is a server to ask.
    pub fn due(&self, now: Timestamp, asks: impl Fn(&ProfileId) -> bool) -> Option<Timestamp> {
        self.shown()
            .filter(|account_feed| asks(&account_feed.profile))
            .filter_map(|account_feed| account_feed.due(now))
            .min()
    }

    /// The account to be asked for its next page, as the cursor or the window is near the end of the rows: the one
    /// whose loaded events end first, for it holds up the others, and any that held up nobody since it failed.
    pub fn wants_more(&self, window: usize) -> Vec<ProfileId> {
        let near = self.selection.row.saturating_add(window.max(1)).saturating_add(AHEAD) >= self.rows.len();
        if !near {
            return Vec::new();
        }
        let holds =
            self.shown().filter(|account_feed| account_feed.bounds()).max_by_key(|account_feed| account_feed.tail());
        let behind = self.shown().filter(|account_feed| !account_feed.bounds() && account_feed.next.is_some());
        let ready = holds.into_iter().chain(behind).filter(|account_feed| account_feed.idle());
        ready.map(|account_feed| account_feed.profile.clone()).collect()
    }
}

fn is((profile, event): (&ProfileId, &Event), key: &EventKey) -> bool {
    event.id == key.event && *profile == key.profile
}

/// The events of the feeds that are shown, newest first, down to where the first of those that have more ends.
fn per_account(accounts: &[AccountFeed]) -> Vec<Row> {
    let mut heads: Vec<Head<'_>> = accounts
        .iter()
        .enumerate()
        .filter(|(_, account_feed)| account_feed.shown)
        .filter_map(|(at, account_feed)| Some(Head::new(at, account_feed.bounds(), account_feed.events.value()?)))
        .collect();
    let mut rows = Vec::new();
    loop {
        if heads.iter().any(|head| head.bounds && head.left.is_empty()) {
            return rows;
        }
        // Of equals the first account comes first.
        let newest = heads.iter_mut().filter(|head| !head.left.is_empty()).rev().max_by_key(|head| head.time);
        let Some(head) = newest else { return rows };
        rows.push(Row { account_feed: head.account_feed, at: head.at });
        head.step();
    }
}

/// Where the merging stands in a feed.
struct Head<'a> {
    account_feed: usize,
    bounds: bool,
    at: usize,
    left: &'a [Event],
    time: Timestamp,
}

impl<'a> Head<'a> {
    fn new(account_feed: usize, bounds: bool, events: &'a [Event]) -> Self {
        let mut head = Self { account_feed, bounds, at: 0, left: events, time: Timestamp::MAX };
        head.look();
        head
    }

    /// An event without a time stands where its server put it, and none is newer than the one before it: the order
    /// within an account is the server's.
    fn look(&mut self) {
        if let Some(time) = self.left.first().and_then(|event| event.time) {
            self.time = self.time.min(time);
        }
    }

    fn step(&mut self) {
        self.left = self.left.get(1..).unwrap_or_default();
        self.at += 1;
        self.look();
    }
}
