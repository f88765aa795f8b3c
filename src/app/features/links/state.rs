//! Screen 2: accounts that are being linked, and the dialogs that belong to it.

use crate::app::core::per_account;
use crate::app::core::per_account::{Listed, PerAccount, Row};
use crate::app::core::refresh::Refresh;
use crate::app::core::selection::Selection;
use crate::app::core::submission::Submission;
use crate::app::core::text_input::TextInput;
use crate::app::features::accounts::{Account, refusal};
use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::app::tickets::{PendingRequest, Tickets};
use crate::domain::error::Error;
use crate::domain::id::{LinkId, ProfileId};
use crate::domain::launch::Redacted;
use crate::domain::link::{LinkRequest, NotThisLink};
use crate::domain::session::Permission;
use crate::domain::text::as_seen;
use jiff::Timestamp;
use std::cmp::{Ordering, Reverse};

/// While it is on the screen, or somebody may act on a request.
pub const REFRESH: Refresh = Refresh::every(30);

/// The screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LinksPane {
    /// The requests of all accounts, newest first.
    pub list: PerAccount<LinkRequest>,
    pub selection: Selection<LinkKey>,
    /// The screen was in front when last looked at: coming back to it is a reason to load.
    pub in_front: bool,
}

/// What names a request: ids are only unique within one MSP account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkKey {
    /// The MSP account that it was sent to.
    pub profile: ProfileId,
    pub link: LinkId,
}

impl From<&Row<LinkRequest>> for LinkKey {
    fn from(row: &Row<LinkRequest>) -> Self {
        Self { profile: row.profile.clone(), link: row.item.id.clone() }
    }
}

/// Newest first; those without a beginning last.
impl Listed for LinkRequest {
    fn beside(&self, other: &Self) -> Ordering {
        let begun = |link: &Self| (link.create_time.is_none(), Reverse(link.create_time));
        begun(self).cmp(&begun(other))
    }
}

/// Takes a confirmation link. `Debug` does not show the link: it is a key to the company.
#[derive(Clone, PartialEq, Default)]
pub struct AcceptDialog {
    pub line: TextInput,
    /// Why it is no link that this account can accept; told when it was to be sent.
    pub problem: Option<NotThisLink>,
    /// Of the link, and to which account.
    pub submission: Submission<(ProfileId, Redacted)>,
}

impl std::fmt::Debug for AcceptDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AcceptDialog")
            .field("letters", &self.line.text().chars().count())
            .field("problem", &self.problem)
            .field("submission", &self.submission)
            .finish_non_exhaustive()
    }
}

/// Asks before a request is taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct CancelDialog {
    pub key: LinkKey,
    pub company: String,
    /// *Take it back* has the focus, not *Keep it*: Enter alone never does it.
    pub confirm: bool,
    pub submission: Submission,
}

/// The address of a page, where no browser can be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct PageDialog {
    /// The company's name; none for the page that is about all.
    pub company: Option<String>,
    pub uri: String,
    /// Why the browser was not opened, where it was tried.
    pub error: Option<Box<Error>>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum LinksRequest {
    List(ProfileId),
    /// A link is being accepted in an account.
    Accept(ProfileId),
    Cancel(LinkKey),
    /// A browser at a page of the sample workspace.
    Page(PageDialog),
}

impl LinksRequest {
    /// Whether it changes something on the server.
    pub fn writes(&self) -> bool {
        matches!(self, Self::Accept(_) | Self::Cancel(_))
    }
}

impl Model {
    /// The requests of the accounts that are shown, newest first.
    pub fn links_shown(&self) -> impl Iterator<Item = &Row<LinkRequest>> {
        let filter = &self.roster.query().filter;
        self.links.list.rows().iter().filter(|row| filter.shows(&row.profile))
    }

    /// The row of the request under the cursor, among those that are shown.
    pub fn link_row(&self) -> Option<usize> {
        self.links.selection.index(self.links_shown(), |row, key| row.profile == key.profile && row.item.id == key.link)
    }

    /// The request under the cursor.
    pub fn selected_link(&self) -> Option<&Row<LinkRequest>> {
        self.links_shown().nth(self.link_row()?)
    }
}

/// What a notice calls a request: its company, and its id if another open request bears that name.
pub fn called(model: &Model, profile: &ProfileId, link: &LinkRequest) -> String {
    let same = |other: &LinkRequest| as_seen(&other.company_name) == as_seen(&link.company_name);
    let others = model.links.list.of(profile).filter(|other| other.state.open() && other.id != link.id);
    let shared = others.into_iter().any(same);
    if shared { format!("{} ({})", link.company_name, link.id) } else { link.company_name.clone() }
}

/// The requests of an account are looked at again and again: on their screen, and as long as one of them is open. And
/// once when its companies are there, so that what was started in an earlier run is told when it ends.
pub fn watched(model: &Model, account: &Account) -> bool {
    let open = || model.links.list.of(&account.profile).any(|link| link.state.open());
    // A server that fails, or asks for patience, is not asked behind the user's back too.
    model.screen == Screen::Links || account.sync.failures == 0 && (open() || unknown(model, account))
}

/// Nothing is known of its requests yet, and whoever works here may act on them.
fn unknown(model: &Model, account: &Account) -> bool {
    let may = account.session.value().is_some_and(|session| session.permissions.allows(&Permission::Link));
    let load = model.links.list.load(&account.profile);
    // A refusal stays one; what else went wrong may pass.
    let in_vain = load.is_none_or(|load| load.value().is_none() && !load.error().is_some_and(refusal));
    may && account.sync.fresh && in_vain
}

/// The accounts whose requests are watched and can be asked for.
pub fn to_watch(model: &Model) -> Vec<ProfileId> {
    let mut of = per_account::askable(model);
    of.retain(|profile| model.accounts.get(profile).is_some_and(|account| watched(model, account)));
    of
}

/// When to look at the requests of an account again, if any is watched.
pub fn due(model: &Model) -> Option<Timestamp> {
    to_watch(model).iter().filter_map(|profile| model.links.list.due(profile)).min()
}

/// The accounts of this data region: only they can accept a link of it (support page *manage companies*).
pub fn accounts_of(model: &Model, region: &str) -> Vec<ProfileId> {
    let there = |account: &&Account| account.region() == Some(region);
    model.accounts.iter().filter(there).map(|account| account.profile.clone()).collect()
}

/// The page where "an Owner" starts a link, of the first shown account that has one: sample workspaces do.
pub fn owner_desk(model: &Model) -> Option<&str> {
    let mut desks =
        per_account::shown(model).filter_map(|account| account.session.value()?.account.owner_desk.as_deref());
    desks.find(|app| crate::domain::link::is_own_page(app))
}

impl Tickets {
    /// This link is being cancelled.
    pub fn cancelling(&self, link: &LinkKey) -> bool {
        self.open()
            .any(|(_, purpose)| matches!(purpose, PendingRequest::Links(LinksRequest::Cancel(open)) if open == link))
    }
}
