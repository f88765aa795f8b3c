//! What a handler works with: the model that it changes, and what is to be done outside.

use crate::app::effect::{Effect, Ticket};
use crate::app::model::Model;
use crate::app::overlay::Layer;
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
    pub fn send(&mut self, profile: ProfileId, pending: PendingRequest, request: impl Into<Request>) -> Ticket {
        let ticket = self.model.tickets.issue(pending);
        self.effects.push(Effect::Call { ticket, profile, request: request.into() });
        ticket
    }

    /// A newer load of the same thing aborts the older.
    pub fn cancel(&mut self, older: Option<Ticket>) {
        self.effects.extend(older.map(|ticket| Effect::Cancel { ticket }));
    }

    /// Gives the topmost dialog that this is true of the context as well. What it is not true of stays untouched.
    pub fn with_dialog<T: Layer>(&mut self, is: impl Fn(&T) -> bool, then: impl FnOnce(&mut T, &mut Self)) {
        let Some((at, mut overlay)) = self.model.overlays.take(|overlay| T::of(overlay).is_some_and(&is)) else {
            return;
        };
        if let Some(dialog) = T::of_mut(&mut overlay) {
            then(dialog, self);
        }
        self.model.overlays.put_back(at, overlay);
    }
}
