//! `mspdash people …`, and what a recovery does to a person.

use crate::cli::Exit;
use crate::cli::args::{Change, People, PersonArgs, TakeAway, Write};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::commands::find_person;
use crate::cli::context::{AnsweredList, Context, idempotency_key, not_found, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::find_company::bare;
use crate::cli::table::name;
use crate::domain::error::{Cause, ConflictCode, Error, Operation, RetryAdvice};
use crate::domain::id::{CompanyId, GroupId, UserId};
use crate::domain::people::{GroupKind, Membership, Person, PersonKind, PersonState};
use crate::domain::recovery::PersonAct;
use crate::domain::request::{AddMember, Answer, ChangePerson, ListGroups, ListPeople, RemoveMember, Request};
use crate::i18n;

pub async fn run(command: &People, ctx: &mut Context<'_>) -> Result<(), CliError> {
    match command {
        People::List(args) => {
            let request = Request::ListPeople(ListPeople { company: ctx.company_id(&args.company).await? });
            ctx.list::<Person>(request, &args.list).await
        }
        People::Find(args) => find_person::run(args, ctx).await,
        People::MakeOwner(args) => join(args, &GroupKind::Owners, ctx).await,
        People::MakeAdministrator(args) => join(args, &GroupKind::Administrators, ctx).await,
        People::TakeAway(args) => take_away(args, ctx).await,
        People::Suspend(args) => act(args, PersonAct::Suspend, ctx).await,
        People::Reactivate(args) => act(args, PersonAct::Reactivate, ctx).await,
    }
}

async fn join(args: &Change, group: &GroupKind, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let (company, user) = named(&args.person, ctx).await?;
    let group = group_id(&company, group, ctx).await?;
    let request = Request::AddMember(AddMember { company, group, user, key: idempotency_key() });
    changed(request, args.write, ctx).await
}

async fn take_away(args: &TakeAway, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let (company, user) = named(&args.person, ctx).await?;
    let group = match &args.group {
        Some(group) => group_id(&company, group, ctx).await?,
        None => only_group(&find(&company, user.as_str(), ctx).await?)?,
    };
    let request = Request::RemoveMember(RemoveMember { company, group, user, key: idempotency_key() });
    changed(request, args.write, ctx).await
}

/// The one of the two groups that the person is in. In both, it has to be said: the wrong one would be a loss.
fn only_group(person: &Person) -> Result<GroupId, CliError> {
    let Some(groups) = &person.groups else {
        // Of a company that is connected they are not known, and it is a task of the web console anyway.
        let guided = Cause::Conflict(ConflictCode::GuidedOnly);
        return Err(Error::new(Operation::ChangeGroup, guided, RetryAdvice::Never).into());
    };
    let known = |kind: &GroupKind| matches!(kind, GroupKind::Owners | GroupKind::Administrators);
    let groups: Vec<_> = groups.iter().filter(|group| known(&group.kind)).collect();
    let said = match groups.as_slice() {
        [one] => return Ok(one.id.clone()),
        [] => format!("{} is neither in Owners nor in Administrators.", person.display_name),
        _ => format!("{} is in both groups: say --group owners or --group administrators.", person.display_name),
    };
    Err(CliError::Message(said, if groups.is_empty() { Exit::Conflict } else { Exit::Usage }))
}

/// Does something to a person, bound to how they stand now.
pub async fn act(args: &Change, act: PersonAct, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let (company, user) = named(&args.person, ctx).await?;
    let etag = find(&company, user.as_str(), ctx).await?.etag;
    changed(Request::ChangePerson(ChangePerson { company, user, etag, act, key: idempotency_key() }), args.write, ctx)
        .await
}

async fn changed(request: Request, write: Write, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let what = request.operation();
    let Answer::Person(person) = ctx.change(request, write).await? else { return Err(unexpected_answer(what)) };
    ctx.show_row(&*person, write.format)
}

async fn named(args: &PersonArgs, ctx: &mut Context<'_>) -> Result<(CompanyId, UserId), CliError> {
    let (company, typed) = (ctx.company_id(&args.company).await?, bare(&args.user));
    // No id has an @.
    let user = if typed.contains('@') { find(&company, &typed, ctx).await?.id } else { UserId::new(&typed) };
    Ok((company, user))
}

/// By id or address. A company of which nobody is known is told from one where there is nobody of this name.
pub async fn find(company: &CompanyId, typed: &str, ctx: &mut Context<'_>) -> Result<Person, CliError> {
    let people: Vec<Person> = ctx.rows(Request::ListPeople(ListPeople { company: company.clone() })).await?;
    if people.is_empty() {
        return Err(not_found(Operation::LoadPeople));
    }
    let meant = |person: &&Person| person.id.as_str() == typed || person.email.eq_ignore_ascii_case(typed);
    match people.iter().filter(meant).collect::<Vec<_>>().as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            let none = format!("nobody in this company has the id or the address {}: see people list.", name(typed));
            Err(CliError::Message(none, Exit::NotFound))
        }
        _ => Err(CliError::Message(format!("several have the address {}: say the id.", name(typed)), Exit::Usage)),
    }
}

