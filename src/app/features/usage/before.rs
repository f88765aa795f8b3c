//! The month before the period, to compare with. It is over and changes no more: it is asked for once, after the
//! period's own numbers are there. What failed waits for the refresh key: a comparison is worth no more.

use crate::app::ctx::Ctx;
use crate::app::features::usage::{Part, UsageRequest, period};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::request::{GetCompanyUsage, GetUsage, Request};
use crate::domain::usage::{Period, Usage};

/// The longest table that is asked for once more to be compared with.
const MOST_ROWS: usize = 5_000;

impl Part {
    /// What failed is asked for again.
    pub fn forget_before(&mut self) {
        if self.before.error().is_some() {
            self.before_asked = None;
        }
    }
}

pub(super) fn load_all(ctx: &mut Ctx<'_>) {
    let shown = period(ctx.model);
    let before = shown.month_before();
    let lacks = |part: &&Part| {
        let rows = part.of(shown).map(|all| all.companies.len());
        let asks = part.shown && asks(ctx.model, &part.profile);
        asks && part.before_asked != Some(before) && rows.is_some_and(|rows| rows <= MOST_ROWS)
    };
    let profiles: Vec<_> = ctx.model.usage.parts.iter().filter(lacks).map(|part| part.profile.clone()).collect();
    for profile in profiles {
        let older = ctx.model.usage.part_mut(&profile).and_then(|part| part.before.waiting());
        ctx.cancel(older);
        let pending = PendingRequest::Usage(UsageRequest::AllBefore(profile.clone()));
        let ticket = ctx.send(profile.clone(), pending, Request::GetUsage(GetUsage { period: before }));
        if let Some(part) = ctx.model.usage.part_mut(&profile) {
            part.before_asked = Some(before);
            part.before.wait_for(ticket);
        }
    }
}

pub(super) fn load_company(ctx: &mut Ctx<'_>, key: &CompanyKey) {
    let shown = period(ctx.model);
    let before = shown.month_before();
    let Some(details) = ctx.model.details.get(key) else { return };
    let there = details.usage.value().is_some_and(|usage| usage.period == shown);
    if !there || details.usage_before_asked == Some(before) || !asks(ctx.model, &key.profile) {
        return;
    }
    let older = details.usage_before.waiting();
    ctx.cancel(older);
    let pending = PendingRequest::Usage(UsageRequest::CompanyBefore(key.clone()));
    let request = Request::GetCompanyUsage(GetCompanyUsage { company: key.company.clone(), period: before });
    let ticket = ctx.send(key.profile.clone(), pending, request);
    if let Some(details) = ctx.model.details.get_mut(key) {
        details.usage_before_asked = Some(before);
        details.usage_before.wait_for(ticket);
    }
}

fn asks(model: &Model, profile: &ProfileId) -> bool {
    model.accounts.connected(profile) && !model.guided(profile)
}

/// The company's month before this period, if it is known.
pub fn of_company(details: &crate::app::model::Details, shown: Period) -> Option<&Usage> {
    details.usage_before.value().filter(|usage| usage.period == shown.month_before())
}
