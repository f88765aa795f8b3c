//! The tab *People*: whom a command is about, why it cannot run, and the question before it does.

use crate::app::command::{Command, DisabledReason};
use crate::app::effect::Effect;
use crate::app::features::people::{About, Confirm, Group, PeopleDisabledReason, PeopleNotice, Warning};
use crate::app::fixture::*;
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::domain::company::CompanyState;
use crate::domain::error::{Cause, ConflictCode, Operation};
use crate::domain::id::{CompanyId, Etag, GroupId, UserId};
use crate::domain::people;
use crate::domain::people::{GroupKind, Membership, Person, PersonKind, PersonState};
use crate::domain::recovery::PersonAct;
use crate::domain::request::{
    AddMember, Answer, ChangePerson, IdempotencyKey, ListGroups, ListPeople, RemoveMember, Request,
};
use crate::domain::session::{Permission, WorkspaceKind};
use crate::domain::task::TaskKind;

pub(super) const MAY: [Permission; 5] =
    [Permission::View, Permission::Launch, Permission::People, Permission::Recover, Permission::Vaults];

fn member(kind: GroupKind) -> Membership {
    Membership { id: GroupId::new(kind.as_str()), name: kind.as_str().to_owned(), kind }
}

pub(super) fn in_groups(name: &str, kinds: &[GroupKind]) -> Person {
    Person { etag: Some(Etag::new("1")), groups: Some(kinds.iter().cloned().map(member).collect()), ..person(name) }
}

pub(super) fn as_state(name: &str, state: PersonState) -> Person {
    Person { state, ..in_groups(name, &[]) }
}

fn groups() -> Vec<people::Group> {
    let group = |kind: GroupKind| people::Group {
        id: GroupId::new(kind.as_str()),
        name: kind.as_str().to_owned(),
        kind,
        member_count: 1,
    };
    vec![group(GroupKind::Owners), group(GroupKind::Administrators)]
}

/// Ann and Ben are owners, Cleo an administrator; the others in every state.
fn everyone() -> Vec<Person> {
    use GroupKind::{Administrators, Owners};
    vec![
        in_groups("Ann", &[Owners, Administrators]),
        in_groups("Ben", &[Owners]),
        in_groups("Cleo", &[Administrators]),
        in_groups("Dora", &[]),
        as_state("Emil", PersonState::Suspended),
        as_state("Finn", PersonState::RecoveryStarted),
        as_state("Gala", PersonState::RecoveryAwaitingCompletion),
        as_state("Hugo", PersonState::Invited),
        as_state("Ivan", PersonState::Deleted),
        Person { kind: PersonKind::Guest, ..in_groups("Jana", &[]) },
        Person { kind: PersonKind::Technician, id: UserId::new("TOMMA"), ..in_groups("Tomma", &[]) },
        Person { kind: PersonKind::Technician, ..in_groups("Udo", &[]) },
    ]
}

pub(super) fn desk_of(people: Vec<Person>) -> AppDriver {
    let mut app = AppDriver::as_who(AppDriver::options(), &MAY, four());
    app.press("enter ] ]");
    app.answer(Answer::People(people));
    app.answer(Answer::Groups(groups()));
    app
}

/// A company of an MSP's own workspace.
fn own(people: Vec<Person>) -> AppDriver {
    let mut app = desk_of(people);
    app.account().session.value_mut().unwrap().account.kind = Some(WorkspaceKind::Real);
    app
}

pub(super) fn at(name: &str) -> AppDriver {
    let mut app = desk_of(everyone());
    app.press("g");
    while app.model.selected_person().unwrap().display_name != name {
        app.press("j");
    }
    app
}

pub(super) fn question(app: &AppDriver) -> &Confirm {
    match app.model.overlays.last() {
        Some(Overlay::Confirm(ask)) => ask,
        other => panic!("no question: {other:?}"),
    }
}

fn warned(app: &AppDriver) -> Vec<Warning> {
    match &question(app).about {
        About::Person { warnings, .. } => warnings.clone(),
        About::Vault { .. } => panic!("a vault"),
    }
}

