//! A question that the server holds back until something changes: what a colleague does is on the screen at once, and
//! an idle dashboard sends two requests a minute at most.

use super::{Phase, Sync, reload};
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::accounts::Account;
use crate::app::tickets::PendingRequest;
use crate::domain::id::ProfileId;
use crate::domain::request::ListChanges;

/// All is well, and the next question is one for the server to hold back. One that it holds already is overdue.
pub(super) fn listens(account: &Account) -> bool {
    let Sync { phase, max_hold, held, .. } = &account.sync;
    *phase == Phase::Live && *max_hold > 0 && held.is_none()
}

/// Asks for what changes from now on, where the server holds such a question back.
pub(super) fn listen(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    let now = ctx.model.now;
    let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
    let Some(since) = account.sync.change_token.clone() else { return reload(ctx, profile) };
    let ticket = ctx.model.tickets.issue(PendingRequest::News(profile.clone()));
    account.sync.hold(now, ticket);
    let request = ListChanges { since, wait: account.sync.max_hold };
    ctx.effects.push(Effect::Call { ticket, profile: profile.clone(), request: request.into() });
}

/// Gives up the question that the server holds back, because another takes its place.
pub(super) fn release(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    let Some(account) = ctx.model.accounts.get_mut(profile) else { return };
    if account.sync.held.take().is_some()
        && let Some(ticket) = account.sync.ticket.take()
    {
        ctx.effects.push(Effect::Cancel { ticket });
    }
}
