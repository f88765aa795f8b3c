//! What narrows and orders the list of companies.

use super::encoding::Head;
use crate::domain::company::{Attention, CompanyState};
use crate::domain::id::ProfileId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What narrows and orders the list. The default narrows nothing and orders by name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// What was typed; words between white space all have to match.
    pub search: String,
    /// An order of the user's; without one it is the name, and with a search the rank of the match.
    pub sort: Option<Sort>,
    /// What to show at all.
    pub filter: Filter,
}

impl Query {
    /// Whether anything narrows or orders the list: what *Clear all* would drop.
    pub fn is_clear(&self) -> bool {
        self.search.trim().is_empty() && self.sort.is_none() && self.filter.is_empty()
    }
}

/// An order of the list. Companies that are equal in it follow by name, then id, upwards in either direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    pub column: Column,
    /// Largest first.
    pub descending: bool,
}

/// What the list can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// In the order of [`CompanyState::KNOWN`], then all others.
    Status,
    /// By filled seats.
    Seats,
    /// By the language's alphabetical order.
    Name,
    /// By the share of the applicable steps that are done, then by how many are done.
    Setup,
    /// By confirmed owners, then by invited ones.
    Owners,
    /// By the most urgent reason for attention; companies without one, or with it set aside, come last.
    Attention,
}

impl Column {
    /// Every column, in the order of a menu.
    pub const ALL: [Self; 6] = [Self::Status, Self::Seats, Self::Name, Self::Setup, Self::Owners, Self::Attention];
    /// Their words, where they are named.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("name", Self::Name),
        ("status", Self::Status),
        ("seats", Self::Seats),
        ("setup", Self::Setup),
        ("owners", Self::Owners),
        ("attention", Self::Attention),
    ];
}

impl fmt::Display for Sort {
    /// As it is read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Column::WORDS.iter().find(|(_, column)| *column == self.column).map_or("", |(word, _)| word);
        write!(f, "{}{word}", if self.descending { "-" } else { "" })
    }
}

impl FromStr for Sort {
    type Err = String;

    /// A column, with a minus before it from the highest down.
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (descending, word) = text.strip_prefix('-').map_or((false, text), |word| (true, word));
        let found = Column::WORDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
        let words = Column::WORDS.map(|(name, _)| name).join(", ");
        found
            .map(|(_, column)| Self { column: *column, descending })
            .ok_or_else(|| format!("expected one of {words}, or one with - before it"))
    }
}

/// A figure of the list that may not be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    Seats,
    Owners,
}

impl Figure {
    pub const ALL: [Self; 2] = [Self::Seats, Self::Owners];

    fn unknown(self, company: &Head<'_>) -> bool {
        match self {
            Self::Seats => company.seats.filled.is_none(),
            Self::Owners => company.owners.confirmed.is_none(),
        }
    }
}

/// What to show. Within one kind any one has to fit, between kinds all have to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "filters that are on or off, each apart from the others")]
pub struct Filter {
    /// Of one of these accounts; none is any.
    pub accounts: Vec<ProfileId>,
    /// In one of these states; none is any.
    pub states: Vec<CompanyState>,
    /// With one of these reasons for attention; none is any.
    pub attention: Vec<Attention>,
    /// With whatever reason for attention that is not set aside; of the same kind as `attention`.
    pub any_attention: bool,
    /// Of those also the ones whose reasons are set aside.
    pub with_snoozed: bool,
    /// Managed, with a step of the set-up that is not done.
    pub in_setup: bool,
    /// Pinned; which ones those are is told by [`super::Roster::set_pins`].
    pub pinned: bool,
    /// Unlinked ones are not shown unless their state is asked for; how many that are is told.
    pub hide_unlinked: bool,
    /// Of which one of these is not known; none is any.
    pub unknown: Vec<Figure>,
    /// With something shown that was observed before this moment.
    pub older_than: Option<Timestamp>,
    /// With one of these tags, exactly as written; none is any.
    pub tags: Vec<String>,
}

impl Filter {
    /// Lets everything through.
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
            && self.states.is_empty()
            && self.attention.is_empty()
            && !self.any_attention
            && !self.in_setup
            && !self.pinned
            && !self.hide_unlinked
            && self.unknown.is_empty()
            && self.older_than.is_none()
            && self.tags.is_empty()
    }

    /// Whether companies of this account are to be shown, as far as that decides it.
    pub fn shows(&self, account: &ProfileId) -> bool {
        self.accounts.is_empty() || self.accounts.contains(account)
    }

    /// Whether unlinked companies are left out. Who asks for that state wants to see them.
    pub(super) fn hides_unlinked(&self) -> bool {
        self.hide_unlinked && !self.states.contains(&CompanyState::Unlinked)
    }

    /// Whether a company is to be shown, pinned or not and hidden or not. `shows` says whether those of its account are.
    pub(super) fn passes(&self, company: &Head<'_>, shows: &[bool]) -> bool {
        if !self.accounts.is_empty() && !shows.get(usize::from(company.account)).copied().unwrap_or_default() {
            return false;
        }
        if self.in_setup && (!company.state.managed() || !company.setup.known() || company.setup.complete()) {
            return false;
        }
        let state = self.states.is_empty() || self.states.contains(&company.state);
        let tags = self.tags.is_empty() || company.tags().any(|tag| self.tags.iter().any(|wanted| wanted == tag));
        let urgent = || company.most_urgent().is_some() || self.with_snoozed && company.attention().next().is_some();
        let attention = self.attention.is_empty() && !self.any_attention
            || self.any_attention && urgent()
            || company.attention().any(|kind| self.attention.contains(&kind));
        let unknown = self.unknown.is_empty() || self.unknown.iter().any(|figure| figure.unknown(company));
        let older = self.older_than.is_none_or(|moment| company.facts_time.is_some_and(|time| time < moment));
        state && tags && attention && unknown && older
    }
}
