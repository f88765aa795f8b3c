//! Loading the people and the groups of a company, both for the same revision of it.

use crate::app::ctx::Ctx;
use crate::app::effect::Ticket;
use crate::app::features::company;
use crate::app::features::people::{PeopleRequest, in_order, renew};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::app::update::take_rows;
use crate::domain::error::{Error, Operation};
use crate::domain::id::{CompanyKey, Etag};
use crate::domain::people::Group;
use crate::domain::people::Person;
use crate::domain::request::Request;
use crate::domain::request::{Answer, ListGroups, ListPeople};

/// Asks for the people, and for the groups: without their ids nobody can be added to one.
pub(in crate::app) fn load(ctx: &mut Ctx<'_>, key: &CompanyKey, etag: &Etag) {
    let (people, groups) = (
        Request::ListPeople(ListPeople { company: key.company.clone() }),
        Request::ListGroups(ListGroups { company: key.company.clone() }),
    );
    company::load(ctx, key, etag, |details| &mut details.people, PendingRequest::People(key.clone()), people);
    let pending = PendingRequest::PeopleAction(PeopleRequest::Groups(key.clone()));
    company::load(ctx, key, etag, |details| &mut details.groups, pending, groups);
}

pub(in crate::app) fn on_people(model: &mut Model, ticket: Ticket, key: &CompanyKey, result: Result<Answer, Error>) {
    let (people, left_out) = take_rows::<Vec<Person>>(Operation::LoadPeople, result);
    let people = people.map(in_order);
    let now = model.now;
    let details = model.details.get_mut(key);
    if let Some(details) = details.filter(|details| details.people.waiting() == Some(ticket)) {
        details.people.settle(ticket, now, people);
        details.people.leave_out(left_out);
        renew::by_people(model, key);
    }
}

pub(super) fn on_groups(model: &mut Model, ticket: Ticket, key: &CompanyKey, result: Result<Answer, Error>) {
    let (groups, left_out) = take_rows::<Vec<Group>>(Operation::LoadGroups, result);
    if let Some(details) = model.details.get_mut(key)
        && details.groups.settle(ticket, model.now, groups)
    {
        details.groups.leave_out(left_out);
    }
}
