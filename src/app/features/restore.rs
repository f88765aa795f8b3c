//! What was kept from the last run: shown at once, marked with its age, and merged with what the server says.

use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::{attention, companies, sync};
use crate::app::model::Model;
use crate::app::msg::Restored;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::request::Answer;

pub(in crate::app) fn begin(ctx: &mut Ctx<'_>, profile: &ProfileId) {
    let ticket = ctx.model.tickets.issue(PendingRequest::Restore(profile.clone()));
    ctx.effects.push(Effect::Restore { ticket, profile: profile.clone() });
}

/// The rest of what was kept is still to come.
pub(in crate::app) fn under_way(model: &Model, profile: &ProfileId) -> bool {
    model.tickets.open().any(|(_, purpose)| matches!(purpose, PendingRequest::Restore(of) if of == profile))
}

pub(in crate::app) fn recalled(ctx: &mut Ctx<'_>, profile: &ProfileId, recalled: Restored) {
    // Where the server was faster, nothing older is wanted any more.
    let fresh = ctx.model.accounts.get(profile).is_none_or(|account| account.sync.fresh || account.sync.received > 0);
    match recalled {
        Restored::Part(answers) if !fresh => {
            for answer in answers {
                take(ctx.model, profile, answer);
            }
            attention::wake(ctx.model);
            companies::rows_changed(ctx.model);
            return begin(ctx, profile);
        }
        Restored::End { token, at } if !fresh => {
            let now = ctx.model.now;
            if let Some(account) = ctx.model.accounts.get_mut(profile) {
                // A clock that was wrong then or is now must not make old rows look newer than now.
                account.sync.synced_at = Some(at.min(now));
                account.sync.change_token = token;
            }
        }
        Restored::Part(_) | Restored::End { .. } | Restored::Nothing => {}
        Restored::SetAside(flaw) => {
            let account = ctx.model.accounts.get(profile).filter(|_| ctx.model.accounts.several());
            let account = account.map(|account| account.label.clone());
            ctx.model.notify(Notification::SetAside { account, flaw });
        }
    }
    if ctx.model.accounts.get(profile).is_some_and(|account| account.sync.connected && account.sync.ticket.is_none()) {
        sync::refresh_one(ctx, profile);
    }
}

fn take(model: &mut Model, profile: &ProfileId, answer: Answer) {
    match answer {
        Answer::Session(session) => {
            let now = model.now;
            let Some(account) = model.accounts.get_mut(profile) else { return };
            if account.confirmed.is_none() && account.session.seen.is_none() {
                account.session.seen = Some(crate::app::core::remote::Seen { value: *session, at: now, left_out: 0 });
            }
        }
        Answer::Page(page) => {
            if let Some(account) = model.accounts.get_mut(profile) {
                account.sync.kept = true;
            }
            model.roster.upsert(profile, page.companies);
        }
        Answer::Changes(changes) => {
            let key = |company| CompanyKey { profile: profile.clone(), company };
            let removed: Vec<CompanyKey> = changes.removed.into_iter().map(key).collect();
            model.roster.upsert(profile, changes.companies);
            model.roster.remove(&removed);
        }
        _ => {}
    }
}
