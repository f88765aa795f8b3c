//! The audit trail.

use super::list::List;
use super::{Actor, Lacking, lenient, some_text};
use crate::domain::activity::{self, Action, EventOrigin};
use crate::domain::id::{CompanyId, EventId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One event, as the contract writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    #[serde(default, deserialize_with = "lenient::time")]
    pub time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub actor: Actor,
    pub action: Option<Action>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_id: Option<String>,
    /// Its name then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// Absent: ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<EventOrigin>,
}

impl TryFrom<Event> for activity::Event {
    type Error = Lacking;

    fn try_from(wire: Event) -> Result<Self, Lacking> {
        if wire.id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            id: EventId::new(&wire.id),
            time: wire.time,
            actor: wire.actor.into(),
            action: wire.action.unwrap_or_else(|| Action::Other(String::new())),
            company: wire.company_id.as_deref().filter(|id| !id.is_empty()).map(CompanyId::new),
            company_name: some_text(wire.company_name),
            target: some_text(wire.target),
            client: some_text(wire.client),
            origin: wire.origin.unwrap_or_default(),
        })
    }
}

impl List<Event> {
    /// The page, and how many events of it could not be read.
    pub fn read(self) -> (activity::ActivityPage, u32) {
        let (events, unreadable) = self.results.read();
        let page = activity::ActivityPage {
            events,
            next: self.next_page_token.filter(|token| !token.is_empty()),
            total: self.total_size,
        };
        (page, unreadable)
    }
}
