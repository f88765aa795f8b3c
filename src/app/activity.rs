//! Screen 5 and the tab of the same name: who did what.

use super::line::Line;
use super::model::{Model, Tab};
use super::remote::{Phase, Remote};
use super::screen::Screen;
use super::sync::later;
use crate::domain::activity::{Action, ActivityPage, Event, ListActivity};
use crate::domain::id::{CompanyId, CompanyKey, EventId};
use crate::domain::trouble::Retry;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Between two looks for new events while the trail is on the screen, in seconds.
pub const POLL_SECONDS: i64 = 30;
/// So many rows before the end of what is loaded the next page is asked for.
pub const AHEAD: usize = 20;

/// The screen, and which trail is on it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActivityPane {
    /// The trail over all companies.
    pub trail: Trail,
    /// The trail that was on the screen after the last message: one that has just come there is asked for anew.
    pub front: Option<Place>,
    /// Something was being written after the last message: once that is done, there is an event of ours to show.
    pub writing: bool,
}

/// Where a trail is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The screen.
    Screen,
    /// The tab of a company.
    Tab(CompanyKey),
}

/// A stretch of the audit trail, newest first, as far as it was loaded.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trail {
    /// What is asked for; without a page token.
    pub asked: ListActivity,
    /// When its beginning was asked for last; none is now.
    pub asked_at: Option<Timestamp>,
    /// The rows so far.
    pub events: Remote<Vec<Event>>,
    /// Where to go on; `None` at the end.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: Option<u64>,
    /// The event under the cursor.
    pub cursor: Option<EventId>,
    /// Where the cursor was last; the place to go on from.
    pub row: usize,
}

impl Trail {
    /// The event under the cursor; the first when nobody has moved it.
    #[must_use]
    pub fn selected(&self) -> Option<&Event> {
        let row = self.cursor_row()?;
        self.events.value()?.get(row)
    }

    /// The row of the cursor, unless its event is not there any more.
    #[must_use]
    pub fn cursor_row(&self) -> Option<usize> {
        let events = self.events.value()?;
        match &self.cursor {
            Some(id) => events.get(self.row).filter(|event| event.id == *id).map(|_| self.row),
            None => (!events.is_empty()).then_some(0),
        }
    }

    /// Puts the cursor on a row.
    pub fn put_cursor(&mut self, row: usize) {
        self.cursor = self.events.value().and_then(|events| events.get(row)).map(|event| event.id.clone());
        self.row = row;
    }

    /// How many filters narrow it there; the company of a tab is none.
    #[must_use]
    pub fn filters(&self, place: &Place) -> usize {
        let company = *place == Place::Screen && self.asked.company.is_some();
        usize::from(company) + usize::from(self.asked.action.is_some()) + usize::from(self.asked.actor.is_some())
    }

    /// Takes the newest page: new events come on top, the cursor stays on its own. A page that does not reach
    /// down to what is there replaces it: a gap would be a lie.
    pub fn take_newest(&mut self, page: ActivityPage) -> Vec<Event> {
        self.total = page.total;
        let old = self.events.value().map_or(&[][..], Vec::as_slice);
        let known: BTreeSet<&EventId> = old.iter().map(|event| &event.id).collect();
        let reaches = page.events.iter().any(|event| known.contains(&event.id));
        if !reaches {
            self.next = page.next;
            return page.events;
        }
        let fresh = page.events.iter().filter(|event| !known.contains(&event.id));
        fresh.chain(old).cloned().collect()
    }

    /// Takes the page that goes on where the last one ended.
    pub fn take_more(&mut self, page: ActivityPage) -> Vec<Event> {
        let mut all = self.events.value().cloned().unwrap_or_default();
        let known: BTreeSet<EventId> = all.iter().map(|event| event.id.clone()).collect();
        let before = all.len();
        all.extend(page.events.into_iter().filter(|event| !known.contains(&event.id)));
        self.total = page.total.or(self.total);
        // A page that brings nothing new would be asked for in a circle.
        self.next = page.next.filter(|next| all.len() > before && self.next.as_ref() != Some(next));
        all
    }

