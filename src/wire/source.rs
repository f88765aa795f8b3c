//! Sources: which of 1Password's interfaces is connected for a company.

use super::{Actor, Lacking, lenient, or_unspecified, owned, some_text};
use crate::domain::facts::FactSource;
use crate::domain::id::CompanyId;
use crate::domain::source::{self, SourceReason, SourceState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A source, as the contract writes one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// `…/companies/{company}/sources/{source}`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub path: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_name: String,
    pub source: Option<FactSource>,
    pub state: Option<SourceState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SourceReason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_uuid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub may_write: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_place: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connected_by: Option<Actor>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub connect_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub last_try_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub last_success_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub next_read_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<Timestamp>,
}

impl TryFrom<Source> for source::Source {
    type Error = Lacking;

    fn try_from(wire: Source) -> Result<Self, Lacking> {
        if wire.company_id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            company: CompanyId::new(&wire.company_id),
            company_name: some_text(Some(wire.company_name)),
            source: or_unspecified(wire.source),
            state: or_unspecified(wire.state),
            reason: wire.reason,
            detail: some_text(wire.detail),
            account_uuid: some_text(wire.account_uuid),
            client_id: some_text(wire.client_id),
            may_write: wire.may_write,
            secret_place: wire.secret_place.map(owned),
            connected_by: wire.connected_by.map(Into::into),
            connect_time: wire.connect_time,
            last_try_time: wire.last_try_time,
            last_success_time: wire.last_success_time,
            next_read_time: wire.next_read_time,
            expire_time: wire.expire_time,
        })
    }
}
