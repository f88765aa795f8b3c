//! People of a company and the groups that they are in.

use super::field::LONGEST;
use super::id::{CompanyId, Etag, GroupId, UserId};
use super::roster::words;
use jiff::Timestamp;
use serde::Serialize;

/// A person in a company (contract: the user object of the Users API, plus type and groups).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Person {
    /// Unique within the company.
    pub id: UserId,
    pub display_name: String,
    pub email: String,
    pub state: PersonState,
    #[serde(rename = "type", serialize_with = "known_kind")]
    pub kind: PersonKind,
    /// `None`: not known.
    pub groups: Option<Vec<Membership>>,
    /// Looks like a technician of the MSP by their address: a guess, kept apart from the seats.
    pub possibly_technician: bool,
    /// Of a technician: the MSP granted them *Advanced permissions*. What counts in the end also needs the
    /// company's own permission ([`super::company::AdvancedPermissions`]).
    pub advanced_granted: Option<bool>,
    pub create_time: Option<Timestamp>,
    /// The revision of this copy.
    pub etag: Option<Etag>,
}

impl Person {
    /// Fills a seat (support page *billing*): member or guest, and active, awaiting confirmation or in recovery.
    pub fn fills_seat(&self) -> bool {
        matches!(self.kind, PersonKind::Member | PersonKind::Guest) && self.state.fills_seat()
    }

    /// In the company's Owners group, and able to act. A technician never counts (support page *manage companies*).
    pub fn is_confirmed_owner(&self) -> bool {
        self.kind != PersonKind::Technician && self.state == PersonState::Active && self.is_in(&GroupKind::Owners)
    }

    pub fn is_in(&self, kind: &GroupKind) -> bool {
        self.memberships().iter().any(|group| group.kind == *kind)
    }

    /// The groups they are in, as far as that is known.
    pub fn memberships(&self) -> &[Membership] {
        self.groups.as_deref().unwrap_or_default()
    }
}

fn known_kind<S: serde::Serializer>(kind: &PersonKind, serializer: S) -> Result<S::Ok, S::Error> {
    kind.is_known().then_some(kind).serialize(serializer)
}

/// Somebody who was found by name or e-mail address over all companies (contract: `GET users`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundPerson {
    #[serde(rename = "company_id")]
    pub company: CompanyId,
    pub company_name: String,
    #[serde(rename = "user_id")]
    pub user: UserId,
    pub display_name: String,
    pub email: String,
    pub state: PersonState,
    #[serde(rename = "type", serialize_with = "known_kind")]
    pub kind: PersonKind,
}

/// The words of a search for people in their spellings; `None` where it has not 2 to 100 characters (contract: `GET users`).
pub fn search_words(search: &str) -> Option<Vec<Vec<String>>> {
    let words = words(search);
    let letters: usize = words.iter().filter_map(|spellings| Some(spellings.first()?.chars().count())).sum();
    Some(words).filter(|_| letters >= 2 && search.chars().count() <= LONGEST)
}

/// The first of those who were found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FoundPeople {
    pub people: Vec<FoundPerson>,
    /// How many were found in all; `None` if the server does not tell.
    pub total: Option<u64>,
}

/// A person's place in one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Membership {
    pub id: GroupId,
    pub kind: GroupKind,
    pub name: String,
}

/// Where a person stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonState {
    /// Signed up and confirmed.
    Active,
    /// Signed up; somebody has to confirm them.
    AwaitingConfirmation,
    /// Invited; has not signed up yet.
    Invited,
    /// A recovery began; the person has to make a new password.
    RecoveryStarted,
    /// The person made a new password; somebody has to complete the recovery.
    RecoveryAwaitingCompletion,
    Suspended,
    /// Deleted; kept in the record.
    Deleted,
    /// A word of a newer server; shown as it came.
    Other(String),
}

impl PersonState {
    /// Whether a person of this state fills a seat.
    pub fn fills_seat(&self) -> bool {
        matches!(
            self,
            Self::Active | Self::AwaitingConfirmation | Self::RecoveryStarted | Self::RecoveryAwaitingCompletion
        )
    }
}

/// What a person is to the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonKind {
    Member,
    Guest,
    /// A technician of the MSP, in the group *External Account Managers*. Never an owner, never a seat.
    Technician,
    /// A word of a newer server; empty where the type is not told.
    Other(String),
}

impl PersonKind {
    /// Whether it is told at all: the Users API has no types.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(word) if word.is_empty())
    }
}

/// A group of a company.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Unique within the company.
    pub id: GroupId,
    pub kind: GroupKind,
    pub name: String,
    pub member_count: u32,
}

/// The kinds of groups that 1Password makes itself, and the company's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GroupKind {
    Owners,
    /// *Administrators*; can also recover accounts.
    Administrators,
    TeamMembers,
    /// *External Account Managers*: the technicians.
    ExternalAccountManagers,
    /// A group of the company's own.
    Custom,
    /// A word of a newer server.
    Other(String),
}
