//! What is done to a company is done under the name that it has now, told apart from others of that name.

use crate::app::features::bulk::{Block, Bulk, How, Stage};
use crate::app::features::people::PeopleNotice;
use crate::app::fixture::*;
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::app::update::tests::people;
use crate::domain::company::{Company, CompanyState};
use crate::domain::error::Operation;
use crate::domain::id::UserId;
use crate::domain::people::{Person, PersonState};
use crate::domain::request::{Answer, Request, Unlink};

/// Three companies of one name, as far as anybody sees.
fn acme() -> Vec<Company> {
    let of = |id: &str, name: &str, website: Option<&str>| Company {
        website: website.map(ToOwned::to_owned),
        ..company(id, name)
    };
    vec![
        of("A", "Acme Ltd", Some("https://acme.example/")),
        of("B", "Acme\u{a0}Ltd", None),
        of("C", "ACME Ltd", Some("https://other.example")),
    ]
}

fn bulk(app: &AppDriver) -> &Bulk {
    match app.model.overlays.last() {
        Some(Overlay::Bulk(bulk)) => bulk,
        other => panic!("no bulk dialog: {other:?}"),
    }
}

fn how(app: &AppDriver, id: &str) -> How {
    bulk(app).items.iter().find(|item| item.key.company.as_str() == id).unwrap().how.clone()
}

fn unlinked(company: Company) -> Answer {
    Answer::Company(Box::new(Company { state: CompanyState::Unlinked, ..newer(company) }))
}

/// The list says Alpen, the check says Dogwood: what is shown is not what would be unlinked.
#[test]
fn a_company_renamed_before_its_check_is_left_out_of_an_unlink() {
    let mut app = AppDriver::with(four());
    app.press("space space b 5");
    app.answer(Answer::Preflight(allowed(&Company { name: "Dogwood".into(), ..newer(company("A", "Alpen")) })));
    app.answer(Answer::Preflight(allowed(&company("B", "Bright\u{200b}water"))));
    assert_eq!(how(&app, "A"), How::Blocked(Block::Renamed("Dogwood".into())));
    assert_eq!(how(&app, "B"), How::Ready, "what looks the same is no other name");
    let out = app.press("tab 1 enter enter");
    assert!(
        matches!(&requests(&out)[..], [Request::Unlink(Unlink { company, .. })] if company.as_str() == "B"),
        "{out:?}"
    );
    assert!(app.model.marks.contains(&key_of("A")), "it stays marked, to be looked at under its new name");
}

#[test]
fn a_company_renamed_under_any_review_is_left_out() {
    for (keys, then) in [("b 1", "tab enter"), ("t v i p enter", "tab enter"), ("b 3 1 enter", "tab enter")] {
        let mut app = AppDriver::with(four());
        app.press("space space");
        app.press(keys);
        assert_eq!(bulk(&app).stage, Stage::Review, "{keys}");
        app.pass(30_000);
        app.answer(changes(vec![Company { name: "Dogwood".into(), ..newer(company("A", "Alpen")) }], &[]));
        let out = app.press(then);
        assert_eq!(how(&app, "A"), How::Blocked(Block::Renamed("Dogwood".into())), "{keys}");
        assert!(requests(&out).iter().all(|request| !format!("{request:?}").contains("\"A\"")), "{keys} {out:?}");
    }
}

/// The menu shows no names: a name that changes before the review is read as it is then.
#[test]
fn names_are_read_when_the_review_opens() {
    let mut app = AppDriver::with(four());
    app.press("space b");
    app.pass(30_000);
    app.answer(changes(vec![Company { name: "Dogwood".into(), ..newer(company("A", "Alpen")) }], &[]));
    app.press("1");
    assert_eq!((bulk(&app).items[0].name.as_str(), how(&app, "A")), ("Dogwood", How::Ready));
}

