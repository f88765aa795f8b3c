//! Screen 2: accounts that are being linked, and the dialogs that belong to it.

use super::account::Account;
use super::line::Line;
use super::model::Model;
use super::remote::Remote;
use super::screen::Screen;
use super::tickets::{Purpose, Tickets};
use crate::domain::id::{LinkId, ProfileId};
use crate::domain::link::{LinkRequest, NotThisLink};
use crate::domain::request::IdempotencyKey;
use crate::domain::trouble::Trouble;
use jiff::Timestamp;

/// Between two looks at the requests, in seconds.
pub const POLL_SECONDS: i64 = 30;

/// The screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LinksPane {
    /// The requests, newest first.
    pub list: Remote<Vec<LinkRequest>>,
    /// The request under the cursor.
    pub cursor: Option<LinkId>,
    /// When to look again.
    pub due: Option<Timestamp>,
    /// The screen was in front when last looked at: coming back to it is a reason to load.
    pub in_front: bool,
}

/// A dialog of the links.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkDialog {
    /// Takes a confirmation link.
    Accept(Accept),
    /// Asks before a request is taken back.
    Cancel(Cancel),
    /// The address of a page, where no browser can be opened.
    Page(Page),
}

/// Takes a confirmation link. `Debug` does not show the link: it is a key to the company.
#[derive(Clone, PartialEq, Default)]
pub struct Accept {
    /// What is pasted or typed.
    pub line: Line,
    /// Why it is no link that this account can accept; told when it was to be sent.
    pub problem: Option<NotThisLink>,
    /// It is being sent.
    pub sending: bool,
    /// Esc was pressed on a text: asks before dropping it.
    pub asking: bool,
    /// Why the last try failed.
    pub trouble: Option<Box<Trouble>>,
    /// The link that was sent last, and under which name: the same again is the same intent.
    pub sent: Option<(String, IdempotencyKey)>,
}

impl std::fmt::Debug for Accept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Accept")
            .field("letters", &self.line.text().chars().count())
            .field("problem", &self.problem)
            .field("sending", &self.sending)
            .field("trouble", &self.trouble)
            .finish_non_exhaustive()
    }
}

/// Asks before a request is taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Cancel {
    /// Which one.
    pub link: LinkId,
    /// The company's name.
    pub company: String,
    /// *Take it back* has the focus, not *Keep it*: Enter alone never does it.
    pub confirm: bool,
    /// It is being sent.
    pub sending: bool,
    /// Why the last try failed.
    pub trouble: Option<Box<Trouble>>,
    /// Names this intent.
    pub intent: IdempotencyKey,
}

/// The address of a page, where no browser can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The company's name; none for the page that is about all.
    pub company: Option<String>,
    /// The address, on this machine.
    pub uri: String,
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// The list.
    List,
    /// A link is being accepted.
    Accept,
    /// A link is being cancelled.
    Cancel(LinkId),
    /// A browser at a page of the sample workspace.
    Page(Page),
}

impl Wait {
    /// Whether it changes something on the server.
    #[must_use]
    pub fn writes(&self) -> bool {
        matches!(self, Self::Accept | Self::Cancel(_))
    }
}

impl LinkDialog {
    /// It waits for the server.
    #[must_use]
    pub fn sending(&self) -> bool {
        match self {
            Self::Accept(accept) => accept.sending,
            Self::Cancel(cancel) => cancel.sending,
            Self::Page(_) => false,
        }
    }

    /// Letters are text in it.
    #[must_use]
    pub fn types_text(&self) -> bool {
        matches!(self, Self::Accept(_))
    }
}

impl LinksPane {
    /// The request under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&LinkRequest> {
        let list = self.list.value()?;
        match &self.cursor {
            Some(id) => list.iter().find(|link| link.id == *id),
            None => list.first(),
        }
    }

    /// The row of the request under the cursor.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        let list = self.list.value()?;
        match &self.cursor {
            Some(id) => list.iter().position(|link| link.id == *id),
            None => (!list.is_empty()).then_some(0),
        }
    }

    /// Somebody still has to act on one of them.
    #[must_use]
    pub fn any_open(&self) -> bool {
        self.list.value().is_some_and(|list| list.iter().any(|link| link.state.open()))
    }
}

/// The requests are looked at again and again: on their screen, and as long as one of them is open.
#[must_use]
pub fn watched(model: &Model) -> bool {
    model.screen == Screen::Links || model.links.any_open()
}

/// When to look at the requests again, if they are watched.
#[must_use]
pub fn due(model: &Model) -> Option<Timestamp> {
    let idle = model.accounts.connected(&model.home()) && model.links.list.waiting().is_none();
    model.links.due.filter(|_| idle && watched(model))
}

/// The accounts of this data region: only they can accept a link of it (support page *manage companies*).
#[must_use]
pub fn accounts_of(model: &Model, region: &str) -> Vec<ProfileId> {
    let there = |account: &&Account| account.region() == Some(region);
    model.accounts.iter().filter(there).map(|account| account.profile.clone()).collect()
}

/// The page where "an Owner" starts a link; of the sample workspace only.
#[must_use]
pub fn owner_desk(model: &Model) -> Option<&str> {
    let desk = model.accounts.session(&model.home())?.account.owner_desk.as_deref()?;
    crate::domain::link::is_own_page(desk).then_some(desk)
}

impl Tickets {
    /// This link is being cancelled.
    #[must_use]
    pub fn cancelling(&self, link: &LinkId) -> bool {
        self.open().any(|(_, purpose)| matches!(purpose, Purpose::Links(Wait::Cancel(open)) if open == link))
    }
}
