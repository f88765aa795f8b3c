//! `mspdash people …`, and what a recovery does to a person.

use super::Exit;
use super::args::{Change, ListPeople, People, PersonArgs, StandardGroup, TakeAway, Write};
use super::company::bare;
use super::desk::{Desk, End, intent, not_found, odd};
use super::table::{columns, name, or_dash};
use crate::domain::error::Operation;
use crate::domain::id::{CompanyId, Etag, GroupId, UserId};
use crate::domain::people::{GroupKind, Person, PersonKind, PersonState};
use crate::domain::recovery::PersonAct;
use crate::domain::request::{Answer, Request};
use jiff::Timestamp;
use serde::Serialize;

/// A person in JSON.
#[derive(Serialize)]
struct PersonRecord<'a> {
    id: &'a str,
    display_name: &'a str,
    email: &'a str,
    state: &'a PersonState,
    #[serde(rename = "type")]
    kind: &'a PersonKind,
    groups: Vec<MembershipRecord<'a>>,
    /// Of a technician: the MSP granted them *Advanced permissions*.
    advanced_granted: Option<bool>,
    create_time: Option<Timestamp>,
    etag: Option<&'a str>,
}

#[derive(Serialize)]
struct MembershipRecord<'a> {
    id: &'a str,
    kind: &'a GroupKind,
    name: &'a str,
}

impl<'a> From<&'a Person> for PersonRecord<'a> {
    fn from(person: &'a Person) -> Self {
        let groups = person.groups.iter();
        Self {
            id: person.id.as_str(),
            display_name: &person.display_name,
            email: &person.email,
            state: &person.state,
            kind: &person.kind,
            groups: groups
                .map(|group| MembershipRecord { id: group.id.as_str(), kind: &group.kind, name: &group.name })
                .collect(),
            advanced_granted: person.advanced_granted,
            create_time: person.create_time,
            etag: person.etag.as_ref().map(Etag::as_str),
        }
    }
}

pub(super) async fn run(command: &People, desk: &mut Desk<'_>) -> Result<(), End> {
    match command {
        People::List(args) => list(args, desk).await,
        People::MakeOwner(args) => join(args, StandardGroup::Owners, desk).await,
        People::MakeAdministrator(args) => join(args, StandardGroup::Administrators, desk).await,
        People::TakeAway(args) => take_away(args, desk).await,
        People::Suspend(args) => act(args, PersonAct::Suspend, desk).await,
        People::Reactivate(args) => act(args, PersonAct::Reactivate, desk).await,
    }
}

async fn list(args: &ListPeople, desk: &mut Desk<'_>) -> Result<(), End> {
    let people = load(&desk.company_id(&args.company).await?, desk).await?;
    let records: Vec<PersonRecord<'_>> = people.iter().map(Into::into).collect();
    desk.show(args.format, &records, || table(&people))
}

async fn join(args: &Change, group: StandardGroup, desk: &mut Desk<'_>) -> Result<(), End> {
    let (company, user) = named(&args.person, desk).await?;
    let group = group_id(&company, group, desk).await?;
    let request = Request::AddMember { company, group, user, key: intent() };
    changed(request, args.write, desk).await
}

async fn take_away(args: &TakeAway, desk: &mut Desk<'_>) -> Result<(), End> {
    let (company, user) = named(&args.person, desk).await?;
    let group = match args.group {
        Some(group) => group_id(&company, group, desk).await?,
        None => only_group(&find(&company, &user, desk).await?)?,
    };
    let request = Request::RemoveMember { company, group, user, key: intent() };
    changed(request, args.write, desk).await
}

/// The one of the two groups that the person is in. In both, it has to be said: the wrong one would be a loss.
fn only_group(person: &Person) -> Result<GroupId, End> {
    let known = |kind: &GroupKind| matches!(kind, GroupKind::Owners | GroupKind::Administrators);
    let groups: Vec<_> = person.groups.iter().filter(|group| known(&group.kind)).collect();
    let said = match groups.as_slice() {
        [one] => return Ok(one.id.clone()),
        [] => format!("{} is neither in Owners nor in Administrators.", person.display_name),
        _ => format!("{} is in both groups: say --group owners or --group administrators.", person.display_name),
    };
    Err(End::Said(said, if groups.is_empty() { Exit::Conflict } else { Exit::Usage }))
}