pub(super) fn key_of_write(out: &[Effect]) -> IdempotencyKey {
    match requests(out).as_slice() {
        [
            Request::ChangePerson(ChangePerson { key, .. })
            | Request::AddMember(AddMember { key, .. })
            | Request::RemoveMember(RemoveMember { key, .. }),
        ] => key.clone(),
        other => panic!("{other:?}"),
    }
}

fn changed(name: &str, state: PersonState) -> Answer {
    Answer::Person(Box::new(Person { etag: Some(Etag::new("2")), ..as_state(name, state) }))
}

#[test]
fn what_cannot_be_done_to_somebody_says_why() {
    use Command::{CancelRecovery, MakeAdministrator, MakeOwner, Recover, Suspend, TakeAway};
    for (name, command, why) in [
        ("Ann", MakeOwner, PeopleDisabledReason::Already(Group::Owners)),
        ("Cleo", MakeAdministrator, PeopleDisabledReason::Already(Group::Administrators)),
        ("Dora", TakeAway, PeopleDisabledReason::InNeither),
        ("Dora", CancelRecovery, PeopleDisabledReason::NoRecovery),
        ("Emil", Recover, PeopleDisabledReason::NotActive),
        ("Finn", Recover, PeopleDisabledReason::WaitsForPerson),
        ("Hugo", Suspend, PeopleDisabledReason::NotActive),
        ("Ivan", MakeOwner, PeopleDisabledReason::Deleted),
        ("Ivan", Suspend, PeopleDisabledReason::Deleted),
        ("Jana", MakeOwner, PeopleDisabledReason::Guest),
        ("Tomma", Recover, PeopleDisabledReason::Yourself),
        ("Tomma", Suspend, PeopleDisabledReason::Technician),
        ("Udo", MakeOwner, PeopleDisabledReason::Technician),
        ("Udo", Recover, PeopleDisabledReason::Technician),
    ] {
        let mut app = at(name);
        assert_eq!(command.ready(&app.model), Err(DisabledReason::PeopleAction(why.clone())), "{command:?} {name}");
        app.press(command.row().keys[0]);
        assert!(app.model.overlays.is_empty(), "{command:?} {name}");
        assert_eq!(
            app.model.toasts.last().unwrap().says,
            Notification::NotNow(command, DisabledReason::PeopleAction(why))
        );
    }
}

/// What is sent, but for the name of the intent.
type Wanted = Box<dyn Fn(IdempotencyKey) -> Request>;

#[test]
fn what_can_be_done_is_asked_and_then_sent() {
    let act = |name: &'static str, act| {
        move |key| {
            Request::ChangePerson(ChangePerson {
                company: CompanyId::new("A"),
                user: UserId::new(name),
                etag: Some(Etag::new("1")),
                act,
                key,
            })
        }
    };
    let cases: Vec<(&str, &str, Wanted)> = vec![
        (
            "Dora",
            "o",
            Box::new(|key| {
                Request::AddMember(AddMember {
                    company: CompanyId::new("A"),
                    group: GroupId::new(GroupKind::Owners.as_str()),
                    user: UserId::new("Dora"),
                    key,
                })
            }),
        ),
        (
            "Dora",
            "a",
            Box::new(|key| {
                Request::AddMember(AddMember {
                    company: CompanyId::new("A"),
                    group: GroupId::new(GroupKind::Administrators.as_str()),
                    user: UserId::new("Dora"),
                    key,
                })
            }),
        ),
        (
            "Ben",
            "d",
            Box::new(|key| {
                Request::RemoveMember(RemoveMember {
                    company: CompanyId::new("A"),
                    group: GroupId::new(GroupKind::Owners.as_str()),
                    user: UserId::new("Ben"),
                    key,
                })
            }),
        ),
        ("Dora", "p", Box::new(act("Dora", PersonAct::Suspend))),
        ("Emil", "p", Box::new(act("Emil", PersonAct::Reactivate))),
        ("Dora", "R", Box::new(act("Dora", PersonAct::BeginRecovery))),
        ("Gala", "R", Box::new(act("Gala", PersonAct::CompleteRecovery))),
        ("Gala", "X", Box::new(act("Gala", PersonAct::CancelRecovery))),
        ("Finn", "X", Box::new(act("Finn", PersonAct::CancelRecovery))),
    ];
    for (name, key, wanted) in cases {
        let mut app = at(name);
        assert_eq!(requests(&app.press(key)), [], "{key} {name} asks first");
        assert_eq!(question(&app).company, "Alpen");
        let out = app.press("y enter");
        assert_eq!(requests(&out), [wanted(key_of_write(&out))], "{key} {name}");
        assert!(question(&app).submission.sending());
    }
}

