//! Link requests.

use super::{Actor, Lacking, lenient, or_unspecified, owned, some_text};
use crate::domain::id::{CompanyId, LinkId};
use crate::domain::link::{self, LinkState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A link request, as the contract writes one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkRequest {
    /// 26 characters `[A-Z2-7]`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// `…/link_requests/{id}`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub path: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub region: String,
    pub state: Option<LinkState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested_by: Option<Actor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_by: Option<Actor>,
    /// The company, once it is managed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub create_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub accept_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub end_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<Timestamp>,
    /// Sample workspaces only: where "an Owner of the company" answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_page_uri: Option<String>,
}

/// What `POST link_requests:accept` takes. Not `Debug`: the link is a key to the company.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptLink {
    /// As the Owner of the company passed it on.
    #[serde(default, deserialize_with = "lenient::text")]
    pub confirmation_link: String,
}

impl TryFrom<LinkRequest> for link::LinkRequest {
    type Error = Lacking;

    fn try_from(wire: LinkRequest) -> Result<Self, Lacking> {
        if wire.id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            id: LinkId::new(&wire.id),
            company_name: owned(wire.company_name),
            region: owned(wire.region),
            state: or_unspecified(wire.state),
            requested_by: wire.requested_by.map(Into::into),
            accepted_by: wire.accepted_by.map(Into::into),
            company: wire.company_id.as_deref().filter(|id| !id.is_empty()).map(CompanyId::new),
            reason: some_text(wire.reason),
            create_time: wire.create_time,
            accept_time: wire.accept_time,
            end_time: wire.end_time,
            expire_time: wire.expire_time,
            owner_page: wire.owner_page_uri,
        })
    }
}
