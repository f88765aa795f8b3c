//! Loading the people and the groups of a company, both for the same revision of it.

use crate::app::core::remote::{Phase, Remote};
use crate::app::ctx::Ctx;
use crate::app::effect::{Effect, Ticket};
use crate::app::features::people::renew;
use crate::app::features::people::{Wait, in_order};
use crate::app::model::{Details, Model};
use crate::app::tickets::PendingRequest;
use crate::app::update::take_rows;
use crate::domain::error::{Error, Operation};
use crate::domain::id::{CompanyKey, Etag};
use crate::domain::request::{Answer, ListGroups, ListPeople};

/// Asks for the people, and for the groups: without their ids nobody can be added to one.
pub(in crate::app) fn load(ctx: &mut Ctx<'_>, key: &CompanyKey, etag: &Etag) {
    use crate::app::features::company::{stale, supersede};
    let details = ctx.model.details.entry(key.clone()).or_default();
    let loaded = details.people_etag.replace(etag.clone());
    if stale(&details.people, loaded.as_ref(), etag) {
        let ticket = ctx.model.tickets.issue(PendingRequest::People(key.clone()));
        supersede(&mut details.people, ticket, ctx.effects);
        ctx.effects.push(Effect::Call {
            ticket,
            profile: key.profile.clone(),
            request: ListPeople { company: key.company.clone() }.into(),
        });
    }
    if stale(&details.groups, loaded.as_ref(), etag) {
        let ticket = ctx.model.tickets.issue(PendingRequest::PeopleAction(Wait::Groups(key.clone())));
        supersede(&mut details.groups, ticket, ctx.effects);
        ctx.effects.push(Effect::Call {
            ticket,
            profile: key.profile.clone(),
            request: ListGroups { company: key.company.clone() }.into(),
        });
    }
}

pub(in crate::app) fn loaded(model: &mut Model, ticket: Ticket, key: &CompanyKey, result: Result<Answer, Error>) {
    let (people, left_out) = take_rows(Operation::LoadPeople, result);
    let people = people.map(in_order);
    let now = model.now;
    let details = model.details.get_mut(key);
    if let Some(details) = details.filter(|details| details.people.waiting() == Some(ticket)) {
        details.people.settle(ticket, now, people);
        details.people.leave_out(left_out);
        renew::by_people(model, key);
    }
}

pub(super) fn groups(model: &mut Model, ticket: Ticket, key: &CompanyKey, result: Result<Answer, Error>) {
    let (groups, left_out) = take_rows(Operation::LoadGroups, result);
    if let Some(details) = model.details.get_mut(key)
        && details.groups.settle(ticket, model.now, groups)
    {
        details.groups.leave_out(left_out);
    }
}

/// What failed may be asked for again.
pub(in crate::app) fn try_again(details: &mut Details) {
    fn idle<T>(remote: &mut Remote<T>) {
        if matches!(remote.phase, Phase::Failed(_)) {
            remote.phase = Phase::Idle;
        }
    }
    idle(&mut details.people);
    idle(&mut details.groups);
    idle(&mut details.vaults);
}
