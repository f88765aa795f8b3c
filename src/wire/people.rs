//! People and groups.

use super::{Lacking, lenient, or_unspecified, owned};
use crate::domain::id::{CompanyId, Etag, GroupId, UserId};
use crate::domain::people::{self, GroupKind, PersonKind, PersonState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A person, as the contract writes one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// 26 characters `[A-Z2-7]`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// `…/companies/{company}/users/{id}`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: String,
    pub state: Option<PersonState>,
    /// Absent: not known.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<PersonKind>,
    /// Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<Membership>>,
    /// Looks like a technician of the MSP: a guess by the address.
    #[serde(default, deserialize_with = "lenient::or_default", skip_serializing_if = "std::ops::Not::not")]
    pub possibly_technician: bool,
    /// Of a technician: the MSP granted them *Advanced permissions*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advanced_granted: Option<bool>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub create_time: Option<Timestamp>,
}

impl User {
    /// The groups they are in, as far as that is known.
    pub fn memberships(&self) -> &[Membership] {
        self.groups.as_deref().unwrap_or_default()
    }
}

/// Somebody who was found over all companies, as the contract writes one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundUser {
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub user_id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: String,
    pub state: Option<PersonState>,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<PersonKind>,
}

/// What `POST groups/{group}/members` takes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NewMember {
    #[serde(default, deserialize_with = "lenient::text")]
    pub user_id: String,
}

/// A person's place in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    pub kind: Option<GroupKind>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
}

/// A group, as the contract writes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// 26 characters `[A-Z2-7]`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// `…/companies/{company}/groups/{id}`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub path: String,
    pub kind: Option<GroupKind>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    #[serde(default, deserialize_with = "lenient::count")]
    pub member_count: u32,
}

impl TryFrom<User> for people::Person {
    type Error = Lacking;

    fn try_from(wire: User) -> Result<Self, Lacking> {
        if wire.id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            id: UserId::new(&wire.id),
            etag: wire.etag.as_deref().map(Etag::new),
            email: owned(wire.email),
            display_name: owned(wire.display_name),
            state: or_unspecified(wire.state),
            kind: wire.kind.unwrap_or_else(|| PersonKind::Other(String::new())),
            groups: wire.groups.map(|groups| groups.into_iter().map(Into::into).collect()),
            possibly_technician: wire.possibly_technician,
            advanced_granted: wire.advanced_granted,
            create_time: wire.create_time,
        })
    }
}

impl TryFrom<FoundUser> for people::FoundPerson {
    type Error = Lacking;

    fn try_from(wire: FoundUser) -> Result<Self, Lacking> {
        if wire.company_id.trim().is_empty() || wire.user_id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            company: CompanyId::new(&wire.company_id),
            company_name: owned(wire.company_name),
            user: UserId::new(&wire.user_id),
            display_name: owned(wire.display_name),
            email: owned(wire.email),
            state: or_unspecified(wire.state),
            kind: wire.kind.unwrap_or_else(|| PersonKind::Other(String::new())),
        })
    }
}

impl From<Membership> for people::Membership {
    fn from(wire: Membership) -> Self {
        Self { id: GroupId::new(&wire.id), kind: wire.kind.unwrap_or(GroupKind::Custom), name: owned(wire.name) }
    }
}

impl TryFrom<Group> for people::Group {
    type Error = Lacking;

    fn try_from(wire: Group) -> Result<Self, Lacking> {
        if wire.id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            id: GroupId::new(&wire.id),
            kind: wire.kind.unwrap_or(GroupKind::Custom),
            name: owned(wire.name),
            member_count: wire.member_count,
        })
    }
}
