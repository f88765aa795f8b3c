//! Open recoveries.

use super::{Actor, Lacking, lenient, or_unspecified, owned};
use crate::domain::id::{CompanyId, Etag, UserId};
use crate::domain::people::PersonState;
use crate::domain::recovery;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An open recovery, as the contract writes one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recovery {
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub user_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: String,
    /// `RECOVERY_STARTED` or `RECOVERY_AWAITING_COMPLETION`.
    pub state: Option<PersonState>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub begin_time: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_by: Option<Actor>,
    /// How many people of the company could complete it.
    #[serde(default, deserialize_with = "lenient::count")]
    pub recoverers: u32,
}

impl TryFrom<Recovery> for recovery::Recovery {
    type Error = Lacking;

    fn try_from(wire: Recovery) -> Result<Self, Lacking> {
        if wire.company_id.trim().is_empty() || wire.user_id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            company: CompanyId::new(&wire.company_id),
            company_name: owned(wire.company_name),
            user: UserId::new(&wire.user_id),
            etag: wire.etag.as_deref().map(Etag::new),
            display_name: owned(wire.display_name),
            email: owned(wire.email),
            stage: or_unspecified(wire.state),
            begin_time: wire.begin_time,
            begun_by: wire.begun_by.map(Into::into),
            recoverers: wire.recoverers,
        })
    }
}
