//! What a handler works with: the model that it changes, and what is to be done outside.

use crate::app::effect::{Effect, Ticket};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::domain::id::ProfileId;
use crate::domain::request::Request;

/// The model, and the effects of the message that is being handled.
pub struct Ctx<'a> {
    pub model: &'a mut Model,
    pub effects: &'a mut Vec<Effect>,
}

impl Ctx<'_> {
    /// Asks the server of an account; the answer is handled as `pending` says.
    pub fn send(&mut self, profile: ProfileId, pending: PendingRequest, request: Request) -> Ticket {
        let ticket = self.model.tickets.issue(pending);
        self.effects.push(Effect::Call { ticket, profile, request });
        ticket
    }
}
