//! Sign-in and session.

use super::{Lacking, lenient, owned};
use crate::domain::id::{AccountId, UserId};
use crate::domain::session::{self, Permission, Permissions, WorkspaceKind};
use serde::{Deserialize, Serialize};

/// The answer of `POST oauth2/token`. Not `Debug`: it holds a token.
#[derive(Clone, Serialize, Deserialize)]
pub struct Token {
    pub access_token: String,
    /// Always `Bearer`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub token_type: String,
    /// How long it is good for, in seconds.
    #[serde(default, deserialize_with = "lenient::count")]
    pub expires_in: u32,
}

/// The answer of `GET session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub account: Account,
    pub technician: Technician,
    #[serde(default, deserialize_with = "lenient::items")]
    pub permissions: Vec<Permission>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub limits: Limits,
}

/// The MSP account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// 26 characters `[A-Z2-7]`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Absent from an older server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<WorkspaceKind>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub region: String,
    /// Absent when not known.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub sign_in_host: String,
    /// Sample workspaces only: where "an Owner" of a company that is not managed starts a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_desk_uri: Option<String>,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Technician {
    /// 26 characters `[A-Z2-7]`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: String,
    /// Names of their groups in the MSP account.
    #[serde(default, deserialize_with = "lenient::items")]
    pub groups: Vec<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub mfa: bool,
}

/// What the API allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Limits {
    #[serde(default, deserialize_with = "lenient::count")]
    pub max_page_size: u32,
    #[serde(default, deserialize_with = "lenient::count")]
    pub requests_per_minute: u32,
    /// The longest `wait` of `companies:changes`, in seconds. A server without it knows no such parameter.
    #[serde(default, deserialize_with = "lenient::count", skip_serializing_if = "is_none")]
    pub max_wait: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over like this")]
fn is_none(seconds: &u32) -> bool {
    *seconds == 0
}

impl TryFrom<Session> for session::Session {
    type Error = Lacking;

    fn try_from(wire: Session) -> Result<Self, Lacking> {
        if wire.account.id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            account: session::Account {
                id: AccountId::new(&wire.account.id),
                name: owned(wire.account.name),
                kind: wire.account.kind,
                region: owned(wire.account.region),
                sign_in_host: owned(wire.account.sign_in_host),
                owner_desk: wire.account.owner_desk_uri,
            },
            technician: session::Technician {
                id: UserId::new(&wire.technician.id),
                display_name: owned(wire.technician.display_name),
                email: owned(wire.technician.email),
                groups: wire.technician.groups.into_iter().map(owned).collect(),
                mfa: wire.technician.mfa,
            },
            permissions: Permissions(wire.permissions),
            max_wait: wire.limits.max_wait,
        })
    }
}