/// Does something to a person, bound to how they stand now.
pub(super) async fn act(args: &Change, act: PersonAct, desk: &mut Desk<'_>) -> Result<(), End> {
    let (company, user) = named(&args.person, desk).await?;
    let etag = find(&company, &user, desk).await?.etag;
    changed(Request::ChangePerson { company, user, etag, act, key: intent() }, args.write, desk).await
}

async fn changed(request: Request, write: Write, desk: &mut Desk<'_>) -> Result<(), End> {
    let what = request.what();
    let Answer::Person(person) = desk.change(request, write).await? else { return Err(odd(what)) };
    desk.show(write.format, &PersonRecord::from(&*person), || table(std::slice::from_ref(&person)))
}

async fn named(args: &PersonArgs, desk: &mut Desk<'_>) -> Result<(CompanyId, UserId), End> {
    Ok((desk.company_id(&args.company).await?, UserId::new(&bare(&args.user))))
}

async fn load(company: &CompanyId, desk: &mut Desk<'_>) -> Result<Vec<Person>, End> {
    match desk.ask(Request::People(company.clone())).await? {
        Answer::People(people) => Ok(people),
        _ => Err(odd(Operation::LoadPeople)),
    }
}

async fn find(company: &CompanyId, user: &UserId, desk: &mut Desk<'_>) -> Result<Person, End> {
    let people = load(company, desk).await?;
    people.into_iter().find(|person| person.id == *user).ok_or_else(|| not_found(Operation::LoadPeople))
}

async fn group_id(company: &CompanyId, group: StandardGroup, desk: &mut Desk<'_>) -> Result<GroupId, End> {
    let Answer::Groups(groups) = desk.ask(Request::Groups(company.clone())).await? else {
        return Err(odd(Operation::LoadGroups));
    };
    let found = groups.into_iter().find(|other| other.kind == group.kind());
    found.map(|group| group.id).ok_or_else(|| not_found(Operation::LoadGroups))
}

fn table(people: &[Person]) -> String {
    let row = |person: &Person| {
        let groups: Vec<_> = person.groups.iter().map(|group| group.name.as_str()).collect();
        [
            name(&person.display_name),
            name(&person.email),
            person.state.as_str().to_owned(),
            person.kind.as_str().to_owned(),
            or_dash(Some(groups.join(", ")).filter(|text| !text.is_empty())),
            person.id.to_string(),
        ]
    };
    columns(["NAME", "EMAIL", "STATE", "TYPE", "GROUPS", "ID"], &[], people.iter().map(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::Membership;

    fn person(kinds: &[GroupKind]) -> Person {
        let group =
            |kind: &GroupKind| Membership { id: GroupId::new(kind.as_str()), kind: kind.clone(), name: "G".into() };
        Person {
            id: UserId::new("U"),
            etag: None,
            email: "a@example".into(),
            display_name: "Ada".into(),
            state: PersonState::Active,
            kind: PersonKind::Member,
            groups: kinds.iter().map(group).collect(),
            advanced_granted: None,
            create_time: None,
        }
    }

    #[test]
    fn out_of_which_group_is_never_guessed() {
        let one = only_group(&person(&[GroupKind::TeamMembers, GroupKind::Owners]));
        assert!(one.is_ok_and(|id| id.as_str() == "OWNERS"));
        let both = only_group(&person(&[GroupKind::Administrators, GroupKind::Owners]));
        assert!(matches!(both, Err(End::Said(said, Exit::Usage)) if said.contains("--group owners")));
        assert!(matches!(only_group(&person(&[])), Err(End::Said(_, Exit::Conflict))));
    }
}