#[test]
fn companies_of_one_name_are_told_apart_in_every_review_and_notice() {
    let mut app = AppDriver::with(acme());
    app.press("* b 1");
    let told: Vec<_> = bulk(&app).items.iter().map(|item| (item.key.company.as_str(), item.told.as_deref())).collect();
    assert_eq!(told.len(), 3);
    for known in [("A", Some("acme.example")), ("B", Some("B")), ("C", Some("other.example"))] {
        assert!(told.contains(&known), "{known:?} {told:?}");
    }
    assert_eq!(bulk(&app).items.iter().find(|item| item.key == key_of("A")).unwrap().known_by, ["acme.example", "A"]);
    app.press("esc -");
    for (id, name) in [("A", "Acme Ltd (acme.example)"), ("B", "Acme\u{a0}Ltd (B)"), ("C", "ACME Ltd (other.example)")]
    {
        assert_eq!(app.model.called(&key_of(id), "?"), name);
    }
    assert_eq!(app.model.called(&key_of("Z"), "Zeta"), "Zeta", "one that is gone keeps its name");
    assert_eq!(
        AppDriver::with(four()).model.called(&key_of("A"), "?"),
        "Alpen",
        "where the name tells, nothing is added"
    );
}

#[test]
fn an_unlink_is_told_with_what_tells_the_company_apart() {
    let mut app = AppDriver::with(acme());
    let (key, selected) = app.model.selected().map(|(key, company)| (key, company.clone())).unwrap();
    app.press("u");
    app.answer(Answer::Preflight(allowed(&selected)));
    app.press("tab");
    app.type_in(&selected.name);
    app.press("tab enter");
    app.answer(unlinked(selected));
    let wanted = app.model.called(&key, "?");
    assert!(wanted.contains('('), "{wanted}");
    assert!(
        matches!(&app.model.toasts.last().unwrap().says, Notification::Unlinked { company, .. } if *company == wanted)
    );
    app.press("U");
    assert_eq!(app.model.toasts.last().unwrap().says, Notification::NoWayBack { company: wanted });
}

#[test]
fn an_unlink_whose_answer_was_lost_is_told_as_done_once_the_list_says_so() {
    let mut app = AppDriver::with(four());
    app.press("u");
    app.answer(Answer::Preflight(allowed(&company("A", "Alpen"))));
    app.answer(changes(Vec::new(), &[]));
    app.press("tab");
    app.type_in("Alpen");
    app.press("tab enter");
    app.fail(lost(Operation::Unlink));
    let Answer::Company(gone) = unlinked(company("A", "Alpen")) else { unreachable!() };
    app.answer(changes(vec![*gone], &[]));
    assert!(app.model.overlays.is_empty());
    assert!(
        matches!(&app.model.toasts.last().unwrap().says, Notification::Unlinked { company, .. } if company == "Alpen")
    );
}

/// Still managed, in another revision: the unlink was bound to the old one, so it was not done.
#[test]
fn an_unlink_whose_answer_was_lost_is_no_longer_in_doubt_once_the_company_is_seen_managed() {
    let mut app = AppDriver::with(four());
    app.press("u");
    app.answer(Answer::Preflight(allowed(&company("A", "Alpen"))));
    app.answer(changes(Vec::new(), &[]));
    app.press("tab");
    app.type_in("Alpen");
    app.press("tab enter");
    app.fail(lost(Operation::Unlink));
    app.answer(changes(vec![newer(company("A", "Alpen"))], &[]));
    app.answer(Answer::Preflight(allowed(&newer(company("A", "Alpen")))));
    let Some(Overlay::Unlink(dialog)) = app.model.overlays.last() else { panic!("the dialog is gone") };
    assert_eq!((dialog.submission.error(), dialog.submission.outcome_unknown(), dialog.changed), (None, false, true));
}

#[test]
fn people_of_one_name_are_told_apart_by_their_address() {
    let twin = Person { id: UserId::new("Dora2"), email: "dora2@a.example".into(), ..people::in_groups("Dora", &[]) };
    for (more, wanted) in [(None, "Dora"), (Some(twin), "Dora (dora@a.example)")] {
        let everyone = [people::in_groups("Dora", &[])].into_iter().chain(more).collect();
        let mut app = people::desk_of(everyone);
        app.press("g p y enter");
        app.answer(Answer::Person(Box::new(people::as_state("Dora", PersonState::Suspended))));
        let says = &app.model.toasts.last().unwrap().says;
        assert!(
            matches!(says, Notification::PeopleAction(PeopleNotice::Changed { person, .. }) if person == wanted),
            "{says:?}"
        );
    }
}