/// As the Users API lists somebody.
fn listed(name: &str, state: PersonState) -> Person {
    Person { kind: PersonKind::Other(String::new()), groups: None, ..as_state(name, state) }
}

#[test]
fn of_an_msps_own_company_people_are_suspended_from_here_and_the_rest_is_a_task() {
    let people = || vec![listed("Dora", PersonState::Active), listed("Emil", PersonState::Suspended)];
    for (keys, act) in [("p", PersonAct::Suspend), ("j p", PersonAct::Reactivate)] {
        let mut app = own(people());
        app.press(keys);
        let out = app.press("y enter");
        assert!(matches!(&requests(&out)[..], [Request::ChangePerson(change)] if change.act == act), "{keys}");
    }
    for keys in ["o", "a", "d", "R", "X"] {
        let mut app = own(people());
        app.press(keys);
        assert!(matches!(app.model.overlays.last(), Some(Overlay::Task(_))), "{keys}");
    }
    let mut app = own(vec![listed("Vic", PersonState::Other("STATE_UNSPECIFIED".into()))]);
    app.press("p");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Task(_))), "what it would do is not known");
}

#[test]
fn a_company_that_is_connected_to_be_read_only_leads_to_the_task() {
    let mut app = own(vec![listed("Dora", PersonState::Active)]);
    app.press("p y enter");
    app.fail(error(Operation::ChangePerson, Cause::Conflict(ConflictCode::GuidedOnly)));
    assert_eq!(app.model.overlays.len(), 1);
    let Some(Overlay::Task(panel)) = app.model.overlays.last() else { panic!("no task") };
    assert_eq!((&panel.kinds[0], panel.line.text()), (&TaskKind::Suspend, person("Dora").email.as_str()));
    assert_eq!(app.model.failure, None);
}

#[test]
fn enter_alone_confirms_nothing() {
    for (name, key) in [("Dora", "o"), ("Ben", "d"), ("Dora", "p"), ("Dora", "R"), ("Gala", "R"), ("Gala", "X")] {
        for more in ["enter", "esc", "tab tab enter", "y left enter", "right left enter", "q", "x enter"] {
            let mut app = at(name);
            assert_eq!(requests(&app.press(&format!("{key} {more}"))), [], "{key} {more}");
            assert!(app.model.overlays.is_empty(), "{key} {more}");
        }
    }
}

#[test]
fn out_of_which_of_two_groups_is_asked() {
    let mut app = at("Ann");
    app.press("d");
    app.press("y down");
    assert!(!question(&app).go, "another group is another decision");
    assert_eq!(question(&app).submission.key(), None, "and another intent");
    let out = app.press("y enter");
    let wanted = GroupId::new(GroupKind::Administrators.as_str());
    assert!(matches!(&requests(&out)[..], [Request::RemoveMember(RemoveMember { group, .. })] if *group == wanted));
}

#[test]
fn the_last_owner_and_the_last_who_can_recover_are_pointed_out() {
    let mut app = at("Ben");
    app.press("d");
    assert_eq!(warned(&app), []);
    let alone = vec![in_groups("Ann", &[GroupKind::Owners]), in_groups("Dora", &[])];
    for (keys, wanted) in [
        ("g d", vec![Warning::LastOwner, Warning::FewRecoverers(0)]),
        ("g p", vec![Warning::LastOwner, Warning::FewRecoverers(0)]),
        ("g R", vec![Warning::FewRecoverers(0)]),
        ("G R", vec![Warning::FewRecoverers(1)]),
        ("G p", vec![]),
        ("G o", vec![]),
    ] {
        let mut app = desk_of(alone.clone());
        app.press(keys);
        assert_eq!(warned(&app), wanted, "{keys}");
    }
}

