//! Tells a technician who looks elsewhere that a recovery or a link request has become theirs to do.

use crate::app::command::Command;
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::domain::company::{Attention, Company};
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::roster::Batch;

/// What is told, and the command that does it.
const OURS: [(Attention, Command); 2] =
    [(Attention::RecoveryWaiting, Command::Recover), (Attention::LinkWaiting, Command::AcceptLink)];

/// Companies as they are about to be. What a first load brings has waited before; so has what waited until now.
pub(in crate::app) fn compare(ctx: &mut Ctx<'_>, profile: &ProfileId, companies: &Batch) {
    let (model, how) = (&*ctx.model, ctx.model.options.notify);
    if !how.any() || !model.accounts.get(profile).is_some_and(|account| account.sync.fresh) {
        return;
    }
    for (reason, command) in OURS {
        if command.permitted_in(model, profile).is_err() {
            continue;
        }
        let waits = |company: &Company| company.snooze_until.is_none() && company.attention.contains(&reason);
        let before =
            |company: &Company| model.roster.get(&CompanyKey { profile: profile.clone(), company: company.id.clone() });
        let mut new = companies.iter().filter(|company| waits(company) && !before(company).is_some_and(waits));
        if let Some(first) = new.next() {
            let more = new.count();
            ctx.effects.push(Effect::Alert { how, reason, company: first.name, more });
        }
    }
}