async fn group_id(company: &CompanyId, group: &GroupKind, ctx: &mut Context<'_>) -> Result<GroupId, CliError> {
    let Answer::Groups(groups) = ctx.ask(Request::ListGroups(ListGroups { company: company.clone() })).await? else {
        return Err(unexpected_answer(Operation::LoadGroups));
    };
    let found = groups.into_iter().find(|other| other.kind == *group);
    found.map(|group| group.id).ok_or_else(|| not_found(Operation::LoadGroups))
}

impl AnsweredList for Person {
    fn of(answer: Answer) -> Option<Vec<Self>> {
        if let Answer::People(people) = answer { Some(people) } else { None }
    }
}

impl TableRow for Person {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::text("name", |person: &Self| Cell::text(&person.display_name)),
            Column::text("email", |person: &Self| Cell::text(&person.email)),
            Column::word("state", |person: &Self| Cell::word(person.state.as_str()))
                .known(PersonState::WORDS)
                .said(|person, lang| (i18n::of(lang).people.state)(&person.state).into_owned()),
            Column::word("type", |person: &Self| match &person.kind {
                kind if kind.is_known() => Cell::word(kind.as_str()),
                _ if person.possibly_technician => Cell::Unknown("technician?".to_owned()),
                _ => Cell::unknown(),
            })
            .known(PersonKind::WORDS)
            .said(|person, lang| (i18n::of(lang).people.kind)(&person.kind).into_owned())
            .spare(),
            Column::text("groups", |person: &Self| {
                let names = |groups: &Vec<Membership>| groups.iter().map(|group| group.name.clone()).collect();
                person.groups.as_ref().map_or_else(Cell::unknown, |groups| Cell::Texts(names(groups)))
            }),
            Column::id("id", |person: &Self| Cell::text(person.id.as_str())),
            Column::time("joined", |person: &Self| Cell::time(person.create_time)).extra(),
        ]
    }

    fn id(&self) -> String {
        self.id.to_string()
    }
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
            groups: Some(kinds.iter().map(group).collect()),
            advanced_granted: None,
            possibly_technician: false,
            create_time: None,
        }
    }

    #[test]
    fn out_of_which_group_is_never_guessed() {
        let one = only_group(&person(&[GroupKind::TeamMembers, GroupKind::Owners]));
        assert!(one.is_ok_and(|id| id.as_str() == "OWNERS"));
        let both = only_group(&person(&[GroupKind::Administrators, GroupKind::Owners]));
        assert!(matches!(both, Err(CliError::Message(said, Exit::Usage)) if said.contains("--group owners")));
        assert!(matches!(only_group(&person(&[])), Err(CliError::Message(_, Exit::Conflict))));
    }
}
