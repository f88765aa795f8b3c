//! Screen 5 and the tab of the same name: who did what.

pub use super::account_feed::AccountFeed;
pub use super::feed::{AHEAD, ActivityFeed, Row};

use crate::app::core::menu::Menu;
use crate::app::core::refresh::Refresh;
use crate::app::core::text_input::TextInput;
use crate::app::model::{Model, Tab};
use crate::app::screen::Screen;
use crate::domain::activity::{Action, ListActivity};
use crate::domain::id::{CompanyKey, EventId, ProfileId};
use jiff::Timestamp;

/// While the feed is on the screen.
pub const REFRESH: Refresh = Refresh::every(30);

/// What names an event: ids are only unique within one MSP account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKey {
    pub profile: ProfileId,
    pub event: EventId,
}

/// What narrows a feed; every part narrows it further.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Narrow {
    /// To this company; only its account is asked then.
    pub company: Option<CompanyKey>,
    /// To actors whose name holds this text.
    pub actor: Option<String>,
    pub action: Option<Action>,
    /// To what was done from this moment on.
    pub since: Option<Timestamp>,
}

impl Narrow {
    /// What to ask an account, from there on.
    pub fn question(&self, page_token: Option<String>) -> ListActivity {
        let company = self.company.as_ref().map(|key| key.company.clone());
        ListActivity { company, actor: self.actor.clone(), action: self.action.clone(), page_token }
    }

    /// Whether this account has anything that passes.
    pub fn asks(&self, profile: &ProfileId) -> bool {
        self.company.as_ref().is_none_or(|key| key.profile == *profile)
    }

    /// How many filters narrow it there; the company of a tab is none.
    pub fn filters(&self, place: &Place) -> usize {
        let company = *place == Place::Screen && self.company.is_some();
        let set = [company, self.action.is_some(), self.actor.is_some(), self.since.is_some()];
        set.into_iter().filter(|set| *set).count()
    }
}

/// The screen, and which feed is on it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActivityPane {
    pub feed: ActivityFeed,
    /// The feed that was on the screen after the last message: one that has just come there is asked for anew.
    pub front: Option<Place>,
    /// Something was being written after the last message: once that is done, there is an event of ours to show.
    pub writing: bool,
}

/// Where a feed is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Screen,
    Tab(CompanyKey),
}

/// Which feed is on the screen.
pub fn front(model: &Model) -> Option<Place> {
    if model.screen == Screen::Activity {
        return Some(Place::Screen);
    }
    let tab = model.company_visible() && model.tab == Tab::Activity;
    model.selected().filter(|_| tab).map(|(key, _)| Place::Tab(key))
}

/// The feed that is on the screen, if it was asked for already.
pub fn front_feed(model: &Model) -> Option<(Place, Option<&ActivityFeed>)> {
    let place = front(model)?;
    let feed = match &place {
        Place::Screen => Some(&model.activity.feed),
        Place::Tab(key) => model.details.get(key).map(|details| &details.activity),
    };
    Some((place, feed))
}

/// What is waited for: a page of a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityRequest {
    /// Where it is shown.
    pub place: Place,
    pub profile: ProfileId,
    /// It goes on where the last page ended.
    pub more: bool,
}

/// What narrows the feed, being chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityMenu {
    /// The row under the cursor, of [`menu_rows`], and whether anything was chosen or typed.
    pub pick: Menu,
    /// Of whom, as typed; in force when the cursor leaves it or the menu closes.
    pub line: TextInput,
    /// The company that “this company” means; none where there is no such row.
    pub company: Option<CompanyKey>,
}

impl ActivityMenu {
    /// The line for the actor has the keys.
    pub fn typing(&self) -> bool {
        self.pick.cursor == 0
    }
}

/// One row of the filter menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MenuRow {
    Actor,
    Company(CompanyKey),
    AnyAction,
    Action(Action),
}

/// The rows of the filter menu. An action of a newer server that is chosen stays to be taken back.
pub fn menu_rows(menu: &ActivityMenu, asked: &Narrow) -> Vec<MenuRow> {
    let mut rows = vec![MenuRow::Actor];
    rows.extend(menu.company.clone().map(MenuRow::Company));
    rows.push(MenuRow::AnyAction);
    rows.extend(Action::KNOWN.into_iter().map(MenuRow::Action));
    rows.extend(asked.action.clone().filter(|action| matches!(action, Action::Other(_))).map(MenuRow::Action));
    rows
}

/// Whether a row of the filter menu is chosen.
pub fn menu_chosen(asked: &Narrow, row: &MenuRow) -> bool {
    match row {
        MenuRow::Actor => asked.actor.is_some(),
        MenuRow::Company(key) => asked.company.as_ref() == Some(key),
        MenuRow::AnyAction => asked.action.is_none(),
        MenuRow::Action(action) => asked.action.as_ref() == Some(action),
    }
}