#[test]
fn a_done_change_shows_at_once_and_the_company_is_asked_for() {
    let mut app = at("Dora");
    app.press("p y enter");
    let out = app.answer(changed("Dora", PersonState::Suspended));
    assert!(app.model.overlays.is_empty());
    assert_eq!(app.model.selected_person().unwrap().state, PersonState::Suspended);
    assert!(matches!(&requests(&out)[..], [Request::ListChanges(_)]));
    assert!(matches!(&app.model.toasts.last().unwrap().says,
        Notification::PeopleAction(PeopleNotice::Changed { person, .. }) if person == "Dora"));
    let out = app.answer(changes(vec![newer(company("A", "Alpen"))], &[]));
    let both = [
        Request::ListPeople(ListPeople { company: CompanyId::new("A") }),
        Request::ListGroups(ListGroups { company: CompanyId::new("A") }),
    ];
    assert_eq!(requests(&out), both, "the new revision is loaded");
}

#[test]
fn a_lost_answer_is_tried_again_as_the_same_intent() {
    let mut app = at("Dora");
    app.press("R");
    let first = key_of_write(&app.press("y enter"));
    app.fail(lost(Operation::Recover));
    assert!(question(&app).submission.outcome_unknown() && !question(&app).go && !question(&app).submission.sending());
    assert_eq!(key_of_write(&app.press("y enter")), first);
}

#[test]
fn a_refusal_keeps_its_reason_and_what_follows_is_a_new_intent() {
    let mut app = at("Ben");
    app.press("d");
    let first = key_of_write(&app.press("y enter"));
    let refusal = error(Operation::ChangeGroup, Cause::Conflict(ConflictCode::LastOwner));
    app.fail(refusal.clone());
    assert_eq!(question(&app).submission.error(), Some(&refusal));
    assert_eq!(app.model.last_trouble(), Some((None, &refusal)));
    assert_ne!(key_of_write(&app.press("y enter")), first, "else the server would repeat its refusal");
}

#[test]
fn a_change_by_somebody_else_is_shown_and_confirmed_anew() {
    let mut app = at("Dora");
    app.press("p y enter");
    let out = app.fail(error(Operation::ChangePerson, Cause::ChangedMeanwhile));
    assert!(requests(&out).contains(&Request::ListPeople(ListPeople { company: CompanyId::new("A") })), "{out:?}");
    let before = question(&app).submission.key().cloned();
    app.press("y");
    let mut people = everyone();
    people[3].etag = Some(Etag::new("9"));
    app.answer(Answer::People(people.clone()));
    assert!(question(&app).changed && !question(&app).go && question(&app).submission.key() != before.as_ref());
    let out = app.press("y enter");
    assert!(
        matches!(&requests(&out)[..], [Request::ChangePerson(ChangePerson { etag: Some(etag), .. })] if etag.as_str() == "9")
    );
}

#[test]
fn who_is_gone_cannot_be_confirmed_any_more() {
    let mut app = at("Dora");
    app.press("p");
    app.press("ctrl-z");
    app.pass(30_000);
    app.answer(changes(vec![newer(company("A", "Alpen"))], &[]));
    let mut people = everyone();
    people.remove(3);
    app.answer(Answer::People(people));
    assert_eq!(question(&app).hindered, Some(PeopleDisabledReason::Gone));
    assert_eq!(requests(&app.press("y tab enter")), []);
    assert!(app.model.overlays.is_empty());
}

#[test]
fn a_lost_answer_that_shows_as_done_is_told_as_done() {
    let mut app = at("Dora");
    app.press("p y enter");
    app.fail(lost(Operation::ChangePerson));
    app.answer(changes(vec![newer(company("A", "Alpen"))], &[]));
    let mut people = everyone();
    people[3] = Person { etag: Some(Etag::new("2")), ..as_state("Dora", PersonState::Suspended) };
    app.answer(Answer::People(people));
    assert!(app.model.overlays.is_empty());
    assert!(
        app.model
            .toasts
            .iter()
            .any(|toast| matches!(toast.says, Notification::PeopleAction(PeopleNotice::Changed { .. })))
    );
}

#[test]
fn a_hidden_question_tells_its_end_and_is_not_asked_twice() {
    let mut app = at("Dora");
    app.press("p y enter esc");
    assert!(app.model.overlays.is_empty());
    assert_eq!(Command::Suspend.ready(&app.model), Err(DisabledReason::UnderWay));
    app.fail(error(Operation::ChangePerson, Cause::NotAllowed));
    assert!(matches!(app.model.toasts.last().unwrap().says, Notification::Failed { .. }));
    assert_eq!(Command::Suspend.ready(&app.model), Ok(()));
}