    /// Finds the cursor's event again after rows came.
    pub fn follow(&mut self) {
        let Some(events) = self.events.value() else { return };
        match &self.cursor {
            None => self.put_cursor(0),
            Some(id) => {
                let row = events.iter().position(|event| event.id == *id);
                self.row = row.unwrap_or_else(|| self.row.min(events.len().saturating_sub(1)));
            }
        }
    }

    /// When its beginning is to be asked for; `None` while an answer is waited for.
    #[must_use]
    pub fn due(&self, now: Timestamp) -> Option<Timestamp> {
        let Some(asked_at) = self.asked_at else { return Some(now).filter(|_| self.events.waiting().is_none()) };
        // A clock that was set back would have us wait until it has caught up.
        let next = if asked_at > now { Some(now) } else { later(asked_at, POLL_SECONDS) };
        match &self.events.phase {
            Phase::Waiting(_) => None,
            Phase::Idle => next,
            Phase::Failed(trouble) => match trouble.retry {
                Retry::Never => None,
                Retry::Now => next,
                Retry::At(moment) => next.map(|soonest| moment.max(soonest)),
            },
        }
    }

    /// The next page is to be asked for: the cursor or the window is near the end of what is loaded.
    #[must_use]
    pub fn wants_more(&self, window: usize) -> bool {
        let len = self.events.value().map_or(0, Vec::len);
        let near = self.row.saturating_add(window.max(1)).saturating_add(AHEAD) >= len;
        self.events.phase == Phase::Idle && self.next.is_some() && near
    }
}

/// Which trail is on the screen.
#[must_use]
pub fn front(model: &Model) -> Option<Place> {
    if model.screen == Screen::Activity {
        return Some(Place::Screen);
    }
    let tab = model.company_visible() && model.tab == Tab::Activity;
    model.selected().filter(|_| tab).map(|(key, _)| Place::Tab(key))
}

/// The trail that is on the screen, if it was asked for already.
#[must_use]
pub fn front_trail(model: &Model) -> Option<(Place, Option<&Trail>)> {
    let place = front(model)?;
    let trail = match &place {
        Place::Screen => Some(&model.activity.trail),
        Place::Tab(key) => model.details.get(key).map(|details| &details.activity),
    };
    Some((place, trail))
}

/// What is waited for: a page of the screen's trail, or of a company's.
#[derive(Debug, Clone, PartialEq)]
pub struct Wait {
    /// Of a company; none is the screen.
    pub company: Option<CompanyKey>,
    /// It goes on where the last page ended.
    pub more: bool,
}

/// What narrows the trail, being chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityMenu {
    /// The row under the cursor, of [`menu_rows`].
    pub cursor: usize,
    /// Of whom, as typed; in force when the cursor leaves it or the menu closes.
    pub line: Line,
    /// The company that “this company” means; none where there is no such row.
    pub company: Option<CompanyId>,
}

impl ActivityMenu {
    /// The line for the actor has the keys.
    #[must_use]
    pub fn typing(&self) -> bool {
        self.cursor == 0
    }
}

/// One row of the filter menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MenuRow {
    /// The line for the actor.
    Actor,
    /// Only this company.
    Company(CompanyId),
    /// Everything that was done.
    AnyAction,
    /// Only this.
    Action(Action),
}

/// The rows of the filter menu. An action of a newer server that is chosen stays to be taken back.
#[must_use]
pub fn menu_rows(menu: &ActivityMenu, asked: &ListActivity) -> Vec<MenuRow> {
    let mut rows = vec![MenuRow::Actor];
    rows.extend(menu.company.clone().map(MenuRow::Company));
    rows.push(MenuRow::AnyAction);
    rows.extend(Action::KNOWN.into_iter().map(MenuRow::Action));
    rows.extend(asked.action.clone().filter(|action| matches!(action, Action::Other(_))).map(MenuRow::Action));
    rows
}

/// Whether a row of the filter menu is chosen.
#[must_use]
pub fn menu_chosen(asked: &ListActivity, row: &MenuRow) -> bool {
    match row {
        MenuRow::Actor => asked.actor.is_some(),
        MenuRow::Company(id) => asked.company.as_ref() == Some(id),
        MenuRow::AnyAction => asked.action.is_none(),
        MenuRow::Action(action) => asked.action.as_ref() == Some(action),
    }
}