#[test]
fn nobody_is_changed_in_an_unlinked_company_or_without_permission() {
    let mut all = four();
    all[1].state = CompanyState::Unlinked;
    let mut app = AppDriver::as_who(AppDriver::options(), &MAY, all);
    app.press("G enter ] ]");
    app.answer(Answer::People(everyone()));
    assert_eq!(Command::Suspend.ready(&app.model), Err(DisabledReason::AlreadyUnlinked { trial_end: None }));
    let mut app = AppDriver::as_who(AppDriver::options(), &[Permission::View, Permission::Recover], four());
    app.press("enter ] ]");
    app.answer(Answer::People(everyone()));
    assert_eq!(Command::Suspend.ready(&app.model), Err(DisabledReason::NotPermitted(Permission::People)));
    assert_eq!(Command::Recover.ready(&app.model), Ok(()));
}

#[test]
fn without_groups_nobody_is_added_but_members_tell_the_group() {
    let mut app = AppDriver::as_who(AppDriver::options(), &MAY, four());
    app.press("enter ] ]");
    app.answer(Answer::People(vec![in_groups("Dora", &[])]));
    app.fail(lost(Operation::LoadGroups));
    assert_eq!(Command::MakeOwner.ready(&app.model), Err(DisabledReason::PeopleAction(PeopleDisabledReason::NoGroups)));
    assert!(
        requests(&app.press("r")).contains(&Request::ListGroups(ListGroups { company: CompanyId::new("A") })),
        "the refresh key tries again"
    );
    app.answer(Answer::People(vec![in_groups("Ann", &[GroupKind::Owners]), in_groups("Dora", &[])]));
    app.press("G");
    assert_eq!(Command::MakeOwner.ready(&app.model), Ok(()));
}

#[test]
fn the_cursor_stays_on_the_person_whatever_a_reload_brings() {
    let mut app = at("Dora");
    let reload = |app: &mut AppDriver, people: Vec<Person>| {
        app.press("r");
        app.answer(Answer::People(people));
        app.answer(changes(Vec::new(), &[]));
    };
    let mut more = everyone();
    more.insert(0, in_groups("Aaron", &[GroupKind::Owners]));
    reload(&mut app, more.clone());
    assert_eq!(app.model.selected_person().unwrap().display_name, "Dora");
    more.retain(|person| person.display_name != "Dora");
    reload(&mut app, more);
    assert_eq!(app.model.selected_person(), None, "better nobody than the wrong one");
    assert_eq!(Command::Suspend.ready(&app.model), Err(DisabledReason::PeopleAction(PeopleDisabledReason::Nobody)));
    app.press("j");
    assert_eq!(app.model.selected_person().unwrap().display_name, "Cleo", "who stands at the old place");
}

#[test]
fn the_search_narrows_is_kept_by_enter_and_dropped_by_esc() {
    let mut app = desk_of(everyone());
    let names = |app: &AppDriver| {
        app.model.people_shown().iter().map(|person| person.display_name.clone()).collect::<Vec<_>>().join(" ")
    };
    app.press("/");
    app.type_in("ADMIN");
    assert_eq!(names(&app), "Ann Cleo", "groups are searched");
    app.press("ctrl-u");
    app.type_in("gala@");
    assert_eq!(names(&app), "Gala");
    app.press("enter R");
    assert_eq!(question(&app).user(), Some(&UserId::new("Gala")));
    app.press("esc esc");
    assert_eq!(names(&app).split(' ').count(), 12);
    assert_eq!(app.model.selected_person().unwrap().display_name, "Gala", "the cursor stays on whom it found");
    app.press("/");
    app.type_in("zzz");
    app.press("enter");
    assert_eq!(
        (names(&app), Command::Recover.ready(&app.model)),
        (String::new(), Err(DisabledReason::PeopleAction(PeopleDisabledReason::Nobody)))
    );
    app.press("/ esc");
    assert_eq!(names(&app).split(' ').count(), 12);
}
